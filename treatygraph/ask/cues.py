"""The words of questions by what each is a sign of, read from ``data/cues.txt``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from treatygraph.language.verbs import ACTS, forms_of

__all__ = ["Cue", "cue_words", "cues"]

_FILE: Final = Path(__file__).resolve().parent / "data" / "cues.txt"
_FIELD_VERBS: Final = {"leave": "left", "denounce": "left"}
"""Kinds of act whose verbs are those of news stories."""


class Cue(NamedTuple):
    """A phrase that is a sign of something in a question."""

    words: tuple[str, ...]
    kind: str
    """``ask``, ``rel``, ``mark``, ``noun``, ``scope`` or ``free``."""
    value: str
    form: str = "base"
    """Of a verb: ``base``, ``s``, ``past``, ``participle`` or ``ing``."""


@lru_cache(maxsize=1)
def cues() -> Mapping[str, tuple[Cue, ...]]:
    """Every cue by its first word, the longest first; of equal ones the one that stands first in the file."""
    table: dict[str, dict[tuple[str, ...], Cue]] = {}
    for cue in _all():
        table.setdefault(cue.words[0], {}).setdefault(cue.words, cue)
    return {
        first: tuple(sorted(by_words.values(), key=lambda cue: -len(cue.words))) for first, by_words in table.items()
    }


@lru_cache(maxsize=1)
def cue_words() -> frozenset[str]:
    """Every word of every cue: what a mistyped word may have been meant as."""
    return frozenset(word for group in cues().values() for cue in group for word in cue.words)


def _all() -> Iterator[Cue]:
    for act, value in _FIELD_VERBS.items():
        for verb in ACTS[act]:
            yield from _forms(verb.split(), 0, "rel", value)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, phrases = line.split(": ", 1)
        kind, _, value = head.partition(" ")
        for phrase in phrases.split(" | "):
            words = phrase.split()
            at = next((number for number, word in enumerate(words) if word.endswith("~")), -1)
            if at < 0:
                yield Cue(tuple(words), kind, value or kind)
            else:
                yield from _forms([word.rstrip("~") for word in words], at, kind, value)


def _forms(words: list[str], verb: int, kind: str, value: str) -> Iterator[Cue]:
    forms = [("are", "s"), *forms_of("be")] if words[verb] == "be" else list(forms_of(words[verb]))
    for form, name in [*forms, *([("is", "s"), ("were", "past")] if words[verb] == "be" else [])]:
        yield Cue((*words[:verb], form, *words[verb + 1 :]), kind, value, name)
