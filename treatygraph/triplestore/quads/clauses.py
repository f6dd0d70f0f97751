"""Clauses as nodes: each key of a clause's line becomes one property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from treatygraph.model.records import Clause
from treatygraph.model.terms import concept, iri
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["CLAUSE_CLASSES", "KEY_TERMS", "clause_node"]

CLAUSE_CLASSES: Final = {
    "entry-into-force": "EntryIntoForceClause",
    "state-entry-into-force": "StateEntryIntoForceClause",
    "withdrawal": "WithdrawalClause",
    "duration": "DurationClause",
    "extension": "ExtensionClause",
    "supersession": "SupersessionClause",
    "provisional-application": "ProvisionalApplicationClause",
    "suspension": "SuspensionClause",
    "amendment-entry": "AmendmentEntryClause",
    "reservation-ban": "ReservationBan",
    "verification": "VerificationClause",
    "depositary": "DepositaryClause",
    "limit": "LimitClause",
}
"""The class of each kind of clause."""

Saying = Callable[[TripleSubject, str, tuple[str, ...]], object]


def _text(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.text(term, *values)


def _number(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    """How many; where the source gives a range, its ends are two properties; a share of a whole is text."""
    if "/" in values[0]:
        return node.text("fraction", values[0])
    least, _, most = values[0].partition("-")
    return node.decimal(term, least).decimal(f"{term}Most", most)


def _count(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.count(term, int(values[0]))


def _truth(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.truth(term, value=values == ("yes",))


def _state(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.link(term, *(iri("state", code) for code in values))


def _instrument(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.link(term, *(iri("instrument", name) for name in values))


def _act(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    return node.link(term, *(concept("act", kind) for kind in values))


def _circle(node: TripleSubject, term: str, values: tuple[str, ...]) -> object:
    """Codes of states are links; ``signatories`` and ``participants`` are words."""
    _state(node, term, tuple(value for value in values if value.isupper()))
    return node.text(f"{term}The", *(value for value in values if not value.isupper()))


KEY_TERMS: Final[dict[str, tuple[str, Saying]]] = {
    "gist": ("gist", _text),
    "on": ("completedBy", _text),
    "count": ("count", _count),
    "acts": ("countedAct", _act),
    "including": ("including", _state),
    "others": ("countsOthers", _truth),
    "all_of": ("allOf", _circle),
    "some": ("some", _count),
    "of": ("someOf", _state),
    "fraction": ("fraction", _text),
    "of_parties_to": ("ofPartiesTo", _instrument),
    "delay": ("delay", _text),
    "start": ("startsOn", _text),
    "not_before": ("notBefore", _text),
    "after": ("afterEntryOf", _instrument),
    "applies": ("applies", _text),
    "extent": ("extent", _text),
    "period": ("period", _text),
    "addressees": ("addressee", _text),
    "ground": ("ground", _text),
    "tail": ("tail", _text),
    "only": ("only", _text),
    "at_end_of": ("atEndOf", _text),
    "as": ("asInstrument", _instrument),
    "none": ("noClause", _truth),
    "term": ("term", _text),
    "through": ("lastsThrough", _text),
    "renews": ("renewsBy", _text),
    "unlimited": ("unlimited", _truth),
    "by": ("agreedBy", _text),
    "max": ("maximum", _text),
    "times": ("times", _count),
    "number": ("number", _number),
    "unit": ("unit", _text),
    "item": ("item", _text),
    "deadline": ("deadline", _text),
    "is": ("keptAt", _text),
    "withdrawal.from": ("periodFrom", _text),
    "withdrawal.ends": ("endsFor", _text),
    "supersession.ends": ("endsInstrument", _instrument),
    "duration.until": ("lastsUntil", _text),
    "provisional-application.from": ("appliesFrom", _text),
    "provisional-application.until": ("appliesUntil", _text),
}
"""The property of each key, and how its values are said; ``kind.key`` where the kind decides the meaning."""


def clause_node(address: str, instrument: str, clause: Clause) -> TripleSubject:
    """The node of one clause of an instrument.

    Raises:
        LookupError: the kind of clause or one of its keys has no term.
    """
    node = TripleSubject(address, "Clause", CLAUSE_CLASSES[clause.kind]).link(
        "instrument", iri("instrument", instrument)
    )
    node.link("clauseKind", concept("clause", clause.kind)).text("article", clause.article)
    for key in sorted(clause.terms):
        term, say = KEY_TERMS.get(f"{clause.kind}.{key}") or KEY_TERMS[key]
        say(node, term, clause.many(key))
    return node.cite(clause.cite)
