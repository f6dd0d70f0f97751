"""A small world on a real SPARQL server on loopback, and a proxy before it that misbehaves on demand."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph
import pytest

from treatygraph.build.documents import documents
from treatygraph.build.shelf import MemoryShelf
from treatygraph.facts import FILES
from treatygraph.facts.wikidata_links import COLUMNS
from treatygraph.law.derivations import Corpus
from treatygraph.triplestore.load import topics
from treatygraph.wikidata.client import Client, agent
from treatygraph.wikidata.memory import Memory

HERE = Path(__file__).resolve().parent
DAY = date(2026, 1, 2)


def _server() -> str:
    """The Oxigraph server of the environment.

    It is missing where the package oxigraph is not installed; then these tests are skipped, or fail if all are required.
    """
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found:
        return found
    if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1":
        pytest.fail("the oxigraph server is missing; install the package oxigraph.")
    pytest.skip("the oxigraph server is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def small_world(place: Path) -> Iterator[str]:
    """A query service that holds the small world of ``data/wikidata.ttl``."""
    binary = _server()
    store = pyoxigraph.Store(str(place))
    store.bulk_load(path=str(HERE / "data" / "wikidata.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    store.flush()
    del store
    port = free_port()
    command = [binary, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the oxigraph server did not start")


@dataclass
class Proxy:
    """Stands before the server and does to each question what the next fault says."""

    url: str
    faults: list[str] = field(default_factory=list)
    """``429 N``, ``429 date``, ``429``, ``500``, ``400``, ``slow``, ``cut``, ``short``, ``html``; none: hand on."""
    queries: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """Every item asked about, in order."""
        return [item for query in self.queries for item in values_of(query)]


def values_of(query: str) -> list[str]:
    found = re.search(r"VALUES \?key \{ (.*?) \}\n", query)
    assert found
    return re.findall(r'wd:(Q\d+)|"([^"]*)"@en', found[1]) and [
        a or b for a, b in re.findall(r'wd:(Q\d+)|"([^"]*)"@en', found[1])
    ]


@contextmanager
def standing_before(server: str) -> Iterator[Proxy]:
    """A proxy before the server."""
    made = Proxy("")

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.queries.append(parse_qs(body.decode())["query"][0])
            made.agents.append(self.headers["User-Agent"])
            fault = made.faults.pop(0) if made.faults else ""
            if fault == "slow":
                time.sleep(1.6)
            if fault[:3].isdecimal():
                self._refuse(fault)
            else:
                self._hand_on(body, fault)

        def _refuse(self, fault: str) -> None:
            status, _, wait = fault.partition(" ")
            self.send_response(int(status))
            if wait:
                self.send_header(
                    "Retry-After", self.date_time_string(int(time.time()) + 30) if wait == "date" else wait
                )
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _hand_on(self, body: bytes, fault: str) -> None:
            headers = {"Content-Type": self.headers["Content-Type"], "Accept": self.headers["Accept"]}
            with urllib.request.urlopen(urllib.request.Request(server, body, headers)) as answer:
                found, kind = answer.read(), answer.headers["Content-Type"]
            if fault == "cut":  # as a server does that runs out of time: all is well, says the status
                found = found[: len(found) // 2]
            if fault == "html":
                found = b'{"results": "come back later"}'
            try:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(found) + (100 if fault == "short" else 0)))
                self.end_headers()
                self.wfile.write(found)
            except OSError:
                pass  # whoever asked has given up

    front = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=front.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{front.server_port}/sparql"
    try:
        yield made
    finally:
        front.shutdown()
        front.server_close()
        thread.join(5)


@dataclass
class Waits:
    """Takes the place of the clock: notes every pause and takes none."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


MakeClient = Callable[..., Client]


@contextmanager
def clients_of(server: str, answers: Path) -> Iterator[MakeClient]:
    """Makes clients that share one memory on disk, as runs of one user do."""
    memories: list[Memory] = []

    def make(url: str = server, **more: Any) -> Client:
        memory = Memory(answers)
        memories.append(memory)
        settings: dict[str, Any] = {"sleep": Waits(), "chance": lambda: 0.5, "today": DAY, **more}
        return Client(url, agent("0", "tester@example.org"), memory, **settings)

    yield make
    for memory in memories:
        memory.close()


# -------- Our side


def link(subject: str, item: str, label: str = "a label", modifier: str = "", predicate: str = "exactMatch") -> str:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {
        "subject_id": subject, "subject_label": label, "subject_type": "" if subject else "rdfs literal",
        "predicate_modifier": modifier, "predicate_id": f"skos:{predicate}", "object_id": f"wd:{item}",
        "mapping_justification": "semapv:ManualMappingCuration", "mapping_date": "2026-01-01", "confidence": "0.95",
        "source": "gazette", "at": "page 9",
    }  # fmt: skip
    return "\t".join(cells[name] for name in COLUMNS)


STATES = (
    link("tg:state/USA", "Q30"), link("tg:state/GBR", "Q145"), link("tg:state/SUN", "Q15180"),
    link("tg:state/RUS", "Q159"), link("tg:state/CSK", "Q33946"),
)  # fmt: skip
LINKED = (*STATES, link("tg:instrument/test-ban", "Q900000099"), link("tg:instrument/guidelines", "Q900000003"),
          link("", "Q649", "Moscow"))  # fmt: skip


def shelf_of(tiny: Any, *links: str, articles: str = "") -> MemoryShelf:
    """The tiny record with links and articles."""
    tiny.put("links.sssom.tsv", "\n".join(["#mapping_set_id: test", "\t".join(COLUMNS), *links]) + "\n")
    tiny.put("articles.csv", f"{FILES['articles.csv']}\n{articles}")
    assert tiny.errors() == []
    facts = tiny.facts()
    return MemoryShelf(documents(facts, Corpus(facts).derivations(), topics()))


def short(lines: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [(line.property, line.value or line.what, line.there, line.days, line.note) for line in lines]
