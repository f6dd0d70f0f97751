"""The graph on other people's servers: laid down whole, asked like the one at home, and every way to fail."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from asking import examples
from treatygraph import cli
from treatygraph.answers.between import Question, between
from treatygraph.build.index import Index
from treatygraph.build.index_file import IndexFile
from treatygraph.graph import Graph, open_graph
from treatygraph.model.errors import StoreError, UsageError
from treatygraph.model.terms import CURRENT, DATASET, DERIVED, DOCUMENTS, PREFIXES
from treatygraph.queries.catalogue import catalogue, run_named
from treatygraph.remote.engine import RemoteEngine
from treatygraph.remote.publish import current, publish
from treatygraph.remote.server import Server
from treatygraph.remote.storage import RemoteStorage, address
from treatygraph.triplestore.sparql import Local

SMALL = Path(__file__).resolve().parent / "small_graph"
VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 20000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
"""


def missing(reason: str) -> None:
    """Skip where a server is not installed; fail where everything must be tried."""
    if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server process until the end of the block, once it listens."""
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(300):
                if process.poll() is not None:
                    pytest.fail((folder / "server.log").read_text()[-2000:])
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@contextmanager
def oxigraph_at(folder: Path) -> Iterator[Server]:
    """The Oxigraph server of what is in the folder's ``data``."""
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not binary:
        missing("the server of the package oxigraph is not installed")
    port = free_port()
    command = [str(binary), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, port):
        yield Server(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update")


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph_at(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    binary = shutil.which("virtuoso-t")
    if not binary:
        missing("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    folder, http, sql = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(http=http, sql=sql))
    with (
        pytest.MonkeyPatch.context() as patch,
        running([str(binary), "+foreground", "+configfile", "virtuoso.ini"], folder, http),
    ):
        patch.setenv("TREATYGRAPH_STORE_PASSWORD", "dba")
        yield Server(f"http://127.0.0.1:{http}/sparql", f"http://127.0.0.1:{http}/sparql-auth", user="dba")


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield open_graph(SMALL)


def lay_down(graph: Graph, server: Server, name: str = "small") -> Any:
    store = pyoxigraph.Store.read_only(str(graph.home.store))
    return publish(name, store, IndexFile(graph.home.index).documents(), server, lambda _: None)


STATES = "SELECT ?s ?name { ?s a tg:State ; tg:title ?name } ORDER BY ?s"
STANDINGS = f"SELECT ?s ?from ?until {{ GRAPH <{DERIVED}> {{ ?s a tg:Standing ; tg:from ?from ; tg:until ?until }} }} ORDER BY ?s"


def test_what_is_laid_down_answers_as_at_home(small: Graph, server: Server) -> None:
    done = lay_down(small, server)
    assert done.counts
    assert not done.already
    engine = RemoteEngine(server)
    for text in (STATES, STANDINGS, "ASK { ?s a tg:State }", "ASK { ?s a tg:Unknown }"):
        for union in (True, False):
            assert engine.query(text, union=union) == Local(small.home.store).query(text, union=union)
    made = engine.query("CONSTRUCT { ?s a tg:State } WHERE { ?s a tg:State }", union=False)
    assert made == Local(small.home.store).query("CONSTRUCT { ?s a tg:State } WHERE { ?s a tg:State }", union=False)


def test_the_index_travels_along(small: Graph, server: Server) -> None:
    lay_down(small, server)
    index = Index(RemoteStorage(server, current(server)), small.index().digest)
    asked = Question(("Aland", "Beland"), date(1971, 1, 1))
    states = list(small.index().states())[:2]
    assert between(index, states[0], states[1], asked) == between(small.index(), states[0], states[1], asked)
    assert list(index.instruments().items()) == list(small.index().instruments().items())
    assert index.state("nobody") is None


def test_the_same_build_is_not_laid_down_twice(small: Graph, server: Server) -> None:
    first = lay_down(small, server)
    again = lay_down(small, server)
    assert again.already
    assert again.counts == first.counts


def test_a_reader_learns_that_the_build_was_exchanged(small: Graph, server: Server) -> None:
    lay_down(small, server)
    reader, index = RemoteEngine(server), Index(RemoteStorage(server, current(server)))
    lay_down(small, server, "second")
    with pytest.raises(StoreError, match="no longer holds the build small"):
        reader.query(STATES, union=True)
    assert index.states(), "the index of the build before stays for those who still read it"
    lay_down(small, server, "third")
    assert not Index(RemoteStorage(server, "small")).states()


def test_a_server_that_lost_half_is_found_out(small: Graph, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_down(small, server, "whole")
    send = server.update
    lost: list[str] = []

    def update(text: str) -> None:
        if "INSERT DATA" in text and not lost:
            lost.append(text)
        else:
            send(text)

    monkeypatch.setattr(server, "update", update)
    with pytest.raises(StoreError, match="Publish again"):
        lay_down(small, server, "half")
    assert current(server) == "whole"
    assert RemoteEngine(server).query(STATES, union=False) == Local(small.home.store).query(STATES, union=False)


def test_a_publication_that_died_is_no_build(small: Graph, oxigraph: Server) -> None:
    lay_down(small, oxigraph)
    oxigraph.update(f"CLEAR GRAPH <{CURRENT}>")
    with pytest.raises(StoreError, match="publish --to"):
        RemoteEngine(oxigraph)
    assert not lay_down(small, oxigraph).already


def test_a_refused_query_says_so(oxigraph: Server) -> None:
    with pytest.raises(UsageError, match="refuses"):
        oxigraph.query("SELECT nonsense", ())


# ---------------------------------------------------------------------- the named questions, on every store


ASKED: tuple[dict[str, str], ...] = (
    {},
    {
        "a": "US",
        "b": "Palestine",
        "on": "2020-01-01",
        "topic": "nuclear",
        "instrument": "open-skies",
        "state": "Czechia",
    },
    {"a": "Poland", "b": "Belarus", "on": "2023-06-01", "topic": "any", "instrument": "cfe", "reading": "Russia"},
    {"a": "North Korea", "b": "South Korea", "on": "1994-01-01", "instrument": "NPT", "since": "1994-01-01"},
    {"a": "France", "b": "UK", "on": "1925-06-18", "instrument": "Geneva Protocol", "since": "1925-06-18"},
    {"on": "1975-06-01", "since": "1975-06-01", "until": "1999-12-31", "instrument": "NPT", "reading": "North Korea"},
    {"on": "2026-11-25", "reading": "clause"},
)
"""Values for whichever parameters a question has; the first: its examples."""


@pytest.fixture(scope="module")
def real(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = open_graph()
    yield opened
    opened.close()


def differences(graph: Graph, server: Server) -> list[str]:
    """The questions whose rows are not the same there, in the same order, with the values that were given."""
    engine, found = RemoteEngine(server), []
    index = Index(RemoteStorage(server, engine.build))
    for question in catalogue():
        names = set(question.examples)
        tried: list[dict[str, str]] = []
        for given in ASKED if not question.function else ASKED[:1]:
            values = examples(question.name) | {name: value for name, value in given.items() if name in names}
            if values not in tried:
                tried.append(values)
                ours = run_named(graph.index(), Local(graph.home.store), question.name, values)
                theirs = run_named(graph.index() if values else index, engine, question.name, values)
                if ours != theirs:
                    found.append(f"{question.name} {values}: {len(ours.rows)} rows here, {len(theirs.rows)} there")
    return found


def test_every_question_answers_the_same_on_virtuoso(real: Graph, virtuoso: Server) -> None:
    store = pyoxigraph.Store.read_only(str(real.home.store))
    publish("real", store, IndexFile(real.home.index).documents(), virtuoso, lambda _: None)
    assert not differences(real, virtuoso)


def test_every_question_answers_the_same_on_the_oxigraph_server(real: Graph, tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "data"))  # as publish leaves it, but laid down at once: a minute less
    quads = pyoxigraph.Store.read_only(str(real.home.store))
    store.bulk_extend(quads)
    terms = {name: NamedNode(f"{PREFIXES['dcterms']}{name}") for name in ("identifier", "type")}
    value, index = NamedNode(f"{PREFIXES['rdf']}value"), NamedNode(f"{DOCUMENTS}/real")
    store.bulk_extend(
        Quad(NamedNode(address(kind, name)), term, Literal(text), index)
        for kind, name, document in IndexFile(real.home.index).documents()
        for term, text in ((terms["type"], kind), (terms["identifier"], name), (value, json.dumps(document)))
    )
    store.add(Quad(NamedNode(DATASET), terms["identifier"], Literal("real"), NamedNode(CURRENT)))
    store.flush()
    del store
    with oxigraph_at(tmp_path) as server:
        assert not differences(real, server)


# ---------------------------------------------------------------------- servers that fail


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def faulty(behave: Behaviour, *, timeout: int = 2) -> Iterator[Server]:
    """A server that does to every request what ``behave`` does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            behave(self)

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listener.server_address[1]}/", timeout=timeout)
    finally:
        listener.shutdown()
        listener.server_close()


def answers(status: int, body: bytes, *, promised: int | None = None, pause: float = 0) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(pause)
        handler.send_response(status)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", str(promised if promised is not None else len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return behave


@pytest.mark.parametrize(
    ("behave", "message"),
    [
        (answers(200, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": '), "broken after 57 bytes"),
        (answers(200, b'{"head": {"vars": ["s"]}'), "broken"),
        (answers(200, b"<html>Welcome</html>"), "broken"),
        (answers(200, b"{}"), "broken"),
        (answers(200, b'{"head"', promised=5_000), "broke off"),
        (answers(503, b"busy"), "503"),
        (answers(404, b"nothing"), "refuses"),
        (answers(200, b"{}", pause=4), "within 2 s"),
    ],
)
def test_a_failing_server_is_told_of(behave: Behaviour, message: str) -> None:
    with faulty(behave) as server, pytest.raises((StoreError, UsageError), match=message):
        server.query("SELECT ?s { ?s ?p ?o }", ())


def test_no_server_at_all() -> None:
    with pytest.raises(StoreError, match="is the server up"):
        Server(f"http://127.0.0.1:{free_port()}/").query("ASK { }", ())
    with pytest.raises(UsageError, match="not the address"):
        Server("file:///etc/passwd")


# ---------------------------------------------------------------------- the command line and Python on a server


def test_commands_ask_a_server(small: Graph, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    lay_down(small, server)
    there = open_graph(store=server.url)
    first, second = list(small.index().states())[:2]
    theirs = there.between(first, second, "1971-01-01")
    assert theirs.edition.digest == "small", "the name under which the build was laid down"
    ours = small.between(first, second, "1971-01-01")
    assert replace(theirs, edition=ours.edition) == ours
    card = small.show("lake-treaty")
    assert replace(there.show("lake-treaty"), edition=card.edition) == card
    assert cli.run(["status", "lake-treaty", "--on", "1971-01-01", "--format", "json", "--store", server.url]) == 0
    shown = json.loads(capsys.readouterr().out)
    status = small.status("lake-treaty", "1971-01-01").to_dict()
    assert {**shown, "edition": status["edition"]} == status
    with pytest.raises(UsageError, match="without --store"):
        assert there.dataset
    with pytest.raises(UsageError, match="leave --store out"):
        cli.run(["check", "--store", server.url])
    with pytest.raises(UsageError, match="SERVICE"):
        there.sparql("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_publish_says_what_is_there(
    small: Graph, oxigraph: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treatygraph.build.cache.built", lambda: small.home)
    to = ["--to", oxigraph.url, "--update", oxigraph.url.replace("/query", "/update"), "--format", "json"]
    assert cli.run(["publish", *to]) == 0
    told = capsys.readouterr()
    done = json.loads(told.out)
    assert done["build"] == small.home.folder.name == current(oxigraph)
    assert sum(done["counts"].values()) > 100
    assert "in its place" in told.err
