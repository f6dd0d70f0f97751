"""States and instruments on a day as a network: who is held by what."""

from __future__ import annotations

from datetime import date
from typing import Any

from treatygraph.shelf import Shelf
from treatygraph.vocabulary import DEPOSITARY

__all__ = ["network"]

_BOUND = ("party", "participant", "provisional")


def network(shelf: Shelf, on: date, topic: str | None = None) -> Any:
    """A bipartite networkx graph: an edge for every state that an instrument holds on the day.

    Args:
        shelf: the documents of the graph.
        on: the day.
        topic: only instruments of this topic and those below it; an unknown topic gives no edge.

    Returns:
        ``networkx.Graph``. Nodes are state codes and instrument ids with ``kind`` (``state`` or
        ``instrument``), ``title`` and ``bipartite`` (0 or 1); edges carry ``standing``, ``since`` and
        ``flags`` (joined by ``;``). States without an edge are left out.
    """
    import networkx

    wanted = set(shelf.get("topic", topic) or ()) if topic else None
    graph = networkx.Graph(on=on.isoformat())
    when = on.isoformat()
    briefs = dict(shelf.all("brief"))
    for code, rows in shelf.all("bearing"):
        for row in rows:
            brief = briefs[row[1]]
            if row[0] != DEPOSITARY or row[2] not in _BOUND or not row[3] <= when < row[4]:
                continue
            if wanted is not None and wanted.isdisjoint(brief["topics"]):
                continue
            flags = sorted({flag[0] for flag in row[11] if flag[1] <= when < flag[2]})
            graph.add_node(code, kind="state", title=shelf.get("life", code)[0], bipartite=0)
            graph.add_node(row[1], kind="instrument", title=brief["title"], bipartite=1)
            graph.add_edge(code, row[1], standing=row[2], since=row[5], flags=";".join(flags))
    return graph
