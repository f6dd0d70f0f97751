"""Standings and acts as RDF 1.2 statements: a triple, and beside it what qualifies it, as Wikidata does it.

Russia's standing under New START is the triple ``state tg:standsUnder instrument``, which is quoted and not
asserted: it is true only from one day to another, and only by one reading. The standing's own node reifies it and
carries the qualifiers, among them what the standing is. Signatures and ratifications are also said as Wikidata says
them, so that a union with its statements compares: with its properties (P1891 signatory, P6193 ratified by), between
its items where both are linked exactly, with P585 (point in time) as a date and time, and P582 (end time) of a
ratification from which the state has withdrawn. RDF 1.2 triple terms are read by pyoxigraph and Jena, not by rdflib 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from treatygraph.model.dates import OPEN
from treatygraph.model.terms import DERIVED, PREFIXES, TG
from treatygraph.model.vocabulary import BINDS, EXITS

__all__ = ["statements", "write_statements"]

_REIFIES: Final = NamedNode(PREFIXES["rdf"] + "reifies")
_WDT: Final = "http://www.wikidata.org/prop/direct/"
_PQ: Final = "http://www.wikidata.org/prop/qualifier/"
_ITEM: Final = "http://www.wikidata.org/entity/"
_EXACT: Final = PREFIXES["skos"] + "exactMatch"
_WIKIDATA: Final = {"signature": "P1891", "definitive-signature": "P1891", "ratification": "P6193"}
_QUALIFIERS: Final = (
    "standing",
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
    graph = list(quads)
    items = {quad.subject: quad.object for quad in graph if _is_item(quad)}
    ends = _ends(graph)
    for subject, about in groupby(graph, key=lambda quad: quad.subject):
        if "/id/standing/" in subject.value:
            yield from _standing(subject, _properties(about))
        elif "/id/act/" in subject.value:
            yield from _act(subject, _properties(about), items, ends)


def _is_item(quad: Quad) -> bool:
    """Whether it says which item of Wikidata a record is exactly."""
    return quad.predicate.value == _EXACT and str(quad.object).startswith(f"<{_ITEM}")


def _properties(quads: Iterable[Quad]) -> dict[str, list[Any]]:
    properties: dict[str, list[Any]] = {}
    for quad in quads:
        properties.setdefault(quad.predicate.value, []).append(quad.object)
    return properties


def _ends(quads: Iterable[Quad]) -> dict[tuple[Any, Any], Any]:
    """When the consent of a state ended by an act of its own: the day, by state and instrument."""
    left: dict[tuple[Any, Any], Any] = {}
    bound: dict[tuple[Any, Any], Any] = {}
    for subject, about in groupby(quads, key=lambda quad: (quad.subject, quad.graph_name)):
        name = subject[0].value
        if "/id/act/" in name:
            act = _properties(about)
            if _last(act[TG("actKind")][0]) in (*EXITS, "withdrawal-of-consent"):
                left[act[TG("state")][0], act[TG("instrument")][0]] = act[TG("dateLatest")][0]
        elif "/id/standing/" in name and getattr(subject[1], "value", "") == DERIVED:
            standing = _properties(about)
            key = standing[TG("state")][0], standing[TG("instrument")][0]
            if _last(standing[TG("standing")][0]) in BINDS:
                bound[key] = max(bound.get(key, standing[TG("until")][0]), standing[TG("until")][0], key=str)
    return {key: bound.get(key, day) for key, day in left.items() if bound.get(key, day).value != OPEN.isoformat()}


def _last(node: Any) -> str:
    """The last part of an address: the notation of a concept."""
    return str(node.value).rpartition("/")[2]


def _standing(node: _Subject, properties: dict[str, list[Any]]) -> Iterator[Triple]:
    state, instrument = (properties[TG(name)][0] for name in ("state", "instrument"))
    yield Triple(node, _REIFIES, Triple(state, NamedNode(TG("standsUnder")), instrument))
    yield from _qualified(node, properties, _QUALIFIERS)


def _act(
    node: _Subject, properties: dict[str, list[Any]], items: dict[Any, Any], ends: dict[tuple[Any, Any], Any]
) -> Iterator[Triple]:
    state, instrument = properties[TG("state")][0], properties[TG("instrument")][0]
    kind = _last(properties[TG("actKind")][0])
    if kind not in _WIKIDATA:
        return
    predicate = NamedNode(_WDT + _WIKIDATA[kind])
    yield Triple(node, _REIFIES, Triple(instrument, predicate, state))
    if state in items and instrument in items:
        yield Triple(node, _REIFIES, Triple(items[instrument], predicate, items[state]))
    first, last = properties[TG("dateEarliest")][0], properties[TG("dateLatest")][0]
    if first == last:
        yield Triple(node, NamedNode(_PQ + "P585"), _moment(first))
    if kind == "ratification" and (state, instrument) in ends:
        yield Triple(node, NamedNode(_PQ + "P582"), _moment(ends[state, instrument]))
    yield from _qualified(node, properties, _OF_ACT)


def _moment(day: Literal) -> Literal:
    """A day as Wikidata writes it: its first moment, with a date and a time."""
    return Literal(f"{day.value}T00:00:00Z", datatype=NamedNode(PREFIXES["xsd"] + "dateTime"))


def _qualified(node: _Subject, properties: dict[str, list[Any]], names: Iterable[str]) -> Iterator[Triple]:
    for name in names:
        for value in properties.get(TG(name), ()):
            yield Triple(node, NamedNode(TG(name)), value)


def write_statements(path: Path, quads: Iterable[Quad]) -> None:
    """As RDF 1.2 Turtle."""
    prefixes = {**PREFIXES, "wdt": _WDT, "pq": _PQ, "wd": _ITEM}
    pyoxigraph.serialize(statements(quads), output=str(path), format=RdfFormat.TURTLE, prefixes=prefixes)
