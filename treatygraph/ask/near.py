"""Questions near to one that was refused: with its own names in them, and only such as would be understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from treatygraph.build.index import Index
from treatygraph.language.lexicon import lexicon_of
from treatygraph.language.mentions import Mention
from treatygraph.language.words import words_of

__all__ = ["near_questions"]

_MOST: Final = 3
_OF_TWO: Final = (
    "What remains between {a} and {b}?",
    "What has ended between {a} and {b}?",
    "What happened between {a} and {b}?",
)
_OF_BOTH: Final = ("Is {a} a party to {i}?", "When did {a} join {i}?", "What did {a} do under {i}?")
_OF_ONE: Final = ("Is {i} in force?", "Who is party to {i}?", "What happened to {i}?")
_OF_STATE: Final = ("Which treaties is {a} party to?", "Which treaties has {a} left?")


def near_questions(index: Index, text: str, today: date) -> tuple[str, ...]:
    """At most three questions about the same things; none where the question names nothing of the record.

    Args:
        index: where names are looked up.
        text: the question that was refused.
        today: the day of the question.
    """
    questions = [
        mention
        for mention in lexicon_of(index).mentions(
            words_of(text[:300]), text[:300], today.year, frozenset(), careless=True
        )
        if mention.kind in ("state", "group", "instrument")
    ]
    return tuple(dict.fromkeys(_filled(questions)))[:_MOST]


def _filled(mentions: list[Mention]) -> Iterator[str]:
    patterns: tuple[str, ...]
    powers = [mention.text for mention in mentions if mention.kind != "instrument"]
    instruments = [_named(mention) for mention in mentions if mention.kind == "instrument"]
    if len(set(powers)) > 1 and not instruments:
        patterns = _OF_TWO
    elif powers and instruments:
        patterns = _OF_BOTH
    elif instruments:
        patterns = _OF_ONE
    elif powers:
        patterns = _OF_STATE if mentions[0].kind == "state" else ()
    else:
        return
    first = powers[0] if powers else ""
    other = next((name for name in powers if name != first), "")
    for pattern in patterns:
        yield pattern.format(a=first, b=other, i=instruments[0] if instruments else "")


def _named(mention: Mention) -> str:
    return (
        mention.text
        if len(mention.text) <= 6 and mention.text.isupper()
        else f"the {mention.text.removeprefix('the ')}"
    )
