"""Takes what a user types: codes, ids, titles, abbreviations, aliases, in any case and with accents or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from treatygraph.model.errors import UnknownName

if TYPE_CHECKING:
    from treatygraph.model.records import Facts

__all__ = ["AMBIGUOUS", "AMBIGUOUS_KEYS", "Name", "has_numbers_of", "key", "names", "nearest", "unknown"]

Name = tuple[str, str, str, str]
"""Key to look up, kind of record (``state``, ``group``, ``instrument``, ``official``), id, name as shown."""


class _Meant(NamedTuple):
    said: str
    ids: tuple[str, ...]


AMBIGUOUS: Final = {
    "OST": _Meant("the Outer Space Treaty and the Treaty on Open Skies", ("outer-space", "open-skies")),
    "START III": _Meant(
        "New START and the framework of 1997 that was never concluded", ("new-start", "helsinki-statement-1997")
    ),
    "SALT": _Meant("SALT I and SALT II", ("salt-1-interim", "salt-2")),
    "START": _Meant("START I, START II and New START", ("start-1", "start-2", "new-start")),
}
"""Abbreviations that are used for more than one instrument, for which, and their ids: no card bears them."""
_NUMBERS: Final = re.compile(r"\d+")
_NEAR: Final = 70
"""How alike a suggestion must be (0 to 100)."""
_WHOLE: Final = 90
"""How near a name counts in which the words typed stand whole."""
_LONG: Final = 4
"""Of so many letters a word may stand within a name."""
_GENERIC: Final = frozenset(
    (
        "treaty", "convention", "agreement", "protocol", "pact", "accord", "statement", "declaration", "resolution",
        "memorandum",
    )
)  # fmt: skip
"""Nouns that make names alike which have nothing else in common."""
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


AMBIGUOUS_KEYS: Final = {key(name): meant.ids for name, meant in AMBIGUOUS.items()}
"""The same abbreviations as they are compared."""


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


def has_numbers_of(text: str, name: str) -> bool:
    """Whether a name has every number of a text: what differs by a number is another thing (resolutions 715, 1718)."""
    return set(_NUMBERS.findall(text)) <= set(_NUMBERS.findall(name))


def nearest(text: str, known: Mapping[str, str] | Sequence[tuple[str, str]], limit: int = 3) -> tuple[str, ...]:
    """The shown names that come closest to ``text``; empty when none is near.

    Of an abbreviation that is used for several instruments: those that it is used for. Near is a name of which few
    letters differ, or one in which the words stand whole: partial likeness brings Brazil for "British" (2026-11-30).
    """
    from rapidfuzz import fuzz, process

    pairs = dict(known)
    if asked_back := tuple(pairs[key(name)] for name in AMBIGUOUS_KEYS.get(key(text), ()) if key(name) in pairs):
        return asked_back
    wanted = key(text)
    pairs = {name: shown for name, shown in pairs.items() if has_numbers_of(wanted, name)}
    scored: dict[str, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for match, score, _ in process.extract(wanted, list(pairs), scorer=scorer, score_cutoff=_NEAR, limit=12):
            apart = fuzz.ratio(_without_nouns(wanted), _without_nouns(match))  # Kyoto Protocol is near no protocol
            if apart >= _NEAR:
                scored[match] = max(score, scored.get(match, 0))
    words = set(wanted.split())
    if len(wanted) >= _LONG and not words <= _GENERIC:
        for name, shown in pairs.items():
            if words <= set(key(shown).split()):
                scored[name] = max(_WHOLE, scored.get(name, 0))
    order = sorted(scored, key=lambda name: (-scored[name], len(name), name))
    return tuple(dict.fromkeys(pairs[name] for name in order))[:limit]


def _without_nouns(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _GENERIC and not word.isdecimal()) or name


def unknown(what: str, text: str, known: Iterable[tuple[str, str]]) -> UnknownName:
    """The error for a name that no record bears, with the nearest ones."""
    return UnknownName(what, text, nearest(text, dict(known)))
