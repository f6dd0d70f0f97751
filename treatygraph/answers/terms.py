"""What a word of an answer means: concepts, rules, classes and properties, with the definitions of the ontology."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph

from treatygraph.answers.wording import authority_name
from treatygraph.model import names
from treatygraph.model.errors import UsageError
from treatygraph.model.folders import room
from treatygraph.model.terms import ONTOLOGY, SCHEMES

if TYPE_CHECKING:
    from treatygraph.build.index import Index

__all__ = ["VALUES", "Term", "TermList", "explain", "term", "terms"]

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_SOURCE: Final = "http://purl.org/dc/terms/source"
_FILES: Final = ("schemes.ttl", "rules.ttl", "treatygraph.ttl")


@dataclass(frozen=True)
class Term:
    """A word with its meaning.

    ``scheme`` is the list that it belongs to (``flag``, ``topic``, ``rule`` …), ``vocabulary`` for a class or property,
    and ``group``, ``office`` or ``reading`` for what the record itself names. ``broader`` and ``narrower`` are ids of
    the same list, ``source`` the article that a rule follows, ``use`` the rule by which the record takes the word (of
    topics); both are empty where there is none.
    """

    scheme: str
    id: str
    label: str
    definition: str
    iri: str
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    source: str = ""
    use: str = ""

    @property
    def answer(self) -> str:
        """The meaning as a sentence."""
        law = f" ({self.source})" if self.source else ""
        label = "" if self.label.replace(" ", "-") == self.id else f", {self.label}"
        return f"{self.id}{label} ({self.scheme}): {self.definition}{law}"

    def to_dict(self) -> dict[str, object]:
        """The term as JSON."""
        return {"answer": self.answer, "scheme": self.scheme, "id": self.id, "label": self.label,
                "definition": self.definition, "use": self.use or None, "source": self.source or None, "iri": self.iri,
                "broader": list(self.broader), "narrower": list(self.narrower)}  # fmt: skip


@dataclass(frozen=True)
class TermList:
    """All words of one list, in the order of their ids."""

    name: str
    answer: str
    terms: tuple[Term, ...]

    def to_dict(self) -> dict[str, object]:
        """The list as JSON."""
        return {"answer": self.answer, "list": self.name, "terms": [item.to_dict() for item in self.terms]}


@lru_cache(maxsize=1)
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Every term of the ontology by scheme; the schemes themselves under ``""``.

    The three files are parsed in 4 ms (2026-11-30), so nothing is generated from them.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in _FILES:
        for quad in pyoxigraph.parse(path=str(room("ontology") / name), format=pyoxigraph.RdfFormat.TURTLE):
            value = quad.object
            if not isinstance(value, pyoxigraph.Triple) and not isinstance(quad.subject, pyoxigraph.Triple):
                said[quad.subject.value][quad.predicate.value].append(value.value)
    narrower: dict[str, list[str]] = defaultdict(list)
    for address, facts in said.items():
        for above in facts[f"{_SKOS}broader"]:
            narrower[above].append(address)
    made = [_term(address, facts, narrower[address]) for address, facts in sorted(said.items())]
    grouped: dict[str, list[Term]] = defaultdict(list)
    for item in made:
        if item and item.definition:
            grouped[item.scheme].append(item)
    return {scheme: tuple(sorted(members, key=_order)) for scheme, members in sorted(grouped.items())}


def _order(item: Term) -> tuple[str, int, str]:
    """Rules by number, all else by id."""
    digits = item.id.lstrip("RK")
    return (item.id[:1], int(digits), "") if item.scheme == "rule" and digits.isdecimal() else ("", 0, item.id)


def _term(address: str, facts: Mapping[str, list[str]], narrower: list[str]) -> Term | None:
    def first(*properties: str) -> str:
        return next((values[0] for name in properties if (values := facts.get(name))), "")

    def ids(addresses: list[str]) -> tuple[str, ...]:
        return tuple(sorted(item.rpartition("/")[2] for item in addresses))

    meaning = first(f"{_SKOS}definition", f"{_RDFS}comment")
    if address.startswith(SCHEMES):
        scheme, _, name = address.removeprefix(SCHEMES).partition("/")
        return Term(scheme if name else "", first(f"{_SKOS}notation") or name or scheme,
                    first(f"{_SKOS}prefLabel", f"{_RDFS}label"), meaning, address,
                    ids(facts.get(f"{_SKOS}broader", [])), ids(narrower), first(_SOURCE),
                    first(f"{_SKOS}scopeNote"))  # fmt: skip
    if address.startswith(ONTOLOGY) and address != ONTOLOGY:
        return Term("vocabulary", address.removeprefix(ONTOLOGY), first(f"{_RDFS}label"), meaning, address)
    return None


def term(name: str) -> Term | None:
    """The term that ``name`` names by id or label, in any case, with blanks or hyphens; None where there is none.

    Where several lists have it, the one whose words answers print comes first: flags, standings, rules, acts.
    """
    wanted = names.key(name)
    ranked = sorted(terms(), key=lambda scheme: _RANK.get(scheme, len(_RANK)))
    every = [item for scheme in ranked for item in terms()[scheme]]
    by_id = next((item for item in every if names.key(item.id) == wanted), None)
    return by_id or next((item for item in every if names.key(item.label) == wanted), None)


_RANK: Final = {
    scheme: rank
    for rank, scheme in enumerate(("flag", "standing", "rule", "status", "topic", "act", "instrument-kind", "reading"))
}
"""Which list comes first where several have a word."""


def _groups(index: Index) -> list[Term]:
    return [
        Term("group", item.id, item.title, f"{_counted(len(index.memberships(item.id)), 'membership')} on record.", "")
        for item in index.groups().values()
    ]


def _offices(index: Index) -> list[Term]:
    holders: dict[str, set[str]] = defaultdict(set)
    for official in index.officials():
        for tenure in index.tenures(official):
            holders[tenure.office].add(official)
    return [
        Term("office", name, name, f"{_counted(len(people), 'holder')} on record.", "")
        for name, people in holders.items()
    ]


def _readings(index: Index) -> list[Term]:
    shared = terms()["reading"]
    voices = Counter(reading for instrument in index.disputed() for reading in index.readings(instrument))
    for item in shared:
        del voices[item.id]
    return [
        *shared,
        *(
            Term("reading", name, authority_name(index, name), f"Its view of {_counted(count, 'instrument')}.", "")
            for name, count in voices.items()
        ),
    ]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


VALUES: Final[Mapping[str, Callable[[Index], list[Term]]]] = {
    "group": _groups, "office": _offices, "reading": _readings,
}  # fmt: skip
"""Lists of what the record names; the other lists are the schemes of the ontology."""


def explain(index: Callable[[], Index], name: str | None) -> Term | TermList:
    """A word with its meaning, a list of words, or without a name the list of lists.

    Args:
        index: opens the graph; called only for a list of what the record names.
        name: a term (``signature-duty-ended``, ``R23``), or a list in singular or plural (``topics``, ``groups``).

    Raises:
        UsageError: there is no such word; the nearest are named.
    """
    lists = (*terms()[""], *(Term("", key, f"{key}s", "As the record names them.", "") for key in VALUES))
    lists = tuple(sorted({item.id: item for item in reversed(lists)}.values(), key=_order))
    if name is None:
        return TermList("lists", f"{len(lists)} lists of words; see one with: treatygraph explain NAME", lists)
    wanted = names.key(name).replace(" ", "-")
    for key in (item.id for item in lists):
        if wanted in (key, f"{key}s", f"{key}es"):
            listed = VALUES[key](index()) if key in VALUES else terms()[key]
            ordered = tuple(sorted(listed, key=_order))
            return TermList(key, f"{_counted(len(ordered), 'word')} of the list '{key}'.", ordered)
    meaning = term(name)
    if meaning is None:
        every = {names.key(item.id): item.id for words in terms().values() for item in words}
        near = names.nearest(name, every)
        hint = f" Did you mean: {', '.join(near)}?" if near else ""
        raise UsageError(f"Unknown term: '{name}'.{hint} See all lists: treatygraph explain")
    return meaning
