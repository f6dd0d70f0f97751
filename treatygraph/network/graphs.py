"""The network on a day as networkx graphs: bipartite, of states, of instruments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy

from treatygraph.answers.wording import listed
from treatygraph.bonds.matrix import Counts
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.network.snapshot import Selection, Snapshot, members_of, snapshot

if TYPE_CHECKING:
    from networkx import Graph

__all__ = ["KINDS", "instruments_graph", "network", "states_graph"]

KINDS = ("bipartite", "states", "instruments")


def network(
    index: Index,
    on: date,
    topic: str | None = None,
    *,
    kind: str = "bipartite",
    group: str | None = None,
    binding: bool = False,
) -> Graph:
    """The network on a day as a networkx graph, nodes and edges in order.

    Args:
        index: the documents of the graph.
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
        UnknownName: no topic or group is called that.
        UsageError: there is no such kind; the kinds are named.
    """
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is no kind of network; take {listed(list(KINDS))}.")
    if kind == "bipartite":
        return _bipartite(index, on, topic, members_of(index, group, on), binding)
    view = snapshot(index, Selection(on, topic, group, binding))
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


def _bipartite(index: Index, on: date, topic: str | None, members: frozenset[str] | None, binding: bool) -> Graph:
    import networkx

    wanted = topics_under(index, topic)
    graph = networkx.Graph(on=on.isoformat())
    when = on.isoformat()
    for row in index.all_rows():
        if members is not None and row.state not in members:
            continue
        if row.reading != DEPOSITARY or not row.binds or not row.on(when):
            continue
        summary = index.summary(row.instrument)
        if (wanted is not None and wanted.isdisjoint(summary.topics)) or (binding and summary.binding is not True):
            continue
        flags = sorted({flag.flag for flag in row.flags_on(when)})
        graph.add_node(row.state, kind="state", title=index.existences()[row.state].name, bipartite=0)
        graph.add_node(row.instrument, kind="instrument", title=summary.title, bipartite=1)
        graph.add_edge(row.state, row.instrument, standing=row.standing, since=row.since, flags=";".join(flags))
    return graph
