"""What the rules yield: standings, flags, and the life of an instrument, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from treatygraph.model.dates import OPEN, Span

__all__ = ["Because", "Derivation", "Flag", "Life", "Reading", "Standing", "Status"]

BOUND = ("party", "participant", "provisional")
"""Standings in which an instrument holds a state."""


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
        return self.standing in BOUND


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
        found: dict[str, list[Standing]] = {}
        for standing in self.standings:
            found.setdefault(standing.state, []).append(standing)
        return {state: tuple(standings) for state, standings in found.items()}


@dataclass(frozen=True)
class Reading:
    """A legal view under which the acts are read, and how it differs from the depositaries' record."""

    by: str
    derivations: Mapping[str, Derivation]
