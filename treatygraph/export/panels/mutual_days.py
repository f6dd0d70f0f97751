"""The days on which each instrument holds both of two states, of all pairs and instruments, as arrays.

What holds a pair is what ``between`` says: both are bound, and neither refuses the other (R11, R12). One-sided
commitments bind no pair and are left out. Beside what is known stand the days on which the record cannot tell: one or
both may be bound.

As arrays a year of 20,000 pairs takes a tenth of a second; pair by pair in Python it took two (30 November 2026).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from treatygraph.bonds.unknowns import open_intervals
from treatygraph.build.index import Index
from treatygraph.export.panels.columns import is_vague
from treatygraph.export.selection import ExportSelection, held
from treatygraph.model.index_records import Exclusion
from treatygraph.model.intervals import merged

__all__ = ["MutualDays", "folded", "mutual_days"]

Days = NDArray[numpy.int32]
Mask = NDArray[numpy.bool_]


class MutualDays(NamedTuple):
    """Row by row: an instrument holds, or may hold, two states over ``[start, end)``; days as ordinals.

    Of one pair and instrument no two rows have a day in common.
    """

    states: tuple[str, ...]
    """Codes in order: the places in ``first`` and ``second``, of which the first is the smaller."""
    instruments: tuple[str, ...]
    """Ids in order: the places in ``instrument``."""
    instrument: Days
    first: Days
    second: Days
    start: Days
    end: Days
    open: Mask
    """Whether the record cannot tell that it holds both."""
    vague: Mask
    """Whether it began before, on a day that the record does not know."""

    def only(self, rows: Mask | NDArray[numpy.intp]) -> MutualDays:
        """Some of the rows."""
        return MutualDays(
            self.states, self.instruments, self.instrument[rows], self.first[rows], self.second[rows],
            self.start[rows], self.end[rows], self.open[rows], self.vague[rows],
        )  # fmt: skip

    @property
    def pair(self) -> NDArray[numpy.int64]:
        """Row by row a number for the pair."""
        return self.first.astype(numpy.int64) * len(self.states) + self.second


class _MutualStateDays(NamedTuple):
    place: int
    start: int
    end: int
    open: bool
    vague: bool


def mutual_days(
    index: Index, selection: ExportSelection, horizon: tuple[str, str] = ("0001-01-01", "9999-12-31")
) -> MutualDays:
    """All rows of a selection that touch a horizon of days, in order of instrument, pair and time."""
    names = tuple(name for name, one in selection.instruments(index).items() if one.scope != "unilateral")
    codes = tuple(sorted(selection.states(index)))
    place = {code: number for number, code in enumerate(codes)}
    days: dict[str, list[_MutualStateDays]] = {name: [] for name in names}
    for name, item in _of_states(index, selection, place):
        if name in days:
            days[name].append(item)
    low, high = _ordinal(horizon[0]), _ordinal(horizon[1])
    blocks = []
    for number, name in enumerate(names):
        block = _pairs([item for item in days[name] if item.start < high and low < item.end])
        for exclusion in index.exclusions(name):
            block = _without(block, place, exclusion)
        blocks.append(numpy.vstack((numpy.full(block.shape[1], number, dtype=numpy.int32), block)))
    every = _table(codes, names, blocks)
    return every.only(numpy.lexsort((every.start, every.second, every.first, every.instrument)))


def _table(states: tuple[str, ...], instruments: tuple[str, ...], blocks: Sequence[Days]) -> MutualDays:
    """Blocks of columns (instrument, first, second, start, end, open, vague) as one table."""
    rows = numpy.hstack(blocks) if blocks else numpy.zeros((7, 0), dtype=numpy.int32)
    return MutualDays(
        states, instruments, rows[0], rows[1], rows[2], rows[3], rows[4], rows[5] != 0, rows[6] != 0
    )  # fmt: skip


def _of_states(
    index: Index, selection: ExportSelection, place: Mapping[str, int]
) -> Iterator[tuple[str, _MutualStateDays]]:  # fmt: skip
    """The days on which each instrument holds, or may hold, each state: stretches that touch are one.

    That a state passes from provisional application to being a party breaks none.
    """
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    vague: dict[tuple[str, str], set[str]] = {}
    for row in held(index, selection):
        rows.setdefault((row.instrument, row.state), []).append((row.start, row.end))
        if is_vague(row.since):
            vague.setdefault((row.instrument, row.state), set()).add(row.start)
    for (name, code), days in rows.items():
        for start, end in merged(days):
            is_open = start in vague.get((name, code), ())
            yield name, _MutualStateDays(place[code], _ordinal(start), _ordinal(end), False, is_open)
    for item in open_intervals(index, selection.reading):
        if item.state in place:
            yield item.instrument, _MutualStateDays(
                place[item.state], _ordinal(item.start), _ordinal(item.end), True, False
            )  # fmt: skip


def _pairs(items: Sequence[_MutualStateDays]) -> Days:
    """Every two states that are held on the same days, as columns: first, second, start, end, open, vague."""
    if not items:
        return numpy.zeros((6, 0), dtype=numpy.int32)
    table = numpy.array(sorted(items), dtype=numpy.int32)
    mine, theirs = numpy.triu_indices(len(items), 1)
    place, start, end, is_open, vague = table.T
    begins, stops = numpy.maximum(start[mine], start[theirs]), numpy.minimum(end[mine], end[theirs])
    both = (begins < stops) & (place[mine] != place[theirs])
    mine, theirs, begins, stops = mine[both], theirs[both], begins[both], stops[both]
    doubtful = is_open[mine] | is_open[theirs]
    dim = (vague[mine] & (start[mine] == begins)) | (vague[theirs] & (start[theirs] == begins))
    return numpy.vstack((place[mine], place[theirs], begins, stops, doubtful, dim)).astype(numpy.int32)


def _without(block: Days, place: Mapping[str, int], exclusion: Exclusion) -> Days:
    """The rows less the days on which one of a pair refuses the other."""
    if exclusion.by not in place or exclusion.against not in place:
        return block
    first, second = sorted((place[exclusion.by], place[exclusion.against]))
    meant = (block[0] == first) & (block[1] == second)
    if not meant.any():
        return block
    start, end = _ordinal(exclusion.start), _ordinal(exclusion.end)
    return numpy.hstack((block[:, ~meant], *_pieces(block[:, meant], numpy.int32(start), numpy.int32(end))))


def _pieces(block: Days, start: Days | numpy.int32, end: Days | numpy.int32) -> Iterator[Days]:
    """What is left of rows before and after the days of another interval, which may differ from row to row."""
    before, after = block.copy(), block.copy()
    before[3] = numpy.minimum(block[3], start)
    after[2] = numpy.maximum(block[2], end)
    yield before[:, before[2] < before[3]]
    yield after[:, after[2] < after[3]]


def folded(table: MutualDays, parents: Mapping[str, Iterable[str]]) -> MutualDays:
    """The known rows of every instrument less the days on which one of its parents holds the pair too.

    A part counts with what it belongs to; where only the part holds the pair it counts for itself.
    """
    known = table.only(~table.open)
    number_of = {name: number for number, name in enumerate(table.instruments)}
    blocks = []
    for number, name in enumerate(table.instruments):
        mine = known.only(known.instrument == number)
        block = numpy.vstack((mine.first, mine.second, mine.start, mine.end, mine.open, mine.vague)).astype(numpy.int32)
        for parent in {number_of[one] for one in parents.get(name, ()) if one in number_of}:
            block = _less(block, known.only(known.instrument == parent), len(table.states))
        blocks.append(numpy.vstack((numpy.full(block.shape[1], number, dtype=numpy.int32), block)))
    return _table(table.states, table.instruments, blocks)


def _less(block: Days, parent: MutualDays, size: int) -> Days:
    """Rows less those of a parent, one interval of each pair after the other."""
    pairs = parent.pair
    while len(pairs):
        _, one_of_each = numpy.unique(pairs, return_index=True)
        start, end = (numpy.zeros(size * size, dtype=numpy.int32) for _ in range(2))
        start[pairs[one_of_each]], end[pairs[one_of_each]] = parent.start[one_of_each], parent.end[one_of_each]
        own = block[0].astype(numpy.int64) * size + block[1]
        # a pair that the parent does not hold has the empty interval [0, 0), which takes nothing away
        empty = end[own] == 0
        rest = block[:, ~empty]
        block = numpy.hstack((block[:, empty], *_pieces(rest, start[own][~empty], end[own][~empty])))
        left = numpy.ones(len(pairs), dtype=bool)
        left[one_of_each] = False
        parent, pairs = parent.only(left), pairs[left]
    return block


def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()
