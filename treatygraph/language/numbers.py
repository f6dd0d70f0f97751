"""Numbers in English text, in figures and in words, with what qualifies them: "34", "more than 160", "two thirds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import Amount
from treatygraph.model.quantities import CARDINALS, ORDINALS

__all__ = ["quantities", "value_of"]

_WORD: Final = "|".join(sorted([*CARDINALS, "hundred", "thousand", "dozen"], key=len, reverse=True))
_QUALIFIERS: Final = {
    "more than": "more than", "over": "more than", "in excess of": "more than", "upwards of": "more than",
    "at least": "at least", "no fewer than": "at least", "not less than": "at least",
    "fewer than": "fewer than", "less than": "fewer than", "under": "fewer than",
    "up to": "at most", "no more than": "at most", "not more than": "at most", "at most": "at most",
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about",
    "nearly": "about", "almost": "about", "close to": "about", "an estimated": "about",
}  # fmt: skip
_QUALIFIER: Final = "|".join(sorted(_QUALIFIERS, key=len, reverse=True))
_NUMBER: Final = re.compile(
    rf"(?<![\w.,-])(?:(?P<qualifier>{_QUALIFIER})\s+)?"
    rf"(?:(?P<figures>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>st|nd|rd|"
    rf"th)?(?:[-–](?P<upper>\d[\d,]*))?"
    rf"|(?P<ordinal>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    rf"|(?:(?:a|one)\s+(?=half|third|quarter|hundred|dozen))?(?P<words>(?:{_WORD})(?:(?:\s+and\s+|"
    rf"[\s-]+)(?:{_WORD}))*)"
    r"(?:[\s-](?P<fraction>thirds?|quarters?))?)(?![\w-]*\w)",
    re.IGNORECASE,
)


def quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Every number of a stretch of text; places count from the beginning of the whole text.

    >>> [q.text for q in quantities("more than 160 of the 1,550 and two thirds")]
    ['more than 160', '1550', '2/3']
    """
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        number = _value(match)
        if number is None:
            continue
        value, plain = number
        qualifier = _QUALIFIERS[" ".join(match["qualifier"].casefold().split())] if match["qualifier"] else ""
        is_ordinal = bool(match["suffix"] or match["ordinal"])
        yield Amount(value, f"{qualifier} {plain}".strip(), match.start(), match.end(), is_ordinal)


def _value(match: re.Match[str]) -> tuple[float, str] | None:
    if match["figures"]:
        plain = match["figures"].replace(",", "")
        if match["upper"]:
            return float(plain), f"{plain}-{match['upper'].replace(',', '')}"
        return float(plain), plain
    if match["ordinal"]:
        number = ORDINALS[match["ordinal"].casefold()]
        return float(number), str(number)
    value = value_of(match["words"])
    if value is None:
        return None
    if match["fraction"]:
        parts = 3 if match["fraction"].casefold().startswith("third") else 4
        return value / parts, f"{value}/{parts}"
    return float(value), str(value)


def value_of(words: str) -> int | None:
    """The number that words spell; None where they spell none.

    >>> value_of("one hundred and twenty-two"), value_of("dozen")
    (122, 12)
    """
    total, part = 0, 0
    for word in re.split(r"[\s-]+", words.casefold()):
        if word in CARDINALS:
            part += CARDINALS[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        elif word != "and":
            return None
    return total + part
