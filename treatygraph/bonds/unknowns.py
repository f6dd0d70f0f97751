"""Where the record cannot tell whether an instrument binds a state: neither a yes nor a no (rules K3, K6, K8, K17).

The one place that asks it. The bonds of answers, networks and panels are the yeses; what is here is left open beside
them: uncertain days of a state with acts, and days on which the ledger may lack the acts of a state that it could bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from treatygraph.bonds.pairs import Powers
from treatygraph.bonds.powers import Power
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import BEGINNING, OPEN, within
from treatygraph.model.index_records import OpenLedger, OpenSpan, StandingRow
from treatygraph.model.intervals import merged
from treatygraph.model.knowledge import Absence
from treatygraph.model.standings import Derivation, Outline
from treatygraph.model.vocabulary import BINDS, DEPOSITARY

__all__ = ["OpenInterval", "Unknown", "absence_of", "open_intervals", "open_on", "open_spans", "open_standings",
           "open_states", "turns", "turns_of", "unknown", "unknowns"]  # fmt: skip

_LIFE: Final = (BEGINNING.isoformat(), OPEN.isoformat())
_UNCERTAIN: Final = "its standing is not known"


class Unknown(NamedTuple):
    """An instrument of which the record cannot say whether it binds two powers on a day, or two members of them."""

    instrument: str
    about: tuple[str, ...]
    """The states whose standing is not known, by the codes that the powers were asked by."""
    why: str
    """What the record lacks."""


class OpenInterval(NamedTuple):
    """The record cannot tell whether an instrument binds a state over ``[start, end)``."""

    state: str
    instrument: str
    start: str
    end: str


class _Stance(NamedTuple):
    """A member that an instrument binds, or may bind."""

    member: str
    codes: tuple[str, ...]
    lack: str
    """What is not known of it; empty where it is bound."""


# -- a state --------------------------------------------------------------------------------------------------------


def open_spans(index: Index, codes: tuple[str, ...], reading: str = DEPOSITARY) -> Mapping[str, Sequence[OpenSpan]]:
    """When the record cannot tell whether an instrument binds a line of states, by instrument: all days at once.

    Of most instruments a state knows no more than any other without acts, so that one reading of their ledgers
    serves all: two powers took 2.5 ms while every ledger was asked about each of them, and a group of thirty 28.

    Args:
        index: the built graph.
        codes: the states of the line, newest first.
        reading: whose legal view.
    """
    return index.keep(("open spans", codes, reading), lambda: dict(_open_spans(index, codes, reading)))


def _open_spans(index: Index, codes: tuple[str, ...], reading: str) -> Iterator[tuple[str, Sequence[OpenSpan]]]:
    standings, strangers = index.standings(codes, reading), _strangers(index)
    meant = {name for code in codes for name in strangers.known_of.get(code, ())}
    mine = {name for code in codes for name in strangers.made_for.get(code, ()) if name not in standings} | meant
    yield from (item for item in strangers.spans.items() if item[0] not in standings and item[0] not in mine)
    for name in {*standings, *mine}:
        rows = standings.get(name, ())
        spans = [OpenSpan(row.start, row.end, row.lack or _UNCERTAIN) for row in rows if row.may_bind]
        spans += _absences(index, name, codes, rows) if name in mine or _is_broken(rows) else ()
        if spans:
            yield name, spans


class _Strangers(NamedTuple):
    """What all ledgers leave open of a state that none of them knows anything of."""

    spans: dict[str, Sequence[OpenSpan]]
    """By instrument."""
    known_of: dict[str, list[str]]
    """By state, the instruments of which the ledger knows something of it."""
    made_for: dict[str, list[str]]
    """By state, the instruments that are closed to others."""


def _strangers(index: Index) -> _Strangers:
    return index.keep(("strangers",), lambda: _read_strangers(index.open_ledgers()))


def _read_strangers(ledgers: Iterable[OpenLedger]) -> _Strangers:
    strangers = _Strangers({}, {}, {})
    for ledger in ledgers:
        if ledger.spans:
            strangers.spans[ledger.instrument] = ledger.spans
        for code in ledger.known_of:
            strangers.known_of.setdefault(code, []).append(ledger.instrument)
        for code in ledger.closed_to:
            strangers.made_for.setdefault(code, []).append(ledger.instrument)
    return strangers


def _is_broken(rows: Sequence[StandingRow]) -> bool:
    """Whether days without a standing follow upon the first one; before it no other act is missing (K3)."""
    end = rows[0].end
    for row in rows[1:]:
        if row.start > end:
            return True
        end = max(end, row.end)
    return end < _LIFE[1]


def _absences(index: Index, instrument: str, codes: tuple[str, ...], rows: Sequence[StandingRow]) -> Iterator[OpenSpan]:
    """The days without a standing on which the ledger may lack acts of the line."""
    first = min((date.fromisoformat(row.start) for row in rows), default=None)
    known = index.knowledge(instrument)
    for start, end in _gaps(merged((row.start, row.end) for row in rows), _LIFE):
        for span in known.absence_spans(codes, date.fromisoformat(start), date.fromisoformat(end), first):
            if span.absence.may_bind:
                yield OpenSpan(span.start.isoformat(), span.end.isoformat(), span.absence.because.text)


def _gaps(days: Sequence[tuple[str, str]], life: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """A life less some days, which are in order and do not touch."""
    start, end = life
    for first, last in days:
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def absence_of(index: Index, derived: Outline | Derivation, chain: Sequence[str], on: date) -> Absence:
    """What it means that a line of states has no standing on a day under a reading."""
    starts = [item.start for code in chain for item in derived.of(code)]
    return index.knowledge(derived.instrument).absence(chain, on, min(starts, default=None))


def open_standings(index: Index, derived: Outline | Derivation, on: date) -> frozenset[str]:
    """The standings that some state may have on a day without the record telling it; empty where it tells all."""
    key = ("open standings", derived.instrument, derived.reading, on)
    return index.recent(key, lambda: frozenset(standing for _, may in _may(index, derived, on) for standing in may))


def open_states(index: Index, derived: Outline | Derivation, on: date) -> frozenset[str]:
    """The states of which the record cannot tell on a day whether the instrument binds them."""
    return frozenset(code for code, may in _may(index, derived, on) if not set(BINDS).isdisjoint(may))


def _may(index: Index, derived: Outline | Derivation, on: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each state may be on a day without the record telling it; what it tells is left out."""
    held = {item.state: item.may for item in derived.standings if within(on, item.start, item.end)}
    yield from held.items()
    known, lives, day = index.knowledge(derived.instrument), index.existences(), on.isoformat()
    of_their_own = {*known.known_of, *known.closed_to, *(item.state for item in derived.standings)}
    others = known.absence((), on).may
    for code, life in lives.items():
        chain = line(lives, code)
        if life.on(day) and held.keys().isdisjoint(chain):
            stranger = of_their_own.isdisjoint(chain)
            yield code, others if stranger else absence_of(index, derived, chain, on).may


# -- two powers -----------------------------------------------------------------------------------------------------


def unknowns(index: Index, powers: Powers, reading: str, when: date) -> tuple[Unknown, ...]:
    """What may bind both powers on a day and is not known to, in order of id.

    Of groups also what binds some members, where others of them are in doubt.

    Args:
        index: the built graph.
        powers: the two.
        reading: whose legal view.
        when: the day.
    """
    day = when.isoformat()
    sides = [_open_members(index, power, reading, day) for power in powers]
    rows = (
        _unknown(index, powers, reading, day, name, [side.get(name, []) for side in sides])
        for name in sorted(sides[0].keys() | sides[1].keys())
        if index.summary(name).scope != "unilateral"
    )
    return tuple(row for row in rows if row)


def unknown(index: Index, powers: Powers, reading: str, when: date, instrument: str) -> Unknown | None:
    """What the record cannot say of one instrument between two powers on a day; None where it can."""
    day = when.isoformat()
    open_ = [list(_open_of(index, power, reading, day, instrument)) for power in powers]
    return _unknown(index, powers, reading, day, instrument, open_) if any(open_) else None


def _open_of(index: Index, power: Power, reading: str, day: str, instrument: str) -> Iterator[_Stance]:
    for member, codes in zip(power.members, power.continuities, strict=True):
        for span in open_spans(index, codes, reading).get(instrument, ()):
            if span.start <= day < span.end:
                yield _Stance(member, codes, span.lack)
                break


def _open_members(index: Index, power: Power, reading: str, day: str) -> dict[str, list[_Stance]]:
    """The members of a power that each instrument may bind on a day without the record telling it."""
    members: dict[str, list[_Stance]] = {}
    for member, codes in zip(power.members, power.continuities, strict=True):
        for name, spans in open_spans(index, codes, reading).items():
            lack = next((span.lack for span in spans if span.start <= day < span.end), "")
            if lack:
                members.setdefault(name, []).append(_Stance(member, codes, lack))
    return members


def _bound_members(index: Index, power: Power, reading: str, day: str, name: str) -> Iterator[_Stance]:
    for member, codes in zip(power.members, power.continuities, strict=True):
        if any(row.binds and row.on(day) for row in index.standings(codes, reading).get(name, ())):
            yield _Stance(member, codes, "")


def _unknown(
    index: Index, powers: Powers, reading: str, day: str, name: str, open_: Sequence[Sequence[_Stance]]
) -> Unknown | None:
    bound = [list(_bound_members(index, power, reading, day, name)) for power in powers]
    mine, theirs = ([*doubtful, *certain] for doubtful, certain in zip(open_, bound, strict=True))
    doubtful = [
        *(stance for stance in open_[0] if _meets(index, name, stance, theirs, day)),
        *(stance for stance in open_[1] if _meets(index, name, stance, mine, day)),
    ]
    if not doubtful:
        return None
    lacks = dict.fromkeys(stance.lack for stance in doubtful)
    return Unknown(name, tuple(dict.fromkeys(stance.member for stance in doubtful)), "; ".join(list(lacks)[:2]))


def _meets(index: Index, name: str, stance: _Stance, others: Sequence[_Stance], day: str) -> bool:
    """Whether it would be bound to any of some others, were it bound: none of whom denies it the bond (R11, R12)."""
    return any(other.codes != stance.codes and not _denied(index, name, stance, other, day) for other in others)


def _denied(index: Index, name: str, mine: _Stance, theirs: _Stance, day: str) -> bool:
    return any(
        item.concerns(first, second) and item.start <= day < item.end
        for item in index.exclusions(name)
        for first in mine.codes
        for second in theirs.codes
    )


def turns(index: Index, powers: Powers, reading: str) -> Iterator[str]:
    """The days on which what is open of two powers can change, in no order."""
    for power in powers:
        for codes in power.continuities:
            for spans in open_spans(index, codes, reading).values():
                for span in spans:
                    yield from (span.start, span.end)


def turns_of(index: Index, instrument: str, lines: Iterable[tuple[str, ...]], reading: str) -> list[str]:
    """The days on which what is open of some lines of states can change under one instrument, in order."""
    spans = (span for codes in lines for span in open_spans(index, codes, reading).get(instrument, ()))
    return sorted({day for span in spans for day in (span.start, span.end) if day < _LIFE[1]})


# -- all states -----------------------------------------------------------------------------------------------------


def open_on(
    index: Index, when: str, reading: str = DEPOSITARY, names: Iterable[str] | None = None
) -> Mapping[str, frozenset[str]]:
    """The states of which the record cannot tell on a day whether an instrument binds them, by instrument.

    Args:
        index: the record.
        when: the day, in ISO form.
        reading: whose legal view.
        names: only these instruments; None: all, pledges of one side too.
    """
    wanted = None if names is None else set(names)
    every = index.keep(("open on", when, reading), lambda: _open_on(index, when, reading))
    return every if wanted is None else {name: states for name, states in every.items() if name in wanted}


def _open_on(index: Index, when: str, reading: str) -> dict[str, frozenset[str]]:
    open_states: dict[str, set[str]] = {}
    for item in open_intervals(index, reading):
        if item.start <= when < item.end:
            open_states.setdefault(item.instrument, set()).add(item.state)
    return {name: frozenset(states) for name, states in sorted(open_states.items())}


def open_intervals(
    index: Index, reading: str = DEPOSITARY, names: Iterable[str] | None = None
) -> Sequence[OpenInterval]:
    """Every such interval, in order of state, instrument and time, over the lives of the states."""
    every = index.keep(("open intervals", reading), lambda: sorted(_open_intervals(index, reading)))
    wanted = None if names is None else set(names)
    return every if wanted is None else [item for item in every if item.instrument in wanted]


def _open_intervals(index: Index, reading: str) -> Iterator[OpenInterval]:
    lives = index.existences()
    for code, life in lives.items():
        for name, spans in open_spans(index, line(lives, code), reading).items():
            within_life = ((max(span.start, life.start), min(span.end, life.end)) for span in spans)
            for start, end in merged((start, end) for start, end in within_life if start < end):
                yield OpenInterval(code, name, start, end)
