"""What a claim may be checked by: the kinds of check, the terms that each needs or knows, and what a term takes.

A claim says in typed terms what a report asserts. The verdict is no term: it is computed. The strict reader of
reports, the reader of a user's own claims, the JSON schema and the documentation all use these two tables.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from treatygraph.model.act_words import ACT_WORDS
from treatygraph.model.dates import Period, Span
from treatygraph.model.errors import BadDate, BadNumber
from treatygraph.model.quantities import Quantity, rank_of
from treatygraph.model.terms import CONCEPTS

__all__ = [
    "CHECKS",
    "CLAUSE_WORDS",
    "COUNTED",
    "TERMS",
    "WEEKDAYS",
    "CheckTerms",
    "ClaimLike",
    "ClaimTerm",
    "problem_of",
]


COUNTED: Final = (
    "parties", "participants", "signatures", "signatories", "ratifications", "signatories-not-party", "withdrawn",
    "missing-for-entry",
)  # fmt: skip
"""What ``count-on`` counts."""
CLAUSE_WORDS: Final[Mapping[str, str]] = {
    **{kind: kind for kind in sorted(CONCEPTS["clause"])},
    "conflict-tail": "withdrawal", "notice": "withdrawal", "denunciation": "withdrawal", "none": "withdrawal",
    "term": "duration", "reservation": "reservation-ban", "reservations": "reservation-ban",
    "amendment": "amendment-entry",
}  # fmt: skip
"""The clauses that ``clause-says`` knows, and the kind of clause on a card that each looks at."""


@dataclass(frozen=True, slots=True)
class CheckTerms:
    """The terms of one kind of check."""

    judges: str
    """What it judges, in a few words."""
    needs: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    """Terms that it can use besides."""
    any_of: tuple[str, ...] = ()
    """Terms of which at least one must stand there."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term that the check takes."""
        return tuple(dict.fromkeys((*self.needs, *self.any_of, *self.knows)))


def _check(judges: str, needs: str = "", knows: str = "", any_of: str = "") -> CheckTerms:
    return CheckTerms(judges, tuple(needs.split()), tuple(knows.split()), tuple(any_of.split()))


CHECKS: Final[Mapping[str, CheckTerms]] = {
    # of an instrument
    "date-of-signature": _check("the day of signature, of the instrument or of one state", "instrument on", "state"),
    "date-of-entry-into-force": _check("the day of entry into force", "instrument on", "state"),
    "date-of-end": _check("the first day on which it is gone for all", "instrument on"),
    "original-term-ends": _check("the end of the term it was made for, extensions apart", "instrument on"),
    "about-topic": _check("what it is about", "instrument topic"),
    "binding-is": _check("whether it binds in law", "instrument binding"),
    "status-on": _check("its own status on a day", "instrument status", "on"),
    "adopted-on": _check("the day of adoption", "instrument on"),
    "vote-was": _check("how a vote went", "", "on", "instrument event body for against abstained"),
    "clause-says": _check(
        "what a clause of it says", "instrument clause", "state none", "period article number addressee times exists",
    ),
    "limit-says": _check("a number that it sets", "instrument number", "item"),
    "count-on": _check("how many states", "instrument of number", "on among"),
    "extended-to": _check("until when it was extended", "instrument", "", "until period"),
    "extended-soon-after": _check("an extension soon after taking an office", "instrument official office period"),
    "not-extended-under": _check("no extension in a term of office", "instrument official office", "state"),
    "ended-for-all": _check("whether it is gone for every party", "instrument", "on"),
    # of two powers
    "only-instrument": _check("that nothing else is left", "instruments states", "on topic scope"),
    "none-left": _check("that nothing is left", "states", "on topic scope"),
    "since-when": _check("that there was none, or some, since a year", "states since what", "on topic scope"),
    # of a state under an instrument
    "standing-on": _check("how a state stands on a day", "instrument state standing", "on"),
    "stays-out": _check("that a state which had left has not come back", "instrument state", "on"),
    "act-on": _check("an act of a state, whether and when", "act instrument state", "on by depositary"),
    "order-of": _check("which in order a state did so", "instrument state act rank", "on among"),
    "announcement-of-withdrawal": _check("when it said that it would leave", "instrument state", "on by"),
    "notice-of-withdrawal": _check("when it gave notice", "instrument state", "on by"),
    "effect-of-withdrawal": _check("the first day on which it is out", "instrument state", "on"),
    "holds-that": _check("what an authority holds of a standing", "authority instrument standing", "state on"),
    "member-on": _check("that a state is in a group", "group state", "on"),
    # of what happened, and of people
    "event-on": _check(
        "what happened, when, and by whom", "", "weekday",
        "event type instrument state states about speaker addressee official office on",
    ),
    "allegation": _check("that a state alleged a breach", "instrument state", "against on"),
    "denial": _check("that a state denied a breach", "instrument state", "against on"),
    "office-on": _check("that a person held an office", "official office", "on state"),
    "not-in-office": _check("that a person did not hold it then", "official office", "on state"),
}  # fmt: skip
"""Each kind of check and its terms. Without ``on`` the day of the report is meant, or, of acts, any day before."""


@dataclass(frozen=True, slots=True)
class ClaimTerm:
    """What a term of a claim takes."""

    kind: str
    """``instrument``, ``power`` (a state or a group), ``state``, ``group``, ``authority``, ``official``, ``event``:
    names; ``date`` (EDTF), ``period`` (ISO 8601), ``number`` and ``rank`` (as people write them), ``word`` (of
    ``words``), ``text``."""
    means: str
    many: bool = False
    """Whether a list may stand there."""
    words: frozenset[str] = frozenset()


def _words(means: str, words: frozenset[str] | tuple[str, ...]) -> ClaimTerm:
    return ClaimTerm("word", means, words=frozenset(words))


WEEKDAYS: Final = tuple(calendar.day_name)
"""The days of the week, Monday first."""

TERMS: Final[Mapping[str, ClaimTerm]] = {
    "about": ClaimTerm("event", "another event that this one is about", many=True),
    "abstained": ClaimTerm("number", "abstentions"),
    "act": _words("a kind of act", ACT_WORDS),
    "addressee": ClaimTerm(
        "addressee", "to whom: people; of a clause, depositaries or those who get a notice", many=True
    ),
    "against": ClaimTerm("against", "states that are accused; of a vote, the votes against", many=True),
    "among": ClaimTerm("group", "the states among which it is counted", many=True),
    "article": ClaimTerm("text", "the article, as the text numbers it"),
    "authority": ClaimTerm("authority", "whose view: a state, or a body that has asserted something"),
    "binding": _words("whether it binds in law", ("yes", "no", "disputed")),
    "body": ClaimTerm("text", "the body that voted: Senate, Security Council"),
    "by": ClaimTerm("official", "the person who did it", many=True),
    "clause": _words("a kind of clause", tuple(CLAUSE_WORDS)),
    "depositary": ClaimTerm("text", "the depositary at which it was done"),
    "event": ClaimTerm("event", "which event is meant"),
    "exists": _words("whether there is such a clause", ("yes", "no")),
    "for": ClaimTerm("number", "votes for"),
    "group": ClaimTerm("group", "an alliance or another group"),
    "instrument": ClaimTerm("instrument", "a treaty or another instrument"),
    "instruments": ClaimTerm("instrument", "several of them", many=True),
    "item": ClaimTerm("text", "what is limited"),
    "none": _words("that the text has no such clause", ("yes", "no")),
    "number": ClaimTerm("number", "a number as people write it: 104, more than 160, about 100, at least 90, 2/3"),
    "of": _words("what is counted", COUNTED),
    "office": ClaimTerm("text", "an office, as people call it"),
    "official": ClaimTerm("official", "a person", many=True),
    "on": ClaimTerm("date", "a day, month, year or interval"),
    "period": ClaimTerm("period", "a length of time, P6M or P5Y"),
    "rank": ClaimTerm("rank", "which in order: first, last, only, fifth, 5"),
    "scope": _words("of which scope", ("any", "bilateral", "multilateral")),
    "since": ClaimTerm("date", "since when"),
    "speaker": ClaimTerm("official", "who spoke", many=True),
    "standing": _words("a standing", CONCEPTS["standing"]),
    "state": ClaimTerm("power", "a state or a group; several are meant each", many=True),
    "states": ClaimTerm("power", "the states or groups concerned", many=True),
    "status": _words("a status", CONCEPTS["status"]),
    "times": ClaimTerm("number", "how many times"),
    "topic": _words("a topic", CONCEPTS["topic"]),
    "type": _words("a kind of event", CONCEPTS["event-type"]),
    "until": ClaimTerm("date", "until when"),
    "weekday": _words("the day of the week", WEEKDAYS),
    "what": _words("none or some", ("none", "some")),
}
"""Every term of every check, and what it takes."""


class ClaimLike(Protocol):
    """A claim as written: a kind of check and its terms."""

    @property
    def check(self) -> str:
        """The kind of check."""

    @property
    def terms(self) -> Mapping[str, str | tuple[str, ...]]:
        """The terms, as written."""

    def get(self, key: str) -> str:
        """The text of a term."""

    def many(self, key: str) -> tuple[str, ...]:
        """The values of a term."""


def problem_of(claim: ClaimLike) -> str:
    """What is wrong with a claim as written; the empty string when nothing is. Names are not looked up here."""
    known = CHECKS.get(claim.check)
    if known is None:
        return f"'{claim.check}' is not a kind of check; it is one of {', '.join(CHECKS)}."
    missing = [term for term in known.needs if not claim.get(term)]
    if missing:
        return f"the check '{claim.check}' lacks {', '.join(missing)}."
    strange = sorted(set(claim.terms) - set(known.terms))
    if strange:
        return f"the check '{claim.check}' does not know {', '.join(strange)}; it knows {', '.join(known.terms)}."
    if known.any_of and not any(claim.get(term) for term in known.any_of):
        return f"the check '{claim.check}' needs at least one of {', '.join(known.any_of)}."
    return next((problem for term in claim.terms if (problem := _problem_of_term(claim, term))), "") or _problem_of(
        claim
    )


def _problem_of_term(claim: ClaimLike, name: str) -> str:
    """What is wrong with one term, by what it takes."""
    term, values = TERMS[name], claim.many(name)
    if len(values) > 1 and not term.many:
        return f"the term '{name}' of '{claim.check}' takes one value, not {len(values)}."
    try:
        for value in values:
            if term.kind == "date":
                Span.parse(value)
            elif term.kind == "period":
                Period.parse(value)
            elif term.kind == "number" or (name == "against" and claim.check == "vote-was"):
                Quantity.parse(value)
            elif term.kind == "rank":
                rank_of(value)
            elif term.words and value not in term.words:
                return f"'{value}' is no {name}; it is one of {', '.join(sorted(term.words))}."
    except (BadDate, BadNumber) as problem:
        return f"the term '{name}' of '{claim.check}': {problem}"
    return ""


def _problem_of(claim: ClaimLike) -> str:
    if claim.check in ("only-instrument", "none-left", "since-when") and len(set(claim.many("states"))) != 2:
        return f"the check '{claim.check}' is about two states or groups ('states')."
    if claim.check == "event-on" and claim.get("weekday") and not claim.get("on"):
        return "a weekday needs a day or a time ('on') in which it falls."
    return ""
