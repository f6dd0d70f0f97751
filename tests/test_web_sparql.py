"""The SPARQL endpoint as clients meet it: protocol, forms, refusals, and real clients."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph
import pytest

from asking import examples
from serving import PATIENCE
from treatygraph.graph import Graph
from treatygraph.model.terms import DERIVED, READINGS
from treatygraph.queries.catalogue import prepared
from treatygraph.web.media_types import GRAPHS, ROWS, chosen, count_rows

SELECT = 'SELECT ?x ?y { VALUES (?x ?y) { ("a\\nb" 1) ("}},{\\"" UNDEF) ("<result>" "\\"") } }'
CONSTRUCT = "CONSTRUCT { <x:a> <x:b> ?c } { VALUES ?c { 1 2 } }"
ASKED = (
    "remains", "parties-on", "in-force-on", "what-happened", "who-signed", "sources-of", "limits", "pledges",
    "withdrawals-since",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=PATIENCE) as made:
        yield made


def ask(client: httpx.Client, text: str, accept: str = "", **fields: Any) -> httpx.Response:
    return client.get("/sparql", params={"query": text, **fields}, headers={"Accept": accept} if accept else {})


def refused(answer: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """The problem document of a refusal, which is complete."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    found: dict[str, Any] = answer.json()
    assert (answer.status_code, found["status"], found["type"].rpartition("/")[2]) == (status, status, name)
    assert found["title"]
    assert found["detail"]
    assert found["mend"]
    return found


def test_a_query_comes_in_three_ways(client: httpx.Client) -> None:
    got = ask(client, SELECT)
    form = client.post("/sparql", data={"query": SELECT})
    direct = client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query; charset=utf-8"})
    assert got.json() == form.json() == direct.json()
    assert got.headers["content-type"] == "application/sparql-results+json"
    rows = got.json()["results"]["bindings"]
    assert [row["x"]["value"] for row in rows] == ["a\nb", '}},{"', "<result>"]
    assert client.head("/sparql", params={"query": SELECT}).status_code == 200


def test_json(client: httpx.Client) -> None:
    assert ask(client, "ASK {}", "application/sparql-results+json").json() == {"head": {}, "boolean": True}


def test_xml(client: httpx.Client) -> None:
    found = ET.fromstring(ask(client, SELECT, "application/sparql-results+xml").content)
    assert len(found.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 3


def test_csv_and_tsv(client: httpx.Client) -> None:
    rows = list(csv.reader(io.StringIO(ask(client, SELECT, "text/csv").text)))
    assert rows == [["x", "y"], ["a\nb", "1"], ['}},{"', ""], ["<result>", '"']]
    assert ask(client, SELECT, "text/tab-separated-values").text.splitlines()[0] == "?x\t?y"


@pytest.mark.parametrize("form", GRAPHS)
def test_graphs(client: httpx.Client, form: str) -> None:
    answer = ask(client, CONSTRUCT, form)
    assert answer.headers["content-type"].partition(";")[0] == form
    assert len(list(pyoxigraph.parse(answer.content, format=GRAPHS[form]))) == 2


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        ("", "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json", "text/turtle"),
        ("application/json", "application/sparql-results+json", "application/ld+json"),
        ("application/xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", None),
        ("text/*", "text/csv", "text/turtle"),
        ("application/rdf+xml, text/turtle;q=0", None, "application/rdf+xml"),
        (
            "application/json, application/sparql-results+json;q=0.1",
            "application/sparql-results+json",
            "application/ld+json",
        ),
        ("image/png", None, None),
        (";;;,q=x,*/*;q=high", None, None),
    ],
)
def test_the_form_is_the_one_that_the_client_likes_best(accept: str, rows: str | None, graph: str | None) -> None:
    assert chosen(accept, ROWS) == rows
    assert chosen(accept, GRAPHS) == graph


def test_a_form_that_there_is_not(client: httpx.Client) -> None:
    assert refused(ask(client, "ASK {}", "text/turtle"), 406, "not-acceptable")["offered"] == list(ROWS)
    assert refused(ask(client, CONSTRUCT, "text/csv"), 406, "not-acceptable")["offered"] == list(GRAPHS)


def test_a_short_name_stands_for_the_header(client: httpx.Client) -> None:
    assert ask(client, SELECT, format="csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert ask(client, CONSTRUCT, format="nt").headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("form", ROWS)
def test_rows_are_counted_in_every_form(client: httpx.Client, form: str) -> None:
    assert count_rows(ask(client, SELECT, form).content, form) == 3
    assert count_rows(ask(client, "SELECT ?x { ?x <x:y> ?z }", form).content, form) == 0
    assert count_rows(ask(client, 'SELECT ?x { BIND("a" AS ?x) }', form).content, form) == 1


def test_too_many_rows_are_refused_whole(client: httpx.Client) -> None:
    for form in ROWS:
        refused(ask(client, "SELECT ?s { ?s ?p ?o } LIMIT 20001", form), 400, "result-too-large")
    refused(ask(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 20001"), 400, "result-too-large")
    assert ask(client, "SELECT ?s { ?s ?p ?o } LIMIT 20000").status_code == 200


def test_too_many_bytes_are_refused_whole(client: httpx.Client) -> None:
    found = refused(ask(client, "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 20000"), 400, "result-too-large")
    assert "4 MiB" in found["detail"]


def test_a_200_is_whole(client: httpx.Client) -> None:
    answer = ask(client, "SELECT ?s ?p { ?s ?p ?o } LIMIT 15000")
    assert len(answer.json()["results"]["bindings"]) == 15000
    assert int(answer.headers["content-length"]) == answer.num_bytes_downloaded


def test_datasets_of_the_protocol(client: httpx.Client) -> None:
    standing, act = "ASK { ?s a tg:Standing }", "ASK { ?s a tg:Act }"
    assert ask(client, standing).json()["boolean"]
    assert ask(client, act).json()["boolean"]
    assert ask(client, standing, **{"default-graph-uri": DERIVED}).json()["boolean"]
    assert not ask(client, act, **{"default-graph-uri": DERIVED}).json()["boolean"]
    named = "ASK { GRAPH ?g { ?s a tg:Standing } }"
    assert ask(client, named, **{"named-graph-uri": DERIVED}).json()["boolean"]
    assert not ask(client, named, **{"default-graph-uri": DERIVED}).json()["boolean"]
    for name in ("default-graph-uri", "named-graph-uri"):
        assert DERIVED in refused(ask(client, standing, **{name: "http://elsewhere/"}), 403, "query-refused")["detail"]


def test_the_service_describes_itself(client: httpx.Client, web: str) -> None:
    for form in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"):
        answer = client.get("/sparql", headers={"Accept": form})
        found = pyoxigraph.Store()
        found.load(answer.content, format=GRAPHS[form])
        query = f"""PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
            ASK {{ ?s a sd:Service ; sd:endpoint <{web}/sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
              sd:defaultDataset [ sd:namedGraph [ sd:name <{DERIVED}> ] , [ sd:name <{READINGS}> ] ] }}"""
        assert bool(found.query(query)), form
    assert client.get("/sparql", headers={"Accept": "text/html"}).headers["location"] == "/editor"


@pytest.mark.parametrize(
    ("status", "name", "request_"),
    [
        (400, "bad-query", {"method": "GET", "params": {"query": "SELECT * WHERE { ?s ?p }"}}),
        (400, "bad-query", {"method": "GET", "params": {"query": "SELECT * { ?s ?p ?o FILTER(undeclared:f(?o)) }"}}),
        (400, "bad-query", {"method": "GET", "params": {"query": ""}}),
        (400, "bad-request", {"method": "GET", "params": [("query", "ASK {}"), ("query", "ASK {}")]}),
        (400, "bad-request", {"method": "POST", "data": {"quer": "ASK {}"}}),
        (400, "bad-request", {"method": "POST", "content": b"query=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}),
        (400, "bad-request", {"method": "POST", "content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}),
        (403, "read-only", {"method": "POST", "data": {"update": "DROP ALL"}}),
        (403, "read-only", {"method": "GET", "params": {"update": "DROP ALL"}}),
        (403, "read-only", {"method": "POST", "content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        (403, "query-refused", {"method": "GET", "params": {"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}}),
        (405, "wrong-method", {"method": "PUT"}),
        (405, "wrong-method", {"method": "DELETE"}),
        (413, "request-too-large", {"method": "POST", "data": {"query": "ASK {} #" + "x" * 70_000}}),
        (413, "request-too-large", {"method": "POST", "content": iter([b"x" * 60_000] * 3), "headers": {"Content-Type": "application/sparql-query"}}),
        (414, "address-too-long", {"method": "GET", "params": {"query": "ASK {} #" + "x" * 20_000}}),
        (415, "wrong-media-type", {"method": "POST", "content": "ASK {}", "headers": {"Content-Type": "text/plain"}}),
        (415, "wrong-media-type", {"method": "POST", "content": "ASK {}"}),
    ],
)  # fmt: skip
def test_what_is_not_answered_gets_a_problem_document(
    client: httpx.Client, status: int, name: str, request_: dict[str, Any]
) -> None:
    refused(client.request(url="/sparql", **request_), status, name)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ASKED)
def test_sparqlwrapper_is_a_client(web: str, graph: Graph, name: str) -> None:
    from SPARQLWrapper import JSON, POST, SPARQLWrapper

    wrapper = SPARQLWrapper(f"{web}/sparql", returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setQuery(prepared(graph.index(), name, examples(name)))
    found: Any = wrapper.queryAndConvert()
    assert len(found["results"]["bindings"]) == len(graph.query(name, examples(name)).rows) > 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ASKED)
def test_rdflib_is_a_client(web: str, graph: Graph, name: str) -> None:
    from rdflib import Graph as Remote
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    remote = Remote(store=SPARQLStore(f"{web}/sparql", returnFormat="json", method="POST_FORM"))
    rows = list(remote.query(prepared(graph.index(), name, examples(name))))
    assert len(rows) == len(graph.query(name, examples(name)).rows) > 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_clients_that_get(web: str) -> None:
    from rdflib import Graph as Remote
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    from SPARQLWrapper import CSV, JSONLD, SPARQLWrapper

    remote = Remote(store=SPARQLStore(f"{web}/sparql"))
    assert len(list(remote.query("SELECT ?s { ?s a tg:Instrument } LIMIT 7"))) == 7
    wrapper = SPARQLWrapper(f"{web}/sparql", returnFormat=CSV)
    wrapper.setQuery("SELECT ?s { ?s a tg:Instrument } LIMIT 7")
    assert len(bytes(wrapper.queryAndConvert()).split()) == 8  # type: ignore[arg-type]
    wrapper = SPARQLWrapper(f"{web}/sparql", returnFormat=JSONLD)
    wrapper.setQuery("CONSTRUCT WHERE { ?s a tg:Instrument } LIMIT 7")
    assert len(wrapper.queryAndConvert()) == 7  # type: ignore[arg-type]


def test_any_page_of_the_web_may_ask(client: httpx.Client) -> None:
    before = client.options(
        "/sparql", headers={"Origin": "https://journal.example", "Access-Control-Request-Method": "POST"}
    )
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    answer = ask(client, "ASK {}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def test_what_a_problem_says_is_json_of_its_own(client: httpx.Client) -> None:
    hostile = 'SELECT "</script><script>alert(1)</script> {'
    answer = ask(client, hostile, "text/html")
    refused(answer, 400, "bad-query")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(answer.text)
