"""The network of states and instruments over time, as GEXF (with spells, so that Gephi animates it) and GraphML.

A spell has the days on which the record is sure of the tie; the earliest and latest day of its beginning and end stand
beside it, and ``imprecise`` says where they differ. An open end has no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from treatygraph.bonds.ties import Tie, tie_of
from treatygraph.bonds.topics import topics_above
from treatygraph.build.index import Index
from treatygraph.export.selection import ExportSelection, held
from treatygraph.model.index_records import StandingRow
from treatygraph.model.intervals import merged

if TYPE_CHECKING:
    from networkx import Graph, MultiGraph

__all__ = ["spells_graph", "stretches_graph", "write_gexf", "write_graphml"]

_OPEN: Final = "9999-12-31"
_BEGINNING: Final = "0001-01-01"
_MODIFIED: Final = re.compile(rb' lastmodifieddate="[^"]*"')
Spell = tuple[str | None, str | None]


def spells_graph(index: Index, selection: ExportSelection) -> Graph:
    """A networkx ``Graph`` with one edge for each state and instrument, and the spells in which it holds.

    Nodes are codes of states and ids of instruments, with ``label``, ``kind`` (``state`` or ``instrument``) and
    ``bipartite``; instruments also with ``scope``, ``binding``, ``topics`` and ``topics_above``, the topics above these
    in the tree. Nodes and edges carry ``spells``: pairs of ISO days, half-open; None where an end is open. Edges carry
    over time ``standing``, ``imprecise`` (``yes`` or ``no``) and the fields of :class:`treatygraph.bonds.ties.Tie`.
    """
    import networkx

    graph = networkx.Graph(mode="dynamic", name=_name(selection))
    rows = list(held(index, selection))
    _add_nodes(graph, index, rows)
    edges: dict[tuple[str, str], list[StandingRow]] = {}
    for row in rows:
        edges.setdefault((row.state, row.instrument), []).append(row)
    for number, ((state, name), spells) in enumerate(sorted(edges.items())):
        graph.add_edge(state, name, id=str(number), spells=_joined(spells), **_over_time(index, spells))
    for node in graph.nodes:
        mine = [row for row in rows if node in (row.state, row.instrument)]
        graph.nodes[node]["spells"] = _joined(mine)
    return graph


def stretches_graph(index: Index, selection: ExportSelection) -> MultiGraph:
    """A networkx ``MultiGraph`` with one edge for each stretch in which an instrument holds a state.

    As :func:`spells_graph`, but an edge carries ``standing``, ``start`` and ``end`` (ISO days, half-open; empty
    where open), ``since`` (EDTF), ``flags``, ``imprecise`` and the fields of :class:`treatygraph.bonds.ties.Tie`; its
    key tells parallel edges apart.
    """
    import networkx

    graph = networkx.MultiGraph(name=_name(selection))
    rows = list(held(index, selection))
    _add_nodes(graph, index, rows)
    for row in rows:
        start, end = _spell(row.start, row.end)
        flags = ";".join(sorted({flag.flag for flag in row.flags}))
        graph.add_edge(
            row.state, row.instrument, key=f"{row.state}/{row.instrument}/{row.start}", standing=row.standing,
            start=start or "", end=end or "", since=row.since, flags=flags, **_told(tie_of(index, row)),
        )  # fmt: skip
    return graph


def write_gexf(path: Path, graph: Graph) -> None:
    """Write a graph as GEXF 1.2; the day of writing is left out, so that the same graph gives the same bytes."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    with path.open("wb") as stream:
        writer.write(stream)
    path.write_bytes(_MODIFIED.sub(b"", path.read_bytes()))


def write_graphml(path: Path, graph: Graph) -> None:
    """Write a graph as GraphML."""
    import networkx

    networkx.write_graphml_xml(graph, path, prettyprint=True, edge_id_from_attribute=None, named_key_ids=True)


def _name(selection: ExportSelection) -> str:
    parts = [part for part in (selection.topic, selection.group, selection.reading) if part]
    return f"treatygraph {' '.join(parts)}" + (f" {selection.on}" if selection.on else "")


def _add_nodes(graph: Graph, index: Index, rows: Sequence[StandingRow]) -> None:
    for code in sorted({row.state for row in rows}):
        graph.add_node(code, label=index.existences()[code].name, kind="state", bipartite=0)
    for name in sorted({row.instrument for row in rows}):
        summary = index.summary(name)
        binding = {True: "yes", False: "no", None: "disputed"}[summary.binding]
        graph.add_node(name, label=summary.title, kind="instrument", bipartite=1, scope=summary.scope,
                       binding=binding, topics=";".join(summary.topics),
                       topics_above=";".join(topics_above(index, summary.topics)))  # fmt: skip


def _told(tie: Tie) -> dict[str, str]:
    return {**tie._asdict(), "imprecise": "yes" if tie.imprecise else "no"}


def _over_time(index: Index, rows: Sequence[StandingRow]) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """What each row says, with its spell; what is empty for all of them is left out."""
    told = [{"standing": row.standing, **_told(tie_of(index, row))} for row in rows]
    columns = {key: [values[key] for values in told] for key in told[0]}
    return {
        key: [(value, *_spell(row.start, row.end)) for value, row in zip(values, rows, strict=True) if value]
        for key, values in columns.items()
        if any(values)
    }


def _spell(start: str, end: str) -> Spell:
    return None if start == _BEGINNING else start, None if end == _OPEN else end


def _joined(rows: Sequence[StandingRow]) -> list[Spell]:
    """The spells in which any of the rows holds, joined where they touch."""
    return [_spell(start, end) for start, end in merged((row.start, row.end) for row in rows)]
