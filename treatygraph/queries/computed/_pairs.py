"""When pairs of states are mutually bound: what the questions about a few states count, without numpy.

The same pairs and days as :mod:`treatygraph.bonds` counts in arrays of all states.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from treatygraph.bonds.pairs import Stretch, denial, pairings
from treatygraph.bonds.powers import Side
from treatygraph.bonds.standings import BOUND, Bearing, bearings, changes
from treatygraph.build.shelf import Shelf
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import ALWAYS

__all__ = ["Count", "bound_by", "denied", "merged", "mutual_intervals"]

Interval = tuple[str, str]
"""Half-open, ISO days."""


class Count:
    """How many of many intervals hold on a day, by bisection."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        found = list(intervals)
        self._starts = sorted(start for start, _ in found)
        self._ends = sorted(end for _, end in found)

    def on(self, day: str) -> int:
        """The number on a day."""
        return bisect_right(self._starts, day) - bisect_right(self._ends, day)


def mutual_intervals(shelf: Shelf, first: Sequence[str], second: Sequence[str]) -> dict[str, list[Interval]]:
    """When each legally binding instrument holds two lines of states towards each other, without overlaps."""
    asked = ("mutual intervals", tuple(first), tuple(second))
    if asked not in shelf.memo:
        sides = (_side(first), _side(second))
        shelf.memo[asked] = {
            name: merged(part for one in stretches for part in _undenied(shelf, name, one))
            for name, stretches in pairings(shelf, sides, DEPOSITARY).items()
            if shelf.get("brief", name)["binding"] is True
        }
    found: dict[str, list[Interval]] = shelf.memo[asked]
    return found


def _side(line: Sequence[str]) -> Side:
    return Side(line[0], line[0], (line[0],), (tuple(line),), (line[0],))


def _undenied(shelf: Shelf, name: str, one: Stretch) -> list[Interval]:
    """The parts of a stretch in which neither denies the participation of the other (rules R11 and R12).

    Day for day what ``denial`` of :mod:`treatygraph.bonds.pairs` says on one.
    """
    parts = [(one.start, one.end)]
    for me, other in ((one.first, one.second), (one.second, one.first)):
        if me.state in changes(shelf, name):
            for itself in _held(shelf, name, me.state, me.state):
                parts = list(_without(parts, itself, _held(shelf, name, other.state, me.state)))
        for state, day, against in shelf.get("objections", name) or ():
            if state == me.state and other.state in against:
                parts = [(start, min(end, day)) for start, end in parts if start < day]
    return parts


def _held(shelf: Shelf, name: str, state: str, reading: str) -> list[Interval]:
    """When an instrument binds a state, as an authority sees it."""
    return merged((row.start, row.end) for row in bearings(shelf, (state,), reading).get(name, ()) if row.binds)


def _without(parts: Iterable[Interval], window: Interval, seen: Sequence[Interval]) -> Iterator[Interval]:
    """The parts less those days of a window that are not seen."""
    for start, end in parts:
        first, last = max(start, window[0]), min(end, window[1])
        if first >= last:
            yield start, end
            continue
        kept = ((max(first, one), min(last, other)) for one, other in seen if one < last and first < other)
        yield from merged(part for part in ((start, first), *kept, (last, end)) if part[0] < part[1])


def merged(parts: Iterable[Interval]) -> list[Interval]:
    """The same days in as few intervals as can be, in order."""
    found: list[Interval] = []
    for start, end in sorted(parts):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def bound_by(shelf: Shelf, name: str, on: str) -> set[str]:
    """The states that an instrument binds on a day, by the depositaries' record."""
    rows: list[list[Any]] = shelf.get("derivation", f"{DEPOSITARY}/{name}")[4]
    return {row[0] for row in rows if row[2] in BOUND and row[3] <= on < row[4]}


def denied(shelf: Shelf, name: str, me: Bearing, code: str, on: str) -> bool:
    """Whether one of two bound states denies the participation of the other on a day."""
    views = changes(shelf, name)
    if me.state not in views and code not in views and not shelf.get("objections", name):
        return False
    other = next(row for row in bearings(shelf, (code,)).get(name, ()) if row.on(on))
    return bool(denial(shelf, name, Stretch(me, other, on, ALWAYS, on), on))
