"""Verdicts, what they rest on, and how a date that a report gives is held against the record's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, NotRequired, TypedDict

from treatygraph.model.dates import BEGINNING, Span, long_form

__all__ = [
    "CONFIRMED",
    "CONTRADICTED",
    "DEPENDS",
    "IMPRECISE",
    "NOT_ON_RECORD",
    "VERDICTS",
    "Definition",
    "Held",
    "Proof",
    "best",
    "capital",
    "dated",
    "verdict_on_date",
]

CONFIRMED: Final = "confirmed"
CONTRADICTED: Final = "contradicted"
IMPRECISE: Final = "imprecise"
DEPENDS: Final = "depends"
NOT_ON_RECORD: Final = "not-on-record"

VERDICTS: Final[Mapping[str, str]] = {
    CONFIRMED: "the record says the same, under every reading that bears on it",
    IMPRECISE: "right in substance, wrong or loose in a part that ``record`` names",
    CONTRADICTED: "the record says otherwise, and ``record`` gives what is right",
    DEPENDS: "true under one definition or reading and false under another; ``definitions`` names them",
    NOT_ON_RECORD: "the record does not reach it",
}
"""Every verdict and what it means."""
_ORDER: Final = (CONFIRMED, DEPENDS, IMPRECISE, CONTRADICTED, NOT_ON_RECORD)
_SLACK: Final = timedelta(days=3)
"""Reports date by their own clock and print on the day after: a day so little off is loose, not wrong."""


@dataclass(frozen=True)
class Proof:
    """One record that a verdict rests on: its id, what it shows, and its sources."""

    id: str
    shows: str
    sources: tuple[str, ...]


class Definition(TypedDict):
    """A definition or reading on which a verdict depends, and what it gives."""

    definition: str
    holds: bool
    """Whether the claim is right under it."""
    standing: NotRequired[str]
    since: NotRequired[str | list[str]]
    count: NotRequired[int]
    instruments: NotRequired[list[str]]


@dataclass(frozen=True)
class Held:
    """A claim held against the record: the verdict, the record in a sentence, and what both rest on."""

    verdict: str
    record: str
    proofs: tuple[Proof, ...] = ()
    definitions: tuple[Definition, ...] = ()
    """The definitions or readings on which the verdict depends, each with whether the claim holds under it."""
    notes: tuple[str, ...] = ()
    fix: str = ""
    """The sentence that would be right, where it is not ``record`` itself."""

    def graded(self, verdict: str, more: str = "") -> Held:
        """The same with another verdict, and more said of the record."""
        return replace(self, verdict=verdict, record=f"{self.record}{more}")


def best(verdicts: Iterable[Held]) -> Held:
    """The verdict that counts where several records could be meant: the most favourable, in the order given."""
    return min(verdicts, key=lambda held: _ORDER.index(held.verdict))


def verdict_on_date(said: Span, recorded: Span) -> str:
    """How a date that a report gives stands to the record's.

    A day that is off by up to three days is imprecise. Where the record is vaguer than the report and does not
    exclude it, the day is not on record.

    >>> verdict_on_date(Span.parse("1992"), Span.parse("1992-03-24"))
    'confirmed'
    >>> verdict_on_date(Span.parse("2020-11"), Span.parse("2020-05-22"))
    'contradicted'
    """
    if said.earliest <= recorded.earliest and recorded.latest <= said.latest:
        return CONFIRMED
    if said.earliest <= recorded.latest and recorded.earliest <= said.latest:
        return NOT_ON_RECORD
    gap = max(said.earliest - recorded.latest, recorded.earliest - said.latest)
    if said.precision in ("day", "month") and recorded.is_day and gap <= _SLACK:
        return IMPRECISE
    return CONTRADICTED


def dated(when: Span) -> str:
    """A date within a sentence, as vague as it is.

    >>> dated(Span.parse("2020-05-22")), dated(Span.parse("1992"))
    ('on 22 May 2020', 'in 1992')
    """
    if when.is_day:
        return f"on {long_form(when.earliest)}"
    if when.precision == "year":
        return f"in {when.text}"
    if when.precision == "month":
        return f"in {long_form(when.earliest).partition(' ')[2]}"
    if when.earliest == BEGINNING:
        return f"by {long_form(when.latest)}"
    return f"between {long_form(when.earliest)} and {long_form(when.latest)}"


def capital(text: str) -> str:
    """The text with a capital at its start; names keep theirs."""
    return text[:1].upper() + text[1:]
