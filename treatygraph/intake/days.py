"""Days in words, as registers write them in English, French, German, Dutch, Spanish and Italian.

A day is never guessed: a month stays a month, and what no calendar has is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.model.dates import Span, day
from treatygraph.model.errors import BadDate

__all__ = ["MONTHS", "DateMatch", "Slip", "day_of", "days_in", "numeric", "plain", "slips_in"]

_NAMES: Final = {
    1: "january jan januar jänner janvier janv januari enero ene gennaio gen",
    2: "february feb februar février fevrier févr fevr februari febrero febbraio",
    3: "march mar märz marz mrz mars maart mrt marzo",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mei mayo maggio mag",
    6: "june jun juni juin junio giugno giu",
    7: "july jul juli juillet juil julio luglio lug",
    8: "august aug août aout augustus agosto ago",
    9: "september sep sept septembre septiembre setiembre settembre set",
    10: "october oct oktober okt octobre octubre ottobre ott",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez décembre decembre déc diciembre dic dicembre",
}
MONTHS: Final = {name: number for number, names in _NAMES.items() for name in names.split()}
"""The number of each month by its names and abbreviations in the six languages."""
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL: Final = r"(?:\.|er\b|st\b|nd\b|rd\b|th\b|re\b|º|°|ª|\.º)?"
_WORDS: Final = re.compile(
    rf"(?<![\d/-])(\d{{1,2}}){_ORDINAL}\s*(?:of\s+|de\s+|d[’'])?({_MONTH})\b\.?,?\s*(?:de\s+|del\s+)?(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w)({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_MONTH_ONLY: Final = re.compile(rf"(?<!\w)({_MONTH})\.?,?\s+(?:de\s+)?(\d{{4}})(?!\d)", re.IGNORECASE)
_AFTER_A_DAY: Final = re.compile(rf"\d{_ORDINAL}\s*(?:of\s+|de\s+|d[’'])?$", re.IGNORECASE)
_ISO: Final = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMBERS: Final = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text, and where it stands there."""

    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What is written like a day and is none: 31 April."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    r"""The text on one line, with ordinary spaces and no invisible characters.

    >>> plain(" 3 Jun\t\xa02013 ")
    '3 Jun 2013'
    """
    visible = "".join(" " if c in "\u200b\u00ad\ufeff" else c for c in unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", visible).strip()


def days_in(text: str, order: str = "dmy") -> list[DateMatch]:
    """Every date in ``text``, from left to right.

    Args:
        text: in any of the six languages.
        order: what numbers such as ``02-12-2004`` mean: ``dmy`` or ``mdy``.
    """
    matches: list[DateMatch] = []
    for item in sorted(_candidates(text, order), key=lambda one: (one.start, -one.end)):
        if not matches or item.start >= matches[-1].end:
            matches.append(item)
    return matches


def slips_in(text: str) -> list[Slip]:
    """Every day in words that no calendar has, from left to right."""
    hits = sorted((*_WORDS.finditer(text), *_MONTH_FIRST.finditer(text)), key=lambda hit: hit.start())
    return [Slip(hit[0], hit.start(), hit.end()) for hit in hits if not days_in(hit[0])]


def day_of(text: str, order: str = "dmy") -> Span | None:
    """The one date that ``text`` is; None where it has none, several, or something besides.

    >>> str(day_of("1er mars 1999"))
    '1999-03-01'
    >>> str(day_of("3. Juni 2001"))
    '2001-06-03'
    """
    matches = days_in(text, order)
    if len(matches) != 1 or matches[0].start > 0 or matches[0].end < len(text):
        return None
    return matches[0].span


def _candidates(text: str, order: str) -> Iterator[DateMatch]:
    for hit in _WORDS.finditer(text):
        yield from _made(hit, hit[3], MONTHS[hit[2].lower()], hit[1])
    for hit in _MONTH_FIRST.finditer(text):
        yield from _made(hit, hit[3], MONTHS[hit[1].lower()], hit[2])
    for hit in _ISO.finditer(text):
        yield from _made(hit, hit[1], int(hit[2]), hit[3])
    for hit in _NUMBERS.finditer(text):
        when = numeric(hit[0], order)
        if when:
            yield DateMatch(when, hit.start(), hit.end())
    for hit in _MONTH_ONLY.finditer(text):
        if _AFTER_A_DAY.search(text[: hit.start()]):  # 31 April 1999 is no April 1999
            continue
        yield DateMatch(Span.parse(f"{hit[2]}-{MONTHS[hit[1].lower()]:02d}"), hit.start(), hit.end())


def _made(hit: re.Match[str], year: str, month: int, day: str) -> Iterator[DateMatch]:
    try:
        yield DateMatch(Span.of(date(int(year), month, int(day))), hit.start(), hit.end())
    except ValueError:  # 31 April: the text has a slip, and the reader hears that it cannot be read
        return


def numeric(text: str, order: str, latest: date | None = None) -> Span | None:
    """A date in figures; a year of two figures is the last one that is not after ``latest``.

    Returns None for any other text, for a day that no calendar has, and for two figures without ``latest``.
    """
    hit = _NUMBERS.fullmatch(text.strip())
    if not hit:
        return _iso(text)
    first, second, year = int(hit[1]), int(hit[3]), int(hit[4])
    day, month = (first, second) if order == "dmy" else (second, first)
    if len(hit[4]) == len("97"):
        if latest is None:
            return None
        year += latest.year // 100 * 100
        year -= 100 if year > latest.year else 0
    try:
        return Span.of(date(year, month, day))
    except ValueError:
        return None


def _iso(text: str) -> Span | None:
    try:
        return Span.of(day(text.strip()))
    except BadDate:
        return None
