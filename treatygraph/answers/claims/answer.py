"""The claims of a report held against the record: each with a verdict that is computed, and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from treatygraph.answers.claims import events, instruments, only, standings
from treatygraph.answers.claims.record import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Dossier,
    Held,
    capital,
)
from treatygraph.answers.wording import listed, number
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.model import names
from treatygraph.model.errors import UnknownName
from treatygraph.model.records import Claim, Report

__all__ = ["VERDICTS", "ClaimsAnswer", "HeldClaim", "claims"]

VERDICTS: Final[Mapping[str, str]] = {
    CONFIRMED: "the record says the same",
    CONTRADICTED: "the record says otherwise, and ``record`` gives what is right",
    IMPRECISE: "right in substance, wrong or loose in a part",
    DEPENDS: "true under one definition or reading and false under another; ``definitions`` names them",
    NOT_ON_RECORD: "the record cannot tell",
}
"""Every verdict and what it means."""

_CHECKS: Final[Mapping[str, Callable[[Dossier, Claim], Held]]] = {
    "about-topic": instruments.about_topic,
    "allegation": events.allegation,
    "announcement-of-withdrawal": standings.announcement_of_withdrawal,
    "date-of-end": instruments.date_of_end,
    "date-of-entry-into-force": instruments.date_of_entry,
    "date-of-signature": instruments.date_of_signature,
    "denial": events.denial,
    "effect-of-withdrawal": standings.effect_of_withdrawal,
    "ended-for-all": standings.ended_for_all,
    "event-on": events.event_on,
    "extended-soon-after": instruments.extended_soon_after,
    "extended-to": instruments.extended_to,
    "not-extended-under": instruments.not_extended_under,
    "not-in-office": events.not_in_office,
    "notice-of-withdrawal": standings.notice_of_withdrawal,
    "office-on": events.office_on,
    "only-instrument": only.only_instrument,
    "original-term-ends": instruments.original_term_ends,
    "standing-on": standings.standing_on,
    "status-on": standings.status_on,
    "stays-out": standings.stays_out,
}
"""What runs each kind of check that the facts know."""


@dataclass(frozen=True)
class HeldClaim:
    """One claim with its verdict, the record in a sentence, and what both rest on."""

    id: str
    says: str
    check: str
    verdict: str
    record: str
    because: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: tuple[str, ...]
    """What rests on general knowledge alone; empty where everything was read in a source."""
    definitions: tuple[dict[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one claim."""
        return {
            "id": self.id,
            "says": self.says,
            "check": self.check,
            "verdict": self.verdict,
            "record": self.record,
            "because": list(self.because),
            "sources": list(self.sources),
            "unverified": list(self.unverified),
            "definitions": [dict(item) for item in self.definitions],
        }


@dataclass(frozen=True)
class ClaimsAnswer:
    """A report with all its claims held against the record."""

    answer: str
    report: str
    title: str
    published: str
    known: date | None
    sources: tuple[str, ...]
    """Where the report itself stands."""
    claims: tuple[HeldClaim, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        return {
            "answer": self.answer,
            "report": self.report,
            "title": self.title,
            "date": self.published,
            "known": self.known.isoformat() if self.known else None,
            "sources": list(self.sources),
            "claims": [item.to_dict() for item in self.claims],
            "notes": list(self.notes),
        }

    def to_frame(self) -> Any:
        """One row per claim, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.claims]).drop(columns=["definitions"], errors="ignore")


def claims(shelf: Shelf, report: str, known: date | None = None) -> ClaimsAnswer:
    """Hold every claim of the report called ``report`` (by id or title) against the record.

    Args:
        shelf: the documents of the graph; with ``known`` those of that day, as far as they are derived.
        report: the id or the title of a report.
        known: only acts and events on record by this day count.

    Raises:
        UnknownName: no report is called that; the nearest are listed, or else the latest reports.
    """
    found = _report(shelf, report)
    dossier = Dossier(shelf, found, known)
    held = [(claim, _CHECKS[claim.check](dossier, claim)) for claim in found.claims]
    answers = tuple(_answer(dossier, claim, item) for claim, item in held)
    return ClaimsAnswer(
        answer=_sentence(found, answers),
        report=found.id,
        title=found.title,
        published=found.date.text,
        known=known,
        sources=found.cites["title"].sources,
        claims=answers,
        notes=tuple(dict.fromkeys(note for _, item in held for note in item.notes)),
    )


def _report(shelf: Shelf, text: str) -> Report:
    known: dict[str, str] = {}
    for name, value in shelf.all("report"):
        report = decode(Report, value)
        if names.key(text) in (names.key(name), names.key(report.title)):
            return report
        known |= {names.key(name): name, names.key(report.title): name}
    latest = sorted(set(known.values()), reverse=True)[:3]  # ids begin with the date
    raise UnknownName("report", text, names.nearest(text, known) or latest)


def _answer(dossier: Dossier, claim: Claim, held: Held) -> HeldClaim:
    sources = dict.fromkeys(source for proof in held.proofs for source in proof.sources if source != "treatygraph")
    unverified = tuple(dict.fromkeys(proof.shows for proof in held.proofs if dossier.is_unverified(proof.sources)))
    record = capital(held.record)
    if unverified:
        record += f" Unverified (general knowledge): {listed(unverified)}."
    return HeldClaim(
        id=claim.id,
        says=claim.says,
        check=claim.check,
        verdict=held.verdict,
        record=record,
        because=tuple(dict.fromkeys(proof.id for proof in held.proofs)),
        sources=tuple(sources),
        unverified=unverified,
        definitions=held.definitions,
    )


def _sentence(report: Report, answers: tuple[HeldClaim, ...]) -> str:
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
        return f"“{report.title}” makes no claim that is on record."
    found = [(counts[verdict], text) for verdict, text in words.items() if counts[verdict]]
    parts = [f"{number(count)} {'is' if count == 1 else 'are'} {text}" for count, text in found]
    many = f"{number(len(answers))} claim{'' if len(answers) == 1 else 's'}"
    return f"Of {many} in “{report.title}” ({report.date}), {listed(parts)}."
