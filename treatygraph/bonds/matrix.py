"""All standings as numpy arrays of half-open intervals: what holds whom, for all pairs and days at once.

A row is one standing of one line of states under one instrument over ``[start, end)``, days as
``datetime.date`` ordinals. A line is a state with those whose identity it continues (rule R33: Russia in
1975 is the Soviet Union), named by its newest code.

What counts between two states on a day is exactly what ``between`` lists: instruments that bind both
(``party``, ``participant`` or ``provisional``), one-sided pledges left out, pair by pair without what one of
them denies the other (objection, R11; participation not accepted, R12). Protocols, amendments and
extensions count for themselves, or, with ``parts=False``, with their parent where the parent is mutual too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from treatygraph.bonds.topics import below
from treatygraph.model.index_records import Summary

__all__ = ["Counts", "Days", "Denial", "Intervals", "Mask", "in_common"]

Days = NDArray[numpy.int32]
Counts = NDArray[numpy.int64]
Mask = NDArray[numpy.bool_]
_WORD = 64
_FEW, _AT_ONCE = 4, 1 << 22
"""Words are few where there are so many rows for each; and how many words are looked at in one go (32 MB)."""


class Denial(NamedTuple):
    """Two lines that are not bound to each other under an instrument over ``[start, end)``, bound though both are."""

    first: int
    second: int
    instrument: int
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Intervals:
    """Standings in which an instrument binds a line of states, by line, instrument and day."""

    lines: tuple[str, ...]
    """The newest code of each line, in alphabetical order: the axes of every matrix."""
    instruments: tuple[str, ...]
    line: Days
    """Row by row: the index in ``lines``."""
    instrument: Days
    """Row by row: the index in ``instruments``."""
    start: Days
    end: Days
    unverified: Mask
    """Row by row: whether it rests on general knowledge alone."""
    bearers: Mapping[str, tuple[tuple[str, int, int], ...]]
    """Of each line: its codes with the ``[start, end)`` of their lives."""
    briefs: Mapping[str, Summary]
    topics: Mapping[str, frozenset[str]]
    denials: tuple[Denial, ...]
    parents: Mapping[int, tuple[int, ...]]
    _masks: dict[tuple[str | None, str, bool], Mask] = field(init=False, repr=False, default_factory=dict)
    """What questions were about so far: looked through all instruments once, then kept."""

    def wanted(self, topic: str | None = None, scope: str = "any", binding: bool = False) -> Mask:
        """Which instruments a question is about: by topic with those below it, scope and binding nature; read-only.

        Raises:
            UnknownName: the topic is not one of the scheme.
        """
        key = topic, scope, binding
        if key not in self._masks:
            under = None if topic is None else below(self.topics, topic)
            mask = [self._is_wanted(self.briefs[name], under, scope, binding) for name in self.instruments]
            self._masks[key] = numpy.array(mask, dtype=bool)
            self._masks[key].setflags(write=False)
        return self._masks[key]

    @staticmethod
    def _is_wanted(brief: Summary, under: frozenset[str] | None, scope: str, binding: bool) -> bool:
        if brief.scope == "unilateral" or (under is not None and under.isdisjoint(brief.topics)):
            return False
        if scope != "any" and (brief.scope == "bilateral") != (scope == "bilateral"):
            return False
        return not binding or brief.binding is True

    def index(self, code: str) -> int:
        """The place of the line that a state's code belongs to; -1 where it belongs to none."""
        for number, head in enumerate(self.lines):
            if any(name == code for name, _, _ in self.bearers[head]):
                return number
        return -1

    def bearer(self, number: int, on: date) -> str:
        """Which state of a line existed on a day; empty where none did."""
        when = on.toordinal()
        bearers = (code for code, start, end in self.bearers[self.lines[number]] if start <= when < end)
        return next(bearers, "")

    def alive(self, on: date) -> Mask:
        """Which lines had a state on a day."""
        return numpy.array([bool(self.bearer(number, on)) for number in range(len(self.lines))], dtype=bool)

    def held(self, on: date) -> Mask:
        """Lines by instruments: whether the instrument binds the line on a day."""
        when = on.toordinal()
        now = (self.start <= when) & (when < self.end)
        held = numpy.zeros((len(self.lines), len(self.instruments)), dtype=bool)
        held[self.line[now], self.instrument[now]] = True
        return held

    def held_over(self, lines: Sequence[int], days: Sequence[date]) -> Mask:
        """Days by lines by instruments: the same for some lines on many days, which must be in order."""
        when = numpy.array([one.toordinal() for one in days], dtype=numpy.int32)
        held = numpy.zeros((len(days), len(lines), len(self.instruments)), dtype=bool)
        for place, number in enumerate(lines):
            (rows,) = numpy.nonzero(self.line == number)
            first = numpy.searchsorted(when, self.start[rows])
            last = numpy.searchsorted(when, self.end[rows])
            for row, low, high in zip(rows, first, last, strict=True):
                held[low:high, place, self.instrument[row]] = True
        return held

    def matrix(self, on: date, wanted: Mask | None = None, *, parts: bool = True) -> Counts:
        """Lines by lines: how many instruments bound both on a day (int64, zero on the diagonal).

        Args:
            on: the day.
            wanted: only these instruments, as :meth:`wanted` gives them; None: all but one-sided pledges.
            parts: whether protocols, amendments and extensions count beside a parent that is mutual too.
        """
        mask = self.wanted() if wanted is None else wanted
        held = self.held(on) & mask
        counts: Counts = self._count(held[numpy.newaxis], mask, parts)[0]
        when = on.toordinal()
        for pair, denied in _by_pair(self.denials).items():
            now = [item.instrument for item in denied if item.start <= when < item.end]
            if now:
                count = self._literal(held[pair[0]] & held[pair[1]], now, mask, parts)
                counts[pair] = counts[pair[::-1]] = count
        return counts

    def series(
        self, lines: Sequence[int], days: Sequence[date], wanted: Mask | None = None, *, parts: bool = True
    ) -> Counts:
        """Days by lines by lines: :meth:`matrix` of some lines on many days, which must be in order."""
        mask = self.wanted() if wanted is None else wanted
        return self._series(self.held_over(lines, days) & mask, lines, days, mask, parts)

    def series_by_topic(
        self, lines: Sequence[int], days: Sequence[date], topics: Sequence[str], wanted: Mask | None = None
    ) -> Counts:
        """Topics by days by lines by lines: :meth:`series` of each topic, parts counted for themselves."""
        mask = self.wanted() if wanted is None else wanted
        held = self.held_over(lines, days)
        counts: Counts = numpy.zeros((len(topics), len(days), len(lines), len(lines)), dtype=numpy.int64)
        for number, one in enumerate(self._each(topics, mask)):
            counts[number] = self._series(held & one, lines, days, one, True)
        return counts

    def _each(self, topics: Sequence[str], mask: Mask) -> Iterator[Mask]:
        return (self.wanted(topic) & mask for topic in topics)

    def _series(self, held: Mask, lines: Sequence[int], days: Sequence[date], mask: Mask, parts: bool) -> Counts:
        counts: Counts = self._count(held, mask, parts)
        when = numpy.array([one.toordinal() for one in days], dtype=numpy.int32)
        place = {number: here for here, number in enumerate(lines)}
        for pair, denied in _by_pair(self.denials).items():
            if pair[0] in place and pair[1] in place:
                one, other = place[pair[0]], place[pair[1]]
                for number in _days_in(denied, when):
                    now = [item.instrument for item in denied if item.start <= when[number] < item.end]
                    both = held[number, one] & held[number, other]
                    counts[number, one, other] = counts[number, other, one] = self._literal(both, now, mask, parts)
        return counts

    def _count(self, held: Mask, mask: Mask, parts: bool) -> Counts:
        """Mutual instruments of all pairs, denials not yet looked at."""
        # A topic has few instruments: the others' columns are empty and need not be looked at.
        counts: Counts = in_common(held[:, :, mask] if 2 * int(mask.sum()) < len(mask) else held)
        if not parts:
            for columns, sign in self._folded(held, mask):
                counts -= sign * in_common(columns)
        diagonal = numpy.arange(held.shape[1])
        counts[:, diagonal, diagonal] = 0
        return counts

    def _folded(self, held: Mask, mask: Mask) -> Iterator[tuple[Mask, int]]:
        """Columns that are true where a part and a parent of its are held: to be taken off (inclusion, exclusion)."""
        signed: dict[int, list[Mask]] = {}
        for child, parents in self.parents.items():
            there = [parent for parent in parents if mask[parent]] if mask[child] else []
            for size in range(1, len(there) + 1):
                for some in combinations(there, size):
                    column = held[:, :, child].copy()
                    for parent in some:
                        column &= held[:, :, parent]
                    signed.setdefault(1 if size % 2 else -1, []).append(column)
        for sign, columns in signed.items():
            yield numpy.stack(columns, axis=2), sign

    def _literal(self, both: Mask, denied: Sequence[int], mask: Mask, parts: bool) -> int:
        """The count of one pair, instrument by instrument."""
        mutual = set(numpy.nonzero(both & mask)[0].tolist()) - set(denied)
        if parts:
            return len(mutual)
        return sum(1 for item in mutual if mutual.isdisjoint(self.parents.get(item, ())))


def in_common(held: Mask) -> Counts:
    """Rows by rows: in how many columns both are true (int64), for the last two axes of three.

    Bits are packed into words and counted, which needs no threads and is exact. numpy before 2 cannot count bits:
    there it is a product in float32, exact as well, since no entry can reach 2^24.
    """
    if not hasattr(numpy, "bitwise_count"):
        plain = held.astype(numpy.float32)
        product: Counts = numpy.rint(plain @ plain.transpose(0, 2, 1)).astype(numpy.int64)
        return product
    words = _packed(held)
    counts: Counts = numpy.zeros((held.shape[0], held.shape[1], held.shape[1]), dtype=numpy.int64)
    if _FEW * words.shape[2] < held.shape[1]:
        for place in range(words.shape[2]):
            word = words[:, :, place]
            counts += numpy.bitwise_count(word[:, :, None] & word[:, None, :])
        return counts
    at_once = max(1, _AT_ONCE // max(1, held.shape[1] * words.shape[2]))
    for day in range(0, held.shape[0], at_once):
        _by_rows(words[day : day + at_once], counts[day : day + at_once])
    return counts


def _packed(held: Mask) -> NDArray[numpy.uint64]:
    """The last axis as bits in words."""
    room: Mask = numpy.zeros((*held.shape[:2], -(-held.shape[2] // _WORD) * _WORD), dtype=bool)
    room[:, :, : held.shape[2]] = held
    return numpy.packbits(room, axis=2).view(numpy.uint64)


def _by_rows(words: NDArray[numpy.uint64], counts: Counts) -> None:
    """Count row by row, each with itself and those after it: faster than word by word where there are many words."""
    for row in range(words.shape[1]):
        both = numpy.bitwise_count(words[:, row : row + 1] & words[:, row:]).sum(axis=2, dtype=numpy.int64)
        counts[:, row, row:] = counts[:, row:, row] = both


def _by_pair(denials: Sequence[Denial]) -> dict[tuple[int, int], list[Denial]]:
    by_pair: dict[tuple[int, int], list[Denial]] = {}
    for item in denials:
        by_pair.setdefault((item.first, item.second), []).append(item)
    return by_pair


def _days_in(denied: Sequence[Denial], when: Days) -> list[int]:
    inside = numpy.zeros(len(when), dtype=bool)
    for item in denied:
        inside |= (item.start <= when) & (when < item.end)
    numbers: list[int] = numpy.nonzero(inside)[0].tolist()
    return numbers
