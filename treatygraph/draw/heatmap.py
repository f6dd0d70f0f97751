"""Pairs by years: how many legally binding instruments held each pair of a group's states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.powers import find
from treatygraph.bonds.unknowns import OpenInterval, open_intervals
from treatygraph.build.index import Index
from treatygraph.draw.credit import credit
from treatygraph.draw.html import HtmlTable
from treatygraph.draw.shapes import HEAT, Box, Drawing, Label, Shape
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["EVERY", "heat_table", "heatmap", "members", "pair_counts"]

EVERY = {"year": 1, "five-years": 5, "decade": 10}
"""How far apart the columns can lie."""
_TOP, _ROW = 84, 18
_TABLED = 10
"""A table has the years that can be divided by this."""
_LETTER = 6.6


def members(index: Index, group: str) -> tuple[str, list[str]]:
    """The title of a group, and every state that was ever in it, under the name that carries it on, in order of code.

    Raises:
        UnknownName: no group is called that.
    """
    _, name = find(index, group, ("group",))
    codes = {member.state for member in index.memberships(name)}
    heirs = {life.continues: code for code, life in index.existences().items() if life.continues}
    states = set()
    for code in codes:
        while code in heirs:
            code = heirs[code]  # noqa: PLW2901 - the line is followed to its end
        states.add(code)
    record = index.group(name)
    return record.title if record else name, sorted(states)


def heatmap(
    index: Index,
    title: str,
    states: Sequence[str],
    days: Sequence[date],
    *,
    topic: str | None = None,
    reading: str = DEPOSITARY,
) -> Drawing:
    """The drawing: a row for each pair of ``states`` (codes), a column for each day, the fullest pairs first.

    A cell is empty where one of the two did not exist. Protocols and amendments count with their parent.

    Raises:
        UnknownName: the topic is not on record.
        UsageError: fewer than two states, or no day.
    """
    if len(states) < 2 or not days:
        raise UsageError("a heatmap needs two states and a day at least.")
    rows = list(pair_counts(index, states, days, topic, reading))
    doubts = open_counts(index, states, days, topic, reading)
    rows.sort(key=lambda row: (-sum(count or 0 for count in row[1]), row[0]))
    most = max((count or 0 for _, counts in rows for count in counts), default=0)
    width, height = 1280, _TOP + len(rows) * _ROW + 70
    left = min(max(max(len(name) for name, _ in rows) * _LETTER + 26, 120), 330)
    cell = (width - left - 20) / len(days)
    head = f"{title}: legally binding instruments between each two, {days[0].year} to {days[-1].year}"
    shapes = (
        Label(16, 28, head, "ink", 18, bold=True),
        *_years(days, left, cell),
        *(
            shape
            for place, row in enumerate(rows)
            for shape in _cells(row, days, left, cell, _TOP + place * _ROW, most, doubts.get(row[0], {}))
        ),
        *_legend(height - 44, left, most),
        Label(16, height - 10, credit(index), "soft", 10.5),
    )
    return Drawing(width, height, head, shapes, credit(index))


_Row = tuple[str, list[int | None]]


def pair_counts(
    index: Index, states: Sequence[str], days: Sequence[date], topic: str | None, reading: str
) -> Iterator[_Row]:
    """A row for each pair: its names and its count on each day, None where one of the two did not exist."""
    table = intervals(index, reading)
    lines = [table.index(code) for code in states]
    mask = table.wanted(topic, binding=True)
    counts = table.series(lines, days, mask, parts=False)
    there = [[bool(table.bearer(line, day)) for line in lines] for day in days]
    names = [index.existences()[code].name for code in states]
    for first, second in combinations(range(len(states)), 2):
        row = [
            int(counts[place, first, second]) if there[place][first] and there[place][second] else None
            for place in range(len(days))
        ]
        yield f"{names[first]} – {names[second]}", row


def heat_table(index: Index, states: Sequence[str], days: Sequence[date], topic: str | None, reading: str) -> HtmlTable:
    """The counts of a heatmap in rows: every tenth year and the last day, the fullest pairs of that day first."""
    chosen = [day for day in days[:-1] if day.year % _TABLED == 0] + [days[-1]]
    rows = sorted(pair_counts(index, states, chosen, topic, reading), key=lambda row: (-(row[1][-1] or 0), row[0]))
    cells = tuple((name, *("–" if count is None else str(count) for count in counts)) for name, counts in rows)
    return HtmlTable("The same in numbers; – where one of the two did not exist", ("pair", *map(str, chosen)), cells)


def open_counts(
    index: Index, states: Sequence[str], days: Sequence[date], topic: str | None, reading: str
) -> dict[str, dict[date, int]]:
    """Of how many binding instruments the record cannot tell whether they held a pair on a day (K8); none: no entry.

    Protocols and amendments count for themselves.
    """
    table = intervals(index, reading)
    wanted = {name for name, there in zip(table.instruments, table.wanted(topic, binding=True), strict=True) if there}
    lines = [table.index(code) for code in states]
    held = table.held_over(lines, days)
    place_of = {name: place for place, name in enumerate(table.instruments)}
    maybe: dict[tuple[str, str], list[OpenInterval]] = {}
    for item in open_intervals(index, reading, wanted):
        maybe.setdefault((item.state, item.instrument), []).append(item)
    names = [index.existences()[code].name for code in states]
    doubts: dict[str, dict[date, int]] = {}
    for when, day in enumerate(days):
        codes = [table.bearer(line, day) for line in lines]
        may = [{name for name in wanted if _is_open(maybe.get((code, name), ()), day)} for code in codes]
        has = [{name for name in wanted if held[when, place, place_of[name]]} for place in range(len(states))]
        for one, other in combinations(range(len(states)), 2):
            count = len(((has[one] | may[one]) & (has[other] | may[other])) - (has[one] & has[other]))
            if count and codes[one] and codes[other]:
                doubts.setdefault(f"{names[one]} – {names[other]}", {})[day] = count
    return doubts


def _is_open(intervals: Sequence[OpenInterval], day: date) -> bool:
    return any(item.start <= day.isoformat() < item.end for item in intervals)


def _years(days: Sequence[date], left: float, cell: float) -> Iterator[Shape]:
    shown = -100.0
    for place, when in enumerate(days):
        x = left + (place + 0.5) * cell
        if x - shown >= 36 and (when.year % 5 == 0 or cell >= 36):
            yield Label(x, _TOP - 10, str(when.year), "soft", 11, "middle")
            shown = x


def _cells(
    row: _Row, days: Sequence[date], left: float, cell: float, y: float, most: int, doubts: Mapping[date, int]
) -> Iterator[Shape]:
    name, counts = row
    yield Label(left - 10, y + 13, name, size=12, anchor="end")
    for place, (when, count) in enumerate(zip(days, counts, strict=True)):
        if count is not None:
            what = f"{name}\n{when}: {count} legally binding instrument{'' if count == 1 else 's'}"
            if doubts.get(when):
                what += f" at least; the record cannot tell of {doubts[when]} more"
            yield Box(
                left + place * cell,
                y + 1,
                max(cell - 1, 0.5),
                _ROW - 2,
                f"heat-{_step(count, most)}",
                tip=what,
                reached=False,
            )
            if doubts.get(when):
                yield _doubt(left + place * cell, y + 1, cell)


def _step(count: int, most: int) -> int:
    return 0 if count == 0 else 1 + (count - 1) * (len(HEAT) - 1) // max(most, 1)


def _legend(y: float, left: float, most: int) -> Iterator[Shape]:
    x = left
    yield Label(x - 10, y + 11, "how many", "soft", 11, "end")
    for step in range(len(HEAT)):
        counts = [count for count in range(most + 1) if _step(count, most) == step]
        if counts:
            yield Box(x, y, 26, 14, f"heat-{step}")
            text = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
            yield Label(x + 31, y + 11, text, "soft", 11)
            x += 44 + len(text) * _LETTER
    yield Label(x + 10, y + 11, "empty: one of the two did not exist", "soft", 11)
    yield Box(x + 206, y, 14, 14, "heat-0")
    yield _doubt(x + 206, y, 15)
    yield Label(x + 226, y + 11, "at least so many: the record cannot tell of more", "soft", 11)


def _doubt(x: float, y: float, cell: float) -> Box:
    """The corner that marks a cell of which the record does not tell all."""
    side = min(4.0, cell / 2)
    return Box(x + max(cell - 1, 0.5) - side, y, side, side, "warn")
