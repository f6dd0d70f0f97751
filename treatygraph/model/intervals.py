"""Half-open intervals of days ``(start, end)``: dates, or ISO texts of whole days, which compare as dates do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

__all__ = ["common", "merged", "without"]

_Day = TypeVar("_Day", date, str)


def merged(days: Iterable[tuple[_Day, _Day]]) -> list[tuple[_Day, _Day]]:
    """The same days in as few intervals as can be, in order."""
    intervals: list[tuple[_Day, _Day]] = []
    for start, end in sorted(days):
        if intervals and start <= intervals[-1][1]:
            intervals[-1] = intervals[-1][0], max(end, intervals[-1][1])
        else:
            intervals.append((start, end))
    return intervals


def common(some: Sequence[tuple[_Day, _Day]], others: Sequence[tuple[_Day, _Day]]) -> Iterator[tuple[_Day, _Day]]:
    """The days that stand in both, for each interval of the one with each of the other."""
    for first in some:
        for second in others:
            start, end = max(first[0], second[0]), min(first[1], second[1])
            if start < end:
                yield start, end


def without(days: Iterable[tuple[_Day, _Day]], excluded: Sequence[tuple[_Day, _Day]]) -> Iterator[tuple[_Day, _Day]]:
    """Some days less others, which are in order and do not touch."""
    for start, end in days:
        for first, last in excluded:
            if first < end and start < last:
                if start < first:
                    yield start, first
                start = last  # noqa: PLW2901 - what is left begins there
        if start < end:
            yield start, end
