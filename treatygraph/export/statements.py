"""Standings and acts as RDF 1.2 statements: a triple, and beside it what qualifies it, as Wikidata does it.

Russia's standing under New START is the triple ``state standing:party instrument``, which is quoted and not
asserted: it is true only from one day to another, and only by one reading. The standing's own node reifies it and
carries the qualifiers. Signatures and ratifications are also said with Wikidata's own properties (P1891 signatory,
P6193 ratified by), with P585 (point in time). RDF 1.2 triple terms are read by pyoxigraph and Jena, not by rdflib 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from treatygraph.model.terms import PREFIXES, TG

__all__ = ["statements", "write_statements"]

_REIFIES: Final = NamedNode(PREFIXES["rdf"] + "reifies")
_WDT: Final = "http://www.wikidata.org/prop/direct/"
_PQ: Final = "http://www.wikidata.org/prop/qualifier/"
_WIKIDATA: Final = {"signature": "P1891", "definitive-signature": "P1891", "ratification": "P6193"}
_QUALIFIERS: Final = (
    "reading",
    "from",
    "until",
    "since",
    "untilText",
    "origin",
    "rule",
    "because",
    "endingRule",
    "endingBecause",
)
_Subject = NamedNode | BlankNode | Triple
_OF_ACT: Final = ("dateEarliest", "dateLatest", "dateEdtf", "effectiveEdtf", "keptAt", "against", "source", "at")


def statements(quads: Iterable[Quad]) -> Iterator[Triple]:
    """The statements that the sorted quads of the graph make, each with its qualifiers."""
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        if "/id/standing/" in subject.value or "/id/act/" in subject.value:
            properties: dict[str, list[Any]] = {}
            for quad in about:
                properties.setdefault(quad.predicate.value, []).append(quad.object)
            make = _standing if "/id/standing/" in subject.value else _act
            yield from make(subject, properties)


def _standing(node: _Subject, properties: dict[str, list[Any]]) -> Iterator[Triple]:
    state, instrument, standing = (properties[TG(name)][0] for name in ("state", "instrument", "standing"))
    yield Triple(node, _REIFIES, Triple(state, standing, instrument))
    yield from _qualified(node, properties, _QUALIFIERS)


def _act(node: _Subject, properties: dict[str, list[Any]]) -> Iterator[Triple]:
    state, instrument = properties[TG("state")][0], properties[TG("instrument")][0]
    kind = properties[TG("actKind")][0].value.rpartition("/")[2]
    if kind not in _WIKIDATA:
        return
    yield Triple(node, _REIFIES, Triple(instrument, NamedNode(_WDT + _WIKIDATA[kind]), state))
    first, last = properties[TG("dateEarliest")][0], properties[TG("dateLatest")][0]
    if first == last:
        yield Triple(node, NamedNode(_PQ + "P585"), first)
    yield from _qualified(node, properties, _OF_ACT)


def _qualified(node: _Subject, properties: dict[str, list[Any]], names: Iterable[str]) -> Iterator[Triple]:
    for name in names:
        for value in properties.get(TG(name), ()):
            yield Triple(node, NamedNode(TG(name)), value)


def write_statements(path: Path, quads: Iterable[Quad]) -> None:
    """As RDF 1.2 Turtle."""
    prefixes = {**PREFIXES, "wdt": _WDT, "pq": _PQ}
    pyoxigraph.serialize(statements(quads), output=str(path), format=RdfFormat.TURTLE, prefixes=prefixes)
