"""The store behind the rdflib face: without a graph named, it shows what plain patterns of a text query see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph
from oxrdflib import OxigraphStore

from treatygraph.model.terms import READINGS
from treatygraph.triplestore.graphs import PLAIN

__all__ = ["PlainStore"]


class PlainStore(OxigraphStore):  # type: ignore[misc]  # the library has no types
    """An Oxigraph store whose union leaves out the graph of other legal views."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        super().__init__(store=_Plain(store))


class _Plain:
    """What ``oxrdflib`` asks of a store; all but two ways of asking go straight through."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def __len__(self) -> int:
        return len(self._store)

    def query(self, text: str, *, use_default_graph_as_union: bool = False, **how: Any) -> Any:
        """A query; the union is that of the plain graphs."""
        if use_default_graph_as_union:
            how["default_graph"] = list(PLAIN)
        return self._store.query(text, **how)

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None) -> Iterator[Any]:
        """The quads of a pattern; without a graph, those of the plain graphs."""
        quads = self._store.quads_for_pattern(subject, predicate, value, graph)
        if graph is not None:
            return iter(quads)
        return (quad for quad in quads if getattr(quad.graph_name, "value", "") != READINGS)
