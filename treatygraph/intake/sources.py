"""The row of ``sources.csv`` that every line from a register cites: one on record, or a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from treatygraph.facts.load import FILES
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register
from treatygraph.model.errors import UsageError
from treatygraph.model.records import Facts, Instrument

__all__ = ["SourceTerms", "kind_of", "source_row"]

COLUMNS: Final = tuple(FILES["sources.csv"].split(","))


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """What the user says of the source; only the id is needed where it is on record."""

    id: str = ""
    title: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    kind: str = ""
    licence: str = ""
    note: str = ""
    copy: bool = False
    """Whether the page is a copy on somebody's site."""


def source_row(
    terms: SourceTerms, facts: Facts, page: RegisterPage, format: RegisterFormat, register: Register,
    card: Instrument, day: date | None,
) -> dict[str, str]:  # fmt: skip
    """The new row of ``sources.csv``; empty where the source is on record, or none is named.

    Raises:
        UsageError: the source is on record and terms of it are given too, or it is new and its place is not known.
    """
    said = [name for name in ("title", "place", "publisher", "kind", "licence", "date", "note") if getattr(terms, name)]
    if not terms.id:
        if said or terms.copy:
            raise UsageError("what is said of the source belongs to an id: give --source ID.")
        return {}
    if terms.id in facts.sources:
        if said or terms.copy:
            names = ", ".join(f"--source-{name}" for name in said) or "--copy"
            raise UsageError(f"the source '{terms.id}' is on record; leave out {names}, or choose another id.")
        return {}
    place = terms.place or page.address
    if not place:
        raise UsageError(
            f"the source '{terms.id}' is not on record: say where it can be read with --source-place (an address, or a "
            "repository, commit and path)."
        )
    when = terms.date or (day.isoformat() if day else "")
    return {
        "id": terms.id,
        "title": terms.title or f"{card.short}: {format.title.partition(' (')[0]}{f', {when}' if when else ''}",
        "publisher": terms.publisher or register.publisher or (urlsplit(place).hostname or ""),
        "date": when,
        "place": place,
        "kind": terms.kind or kind_of(terms, place, format, register, card),
        "licence": terms.licence,
        "note": terms.note,
    }


def kind_of(
    terms: SourceTerms,
    place: str,
    format: RegisterFormat,
    register: Register,
    card: Instrument,
) -> str:
    """``depositary`` for the depositary's own page on its own site; ``depositary-copy`` for any other.

    A register that is not the instrument's depositary has a copy, and so has everybody who keeps one of its pages.
    """
    host = (urlsplit(place).hostname or "").lower()
    own = host in format.hosts
    keeps = register.depositary in format.depositaries or bool({*card.depositaries} & {*format.depositaries})
    return "depositary" if own and keeps and not terms.copy else "depositary-copy"
