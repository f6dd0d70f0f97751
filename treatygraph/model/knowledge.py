"""What an instrument's ledger knows, as one small value: what the lack of a standing means on any day (K1 to K4).

A state that has a standing on a day has it; one that has none may be ``none`` or ``not-known``, and only the ledger's
completeness tells which. That is asked here, so that nobody need store a row for each state that is absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from treatygraph.model.dates import BEGINNING, OPEN, Period, after
from treatygraph.model.standings import Because
from treatygraph.model.vocabulary import BINDS, EVERY_STATE

__all__ = ["STALE", "Absence", "AbsenceSpan", "Hole", "Knowledge", "StatedAbsence"]

STALE: Final = Period.parse("P5Y")
"""How long after the end of a ledger a state that could have joined is still told to be out (rule K3)."""
_JOINING: Final = ("consent", "any")


@dataclass(frozen=True, slots=True)
class Absence:
    """What it means on a day that a state has no standing."""

    standing: str
    """``none`` or ``not-known``."""
    because: Because
    may: tuple[str, ...] = ()
    """Where not known: the standings that it may be."""
    as_of: str = ""
    """Where the ledger ended before the day: the last day of which it tells, in EDTF."""

    @property
    def may_bind(self) -> bool:
        """Whether the instrument may hold the state on the day."""
        return not set(BINDS).isdisjoint(self.may)


@dataclass(frozen=True, slots=True)
class AbsenceSpan:
    """The same absence over the half-open interval ``[start, end)``."""

    start: date
    end: date
    absence: Absence


@dataclass(frozen=True, slots=True)
class Hole:
    """A gap of the ledger, in days: acts may be missing that were done on ``start`` or later, up to ``end``."""

    states: tuple[str, ...]
    """Codes, or ``all``, or ``others``."""
    acts: str
    start: date
    end: date
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedAbsence:
    """Somebody names a state as none of the parties on a day (rule K4)."""

    state: str
    first: date
    last: date
    act: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one instrument's ledger knows of the states that it does not name."""

    instrument: str
    treaty: bool
    opened: date
    """The first day on which a state could act under it."""
    entry: date
    """The first day on which it may bind; open where it is not in force."""
    ended: date
    """The first day on which it is gone; open while no end is known."""
    closed_to: tuple[str, ...]
    """The states it is made for, or open to; empty = open to others. A gap that names another outweighs it."""
    whole: date
    """The last day up to which it is whole but for its holes; the beginning where it is so for no day."""
    whole_text: str
    whole_rule: str
    """``K1`` where the card says so, ``K2`` where it follows from another's total."""
    sources: tuple[str, ...]
    holes: tuple[Hole, ...] = ()
    lists: tuple[tuple[date, date], ...] = ()
    """First and last days of dates on which our list of the parties is as long as the depositary's (K2)."""
    absences: tuple[StatedAbsence, ...] = ()

    def absence(self, line: Sequence[str], when: date, first: date | None = None) -> Absence:
        """What it means that a state has no standing on a day.

        Args:
            line: the state and those whose identity it carries on, newest first.
            when: the day; the state is taken to exist on it.
            first: the first day of its first standing under the instrument; None where it never has one.

        Returns:
            ``none`` only where the ledger is complete for the state up to the day, or it could not join.
        """
        day = min(when, self.ended - timedelta(days=1)) if self.ended < OPEN else when
        return self._certain(line, when, day, first) or self._doubtful(line, when, day, first)

    @property
    def known_of(self) -> frozenset[str]:
        """The states that a hole or a statement of absence names: what it knows of them can differ from day to day."""
        absent = {item.state for item in self.absences}
        return frozenset({*absent, *(code for hole in self.holes for code in hole.states)}) - EVERY_STATE

    def open_spans(self) -> tuple[AbsenceSpan, ...]:
        """When a state that it does not name, and that never acted, may be bound without the record telling it."""
        return tuple(span for span in self.absence_spans((), BEGINNING, OPEN) if span.absence.may_bind)

    def absence_spans(
        self, line: Sequence[str], start: date, end: date, first: date | None = None
    ) -> tuple[AbsenceSpan, ...]:
        """What :meth:`absence` says over ``[start, end)``, as the fewest intervals; to be held beside the standings."""
        spans: list[AbsenceSpan] = []
        edges = sorted({start, end, *(day for day in self._turns(first) if start < day < end)})
        for here, there in pairwise(edges):
            absence = self.absence(line, here, first)
            if spans and spans[-1].absence == absence:
                spans[-1] = AbsenceSpan(spans[-1].start, there, absence)
            else:
                spans.append(AbsenceSpan(here, there, absence))
        return tuple(spans)

    def _turns(self, first: date | None) -> Iterator[date]:
        """The days on which what an absence means can change."""
        yield from (self.opened, self.entry, self.ended, after(self.whole), after(STALE.after(self.whole)))
        yield from (hole.start for hole in self.holes)
        for begun, last in (*self.lists, *((item.first, item.last) for item in self.absences)):
            yield from (begun, after(last))
        if first:
            yield first

    def hole(
        self, line: Sequence[str], when: date, acts: Sequence[str], *, acting: bool = False, by_name: bool = False
    ) -> Hole | None:
        """The first hole that may hold an act of the state, of such a kind, done by a day; None where none may.

        Args:
            line: as for :meth:`absence`.
            when: the day.
            acts: the kinds of missing act that matter.
            acting: whether the state has acts, so that it is none of the ``others``.
            by_name: whether only holes count that name the state.
        """
        holes = (hole for hole in self.holes if hole.acts in acts and hole.start <= when)
        return next((hole for hole in holes if self._covers(hole, line, acting=acting, by_name=by_name)), None)

    def _covers(self, hole: Hole, line: Sequence[str], *, acting: bool, by_name: bool) -> bool:
        if EVERY_STATE.isdisjoint(hole.states):
            return not set(line).isdisjoint(hole.states)
        if by_name or (acting and hole.states == ("others",)):
            return False
        return not self.closed_to or not set(line).isdisjoint(self.closed_to)

    def _certain(self, line: Sequence[str], when: date, day: date, first: date | None) -> Absence | None:
        """The absence where it is certain whatever the ledger lacks."""
        if when < self.opened:
            return self._none("K3", "opened", "the instrument was not open yet")
        if first is not None and when < first and not self.hole(line, when, (*_JOINING, "signature"), by_name=True):
            return self._none("K3", "ledger", f"its own first act worked on {first.isoformat()}")
        for item in self.absences:
            if item.state in line and item.first <= when <= item.last:
                text = "named as no party on that day"
                return Absence("none", Because("K4", item.act, item.first.isoformat(), item.sources, text))
        outside = self.closed_to and set(line).isdisjoint(self.closed_to)
        if outside and not self.hole(line, day, (*_JOINING, "signature"), acting=first is not None):
            return self._none("K3", "participants", "the instrument is closed to it")
        return None

    def _doubtful(self, line: Sequence[str], when: date, day: date, first: date | None) -> Absence:
        """The absence as far as the ledger tells."""
        hole = self.hole(line, day, _JOINING, acting=first is not None)
        if hole:
            return Absence("not-known", self._step("K3", hole.text, hole.sources), self._may(when))
        if any(begun <= day <= last for begun, last in self.lists):
            return self._none("K2", "coverage", "our list of the parties on that day is as long as the depositary's")
        signing = self.hole(line, day, ("signature",), acting=first is not None)
        if signing:
            may = ("none", "signatory" if self.treaty else "participant")
            return Absence("not-known", self._step("K3", signing.text, signing.sources), may)
        if day <= self.whole:
            return self._none(self.whole_rule, "coverage", f"the ledger is whole up to {self.whole_text}")
        if self.whole > BEGINNING and day <= STALE.after(self.whole):
            step = self._step("K3", f"the ledger is whole up to {self.whole_text}", self.sources)
            return Absence("none", step, as_of=self.whole_text)
        whom = "parties" if self.treaty else "participants"
        ends = f"the record's list of {whom} ends on {self.whole_text}"
        text = ends if self.whole > BEGINNING else f"no whole list of {whom} was read"
        return Absence("not-known", self._step("K3", text, self.sources), self._may(when), self.whole_text)

    def _may(self, when: date) -> tuple[str, ...]:
        bound = "party" if self.treaty else "participant"
        if when >= self.ended:
            return "none", f"former-{bound}"
        if not self.treaty:
            return "none", bound
        return ("none", "signatory", bound if when >= self.entry else "contracting")

    def _none(self, rule: str, key: str, text: str) -> Absence:
        return Absence("none", Because(rule, f"{self.instrument}#{key}", "", self.sources, text))

    def _step(self, rule: str, text: str, sources: tuple[str, ...]) -> Because:
        return Because(rule, f"{self.instrument}#coverage", "", sources, text)
