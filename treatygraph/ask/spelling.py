"""What a mistyped word was meant as: the one word of a vocabulary that is a slip of the finger away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

__all__ = ["meant"]

_SHORTEST: Final = 5
_LONG: Final = 8
"""A word of so many letters may have two slips."""


@lru_cache(maxsize=4096)
def meant(word: str, vocabulary: frozenset[str]) -> str:
    """The word that was meant; empty where none, or more than one, is as near. A letter left out is likelier.

    The first letter is taken to be right: people rarely miss it, and without it "Narnia" is Armenia.

    >>> meant("frnace", frozenset({"france", "fiance"}))
    'france'
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    most = 2 if len(word) >= _LONG else 1
    near = [(_slips(word, other, most), other) for other in _alike(word, vocabulary, most)]
    if len(word) <= _SHORTEST:  # so short a word with another letter in it is mostly another word: "child", "Chile"
        near = [(slips, other) for slips, other in near if len(other) != len(word) or sorted(other) == sorted(word)]
    best = min((slips for slips, _ in near), default=most + 1)
    words = [other for slips, other in near if slips == best <= most]
    longer = [other for other in words if len(other) > len(word)]
    return words[0] if len(words) == 1 else longer[0] if len(longer) == 1 else _swapped(word, words)


def _swapped(word: str, words: Iterable[str]) -> str:
    """Of several equally near: the only one with the same letters in another order; else empty."""
    same = [other for other in words if sorted(other) == sorted(word)]
    return same[0] if len(same) == 1 else ""


def _alike(word: str, vocabulary: frozenset[str], most: int) -> Iterable[str]:
    return (
        other for other in vocabulary if other[0] == word[0] and abs(len(other) - len(word)) <= most and len(other) > 3
    )


def _slips(one: str, other: str, most: int) -> int:
    """Letters left out, added, changed or swapped with a neighbour (Damerau and Levenshtein); above ``most`` any."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for place, wanted in enumerate(other, 1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
