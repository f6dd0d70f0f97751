"""What the rules yield: standings, flags, and the life of an instrument, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from treatygraph.model.dates import OPEN, Span
from treatygraph.model.vocabulary import BINDS

__all__ = ["Because", "Derivation", "Flag", "Holding", "Life", "Outline", "Standing", "Status"]


@dataclass(frozen=True, slots=True)
class Because:
    """One step of the reasoning: the rule, and the act or the fact on the card it was applied to (R41)."""

    rule: str
    """``R1`` to ``R42``, ``K1`` to ``K17``."""
    act: str = ""
    """Key of the act, or ``instrument#field`` for a fact of the card."""
    date: str = ""
    sources: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state's standing under an instrument over the half-open interval ``[start, end)``.

    ``since`` and ``until`` are the dates as known (EDTF; ``until`` empty = no end known);
    ``origin`` is where the standing began in the person of the state it continues (R33).
    """

    state: str
    instrument: str
    standing: str
    start: date
    end: date
    since: str
    until: str
    origin: str
    because: tuple[Because, ...]
    """Why it began."""
    ending: tuple[Because, ...] = ()
    """Why it ended or will end; empty while no end is known."""
    may: tuple[str, ...] = ()
    """Where it is ``not-known``: the standings that it may be."""

    @property
    def binds(self) -> bool:
        """Whether the instrument holds the state in this standing."""
        return self.standing in BINDS


@dataclass(frozen=True, slots=True)
class Flag:
    """A qualification of a standing over ``[start, end)``: a pending notice, a claimed suspension.

    ``against`` is empty where it concerns every other party.
    """

    state: str
    instrument: str
    flag: str
    start: date
    end: date
    by: str
    against: tuple[str, ...]
    text: str
    because: tuple[Because, ...]
    accepted_by: tuple[str, ...] = ()
    rejected_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """An instrument's own status over ``[start, end)``."""

    instrument: str
    status: str
    start: date
    end: date
    since: str
    until: str
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """When an instrument entered into force (or became operative), and when it ended."""

    entry: Span | None = None
    end: Span | None = None
    how: str = ""
    """``expired``, ``terminated``, ``superseded``, ``completed``, ``lapsed`` or empty."""
    entry_because: tuple[Because, ...] = ()
    end_because: tuple[Because, ...] = ()

    @property
    def ends_on(self) -> date:
        """The first day on which it is certainly gone; open where no end is known."""
        return self.end.latest if self.end else OPEN


@dataclass(frozen=True)
class Derivation:
    """All that one reading yields for one instrument."""

    instrument: str
    reading: str
    life: Life
    statuses: tuple[Status, ...]
    standings: tuple[Standing, ...]
    flags: tuple[Flag, ...]
    derived_entry: Span | None = None
    """The entry into force as the clause and the deposits yield it, to hold against the stated one."""
    missing: str = ""
    """What is still missing for entry into force, where the clause can say it."""
    notes: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[Standing, ...]:
        """The standings of one state, in order of time."""
        return self._by_state.get(state, ())

    @cached_property
    def _by_state(self) -> dict[str, tuple[Standing, ...]]:
        by_state: dict[str, list[Standing]] = {}
        for standing in self.standings:
            by_state.setdefault(standing.state, []).append(standing)
        return {state: tuple(standings) for state, standings in by_state.items()}


@dataclass(frozen=True, slots=True)
class Holding:
    """A standing without its reasons."""

    state: str
    standing: str
    start: date
    end: date
    may: tuple[str, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether the instrument holds the state in this standing."""
        return self.standing in BINDS


@dataclass(frozen=True)
class Outline:
    """What one reading yields for one instrument, of the states no more than where they stand."""

    instrument: str
    reading: str
    life: Life
    statuses: tuple[Status, ...]
    held: str
    """Where the states stand, in order of state and time, each as ``;PRK party 1985-12-12 2003-01-10`` and ``;`` last.

    The first day, the day after the last, and after them what it may be. One text, since status wants one state of
    the NPT's 190 in each of seven readings: as lists of texts these take six times as long to parse.
    """
    flagged: tuple[str, ...]
    """The states with flags, in order."""
    derived_entry: Span | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()

    @property
    def standings(self) -> Iterator[Holding]:
        """Where every state stands, in order of state and time."""
        return (_holding(row.split()) for row in self._rows(self.held))

    def of(self, state: str) -> list[Holding]:
        """Where one state stands, in order of time."""
        begin, last = self.held.find(f";{state} "), self.held.rfind(f";{state} ")
        if begin < 0:
            return []
        return [_holding(row.split()) for row in self._rows(self.held[begin : self.held.index(";", last + 1)])]

    def on(self, when: date) -> list[Holding]:
        """Where the states stand on a day, in order of state."""
        day = when.isoformat()
        return [_holding(row) for text in self._rows(self.held) if (row := text.split())[2] <= day < row[3]]

    def names(self, state: str) -> bool:
        """Whether a state has standings or flags."""
        return f";{state} " in self.held or state in self.flagged

    @property
    def states(self) -> list[str]:
        """The states with standings or flags, in order."""
        return sorted({*(row.partition(" ")[0] for row in self._rows(self.held)), *self.flagged})

    @staticmethod
    def _rows(held: str) -> list[str]:
        return held.strip(";").split(";") if held else []


def _holding(row: Sequence[str]) -> Holding:
    state, standing, start, end, *may = row
    return Holding(state, standing, date.fromisoformat(start), date.fromisoformat(end), tuple(may))
