"""The server on the open internet: what kills others, what reaches out, and too many at once."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

import treatygraph
from asking import examples
from serving import PATIENCE, get
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError
from treatygraph.queries.catalogue import catalogue, prepared
from treatygraph.web.limits import MIB, Limits
from treatygraph.web.pool import Pool
from treatygraph.web.problems import Refusal

SECONDS = 4.0
TODAY = "2026-11-23"
KILLERS = {
    "an out-of-scope BIND in a UNION": "SELECT * { { ?s ?p ?o BIND(?nowhere AS ?x) } UNION { ?a ?b ?c BIND(?x AS ?y) } ?y ?q ?z . ?x ?r ?w }",
    "a cross product of everything": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "the same, counted": "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } } { SELECT ?d { ?d ?e ?f } } FILTER(STR(?a) < STR(?d)) }",
    "a regex bomb": 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r FILTER(REGEX(CONCAT(STR(?o), STR(?r)), "(.*a){12}(.*b){12}(.*c){12}$")) }',
    "a path over all": "SELECT (COUNT(*) AS ?n) { ?s (!<x:y>)* ?o }",
    "a path of paths": "SELECT * { ?s ((<x:a>|!<x:b>)+/(!<x:c>)*)+ ?o }",
    "strings that grow": "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?o), STR(?r), STR(?u)))) AS ?n) { ?s ?p ?o . ?t ?q ?r . ?v ?w ?u }",
    "a hundred thousand brackets": "SELECT * { " + "{" * 30_000 + "}" * 30_000 + " }",
}  # fmt: skip
LIMITED = {"time-limit", "memory-limit", "busy", "result-too-large", "bad-query", "request-too-large"}


@pytest.fixture(scope="module")
def tight(serve: Callable[..., AbstractContextManager[str]], built_cache: Path) -> Iterator[str]:
    """A server with little time and memory."""
    assert built_cache.is_dir()
    options = {"seconds": SECONDS, "patience": 1.5, "memory": 256, "workers": 2, "long": 1, "client": 40}
    with serve(*(word for name, value in options.items() for word in (f"--max-{name}", str(value)))) as address:
        yield address


def ask(address: str, text: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-query"}
    return httpx.post(f"{address}/sparql", content=text, headers=headers, timeout=PATIENCE)


def test_queries_that_kill_others_end_while_others_are_answered(tight: str) -> None:
    stop = threading.Event()
    short: list[tuple[int, float]] = []

    def others() -> None:
        while not stop.is_set():
            start = time.monotonic()
            status = ask(tight, "SELECT ?i { ?i a tg:Instrument } LIMIT 5").status_code
            short.append((status, time.monotonic() - start))

    other = threading.Thread(target=others)
    other.start()

    def kill(text: str) -> tuple[httpx.Response, float]:
        start = time.monotonic()
        return ask(tight, text), time.monotonic() - start

    with ThreadPoolExecutor(4) as several:
        found = dict(zip(KILLERS, several.map(kill, KILLERS.values()), strict=True))
    stop.set()
    other.join()
    for name, (answer, took) in found.items():
        assert answer.status_code in (400, 413, 503), (name, answer.text[:200])
        assert answer.headers["content-type"] == "application/problem+json", name
        assert answer.json()["type"].rpartition("/")[2] in LIMITED, (name, answer.text)
        assert answer.status_code != 503 or answer.headers["retry-after"], name
        assert took < SECONDS + Limits().wait, (name, took)
    assert len(short) > 2
    assert {status for status, _ in short} == {200}


def test_a_long_query_is_told_of_the_limit_of_time(tight: str) -> None:
    start = time.monotonic()
    answer = ask(tight, KILLERS["a regex bomb"])
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (503, "time-limit")
    assert "4 seconds" in answer.json()["detail"]
    assert SECONDS <= time.monotonic() - start < SECONDS + 3


def test_a_greedy_query_is_told_of_the_limit_of_memory(tight: str) -> None:
    answer = ask(tight, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.json()["type"].rpartition("/")[2] in ("memory-limit", "result-too-large", "time-limit")
    assert ask(tight, "ASK {}").status_code == 200
    # On a busy machine a few seconds would be over first.
    limits = Limits(seconds=PATIENCE, patience=PATIENCE, wait=PATIENCE, memory=256 * MIB, workers=1, long=1)
    greedy, light = (
        {"job": "sparql", "text": text, "rows": "text/csv", "graph": None}
        for text in ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a", "ASK {}")
    )
    assert pooled(treatygraph.open(), limits, [greedy, light]) == ["memory-limit", b"true"]


def test_fifty_clients_at_once_meet_declared_limits_alone(web: str, built_cache: Path) -> None:
    index = treatygraph.open().index()
    texts = [
        prepared(index, question.name, examples(question.name)) for question in catalogue() if not question.function
    ][:17] * 3
    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(lambda text: ask(web, text), texts[:50]))
    assert len(answers) == 50
    for answer in answers:
        if answer.status_code != 200:
            assert answer.status_code in (429, 503)
            assert answer.json()["type"].rpartition("/")[2] in ("busy", "too-many-at-once", "time-limit")
    assert sum(answer.status_code == 200 for answer in answers) >= 25
    assert get(f"{web}/health").json()["waiting"] == 0


REACHING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { # comment\r SERVICE <URL> { ?s ?p ?o } }",
    "# comment\rSELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "# from \\u000A\nSELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "# FROM\n# SERVICE\nSELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that only notes who connects."""
    heard: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, who = server.accept()
            except OSError:
                return
            heard.append(str(who))
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.mark.parametrize("text", REACHING)
def test_no_query_reaches_another_host(web: str, listener: tuple[str, list[str]], text: str) -> None:
    url, heard = listener
    answer = ask(web, text.replace("URL", url))
    assert (answer.status_code, answer.json()["status"]) == (403, 403), answer.text
    assert heard == []


@pytest.mark.parametrize("field", ["default-graph-uri", "named-graph-uri"])
def test_no_dataset_is_fetched(web: str, listener: tuple[str, list[str]], field: str) -> None:
    url, heard = listener
    assert get(f"{web}/sparql", params={"query": "ASK { ?s ?p ?o }", field: url}).status_code == 403
    assert heard == []


CONFINED = """
import sys
import pyoxigraph
from treatygraph.triplestore.sandbox import confine
store = pyoxigraph.Store.read_only(sys.argv[1])
if sys.argv[3] == "confined":
    confine(1 << 28)
try:
    list(store.query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % sys.argv[2]))
except Exception as error:
    print(error)
try:
    open("/etc/hostname")
except OSError as error:
    print(error)
print(sum(1 for _ in store.query("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1000")))
"""


@pytest.mark.parametrize("way", ["confined", "free"])
def test_a_confined_worker_opens_no_socket(built_cache: Path, listener: tuple[str, list[str]], way: str) -> None:
    url, heard = listener
    store = str(treatygraph.open().home.store)
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, store, url, way], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    seen = bool(heard), "Too many open files" in done.stdout, done.stdout.split()[-1]
    assert seen == (way == "free", way == "confined", "1000")


def test_a_client_that_asks_too_much_at_once_is_told_so(
    serve: Callable[..., AbstractContextManager[str]], built_cache: Path
) -> None:
    with serve("--max-client", "2", "--max-waiting", "1", "--max-workers", "1", "--max-seconds", "1") as address:
        with ThreadPoolExecutor(6) as several:
            answers = list(several.map(lambda _: ask(address, KILLERS["a path over all"]), range(6)))
        names = [answer.json()["type"].rpartition("/")[2] for answer in answers]
        assert "too-many-at-once" in names
        assert {answer.status_code for answer in answers} <= {429, 503}
        assert all(answer.headers["retry-after"] for answer in answers)
        until(lambda: ask(address, "ASK {}").status_code == 200)


def test_a_visitor_who_goes_away_takes_the_query_along(tight: str) -> None:
    for _ in range(3):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{tight}/sparql", data={"query": KILLERS["a path over all"]}, timeout=0.3)
    places = 2 * (2 + 1) + 1
    until(lambda: idle(tight) == places)  # new workers take the place of those that ended


def idle(address: str) -> int:
    """How many workers have nothing to do."""
    return int(get(f"{address}/health").json()["idle"])


def until(condition: Callable[[], bool]) -> None:
    """Wait for what comes for certain."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def serving_process(serve: Callable[..., AbstractContextManager[str]], *options: str) -> Any:
    found: list[subprocess.Popen[str]] = []
    return serve(*options, found=found), found


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return found


def ended(processes: list[psutil.Process], seconds: float) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return not [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def test_sigterm_lets_running_answers_end(serve: Callable[..., AbstractContextManager[str]], built_cache: Path) -> None:
    manager, found = serving_process(serve, "--max-seconds", "3")
    with manager as address:
        workers = children(found[0])
        assert len(workers) >= 4
        slow = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?o ?q ?r . ?r ?t ?u . ?u ?v ?w }"
        with ThreadPoolExecutor(1) as one:
            at_rest = idle(address)
            answer = one.submit(ask, address, slow)
            until(lambda: idle(address) < at_rest)
            found[0].send_signal(signal.SIGTERM)
            assert answer.result().status_code in (200, 503)
        assert found[0].wait(PATIENCE) in (0, -signal.SIGTERM)
        assert ended(workers, PATIENCE)


def test_ctrl_c_ends_the_server_without_a_word(
    serve: Callable[..., AbstractContextManager[str]], built_cache: Path
) -> None:
    manager, found = serving_process(serve, "--max-workers", "1", "--max-long", "1")
    with manager:
        workers = children(found[0])
        for process in [psutil.Process(found[0].pid), *workers]:  # as a terminal sends it: to all
            process.send_signal(signal.SIGINT)
        assert found[0].wait(PATIENCE) == 0
        assert ended(workers, PATIENCE)


def test_workers_end_with_a_server_that_is_killed(
    serve: Callable[..., AbstractContextManager[str]], built_cache: Path
) -> None:
    manager, found = serving_process(serve)
    with manager as address:
        workers = children(found[0])
        with ThreadPoolExecutor(1) as one:
            # One worker is in the midst of a query that would run for long.
            at_rest = idle(address)
            answer = one.submit(ask, address, KILLERS["a path over all"])
            until(lambda: idle(address) < at_rest)
            found[0].kill()
            assert answer.exception() is not None
        assert ended(workers, PATIENCE)


def pooled(graph: Graph, limits: Limits, jobs: list[dict[str, Any]]) -> list[Any]:
    """What a pool makes of jobs, one after another."""

    async def run() -> list[Any]:
        pool = Pool(graph.home, limits)
        await pool.start()
        try:
            return [await _told(pool, job) for job in jobs]
        finally:
            await pool.stop()

    return asyncio.run(run())


async def _told(pool: Pool, job: dict[str, Any]) -> Any:
    try:
        return (await pool.ask(job, "someone")).body
    except Refusal as refusal:
        return refusal.name


def test_a_worker_is_replaced_after_its_uses(built_cache: Path) -> None:
    job = {"job": "sparql", "text": "ASK {}", "rows": "text/csv", "graph": None}
    found = pooled(treatygraph.open(), Limits(workers=1, long=1, uses=2), [job] * 7)
    assert found == [b"true"] * 7


def test_a_worker_answers_every_method_though_it_can_open_nothing(built_cache: Path) -> None:
    def method(called: str, /, **arguments: Any) -> dict[str, Any]:
        return {"job": "graph", "method": called, "arguments": arguments}

    jobs = [
        method("between", first="US", second="NATO", on="2010-01-01", known="2005-01-01"),
        method("between", first="US", second="Russia", on="2021-05-28", reading="Japan", topic="nuclear"),
        method("status", instrument="NPT", on="2003-06-01", state="North Korea"),
        method("timeline", first="US", second="Russia"),
        *(method("show", name=name) for name in ("npt", "RUS", "nato", "rusk-dean", "unoda-2018")),
        method("between", first="États-Unis", second="Russland", on="2021-05-28"),
        method("claims", report="2021-05-open-skies"),
        *({"job": "named", "name": one.name, "given": one.examples, "today": TODAY} for one in catalogue()),
    ]
    for found in pooled(treatygraph.open(), Limits(seconds=PATIENCE, wait=PATIENCE), jobs):
        assert isinstance(found, bytes), found
    strange = [
        method("show", name="qqqqq"), method("between", first="US", second="US", on="2021-05-28"),
        method("between", first="US", second="RUS", on="soon"), method("close"),
        {"job": "named", "name": "qqqqq", "given": {}, "today": TODAY},
    ]  # fmt: skip
    assert pooled(treatygraph.open(), Limits(seconds=PATIENCE, wait=PATIENCE), strange) == [
        "not-found", "bad-request", "bad-request", "server-error", "not-found",
    ]  # fmt: skip


def test_a_request_that_dawdles_is_not_waited_for(
    serve: Callable[..., AbstractContextManager[str]], built_cache: Path
) -> None:
    with serve("--max-upload", "1", "--max-workers", "1", "--max-long", "1") as address:
        host, port = address.removeprefix("http://").split(":")
        body = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
        for sent, answer in (
            (b"GET / HTTP/1.1\r\nX-Slow:", b""),
            (body, b"HTTP/1.1 408"),
            (b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET", b"HTTP/1.1 200"),
        ):
            with socket.create_connection((host, int(port)), timeout=PATIENCE) as slow:
                slow.sendall(sent)
                assert slow.recv(4096).startswith(answer)
                while slow.recv(4096):
                    pass
        assert get(f"{address}/health").status_code == 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "TAKEN"], "cannot listen on 127.0.0.1:TAKEN"),
        (["--port", "70000"], "--port 70000 is no port"),
        (["--max-rows", "0"], "'rows' must be above zero"),
    ],
)
def test_a_server_that_cannot_start_says_why(built_cache: Path, options: list[str], said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        words = [word.replace("TAKEN", taken) for word in options]
        done = subprocess.run(
            [sys.executable, "-m", "treatygraph", "serve", *words], capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
    assert done.returncode == 2
    assert said.replace("TAKEN", taken) in done.stderr


def test_limits_are_above_zero() -> None:
    with pytest.raises(UsageError, match="'rows' must be above zero"):
        Limits(rows=0)
    assert Limits().memory == 512 * MIB
