"""The whole graph as RDF: Turtle, TriG, N-Quads and JSON-LD, sorted, so that the same facts give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from treatygraph.model.errors import StoreError
from treatygraph.model.folders import room
from treatygraph.model.json import Json
from treatygraph.model.terms import BASE, PREFIXES, READINGS
from treatygraph.triplestore.graphs import OF_FACTS
from treatygraph.triplestore.sparql import Local

__all__ = [
    "CONTEXT_FILE",
    "all_quads",
    "context",
    "context_text",
    "write_jsonld",
    "write_nquads",
    "write_trig",
    "write_turtle",
]

CONTEXT_FILE: Final = "context.jsonld"
"""The published context, in ``ontology/``."""
_TYPE: Final = PREFIXES["rdf"] + "type"
_XSD: Final = PREFIXES["xsd"]
_KINDS: Final = f"""SELECT DISTINCT ?property ?kind WHERE {{
  ?one ?property ?value FILTER(STRSTARTS(STR(?property), "{PREFIXES["tg"]}"))
  BIND(IF(isIRI(?value), "@id", STR(DATATYPE(?value))) AS ?kind) }}"""


def all_quads(store: Path) -> list[Quad]:
    """Every quad of a built store, sorted: facts and ontology first, then what is derived.

    Raises:
        StoreError: the store cannot be read.
    """
    try:
        return sorted(pyoxigraph.Store.read_only(str(store)), key=_order)
    except OSError as problem:
        raise StoreError(f"the store cannot be opened: {problem}; run the command 'build --again'.") from None


def _order(quad: Quad) -> tuple[bool, str, str, str]:
    return quad.graph_name != OF_FACTS, str(quad.subject), str(quad.predicate), str(quad.object)


def write_nquads(path: Path, quads: Iterable[Quad]) -> None:
    """One quad a line."""
    pyoxigraph.serialize(quads, output=str(path), format=RdfFormat.N_QUADS)


def write_trig(path: Path, quads: Iterable[Quad]) -> None:
    """With all graphs."""
    pyoxigraph.serialize(quads, output=str(path), format=RdfFormat.TRIG, prefixes=dict(PREFIXES))


def write_turtle(path: Path, quads: Iterable[Quad]) -> None:
    """What plain patterns see, as Turtle knows no graphs: facts and the depositaries' standings, no other reading's.

    With the standings of all readings in one graph a count of parties would be wrong without a word.
    """
    plain = (quad.triple for quad in quads if quad.graph_name != NamedNode(READINGS))
    triples = sorted(plain, key=lambda one: (str(one.subject), str(one.predicate), str(one.object)))
    pyoxigraph.serialize(triples, output=str(path), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))


def context() -> dict[str, Any]:
    """The published JSON-LD context: terms without their prefix, links as ids, dates as ``xsd:date``."""
    terms: dict[str, Any] = json.loads((room("ontology") / CONTEXT_FILE).read_text(encoding="utf-8"))
    return terms


def write_jsonld(path: Path, quads: Iterable[Quad]) -> None:
    """With the published context written out at the top, one node a line, so that it can be read in pieces."""
    known = context()
    short = _Short(known["@context"])
    with path.open("w", encoding="utf-8") as stream:
        head = json.dumps(known["@context"], ensure_ascii=False, sort_keys=True)
        stream.write(f'{{"@context": {head},\n"@graph": [\n')
        separator = ""
        for graph, part in groupby(quads, key=lambda quad: quad.graph_name):
            inner = isinstance(graph, NamedNode)
            if inner:
                stream.write(f'{separator}{{"id": {json.dumps(short.address(graph.value))}, "@graph": [\n')
                separator = ""
            for subject, about in groupby(part, key=lambda quad: quad.subject):
                node = {"id": short.address(subject.value), **short.values(quad.triple for quad in about)}
                stream.write(separator + json.dumps(node, ensure_ascii=False))
                separator = ",\n"
            if inner:
                stream.write("\n]}")
                separator = ",\n"
        stream.write("\n]}\n")


class _Short:
    """Writes addresses and values as the context lets them be read back."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._terms: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._vocabulary = str(known["@vocab"])
        self._prefixes = {value: name for name, value in known.items() if name in PREFIXES and name != "tg"}
        for name, value in known.items():
            if isinstance(value, dict):
                address = self._expanded(value["@id"], known)
                self._terms[address], self._kinds[address] = name, value.get("@type", "")

    @staticmethod
    def _expanded(name: str, known: dict[str, Any]) -> str:
        prefix, colon, local = name.partition(":")
        return known[prefix] + local if colon and prefix in known else name

    def address(self, address: str) -> str:
        """Relative to the base where it lies below it."""
        return address.removeprefix(BASE) if address.startswith(BASE) and address != BASE else address

    def _property(self, address: str) -> str:
        if address in self._terms:
            return self._terms[address]
        for start, prefix in self._prefixes.items():
            if address.startswith(start):
                return f"{prefix}:{address[len(start) :]}"
        return address.removeprefix(self._vocabulary)

    def values(self, triples: Iterable[Triple]) -> dict[str, Any]:
        """The properties of a node; a single value stands without a list."""
        properties: dict[str, list[Json]] = {}
        for triple in triples:
            address = triple.predicate.value
            if address == _TYPE:
                properties.setdefault("type", []).append(self._property(triple.object.value))  # type: ignore[union-attr]
            else:
                value = self._value(triple.object, self._kinds.get(address, ""))
                properties.setdefault(self._property(address), []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in properties.items()}

    def _value(self, term: NamedNode | BlankNode | Literal | Triple, kind: str) -> Json:
        if isinstance(term, NamedNode):
            return self.address(term.value) if kind == "@id" else {"id": self.address(term.value)}
        assert isinstance(term, Literal)  # the graph has no blank nodes
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == _XSD + "integer" and str(int(term.value)) == term.value:
            return int(term.value)
        if datatype == _XSD + "boolean":
            return term.value == "true"
        if datatype == _XSD + "string":
            return term.value if not kind else {"@value": term.value}
        if kind and self._typed(kind) == datatype:
            return term.value
        return {"@value": term.value, "@type": datatype}

    @staticmethod
    def _typed(kind: str) -> str:
        return kind.replace("xsd:", _XSD)


def context_text(store: Path) -> str:
    """The context that a graph needs, as the published file has it: each property of ours, by what its values are."""
    kinds: dict[str, set[str]] = {}
    for address, kind in Local(store).query(_KINDS, union=True).rows:
        kinds.setdefault(address or "", set()).add((kind or "").replace(_XSD, "xsd:"))
    terms: dict[str, Any] = {}
    for address, of_term in sorted(kinds.items()):
        name = address.removeprefix(PREFIXES["tg"])
        terms[name] = {"@id": f"tg:{name}"}
        if of_term in ({"@id"}, {"xsd:date"}):
            terms[name]["@type"] = next(iter(of_term))
    head = {"@version": 1.1, "@base": BASE, "@vocab": PREFIXES["tg"], "id": "@id", "type": "@type"}
    entries = {**head, **dict(sorted(PREFIXES.items())), **terms}
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in entries.items())
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'
