"""The network on a day as networkx graphs: bipartite, of states, of instruments, and what chance does not explain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy

from treatygraph.answers.wording import listed
from treatygraph.bonds.matrix import Counts
from treatygraph.bonds.ties import tie_of
from treatygraph.bonds.topics import topics_above
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from networkx import Graph

__all__ = ["KINDS", "instruments_graph", "network", "network_of", "states_graph"]

KINDS = ("bipartite", "states", "instruments", "backbone")


def network(
    index: Index,
    on: date,
    topic: str | None = None,
    *,
    kind: str = "bipartite",
    group: str | None = None,
    binding: bool = False,
    reading: str = DEPOSITARY,
    seed: int = 0,
) -> Graph:
    """The network on a day as a networkx graph, nodes and edges in order; states that nothing ties are in it, too.

    Args:
        index: the documents of the graph.
        on: the day.
        topic: only instruments of this topic and those below it.
        kind: ``bipartite`` (an edge for every state that an instrument holds), ``states`` (an edge with
            ``weight`` for every two states that share instruments), ``instruments`` (for every two that
            share parties) or ``backbone`` (for every two states that share more than chance explains).
        group: only states that are in this group on the day.
        binding: only legally binding instruments.
        reading: whose legal view.
        seed: of the draws behind a backbone; see :func:`treatygraph.network.shared.shared`.

    Returns:
        ``networkx.Graph``. Nodes are state codes and instrument ids with ``kind`` (``state`` or ``instrument``)
        and ``title``; in the bipartite graph also ``bipartite`` (0 or 1), instruments with ``topics`` and
        ``topics_above`` (joined by ``;``), and its edges carry ``standing``, ``since`` (EDTF), ``flags``, ``imprecise``
        and the fields of :class:`treatygraph.bonds.ties.Tie`. Edges of a backbone carry
        ``weight`` (instruments shared, parts folded), ``expected``, ``z`` and ``q``. One-sided pledges are in none.

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: there is no such kind; the kinds are named.
    """
    return network_of(index, Selection(on, topic, group, binding, reading), kind=kind, seed=seed)


def network_of(index: Index, selection: Selection, *, kind: str = "bipartite", seed: int = 0) -> Graph:
    """:func:`network` of any selection: of a list of states, with organisations."""
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is no kind of network; take {listed(list(KINDS))}.")
    if kind == "backbone":
        return _backbone(index, selection, seed)
    view = snapshot(index, selection)
    if kind == "bipartite":
        return _bipartite(index, view)
    return states_graph(view) if kind == "states" else instruments_graph(view)


def states_graph(view: Snapshot, at_least: int = 1) -> Graph:
    """States, with an edge for every two that share ``at_least`` so many instruments; ``weight`` is how many."""
    return _weighted(view, view.states, view.shared, "state", at_least)


def instruments_graph(view: Snapshot, at_least: int = 1) -> Graph:
    """Instruments, with an edge for every two that share ``at_least`` so many states; ``weight`` is how many."""
    return _weighted(view, view.instruments, view.parties, "instrument", at_least)


def _weighted(view: Snapshot, nodes: tuple[str, ...], counts: Counts, kind: str, at_least: int) -> Graph:
    import networkx

    graph = networkx.Graph(on=view.selection.on.isoformat())
    graph.add_nodes_from((name, {"kind": kind, "title": view.titles[name]}) for name in nodes)
    pairs = numpy.argwhere(numpy.triu(counts >= max(at_least, 1), 1)).tolist()
    graph.add_weighted_edges_from((nodes[one], nodes[other], int(counts[one, other])) for one, other in pairs)
    return graph


def _backbone(index: Index, selection: Selection, seed: int) -> Graph:
    import networkx

    from treatygraph.network.shared import shared

    answer = shared(index, selection, seed=seed)
    view = snapshot(index, selection)
    graph = networkx.Graph(on=selection.on.isoformat(), seed=seed, level=answer.level, draws=answer.draws)
    graph.add_nodes_from((code, {"kind": "state", "title": view.titles[code]}) for code in view.states)
    for item in answer.pairs:
        if item.q <= answer.level:
            graph.add_edge(*item.states, weight=item.shared, expected=item.expected, z=item.z, q=item.q)
    return graph


def _bipartite(index: Index, view: Snapshot) -> Graph:
    import networkx

    graph = networkx.Graph(on=view.selection.on.isoformat())
    for code in view.states:
        graph.add_node(code, kind="state", title=view.titles[code], bipartite=0)
    for name in view.instruments:
        topics = view.summary(name).topics
        graph.add_node(name, kind="instrument", title=view.titles[name], bipartite=1, topics=";".join(topics),
                       topics_above=";".join(topics_above(index, topics)))  # fmt: skip
    when = view.selection.on.isoformat()
    for row in _rows(index, view):
        tie = tie_of(index, row, when)
        flags = ";".join(sorted({flag.flag for flag in row.flags_on(when)}))
        graph.add_edge(row.state, row.instrument, standing=row.standing, since=row.since, flags=flags,
                       imprecise=tie.imprecise, **tie._asdict())  # fmt: skip
    return graph


def _rows(index: Index, view: Snapshot) -> Iterator[StandingRow]:
    """The standings that bind on the day, in the reading where it differs, else as depositaries keep them."""
    states, names, when = set(view.states), set(view.instruments), view.selection.on.isoformat()
    own = {name for name in names if view.selection.reading in index.disputes(name)}
    for row in index.all_rows():
        reading = view.selection.reading if row.instrument in own else DEPOSITARY
        if row.instrument in names and row.state in states and row.reading == reading and row.binds and row.on(when):
            yield row
