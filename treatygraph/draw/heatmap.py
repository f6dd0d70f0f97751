"""Pairs by years: how many legally binding instruments held each pair of a group's states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from treatygraph.bonds.pairs import denial, pairings
from treatygraph.bonds.powers import Side, find, side
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.draw.shapes import HEAT, Box, Drawing, Label, Shape
from treatygraph.model.errors import UsageError
from treatygraph.model.records import Membership
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["EVERY", "counted", "heatmap", "members"]

EVERY = {"year": 1, "five-years": 5, "decade": 10}
"""How far apart the columns can lie."""
_TOP, _ROW = 84, 18
_LETTER = 6.6


def members(shelf: Shelf, group: str) -> tuple[str, list[str]]:
    """The title of a group, and every state that was ever in it, under the name that carries it on, in order of code.

    Raises:
        UnknownName: no group is called that.
    """
    _, name = find(shelf, group, ("group",))
    codes = {decode(Membership, value).state for value in shelf.get("members", name) or ()}
    heirs = {life[3]: code for code, life in shelf.all("life") if life[3]}
    found = set()
    for code in codes:
        while code in heirs:
            code = heirs[code]  # noqa: PLW2901 - the line is followed to its end
        found.add(code)
    return shelf.get("group", name)[1], sorted(found)


def heatmap(
    shelf: Shelf,
    title: str,
    states: Sequence[str],
    days: Sequence[date],
    *,
    topics: AbstractSet[str] | None = None,
    reading: str = DEPOSITARY,
) -> Drawing:
    """The drawing: a row for each pair of ``states`` (codes), a column for each day, the fullest pairs first.

    A cell is empty where one of the two did not exist. Protocols and amendments count with their parent.

    Raises:
        UsageError: fewer than two states, or no day.
    """
    if len(states) < 2 or not days:
        raise UsageError("a heatmap needs two states and a day at least.")
    rows = [_row(shelf, pair, days, topics, reading) for pair in combinations(states, 2)]
    rows.sort(key=lambda row: (-sum(count or 0 for count in row[1]), row[0]))
    most = max((count or 0 for _, counts in rows for count in counts), default=0)
    width, height = 1280, _TOP + len(rows) * _ROW + 52
    left = min(max(max(len(name) for name, _ in rows) * _LETTER + 26, 120), 330)
    cell = (width - left - 20) / len(days)
    head = f"{title}: legally binding instruments between each two, {days[0].year} to {days[-1].year}"
    shapes = (
        Label(16, 28, head, "ink", 18, bold=True),
        *_years(days, left, cell),
        *(
            shape
            for place, row in enumerate(rows)
            for shape in _cells(row, days, left, cell, _TOP + place * _ROW, most)
        ),
        *_legend(height - 26, left, most),
    )
    return Drawing(width, height, head, shapes)


_Row = tuple[str, list[int | None]]


def _row(
    shelf: Shelf, pair: tuple[str, str], days: Sequence[date], topics: AbstractSet[str] | None, reading: str
) -> _Row:
    names = [shelf.get("life", code)[0] for code in pair]
    counts: list[int | None] = []
    for when in days:
        try:
            sides = side(shelf, pair[0], when), side(shelf, pair[1], when)
        except UsageError:
            counts.append(None)
            continue
        counts.append(counted(shelf, sides, when, topics=topics, reading=reading))
    return f"{names[0]} – {names[1]}", counts


def counted(
    shelf: Shelf,
    sides: tuple[Side, Side],
    when: date,
    *,
    topics: AbstractSet[str] | None = None,
    reading: str = DEPOSITARY,
) -> int:
    """How many legally binding instruments held both on a day: what ``between`` lists as such, without its words."""
    on = when.isoformat()
    found = {}
    for name, stretches in pairings(shelf, sides, reading).items():
        brief = shelf.get("brief", name)
        if brief["scope"] == "unilateral" or (topics is not None and topics.isdisjoint(brief["topics"])):
            continue
        now = (stretch for stretch in stretches if stretch.start <= on < stretch.end)
        if any(not denial(shelf, name, stretch, on) for stretch in now):
            found[name] = brief
    return sum(
        1 for brief in found.values() if brief["binding"] is True and not any(up in found for up in brief["parents"])
    )


def _years(days: Sequence[date], left: float, cell: float) -> Iterator[Shape]:
    shown = -100.0
    for place, when in enumerate(days):
        x = left + (place + 0.5) * cell
        if x - shown >= 36 and (when.year % 5 == 0 or cell >= 36):
            yield Label(x, _TOP - 10, str(when.year), "soft", 11, "middle")
            shown = x


def _cells(row: _Row, days: Sequence[date], left: float, cell: float, y: float, most: int) -> Iterator[Shape]:
    name, counts = row
    yield Label(left - 10, y + 13, name, size=12, anchor="end")
    for place, (when, count) in enumerate(zip(days, counts, strict=True)):
        if count is not None:
            what = f"{name}\n{when}: {count} legally binding instrument{'' if count == 1 else 's'}"
            yield Box(
                left + place * cell,
                y + 1,
                max(cell - 1, 0.5),
                _ROW - 2,
                f"heat-{_step(count, most)}",
                tip=what,
                reached=False,
            )


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
