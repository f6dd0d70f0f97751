"""The network on a day as networkx graphs: bipartite, of states, of instruments."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy

from treatygraph.bonds.matrix import Counts
from treatygraph.build.shelf import Shelf
from treatygraph.model.errors import UnknownName
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.network.snapshot import Selection, Snapshot, members_of, snapshot

__all__ = ["KINDS", "instruments_graph", "network", "states_graph"]

KINDS = ("bipartite", "states", "instruments")
_BOUND = ("party", "participant", "provisional")


def network(
    shelf: Shelf,
    on: date,
    topic: str | None = None,
    *,
    kind: str = "bipartite",
    group: str | None = None,
    binding: bool = False,
) -> Any:
    """The network on a day as a networkx graph, nodes and edges in order.

    Args:
        shelf: the documents of the graph.
        on: the day.
        topic: only instruments of this topic and those below it.
        kind: ``bipartite`` (an edge for every state that an instrument holds), ``states`` (an edge with
            ``weight`` for every two states that share instruments) or ``instruments`` (for every two that
            share parties).
        group: only states that are in this group on the day.
        binding: only legally binding instruments.

    Returns:
        ``networkx.Graph``. Nodes are state codes and instrument ids with ``kind`` (``state`` or ``instrument``)
        and ``title``; in the bipartite graph also ``bipartite`` (0 or 1), and its edges carry ``standing``,
        ``since`` and ``flags`` (joined by ``;``) and states without an edge are left out. One-sided pledges are
        in the bipartite graph only.

    Raises:
        UnknownName: no topic, group or kind is called that.
    """
    if kind not in KINDS:
        raise UnknownName("kind", kind, KINDS)
    if kind == "bipartite":
        return _bipartite(shelf, on, topic, members_of(shelf, group, on), binding)
    found = snapshot(shelf, Selection(on, topic, group, binding))
    return states_graph(found) if kind == "states" else instruments_graph(found)


def states_graph(found: Snapshot, at_least: int = 1) -> Any:
    """States, with an edge for every two that share ``at_least`` so many instruments; ``weight`` is how many."""
    return _weighted(found, found.states, found.shared, "state", at_least)


def instruments_graph(found: Snapshot, at_least: int = 1) -> Any:
    """Instruments, with an edge for every two that share ``at_least`` so many states; ``weight`` is how many."""
    return _weighted(found, found.instruments, found.parties, "instrument", at_least)


def _weighted(found: Snapshot, nodes: tuple[str, ...], counts: Counts, kind: str, at_least: int) -> Any:
    import networkx

    graph = networkx.Graph(on=found.selection.on.isoformat())
    graph.add_nodes_from((name, {"kind": kind, "title": found.titles[name]}) for name in nodes)
    pairs = numpy.argwhere(numpy.triu(counts >= max(at_least, 1), 1)).tolist()
    graph.add_weighted_edges_from((nodes[one], nodes[other], int(counts[one, other])) for one, other in pairs)
    return graph


def _bipartite(shelf: Shelf, on: date, topic: str | None, members: frozenset[str] | None, binding: bool) -> Any:
    import networkx

    wanted = set(shelf.get("topic", topic) or ()) if topic else None
    graph = networkx.Graph(on=on.isoformat())
    when = on.isoformat()
    briefs = dict(shelf.all("brief"))
    for code, rows in shelf.all("bearing"):
        for row in rows if members is None or code in members else ():
            brief = briefs[row[1]]
            if row[0] != DEPOSITARY or row[2] not in _BOUND or not row[3] <= when < row[4]:
                continue
            if (wanted is not None and wanted.isdisjoint(brief["topics"])) or (
                binding and brief["binding"] is not True
            ):
                continue
            flags = sorted({flag[0] for flag in row[11] if flag[1] <= when < flag[2]})
            graph.add_node(code, kind="state", title=shelf.get("life", code)[0], bipartite=0)
            graph.add_node(row[1], kind="instrument", title=brief["title"], bipartite=1)
            graph.add_edge(code, row[1], standing=row[2], since=row[5], flags=";".join(flags))
    return graph
