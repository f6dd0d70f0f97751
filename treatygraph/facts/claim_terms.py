"""What a claim of a report may be checked by: the kinds of check, and the terms each one needs or knows.

A claim says in typed terms what the report asserts. The verdict is no term: it is computed.
"""

from __future__ import annotations

import calendar
from typing import Final

from treatygraph.model.dates import Period, Span
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Claim
from treatygraph.model.terms import CONCEPTS

__all__ = ["CHECKS", "TERMS", "WEEKDAYS", "problem_of"]

CHECKS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # of an instrument
    "date-of-signature": (("instrument", "on"), ("state",)),
    "date-of-entry-into-force": (("instrument", "on"), ()),
    "date-of-end": (("instrument", "on"), ()),
    "original-term-ends": (("instrument", "on"), ()),
    "about-topic": (("instrument", "topic"), ()),
    "status-on": (("instrument", "status", "on"), ()),
    "only-instrument": (("instruments", "states", "on"), ("topic", "scope")),
    "extended-to": (("instrument", "until"), ("period",)),
    "extended-soon-after": (("instrument", "official", "office", "period"), ()),
    "not-extended-under": (("instrument", "official", "office"), ("state",)),
    "ended-for-all": (("instrument",), ("on",)),
    # of a state under an instrument
    "standing-on": (("instrument", "state", "standing", "on"), ()),
    "stays-out": (("instrument", "state", "on"), ()),
    "announcement-of-withdrawal": (("instrument", "state", "on"), ()),
    "notice-of-withdrawal": (("instrument", "state", "on"), ()),
    "effect-of-withdrawal": (("instrument", "state", "on"), ()),
    # of what happened, and of people
    "event-on": (
        (),
        (
            "event", "type", "instrument", "state", "states", "about", "speaker", "addressee", "official", "office",
            "on", "weekday",
        ),
    ),
    "allegation": (("instrument", "state"), ("against", "on")),
    "denial": (("instrument", "state"), ("against", "on")),
    "office-on": (("official", "office", "on"), ("state",)),
    "not-in-office": (("official", "office", "on"), ("state",)),
}  # fmt: skip
"""Each kind of check: the terms it needs, and those it knows besides."""

TERMS: Final = tuple(sorted({term for needed, known in CHECKS.values() for term in (*needed, *known)}))
"""Every term of every check."""

WEEKDAYS: Final = tuple(calendar.day_name)
"""The days of the week, Monday first."""
_WORDS: Final = {
    "scope": frozenset({"any", "bilateral", "multilateral"}),
    "standing": CONCEPTS["standing"],
    "status": CONCEPTS["status"],
    "topic": CONCEPTS["topic"],
    "type": CONCEPTS["event-type"],
    "weekday": frozenset(WEEKDAYS),
}
"""Terms that take a word of a closed list."""


def problem_of(claim: Claim) -> str:
    """What is wrong with a claim as written; the empty string when nothing is."""
    if claim.check not in CHECKS:
        return f"'{claim.check}' is not a kind of check."
    needed, known = CHECKS[claim.check]
    missing = [term for term in needed if not claim.get(term)]
    if missing:
        return f"the check '{claim.check}' lacks {', '.join(missing)}."
    strange = sorted(set(claim.terms) - {*needed, *known})
    if strange:
        return f"the check '{claim.check}' does not know {', '.join(strange)}."
    if not claim.terms:
        return f"the check '{claim.check}' has no term, so everything would fulfil it."
    return _problem_of_values(claim)


def _problem_of_values(claim: Claim) -> str:
    try:
        for term in ("on", "until"):
            if claim.get(term):
                Span.parse(claim.get(term))
        if claim.get("period"):
            Period.parse(claim.get("period"))
    except BadDate as problem:
        return str(problem)
    for term, words in _WORDS.items():
        if claim.get(term) and claim.get(term) not in words:
            return f"'{claim.get(term)}' is no {term}; it is one of {', '.join(sorted(words))}."
    if claim.check == "only-instrument" and len(set(claim.many("states"))) != 2:
        return "the check 'only-instrument' is about two states."
    if claim.check == "event-on" and claim.get("weekday") and not claim.get("on"):
        return "a weekday needs a day or a time ('on') in which it falls."
    return ""
