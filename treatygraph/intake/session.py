"""One register taken in: read, held against the ledger, and made into lines; written where that is asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from treatygraph.facts import read
from treatygraph.intake.compare import STATUSES, Outcome, outcomes
from treatygraph.intake.coverage import card_text, coverage_of, moved
from treatygraph.intake.formats import parse
from treatygraph.intake.instrument import card_of
from treatygraph.intake.lines import Line, lines_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register, Remark
from treatygraph.intake.sources import SourceTerms, source_row
from treatygraph.intake.states import state_names
from treatygraph.intake.writing import Written, write_in
from treatygraph.model.dates import long_form
from treatygraph.model.errors import Finding, PageRefused, UsageError
from treatygraph.model.records import Instrument

__all__ = ["Intake", "Wishes", "take_in"]

_EXCERPT: Final = 160
"""So much of a remark is shown: enough to find it, not a copy of it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks for besides the page."""

    instrument: str = ""
    format: str = ""
    day: date | None = None
    """The day of the list, where the page does not tell it."""
    source: SourceTerms = field(default_factory=SourceTerms)
    differing: bool = True
    """Whether what differs becomes second rows."""
    write: bool = False


@dataclass(frozen=True)
class Intake:
    """A register beside the ledger, and what it would add or has added."""

    answer: str
    instrument: str
    register: dict[str, object]
    """Format, title, number, day and totals of the list."""
    counts: dict[str, int]
    outcomes: tuple[Outcome, ...]
    remarks: tuple[Remark, ...]
    lines: tuple[Line, ...]
    source: Line
    coverage: dict[str, object]
    """``before`` and ``after`` as the card has them, and ``why`` where it stays."""
    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def has_findings(self) -> bool:
        """Whether a person must look: something differs, is gone or could not be read."""
        return any(self.counts[status] for status in ("differs", "gone", "unreadable"))

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "instrument": self.instrument,
            "register": self.register,
            "counts": self.counts,
            "outcomes": [_plain(one) for one in self.outcomes],
            "remarks": [{**asdict(one), "text": one.text[:_EXCERPT]} for one in self.remarks],
            "lines": list(self.lines),
            "source": self.source,
            "coverage": self.coverage,
            "files": list(self.files),
            "findings": [asdict(one) for one in self.findings],
        }


def _plain(outcome: Outcome) -> dict[str, object]:
    names = ("status", "state", "name", "act", "date", "ours", "days", "effective", "depositary", "at", "note")
    return {name: getattr(outcome, name) for name in names}


def take_in(page: RegisterPage, folder: Path, wishes: Wishes, today: date) -> Intake:
    """Read a page, hold it against the ledger of its instrument, and write what is new where that is asked for.

    Args:
        page: what was read.
        folder: the facts.
        wishes: the instrument, the source and the rest.
        today: the day on which the checks are made; no list is of a later day.

    Raises:
        PageRefused: the page is no register's, is about another instrument, or is of a day to come.
        FactsError: the facts cannot be read, or the checks find an error in what would be written.
        UnknownName: no instrument is called so.
        UsageError: the source is not told, or not as it must be.
    """
    facts = read(folder)
    form, register = parse(page, wishes.format)
    names = state_names(facts)
    card = card_of(register, facts, names, wishes.instrument)
    day = _day(register, page, wishes, today)
    ledger = facts.acts.get(card.id, ())
    register = replace(register, day=day)
    results = outcomes(register, ledger, names)
    source = source_row(wishes.source, facts, page, form, register, card, day)
    lines = lines_of(results, ledger, wishes.source.id, differing=wishes.differing)
    text = (folder / "instruments" / f"{card.id}.yaml").read_text(encoding="utf-8")
    before = coverage_of(text)
    after, why = moved(before, register, results, ledger, wishes.source.id)
    written = Written((), ())
    if wishes.write:
        if not wishes.source.id:
            raise UsageError("every line ends with its source: give --source ID, on record or new.")
        moves = card_text(text, after) if not why else ""
        if lines or moves:
            written = write_in(folder, card.id, lines, source if lines or moves else {}, moves, today)
    counts = {status: sum(one.status == status for one in results) for status in STATUSES}
    return Intake(
        answer=_answer(card, day, counts, lines, written, wishes),
        instrument=card.id,
        register=_head(register, day),
        counts=counts,
        outcomes=tuple(results),
        remarks=register.remarks,
        lines=tuple(lines),
        source=source,
        coverage={"before": before, "after": after, "why": why},
        files=written.files,
        findings=written.findings,
    )


def _day(register: Register, page: RegisterPage, wishes: Wishes, today: date) -> date | None:
    """The day of the list: its own, else the user's, else that on which it was fetched."""
    if register.day and wishes.day and register.day != wishes.day:
        raise UsageError(f"the page tells its day: {register.day}; leave out --day {wishes.day}.")
    day = register.day or wishes.day or (today if page.address else None)
    if day and day > today:
        raise PageRefused(f"the list is of {day}, a day to come; expected one of today or before.")
    return day


def _head(register: Register, day: date | None) -> dict[str, object]:
    return {
        "format": register.format,
        "title": register.title,
        "number": register.number,
        "day": day.isoformat() if day else None,
        "entries": len(register.entries),
        "totals": dict(register.totals),
        "holds": sorted(register.holds),
    }


def _answer(
    card: Instrument, day: date | None, counts: dict[str, int], lines: list[Line], written: Written,
    wishes: Wishes,
) -> str:  # fmt: skip
    of = f" of {long_form(day)}" if day else ""
    said = (
        f"{card.short}: of {sum(counts.values())} acts in the list{of} and the ledger, {counts['agrees']} agree, "
        f"{counts['new']} are new, {counts['differs']} differ, {counts['gone']} are gone from the list, "
        f"{counts['unreadable']} could not be read."
    )
    if written.files:
        return f"{said} Wrote {len(lines)} line{'' if len(lines) == 1 else 's'} into {' and '.join(written.files)}."
    if wishes.write:
        return f"{said} Nothing was to be written."
    return f"{said} Nothing was written: that takes --write." if lines else said
