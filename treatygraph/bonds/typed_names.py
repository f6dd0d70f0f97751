"""Names as people, newspapers and official lists write them, where no record bears the very words.

Each rule turns a text into others that mean the same: brackets, commas, years, generic nouns, short forms. They are
applied again to what they yield, three times at most; the fewest steps win. What names two instruments is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.names import key
from treatygraph.model.terms import BASE

__all__ = ["Lookup", "typed_name"]

Lookup = Callable[[str], Iterable[tuple[str, str]]]
"""The kinds and ids of the records that bear a name exactly."""

_STEPS: Final = 3
_ALIKE: Final = 75
"""How alike a part of ``A, B`` must be to a name of the record that the other part names (0 to 100)."""
_NOUNS: Final = ("treaty", "convention", "agreement", "accord", "pact", "deal")
"""Nouns that people add to the name of any instrument, or leave out; a protocol is another instrument."""
_SHORT: Final = {
    "rep": ("republic",), "dem": ("democratic",), "is": ("islands",), "isl": ("islands",), "st": ("saint",),
    "s": ("south",), "n": ("north",), "e": ("east",), "w": ("west",), "eq": ("equatorial",),
    "fed": ("federated", "federal"), "sts": ("states",), "herz": ("herzegovina",), "afr": ("african",),
    "fyr": ("former yugoslav republic of",), "pdr": ("people s democratic republic",),
    "rb": ("bolivarian republic of",),
    "unscr": ("security council resolution",), "unsc": ("security council resolution", "security council"),
}  # fmt: skip
"""Short forms of official lists (World Bank, Natural Earth, the United Nations)."""
_BRACKETS: Final = (re.compile(r"^(.*?)\s*\(([^()]*)\)\s*([^()]*)$"), re.compile(r"^([^(]*?)\s*\((.*)\)()$"))
"""The last bracket, and the outermost one."""
_YEAR: Final = r"(1[89]\d\d|20\d\d)"
_YEARS: Final = (
    re.compile(rf"^(?P<name>.*\S)[\s,]+(?:of\s+)?\(?(?P<year>{_YEAR})\)?$"),
    re.compile(rf"^(?P<year>{_YEAR})\s+(?P<name>\S.*)$"),
)
_FOUR: Final = re.compile(r"\b\d{4}\b")
_ITEM: Final = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(Q[1-9]\d*)")


class _Form(NamedTuple):
    """A text to look up; the instrument found must have been there in ``year``, where one was written."""

    text: str
    year: int = 0
    part: str = ""
    """What was left out and must be like a name of the record."""


def typed_name(index: Index, text: str, kinds: Sequence[str], lookup: Lookup) -> tuple[str, str] | None:
    """The kind and id of the record that is meant; None where no rule leads to one.

    Raises:
        UsageError: several records are meant; they are listed.
    """
    if addressed := _addressed(index, text.strip(), kinds):
        return addressed
    level = [_Form(text.strip())]
    for _ in range(_STEPS):
        level = list(dict.fromkeys(form for known in level for form in _turned(index, known, kinds)))
        matches = [(form, hit) for form in level for hit in lookup(form.text) if _fits(index, form, hit)]
        dated = [(form, hit) for form, hit in matches if form.year in _beginnings(index, hit)]
        hits = list(dict.fromkeys(hit for _, hit in dated or matches))
        if len(hits) == 1 or (hits and hits[0][0] != "instrument"):
            return hits[0]
        if hits:
            raise _several(text, [record for _, record in hits])
    return _by_surname(index, text, kinds)


def _several(text: str, records: Sequence[str]) -> UsageError:
    return UsageError(f"'{text}' names several: {', '.join(records)}. Use one of these ids.")


def _addressed(index: Index, text: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """The record of an address of ours, or of an item of Wikidata that is linked as the very thing."""
    if text.startswith(f"{BASE}id/"):
        kind, _, record = text.removeprefix(f"{BASE}id/").partition("/")
        return (kind, record) if kind in kinds and record in index.ids(kind) else None
    if item := _ITEM.fullmatch(text):
        for link in index.all_links():
            if link.item == item[1] and link.predicate == "exactMatch" and not link.rejected and link.kind in kinds:
                return link.kind, link.record
    return None


def _fits(index: Index, form: _Form, hit: tuple[str, str]) -> bool:
    kind, record = hit
    if form.part and not _alike(index, form.part, hit):
        return False
    if not form.year:
        return True
    if kind != "instrument":
        return False
    starts = _beginnings(index, hit)
    ends = [int(year) for year in _FOUR.findall(index.summary(record).end)]
    return not starts or (min(starts) <= form.year and (not ends or form.year <= max(ends)))


def _beginnings(index: Index, hit: tuple[str, str]) -> set[int]:
    """The years in which an instrument was signed and entered into force; empty of other records."""
    if hit[0] != "instrument":
        return set()
    card = index.summary(hit[1])
    return {int(year) for text in (card.signed, card.entry) for year in _FOUR.findall(text)}


def _alike(index: Index, part: str, hit: tuple[str, str]) -> bool:
    wanted = key(part)
    return any(
        fuzz.ratio(wanted, name) >= _ALIKE
        for name, entries in index.names()
        for entry in entries
        if (entry.kind, entry.record) == hit
    )


# -- rules ------------------------------------------------------------------------------------------------------------


def _turned(index: Index, form: _Form, kinds: Sequence[str]) -> Iterator[_Form]:
    """Everything that one rule makes of a form, the surest first."""
    text = form.text
    for bracket in filter(None, (pattern.match(text) for pattern in _BRACKETS)):
        before, inside, after = bracket.groups()
        if not re.fullmatch(_YEAR, inside):
            yield form._replace(text=f"{before} {after}".strip())
            yield form._replace(text=inside, part=f"{before} {after}".strip())
    if not form.year:
        for dated in filter(None, (pattern.match(text) for pattern in _YEARS)):
            yield form._replace(text=dated["name"], year=int(dated["year"]))
    if "/" in text:
        yield from _parts(form, text.split("/"))
    if ", " in text:
        yield from _around_comma(index, form, kinds)
    words = key(text).split()
    if any(word in _SHORT for word in words):
        for chosen in product(*(_SHORT.get(word, (word,)) for word in words)):
            yield form._replace(text=" ".join(chosen))
    if "instrument" in kinds and words:
        yield from (form._replace(text=other) for other in _with_other_noun(words))


def _parts(form: _Form, parts: Sequence[str]) -> Iterator[_Form]:
    """``LTBT/PTBT``: one part, where the other is like a name of the same record."""
    known = [part.strip() for part in parts if part.strip()]
    if len(known) == 2:
        yield form._replace(text=known[0], part=known[1])
        yield form._replace(text=known[1], part=known[0])


def _around_comma(index: Index, form: _Form, kinds: Sequence[str]) -> Iterator[_Form]:
    """``Tanzania, United Republic of``; ``Iran, Islamic Rep.``; ``Moldova, Republic of``, as there is one Moldova."""
    head, _, tail = (part.strip() for part in form.text.partition(", "))
    if "state" in kinds:
        yield form._replace(text=f"{tail} {head}")
        yield form._replace(text=f"{tail} of {head}")
        if _is_alone(index, head):
            yield form._replace(text=head)
    if "instrument" in kinds:
        yield from _parts(form, (head, tail))


def _is_alone(index: Index, name: str) -> bool:
    """Whether the word stands in the names of one state alone: of no Congo, Guinea, Korea or Yemen."""
    wanted = f" {key(name)} "
    bearers = {
        entry.record
        for known, entries in index.names()
        for entry in entries
        if entry.kind == "state" and wanted in f" {known} "
    }
    return len(bearers) == 1


def _with_other_noun(words: Sequence[str]) -> Iterator[str]:
    """``NPT treaty``, ``mine ban``, ``Treaty of Tlatelolco``: a noun added, left out, or moved.

    A noun is added to two words or more: one word may be a place (the Paris Agreement is no Pact of Paris).
    """
    if words[0] in _NOUNS and len(words) > 2 and words[1] in ("of", "on"):
        rest = " ".join(words[2:])
        yield rest
        yield f"{rest} {words[0]}"
    if words[-1] in _NOUNS and len(words) > 1:
        bare = " ".join(words[:-1])
        yield bare
        yield f"{words[-1]} of {bare}"
    elif len(words) > 1 and words[-1] not in ("protocol", "resolution"):
        yield from (f"{' '.join(words)} {noun}" for noun in _NOUNS[:3])


def _by_surname(index: Index, text: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """The one official with this surname, whichever end of the name it stands at.

    Raises:
        UsageError: several bear it.
    """
    wanted = key(text).split()
    if "official" not in kinds or not wanted:
        return None
    many = len(wanted)
    bearers = [
        (record, person.name)
        for record, person in index.officials().items()
        if record.split("-")[:many] == wanted or key(person.name).split()[-many:] == wanted
    ]
    if len(bearers) > 1:
        names = ", ".join(f"{name} ({record})" for record, name in bearers)
        raise UsageError(f"'{text}' is the surname of several: {names}. Use one of these ids.")
    return ("official", bearers[0][0]) if bearers else None
