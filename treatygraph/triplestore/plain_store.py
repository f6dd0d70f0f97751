"""The store behind the rdflib face: without a graph named, it shows what plain patterns of a text query see.

The default graph of rdflib, which has an address there, is the graph of the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from treatygraph.model.terms import READINGS
from treatygraph.triplestore.graphs import OF_FACTS, PLAIN

__all__ = ["PlainStore"]

_Subject = NamedNode | BlankNode | Triple
_Term = _Subject | Literal
_Graph = NamedNode | BlankNode | DefaultGraph
_Solved = QuerySolutions | QueryBoolean | QueryTriples


class PlainStore(OxigraphStore):  # type: ignore[misc]  # the library has no types
    """An Oxigraph store whose union leaves out the graph of other legal views."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        super().__init__(store=_Plain(store))


class _Plain:
    """What ``oxrdflib`` asks of a store; all but two ways of asking go straight through."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        attribute: object = getattr(self._store, name)
        return attribute

    def __len__(self) -> int:
        return len(self._store)

    def query(self, text: str, *, use_default_graph_as_union: bool = False, **how: object) -> _Solved:
        """A query; the union is that of the plain graphs."""
        if use_default_graph_as_union:
            how["default_graph"] = list(PLAIN)
        elif how.get("default_graph") == DefaultGraph():
            how["default_graph"] = OF_FACTS
        ask: Callable[..., _Solved] = self._store.query
        return ask(text, **how)

    def quads_for_pattern(self,
        subject: _Subject | None, predicate: NamedNode | None, value: _Term | None, graph: _Graph | None = None,
    ) -> Iterator[Quad]:  # fmt: skip
        """The quads of a pattern; without a graph, those of the plain graphs."""
        named = OF_FACTS if graph == DefaultGraph() else graph
        quads = self._store.quads_for_pattern(subject, predicate, value, named)
        if graph is not None:
            return iter(quads)
        return (quad for quad in quads if getattr(quad.graph_name, "value", "") != READINGS)
