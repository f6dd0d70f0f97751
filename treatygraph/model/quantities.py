"""Numbers as people write them: "104", "more than 160", "about 100", "at least 90", "two thirds"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from treatygraph.model.errors import BadNumber

__all__ = ["CARDINALS", "LAST", "ONLY", "ORDINALS", "Quantity", "rank_of"]

_TEENS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
CARDINALS: Final[Mapping[str, int]] = {word: number for number, word in enumerate(_TEENS)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
"""Numbers that are one word: zero to twenty, and the tens."""
_FIRST: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
ORDINALS: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_FIRST, start=1)},
    **{f"{word}th": number for number, word in enumerate(_TEENS) if number > len(_FIRST)},
    **{f"{word[:-1]}ieth": CARDINALS[word] for word in _TENS},
    **{f"{ten}-{word}": CARDINALS[ten] + number for ten in _TENS for number, word in enumerate(_FIRST[:9], start=1)},
    "hundredth": 100,
}
"""Ordinals in words: first to ninety-ninth, and hundredth."""
_SAID: Final = {"no": 0, "none": 0, "a": 1, "once": 1, "twice": 2, "thrice": 3, "a dozen": 12, "dozen": 12, **CARDINALS}
_FRACTIONS: Final = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2), "a third": Fraction(1, 3),
    "one third": Fraction(1, 3), "two thirds": Fraction(2, 3), "three quarters": Fraction(3, 4),
    "a quarter": Fraction(1, 4), "three fourths": Fraction(3, 4),
}  # fmt: skip
_SENSES: Final = {
    "more than": "above", "over": "above", "above": "above", ">": "above", "upwards of": "above", "exceeding": "above",
    "fewer than": "below", "less than": "below", "under": "below", "below": "below", "<": "below",
    "at least": "least", "no fewer than": "least", "no less than": "least", "not less than": "least", ">=": "least",
    "≥": "least", "at most": "most", "no more than": "most", "not more than": "most", "up to": "most", "<=": "most",
    "≤": "most", "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about",
    "circa": "about", "ca.": "about", "~": "about", "≈": "about", "nearly": "nearly", "almost": "nearly",
    "close to": "nearly", "just under": "nearly", "exactly": "", "all": "", "only": "", "just": "",
}  # fmt: skip
_SENSE: Final = re.compile("|".join(re.escape(word) for word in sorted(_SENSES, key=len, reverse=True)))
_NUMBER: Final = re.compile(r"(\d[\d,.\u00a0' ]*)(?:\s*/\s*(\d+))?\s*(\+)?")
_ABOUT: Final = Fraction(5, 100)
_NEARLY: Final = Fraction(10, 100)
_LITTLE: Final = Fraction(1, 100)


LAST: Final = -1
ONLY: Final = 0
_RANKS: Final = {**ORDINALS, "last": LAST, "latest": LAST, "only": ONLY, "sole": ONLY}
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)?")


def rank_of(text: str) -> int:
    """A place in an order: 1 for the first; :data:`LAST`; :data:`ONLY` for the only one.

    >>> rank_of("fifth"), rank_of("161st"), rank_of("last")
    (5, 161, -1)

    Raises:
        BadNumber: it is no place in an order.
    """
    plain = text.casefold().strip()
    match = _ORDINAL.fullmatch(plain)
    if plain not in _RANKS and not match:
        raise BadNumber(f"'{text}' is no place in an order; write first, last, only, fifth or 5.")
    return _RANKS[plain] if plain in _RANKS else int(match.group(1)) if match else ONLY


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: its value, and in what sense.

    ``sense`` is empty for a plain number, ``above``, ``below``, ``least``, ``most``, ``about`` (within 5 %) or
    ``nearly`` (not above, within 10 %).
    """

    value: Fraction
    sense: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read a number as people write it.

        >>> Quantity.parse("more than 1,550").holds(1551)
        True
        >>> Quantity.parse("two thirds").value
        Fraction(2, 3)

        Raises:
            BadNumber: there is no number in it that can be read.
        """
        plain = " ".join(text.casefold().replace("-", " ").replace("\u2009", "").split())
        match = _SENSE.match(plain)
        sense = _SENSES[match.group()] if match else ""
        rest = plain[match.end() :].strip() if match else plain
        value, plus = _value(rest)
        if value is None:
            raise BadNumber(f"'{text}' is not a number; write 104, 'more than 160', 'about 100' or 2/3.")
        return cls(value, "least" if plus and not sense else sense, text)

    def holds(self, number: int | Fraction) -> bool:
        """Whether the recorded ``number`` is what was written."""
        value = self.value
        return {
            "": number == value,
            "above": number > value,
            "below": number < value,
            "least": number >= value,
            "most": number <= value,
            "about": abs(number - value) <= value * _ABOUT,
            "nearly": value * (1 - _NEARLY) <= number <= value,
        }[self.sense]

    def is_near(self, number: int | Fraction) -> bool:
        """Whether it is off by a little: by one, or within 1 %; what is about or nearly so, by 10 %."""
        slack = _NEARLY if self.sense in ("about", "nearly") else _LITTLE
        return abs(number - self.value) <= max(Fraction(1), self.value * slack)

    def could_exceed(self, number: int | Fraction) -> bool:
        """Whether it can still be right where the true number is ``number`` or more."""
        if self.sense in ("above", "least"):
            return True
        if self.sense == "about":
            return self.value * (1 + _ABOUT) >= number
        return self.value >= number


def _value(text: str) -> tuple[Fraction | None, bool]:
    """The number at the start of a text, and whether a plus follows it."""
    words = text.removesuffix(" of them").strip()
    if words in _FRACTIONS:
        return _FRACTIONS[words], False
    match = _NUMBER.match(words)
    if match:
        digits = re.sub(r"[,\u00a0' ]", "", match.group(1)).rstrip(".")
        try:
            whole = Fraction(digits)
        except ValueError:
            return None, False
        return (whole / int(match.group(2)) if match.group(2) and int(match.group(2)) else whole), bool(match.group(3))
    number = _SAID.get(words, _SAID.get(words.partition(" ")[0]))
    return (Fraction(number), False) if number is not None else (None, False)
