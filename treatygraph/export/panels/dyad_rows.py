"""The rows of the panels of pairs of states, counted with arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from treatygraph.bonds.scope import scopes_by_bond
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell
from treatygraph.export.panels.columns import (
    FOLDED,
    count_names,
    counts_of,
    ends,
    instrument_cells,
    shown_on,
)
from treatygraph.export.panels.mutual_days import MutualDays, folded, mutual_days
from treatygraph.export.panels.years import Unit, Window, units, window
from treatygraph.export.selection import ExportSelection

__all__ = ["interval_rows", "year_rows"]

Counts = NDArray[numpy.float64]


def interval_rows(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds both states towards each other."""
    table = mutual_days(index, selection)
    rows = table.only(~table.open)
    if selection.on:
        rows = rows.only((rows.start <= selection.on.toordinal()) & (selection.on.toordinal() < rows.end))
    order = numpy.lexsort((rows.start, rows.instrument, rows.second, rows.first))
    states, summaries = index.states(), index.summaries()
    scopes = scopes_by_bond(index, selection.reading)

    @cache
    def codes(place: int, start: int) -> tuple[Cell, ...]:
        return shown_on(states[rows.states[place]], date.fromordinal(start))[:4]

    for number, first, second, start, end, _, vague in zip(
        *(column.tolist() for column in rows.only(order)[2:]), strict=True
    ):
        name, on = rows.instruments[number], date.fromordinal(start)
        sides = (codes(place, start) for place in (first, second))
        yield (*(cell for side in sides for cell in side), *instrument_cells(summaries[name], scopes[name]),
               *ends(on.isoformat(), date.fromordinal(end).isoformat()), "since" if vague else "yes")  # fmt: skip


def year_rows(index: Index, selection: ExportSelection, since: int, until: int) -> Iterator[tuple[Cell, ...]]:
    """A row for every pair of states that are there in a year, also where nothing holds the pair."""
    summaries = index.summaries()
    table = mutual_days(index, selection, (f"{since:04}-01-01", f"{until + 1:04}-01-01"))
    mine = {name: summaries[name] for name in table.instruments}
    masks = numpy.array(counts_of(index, mine, scopes_by_bond(index, selection.reading)), dtype=bool)
    whole = folded(table, {name: one.parents for name, one in mine.items()})
    for year in range(since, until + 1):
        span = window(year, selection.at)
        low, high = (date.fromisoformat(day).toordinal() for day in (span.start, span.end))
        rows = table.only((table.start < high) & (low < table.end))
        kept = whole.only((whole.start < high) & (low < whole.end))
        yield from _rows_of_year(_Year(span, rows, kept, masks), list(units(index, selection, span)))


class _Year(NamedTuple):
    """What a year's rows are counted from."""

    span: Window
    table: MutualDays
    folded: MutualDays
    masks: NDArray[numpy.bool_]


def _rows_of_year(year: _Year, subjects: Sequence[Unit]) -> Iterator[tuple[Cell, ...]]:
    place = {code: number for number, code in enumerate(year.table.states)}
    slots = _slots(subjects)
    rows = []
    for mine in slots:
        for theirs in slots:
            counts = _counted(year, *(_days(slot, place) for slot in (mine, theirs))).tolist()
            for code, unit in mine.items():
                for other, second in theirs.items():
                    if code < other and max(unit.start, second.start) < min(unit.end, second.end):
                        values = counts[place[code] * len(place) + place[other]]
                        rows.append(_row(year.span, unit, second, values))
    yield from sorted(rows, key=lambda row: (_last(row[3]), _last(row[7]), row[2], row[6]))


def _last(number: Cell) -> Cell:
    return 1000 if number is None else number


def _slots(subjects: Sequence[Unit]) -> list[dict[str, Unit]]:
    """The subjects, each state once in each slot: most years have one slot, those with a change of number two."""
    slots: list[dict[str, Unit]] = [{}]
    for unit in subjects:
        free = next((slot for slot in slots if unit.state not in slot), None)
        if free is None:
            free = {}
            slots.append(free)
        free[unit.state] = unit
    return slots


def _days(slot: dict[str, Unit], place: dict[str, int]) -> tuple[NDArray[numpy.int32], NDArray[numpy.int32]]:
    """First days and days after the last of a slot's states, by place; of those that are not there none."""
    start, end = (numpy.zeros(len(place), dtype=numpy.int32) for _ in range(2))
    for code, unit in slot.items():
        start[place[code]] = date.fromisoformat(unit.start).toordinal()
        end[place[code]] = date.fromisoformat(unit.end).toordinal()
    return start, end


def _counted(year: _Year, mine: tuple[NDArray[numpy.int32], ...], theirs: tuple[NDArray[numpy.int32], ...]) -> Counts:
    """Pairs by columns: the counts, the same with what is left open, and the folded ones."""
    known, upper = (_sums(year, table, mine, theirs, year.masks) for table in
                    (year.table.only(~year.table.open), year.table))  # fmt: skip
    names = count_names()
    parts = year.masks[[names.index(name) for name in FOLDED]]
    return numpy.hstack((known, upper, _sums(year, year.folded, mine, theirs, parts)))


def _sums(
    year: _Year, table: MutualDays, mine: tuple[NDArray[numpy.int32], ...], theirs: tuple[NDArray[numpy.int32], ...],
    masks: NDArray[numpy.bool_],
) -> Counts:  # fmt: skip
    """Pairs by masks: what the days on which an instrument holds the pair are worth, summed over the instruments."""
    low, high = (date.fromisoformat(day).toordinal() for day in (year.span.start, year.span.end))
    starts = numpy.maximum.reduce((table.start, mine[0][table.first], theirs[0][table.second]))
    ends_ = numpy.minimum.reduce((table.end, mine[1][table.first], theirs[1][table.second]))
    days = numpy.minimum(ends_, high) - numpy.maximum(starts, low)
    there = days > 0
    pair, instrument, length = table.pair[there], table.instrument[there], days[there].astype(float)
    if year.span.at == "share":
        weight = length / year.span.length
    else:
        _, once = numpy.unique(pair * len(table.instruments) + instrument, return_index=True)
        pair, instrument, weight = pair[once], instrument[once], numpy.ones(len(once))
    size = len(table.states) ** 2
    return numpy.stack(
        [numpy.bincount(pair, weights=weight * mask[instrument], minlength=size) for mask in masks], axis=1
    )


def _row(span: Window, mine: Unit, theirs: Unit, values: Sequence[float]) -> tuple[Cell, ...]:
    first, second = sorted((mine.shown, theirs.shown), key=lambda shown: shown.order)
    cells = [round(value, 6) if span.at == "share" else int(value) for value in values]
    width = len(count_names())
    left_open = cells[width] - cells[0]
    left_open = round(left_open, 6) if span.at == "share" else left_open
    return (span.year, span.on, *first[:4], *second[:4], *first.inside, *second.inside, *cells, left_open,
            "no" if left_open else "yes")  # fmt: skip
