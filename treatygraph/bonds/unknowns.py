"""Of whom the record cannot say whether an instrument binds both (rules K3, K6, K17): neither a bond nor none."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from treatygraph.bonds.pairs import Powers
from treatygraph.bonds.powers import Power
from treatygraph.build.index import Index
from treatygraph.model.dates import OPEN, after
from treatygraph.model.index_records import StandingRow
from treatygraph.model.knowledge import STALE, Knowledge

__all__ = ["Unknown", "turns", "turns_of", "unknown", "unknowns"]

_NO_DAY: Final = "the ledger is whole for no day"
"""How an absence says that the ledger is whole for no day at all."""


class Unknown(NamedTuple):
    """An instrument of which the record cannot say whether it binds both powers on a day."""

    instrument: str
    about: tuple[str, ...]
    """The states whose standing is not known, by the codes that the powers were asked by."""
    why: str
    """What the record lacks."""


class _Stance(NamedTuple):
    """A member that an instrument binds, or may bind."""

    member: str
    codes: tuple[str, ...]
    lack: str
    """What is not known of it; empty where it is bound."""


def unknowns(index: Index, powers: Powers, reading: str, when: date, listed: Container[str]) -> tuple[Unknown, ...]:
    """What may bind both on a day and is not known to, in order of id.

    Args:
        index: the built graph.
        powers: the two.
        reading: whose legal view.
        when: the day.
        listed: what is known to hold both, and is left out.
    """
    ledgers = _ledgers(index)
    shared = _instruments(index, powers[0], reading) & _instruments(index, powers[1], reading)
    names = sorted(name for name in ledgers.keys() | shared if name not in listed)
    rows = (_unknown(index, powers, reading, when, name, ledgers.get(name)) for name in names)
    return tuple(row for row in rows if row)


def unknown(index: Index, powers: Powers, reading: str, when: date, instrument: str) -> Unknown | None:
    """What the record cannot say of one instrument between two powers on a day; None where it can.

    It does not ask whether the instrument is known to hold two other members of them.
    """
    return _unknown(index, powers, reading, when, instrument, _ledgers(index).get(instrument))


def turns_of(index: Index, instrument: str) -> list[str]:
    """The days on which what an absence means can change under one instrument; none where its ledger is closed."""
    ledger = _ledgers(index).get(instrument)
    return sorted({day.isoformat() for day in _turns(ledger) if day < OPEN}) if ledger else []


def _ledgers(index: Index) -> Mapping[str, Knowledge]:
    return index.keep(("open ledgers by instrument",), lambda: {item.instrument: item for item in index.open_ledgers()})


def _instruments(index: Index, power: Power, reading: str) -> set[str]:
    return {name for line in power.continuities for name in index.standings(line, reading)}


def _unknown(
    index: Index, powers: Powers, reading: str, when: date, name: str, ledger: Knowledge | None
) -> Unknown | None:
    if ledger and not ledger.opened <= when < ledger.ended:
        return None
    first = list(_stances(index, powers[0], reading, when, name, ledger))
    second = list(_stances(index, powers[1], reading, when, name, ledger)) if first else []
    doubtful = [
        stance
        for mine in first
        for theirs in second
        if mine.codes != theirs.codes and (mine.lack or theirs.lack) and not _denied(index, name, mine, theirs, when)
        for stance in (mine, theirs)
        if stance.lack
    ]
    if not doubtful:
        return None
    lacks = dict.fromkeys(stance.lack for stance in doubtful)
    return Unknown(name, tuple(dict.fromkeys(stance.member for stance in doubtful)), "; ".join(list(lacks)[:2]))


def _stances(
    index: Index, power: Power, reading: str, when: date, name: str, ledger: Knowledge | None
) -> Iterator[_Stance]:
    """The members of a power that the instrument binds on the day, or may bind."""
    day = when.isoformat()
    for member, codes in zip(power.members, power.continuities, strict=True):
        rows = index.standings(codes, reading).get(name, ())
        now = [row for row in rows if row.on(day)]
        if any(row.binds for row in now):
            yield _Stance(member, codes, "")
        elif now:
            lack = next((row.lack or "its standing is not known" for row in now if row.may_bind), "")
            if lack:
                yield _Stance(member, codes, lack)
        elif ledger and (lack := _lack(ledger, codes, when, rows)):
            yield _Stance(member, codes, lack)


def _lack(ledger: Knowledge, codes: Sequence[str], when: date, rows: Sequence[StandingRow]) -> str:
    """What the ledger lacks of a state without a standing that may be bound; empty where it cannot be."""
    if ledger.closed_to and set(codes).isdisjoint(ledger.closed_to):
        return ""
    first = date.fromisoformat(min(row.start for row in rows)) if rows else None
    absence = ledger.absence(codes, when, first)
    if not absence.may_bind:
        return ""
    whom = "parties" if ledger.treaty else "participants"
    if absence.as_of:
        return f"its list of {whom} ends on {absence.as_of}"
    return f"no whole list of its {whom} was read" if absence.because.text == _NO_DAY else absence.because.text


def _denied(index: Index, name: str, mine: _Stance, theirs: _Stance, when: date) -> bool:
    """Whether one of the two denies the other the bond on the day (R11, R12)."""
    day = when.isoformat()
    return any(
        item.concerns(first, second) and item.start <= day < item.end
        for item in index.exclusions(name)
        for first in mine.codes
        for second in theirs.codes
    )


def turns(index: Index) -> Sequence[str]:
    """The days on which what an absence means can change under any instrument."""
    return index.keep(
        ("turns of ledgers",),
        lambda: sorted({day.isoformat() for item in index.open_ledgers() for day in _turns(item) if day < OPEN}),
    )


def _turns(ledger: Knowledge) -> Iterable[date]:
    yield from (ledger.opened, ledger.entry, ledger.ended, after(ledger.whole), after(STALE.after(ledger.whole)))
    yield from (hole.start for hole in ledger.holes)
    for first, last in (*ledger.lists, *((item.first, item.last) for item in ledger.absences)):
        yield from (first, after(last))
