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

__all__ = ["AMBIGUOUS", "Name", "key", "names", "nearest", "unknown"]

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
    """The shown names that come closest to ``text``; empty when none is near.

    Of an abbreviation that is used for several instruments: those that it is used for.
    """
    from rapidfuzz import fuzz, process, utils

    pairs = dict(known)
    meant = next((one.ids for name, one in AMBIGUOUS.items() if key(name) == key(text)), ())
    if asked_back := tuple(pairs[key(name)] for name in meant if key(name) in pairs):
        return asked_back
    matches = process.extract(key(text), list(pairs), scorer=fuzz.WRatio, processor=utils.default_process, limit=12)
    shown = dict.fromkeys(pairs[match] for match, score, _ in matches if score >= 60)
    return tuple(shown)[:limit]


def unknown(what: str, text: str, known: Iterable[tuple[str, str]]) -> UnknownName:
    """The error for a name that no record bears, with the nearest ones."""
    return UnknownName(what, text, nearest(text, dict(known)))
