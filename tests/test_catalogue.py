"""The named questions: each runs on Oxigraph and on plain rdflib with the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

import treatygraph
from treatygraph.catalogue import catalogue, parameters_of, prepared, run_named
from treatygraph.errors import TreatygraphError, UnknownName, UsageError
from treatygraph.graph import Graph

NAMES = [question.name for question in catalogue()]


@pytest.fixture(scope="module")
def graph(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = treatygraph.open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plain(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same graph in rdflib's own memory store, with its own query engine."""
    from rdflib import Dataset

    dump = tmp_path_factory.mktemp("dump") / "graph.nq"
    pyoxigraph.Store.read_only(str(graph.build.store)).dump(str(dump), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = Dataset()
    dataset.parse(dump, format="nquads")
    return dataset


def test_there_are_enough_questions() -> None:
    assert len(NAMES) >= 12
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_a_header_and_its_columns(graph: Graph, name: str) -> None:
    question = next(item for item in catalogue() if item.name == name)
    described = question.to_dict()
    assert described["summary"]
    assert described["theme"]
    result = graph.query(name)
    assert list(result.columns) == described["columns"]
    assert result.rows, "the defaults of a question are an example that has an answer"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_answers_the_same_on_plain_rdflib(graph: Graph, plain: Any, name: str) -> None:
    ours = sorted(tuple(cell or "" for cell in row) for row in graph.query(name).rows)
    text = prepared(graph.shelf(), name, {})
    theirs = sorted(tuple("" if term is None else str(term) for term in row) for row in plain.query(text))
    assert ours == theirs


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        ("US", "Russia", "2021-05-28"),
        ("US", "Russia", "2026-11-23"),
        ("US", "Russia", "1975-06-01"),
        ("India", "Pakistan", "2020-01-01"),
        ("North Korea", "South Korea", "1994-01-01"),
        ("France", "Germany", "1989-06-01"),
        ("Poland", "Belarus", "2023-06-01"),
    ],
)
def test_remains_by_sparql_is_between(graph: Graph, first: str, second: str, on: str) -> None:
    answer = graph.between(first, second, on=on)
    listed: set[str] = set()

    def walk(item: Any) -> None:
        listed.add(item.id)
        for part in item.parts:
            walk(part)

    for item in answer.instruments:
        walk(item)
    rows = graph.query("remains", {"a": first, "b": second, "on": on}).rows
    assert {row[0] for row in rows} == listed


def test_parameters_are_checked(graph: Graph) -> None:
    assert parameters_of(["--a", "US", "--on=2021-05-28"]) == {"a": "US", "on": "2021-05-28"}
    with pytest.raises(UsageError):
        parameters_of(["a", "US"])
    with pytest.raises(UnknownName, match="on"):
        graph.query("remains", {"day": "2021-05-28"})
    with pytest.raises(UnknownName, match="remains"):
        run_named(graph.shelf(), graph.build.store, "remans", {})
    with pytest.raises(TreatygraphError, match="2021-13-01"):
        graph.query("remains", {"on": "2021-13-01"})


def test_the_network_has_states_and_instruments(graph: Graph) -> None:
    network = graph.network(on=date(2021, 5, 28), topic="aerial-observation")
    assert network.has_edge("RUS", "open-skies")
    assert not network.has_edge("USA", "open-skies")
    assert network.nodes["open-skies"]["kind"] == "instrument"
