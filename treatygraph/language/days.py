"""Days in English text, counted from the day of the text: "on Tuesday", "last November", "a year later", "3 May".

What is no day stays an interval: a month, a year, "early 2020". A day and month without a year are the latest such day
that is not after the text, unless the text speaks of what is to come.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from treatygraph.language.mentions import TextDate
from treatygraph.language.numbers import value_of

__all__ = ["Clock", "dates_in", "month_span", "year_span"]

_MONTHS: Final = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_WEEKDAYS: Final = {name.casefold(): number for number, name in enumerate(calendar.day_name)} | {
    name.casefold(): number for number, name in enumerate(calendar.day_abbr)
}
_M: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_W: Final = "(?:" + "|".join(name.casefold() for name in calendar.day_name) + ")"
_Y: Final = r"(?:18|19|20)\d\d"
_N: Final = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|\d{1,3})"
)
_UNIT: Final = r"(?:(?:day|week|month|year|decade)s?|century|centuries)"
_YEARS: Final = {"decade": 10, "decades": 10, "century": 100, "centuries": 100}
_D: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_ROLES: Final = {
    "since": "since", "from": "since", "until": "until", "till": "until", "to": "until", "through": "until",
    "by": "by", "before": "before", "after": "after", "as of": "since",
}  # fmt: skip
_LEAD: Final = r"(?:(?P<lead>since|from|until|till|to|through|by|before|after|as of|on|in|of|during)\s+(?:the\s+)?)?"


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative days are counted from."""

    today: date
    """The day of the text."""
    anchor: tuple[date, date] | None = None
    """The last day, month or year named before: what "a year later" and "the same day" count from."""
    is_near: bool = False
    """Whether that day stands in the same sentence."""
    year: int | None = None
    """The year that days without one belong to, where the text says so ("the 1994 framework, signed on 21 October")."""
    ahead: bool = False
    """Whether days without a year are to come."""


def year_span(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


Span = tuple[date, date]
Reader = Callable[[Mapping[str, str], Clock], Span | None]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 1 if text in ("a", "an") else value_of(text) or 1


def _back(day: date, unit: str, count: int) -> Span:
    """The day, month or year that lies ``count`` units before."""
    if unit.startswith("day"):
        day_before = day - timedelta(days=count)
        return day_before, day_before
    if unit.startswith("week"):
        day_before = day - timedelta(weeks=count)
        return day_before - timedelta(days=3), day_before + timedelta(days=3)
    if unit.startswith("month"):
        months = day.year * 12 + day.month - 1 - count
        return month_span(months // 12, months % 12 + 1)
    return year_span(day.year - count * _YEARS.get(unit, 1))


def _full(match: Mapping[str, str], _: Clock) -> Span | None:
    return _day(int(match["y"]), _MONTHS[match["m"].rstrip(".")], int(match["d"]))


def _iso(match: Mapping[str, str], _: Clock) -> Span | None:
    return _day(int(match["y"]), int(match["n"]), int(match["d"]))


def _day(year: int, month: int, number: int) -> Span | None:
    try:
        whole = date(year, month, number)
    except ValueError:
        return None
    return whole, whole


def _month(match: Mapping[str, str], _: Clock) -> Span | None:
    return month_span(int(match["y"]), _MONTHS[match["m"].rstrip(".")])


def _bare_day(match: Mapping[str, str], clock: Clock) -> Span | None:
    month, number = _MONTHS[match["m"].rstrip(".")], int(match["d"])
    if match.get("same") and clock.anchor:
        return _day(clock.anchor[0].year, month, number)
    if clock.year:
        return _day(clock.year, month, number)
    return _nearest(clock, lambda year: _day(year, month, number))


def _nearest(clock: Clock, span: Callable[[int], Span | None]) -> Span | None:
    """The latest that has begun by the day of the text, or the next where the text looks ahead."""
    order = (0, 1, 2) if clock.ahead else (0, -1, -2, -3, -4)
    for step in order:
        nearest = span(clock.today.year + step)
        if nearest and (nearest[1] > clock.today if clock.ahead else nearest[0] <= clock.today):
            return nearest
    return None


def _bare_month(match: Mapping[str, str], clock: Clock) -> Span | None:
    month, which = _MONTHS[match["m"].rstrip(".")], match.get("which") or ""
    this = clock.today.year
    if match.get("lead") == "that":  # "that September": of the year last told
        return month_span(clock.anchor[0].year, month) if clock.anchor else None
    if match.get("rel"):
        years = {"last": -1, "this": 0, "next": 1, "same": 0, "that": 0, "following": 1, "previous": -1}
        word = match["rel"].split()[-1]
        base = clock.anchor[0].year if word in ("same", "that", "following", "previous") and clock.anchor else this
        return month_span(base + years[word], month)
    if which == "next":
        return _nearest(replace(clock, ahead=True), lambda year: month_span(year, month))
    if clock.year:
        return month_span(clock.year, month)
    if which == "last" and month == clock.today.month:
        return month_span(this - 1, month)
    return _nearest(clock, lambda year: month_span(year, month))


def _day_of_year(match: Mapping[str, str], clock: Clock) -> Span | None:
    """A day of a year that is counted from the text: "23 July last year"."""
    month = _bare_month(match, clock)
    return _day(month[0].year, month[0].month, int(match["d"])) if month else None


def _year(match: Mapping[str, str], _: Clock) -> Span | None:
    year = int(match["y"])
    part = (match.get("part") or "").rstrip("- ")
    first, last = year_span(year)
    ends = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part)
    if part == "end of":
        ends = (12, 12)
    return (date(year, ends[0], 1), month_span(year, ends[1])[1]) if ends else (first, last)


def _years(match: Mapping[str, str], _: Clock) -> Span | None:
    first, last = int(match["y"]), int(match["z"])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


_DECADES: Final = {
    f"{word}ies": 1920 + 10 * number
    for number, word in enumerate(("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"))
}


def _decade(match: Mapping[str, str], _: Clock) -> Span | None:
    word = match["decade"]
    begun = int(word[:4]) if word[0].isdigit() and len(word) >= 4 else _DECADES.get(word, 0)
    return (date(begun, 1, 1), date(begun + 9, 12, 31)) if begun else None


def _weekday(match: Mapping[str, str], clock: Clock) -> Span | None:
    number, which = _WEEKDAYS[match["w"]], match.get("which") or ""
    if which == "next" or clock.ahead:
        weekday = clock.today + timedelta(days=(number - clock.today.weekday() - 1) % 7 + 1)
    else:
        back = (clock.today.weekday() - number) % 7
        weekday = clock.today - timedelta(days=back or (7 if which == "last" else 0))
    return weekday, weekday


def _relative(match: Mapping[str, str], clock: Clock) -> Span | None:
    word = " ".join(match["word"].split())
    today = clock.today
    days = {"today": 0, "yesterday": 1, "tomorrow": -1, "tonight": 0, "overnight": 0}
    if word in days:
        return _back(today, "day", days[word])
    which, unit = word.split()[-2:]
    if word.startswith("earlier this") or which == "this":
        first = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
        return first.get(unit, today.replace(month=1, day=1)), today
    if which == "last":
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7)
            return monday, monday + timedelta(days=6)
        return _back(today, unit, 1)
    if unit == "year":
        return year_span(today.year + 1)
    return _back(today, unit, -1)


def _ago(match: Mapping[str, str], clock: Clock) -> Span | None:
    if match.get("today") and match["unit"] not in ("day", "days", "week", "weeks", "month", "months"):
        # "a century ago today": the same day of another year
        years = _number(match["n"]) * _YEARS.get(match["unit"], 1)
        return _day(clock.today.year - years, clock.today.month, clock.today.day)
    return _back(clock.today, match["unit"], _number(match["n"]))


def _later(match: Mapping[str, str], clock: Clock) -> Span | None:
    if match["way"] == "earlier" and not clock.is_near:
        return _ago(match, clock)
    if not clock.anchor:
        return None
    sign = -1 if match["way"] in ("later", "after") else 1
    first, last = clock.anchor
    unit, count = match["unit"], sign * _number(match["n"])
    if unit.startswith(("day", "week")) and first != last:
        return None
    earlier = _back(first, unit, count)
    if unit.startswith("month") and first == last:
        return earlier
    return earlier if unit.startswith(("day", "week", "month")) or first.year == last.year else None


def _same(match: Mapping[str, str], clock: Clock) -> Span | None:
    if not clock.anchor:
        return None
    first, last = clock.anchor
    unit, which = match["unit"], match["which"]
    step = {"following": 1, "next": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(which, 0)
    if unit == "day":
        return (first + timedelta(days=step), first + timedelta(days=step)) if first == last else None
    if unit == "month":
        return _back(first, "month", -step) if (first.year, first.month) == (last.year, last.month) else None
    return year_span(first.year + step) if first.year == last.year else None


_REL: Final = (
    r"(?P<rel>last|this|next|(?:the|that)\s+(?:same|following|previous)|of\s+that|of\s+the\s+same|"
    r"of\s+the\s+following)\s+year"
)
_SAME: Final = r"(?P<same>\s+of\s+(?:that|the\s+same)\s+year)?"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(rf"(?<![\w-]){_LEAD}{pattern}(?![\w%]|-\d)", re.IGNORECASE), reader)
    for pattern, reader in (
        (rf"(?P<y>{_Y})-(?P<n>\d\d)-(?P<d>\d\d)", _iso),
        (rf"(?:{_W},?\s+)?{_D}(?:\s+of)?\s+(?P<m>{_M}),?\s+(?P<y>{_Y})", _full),
        (rf"(?:{_W},?\s+)?(?P<m>{_M})\s+{_D},?\s+(?P<y>{_Y})", _full),
        (rf"(?P<y>{_Y})\s*(?:-|–|to|and|until)\s*(?P<z>{_Y})", _years),
        (rf"(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})", _month),
        (rf"(?:{_W},?\s+)?(?:the\s+)?{_D}(?:\s+of)?\s+(?P<m>{_M}),?\s+(?:{_REL})", _day_of_year),
        (rf"(?:{_W},?\s+)?(?P<m>{_M})\s+{_D},?\s+(?:{_REL})", _day_of_year),
        (rf"(?P<m>{_M})\s+(?:{_REL})", _bare_month),
        (rf"(?:{_W},?\s+)?(?:the\s+)?{_D}(?:\s+of)?\s+(?P<m>{_M}){_SAME}", _bare_day),
        (rf"(?:{_W},?\s+)?(?P<m>{_M})\s+{_D}(?![\d,]*\d){_SAME}", _bare_day),
        (rf"(?:early|late|mid)?-?\s*(?:the\s+)?(?P<decade>{_Y}s|(?:{'|'.join(_DECADES)}))", _decade),
        (rf"(?P<part>early|mid|late|end\s+of)[\s-]+(?P<y>{_Y})", _year),
        (rf"(?P<which>last|next|this|past)\s+(?P<w>{_W})", _weekday),
        (rf"(?P<w>{_W})", _weekday),
        (rf"(?P<n>{_N})\s+(?P<unit>{_UNIT})\s+ago(?P<today>\s+today)?", _ago),
        ((
            r"(?P<word>today|yesterday|tomorrow|tonight|overnight|(?:earlier\s+|later\s+)?(?:this|last|"
            r"next)\s+(?:week|month|year))"
            ), _relative),
        (rf"(?P<which>last|next|this|past)\s+(?P<m>{_M})", _bare_month),
        (rf"(?P<n>{_N})\s+(?P<unit>{_UNIT})\s+(?P<way>later|earlier|after(?=[.,;]|$))", _later),
        (r"(?:the|that)?\s*(?P<which>same|following|next|previous|preceding)\s+(?P<unit>day|month|year)", _same),
        (r"the\s+(?P<unit>day|month|year)\s+(?P<which>after|before)(?=[.,;]|$)", _same),
        (r"(?P<which>that)\s+(?P<unit>day|month|year)", _same),
        (rf"(?P<y>{_Y})", _year),
    )
)  # fmt: skip
_MONTH_ALONE: Final = re.compile(
    rf"(?<![\w-])(?:(?P<lead>since|from|until|till|by|before|after|in|during|of|early in|late in|that)\s+)(?:early\s+|"
        rf"late\s+|mid-)?"
    rf"(?P<m>{_M})(?!\w|\s+\d)", re.IGNORECASE)  # fmt: skip
"""A month without a year, only after a word that says so: "May" and "March" are also other words."""


def dates_in(text: str, clock: Clock, start: int = 0, end: int | None = None) -> Iterator[TextDate]:
    """Every date of a stretch of text, in order; each counts relative days from the one before it.

    >>> [d.value for d in dates_in("in May 1972 and on Friday; a year later", Clock(date(2020, 5, 22)))]
    ['1972-05', '2020-05-22', '2021']
    """
    stop = len(text) if end is None else end
    for match, reader in _ordered(text, start, stop):
        when = reader({name: (value or "").lower() for name, value in match.groupdict().items()}, clock)
        if when is None:
            continue
        clock = replace(clock, anchor=when, is_near=True)
        lead = (match.groupdict().get("lead") or "").casefold()
        yield TextDate(
            _value(*when),
            *when,
            match.end("lead") + 1 if lead else match.start(),
            match.end(),
            _ROLES.get(lead, "on"),
        )


def _ordered(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], Reader]]:
    taken: list[tuple[int, int, re.Match[str], Reader]] = []
    for pattern, reader in (*_PATTERNS, (_MONTH_ALONE, _bare_month)):
        for match in pattern.finditer(text, start, end):
            if all(match.end() <= other[0] or match.start() >= other[1] for other in taken):
                taken.append((match.start(), match.end(), match, reader))
    for _, _, match, reader in sorted(taken, key=lambda item: item[0]):
        yield match, reader


def _value(first: date, last: date) -> str:
    """The span in EDTF, as short as it can be."""
    if first == last:
        return first.isoformat()
    if (first, last) == year_span(first.year):
        return str(first.year)
    if (first, last) == month_span(first.year, first.month):
        return f"{first.year}-{first.month:02d}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}/{last.year}"
    return f"{first.isoformat()}/{last.isoformat()}"


WEEKDAYS: Final[Mapping[str, int]] = _WEEKDAYS
"""Days of the week by name, Monday is 0."""
