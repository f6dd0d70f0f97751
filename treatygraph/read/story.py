"""A story as text: its headline, its day, and the places of its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.language.days import Clock, dates_in
from treatygraph.language.words import paragraphs, sentences, word_set, words_of
from treatygraph.model.errors import UsageError

__all__ = ["Story", "is_english", "story_of"]

_DATELINE: Final = re.compile(
    r"\s*(?:By [^\n]{3,60}\n\s*)?(?P<place>[A-Z][\w.'’/ -]{1,40}?(?:, [A-Z][\w.]+)?)?(?:\s*[,.(]\s*|"
    r"\s+)?(?P<rest>[^\n]{0,60}?)\s*(?:—|–|--| - |-- )\s*"
)
_UNKNOWN: Final = date(9998, 12, 31)
_ENGLISH: Final = word_set("the of and to in that is was for on with by has have its from as at it be an are not will")
_STAMPS: Final = word_set("by on at published updated posted date dated utc gmt edt est am pm hq first last modified")
_OTHER_SCRIPT: Final = re.compile(r"[^\W\d_a-zA-ZÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Story:
    """The text of a story, and where in it what stands."""

    text: str
    date: date
    is_dated: bool
    """Whether the day was read from the text."""
    headline: tuple[int, int] | None
    paragraphs: tuple[tuple[tuple[int, int], ...], ...]
    """Of each paragraph: the places of its sentences, the date line left out."""


def is_english(text: str) -> bool:
    """Whether the text is in English, by its small words; a text of few words is taken to be.

    >>> is_english("Russland hat den Vertrag über die Begrenzung der Rüstung gekündigt und die Folgen sind schwer.")
    False
    """
    letters = [word.key for word in words_of(text[:4000]) if word.text[0].isalpha()]
    if not letters or len(_OTHER_SCRIPT.findall(text[:4000])) > 0.3 * sum(map(len, letters)):
        return False
    small = sum(word in _ENGLISH for word in letters)
    return small >= 0.12 * len(letters) or (len(letters) < 12 and small > 0) or len(letters) < 5


def story_of(text: str, day: date | None, today: date | None = None) -> Story:
    """The parts of a story.

    Args:
        text: the story, as plain text; a first line without a full stop is its headline.
        day: of the story; None: the day of its date line.
        today: what a date line without a year is counted from, and the day of a story that has none; None: such a
            story is refused.

    Raises:
        UsageError: no day is given, and the text has none.
    """
    places = list(paragraphs(text))
    headline = None
    if len(places) > 1 and _is_headline(text, *places[0]):
        headline = places.pop(0)
    base, written = today or day or _UNKNOWN, None
    while places and (found := _only_date(text, *places[0], base)):
        written = written or found
        places.pop(0)
    if len(places) > 1 and _is_headline(text, *places[0]) and _dateline(text, *places[1], base):
        places.pop(0)  # a second headline, above the date line
    if places and (line := _dateline(text, *places[0], base)):
        written = written or line[1]
        places[0] = line[0], places[0][1]
    if written and written.year == _UNKNOWN.year and not today:
        written = None  # a date line without a year
    when = day or written or today
    if when is None:
        raise UsageError('the story has no day; give its date, or a date line with a year ("GENEVA, 6 Feb 2026 - …").')
    body = tuple(tuple(sentences(text, *place)) for place in places)
    return Story(text, when, bool(day or written), headline, body)


def _dateline(text: str, start: int, end: int, today: date) -> tuple[int, date | None] | None:
    """Where the date line that opens a paragraph ends, and its day; None where the paragraph has none."""
    line = _DATELINE.match(text, start, min(end, start + 110))
    dates = list(dates_in(text, Clock(today), start, line.end() if line else start + 40))
    whole = [w for w in dates if w.first == w.last and any(map(str.isdigit, text[w.start : w.end]))]
    if line and (line["place"] or whole) and (whole or (line["place"] or "").isupper()):
        return line.end(), whole[0].first if whole else None
    if whole and re.fullmatch(r"\s*(?:[A-Z][\w ]{1,25}[,.]\s*)?", text[start : whole[0].start]):
        return whole[0].end + (text[whole[0].end : whole[0].end + 1] in ".,:"), whole[0].first
    return None


def _is_headline(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    return (
        len(line) < 160
        and not re.search(r"[.]['\"”’]?$", line)
        and not re.search(r" (?:—|–|--|-) ", line[:60] if line[:4].isupper() else "")
    )


def _only_date(text: str, start: int, end: int, today: date) -> date | None:
    """The day that a line gives which says nothing else."""
    if end - start > 60:
        return None
    found = [when for when in dates_in(text, Clock(today), start, end) if when.first == when.last]
    rest = text[start : found[0].start] + text[found[0].end : end] if found else ""
    others = [word for word in re.findall(r"[A-Za-z]{2,}", rest) if word.casefold() not in _STAMPS]
    return found[0].first if found and len(others) <= 3 and all(word[0].isupper() for word in others) else None
