"""What the author of a query is told although it can be answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from serving import PATIENCE
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError
from treatygraph.model.folders import room
from treatygraph.queries.catalogue import catalogue, prepared
from treatygraph.triplestore.warnings import DATED, warnings_of

PREFIX = "PREFIX topic: <https://w3id.org/treatygraph/scheme/topic/> "


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s { ?s tg:expires ?e }", ["tg:expires", "matches nothing"]),
        ("SELECT ?s { ?s tg:Instruments ?e }", ["tg:Instruments", "tg:Instrument"]),
        ("SELECT ?s { ?s foaf:name ?e }", ["'foaf:'", "not declared"]),
        ("SELECT ?s { ?s tg:ended ?e FILTER(?e > '2026-11-30') }", ["?e is a day", "xsd:date"]),
        ('SELECT ?s { ?s tg:until ?e FILTER("2026" <= ?e) }', ["?e is a day"]),
        (PREFIX + "SELECT ?s { ?s tg:topic topic:nukes }", ["topic:nukes"]),
    ],
)
def test_what_would_say_no_rows_is_told(query: str, words: list[str]) -> None:
    told = " ".join(warnings_of(query))
    assert all(word in told for word in words), told


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s a tg:Instrument ; rdfs:label ?l FILTER(?l = '2021-05-28') }",
        'SELECT ?s { ?s tg:ended ?e FILTER(?e > "2026-11-30"^^xsd:date) }',
        "SELECT ?s { ?s tg:ended ?e FILTER(STR(?e) > '2026-11-30') }",
        "SELECT ?s { ?s rdfs:label 'tg:nothing foaf:x'@en } # tg:other",
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?s { ?s foaf:name ?n }",
        PREFIX + "SELECT ?s { ?s tg:topic topic:nuclear-testing }",
        "SELECT ?s { ?s <https://w3id.org/treatygraph/ontology#nothing> ?x }",
    ],
)
def test_what_is_right_is_told_nothing(query: str) -> None:
    assert not warnings_of(query)


def test_our_own_questions_are_told_nothing(graph: Graph) -> None:
    for question in catalogue():
        if not question.function:
            text = prepared(graph.index(), question.name, question.examples)
            assert not warnings_of(text), question.name


def test_days_are_the_properties_that_the_ontology_gives_a_day() -> None:
    text = (room("ontology") / "treatygraph.ttl").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=tg:)", text)
    assert {block.split(" ")[0].removeprefix("tg:") for block in blocks if "rdfs:range rdfs:Literal" in block} == DATED


def test_an_undeclared_prefix_is_named_in_the_refusal(graph: Graph) -> None:
    with pytest.raises(UsageError, match="prefix 'foaf:' is not declared"):
        graph.sparql("SELECT ?s { ?s foaf:name ?n }")


def test_every_door_warns(graph: Graph, built_cache: Path, web: str) -> None:
    query = "SELECT ?s { ?s tg:expires ?e }"
    result = graph.sparql(query)
    assert "tg:expires" in result.to_dict()["warnings"][0]
    assert "warnings" not in graph.sparql("ASK { }").to_dict()
    done = subprocess.run(
        [sys.executable, "-m", "treatygraph", "sparql", query], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": str(built_cache)},
    )  # fmt: skip
    assert "warning: the graph has no tg:expires" in done.stderr
    assert "tg:expires" in httpx.get(f"{web}/sparql", params={"query": query}).headers["Treatygraph-Warning"]
    assert "Treatygraph-Warning" not in httpx.get(f"{web}/sparql", params={"query": "ASK { }"}).headers
    text = httpx.get(f"{web}/llms.txt").text
    assert text.startswith("# treatygraph")
    for address in re.findall(r"\]\((/[^)]+)\)", text):
        assert httpx.get(f"{web}{address}", timeout=PATIENCE).status_code == 200, address
