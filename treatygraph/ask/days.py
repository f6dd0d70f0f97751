"""Dates of a question, found by the reader of days that stories have too; here are the ways of asking alone.

A date in figures is taken where it can be read in one way. A day that does not exist is refused, never guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from treatygraph.ask.frame import When
from treatygraph.language.days import Clock
from treatygraph.language.days import dates_in as dates_of_text
from treatygraph.language.mentions import TextDate
from treatygraph.language.numbers import value_of
from treatygraph.model.dates import day
from treatygraph.model.errors import BadDate

__all__ = ["dates_in", "figures_spelled"]

_FIGURES: Final = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\w/-])")
_SHORT_FIGURES: Final = re.compile(r"(?<![\w./-])\d{1,2}([./])\d{1,2}\1\d{2}(?![\w/-])")
_ISO: Final = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
_MONTHS: Final = "|".join(name for name in (*calendar.month_name, *calendar.month_abbr) if name)
_LONG: Final = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTHS})|({_MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?),? (\d{{4}})\b",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    r"(?:\bas\s+)?\b(?:known|recorded|on\s+record)\s+(?:by|on|as\s+of|at)?\s*(?:the\s+)?$", re.IGNORECASE
)
_MONTH_FORM: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?![\w-])")
_COUNT: Final = r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple of)?\s*"
_STRETCH: Final = re.compile(
    r"\b(?:(?:in|over|during|for)\s+)?(?:the\s+)?(?P<way>within|next|coming|following|last|past|previous)\s+(?:the\s+)?"
    rf"(?:next\s+|coming\s+)?{_COUNT}(?P<unit>day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)
_SPANS: Final = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINS: Final = re.compile(r"\s*(?:and|to|until|till|through|-|–)?\s*(?:the\s+|on\s+)?", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"\b(?:since|from|until|till|up to|through|by|before|after|earlier than|later than|during|as of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ROLES: Final = {"since": "since", "until": "until", "by": "by"}


def figures_spelled(text: str) -> str:
    """The text with dates in figures as YYYY-MM-DD.

    >>> figures_spelled("on 12/31/1979 and 1.1.2006")
    'on 1979-12-31 and 2006-01-01'

    Raises:
        BadDate: one can be read in two ways, or is no day.
    """
    if short := _SHORT_FIGURES.search(text):
        raise BadDate(f"'{short[0]}' can be read in two ways; write 1 May 2021 or 2021-05-01.")

    def spelled(match: re.Match[str]) -> str:
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        days = {(year, month, number) for month, number in ((first, second), (second, first)) if month <= 12}
        if len(days) > 1:
            raise BadDate(f"'{match[0]}' can be read in two ways; write 1 May 2021 or 2021-05-01.")
        for parts in days:
            return _day(match[0], *parts).isoformat()
        raise BadDate(f"there is no day '{match[0]}'.")

    return _MONTH_FORM.sub(_month_spelled, re.sub(r"\bas\s+(?:of|at)\b", "on", _FIGURES.sub(spelled, text)))


def _month_spelled(match: re.Match[str]) -> str:
    number = int(match[2])
    return f"{calendar.month_name[number]} {match[1]}" if 1 <= number <= 12 else match[0]


def dates_in(text: str, today: date) -> tuple[When, ...]:
    """The dates of a question, in order, each with its place.

    >>> dates_in("Who was party to the NPT on 1 May 2021?", date(2026, 1, 1))[0].first
    datetime.date(2021, 5, 1)

    Args:
        text: the question, its figures spelled out.
        today: what relative days are counted from.

    Raises:
        BadDate: a date does not exist.
    """
    for match in _ISO.finditer(text):
        day(match[0])
    for match in _LONG.finditer(text):
        month = next(number for number in range(1, 13) if _is_month(match[2] or match[3], number))
        _day(match[0], int(match[5]), month, int(match[1] or match[4]))
    stretches = tuple(_stretches(text, today))
    plain = tuple(
        when
        for when in dates_of_text(text, Clock(today))
        if all(when.end <= other.start or when.start >= other.end for other in stretches)
    )
    return tuple(sorted((*stretches, *_joined(text, plain)), key=lambda when: when.start))


def _is_month(name: str, number: int) -> bool:
    return name.casefold() in (calendar.month_name[number].casefold(), calendar.month_abbr[number].casefold())


def _stretches(text: str, today: date) -> Iterator[When]:
    """Stretches from today on, or up to it: "within the next two years", "in the last decade"."""
    for match in _STRETCH.finditer(text):
        way = match["way"].casefold()
        if match["n"] is None and way not in ("within", "coming") and match["unit"].casefold() != "decade":
            continue  # last year and next month are stretches of their own
        count = _number(match["n"]) * {"decade": 10}.get(match["unit"].casefold(), 1)
        ahead = way in ("next", "coming", "following", "within")
        other = _moved(today, match["unit"].casefold(), count if ahead else -count)
        yield When("on", min(today, other), max(today, other), match[0].strip(), match.start(), match.end())


def _number(text: str | None) -> int:
    if not text or text.casefold() in ("a", "an"):
        return 1
    return int(text) if text.isdigit() else {"few": 3, "couple of": 2}.get(text.casefold()) or value_of(text) or 1


def _moved(today: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit in ("year", "decade") else 1)
    last = calendar.monthrange(months // 12, months % 12 + 1)[1]
    return date(months // 12, months % 12 + 1, min(today.day, last))


def _joined(text: str, dates: tuple[TextDate, ...]) -> Iterator[When]:
    """Each date with its role; "between A and B" and "from A to B" are one stretch."""
    at = 0
    while at < len(dates):
        one, when = dates[at], _when(text, dates[at])
        following = dates[at + 1] if at + 1 < len(dates) else None
        if following and ((one.role == "since" and following.role == "until") or _SPANS.search(text[: one.start])):
            gap = text[one.end : following.start]
            if (_JOINS.fullmatch(gap) and gap.strip()) or following.role == "until":
                yield replace(when, role="on", last=following.last, text=text[one.start : following.end],
                              end=following.end)  # fmt: skip
                at += 2
                continue
        yield when
        at += 1


def _when(text: str, text_date: TextDate) -> When:
    lead = _LEAD.search(text[: text_date.start])
    start = lead.start() if lead else text_date.start
    said, before = text[text_date.start : text_date.end], text[: text_date.start]
    role, first, last = _ROLES.get(text_date.role, "on"), text_date.first, text_date.last
    if _KNOWN.search(re.sub(r"\b(?:by|on|at)\s*(?:the\s+)?$", "", before, flags=re.IGNORECASE)):
        role = "known"
    elif text_date.role == "after" or re.search(r"\bafter\s+(?:the\s+)?$", before, re.IGNORECASE):
        role, first = "since", text_date.last + timedelta(days=1)
        last = first
    elif text_date.role == "before":
        role, last = "until", text_date.first - timedelta(days=1)
        first = last
    elif role == "since":
        last = first
    elif role in ("until", "by"):
        first = last
    return When(role, first, last, said, start, text_date.end)


def _day(said: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as problem:
        raise BadDate(f"there is no day '{said.strip()}': {problem}.") from None
