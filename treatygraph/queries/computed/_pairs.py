"""When pairs of states are mutually bound: what the questions about a few states count, without numpy."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from treatygraph.bonds.pairs import mutual
from treatygraph.bonds.powers import Power
from treatygraph.build.index import Index
from treatygraph.build.packed import bonds_of
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Interval", "PairCount", "bound_by", "denied", "mutual_intervals"]

Interval = tuple[str, str]
"""Half-open, ISO days."""


class PairCount:
    """How many of many intervals hold on a day, by bisection."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        several = list(intervals)
        self._starts = sorted(start for start, _ in several)
        self._ends = sorted(end for _, end in several)

    def on(self, day: str) -> int:
        """The number on a day."""
        return bisect_right(self._starts, day) - bisect_right(self._ends, day)


def mutual_intervals(index: Index, first: Sequence[str], second: Sequence[str]) -> Mapping[str, Sequence[Interval]]:
    """When each legally binding instrument holds two lines of states towards each other, without overlaps."""
    powers = (_power(first), _power(second))
    return index.keep(
        ("mutual intervals", tuple(first), tuple(second)),
        lambda: {
            name: bond.days
            for name, bond in mutual(index, powers, DEPOSITARY).items()
            if index.summary(name).binding is True
        },
    )


def _power(line: Sequence[str]) -> Power:
    return Power(line[0], line[0], (line[0],), (tuple(line),), (line[0],))


def bound_by(index: Index, name: str, on: str) -> set[str]:
    """The states that an instrument binds on a day, by the depositaries' record."""
    day = date.fromisoformat(on).toordinal()
    rows = index.bound_by(name).get(DEPOSITARY)
    return {row.code for row in bonds_of(rows) if row.start <= day < row.end} if rows else set()


def denied(index: Index, name: str, me: StandingRow, code: str, on: str) -> bool:
    """Whether one of two bound states denies the participation of the other on a day (rules R11 and R12)."""
    exclusions = (one for one in index.exclusions(name) if one.concerns(me.state, code))
    return any(one.start <= on < one.end for one in exclusions)
