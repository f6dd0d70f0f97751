"""Lengths of time in English text, as ISO 8601 periods: "six months" is P6M."""

from __future__ import annotations

import re
from typing import Final

from treatygraph.language.numbers import value_of

__all__ = ["PERIOD", "period_in", "period_of"]

_NUMBER: Final = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty(?:[- ]five)?|"
    r"twenty|thirty|sixty|ninety|"
    r"one hundred and (?:fifty|eighty)|a hundred and fifty)"
)
PERIOD: Final = re.compile(
    (
        rf"\b(?P<number>{_NUMBER})(?:[\s-]+|[\s-]+(?:more|further|additional|full|calendar)[\s-]+)(?P<unit>day|month|"
        rf"year|week)s?\b"
    ),
    re.IGNORECASE,
)
"""A length of time in a text."""


def period_of(match: re.Match[str]) -> str:
    """The period of a match of :data:`PERIOD`; empty where the number cannot be read."""
    word = match["number"].casefold()
    number = (
        int(word)
        if word.isdigit()
        else 1
        if word in ("a", "an")
        else value_of(word.removeprefix("a ").replace("hundred", "hundred")) or 0
    )
    if word.startswith("a hundred"):
        number = 150
    unit = match["unit"].casefold()
    if unit == "week":
        return f"P{number * 7}D" if number else ""
    return f"P{number}{unit[0].upper()}" if number else ""


def period_in(text: str, *, at_start: bool = False) -> str:
    """The first length of time in a text, or only one that begins it; empty where there is none.

    >>> period_in("for another five years"), period_in("three months later", at_start=True)
    ('P5Y', 'P3M')
    """
    match = PERIOD.search(text)
    if not match or (at_start and len(re.findall(r"\w+", text[: match.start()])) > 1):
        return ""
    return period_of(match)
