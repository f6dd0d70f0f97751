"""The timeline of two powers: every instrument between them as a bar from signature to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING

from treatygraph.bonds.pairs import Powers
from treatygraph.bonds.powers import power
from treatygraph.build.index import Index
from treatygraph.draw.bars import Bar, Stage, bars, bars_of_groups
from treatygraph.draw.credit import credit
from treatygraph.draw.palette import FAMILIES, family_of
from treatygraph.draw.shapes import Box, Drawing, Label, Shape, Sign, Stroke
from treatygraph.model.dates import OPEN_TEXT
from treatygraph.model.errors import UsageError
from treatygraph.model.index_records import Summary
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["timeline"]

_WIDTH, _ROW, _TOP, _BAR = 1280, 20, 74, 12
_EARLIEST = 1945
"""The axis begins no earlier; a bar that does says since when."""
_FOOT = 114
_LETTER = 6.7
"""Width of a letter of a label, in pixels."""
_SECTIONS = (
    ("Legally binding, between the two alone", (True, True)),
    ("Legally binding, with others", (True, False)),
    ("Binding nature disputed, or not legally binding, between the two alone", (False, True)),
    ("Binding nature disputed, or not legally binding, with others", (False, False)),
)  # fmt: skip
_LOOKS: Mapping[str, Callable[[str], Box]] = {
    "signed": lambda paint: Box(0, 0, 0, _BAR, "", paint, 2),
    "provisional": lambda paint: Box(0, 0, 0, _BAR, "shade", paint, 5),
    "in-force": lambda paint: Box(0, 0, 0, _BAR, paint),
    "suspended": lambda _: Box(0, 0, 0, _BAR, "shade", "bad", hatch="suspended"),
    "contested": lambda _: Box(0, 0, 0, _BAR, "shade", "warn", hatch="contested"),
    "not-known": lambda _: Box(0, 0, 0, _BAR, "", "soft", 2, hatch="not-known"),
    "excluded": lambda _: Box(0, 0, 0, _BAR, "", "line", 2),
}
_WORDS = {
    "signed": "signed, not in force for both",
    "provisional": "applied provisionally",
    "in-force": "in force for both",
    "suspended": "suspension claimed or in effect",
    "contested": "in force, contested",
    "not-known": "the record cannot tell whether it held both",
    "excluded": "both are bound, but not to each other",
}


def timeline(
    index: Index,
    first: str,
    second: str,
    today: date,
    *,
    topics: AbstractSet[str] | None = None,
    reading: str = DEPOSITARY,
) -> Drawing:
    """The drawing.

    Args:
        index: the documents of the graph.
        first: a state or group, by any of its names.
        second: the other one.
        today: the day of the line "today"; names of states are taken as of this day.
        topics: only instruments of one of these; None takes all.
        reading: whose legal view.

    Raises:
        UnknownName: a name is not on record.
        UsageError: both are one power, one was not there, or nothing was ever between them.
    """
    powers = power(index, first, today), power(index, second, today)
    if powers[0].id == powers[1].id:
        raise UsageError(f"'{first}' and '{second}' are both {powers[0].title}; name two powers.")
    grouped = any(power.is_group for power in powers)
    drawn = [
        (index.summary(bar.instrument), bar)
        for bar in (bars_of_groups if grouped else bars)(index, powers, reading)
        if _wanted(index.summary(bar.instrument), topics)
    ]
    if not drawn:
        raise UsageError(f"nothing on record was ever between {powers[0].title} and {powers[1].title} here.")
    return _Timeline(powers, drawn, today, credit(index)).drawn()


def _wanted(summary: Summary, topics: AbstractSet[str] | None) -> bool:
    return summary.scope != "unilateral" and (topics is None or not topics.isdisjoint(summary.topics))


def _kind(summary: Summary) -> tuple[bool, bool]:
    """Whether it binds in law, and whether it is between two alone."""
    return summary.binding is True, summary.scope == "bilateral"


class _Timeline:
    """Rows of bars under an axis of years."""

    def __init__(self, powers: Powers, drawn: list[tuple[Summary, Bar]], today: date, source: str) -> None:
        self._powers, self._today, self._source = powers, today, source
        self._rows = [
            (
                title,
                sorted((item for item in drawn if _kind(item[0]) == kind), key=lambda item: item[1].stages[0].start),
            )
            for title, kind in _SECTIONS
        ]
        begin = min(int(bar.stages[0].start[:4]) for _, bar in drawn)
        self._from = floor(max(begin, min(_EARLIEST, today.year - 20)) / 5) * 5
        self._to = ceil((today.year + 3) / 5) * 5
        longest = max(len(summary.title) for summary, _ in drawn)
        self._left = min(44 + longest * _LETTER, 340)

    def drawn(self) -> Drawing:
        """The whole drawing."""
        height = _TOP + sum((len(rows) * _ROW + 30) for _, rows in self._rows if rows) + _FOOT
        title = f"{self._powers[0].title} and {self._powers[1].title}: what was between them, to {self._today}"
        shapes = (*self._axis(height - _FOOT), *self._body(), *self._now(height - _FOOT), *_legend(height - 82))
        edges = Label(16, 28, title, "ink", 18, bold=True), Label(16, height - 10, self._source, "soft", 10.5)
        return Drawing(_WIDTH, height, title, (*edges, *shapes), self._source)

    def _x(self, day: str) -> float:
        """Where a day lies on the axis; what lies outside is at its edge."""
        year = int(day[:4])
        if year >= self._to:
            return _WIDTH - 20
        start = date(year, 1, 1)
        part = (date.fromisoformat(day) - start) / (date(year + 1, 1, 1) - start)
        share = (year + part - self._from) / (self._to - self._from)
        return self._left + max(share, 0) * (_WIDTH - 20 - self._left)

    def _axis(self, bottom: float) -> Iterator[Shape]:
        step = 5 if self._to - self._from <= 90 else 10
        for year in range(self._from, self._to + 1, step):
            x = self._x(f"{year}-01-01")
            yield Stroke(x, _TOP - 16, x, bottom, "line")
            if year < self._to:
                yield Label(x, _TOP - 22, str(year), "soft", 11, "middle")
                yield Label(x, bottom + 12, str(year), "soft", 11, "middle")

    def _now(self, bottom: float) -> Iterator[Shape]:
        x = self._x(self._today.isoformat())
        yield Stroke(x, _TOP - 16, x, bottom, "bad", 1.5)
        yield Label(x, _TOP - 36, self._today.isoformat(), "bad", 11, "middle", bold=True)

    def _body(self) -> Iterator[Shape]:
        y: float = _TOP
        for title, rows in self._rows:
            if not rows:
                continue
            grouped = any(power.is_group for power in self._powers)  # no group is a party to them (K13)
            head = title.replace("the two alone", "two states alone") if grouped else title
            yield Label(16, y + 14, head, "soft", 12, bold=True)
            y += 24
            for summary, bar in rows:
                yield from self._row(y, summary, bar)
                y += _ROW
            y += 6

    def _row(self, y: float, summary: Summary, bar: Bar) -> Iterator[Shape]:
        yield Label(16, y + 10, family_of(summary.topics).letter, "soft", 10, bold=True)
        yield Label(
            self._left - 10, y + 10, _short(summary.title, int((self._left - 40) / _LETTER)), anchor="end", size=12
        )
        for stage in bar.stages:
            yield from self._bars(y, summary, bar, stage)
        if int(bar.stages[0].start[:4]) < self._from:
            light = bar.stages[0].stage == "in-force"
            yield Label(self._left + 4, y + 10, f"‹ {bar.stages[0].start[:4]}", "ground" if light else "soft", 10)
        for mark in bar.marks:
            sign, paint = {"notice": ("triangle", "warn"), "extension": ("diamond", "ink")}[mark.mark]
            what = f"notice by {mark.by}" if mark.mark == "notice" else f"extended: {mark.by}"
            yield Sign(self._x(mark.day), y + _BAR / 2, sign, paint, f"{summary.title}\n{mark.day}: {what}")

    def _bars(self, y: float, summary: Summary, bar: Bar, stage: Stage) -> Iterator[Box]:
        """The bar of a stage; what lies after today is faint."""
        today, tip = self._today.isoformat(), _tip(summary, bar, stage)
        look = _LOOKS[stage.stage](f"family-{family_of(summary.topics).id}")
        cut = min(max(today, stage.start), stage.end)
        for start, end, faint in ((stage.start, cut, False), (cut, stage.end, True)):
            x = self._x(start)
            if start < end and self._x(end) > self._left:
                yield replace(look, x=x, y=y, width=max(self._x(end) - x, 1.5), faint=faint, tip=tip, reached=not faint)


def _tip(summary: Summary, bar: Bar, stage: Stage) -> str:
    span = f"from {stage.start}" if stage.end >= OPEN_TEXT else f"{stage.start} to {_before(stage.end)}"
    lines = [summary.title, f"{_WORDS[stage.stage]}, {span}"]
    if bar.because and stage is bar.stages[-1]:
        lines.append(f"ended {stage.end}: {bar.because}")
    lines.append(f"topics: {', '.join(summary.topics)}; sources: {', '.join(summary.sources[:4]) or 'none'}")
    return "\n".join(lines)


def _before(end: str) -> str:
    """The last day before a half-open end."""
    return (date.fromisoformat(end) - timedelta(days=1)).isoformat()


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _legend(y: float) -> Iterator[Shape]:
    signs: Sequence[tuple[Box | Sign, str]] = (
        (replace(_LOOKS["signed"]("soft"), width=26), "signed"),
        (replace(_LOOKS["provisional"]("soft"), width=26), "provisional"),
        (replace(_LOOKS["in-force"]("soft"), width=26), "in force for both"),
        (replace(_LOOKS["suspended"](""), width=26), "suspension claimed or in effect"),
        (replace(_LOOKS["contested"](""), width=26), "contested"),
        (replace(_LOOKS["not-known"](""), width=26), "not known"),
        (replace(_LOOKS["excluded"](""), width=26), "not between these two"),
        (replace(_LOOKS["not-known"](""), width=26), "not known"),
        (Sign(20, _BAR / 2, "triangle", "warn"), "notice of withdrawal"),
        (Sign(20, _BAR / 2, "diamond", "ink"), "extension"),
    )
    x = 16.0
    for shape, text in signs:
        yield replace(shape, x=shape.x + x, y=shape.y + y)
        yield Label(x + 32, y + 10, text, "soft", 11)
        x += 52 + len(text) * 6
    x, y = 16, y + 22
    for family in FAMILIES:
        if x + 34 + len(family.title) * 6 > _WIDTH:
            x, y = 16, y + 20
        yield Box(x, y, 14, _BAR, f"family-{family.id}")
        yield Label(x + 19, y + 10, f"{family.letter}  {family.title}", "soft", 11)
        x += 56 + len(family.title) * 6
