"""Where the record cannot tell whether an instrument binds a state: neither a yes nor a no (rules K3, K8, K17).

The bonds of a network are the yeses. What is here is left open beside them: uncertain days of a state with acts, and
days on which the ledger of an instrument may lack the acts of a state that it could bind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from treatygraph.bonds.pairs import merged
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["OpenInterval", "open_intervals", "open_on"]


class OpenInterval(NamedTuple):
    """The record cannot tell whether an instrument binds a state over ``[start, end)``."""

    state: str
    instrument: str
    start: str
    end: str


def open_on(
    index: Index, when: str, reading: str = DEPOSITARY, names: Iterable[str] | None = None
) -> Mapping[str, frozenset[str]]:
    """The states of which the record cannot tell on a day whether an instrument binds them, by instrument.

    Args:
        index: the record.
        when: the day, in ISO form.
        reading: whose legal view.
        names: only these instruments; None: all. What can bind no state, a pledge of one side, is left out.
    """
    wanted = None if names is None else set(names)
    every = index.keep(("open on", when, reading), lambda: _open_on(index, when, reading))
    return every if wanted is None else {name: states for name, states in every.items() if name in wanted}


def _open_on(index: Index, when: str, reading: str) -> dict[str, frozenset[str]]:
    lives, day, instruments = index.existences(), date.fromisoformat(when), _instruments(index)
    ledgers = {item.instrument: item for item in index.open_ledgers()}
    open_states: dict[str, set[str]] = {}
    for code in (code for code, life in lives.items() if life.on(when)):
        chain = line(lives, code)
        standings = index.standings(chain, reading)
        for name in instruments:
            rows = standings.get(name, ())
            now = next((row for row in rows if row.on(when)), None)
            if now is None:
                first = min((date.fromisoformat(row.start) for row in rows), default=None)
                unknown = name in ledgers and ledgers[name].absence(chain, day, first).may_bind
            else:
                unknown = now.may_bind
            if unknown:
                open_states.setdefault(name, set()).add(code)
    return {name: frozenset(states) for name, states in sorted(open_states.items())}


def _instruments(index: Index) -> Sequence[str]:
    """Those that can bind two states, in order."""
    return [name for name, summary in sorted(index.summaries().items()) if summary.scope != "unilateral"]


def open_intervals(
    index: Index, reading: str = DEPOSITARY, names: Iterable[str] | None = None
) -> Sequence[OpenInterval]:
    """Every such interval, in order of state, instrument and time, over the lives of the states."""
    every = index.keep(("open intervals", reading), lambda: sorted(_open_intervals(index, reading)))
    wanted = None if names is None else set(names)
    return every if wanted is None else [item for item in every if item.instrument in wanted]


def _open_intervals(index: Index, reading: str) -> Iterator[OpenInterval]:
    lives = index.existences()
    instruments = _instruments(index)
    for code, life in lives.items():
        chain = line(lives, code)
        standings = index.standings(chain, reading)
        for name in instruments:
            rows = standings.get(name, ())
            days = merged(_days(index, name, chain, rows, (life.start, life.end)))
            yield from (OpenInterval(code, name, start, end) for start, end in days)


def _days(
    index: Index, name: str, chain: Sequence[str], rows: Sequence[StandingRow], life: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """The open days within the life of the state, in no order."""
    for row in rows:
        start, end = max(row.start, life[0]), min(row.end, life[1])
        if row.may_bind and not row.binds and row.state == chain[0] and start < end:
            yield start, end
    ledger = next((item for item in index.open_ledgers() if item.instrument == name), None)
    if ledger is None:
        return
    first = min((date.fromisoformat(row.start) for row in rows), default=None)
    for start, end in _gaps(merged((row.start, row.end) for row in rows), life):
        spans = ledger.absence_spans(chain, date.fromisoformat(start), date.fromisoformat(end), first)
        yield from ((span.start.isoformat(), span.end.isoformat()) for span in spans if span.absence.may_bind)


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
