"""Takes what a user types: codes, ids, titles, abbreviations, aliases, in any case and with accents or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from treatygraph.errors import UnknownName

if TYPE_CHECKING:
    from treatygraph.records import Facts

__all__ = ["Name", "key", "names", "nearest"]

Name = tuple[str, str, str, str]
"""Key to look up, kind of record (``state``, ``group``, ``instrument``, ``official``), id, name as shown."""

_NOISE = re.compile(r"[\W_]+")


@lru_cache(maxsize=16_384)
def key(text: str) -> str:
    """The form under which names are compared: no case, accents, punctuation or leading "the", in any script.

    >>> key("Côte d'Ivoire") == key("COTE D IVOIRE") == key("Côte d’Ivoire")
    True
    >>> key("الإمارات العربية المتحدة") == key("الامارات العربيّة المتحدة")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _NOISE.sub(" ", plain).strip().removeprefix("the ")


def names(facts: Facts) -> Iterator[Name]:
    """Every name of every record that a user may type; the strongest first for each record."""
    for state in facts.states.values():
        for name in (state.code, *state.identifiers.values(), state.name, *state.aliases):
            if not name.isdecimal():
                yield key(name), "state", state.code, state.name
    for group in facts.groups.values():
        for name in (group.id, group.title, *group.aliases):
            yield key(name), "group", group.id, group.title
    for card in facts.instruments.values():
        for name in (card.id, card.short, card.title, *card.aliases):
            yield key(name), "instrument", card.id, card.short
    for official in facts.officials.values():
        for name in (official.id, official.name, official.native_name):
            if name:
                yield key(name), "official", official.id, official.name


def nearest(text: str, known: Mapping[str, str] | Sequence[tuple[str, str]], limit: int = 3) -> tuple[str, ...]:
    """The shown names that come closest to ``text``; empty when none is near."""
    from rapidfuzz import fuzz, process, utils

    pairs = dict(known)
    found = process.extract(key(text), list(pairs), scorer=fuzz.WRatio, processor=utils.default_process, limit=12)
    shown = dict.fromkeys(pairs[match] for match, score, _ in found if score >= 60)
    return tuple(shown)[:limit]


def unknown(what: str, text: str, known: Iterable[tuple[str, str]]) -> UnknownName:
    """The error for a name that no record bears, with the nearest ones."""
    return UnknownName(what, text, nearest(text, dict(known)))
