"""What several questions read from the index, and how they write it in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from treatygraph.bonds.powers import named, power
from treatygraph.bonds.unknowns import open_spans
from treatygraph.build.index import Index
from treatygraph.law.clauses import borrowing
from treatygraph.model.dates import OPEN
from treatygraph.model.index_records import StandingRow
from treatygraph.model.records import Instrument
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["ALWAYS", "body_name", "card", "cited", "held_on", "line_on", "standing_of", "until_text", "yes_no"]

ALWAYS: Final = OPEN.isoformat()
"""The end of what has no known end, as documents write it."""
_BODIES: Final = {"iaea": "IAEA", "un-command": "UN Command", "un-secretariat": "UN Secretariat"}
"""Names of organisations whose id does not show how they are written."""


def card(index: Index, name: str) -> Instrument:
    """The card of an instrument, with clauses that it shares with another filled in."""
    return index.keep(("whole card", name), lambda: _card(index, name))


def _card(index: Index, name: str) -> Instrument:
    instrument = index.instrument(name)
    assert instrument is not None  # parameters name only instruments on record
    lenders = {clause.get("as") for clause in instrument.clauses if clause.get("as")}
    return borrowing(instrument, {lender: other for lender in lenders if (other := index.instrument(lender))})


def line_on(index: Index, code: str, on: date) -> tuple[str, ...]:
    """The state and those whose identity it carries on, newest first, as they are borne on a day (R33)."""
    return power(index, code, on).continuities[0]


def held_on(index: Index, codes: Sequence[str], on: str, reading: str = DEPOSITARY) -> dict[str, StandingRow]:
    """What a line of states is held by, or stands under, on a day: its standing by instrument."""
    standings = index.standings(codes, reading)
    return {name: row for name, rows in sorted(standings.items()) for row in rows if row.on(on)}


def standing_of(index: Index, name: str, codes: Sequence[str], on: str) -> tuple[StandingRow | None, str]:
    """The standing of a line of states on a day; where it has none, what the record lacks to say that it is out."""
    row = next((row for row in index.standings(codes).get(name, ()) if row.on(on)), None)
    spans = () if row else open_spans(index, tuple(codes)).get(name, ())
    return row, next((span.lack for span in spans if span.start <= on < span.end), "")


def cited(index: Index, names: Iterable[str]) -> str:
    """Titles of sources for a cell; that of general knowledge alone is "unverified"."""
    read = [name for name in dict.fromkeys(names) if name != "treatygraph"]
    sources = ((name, index.source(name)) for name in read)
    return "; ".join(dict.fromkeys(source.title if source else name for name, source in sources))


def body_name(index: Index, name: str) -> str:
    """A state, group or organisation as a cell or a sentence names it."""
    if index.existence(name):
        return named(index, name)
    group = index.group(name)
    return group.title if group else _BODIES.get(name, name.replace("-", " "))


def until_text(text: str) -> str:
    """An end as known; ``..`` where none is known."""
    return text or ".."


def yes_no(value: object) -> str:
    """A truth as a word."""
    return "yes" if value else "no"
