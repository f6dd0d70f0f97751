"""What the graph tells of one thing: its statements, what belongs to it, and how many of which kind point to it.

A description with every triple that names the thing would be a flood: of the Non-Proliferation Treaty 3,232 of 3,276
triples were bare back-links (2026-11-30). So back-links are counted by kind, and told page by page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from treatygraph.model.terms import BASE, PREFIXES, READINGS

__all__ = [
    "HYDRA", "PAGE", "Backlinks", "Description", "Pointing", "described", "label_of", "pointing", "triples_of",
    "triples_of_page",
]  # fmt: skip

PAGE: Final = 100
"""Back-links of one kind on a page."""
_PARTS: Final = frozenset(
    ("clause", "conflict", "life", "link", "membership", "participation", "relation", "statement", "status", "tenure")
)
"""Kinds of record that belong to what they point to, and are told with it."""
_MOST: Final = 40
"""Parts of one kind up to which they are told whole; more are counted as other back-links are."""
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_NAMED: Final = tuple(NamedNode(PREFIXES[prefix] + name) for prefix, name in (
    ("rdfs", "label"), ("skos", "prefLabel"), ("dcterms", "title"),
))  # fmt: skip
_READINGS: Final = NamedNode(READINGS)
HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
"""The vocabulary in which pages of a collection are told."""
_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")


@dataclass(frozen=True, order=True)
class Backlinks:
    """The records of one kind that point to a thing by one property."""

    kind: str
    """The kind of record, as addresses have it: ``act``; ``scheme`` of concepts, ``other`` of what is not ours."""
    term: str
    """The address of the property."""
    readings: bool
    """Whether they are what other legal views yield."""
    count: int

    @property
    def key(self) -> str:
        """How an address names them: ``act.instrument``, ``standing.instrument.readings``."""
        return ".".join((self.kind, _local(self.term), *(("readings",) if self.readings else ())))


@dataclass(frozen=True)
class Description:
    """One thing."""

    own: tuple[Triple, ...]
    """What is said of it, sorted."""
    parts: dict[str, tuple[Triple, ...]]
    """What is said of each record that belongs to it, by their addresses."""
    back: tuple[Backlinks, ...]
    """What else points to it."""
    labels: dict[str, str] = field(default_factory=dict)
    """What everything that the triples name is called, in English, where it is called something."""

    @property
    def is_empty(self) -> bool:
        """Whether the graph has no such thing."""
        return not (self.own or self.parts or self.back)


@dataclass(frozen=True)
class Pointing:
    """One page of the back-links of one kind."""

    subjects: tuple[tuple[str, str], ...]
    """Address and label of each record, in order of address."""
    term: str
    count: int
    pages: int


def described(store: Store, address: str) -> Description:
    """What the graph tells of a thing; empty where it has none of that address."""
    node = NamedNode(address)
    own = _said(store, node)
    parts: dict[str, tuple[Triple, ...]] = {}
    back: list[Backlinks] = []
    for (kind, term, readings), subjects in _groups(store, node).items():
        if kind in _PARTS and len(subjects) <= _MOST and not readings:
            parts |= {subject.value: _said(store, subject) for subject in sorted(subjects, key=str)}
        else:
            back.append(Backlinks(kind, term, readings, len(subjects)))
    triples = (*own, *(triple for part in parts.values() for triple in part))
    return Description(own, parts, tuple(sorted(back)), dict(_labels(store, triples)))


def pointing(store: Store, address: str, key: str, page: int) -> Pointing | None:
    """A page of the records that point to a thing, by the key of :class:`Backlinks`; None where there is none.

    Args:
        store: the graph.
        address: the thing.
        key: the kind, the property and whether other readings are meant.
        page: counted from 1; each has :data:`PAGE` records.
    """
    for (kind, term, readings), subjects in _groups(store, NamedNode(address)).items():
        if Backlinks(kind, term, readings, len(subjects)).key == key:
            pages = -(-len(subjects) // PAGE)
            shown = sorted(subject.value for subject in subjects)[(page - 1) * PAGE : page * PAGE]
            named = tuple((one, label_of(store, one)) for one in shown)
            return Pointing(named, term, len(subjects), pages) if shown else None
    return None


def _groups(store: Store, node: NamedNode) -> dict[tuple[str, str, bool], set[NamedNode]]:
    """Everything that points to a node, by its kind, the property and whether another reading yields it."""
    groups: dict[tuple[str, str, bool], set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, None, node):
        if isinstance(quad.subject, NamedNode) and quad.subject != node:
            key = _kind(quad.subject.value), quad.predicate.value, quad.graph_name == _READINGS
            groups.setdefault(key, set()).add(quad.subject)
    return groups


def _local(term: str) -> str:
    return re.split(r"[#/]", term)[-1]


def _kind(address: str) -> str:
    """The kind of record, as an address has it: looking up the classes of 13,000 records took three seconds."""
    path = address.removeprefix(BASE)
    return path.removeprefix("id/").partition("/")[0].partition("#")[0] if path != address else "other"


def _said(store: Store, node: NamedNode) -> tuple[Triple, ...]:
    return tuple(sorted({quad.triple for quad in store.quads_for_pattern(node, None, None)}, key=str))


def _labels(store: Store, triples: Iterable[Triple]) -> Iterator[tuple[str, str]]:
    """The labels of what triples point to and say it by, each once."""
    named = {term.value for one in triples for term in (one.predicate, one.object) if isinstance(term, NamedNode)}
    yield from ((address, label) for address in sorted(named) if (label := label_of(store, address)))


def label_of(store: Store, address: str) -> str:
    """What a thing is called in English; empty where it has no label."""
    node = NamedNode(address)
    for term in _NAMED:
        values = [quad.object for quad in store.quads_for_pattern(node, term, None)]
        labels = [one.value for one in values if isinstance(one, Literal) and one.language in ("en", None)]
        if labels:
            return min(labels)
    return ""


def triples_of(statements: Description, address: str, document: str) -> list[Triple]:
    """A description as RDF: statements, parts, labels, and for each kind of back-link where its pages are.

    Args:
        statements: the description.
        address: the thing.
        document: the address of the document about it, to which pages of back-links belong.
    """
    label = _NAMED[0]
    triples = [*statements.own, *(one for part in statements.parts.values() for one in part)]
    said = {one.subject.value for one in triples if isinstance(one.subject, NamedNode) and one.predicate == label}
    triples += [
        Triple(NamedNode(name), label, Literal(text, language="en"))
        for name, text in statements.labels.items() if name not in said
    ]  # fmt: skip
    for kind in statements.back:
        pages = NamedNode(f"{document}?links={kind.key}")
        triples += _collection(pages, kind.kind, kind.term, kind.count)
        triples.append(Triple(NamedNode(address), NamedNode(f"{HYDRA}collection"), pages))
    return triples


def _collection(node: NamedNode, kind: str, term: str, count: int) -> list[Triple]:
    label = f"{count} of the kind {kind} that point to it by {_local(term)}"
    return [
        Triple(node, _TYPE, NamedNode(f"{HYDRA}Collection")),
        Triple(node, _NAMED[0], Literal(label, language="en")),
        Triple(node, NamedNode(f"{HYDRA}totalItems"), Literal(str(count), datatype=_INTEGER)),
    ]


def triples_of_page(statements: Pointing, address: str, document: str, key: str, page: int) -> list[Triple]:
    """A page of back-links as RDF: each with its label and the triple by which it points, and the next page."""
    start = f"{document}?links={key}"
    pages, here = NamedNode(start), NamedNode(f"{start}&page={page}")
    hydra = {name: NamedNode(HYDRA + name) for name in ("member", "view", "next", "previous")}
    triples = _collection(pages, key.partition(".")[0], statements.term, statements.count)
    triples.append(Triple(pages, hydra["view"], here))
    for subject, label in statements.subjects:
        one = NamedNode(subject)
        triples += [Triple(pages, hydra["member"], one), Triple(one, NamedNode(statements.term), NamedNode(address))]
        if label:
            triples.append(Triple(one, _NAMED[0], Literal(label, language="en")))
    for name, other in (("previous", page - 1), ("next", page + 1)):
        if 1 <= other <= statements.pages:
            triples.append(Triple(here, hydra[name], NamedNode(f"{start}&page={other}")))
    return triples
