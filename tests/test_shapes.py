"""The shapes: a whole graph fits them, and each way of breaking a record is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from treatygraph.facts import read
from treatygraph.law.derivations import Corpus
from treatygraph.model.folders import room
from treatygraph.triplestore import quads as writing

SMALL = Path(__file__).resolve().parent / "small_graph"
SHACL = "http://www.w3.org/ns/shacl#"
LOADED = ("treatygraph", "schemes", "dataset")
"""The files that go into the store with the facts."""


@cache
def _vocabularies() -> Any:
    import rdflib

    graph = rdflib.Graph()
    for name in LOADED:
        graph.parse(room("ontology") / f"{name}.ttl")
    return graph


def problems(text: bytes) -> list[tuple[str, str]]:
    """Each violation as the constraint and the property, for a graph in N-Quads."""
    import pyshacl
    import rdflib

    triples = serialize((quad.triple for quad in parse(text, format=RdfFormat.N_QUADS)), format=RdfFormat.N_TRIPLES)
    data = rdflib.Graph().parse(data=triples, format="nt") + _vocabularies()
    shapes = rdflib.Graph().parse(room("ontology") / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.Namespace(SHACL)
    found = []
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        constraint, path = report.value(result, shacl.sourceConstraintComponent), report.value(result, shacl.resultPath)
        found.append((str(constraint).removeprefix(SHACL), str(path).rpartition("#")[2]))
    return sorted(found)


@pytest.fixture(scope="module")
def small_text() -> bytes:
    facts = read(SMALL)
    return writing.nquads(facts, Corpus(facts).derivations())


def test_a_whole_graph_fits_the_shapes(small_text: bytes) -> None:
    assert problems(small_text) == []


ACT = "id/act/lake-treaty/XAA/ratification/1971-01-01/lake-office>"
BREAKS = {
    "an act without a source": (ACT, "ontology#source>", None, "MinCountConstraintComponent", "source"),
    "an act without a date": (ACT, "ontology#dateLatest>", None, "MinCountConstraintComponent", "dateLatest"),
    "an act of no known kind": (
        ACT,
        "ontology#actKind>",
        (b"act/ratification", b"act/promise"),
        "ClassConstraintComponent",
        "actKind",
    ),
    "a kind of act from another scheme": (
        ACT,
        "ontology#actKind>",
        (b"scheme/act/ratification", b"scheme/event-type/ratification"),
        "PatternConstraintComponent",
        "actKind",
    ),
    "a date that is none": (
        ACT,
        "ontology#dateEdtf>",
        (b'"1971-01-01"', b'"New Year"'),
        "NodeConstraintComponent",
        "dateEdtf",
    ),
    "a standing that ends before it begins": (
        "id/standing/depositary/lake-treaty/XBB/3>",
        "ontology#until>",
        (b"1990-01-01", b"1971-01-01"),
        "LessThanConstraintComponent",
        "from",
    ),
    "a day with a zone": (
        "id/standing/depositary/lake-treaty/XBB/3>",
        "ontology#until>",
        (b"1990-01-01", b"1990-01-01Z"),
        "PatternConstraintComponent",
        "None",  # the shape is that of the day itself
    ),
    "a standing without a rule": (
        "id/standing/depositary/lake-treaty/XBB/3>",
        "ontology#rule>",
        None,
        "MinCountConstraintComponent",
        "rule",
    ),
}


@pytest.mark.parametrize("case", BREAKS)
def test_a_broken_record_does_not_fit(case: str, small_text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)  # rdflib would read the zone away
    subject, predicate, change, constraint, path = BREAKS[case]
    lines = small_text.splitlines(keepends=True)
    hit = [line for line in lines if f"{subject} <".encode() in line and line.split()[1].decode().endswith(predicate)]
    assert hit
    broken = b"".join((line.replace(*change) if change else b"") if line in hit else line for line in lines)
    assert (constraint, path) in problems(broken)
