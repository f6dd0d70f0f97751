"""Lists whose tables have become running text: names, dates and what stands between them, told apart by the dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from treatygraph.intake.days import DateMatch, Slip, days_in, slips_in

__all__ = ["Run", "runs"]


@dataclass(slots=True)
class Run:
    """A name with the dates behind it, and the words before, between and after those dates."""

    name: str
    dates: list[DateMatch] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    """What is written like a day and is none: the entry cannot be read."""
    words: list[str] = field(default_factory=list)
    """``words[n]`` stands before ``dates[n]``, without the name; the last one behind the last date."""


def runs(text: str, codes: frozenset[str]) -> Iterator[Run]:
    """The entries of a list in running text.

    Args:
        text: on one line; what is no part of the list is taken out already.
        codes: the words, in lower case, that may stand between the dates of one entry: whatever else stands there
            begins the next name.
    """
    run = Run("")
    end = 0
    tokens: list[DateMatch | Slip] = [*days_in(text), *slips_in(text)]
    for token in sorted(tokens, key=lambda one: one.start):
        before, name = _split(text[end : token.start], codes)
        begun = bool(run.dates or run.slips)
        if begun and not name:
            run.words.append(before)
        else:
            if begun:
                run.words.append(before)
                yield run
            run = _named(name if begun else text[end : token.start], codes)
        if isinstance(token, Slip):
            run.slips.append(token.text)
        else:
            run.dates.append(token)
        end = token.end
    if run.dates or run.slips:
        run.words.append(_split(text[end:], codes)[0])
        yield run


def _split(text: str, codes: frozenset[str]) -> tuple[str, str]:
    """The leading code words of a piece between two dates, and the name behind them."""
    words = text.split()
    number = 0
    while number < len(words) and _bare(words[number]) in codes:
        number += 1
    return " ".join(words[:number]), " ".join(words[number:])


def _named(text: str, codes: frozenset[str]) -> Run:
    """A name and the code words between it and its first date: ``Argentina* ratified``."""
    words = text.split()
    number = len(words)
    while number > 1 and _bare(words[number - 1]) in codes:
        number -= 1
    return Run(" ".join(words[:number]), words=[" ".join(words[number:])])


def _bare(word: str) -> str:
    return word.strip("*()/:,.†1234567890").lower()
