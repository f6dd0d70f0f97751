"""The names that a text may use: those of the record, and the capitals, adjectives and short forms of newsrooms.

A name is matched at its longest. A single word that is also a place or a common word ("Ottawa", "start") names an
instrument only where it is written as an abbreviation or a word for a treaty follows ("the Ottawa convention").
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from treatygraph.language.mentions import Mention
from treatygraph.language.words import Word, folded, word_set, words_of

if TYPE_CHECKING:
    from treatygraph.build.index import Index

__all__ = ["GENERIC", "Lexicon", "lexicon_of"]

GENERIC: Final = word_set(
    "treaty treaties pact pacts accord accords agreement agreements convention conventions deal deals protocol "
    "memorandum document regime arrangement declaration ban moratorium"
)
"""Words for an instrument."""
_FILLERS: Final = word_set(
    "nuclear arms control weapons weapon missile reduction strategic mine mines ban landmine landmines "
    "disarmament "
    "limitation inspection inspections surveillance military peace trade non proliferation nonproliferation "
    "cluster munitions overflight observation test testing security"
)
"""Words that may stand between a name and the word for an instrument: "the Ottawa mine ban convention"."""
_STATE_CODES: Final = word_set("US USA UK UAE USSR GDR DDR FRG PRC ROK DPRK DRC EU")
"""Codes that people write for states; all others are other words too ("are", "can", "and")."""
_PLAIN_WORDS: Final = word_set(
    "start sort salt ottawa bangkok kinshasa vladivostok simla seabed hotline psi wa ag poa iti iaea"
)
"""Names of one word that are other words too: careless writing names an instrument by them only before "treaty"."""
_TO_US: Final = word_set("tell show give let remind help")
"""After these "us" is no state."""
_PLACES: Final = word_set("in at near outside from via across around")
"""After these a capital is a place, not a government."""
_DATA: Final = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    kind: str
    id: str
    form: str = "name"
    since: int = 0
    state: str = ""
    needs_noun: bool = False
    others: tuple[str, ...] = ()
    is_phrase: bool = False
    """Whether it is words that name nothing else, however written."""
    noun: str = ""
    """Where it is a name without its word for a treaty, that word: "treaty" of "Treaty of Moscow"."""


@dataclass(slots=True)
class Lexicon:
    """All names by their first word."""

    _entries: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    _surnames: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    states_of_officials: dict[str, str] = field(default_factory=dict)
    """The state of each official, by id."""

    def add(self, entry: _Entry) -> None:
        """Take a name in; the longest are tried first."""
        self._entries[entry.words[0]].append(entry)

    def add_official(self, official: str, name: str, state: str) -> None:
        """Take a person in, by the whole name and by the surname."""
        words = tuple(word.key for word in words_of(name) if word.is_word)
        self.states_of_officials[official] = state
        if len(words) > 1:
            self.add(_Entry(words, "official", official))
            surname = official.split("-", maxsplit=1)[0] if official.split("-", maxsplit=1)[0] in words else words[-1]
            self._surnames[surname].append((words[0] if words[0] != surname else words[-1], official))

    def order(self) -> None:
        """Have the longest names first."""
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry.words))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every name: what a mistyped word may have been meant as."""
        return frozenset(word for entries in self._entries.values() for entry in entries for word in entry.words)

    def surnames(self, surname: str) -> Sequence[tuple[str, str]]:
        """First names and ids of the officials with that surname."""
        return self._surnames.get(surname, ())

    def mentions(
        self, words: Sequence[Word], text: str, year: int, states: frozenset[str], *, careless: bool = False
    ) -> Iterator[Mention]:
        """Every name in a sentence, in order, none inside another.

        Args:
            words: the words of the sentence.
            text: the whole text, for places.
            year: of the text: names that are younger mean something else.
            states: named in the text so far; some short forms need one of them.
            careless: whether capitals tell nothing, as in a typed question.
        """
        at = 0
        while at < len(words):
            mention, count = self._at(words, at, text, year, states, careless)
            if mention:
                yield mention
            at += count

    def _at(
        self, words: Sequence[Word], at: int, text: str, year: int, states: frozenset[str], careless: bool
    ) -> tuple[Mention | None, int]:
        for entry in self._entries.get(words[at].key, ()):
            end = _matched(words, at, entry.words)
            if end is None or year < entry.since or (entry.state and entry.state not in states):
                continue
            if careless:
                stop = _careless_end(entry, words, at, end)
                if stop is None:
                    continue
                end = stop
            elif entry.kind == "instrument":
                stop = _with_noun(words, end)
                if entry.needs_noun and stop == end and not _is_abbreviation(words, at, end):
                    continue
                if (
                    len(entry.words) > 1
                    and stop == end
                    and not entry.is_phrase
                    and entry.words[-1] not in GENERIC
                    and not _has_capital(words, at, end)
                ):
                    continue
                end = stop
            elif (
                not _is_written_as_name(entry, words, at, end)
                or (entry.form == "capital" and _is_place(words, at))
                or (
                    entry.kind == "state"
                    and len(entry.words) == 1
                    and len(entry.words[0]) <= 3
                    and not words[at].text.isupper()
                )
            ):
                continue
            return self._mention(entry, words, at, end, text), end - at
        return None, 1

    @staticmethod
    def _mention(entry: _Entry, words: Sequence[Word], at: int, end: int, text: str) -> Mention:
        first, last = words[at].start, words[end - 1].end
        return Mention(entry.kind, (entry.id, *entry.others), first, last, text[first:last], entry.form)


def _matched(words: Sequence[Word], at: int, wanted: tuple[str, ...]) -> int | None:
    """Where a name that begins at a word ends; marks in it ("Non-Proliferation", "U.S.") are passed over."""
    here = at
    for number, key in enumerate(wanted):
        if number and here < len(words) and not words[here].is_word and words[here].text in "-–.,'’“”\"":
            here += 1
        if number and here < len(words) and words[here].text in '“”"':
            here += 1
        if here >= len(words) or words[here].key != key:
            return None
        here += 1
    if len(wanted) > 1 and all(len(key) == 1 for key in wanted) and here < len(words) and words[here].text == ".":
        here += 1  # the last point of "U.S."
    return here


def _with_noun(words: Sequence[Word], end: int) -> int:
    """The end of a name with the word for an instrument that follows it: "New START (nuclear arms) treaty"."""
    here = end
    if here < len(words) and words[here].text in '”"':
        here += 1
    for _ in range(4):
        if here < len(words) and words[here].text == "-":
            here += 1
        if here >= len(words):
            break
        if words[here].key in GENERIC:
            return here + 1
        if words[here].key not in _FILLERS:
            break
        here += 1
    return end


def _careless_end(entry: _Entry, words: Sequence[Word], at: int, end: int) -> int | None:
    """Where a name ends whose capitals tell nothing; None where the words are no name here."""
    if entry.kind == "instrument":
        stop = _with_noun(words, end)
        bare = entry.needs_noun and stop == end and not _is_abbreviation(words, at, end)
        plain = entry.words[0] in _PLAIN_WORDS and not (at > 0 and words[at - 1].key in ("to", "under"))
        if entry.noun and len(entry.words) == 1 and words[stop - 1].key.rstrip("s") != entry.noun:
            return None  # the Paris agreement is not the pact of Paris
        return None if bare and (entry.noun or plain) else stop
    if entry.form == "capital" and (_is_place(words, at) or _names_a_treaty(words, end)):
        return None
    if entry.words == ("us",) and at > 0 and words[at].text != "US" and words[at - 1].key in _TO_US:
        return None
    return end


def _names_a_treaty(words: Sequence[Word], end: int) -> bool:
    """Whether a place begins the name of an instrument: "the Hague code of conduct"."""
    return end < len(words) and words[end].key in GENERIC | {"code", "statement", "statements", "accords", "principles"}


def _is_abbreviation(words: Sequence[Word], at: int, end: int) -> bool:
    return sum(c.isupper() for word in words[at:end] for c in word.text) > 1


def _has_capital(words: Sequence[Word], at: int, end: int) -> bool:
    return any(word.is_capital for word in words[at:end] if word.is_word and len(word.text) > 2)


def _is_written_as_name(entry: _Entry, words: Sequence[Word], at: int, end: int) -> bool:
    """Whether a name has its capital; names of several words may have it later ("the North", "nuclear powers" none)."""
    if entry.kind == "group" and len(entry.words) > 1:
        return True
    return words[at].is_capital or (len(entry.words) > 1 and words[end - 1].is_capital and entry.kind == "state")


def _is_place(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].key in _PLACES


def lexicon_of(index: Index) -> Lexicon:
    """The lexicon of a graph; made once and kept with it."""
    return index.keep(("lexicon",), lambda: _lexicon(index))


def _lexicon(index: Index) -> Lexicon:
    lexicon = Lexicon()
    _add_record(lexicon, index)
    instruments = index.summaries()
    for row in _rows("newsroom.csv"):
        if row["instrument"] in instruments:
            since, needs = int(row["since"]), row["needs"]
            for phrase in _phrasings(row["phrase"]):
                words = tuple(phrase.split())
                lexicon.add(_Entry(words, "instrument", row["instrument"], since=since, state=needs, is_phrase=True))
    for row in _rows("states.csv"):
        for column, kind, form in (
            ("adjectives", "state", "adjective"),
            ("capitals", "state", "capital"),
            ("seats", "body", "name"),
        ):
            for name in filter(None, row[column].split(";")):
                lexicon.add(_Entry(_key(name), kind, row["code"], form))
    for row in _rows("short_states.csv"):
        first, *others = row["states"].split(";")
        lexicon.add(_Entry(tuple(row["phrase"].split()), "state", first, state=row["needs"], others=tuple(others)))
    lexicon.order()
    return lexicon


def _phrasings(phrase: str) -> Iterator[str]:
    """A phrase, and other ways to say it: "treaty banning (the use of) mines", "treaty that bans mines"."""
    yield phrase
    if " banning " in phrase:
        for words in (
            "banning the use of",
            "prohibiting",
            "prohibiting the use of",
            "outlawing",
            "that bans",
            "to ban",
        ):
            yield phrase.replace(" banning ", f" {words} ")


def _add_record(lexicon: Lexicon, index: Index) -> None:
    dropped = {row["name"] for row in _rows("dropped.csv")}
    for name, entries in index.names():
        words = tuple(name.split())
        kinds = {kind for kind, _, _ in entries}
        for kind, record, _ in entries:
            if kind == "official":
                continue
            if kind == "instrument" and name not in dropped and words:
                for variant, needs_noun in _variants(words):
                    noun = "" if variant == words else words[0] if words[0] in GENERIC else words[-1]
                    lexicon.add(_Entry(variant, kind, record, needs_noun=needs_noun, noun=noun))
            elif (kind == "state" and _is_name(words)) or (
                kind == "group" and words and (kind == "group" and "state" not in kinds)
            ):
                lexicon.add(_Entry(words, kind, record))
    for official in index.officials().values():
        lexicon.add_official(official.id, official.name, official.state)


def _is_name(words: tuple[str, ...]) -> bool:
    if len(words) == 1 and len(words[0]) <= 3:
        return words[0].upper() in _STATE_CODES
    return (bool(words) and not all(len(word) == 1 for word in words[:2])) or words in (
        ("u", "s"),
        ("u", "k"),
        ("u", "s", "a"),
    )


def _variants(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """A name, and what of it can stand before another word for an instrument: "arms trade" of "arms trade treaty"."""
    yield words, len(words) == 1 and words[0] not in GENERIC
    if len(words) > 1 and words[-1] in GENERIC:
        stem = words[:-1]
        if len(stem) > 1 or len(stem[0]) <= 5:
            yield stem, True
    if len(words) > 2 and words[0] in GENERIC and words[1] == "of":
        yield words[2:], True


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(folded(name)) if word.is_word)


@lru_cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    # read once: a served graph may not open files for the lexicon of another day
    with (_DATA / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
