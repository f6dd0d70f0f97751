"""The terms of the ontology that fit some words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from treatygraph.model.folders import room

__all__ = ["OntologyTerm", "terms"]

_TERM = re.compile(r"(tg:\w+) a owl:(Class|ObjectProperty|DatatypeProperty)\b")
_TEXT = r'{} "((?:[^"\\]|\\.)*)"@en'
_TEXTS = ("rdfs:label", "skos:definition", "skos:example")
_SAME = {
    "expiry": "ended until duration", "expire": "ended until duration", "party": "standing", "parties": "standing",
    "leave": "withdrawal", "exit": "withdrawal", "sign": "signature signed", "force": "entry", "treaty": "instrument",
}  # fmt: skip
"""Words that people look for, and those of the ontology."""


@dataclass(frozen=True)
class OntologyTerm:
    """A class or property."""

    term: str
    kind: str
    label: str
    definition: str
    example: str


@lru_cache(maxsize=1)
def _all() -> tuple[OntologyTerm, ...]:
    text = (room("ontology") / "treatygraph.ttl").read_text(encoding="utf-8")
    described = []
    for block in re.split(r"\n(?=tg:)", text):
        match = _TERM.match(block)
        if match:
            values = [
                re.search(_TEXT.format(name), block) for name in ("rdfs:label", "skos:definition", "skos:example")
            ]
            label, definition, example = (value[1] if value else "" for value in values)
            kind = {"Class": "class", "ObjectProperty": "property"}.get(match[2], "property with a value")
            described.append(OntologyTerm(match[1], kind, label, definition, example))
    return tuple(described)


def terms(search: str) -> list[OntologyTerm]:
    """The terms that fit, the best first."""
    words = set(re.findall(r"\w{3,}", search.casefold()))
    words |= {more for word in words for more in _SAME.get(word, "").split()}
    scored = [(_score(item, words), item) for item in _all()]
    return [item for score, item in sorted(scored, key=lambda pair: (-pair[0], pair[1].term)) if score]


def _score(item: OntologyTerm, words: set[str]) -> int:
    name = f"{item.term[3:]} {item.label}".casefold()
    return sum(4 * (word[:6] in name) + (word[:6] in item.definition.casefold()) for word in words)
