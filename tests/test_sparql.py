"""Text queries: answered by Oxigraph, refused when they would reach out or write."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import treatygraph
from treatygraph.catalogue import text_of
from treatygraph.errors import QueryRefused, UsageError
from treatygraph.graph import Graph


@pytest.fixture(scope="module")
def graph(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = treatygraph.open()
    yield opened
    opened.close()


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that only notes who connects."""
    heard: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            heard.append(str(address))
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], heard
    stop.set()
    thread.join()
    server.close()


REACHING = [
    "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "select * where { service <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { { SELECT * WHERE { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } } } }",
    "CONSTRUCT WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "SELECT * FROM <URL> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "INSERT DATA { <a:b> <a:c> <a:d> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
]


@pytest.mark.parametrize("text", REACHING)
def test_a_query_that_reaches_out_or_writes_is_refused(
    graph: Graph, listener: tuple[int, list[str]], text: str
) -> None:
    port, heard = listener
    with pytest.raises(UsageError):
        graph.sparql(text.replace("URL", f"http://127.0.0.1:{port}/"))
    assert heard == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service WHERE { ?service a <http://x/service> } # SERVICE <http://y/>",
        "PREFIX service: <http://x/> ASK { ?s a service:from }",
        "SELECT * WHERE { ?s ?p 'SERVICE <http://x/> { }' } LIMIT 1",
    ],
)
def test_the_mere_word_is_no_crime(graph: Graph, text: str) -> None:
    assert graph.sparql(text).rows is not None


def test_facts_and_standings_are_seen_together(graph: Graph) -> None:
    count = graph.sparql("SELECT (COUNT(?a) AS ?n) WHERE { ?a a tg:Act }").rows[0][0]
    assert int(count or 0) == graph.build.manifest["acts"]
    standings = graph.sparql("ASK { GRAPH <https://w3id.org/treatygraph/graph/derived> { ?s a tg:Standing } }")
    assert standings.answer == "true"


def test_no_triple_stands_in_two_graphs(graph: Graph) -> None:
    both = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }"
    inner = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert graph.sparql(both).rows == graph.sparql(inner).rows


def test_turtle_is_for_triples_only(graph: Graph) -> None:
    made = graph.sparql("DESCRIBE <https://w3id.org/treatygraph/id/instrument/new-start>")
    assert "New START" in made.turtle()
    with pytest.raises(UsageError, match="CONSTRUCT"):
        graph.sparql("SELECT * WHERE { ?s ?p ?o } LIMIT 1").turtle()


def test_a_mistake_names_the_place(graph: Graph) -> None:
    with pytest.raises(UsageError, match="SPARQL"):
        graph.sparql("SELECT * WHERE { ?s ?p }")
    assert not isinstance(UsageError("x"), QueryRefused)


def test_a_query_comes_from_text_or_file(tmp_path: Path) -> None:
    path = tmp_path / "ask.rq"
    path.write_text("ASK { }", encoding="utf-8")
    assert text_of(str(path)) == "ASK { }"
    assert text_of("ASK { }") == "ASK { }"
    with pytest.raises(UsageError, match="neither"):
        text_of("nowhere")


def test_the_dataset_is_rdflib(graph: Graph) -> None:
    assert len(graph.dataset) > 100_000
    rows = list(
        graph.dataset.query("SELECT ?t WHERE { ?s a <https://w3id.org/treatygraph/ontology#Instrument> } LIMIT 1")
    )
    assert len(rows) == 1
