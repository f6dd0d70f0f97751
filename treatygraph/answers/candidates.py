"""Which records a name may mean: as people write it, in any language, with the reason for each candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from treatygraph.build.index import Index
from treatygraph.labels import called
from treatygraph.model import names

__all__ = ["KINDS", "NameCandidate", "candidates"]

KINDS: Final = ("instrument", "state", "group", "official", "topic")
"""Kinds of record that are looked through."""
_MOST: Final = 8
_GENERIC: Final = frozenset((
    "treaty", "convention", "agreement", "protocol", "accord", "pact", "the", "on", "of", "and", "for",
    "traite", "vertrag", "tratado", "accordo", "abkommen", "договор",
    "d", "de", "du", "des", "la", "le", "les", "l", "un", "sur", "der", "die", "das", "del", "el", "los", "sobre", "y",
    "und", "et",
))  # fmt: skip
"""Words that many titles have: they tell none apart."""
_NEAR: Final = 84
"""Of 100: a name as far from what was written as this is no candidate."""
_SAME: Final = {"nukes": "nuclear", "nuke": "nuclear", "mines": "mine", "landmines": "landmine", "germ": "biological",
                "gas": "chemical", "arms": "weapons"}  # fmt: skip


class NameCandidate(NamedTuple):
    """A record that may be meant."""

    kind: str
    id: str
    title: str
    why: str


def candidates(index: Index, text: str, kinds: Sequence[str] = KINDS) -> tuple[NameCandidate, ...]:
    """The records that ``text`` may mean, those that bear the name first; empty where nothing comes near.

    Args:
        index: the built graph.
        text: a name as people write it.
        kinds: only records of these kinds.
    """
    nearest: dict[tuple[str, str], NameCandidate] = {}
    for item in (*_exact(index, text), *_foreign(index, text, kinds), *_shared(index, text), *_containing(index, text)):
        if item.kind in kinds:
            nearest.setdefault((item.kind, item.id), item)
    if not nearest:
        nearest = {(item.kind, item.id): item for item in _near(index, text, kinds)}
    return tuple(nearest.values())[:_MOST]


def _exact(index: Index, text: str) -> Iterator[NameCandidate]:
    for entry in index.named(names.key(text)):
        yield NameCandidate(entry.kind, entry.record, _title(index, entry.kind, entry.record), "exact")
    topic = names.key(text).replace(" ", "-")
    if topic in index.topics():
        yield NameCandidate("topic", topic, topic.replace("-", " "), "exact")


def _foreign(index: Index, text: str, kinds: Sequence[str]) -> Iterator[NameCandidate]:
    from treatygraph.build.cache import labels_file

    other = called(text, [kind for kind in kinds if kind != "topic"], labels_file())
    if other:
        yield NameCandidate(*other, _title(index, *other), "in another language")


def _shared(index: Index, text: str) -> Iterator[NameCandidate]:
    """What an abbreviation that is used for several instruments is used for, with or without "Treaty"."""
    key = " ".join(word for word in names.key(text).split() if word not in _GENERIC)
    for name, meant in names.AMBIGUOUS.items():
        if names.key(name) == key:
            for record in meant.ids:
                if record in index.summaries():
                    yield NameCandidate("instrument", record, index.summary(record).title, "used for several")


def _containing(index: Index, text: str) -> Iterator[NameCandidate]:
    """Records whose name has every word that tells something."""
    words = [_SAME.get(word, word) for word in names.key(text).split() if word not in _GENERIC]
    if not words:
        return
    hits: dict[tuple[str, str], tuple[int, str]] = {}
    for key, entries in index.names():
        parts = key.split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            for entry in entries:
                best = hits.get((entry.kind, entry.record), (99, ""))
                hits[(entry.kind, entry.record)] = min(best, (len(parts), entry.shown))
    for topic in index.topics():
        if all(word in topic for word in words):
            hits[("topic", topic)] = (len(topic.split("-")), topic)
    for (kind, record), _ in sorted(hits.items(), key=lambda hit: (hit[1][0], hit[0])):
        yield NameCandidate(kind, record, _title(index, kind, record), "contains the words")


def _near(index: Index, text: str, kinds: Sequence[str]) -> Iterator[NameCandidate]:
    """Names that differ by a slip of the pen."""
    from rapidfuzz import fuzz, process

    key = names.key(text)
    rows = ((name, entry) for name, entries in index.names() if names.has_numbers_of(key, name) for entry in entries)
    known = {name: entry for name, entry in rows if entry.kind in kinds}
    if len(key) < 4:
        return
    close = process.extract(key, list(known), scorer=fuzz.ratio, limit=_MOST, score_cutoff=_NEAR)
    for name, _, _ in close:
        entry = known[name]
        yield NameCandidate(entry.kind, entry.record, _title(index, entry.kind, entry.record), "near")


def _title(index: Index, kind: str, record: str) -> str:
    if kind == "instrument":
        return index.summary(record).title
    if kind == "state":
        life = index.existence(record)
        return life.name if life else record
    if kind == "group":
        group = index.group(record)
        return group.title if group else record
    if kind == "official":
        person = index.official(record)
        return person.name if person else record
    return record.replace("-", " ")
