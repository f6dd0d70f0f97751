"""Dates as people write them in English: found in a question, taken out of it, and never guessed.

"1 May 2021" and "today" are days. "May 2021" and "1999" are not: they stay intervals, and who asks is told
which days were taken. Figures such as 05/01/2021 are read in two ways, so they are refused.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from treatygraph.model.errors import BadDate

__all__ = ["When", "dates_in"]

_MONTHS: Final = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:18|19|20|21)\d\d"
_SURE: Final = (
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTH})\.?,?\s+{_YEAR}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|(?:{_MONTH})\.?,?\s+{_YEAR}"
    r"|\d{4}-\d{2}-\d{2}(?![\w-])"
)
"""A date wherever it stands."""
_LOOSE: Final = rf"{_SURE}|\d{{4}}-\d{{2}}(?![\w-])|{_YEAR}(?![\w-])"
"""What is a date only after a word that says so: a year can be part of a name."""
_NOW: Final = r"today|right now|now|currently|at present|at the moment|presently|nowadays"
_AS_KNOWN: Final = r"(?:as\s+)?(?:known|recorded|on\s+record)\s+(?:by|on|as\s+of|at)"
_LEAD: Final = rf"{_AS_KNOWN}|as\s+of|since|after|before|until|till|up\s+to|through|from|during|by|on|in|at"

_RANGE: Final = re.compile(rf"\b(?:between|from)\s+({_LOOSE})\s+(?:and|to|until|till)\s+({_LOOSE})", re.IGNORECASE)
_LED: Final = re.compile(rf"\b({_LEAD})\s+({_LOOSE}|{_NOW})\b", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?<![\w-])({_SURE}|{_NOW})(?![\w-])", re.IGNORECASE)
_FIGURES: Final = re.compile(r"(?<![\w./-])\d{1,2}([./])\d{1,2}\1\d{2,4}(?![\w/-])")
_ROLES: Final = {
    "since": "since", "from": "since", "after": "after", "before": "before", "until": "until", "till": "until",
    "up to": "until", "through": "until", "by": "by",
}  # fmt: skip


@dataclass(frozen=True)
class When:
    """A date of a question: what it is for, and the first and the last day that it can mean."""

    role: str
    """``on``, ``since``, ``until``, ``by`` or ``known``."""
    first: date
    last: date
    said: str
    """As the question has it."""

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.first == self.last


def dates_in(text: str, today: date) -> tuple[str, tuple[When, ...]]:
    """The question without its dates, and the dates.

    >>> dates_in("Who was party to the NPT on 1 May 2021?", date(2026, 1, 1))[1][0].first
    datetime.date(2021, 5, 1)

    Args:
        text: the question.
        today: what "today" and "now" mean.

    Raises:
        BadDate: a date does not exist, or is written in figures that can be read in two ways.
    """
    if figures := _FIGURES.search(text):
        raise BadDate(f"'{figures[0]}' can be read in two ways; write 1 May 2021 or 2021-05-01.")
    found: list[When] = []

    def taken(match: re.Match[str]) -> str:
        found.extend(_whens(match, today))
        return " "

    for pattern in (_RANGE, _LED, _BARE):
        text = pattern.sub(taken, text)
    return text, tuple(found)


def _whens(match: re.Match[str], today: date) -> Iterator[When]:
    if match.re is _RANGE:
        (first, _), (_, last) = _ends(match[1], today), _ends(match[2], today)
        yield When("since", first, first, match[1])
        yield When("until", last, last, match[2])
    elif match.re is _LED:
        yield _led(match[1], match[2], today)
    else:
        yield When("on", *_ends(match[1], today), match[1])


def _led(word: str, said: str, today: date) -> When:
    first, last = _ends(said, today)
    word = " ".join(word.casefold().split())
    role = "known" if re.fullmatch(_AS_KNOWN, word) else _ROLES.get(word, "on")
    if role == "after":
        return When("since", last + timedelta(days=1), last + timedelta(days=1), f"after {said}")
    if role == "before":
        return When("until", first - timedelta(days=1), first - timedelta(days=1), f"before {said}")
    if role == "since":
        return When(role, first, first, said)
    if role in ("until", "by", "known"):
        return When(role, last, last, said)
    return When(role, first, last, said)


def _ends(said: str, today: date) -> tuple[date, date]:
    """The first and the last day that a date can mean."""
    if re.fullmatch(_NOW, said, re.IGNORECASE):
        return today, today
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        when = _day(said, *map(int, said.split("-")))
        return when, when
    parts = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", said.casefold())
    numbers = [int(part) for part in re.findall(r"\d+", parts)]
    word = next((part for part in re.findall(r"[a-z]+", parts) if part in _MONTHS), "")
    if not word and len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    year = max(numbers)
    month = _MONTHS[word] if word else numbers[1]
    days = [number for number in numbers if number != year] if word else []
    if days:
        when = _day(said, year, month, days[0])
        return when, when
    first = _day(said, year, month, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _day(said: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as problem:
        raise BadDate(f"there is no day '{said.strip()}': {problem}.") from None
