"""What several questions read from the documents of the graph, without decoding whole ledgers or derivations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final

from treatygraph.bonds.powers import named, side
from treatygraph.bonds.standings import Bearing, bearings
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.law.clauses import borrowing
from treatygraph.model.dates import OPEN
from treatygraph.model.records import Act, Instrument, Source
from treatygraph.model.standings import Derivation, Flag, Standing
from treatygraph.model.standings import Status as InstrumentStatus
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = [
    "ALWAYS",
    "acts_of_kinds",
    "body_name",
    "card",
    "cited",
    "entered",
    "flags",
    "held_on",
    "ledger",
    "line_on",
    "standings",
    "state_name",
    "statuses",
    "title",
    "until_text",
    "yes_no",
]

_FIELDS: Final = {item.name: number for number, item in enumerate(fields(Derivation))}
ALWAYS: Final = OPEN.isoformat()
"""The end of what has no known end, as documents write it."""
_BODIES: Final = {"iaea": "IAEA", "un-command": "UN Command", "un-secretariat": "UN Secretariat"}
"""Names of organisations whose id does not show how they are written."""


def card(shelf: Shelf, name: str) -> Instrument:
    """The card of an instrument, with clauses that it shares with another filled in."""
    if ("card", name) not in shelf.memo:
        found = fetch(shelf, Instrument, "instrument", name)
        assert found is not None  # parameters name only instruments on record
        lenders = {clause.get("as") for clause in found.clauses if clause.get("as")}
        known = {key: other for key in lenders if (other := fetch(shelf, Instrument, "instrument", key))}
        shelf.memo["card", name] = borrowing(found, known)
    kept: Instrument = shelf.memo["card", name]
    return kept


def title(shelf: Shelf, name: str) -> str:
    """The short title of an instrument."""
    found: str = shelf.get("brief", name)["title"]
    return found


def state_name(shelf: Shelf, code: str) -> str:
    """The name of a state."""
    found: str = shelf.get("life", code)[0]
    return found


def line_on(shelf: Shelf, code: str, on: date) -> tuple[str, ...]:
    """The state and those whose identity it carries on, newest first, as they are borne on a day (R33)."""
    return side(shelf, code, on).lines[0]


def standings(shelf: Shelf, name: str, codes: Collection[str] = (), reading: str = DEPOSITARY) -> list[Standing]:
    """The standings under an instrument in a reading: of some states, or of all; a reading without its own follows."""
    return [decode(Standing, row) for row in _rows(shelf, name, "standings", reading) if not codes or row[0] in codes]


def flags(shelf: Shelf, name: str, codes: Collection[str] = (), reading: str = DEPOSITARY) -> list[Flag]:
    """The flags under an instrument in a reading: of some states, or of all."""
    return [decode(Flag, row) for row in _rows(shelf, name, "flags", reading) if not codes or row[0] in codes]


def statuses(shelf: Shelf, name: str, reading: str = DEPOSITARY) -> list[InstrumentStatus]:
    """The statuses of an instrument in a reading, in order of time."""
    return [decode(InstrumentStatus, row) for row in _rows(shelf, name, "statuses", reading)]


def _rows(shelf: Shelf, name: str, field: str, reading: str) -> Sequence[Sequence[Any]]:
    found = shelf.get("derivation", f"{reading}/{name}") or shelf.get("derivation", f"{DEPOSITARY}/{name}")
    rows: Sequence[Sequence[Any]] = found[_FIELDS[field]]
    return rows


def entered(shelf: Shelf, name: str) -> str:
    """When an instrument entered into force or became operative, in EDTF; empty if it never did."""
    found: str = shelf.get("brief", name)["entry"]
    return found


def held_on(shelf: Shelf, codes: Sequence[str], on: str, reading: str = DEPOSITARY) -> dict[str, Bearing]:
    """What a line of states is held by, or stands under, on a day: its standing by instrument."""
    found = bearings(shelf, codes, reading)
    return {name: row for name, rows in sorted(found.items()) for row in rows if row.on(on)}


def ledger(shelf: Shelf, name: str, codes: Collection[str] = (), kinds: Collection[str] = ()) -> list[Act]:
    """The acts under an instrument, in order of date: of some states and kinds, or of all."""
    rows = shelf.get("ledger", name) or ()
    return [decode(Act, row) for row in rows if (not codes or row[1] in codes) and (not kinds or row[2] in kinds)]


def acts_of_kinds(shelf: Shelf, kinds: Collection[str]) -> list[Act]:
    """All acts of some kinds, instrument by instrument; kept, since every ledger has to be looked through."""
    asked = ("acts of kinds", *sorted(kinds))
    if asked not in shelf.memo:
        shelf.memo[asked] = [decode(Act, row) for _, rows in shelf.all("ledger") for row in rows if row[2] in kinds]
    found: list[Act] = shelf.memo[asked]
    return found


def cited(shelf: Shelf, names: Iterable[str]) -> str:
    """Titles of sources for a cell; what rests on general knowledge alone says "unverified"."""
    kept = [name for name in dict.fromkeys(names) if name != "treatygraph"]
    return "; ".join(dict.fromkeys(_titles(shelf, kept)))


def _titles(shelf: Shelf, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        found = fetch(shelf, Source, "source", name)
        yield "unverified (general knowledge)" if name == "recall" else found.title if found else name


def body_name(shelf: Shelf, name: str) -> str:
    """A state, group or organisation as a cell or a sentence names it."""
    if shelf.get("life", name):
        return named(shelf, name)
    group = shelf.get("group", name)
    return str(group[1]) if group else _BODIES.get(name, name.replace("-", " "))


def until_text(text: str) -> str:
    """An end as known; ``..`` where none is known."""
    return text or ".."


def yes_no(value: object) -> str:
    """A truth as a word."""
    return "yes" if value else "no"
