"""One node of the graph: its address, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, Self

from pyoxigraph import Literal, NamedNode, Quad

from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.records import Cite
from treatygraph.model.terms import FACTS, PREFIXES, SCHEMES, TG, iri

__all__ = ["UNKNOWN", "TripleSubject"]

UNKNOWN: Final = ".."
"""How EDTF writes an end of an interval that is open."""

_DATE: Final = NamedNode(PREFIXES["xsd"] + "date")
_DECIMAL: Final = NamedNode(PREFIXES["xsd"] + "decimal")
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = NamedNode(PREFIXES["rdfs"] + "label")
_PREFERRED: Final = NamedNode(PREFIXES["skos"] + "prefLabel")
_NOTATION: Final = NamedNode(PREFIXES["skos"] + "notation")
_ALSO: Final = NamedNode(PREFIXES["skos"] + "altLabel")
_FACTS: Final = NamedNode(FACTS)


@lru_cache(maxsize=512)
def _term(name: str) -> NamedNode:
    return NamedNode(TG(name))


@lru_cache(maxsize=4096)
def _day(when: date) -> Literal:
    return Literal(when.isoformat(), datatype=_DATE)


class TripleSubject:
    """A subject and its quads; what is absent is not said. Every method returns the node itself."""

    def __init__(self, address: str, *classes: str, graph: NamedNode = _FACTS) -> None:
        self._subject, self._graph = NamedNode(address), graph
        self._quads: list[Quad] = []
        for name in classes:
            self._say(_TYPE, _term(name))

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def _say(self, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self._quads.append(Quad(self._subject, predicate, value, self._graph))

    def link(self, term: str, *addresses: str) -> Self:
        """Point to other nodes."""
        for address in addresses:
            self._say(_term(term), NamedNode(address))
        return self

    def match(self, predicate: str, address: str) -> Self:
        """Point to another node by a property of SKOS."""
        self._say(NamedNode(PREFIXES["skos"] + predicate), NamedNode(address))
        return self

    def text(self, term: str, *values: str) -> Self:
        """Plain text; an empty value is not said."""
        for value in values:
            if value:
                self._say(_term(term), Literal(value))
        return self

    def label(self, text: str) -> Self:
        """The English name by which tools show the node."""
        self._say(_LABEL, Literal(text, language="en"))
        return self

    def concept(self, scheme: str, notation: str, text: str) -> Self:
        """Say that the node is a concept of a scheme of ours, and by which label and notation."""
        self.match("inScheme", SCHEMES + scheme).match("topConceptOf", SCHEMES + scheme)
        self._say(_NOTATION, Literal(notation))
        self._say(_PREFERRED, Literal(text, language="en"))
        return self.label(text)

    def aliases(self, *names: str) -> Self:
        """Other names, in whichever language: as ours, and as SKOS has them, so that all names are in one property."""
        for name in names:
            self._say(_ALSO, Literal(name))
        return self.text("alias", *names)

    def called(self, language: str, text: str) -> Self:
        """A name in another language."""
        self._say(_ALSO, Literal(text, language=language))
        return self

    def count(self, term: str, value: int | None) -> Self:
        """A whole number."""
        if value is not None:
            self._say(_term(term), Literal(value))
        return self

    def decimal(self, term: str, text: str) -> Self:
        """A number as written; an empty text is not said."""
        if text:
            self._say(_term(term), Literal(text, datatype=_DECIMAL))
        return self

    def truth(self, term: str, *, value: bool) -> Self:
        """True or false."""
        self._say(_term(term), Literal(value))
        return self

    def span(self, term: str, when: Span | None) -> Self:
        """A date: its day where that is known, its text in EDTF, the first and the last day it may have been."""
        if when is not None:
            if when.earliest == when.latest:
                self._say(_term(term), _day(when.earliest))
            self._say(_term(f"{term}Edtf"), Literal(when.text))
            self._say(_term(f"{term}Earliest"), _day(when.earliest))
            self._say(_term(f"{term}Latest"), _day(when.latest))
        return self

    def interval(self, start: date, end: date) -> Self:
        """A half-open interval of days; open ends are sentinels."""
        self._say(_term("from"), _day(start))
        self._say(_term("until"), _day(end))
        return self

    def known(self, since: str, until: str) -> Self:
        """The ends of the interval as known, in EDTF."""
        return self.text("since", since or UNKNOWN).text("untilText", until or UNKNOWN)

    def between(self, start: Span | None, end: Span | None) -> Self:
        """An interval whose ends are dates as given; uncertain ends are counted in."""
        self.interval(start.earliest if start else BEGINNING, end.latest if end else OPEN)
        return self.known(start.text if start else "", end.text if end else "")

    def cite(self, *cites: Cite) -> Self:
        """Where it was read: every source and every place once."""
        self.link("source", *(iri("source", name) for name in dict.fromkeys(n for c in cites for n in c.sources)))
        return self.text("at", *dict.fromkeys(cite.at for cite in cites))
