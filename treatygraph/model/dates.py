"""Days, uncertain dates and periods: values only, no clock.

A :class:`Span` is a date as a source gives it, in the Extended Date/Time Format
(EDTF, ISO 8601-2): a day, a month, a year, or an interval. What is uncertain stays
an interval of days; no day is ever guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from treatygraph.model.errors import BadDate

__all__ = ["BEGINNING", "OPEN", "OPEN_TEXT", "Period", "Span", "after", "day", "long_form", "within"]

BEGINNING: Final = date.min
"""Stands for "before the record": the open start of an interval."""
OPEN: Final = date.max
OPEN_TEXT: Final = OPEN.isoformat()
"""An open end as the index holds it; no user sees it."""
"""Stands for "no end known": the open end of a half-open interval."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""In English whatever the locale of the process."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_PERIOD: Final = re.compile(r"P(?=\d)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?", re.ASCII)


def day(text: str) -> date:
    """The day that ``text`` (``YYYY-MM-DD``) names.

    >>> day("1970-03-05")
    datetime.date(1970, 3, 5)

    Raises:
        BadDate: any other form, or a day that does not exist.
    """
    if not _DAY.fullmatch(text):
        raise BadDate(f"'{text}' is not a day; write YYYY-MM-DD, for example 2021-05-28.")
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise BadDate(f"'{text}' is not a day: {problem}. Write one of the calendar, such as 2021-05-28.") from None


def after(when: date) -> date:
    """The next day; :data:`OPEN` stays open."""
    return OPEN if when >= OPEN else when + timedelta(days=1)


def within(when: date, start: date, end: date) -> bool:
    """Whether ``when`` falls in the half-open interval ``[start, end)`` (rule R1)."""
    return start <= when < end


def long_form(when: date) -> str:
    """A day as a journalist writes it: ``28 May 2021``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A date as given: the first and the last day on which it may have been.

    >>> Span.parse("2023-05").latest
    datetime.date(2023, 5, 31)
    >>> Span.parse("1970-03-05").is_day
    True
    """

    earliest: date
    latest: date
    text: str

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read EDTF level 0 and 1: ``1976``, ``2023-05``, ``1976-05-04``, ``1993-01/1993-03``, ``/2025``.

        An interval without a start (``/2025``) has :data:`BEGINNING` as its earliest day.

        Raises:
            BadDate: the text is not EDTF, or names a day that does not exist.
        """
        return _parse(text)

    @classmethod
    def of(cls, when: date) -> Span:
        """The span of exactly one day."""
        return cls(when, when, when.isoformat())

    @property
    def is_day(self) -> bool:
        """Whether the date is known to the day."""
        return self.earliest == self.latest

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year`` or ``interval``."""
        return {10: "day", 7: "month", 4: "year"}.get(len(self.text), "interval")

    def shift(self, period: Period, *, first_of_month: bool = False) -> Span:
        """The span ``period`` later; with ``first_of_month`` the first day of the month reached.

        "The first day of the sixth month after the month of deposit" is ``P6M`` with
        ``first_of_month``.
        """
        first, last = period.after(self.earliest), period.after(self.latest)
        if first_of_month:
            first, last = first.replace(day=1), last.replace(day=1)
        if first == last:
            return Span.of(first)
        return Span(first, last, f"{first.isoformat()}/{last.isoformat()}")

    def not_before(self, other: Span) -> Span:
        """The later of two spans, day by day."""
        first, last = max(self.earliest, other.earliest), max(self.latest, other.latest)
        for span in (self, other):
            if (span.earliest, span.latest) == (first, last):
                return span
        return Span(first, last, f"{first.isoformat()}/{last.isoformat()}")

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=16384)
def _parse(text: str) -> Span:
    if _DAY.fullmatch(text):
        return Span.of(day(text))
    ends = [_plain(part) for part in text.split("/", 1)] if text and not text.endswith("/") else []
    if ends and all(ends):
        return _spanning(text, ends[0][0], ends[-1][1])
    from edtf import EDTFParseException, parse_edtf, struct_time_to_date

    if text != text.strip() or text.endswith("/") or len(text.removeprefix("/")) < len("1976"):
        raise BadDate(f"'{text}' is not a date; write EDTF, for example 1976-05-04, 1976-05 or 1976.")
    try:
        known = parse_edtf(text.removeprefix("/"))
        latest = struct_time_to_date(known.upper_strict())
        earliest = BEGINNING if text.startswith("/") else struct_time_to_date(known.lower_strict())
    except (EDTFParseException, ValueError, AttributeError, TypeError):
        raise BadDate(
            f"'{text}' is not a date; write EDTF, for example 1976-05-04, 1976-05, 1976 or 1993-01/1993-03."
        ) from None
    return _spanning(text, earliest, latest)


def _plain(text: str) -> tuple[date, ...]:
    """First and last day of a plain day, month or year; nothing of what only the full grammar reads.

    The grammar takes some twentieths of a second for a date, and nearly all dates are plain.
    """
    match = _PLAIN.fullmatch(text)
    try:
        if not match:
            return (BEGINNING, BEGINNING) if text == "" else ()
        year, month, of_month = (int(part) if part else 0 for part in match.groups())
        first = date(year, month or 1, of_month or 1)
    except ValueError:
        return ()
    if of_month:
        return first, first
    return first, date(year, month or 12, calendar.monthrange(year, month or 12)[1])


def _spanning(text: str, earliest: date, latest: date) -> Span:
    if earliest > latest:
        raise BadDate(f"'{text}' ends before it begins.")
    return Span(earliest, latest, text)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar units (ISO 8601), as final clauses give it.

    Months and years keep the day of the month and clamp to the month's end (rule R23):

    >>> Period.parse("P6M").after(day("2020-08-31"))
    datetime.date(2021, 2, 28)
    """

    years: int
    months: int
    days: int
    text: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``P3M``, ``P150D``, ``P1Y6M``.

        Raises:
            BadDate: any other form.
        """
        match = _PERIOD.fullmatch(text)
        if not match:
            raise BadDate(f"'{text}' is not a period; write ISO 8601, for example P3M, P150D or P1Y.")
        years, months, days = (int(part or 0) for part in match.groups())
        return cls(years, months, days, text)

    def after(self, start: date) -> date:
        """The day that lies this period after ``start``; open ends stay open, and what no calendar reaches is open."""
        return start if start in (OPEN, BEGINNING) else self._shifted(start, 1)

    def before(self, end: date) -> date:
        """The day that lies this period before ``end``, clamped as :meth:`after` is."""
        return end if end in (OPEN, BEGINNING) else self._shifted(end, -1)

    def _shifted(self, start: date, sign: int) -> date:
        months = start.month - 1 + sign * (self.months + 12 * self.years)
        year, month = start.year + months // 12, months % 12 + 1
        try:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, min(start.day, last)) + sign * timedelta(days=self.days)
        except (ValueError, OverflowError):  # before the first or after the last day that a calendar has
            return OPEN if sign > 0 else BEGINNING
