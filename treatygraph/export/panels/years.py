"""The years of panels: which days of a year count, and which states are there on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from treatygraph.build.index import Index
from treatygraph.export.panels.columns import Shown, shown_on
from treatygraph.export.selection import ExportSelection
from treatygraph.model.records import State

__all__ = ["FIRST_YEAR", "Unit", "Window", "days_within", "units", "window", "worth"]

FIRST_YEAR: Final = 1945
_NUMBERED: Final = ("cow", "gw")
Interval = tuple[str, str]


class Window(NamedTuple):
    """The days of a year that count, half-open."""

    year: int
    start: str
    end: str
    at: str

    @property
    def on(self) -> str | None:
        """The one day that counts; None where several do."""
        return self.start if self.at == "end" else None

    @property
    def length(self) -> int:
        """Its days."""
        return days_between(self.start, self.end)


class Unit(NamedTuple):
    """A state over those days of a window on which it is there and in the list: the subject of a row.

    Where a list of numbers is asked for, a state that changed its number within the year is two: Germany in 1990.
    """

    state: str
    start: str
    end: str
    shown: Shown


def window(year: int, at: str) -> Window:
    """The days of a year that count: 31 December, or all."""
    return Window(year, f"{year:04}-12-31" if at == "end" else f"{year:04}-01-01", f"{year + 1:04}-01-01", at)


def days_between(start: str, end: str) -> int:
    """The number of days of a half-open interval."""
    return date.fromisoformat(end).toordinal() - date.fromisoformat(start).toordinal()


def days_within(intervals: Iterable[Interval], start: str, end: str) -> int:
    """How many days of some intervals that do not overlap lie within another."""
    cut = ((max(first, start), min(last, end)) for first, last in intervals)
    return sum(days_between(first, last) for first, last in cut if first < last)


def worth(days: int, span: Window) -> int | float:
    """What days of a window count for: 1 if there is one, or their share of the year."""
    if span.at == "share":
        return days / span.length
    return int(days > 0)


def units(index: Index, selection: ExportSelection, span: Window) -> Iterator[Unit]:
    """The subjects of a year's rows, by code and time."""
    states = index.states()
    codes = selection.states(index, date.fromisoformat(span.start) if span.at == "end" else None)
    members = _members(index, selection, span) if selection.group and span.at != "end" else None
    for code in codes:
        if members is None or code in members:
            yield from _units(states[code], selection.system, span)


def _members(index: Index, selection: ExportSelection, span: Window) -> frozenset[str]:
    """The members of the group on some day of the window."""
    first = date.fromisoformat(span.start)
    joined = (one.start.earliest for one in index.memberships(selection.group_id(index)) if one.start)
    days = [first, *(day for day in set(joined) if span.start <= day.isoformat() < span.end)]
    return frozenset(code for when in days for code in selection.states(index, when))


def _units(state: State, system: str, span: Window) -> Iterator[Unit]:
    life = max(state.start.isoformat(), span.start), min(state.end.isoformat(), span.end)
    spans: Sequence[tuple[str, str, str]] = [("", *life)]
    if system != "all":
        spans = [(one.number, max(one.start.isoformat(), life[0]), min(one.end.isoformat(), life[1]))
                 for one in state.systems if one.system == system]  # fmt: skip
    windows: dict[str, Interval] = {}
    for number, start, end in spans:
        if start < end:
            key = number if system in _NUMBERED else ""
            first, last = windows.get(key, (start, end))
            windows[key] = min(first, start), max(last, end)
    for start, end in windows.values():
        yield Unit(state.code, start, end, shown_on(state, date.fromisoformat(end) - timedelta(1)))
