"""Text queries: answered by Oxigraph, refused when they would reach out or write."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from treatygraph.graph import Graph
from treatygraph.model.errors import QueryRefused, StoreError, UsageError
from treatygraph.model.terms import DERIVED, READINGS
from treatygraph.triplestore.sparql import Local, dataset, run_text, text_of


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
    # The second parser would let these comments hide what the engine sees.
    "SELECT * WHERE { # comment\r SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * WHERE { ?s ?p ?o # \\u000A FILTER(?o != """\n SERVICE <URL> { ?s ?p ?o } # """)\n}',
    "PREFIX x: <URL> SELECT * FROM x:g WHERE { ?s ?p ?o }",
    "SELECT * FROM x:g WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * WHERE { { SELECT * WHERE { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } } } }",
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
        "SELECT * WHERE { ?s tg:from ?from ; <http://x/from> 'a \\u0022service\\u0022 from' } LIMIT 1",
        "CONSTRUCT WHERE { ?service ?p 'load, insert, drop' } LIMIT 1",
        "SELECT * FROM <https://w3id.org/treatygraph/graph/derived> WHERE { ?s a tg:Standing } LIMIT 1",
    ],
)
def test_the_mere_word_is_no_crime(graph: Graph, text: str) -> None:
    assert graph.sparql(text).rows is not None


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", "--allow-service"),
        ("SELECT * FROM <http://x/> WHERE { ?s ?p ?o }", "take the clause out"),
        ("CLEAR ALL", "SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ],
)
def test_a_refusal_says_what_to_do(graph: Graph, text: str, mend: str) -> None:
    with pytest.raises(QueryRefused, match=mend):
        graph.sparql(text)


def test_another_host_is_asked_when_that_is_allowed(graph: Graph, listener: tuple[int, list[str]]) -> None:
    port, heard = listener
    with pytest.raises(UsageError, match="cannot be answered"):
        graph.sparql(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}", allow_service=True)
    assert heard


def test_from_narrows_to_the_standings(graph: Graph) -> None:
    derived = "FROM <https://w3id.org/treatygraph/graph/derived>"
    assert graph.sparql(f"ASK {derived} {{ ?s a tg:Standing }}").answer == "true"
    assert graph.sparql(f"ASK {derived} {{ ?s a tg:Act }}").answer == "false"


def test_the_light_path_does_without_rdflib(graph: Graph) -> None:
    code = (
        "import sys; from pathlib import Path; from treatygraph.triplestore.sparql import Local, run_text; "
        "run_text(Local(Path(sys.argv[1])), 'SELECT ?s { ?s tg:from ?d } LIMIT 1'); print('rdflib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(graph.home.store)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "False"


def _without_edition(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "edition"}


def test_answers_are_counted(graph: Graph) -> None:
    assert _without_edition(graph.sparql("SELECT ?x { VALUES ?x { 1 UNDEF } }").to_dict()) == {
        "answer": "2 rows",
        "columns": ["x"],
        "rows": [["1"], [None]],
    }
    assert graph.sparql("SELECT ?x { BIND('a'@en AS ?x) }").answer == "1 row"
    assert graph.sparql("CONSTRUCT { <x:a> <x:b> ?c } { VALUES ?c { 1 1 2 } }").answer == "2 triples"
    assert graph.sparql("ASK { }").to_dict()["answer"] == "true"


def test_facts_and_standings_are_seen_together(graph: Graph) -> None:
    count = graph.sparql("SELECT (COUNT(?a) AS ?n) WHERE { ?a a tg:Act }").rows[0][0]
    assert int(count or 0) == graph.build.manifest["acts"]
    standings = graph.sparql("ASK { GRAPH <https://w3id.org/treatygraph/graph/derived> { ?s a tg:Standing } }")
    assert standings.answer == "true"


def test_no_triple_stands_in_two_graphs(graph: Graph) -> None:
    both = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o . GRAPH <{DERIVED}> {{ ?s ?p ?o }} }}"
    inner = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{DERIVED}> {{ ?s ?p ?o }} }}"
    assert graph.sparql(both).rows == graph.sparql(inner).rows
    apart = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o . GRAPH <{READINGS}> {{ ?s ?p ?o }} }}"
    assert graph.sparql(apart).rows == (("0",),), "who does not name the graph of other legal views sees none of it"


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
    assert text_of("DESCRIBE <x:" + "a" * 5000 + ">").startswith("DESCRIBE")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="UTF-8"):
        text_of(str(path))


def test_a_damaged_store_is_said_to_be_damaged(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="--again"):
        run_text(Local(tmp_path / "nothing"), "ASK { }")


def test_the_dataset_is_rdflib(graph: Graph) -> None:
    assert len(graph.dataset) > 100_000
    rows = list(
        graph.dataset.query("SELECT ?t WHERE { ?s a <https://w3id.org/treatygraph/ontology#Instrument> } LIMIT 1")
    )
    assert len(rows) == 1


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
@pytest.mark.parametrize("default_union", [True, False])
def test_the_dataset_is_read_only_and_says_where_standings_are(graph: Graph, *, default_union: bool) -> None:
    opened = dataset(graph.home.store, default_union=default_union)
    plain = "ASK { ?s a <https://w3id.org/treatygraph/ontology#Standing> }"
    named = "ASK { GRAPH ?g { ?s a <https://w3id.org/treatygraph/ontology#Standing> } }"
    assert bool(opened.query(plain)) is default_union
    assert bool(opened.query(named))
    with pytest.raises(RuntimeError, match="read-write"):
        opened.add((URIRef("x:a"), URIRef("x:b"), URIRef("x:c")))
