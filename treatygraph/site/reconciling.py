"""Which of our records the rows of somebody's table mean: the reconciliation that OpenRefine and others ask for.

The protocol is the Reconciliation Service API 0.2 of the Entity Reconciliation Community Group of the W3C. Names are
looked up where every command looks them up (:func:`treatygraph.bonds.powers.find`), then in the search of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.dates import OPEN
from treatygraph.model.errors import UsageError
from treatygraph.model.terms import BASE, ONTOLOGY, PREFIXES, iri
from treatygraph.site.search import hits, near
from treatygraph.triplestore.describe import label_of
from treatygraph.triplestore.graphs import PLAIN

__all__ = ["TYPES", "Reconciler", "ReconciliationCandidate", "RowQuery"]

TYPES: Final[Mapping[str, str]] = {
    "State": "state", "Group": "group", "Instrument": "instrument", "Official": "official",
}  # fmt: skip
"""The types of the service, which are classes of the ontology, and the kind of record of each."""
_CLASSES: Final = {kind: name for name, kind in TYPES.items()}
_WHOLE: Final = 100.0
"""The score of a record that bears the name."""
_SHARED: Final = 90.0
"""That of each of several that bear it, and the most of one that bears it in part."""
_NAME: Final = 0.6
"""The share of a score that the name has where properties are given too."""
_XSD: Final = PREFIXES["xsd"]
_LABEL: Final = NamedNode(PREFIXES["rdfs"] + "label")


@dataclass(frozen=True)
class RowQuery:
    """What one row of a table asks: a name, of which types, with which values in other columns."""

    text: str
    types: tuple[str, ...] = ()
    """Classes by their names; empty: any of :data:`TYPES`."""
    limit: int = 5
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Properties of the ontology by their names, each with the values that the row has."""


@dataclass(frozen=True)
class ReconciliationCandidate:
    """A record that a row may mean."""

    id: str
    """Below ``https://w3id.org/treatygraph/id/``: ``state/RUS``."""
    name: str
    description: str
    type: str
    score: float
    """0 to 100."""
    match: bool
    """Whether it is the one beyond reasonable doubt: it alone bears the name, and no value given speaks against it."""
    features: Mapping[str, float]
    """How like the name is, and for each property whether one of its values is the row's, from 0 to 1."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of the protocol."""
        return {
            "id": self.id, "name": self.name, "description": self.description, "type": [type_of(self.type)],
            "score": round(self.score, 1), "match": self.match,
            "features": [{"id": name, "value": round(value, 3)} for name, value in self.features.items()],
        }  # fmt: skip


def type_of(name: str) -> dict[str, str]:
    """A type as the protocol tells it."""
    return {"id": name, "name": TYPES[name]}


class Reconciler:
    """Finds the records that rows mean, and tells their values."""

    def __init__(self, index: Index, store: Store) -> None:
        self._index, self._store = index, store
        self._properties: dict[str, list[dict[str, str]]] = {}

    def candidates(self, query: RowQuery) -> list[ReconciliationCandidate]:
        """The records that a row may mean, the best first."""
        kinds = tuple(TYPES[name] for name in query.types if name in TYPES) if query.types else tuple(TYPES.values())
        scored = self._scored(query.text, kinds)
        whole = [key for key, score in scored.items() if score == _WHOLE]
        ranked = [self._candidate(key, score, query, is_alone=whole == [key]) for key, score in scored.items()]
        return sorted(ranked, key=lambda one: (-one.score, one.id))[: query.limit]

    def _scored(self, text: str, kinds: Sequence[str]) -> dict[tuple[str, str], float]:
        """Each record with how well its name fits."""
        from rapidfuzz import fuzz

        scored: dict[tuple[str, str], float] = {}
        for kind in kinds:
            with suppress(UsageError):
                scored[find(self._index, text, (kind,))] = _WHOLE
        wanted = names.key(text)
        for record in names.AMBIGUOUS_KEYS.get(wanted, ()) if "instrument" in kinds else ():
            scored[("instrument", record)] = _SHARED
        for hit in hits(self._index, text) or near(self._index, text):
            if hit.kind in kinds and (hit.kind, hit.record) not in scored:
                like = max(fuzz.token_sort_ratio(wanted, names.key(said)) for said in (hit.title, hit.said))
                scored[(hit.kind, hit.record)] = _SHARED if hit.rank == 0 else min(like, _SHARED)
        return scored

    def _candidate(
        self, key: tuple[str, str], score: float, query: RowQuery, *, is_alone: bool
    ) -> ReconciliationCandidate:
        kind, record = key
        features = {"name": score / 100}
        for name, values in query.properties:
            features[name] = float(self._has(iri(kind, record), name, values))
        given = [features[name] for name, _ in query.properties]
        agrees = sum(given) / len(given) if given else 1.0
        total = score if not given else score * _NAME + 100 * (1 - _NAME) * agrees
        match = is_alone and all(given)
        return ReconciliationCandidate(f"{kind}/{record}", self._name(kind, record), self.description(kind, record),
                         _CLASSES[kind], total, match, features)  # fmt: skip

    def _name(self, kind: str, record: str) -> str:
        return label_of(self._store, iri(kind, record)) or record

    def description(self, kind: str, record: str) -> str:
        """What tells a record apart from others of its name, in a few words."""
        if kind == "instrument" and (card := self._index.instrument(record)):
            return f"{card.title}, {card.signed.text[:4]}" if card.signed else card.title
        if kind == "state" and (life := self._index.existence(record)):
            return f"state, {record}" + (f", until {life.end}" if life.end < OPEN.isoformat() else "")
        return TYPES[_CLASSES[kind]]

    def _has(self, address: str, name: str, values: Iterable[str]) -> bool:
        """Whether one of the values of a property is one of those given, by its text, its label or its address."""
        wanted = {names.key(value) for value in values if value.strip()}
        return any(names.key(text) in wanted for value in self._values(address, name) for text in self._texts(value))

    def _values(self, address: str, name: str) -> Iterator[NamedNode | Literal]:
        term = NamedNode(_address_of(name))
        for graph in PLAIN:
            for quad in self._store.quads_for_pattern(NamedNode(address), term, None, graph):
                if isinstance(quad.object, NamedNode | Literal):
                    yield quad.object

    def _texts(self, value: NamedNode | Literal) -> Iterator[str]:
        yield value.value
        if isinstance(value, NamedNode):
            yield label_of(self._store, value.value)
            yield value.value.removeprefix(f"{BASE}id/")
            yield value.value.rpartition("/")[2]
        elif ":" in value.value:  # an identifier of another register: its scheme stands before it
            yield value.value.partition(":")[2]

    def suggested(self, prefix: str, limit: int) -> list[dict[str, Any]]:
        """Records whose name begins with a text, or has it."""
        return [
            {"id": f"{hit.kind}/{hit.record}", "name": hit.title, "description": self.description(hit.kind, hit.record),
             "notable": [type_of(_CLASSES[hit.kind])]}
            for hit in hits(self._index, prefix) if hit.kind in _CLASSES
        ][:limit]  # fmt: skip

    def properties(self, type_name: str = "") -> list[dict[str, str]]:
        """The properties that records of a type have, by their names and labels; of all types where none is named."""
        if type_name not in self._properties:
            rows = self._store.query(
                f"SELECT DISTINCT ?p WHERE {{ VALUES ?c {{ {self._classes(type_name)} }} ?s a ?c ; ?p ?o }}",
                prefixes=dict(PREFIXES), default_graph=list(PLAIN),
            )  # fmt: skip
            assert isinstance(rows, QuerySolutions)
            terms = sorted(str(getattr(row["p"], "value", "")) for row in rows)
            self._properties[type_name] = [
                {"id": name, "name": label_of(self._store, term) or name}
                for term in terms if (name := _name_of(term)) and _address_of(name) == term
            ]  # fmt: skip
        return self._properties[type_name]

    @staticmethod
    def _classes(type_name: str) -> str:
        return " ".join(f"<{ONTOLOGY}{name}>" for name in ((type_name,) if type_name in TYPES else TYPES))

    def extended(self, ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
        """The values that records have of properties, in the shape of the protocol; an id that is none has none."""
        labels = {one["id"]: one["name"] for one in self.properties()}
        return {
            "meta": [{"id": name, "name": labels.get(name, name)} for name in properties],
            "rows": {
                record: {name: self._cells(f"{BASE}id/{record}", name) for name in properties} for record in ids
            },
        }  # fmt: skip

    def _cells(self, address: str, name: str) -> list[dict[str, Any]]:
        return [self._cell(value) for value in sorted(self._values(address, name), key=str)]

    def _cell(self, value: NamedNode | Literal) -> dict[str, Any]:
        if isinstance(value, NamedNode):
            return {
                "id": value.value.removeprefix(f"{BASE}id/"),
                "name": label_of(self._store, value.value) or value.value,
            }
        kind = value.datatype.value.removeprefix(_XSD)
        if kind == "date":
            return {"date": value.value}
        if kind in ("integer", "decimal"):
            return {"int": int(value.value)} if kind == "integer" else {"float": float(value.value)}
        return {"bool": value.value == "true"} if kind == "boolean" else {"str": value.value}


def _address_of(name: str) -> str:
    """A property by its name: one of ours, or ``prefix:name`` of another vocabulary."""
    prefix, colon, local = name.partition(":")
    return PREFIXES.get(prefix, "") + local if colon else ONTOLOGY + name


def _name_of(term: str) -> str:
    """The name by which a property is told; empty where it has no prefix."""
    if term.startswith(ONTOLOGY):
        return term.removeprefix(ONTOLOGY)
    return next((f"{prefix}:{term[len(start) :]}" for prefix, start in PREFIXES.items() if term.startswith(start)), "")
