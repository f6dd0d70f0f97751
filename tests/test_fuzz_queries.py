"""Nonsense in queries and requests: a clear answer, never a traceback, and nobody else is called."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import COUNTED, LONGEST, VALUES, cases, note_numbers
from serving import PATIENCE
from treatygraph.model.errors import UsageError
from treatygraph.queries.catalogue import catalogue
from treatygraph.triplestore.sparql import Local, run_text


@pytest.fixture(scope="module", autouse=True)
def numbers() -> Iterator[None]:
    """Adds how many cases were tried to the file that scripts/fuzz reads."""
    yield
    note_numbers()


# ---------------------------------------------------------------------- queries


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[Any]]]:
    """A port of loopback, and whoever has called there."""
    heard: list[Any] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    call, who = server.accept()
                except TimeoutError:
                    continue
                heard.append(who)
                call.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        ended.set()
        thread.join(5)


class Handful(Local):
    """A store of a few triples in memory, so that no query takes long."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._few = pyoxigraph.Store()
        text = "<urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> 1 . <urn:a> <urn:q> 'x'@en ."
        self._few.load(text, format=pyoxigraph.RdfFormat.TURTLE)

    @property
    def store(self) -> pyoxigraph.Store:
        return self._few


SERVICES = (
    "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "select * where { service silent <http://127.0.0.1:PORT/x> {?s ?p ?o} }",
    "SELECT * { BIND(<http://127.0.0.1:PORT/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:PORT/> { } } } }",
    "PREFIX e: <http://127.0.0.1:PORT/> SELECT * { ?s ?p ?o . FILTER EXISTS { SERVICE e: { ?s ?p ?o } } }",
    "BASE <http://127.0.0.1:PORT/> CONSTRUCT { ?s ?p ?o } FROM <x> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:PORT/>",
    "INSERT { ?s ?p ?o } USING <http://127.0.0.1:PORT/> WHERE { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '# \\u0053ERVICE' } # SERVICE\nLIMIT 1",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "#\rSELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """\\""" . SERVICE <http://127.0.0.1:PORT/> {} #""" }',
)
PIECES = (
    "SERVICE", "service", "\\u0053ERVICE", "SERVICE SILENT", "<http://127.0.0.1:PORT/>", "FROM", "{", "}", "#", "\n",
    "\r", "\\", '"', "'", '"""', "?x", "UNION", "OPTIONAL", "MINUS", "FILTER", "BIND(1 AS ?x)", "GROUP BY ?x", "VALUES",
    "*", "/", "^", "|", "(", ")", ";", ".", "LIMIT 1", "\\U00000053", "\u2028", "\ufeff", "\u0000", "<", ">", "e:", "a",
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "<urn:a>", "1e400", "REGEX(?o, '(')", "{}", "EXISTS", "GRAPH ?g",
)  # fmt: skip
QUERIES = [*SERVICES, *(one.text for one in catalogue() if one.text)]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A query with something put in, taken out or exchanged, or a row of its pieces."""
    if draw(st.integers(0, 4)) == 0:
        return " ".join(draw(st.lists(st.sampled_from(PIECES), max_size=14)))
    text = draw(st.sampled_from(QUERIES))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = (
            text[:start]
            + draw(st.one_of(st.just(""), st.sampled_from(PIECES), st.text(max_size=4)))
            + text[start + length :]
        )
    return text


@cases(150)
@given(text=texts())
def test_a_query_is_answered_or_refused_and_calls_nobody(listener: tuple[int, list[Any]], text: str) -> None:
    COUNTED["queries"] += 1
    port, heard = listener
    with suppress(UsageError):
        run_text(FEW, text.replace("PORT", str(port)), limit=100)
    assert not heard, "the query called another host"


FEW = Handful()


def test_the_listener_hears_a_query_that_may_ask(listener: tuple[int, list[Any]]) -> None:
    port, heard = listener
    with pytest.raises(UsageError):
        run_text(FEW, SERVICES[0].replace("PORT", str(port)), allow_service=True)
    assert heard
    heard.clear()


# ---------------------------------------------------------------------- requests


PATHS = st.one_of(
    st.sampled_from((
        "/", "/between", "/sparql", "/health", "/api", "/dataset", "/dataset/ttl", "/editor", "/ontology", "/robots.txt",
        "/query/remains", "/query/nothing", "/id/instrument/npt", "/id/state/USA", "/id/x/y", "/scheme/topic/nuclear",
        "/problem/limit", "/.well-known/void", "/api/between", "/api/status", "/api/show", "/api/timeline", "/openapi.json",
        "/graph/derived", "/static/x", "/static/../../etc/passwd", "/id/instrument/%2e%2e", "/id/state/%00", "//", "/%ff",
    )),
    st.text("abc/%.?#&=\\\u00e9 0", max_size=20).map(lambda text: f"/{text}"),
)  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from((
        "a", "b", "on", "query", "topic", "reading", "format", "name", "instrument", "state", "limit", "offset",
        "timeout", "default-graph-uri", "using-graph-uri", "update", "q", "first", "second", "scope", "known", "page",
    )),
    st.one_of(VALUES, texts().map(lambda text: text[:300])),
    max_size=4,
)  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(("Accept", "Content-Type", "Accept-Language", "Host", "Range", "X-Forwarded-For", "Origin", "Cookie")),
    st.one_of(
        st.sampled_from(("text/html", "text/turtle", "*/*;q=x", "application/sparql-query", "application/json", ";", ",")),
        st.text("abc/;=*,.\"0 ", max_size=20),
    ),
    max_size=3,
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")


@cases(60)
@given(method=st.sampled_from(METHODS), path=PATHS, fields=FIELDS, headers=HEADERS, body=st.binary(max_size=60))
def test_a_request_never_breaks_the_server(
    web: str, method: str, path: str, fields: dict[str, str], headers: dict[str, str], body: bytes
) -> None:
    COUNTED["requests"] += 1
    values = {name: text.encode("utf-8", "replace").decode().replace("PORT", "1") for name, text in fields.items()}
    content = body if method in ("POST", "PUT", "PATCH") else None
    try:
        answer = httpx.request(method, web + path, params=values, headers=headers, content=content, timeout=LONGEST)
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError):
        return  # the client itself would not send it
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    assert "Traceback" not in answer.text


@cases(40)
@given(lines=st.lists(st.one_of(st.binary(max_size=40), st.sampled_from((
    b"GET / HTTP/1.1", b"GET /sparql?query=ASK{} HTTP/1.1", b"POST /sparql HTTP/1.1", b"Host: 127.0.0.1", b"Host:", b"",
    b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999", b"Transfer-Encoding: chunked", b"5", b"zz",
    b"GET http://x/ HTTP/1.0", b"GET /\xff HTTP/1.1", b"Connection: close", b"Expect: 100-continue", b"PRI * HTTP/2.0",
))), max_size=8))  # fmt: skip
def test_bytes_never_break_the_server(web: str, lines: list[bytes]) -> None:
    COUNTED["bytes"] += 1
    host, _, port = web.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as call:
        call.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        call.shutdown(socket.SHUT_WR)
        try:
            answer = call.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            answer = b""
    assert not answer.startswith(b"HTTP/1.1 500"), answer
    assert httpx.get(f"{web}/health", timeout=PATIENCE).status_code == 200
