"""The claims of a report held against the record: each with a verdict that is computed, and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.drafted import Drafted
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.claims.judge import judge
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    VERDICTS,
)
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed, number
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.errors import UnknownName
from treatygraph.model.json_form import key, plain
from treatygraph.model.records import Report

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["VERDICTS", "ClaimsAnswer", "HeldClaim", "claims", "claims_of"]


@dataclass(frozen=True)
class ClaimsAnswer(Citable):
    """A report with all its claims held against the record."""

    answer: str
    report: str
    title: str
    published: Annotated[str, key("date")]
    known: date | None
    sources: tuple[str, ...]
    """Where the report itself stands."""
    claims: tuple[HeldClaim, ...]
    notes: tuple[str, ...]
    edition: Edition

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        return CitedSubject("answer", f"Claims of “{self.title}” ({self.published}) held against the record", "")

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def to_frame(self) -> DataFrame:
        """One row per claim, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.claims]).drop(columns=["definitions"], errors="ignore")


def claims(index: Index, report: str, known: date | None = None) -> ClaimsAnswer:
    """Hold every claim of the report called ``report`` (by id or title) against the record.

    Args:
        index: the documents of the graph; with ``known`` those of that day, as far as they are derived.
        report: the id or the title of a report.
        known: only acts and events on record by this day count.

    Raises:
        UnknownName: no report is called that; the nearest are listed, or else the latest reports.
    """
    verdicts = _report(index, report)
    held = judge(index, map(Draft.of, verdicts.claims), verdicts.date.latest, known=known)
    sources = verdicts.cites["title"].sources
    return _answer(index, verdicts.id, verdicts.title, verdicts.date.text, sources, held, known)


def claims_of(index: Index, drafted: Drafted, known: date | None = None) -> ClaimsAnswer:
    """Hold claims that a user drafted against the record.

    Raises:
        UsageError: a claim has an unknown check or term, or a value that its term does not take; it is named.
    """
    held = judge(index, drafted.claims, drafted.date, known=known)
    return _answer(index, drafted.name, drafted.title, drafted.date.isoformat(), (), held, known)


def _answer(
    index: Index,
    report: str,
    title: str,
    published: str,
    sources: tuple[str, ...],
    held: Sequence[HeldClaim],
    known: date | None,
) -> ClaimsAnswer:
    notes = tuple(dict.fromkeys(note for item in held for note in item.notes))
    answer = _sentence(title, published, held)
    return ClaimsAnswer(answer, report, title, published, known, sources, tuple(held), notes, edition_of(index))


def _report(index: Index, text: str) -> Report:
    known: dict[str, str] = {}
    for name, report in index.reports().items():
        if names.key(text) in (names.key(name), names.key(report.title)):
            return report
        known |= {names.key(name): name, names.key(report.title): name}
    latest = sorted(set(known.values()), reverse=True)[:3]  # ids begin with the date
    raise UnknownName("report", text, names.nearest(text, known) or latest)


def _sentence(title: str, published: str, answers: Sequence[HeldClaim]) -> str:
    """How the claims of a report stand, in one sentence."""
    counts = Counter(item.verdict for item in answers)
    words = {
        CONFIRMED: "confirmed by the record",
        IMPRECISE: "imprecise",
        CONTRADICTED: "contradicted by it",
        DEPENDS: "true or false by definition",
        NOT_ON_RECORD: "not on record",
    }
    if not answers:
        return f"“{title}” makes no claim that is on record."
    phrases = [(counts[verdict], text) for verdict, text in words.items() if counts[verdict]]
    parts = [f"{number(count)} {'is' if count == 1 else 'are'} {text}" for count, text in phrases]
    many = f"{number(len(answers))} claim{'' if len(answers) == 1 else 's'}"
    return f"Of {many} in “{title}” ({published}), {listed(parts)}."
