"""A sentence with all that is found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from treatygraph.language.days import Clock, dates_in
from treatygraph.language.lexicon import Lexicon
from treatygraph.language.mentions import Amount, Mention, TextDate, VerbGroup
from treatygraph.language.numbers import quantities
from treatygraph.language.verb_groups import verb_groups
from treatygraph.language.words import Word, words_of

__all__ = ["Sentence", "scan"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its findings, each with its place in the whole text."""

    text: str
    """The whole text."""
    start: int
    end: int
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[TextDate, ...]
    numbers: tuple[Amount, ...]
    verbs: tuple[VerbGroup, ...]

    @property
    def quote(self) -> str:
        """The sentence as written."""
        return self.text[self.start : self.end]

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.quote.rstrip("\"”’' ").endswith("?")

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words from one place to another."""
        return tuple(word for word in self.words if start <= word.start and word.end <= end)

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)


def scan(
    text: str, start: int, end: int, lexicon: Lexicon, clock: Clock, states: frozenset[str] = frozenset()
) -> Sentence:
    """What is found in one sentence.

    Args:
        text: the whole text.
        start: where the sentence begins.
        end: where it ends.
        lexicon: the names.
        clock: what relative days are counted from.
        states: named in the text so far.
    """
    words = words_of(text, start, end)
    mentions = tuple(lexicon.mentions(words, text, clock.today.year, states))
    named = frozenset(i for m in mentions if m.kind in ("state", "body") for i in m.ids)
    if not named <= states:  # a short form may need a state that stands in the same sentence
        mentions = tuple(lexicon.mentions(words, text, clock.today.year, states | named))
    dates = _dates(text, start, end, clock, mentions)
    dates = _to_come(text, dates, clock, tuple(verb_groups(words, _taken(words, mentions))))
    numbers = tuple(
        number for number in quantities(text, start, end) if not _inside(number.start, number.end, [*mentions, *dates])
    )
    mentions = tuple(_with_year(mention, dates, text) for mention in mentions)
    return Sentence(
        text, start, end, words, mentions, dates, numbers, tuple(verb_groups(words, _taken(words, mentions)))
    )


def _taken(words: Sequence[Word], mentions: Sequence[Mention]) -> set[int]:
    """The words, by number, that are parts of names."""
    return {number for number, word in enumerate(words) if _inside(word.start, word.end, mentions)}


def _to_come(text: str, dates: Sequence[TextDate], clock: Clock, verbs: Sequence[VerbGroup]) -> tuple[TextDate, ...]:
    """Days without a year that follow a verb in the future are to come ("will suspend as of 7 December")."""
    ahead = []
    for when in dates:
        before = [verb for verb in verbs if verb.end <= when.start]
        if (
            before
            and _looks_ahead(before[-1])
            and not re.search(r"\d{4}|last|ago|yesterday|earlier", text[when.start : when.end])
        ):
            again = [
                w
                for w in dates_in(text, replace(clock, ahead=True), max(0, when.start - 12), when.end)
                if w.end == when.end
            ]
            ahead.append(replace(again[0], start=when.start, role=when.role) if again else when)
        else:
            ahead.append(when)
    return tuple(ahead)


def _looks_ahead(verb: VerbGroup) -> bool:
    return verb.mood == "future" or (
        verb.act in ("enter", "expire") and verb.tense == "present" and verb.mood == "fact"
    )


def _dates(text: str, start: int, end: int, clock: Clock, mentions: Sequence[Mention]) -> tuple[TextDate, ...]:
    """The dates of a sentence: none inside a name, those of a sentence in the future to come."""
    dates = tuple(when for when in dates_in(text, clock, start, end) if not _inside(when.start, when.end, mentions))
    year = next((when.first.year for when in dates if _is_year_of(when, mentions)), None)
    year = year or next((int(m.text[:4]) for m in mentions if m.kind == "instrument" and m.text[:4].isdigit()), None)
    if year is not None and any(when.first == when.last for when in dates):
        dated = replace(clock, year=year)
        dates = tuple(when for when in dates_in(text, dated, start, end) if not _inside(when.start, when.end, mentions))
    return dates


def _is_year_of(when: TextDate, mentions: Sequence[Mention]) -> bool:
    """Whether a year belongs to a name right after it."""
    return len(when.value) == 4 and any(
        0 < mention.start - when.end <= 2 for mention in mentions if mention.kind == "instrument"
    )


def _with_year(mention: Mention, dates: Sequence[TextDate], text: str) -> Mention:
    if mention.kind != "instrument":
        return mention
    if mention.text[:4].isdigit() and mention.text[:2] in ("18", "19", "20"):
        return replace(mention, year=mention.text[:4])
    for when in dates:
        if len(when.value) != 4 or when.role != "on":
            continue
        gap = text[when.end : mention.start] if when.end <= mention.start else text[mention.end : when.start]
        if when.end <= mention.start and gap.strip().casefold() in ("", "ottawa", "vienna") and len(gap) < 10:
            return replace(mention, year=when.value)
        if when.start >= mention.end and gap.strip().casefold() == "of":
            return replace(mention, year=when.value)
    return mention


def _inside(start: int, end: int, places: Sequence[Mention | TextDate]) -> bool:
    return any(place.start <= start and end <= place.end for place in places)


def day_of(text: str) -> date:
    """A day in ISO form."""
    return date.fromisoformat(text)
