"""Sources as nodes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from treatygraph.model.records import Facts
from treatygraph.model.terms import concept, iri
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["sources"]


def sources(facts: Facts) -> Iterator[Quad]:
    """Everything that was read."""
    for source in facts.sources.values():
        node = TripleSubject(iri("source", source.id), "Source").label(source.title)
        node.link("sourceKind", concept("source-kind", source.kind))
        node.text("publisher", source.publisher).text("published", source.date).text("place", source.place)
        yield from node.text("licence", source.licence).text("note", source.note)
