"""The panel of intervals of states: what each state is under each instrument, from day to day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from treatygraph.bonds.scope import scopes_by_bond
from treatygraph.bonds.unknowns import OpenInterval, open_intervals
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table, of
from treatygraph.export.panels.columns import (
    DAYS,
    KNOWN,
    UNDER,
    code_fields,
    ends,
    instrument_cells,
    is_vague,
    shown_on,
    texts,
)
from treatygraph.export.selection import STAGES, ExportSelection, held
from treatygraph.model.index_records import StandingRow
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["STATES", "open_of", "state_intervals"]

STATES: Final = Table(
    "state-intervals",
    "What each state was under each instrument, from day to day.",
    (
        *code_fields("", "the state"),
        *UNDER,
        of(
            "standing",
            "party, participant or provisional: bound. contracting: it has consented, and is not bound yet. signatory. "
            "not-known: the record cannot tell whether it is bound.",
        ),
        of("bound", "Whether the instrument holds the state; empty where the record cannot tell.", type="boolean",
           formula="standing is party, participant or provisional"),
        *DAYS,
        of("since", "Since when, in EDTF, as known."),
        of("notified", "The day on which a succession was notified, where the standing began before it; empty: it "
           "began with an act of the state itself.", type="date", formula="latest day of the act of succession"),
        of(
            "flags", "What qualifies the standing at some time within it, separated by ;: suspension-claimed and so on."
        ),
        of("reason", "Why it ended, as the record's rule has it; empty: no end known."),
        of("unverified", "Whether nothing but general knowledge stands behind it.", type="boolean"),
        of("known", f"{KNOWN} A state and instrument without a row on a day up to the edition's: it was not bound."),
    ),
    lambda _: (),
    ("state", "instrument", "from"),
)  # fmt: skip


def state_intervals(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which a state has a standing under an instrument, or may be bound by it."""
    rows = [_held_row(index, selection, row) for row in held(index, selection, STAGES)]
    rows += [_open_row(index, selection, item) for item in open_of(index, selection)]
    yield from sorted(rows, key=lambda row: (row[0], row[4], row[11] or "", row[9]))


def _held_row(index: Index, selection: ExportSelection, row: StandingRow) -> tuple[Cell, ...]:
    flags = texts(sorted({flag.flag for flag in row.flags}))
    unverified = bool(row.sources) and all(source == "recall" for source in row.sources)
    known = "since" if is_vague(row.since) else "yes"
    return (*_beginning(index, selection, row.state, row.instrument, row.start), row.standing, row.binds,
            *ends(row.start, row.end), row.since or None, _notified(index, row), flags, row.reason or None, unverified,
            known)  # fmt: skip


def _open_row(index: Index, selection: ExportSelection, item: OpenInterval) -> tuple[Cell, ...]:
    return (*_beginning(index, selection, item.state, item.instrument, item.start), NOT_KNOWN, None,
            *ends(item.start, item.end), None, None, None, None, False, "no")  # fmt: skip


def _beginning(index: Index, selection: ExportSelection, code: str, name: str, start: str) -> tuple[Cell, ...]:
    codes = shown_on(index.states()[code], date.fromisoformat(start))[:4]
    return (*codes, *instrument_cells(index.summary(name), scopes_by_bond(index, selection.reading)[name]))


def _notified(index: Index, row: StandingRow) -> Cell:
    """The day of an act of succession that worked back."""
    if not any(flag.flag == "by-succession" for flag in row.flags):
        return None
    acts = (act for act in index.acts_by(row.state, row.instrument) if act.kind == "succession")
    days = [act.date.latest.isoformat() for act in acts]
    return min(days) if days and min(days) > row.start else None


def open_of(index: Index, selection: ExportSelection) -> Iterator[OpenInterval]:
    """The open intervals of the selection that begin up to the day of the edition: later ones are the future's."""
    names, states = selection.instruments(index), set(selection.states(index))
    when = selection.on.isoformat() if selection.on else ""
    for item in open_intervals(index, selection.reading, names):
        if item.state in states and (item.start <= when < item.end if when else item.start <= EDITION_DAY.isoformat()):
            yield item
