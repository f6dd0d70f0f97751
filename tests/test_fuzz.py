"""Nonsense of every kind: facts, dates, names, command lines, queries, requests. A clear answer, never a traceback.

The suite tries the same few cases every time. ``scripts/fuzz`` runs this file again and again with new ones:
``TREATYGRAPH_FUZZ`` is how many of each, and ``TREATYGRAPH_FUZZ_LOG`` the file to which the numbers are added.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatygraph import cli
from treatygraph.catalogue import catalogue
from treatygraph.checks import findings, stops
from treatygraph.dates import Period, Span, day
from treatygraph.documents import documents
from treatygraph.errors import BadDate, FactsError, TreatygraphError, UsageError
from treatygraph.facts import read
from treatygraph.graph import Graph, open_graph
from treatygraph.law.corpus import Corpus
from treatygraph.quads import quads
from treatygraph.sparql import Local, run_text
from treatygraph.store import built

SMALL = Path(__file__).resolve().parent / "small_graph"
FILES = sorted(
    path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*") if path.suffix in (".csv", ".yaml", ".tsv")
)
EXAMPLES = int(os.environ.get("TREATYGRAPH_FUZZ", "0"))
"""How many new cases of each kind; 0: the few of the suite, always the same."""
COUNTED: Counter[str] = Counter()
_LONGEST = 60
"""Seconds after which a command counts as hanging."""


def cases(few: int) -> settings:
    """How often a test is tried."""
    return settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module", autouse=True)
def numbers() -> Iterator[None]:
    """Adds how many cases were tried to the file that scripts/fuzz reads."""
    yield
    log = os.environ.get("TREATYGRAPH_FUZZ_LOG")
    if log:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(json.dumps(COUNTED) + "\n")


# ---------------------------------------------------------------------- facts


WORDS = st.sampled_from((
    "", " ", "NO", "no", "~", "null", "0", "-1", "1e9", "9999999999", "P0D", "P9999Y", "P99999999999D", "9999-12-31",
    "0000-00-00", "0001-01-01", "1970-02-30", "1999/1998", "../..", "1970", "/1970", "1970-01/", "XXXX", "19XX", "1970?",
    "signatories", "participants", "lake-treaty", "lake-protocol", "Aland", "AAA", "yes", "clause-x", "first-of-month",
    "{", "}", "[", "]", ": ", ",", ",,", ";", '"', "'", "|", "#", "&a", "*a", "!!python/object:os.system", "\t", "\r\n",
    "\n", "\u0000", "\u2028", "\ufeff", "é", "ｅ", "\U0001f600", "\u202e", "%", "\\", "<script>", "_:b", "http://x",
))  # fmt: skip


@st.composite
def damage(draw: st.DrawFn) -> tuple[str, str, int, int, str]:
    """One change of one file: where, what, from which place, how long, and what is put there."""
    how = draw(st.sampled_from(("cut", "put", "over", "twice", "swap", "cell", "drop")))
    put = draw(st.one_of(WORDS, st.text(max_size=12)))
    return draw(st.sampled_from(FILES)), how, draw(st.integers(0, 6000)), draw(st.integers(1, 40)), put


def damaged(text: str, how: str, start: int, length: int, put: str) -> str:
    """The text after one change."""
    start %= max(1, len(text))
    lines = text.split("\n")
    number = start % len(lines)
    if how in ("cut", "put", "over"):
        return text[:start] + ("" if how == "cut" else put) + text[start + (0 if how == "put" else length) :]
    if how == "twice":
        lines.insert(number, lines[number])
    elif how == "swap":
        other = (number + length) % len(lines)
        lines[number], lines[other] = lines[other], lines[number]
    elif how == "drop":
        del lines[number]
    else:
        cells = lines[number].split(",")
        cells[length % len(cells)] = put
        lines[number] = ",".join(cells)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("fuzz") / "graph"
    shutil.copytree(SMALL, copy)
    return copy


def spoil(folder: Path, changes: list[tuple[str, str, int, int, str]]) -> None:
    """Bring the facts back to what they were, then change them."""
    for name in FILES:
        (folder / name).write_bytes((SMALL / name).read_bytes())
    for name, how, start, length, put in changes:
        text = (folder / name).read_text(encoding="utf-8")
        new = damaged(text, how, start, length, put).encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(new.decode("utf-8", "replace").encode())


@cases(60)
@given(changes=st.lists(damage(), min_size=1, max_size=3))
def test_damaged_facts_are_read_or_refused(folder: Path, changes: list[tuple[str, str, int, int, str]]) -> None:
    COUNTED["facts"] += 1
    spoil(folder, changes)
    problem: FactsError | None = None
    try:
        facts = read(folder)
        wrong = stops(facts)
        if wrong:
            raise FactsError(wrong)
        corpus = Corpus(facts)
        derivations = list(corpus.derivations())
    except FactsError as raised:
        problem = raised
    if problem:
        assert problem.findings
        assert all(found.message and found.mend and found.place for found in problem.findings)
        return
    list(documents(facts, derivations, {}))
    list(quads(facts, derivations))
    findings(facts, corpus, date(2026, 1, 1))


@cases(6)
@given(changes=st.lists(damage(), min_size=1, max_size=2))
def test_damaged_facts_leave_a_whole_build_or_none(
    folder: Path, changes: list[tuple[str, str, int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    COUNTED["builds"] += 1
    cache = folder.parent / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    spoil(folder, changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYGRAPH_CACHE", str(cache))
        home = None
        with suppress(FactsError):
            home = built(folder, talk=lambda _: None)
        if home is None:
            assert not [path for path in cache.rglob("*") if path.is_file() and path.name != "lock"]
            return
        graph = Graph(home)
        assert list(graph.shelf().all("state"))
        assert len(pyoxigraph.Store.read_only(str(home.store))) > 100
        graph.close()
        assert not [path.name for path in cache.iterdir() if path.is_dir() and not (path / "store").is_dir()]


# ---------------------------------------------------------------------- dates and names


NEARLY_DATES = st.one_of(
    st.text("0123456789-/.~?%XYMDPWu T:Z+", max_size=16),
    st.from_regex(r"P?[0-9]{0,6}[YMD]?[0-9]{0,9}[YMD]?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,5}-[0-9]{2}(-[0-9]{2})?(/[0-9X]{4}(-[0-9]{2})?)?[?~%]?", fullmatch=True),
    WORDS,
    st.text(max_size=8),
)


@cases(300)
@given(text=NEARLY_DATES, start=st.dates())
def test_a_date_is_read_or_refused(text: str, start: date) -> None:
    COUNTED["dates"] += 1
    ended: list[str] = []
    for form in (Span.parse, day, Period.parse):
        try:
            found: Any = form(text)
        except BadDate as problem:
            ended.append(str(problem))
            continue
        if isinstance(found, Span):
            assert found.earliest <= found.latest
        if isinstance(found, Period):
            found.after(start)
            found.before(start)
    assert all(message.endswith(".") for message in ended)


@pytest.fixture(scope="module")
def graph(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = open_graph()
    yield opened
    opened.close()


NAMES = st.one_of(
    st.sampled_from(("US", "Russia", "NATO", "NPT", "New START", "Kazakhstan", "P5", "UN", "CTBT", "the treaty")),
    WORDS,
    st.text(max_size=20),
    st.text("USRaeiou -'.,()/\\%\u0301", max_size=12),
)


@cases(25)
@given(first=NAMES, second=NAMES, on=st.dates().map(str))
def test_a_name_is_known_or_refused(graph: Graph, first: str, second: str, on: str) -> None:
    COUNTED["names"] += 1
    said: list[str] = []
    for ask in (
        lambda: graph.show(first),
        lambda: graph.between(first, second, on),
        lambda: graph.status(first, on),
        lambda: graph.query("remains", {"a": first, "b": second, "on": on}),
        lambda: graph.query("in-force-on", {"on": on, "topic": first}),
    ):
        try:
            ask()
        except TreatygraphError as problem:
            said.append(str(problem))
    assert all(said)


# ---------------------------------------------------------------------- command lines


OPTIONS = (
    "--on", "--known", "--format", "--topic", "--scope", "--binding", "--reading", "--state", "--group", "--states",
    "--since", "--every", "--limit", "--timeout", "--a", "--b", "--instrument", "--graph", "--all", "--page", "--store",
    "--output", "-o", "--seed", "--resolution", "--brief", "--parquet", "--port", "--hosts", "--to", "--update",
    "--offline", "--help", "--version", "--title", "--short", "--kind", "--date", "--text", "--type", "--source", "--at",
    "--of", "--by", "-", "--", "-h", "-x", "--=", "--on=", "--max-rows", "--endpoint", "--sheet", "--participant",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from((
        "US", "Russia", "NPT", "open-skies", "NATO", "2021-05-28", "1800-01-01", "9999-12-31", "json", "csv", "table",
        "ttl", "nuclear", "any", "clause", "depositary", "remains", "parties-on", "year", "summary", "history",
        "erosion", "similar", "matrix", "dyads", "centrality", "core", "compare", "instrument", "event", "ASK {}",
        "SELECT * { ?s ?p ?o }", "leaves", "joins", "x.html", "/dev/full", "/proc/1/mem", "1", "0", "-1", "nan", "1e400",
        "http://127.0.0.1:1/", "what remains between the US and Russia?", "bash", "words", "network", "pair", "timeline",
    )),
    NEARLY_DATES,
    NAMES,
)  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(OPTIONS), VALUES, VALUES), max_size=7).map(
    lambda words: [word for word in words if "\0" not in word and not any("\ud800" <= c <= "\udfff" for c in word)]
)


def _refuse(*_: object) -> None:
    raise ConnectionRefusedError("no network in tests")


def _child(arguments: list[str], folder: Path) -> None:
    """What the forked process does: run the command in a folder of its own, without network and without waiting."""
    os.chdir(folder)
    sys.stdin = io.StringIO("")
    out, err, code = io.StringIO(), io.StringIO(), 70
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    time.sleep = lambda _: None
    import treatygraph.web.server

    treatygraph.web.server.run = lambda *_, **__: None
    sys.argv = ["treatygraph", *arguments]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 70 if end.code else 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the test looks for
        err.write(traceback.format_exc())
    (folder / "result.json").write_text(json.dumps([code, err.getvalue()]), encoding="utf-8")


def in_a_child(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and stderr of a command, run in a forked process that is ended when it hangs."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    child = os.fork()
    if not child:
        try:
            _child(arguments, folder)
        finally:
            os._exit(0)
    until = time.monotonic() + _LONGEST
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return 71, "it hangs"
        time.sleep(0.005)
    result = folder / "result.json"
    if not result.exists():  # a query out of time ends the process at once
        return os.waitstatus_to_exitcode(status), "treatygraph: ended"
    code, said = json.loads(result.read_text(encoding="utf-8"))
    return int(code), str(said)


@cases(16)
@given(command=st.sampled_from([*cli.COMMANDS, *cli.COMMANDS, "nonsense", ""]), line=LINES)
def test_a_command_line_is_answered_or_refused(
    built_cache: Path, tmp_path_factory: pytest.TempPathFactory, command: str, line: list[str]
) -> None:
    COUNTED["command lines"] += 1
    at = tmp_path_factory.getbasetemp() / "fuzzed-command"
    words = [command, *line]
    if command == "new":
        words += ["--graph", str(at / "facts")]
    if command == "mcp" and not line:
        words += ["--nonsense"]
    code, said = in_a_child(words, at)
    assert code in (0, 1, 2), said
    assert "Traceback" not in said
    if code == 2:
        assert said.strip(), "the reason is told"
        assert "treatygraph" in said.strip().splitlines()[-1] or "Mend: " in said, said


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
        answer = httpx.request(method, web + path, params=values, headers=headers, content=content, timeout=_LONGEST)
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
    with socket.create_connection((host, int(port)), timeout=10) as call:
        call.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        call.shutdown(socket.SHUT_WR)
        try:
            answer = call.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            answer = b""
    assert not answer.startswith(b"HTTP/1.1 500"), answer
    assert httpx.get(f"{web}/health", timeout=10).status_code == 200
