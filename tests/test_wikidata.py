"""Wikidata, both ways, against a real SPARQL server on loopback and a proxy that misbehaves on demand."""

from __future__ import annotations

import json
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
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph
import pytest

from treatygraph.cli import run as run_command
from treatygraph.documents import documents
from treatygraph.errors import FactsError, RemoteError, UsageError
from treatygraph.facts import FILES, Findings, read_links
from treatygraph.facts.links import COLUMNS
from treatygraph.labels import called, read_labels
from treatygraph.law.corpus import Corpus
from treatygraph.loading import topics
from treatygraph.render.wikidata_page import page
from treatygraph.rooms import room
from treatygraph.shelf import MemoryShelf
from treatygraph.wikidata.accept import accept, write_links
from treatygraph.wikidata.client import WIKIDATA, Client, agent
from treatygraph.wikidata.compare import Comparison
from treatygraph.wikidata.enrich import enrich, write
from treatygraph.wikidata.memory import Memory
from treatygraph.wikidata.propose import Proposal, propose
from treatygraph.wikidata.questions import NAMES, STATEMENTS
from treatygraph.wikidata.resolve import Candidate, Resolved, from_file, resolve
from treatygraph.wikidata.session import chosen, compared
from treatygraph.wikidata.subjects import subjects

HERE = Path(__file__).resolve().parent
DAY = date(2026, 1, 2)


# -------- The server and the proxy


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A query service that holds the small world of ``data/wikidata.ttl``."""
    binary, place = _server(), tmp_path_factory.mktemp("oxigraph") / "store"
    store = pyoxigraph.Store(str(place))
    store.bulk_load(path=str(HERE / "data" / "wikidata.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    store.flush()
    del store
    port = _free_port()
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
        return [item for query in self.queries for item in _values(query)]


def _values(query: str) -> list[str]:
    found = re.search(r"VALUES \?key \{ (.*?) \}\n", query)
    assert found
    return re.findall(r'wd:(Q\d+)|"([^"]*)"@en', found[1]) and [
        a or b for a, b in re.findall(r'wd:(Q\d+)|"([^"]*)"@en', found[1])
    ]


@pytest.fixture
def proxy(server: str) -> Iterator[Proxy]:
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


@pytest.fixture
def client(tmp_path: Path, server: str) -> Iterator[MakeClient]:
    """Makes clients that share one memory on disk, as runs of one user do."""
    memories: list[Memory] = []

    def make(url: str = server, **more: Any) -> Client:
        memory = Memory(tmp_path / "cache" / "answers.sqlite")
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


# -------- The client


def test_it_says_who_asks(client: MakeClient, proxy: Proxy) -> None:
    client(proxy.url).answers(NAMES, ["Q30"])
    assert proxy.agents == ["treatygraph/0 (https://w3id.org/treatygraph/; tester@example.org)"]


def test_it_asks_in_batches_and_keeps_answers_by_item(client: MakeClient, proxy: Proxy) -> None:
    items = ["Q30", "Q159", "Q145", "Q30", "Q900000020", "Q649"]
    found = client(proxy.url, batch=2).answers(NAMES, items)
    assert [len(_values(query)) for query in proxy.queries] == [2, 2, 1]
    assert list(found) == ["Q30", "Q159", "Q145", "Q900000020", "Q649"]
    assert found["Q159"] == [{"label": "Russia"}]
    assert found["Q649"] == []
    assert client(proxy.url, batch=7).answers(NAMES, items) == found
    assert len(proxy.queries) == 3, "what is on disk was asked again, even that which had no answer"


def test_an_old_answer_is_asked_again_and_a_fresh_one_is_not(client: MakeClient, proxy: Proxy) -> None:
    client(proxy.url).answers(NAMES, ["Q30"])
    for later, asked in ((DAY + timedelta(30), 1), (DAY + timedelta(31), 2)):
        client(proxy.url, today=later).answers(NAMES, ["Q30"])
        assert len(proxy.queries) == asked
    client(proxy.url, today=DAY + timedelta(40), fresh=timedelta(0)).answers(NAMES, ["Q30"])
    client(proxy.url, today=DAY + timedelta(40), fresh=timedelta(0)).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 3


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ("429 7", [7.5]),
        ("429", [60.5]),
        ("503 3", [3.5]),
        ("500", [1.5]),
        ("503", [1.5]),
        ("cut", [1.5]),
        ("short", [1.5]),
        ("html", [1.5]),
        ("slow", [1.5]),
    ],
)
def test_it_tries_again_after(fault: str, waits: list[float], client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = [fault]
    slept, said = Waits(), list[str]()
    found = client(proxy.url, sleep=slept, timeout=1, talk=said.append).answers(NAMES, ["Q30"])
    assert found == {"Q30": [{"label": "United States"}]}
    assert slept.seconds == waits
    assert len(proxy.queries) == 2
    assert len(said) == 1


def test_a_date_to_wait_for_is_held_against_the_clock_of_the_server(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["429 date"]
    slept = Waits()
    client(proxy.url, sleep=slept).answers(NAMES, ["Q30"])
    assert 29 <= slept.seconds[0] - 0.5 <= 31


def test_pauses_grow_and_end(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["500"] * 4
    slept = Waits()
    with pytest.raises(RemoteError, match=r"HTTP 500\), 4 times; what was answered before is kept"):
        client(proxy.url, sleep=slept).answers(NAMES, ["Q30"])
    assert slept.seconds == [1.5, 3.0, 6.0]


def test_it_does_not_wait_for_ever(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["429 7200"]
    with pytest.raises(RemoteError, match="asks to wait 7200 seconds"):
        client(proxy.url).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 1


def test_a_batch_that_is_too_much_is_halved(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["500", "500"]
    found = client(proxy.url, attempts=2, batch=4).answers(NAMES, ["Q30", "Q159", "Q145", "Q649"])
    assert [len(_values(query)) for query in proxy.queries] == [4, 4, 2, 2]
    assert found["Q145"] == [{"label": "United Kingdom"}]


def test_a_question_that_is_refused_is_not_asked_again(client: MakeClient, proxy: Proxy) -> None:
    for fault in ("400", "403", "404"):
        proxy.faults = [fault]
        with pytest.raises(UsageError, match="refuses the question"):
            client(proxy.url).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 3


def test_no_network(client: MakeClient) -> None:
    nowhere = f"http://127.0.0.1:{_free_port()}/sparql"
    slept = Waits()
    with pytest.raises(RemoteError, match=r"no connection .*, 4 times"):
        client(nowhere, sleep=slept).answers(NAMES, ["Q30", "Q159"])
    assert len(slept.seconds) == 3, "smaller questions cannot help where there is no connection"


def test_interrupted_twice_and_resumed_it_asks_nothing_twice(client: MakeClient, proxy: Proxy) -> None:
    items = ["Q30", "Q159", "Q145", "Q33946", "Q900000001", "Q900000002", "Q900000003"]
    whole = client(proxy.url, today=DAY - timedelta(90)).answers(NAMES, items)
    proxy.queries.clear()

    class Broken:
        """A progress bar during which the user breaks off after some items."""

        def __init__(self, after: int) -> None:
            self.left = after

        def __enter__(self) -> Broken:
            return self

        def __exit__(self, *problem: object) -> None:
            """Nothing to release."""

        def update(self, n: float | None = 1) -> None:
            self.left -= int(n or 0)
            if self.left <= 0:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client(proxy.url, batch=1, progress=lambda *_: Broken(2)).answers(NAMES, items)
    proxy.faults = ["", "", "429 7200"]
    with pytest.raises(RemoteError):
        client(proxy.url, batch=1).answers(NAMES, items)
    refused = proxy.asked[-1]
    assert client(proxy.url, batch=2).answers(NAMES, items) == whole
    assert sorted(proxy.asked) == sorted([*items, refused]), "an item was asked twice, besides the one that was refused"


def test_the_progress_counts_what_is_known_already(client: MakeClient, proxy: Proxy) -> None:
    seen: list[tuple[int, str]] = []
    counted: list[float] = []

    class Bar:
        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *problem: object) -> None:
            """Nothing to release."""

        def update(self, n: float | None = 1) -> None:
            counted.append(n or 0)

    def bar(total: int, what: str) -> Bar:
        seen.append((total, what))
        return Bar()

    client(proxy.url).answers(NAMES, ["Q30"])
    client(proxy.url, batch=1, progress=bar).answers(NAMES, ["Q30", "Q159", "Q145"])
    assert seen == [(3, "names")]
    assert counted == [1, 1, 1]


# -------- Compare


@pytest.fixture
def comparison(tiny: Any, client: MakeClient) -> Comparison:
    tiny.change(
        "instruments/test-ban.yaml", "signed: {date: '1963-08-05',", "signed: {date: '1963-08-05', place: Moscow,"
    )
    tiny.put(
        "instruments/test-ban.yaml",
        (tiny.root / "instruments/test-ban.yaml").read_text(encoding="utf-8")
        + "depositaries: {are: [GBR, SUN, USA], source: register, at: test-ban}\n",
    )
    shelf = shelf_of(tiny, *LINKED)
    return compared(shelf, client(), chosen(shelf, ["Test Ban"], everything=False))


def test_every_planted_difference_is_found_and_nothing_else(comparison: Comparison) -> None:
    assert short(comparison.differs) == [
        ("P1891", "United Kingdom", "1963-08-08", 3, ""),
        ("P1891", "Soviet Union", "1963-08-05", None, "Wikidata names Russia"),
        ("P585", "signature", "1963-08-06", 1, ""),
    ]
    assert short(comparison.only_here) == [
        ("P1891", "Czechoslovakia", "", None, "there only as deprecated"),
        ("P6193", "Soviet Union", "", None, "the date is unknown there"),
        ("P2058", "Soviet Union", "", None, ""),
    ]
    assert short(comparison.only_there) == [
        ("P1891", "Atlantis <sunk>", "", None, ""),
        ("P1366", "Later Treaty", "", None, ""),
    ]
    assert short(comparison.agrees) == [
        ("P1891", "United Kingdom", "1963-08-05; 1963-08-08", None, ""),
        ("P1891", "United States", "1963-08-05", None, ""),
        ("P6193", "Czechoslovakia", "1963-10-17", None, ""),
        ("P6193", "United Kingdom", "1963", None, ""),
        ("P6193", "Soviet Union", "", None, ""),
        ("P6193", "United States", "1963-09-10", None, ""),
        ("P580", "entry into force", "1963-10-10", None, ""),
        ("P2058", "United Kingdom", "", None, ""),
        ("P2058", "United States", "", None, ""),
        ("P276", "Moscow", "", None, ""),
        ("P156", "Guidelines", "", None, ""),
    ]
    assert comparison.notes == [
        "Test Ban: Wikidata has an unknown value for 'signatory', which says nothing to compare.",
        "Test Ban: no item is linked for Czechia, so 'ratified by' cannot be compared there.",
        "test-ban: Q900000099 has become Q900000001; the link should follow.",
    ]


def test_a_comparison_carries_statements_references_and_our_sources(comparison: Comparison) -> None:
    found = next(line for line in comparison.agrees if line.value == "United States")
    assert found.statement == "sign-usa"
    assert found.urls == ("https://example.org/register?a=1&b=2",)
    assert found.sources == ("register",)
    assert (found.here, found.item) == ("1963-08-05", "Q900000001")
    assert comparison.answer == (
        "On 1 instrument, Wikidata and this record agree in 11 statements and differ in 3; "
        "3 more stand only here and 2 only there."
    )
    assert json.loads(json.dumps(comparison.to_dict()))["differs"][0]["days"] == 3


class Reading(HTMLParser):
    """Reads a page and notes tags and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_needs_nothing_else_and_escapes_every_text(comparison: Comparison) -> None:
    comparison.notes.append("<script>alert(1)</script>")
    answer = comparison.to_dict()
    answer["agrees"][0]["references"] = ["javascript:alert(1)"]
    text = page(answer)
    found = Reading(text)
    assert "script" not in found.tags
    assert {"link", "img", "iframe"}.isdisjoint(found.tags)
    assert "Atlantis <sunk>" in found.texts
    assert found.tags.count("tr") == 4 + 11 + 3 + 3 + 2
    assert all(re.match("https?://", address) for address in found.addresses)


def test_an_instrument_without_an_item_cannot_be_compared(tiny: Any) -> None:
    tiny.put(
        "link-candidates.sssom.tsv", "\n".join(["\t".join(COLUMNS), link("tg:instrument/hotline", "Q900000002")]) + "\n"
    )
    shelf = shelf_of(tiny, link("tg:instrument/test-ban", "Q900000001", predicate="broadMatch"))
    with pytest.raises(
        UsageError, match=r"'hotline' has no item .* nobody has confirmed: Q900000002.*wikidata resolve"
    ):
        chosen(shelf, ["hotline"], everything=False)
    with pytest.raises(UsageError, match="only Q900000001, which is wider"):
        chosen(shelf, ["test-ban"], everything=False)
    with pytest.raises(UsageError, match="--all"):
        chosen(shelf, [], everything=False)
    assert chosen(shelf, [], everything=True) == []


# -------- Propose

ITEM, PROPERTY = r"Q[1-9]\d*", r"P[1-9]\d*"
TIME = r"[+-]\d{4,16}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/(?:1[0-4]|\d)"
VALUE = rf'(?:{ITEM}|{PROPERTY}|{TIME}|"[^"\t\n]*"|[a-z-]+:"[^"\t\n]*"|[+-]?\d+(?:\.\d+)?(?:U\d+)?|somevalue|novalue)'
"""Values of QuickStatements V1 as its help page describes them: entity, time, text, text in a language, quantity, none."""
STATEMENT = re.compile(
    rf"(?P<item>{ITEM}|LAST)\t(?P<property>{PROPERTY})\t(?P<value>{VALUE})"
    rf"(?P<qualifiers>(?:\t{PROPERTY}\t{VALUE})*)(?P<references>(?:\t!?S[1-9]\d*\t{VALUE})*)"
)


def parsed(line: str) -> dict[str, Any]:
    """A line by the grammar; it must match as a whole."""
    found = STATEMENT.fullmatch(line)
    assert found, f"not a statement of QuickStatements: {line!r}"

    def pairs(text: str) -> list[tuple[str, str]]:
        cells = text.split("\t")[1:]
        return list(zip(cells[::2], cells[1::2], strict=True))

    return {**found.groupdict(), "qualifiers": pairs(found["qualifiers"]), "references": pairs(found["references"])}


@pytest.mark.parametrize(
    "line",
    [
        "Q1 P585 +1963-08-05T00:00:00Z/11",
        "Q1\tP585\t1963-08-05",
        "Q1\tP585\t+1963-08-05T00:00:00Z",
        "Q1\tP1891\tQ30\tP585",
        'Q1\tP1891\tQ30\tS854\t"a"\tP585\t+1963-08-05T00:00:00Z/11',
        'Q1\tP1891\tQ30\tS854\t"a"b"',
        "Q1\tP1891\tQ30\t",
        "-Q1\tP1891\tQ30",
    ],
)
def test_the_grammar_refuses(line: str) -> None:
    assert not STATEMENT.fullmatch(line)


@pytest.fixture
def proposal(tiny: Any, client: MakeClient) -> Proposal:
    """A treaty and guidelines, on whose items the small world says next to nothing."""
    shelf = shelf_of(
        tiny,
        *STATES,
        link("tg:state/CZE", "Q213"),
        link("tg:instrument/test-ban", "Q900000020"),
        link("tg:instrument/guidelines", "Q900000003"),
    )
    return propose(shelf, compared(shelf, client(), chosen(shelf, [], everything=True)), DAY)


def test_every_line_parses_and_carries_a_reference(proposal: Proposal) -> None:
    assert len(proposal.lines) == 10
    for proposed in proposal.lines:
        found = parsed(proposed.line)
        assert ("S854", '"https://register.invalid/list"') in found["references"]
        assert ("S813", "+2026-01-02T00:00:00Z/11") in found["references"]
        if found["property"] in ("P1891", "P6193"):
            assert [name for name, _ in found["qualifiers"]] == ["P585"]
    assert parsed(proposal.lines[0].line) == {
        "item": "Q900000003", "property": "P585", "value": "+1974-09-00T00:00:00Z/10", "qualifiers": [],
        "references": [("S854", '"https://register.invalid/list"'), ("S813", "+2026-01-02T00:00:00Z/11")],
    }  # fmt: skip


def test_ratifications_are_proposed_and_other_consents_held_back(proposal: Proposal) -> None:
    by_property: dict[str, list[str]] = {}
    for proposed in proposal.lines:
        found = parsed(proposed.line)
        by_property.setdefault(found["property"], []).append(found["value"])
    assert by_property["P6193"] == ["Q33946", "Q145", "Q15180", "Q30"]
    assert "succession" not in " ".join(proposed.says for proposed in proposal.lines)
    assert dict(proposal.held_back)["no ratification but another consent: to be kept apart from it"] == 1


def test_of_two_deposits_the_first_that_has_a_good_source_is_proposed(tiny: Any, client: MakeClient) -> None:
    """The gazette is no depositary; the first of two deposits is the one in the register."""
    tiny.change(
        "acts/test-ban.csv",
        "CSK,ratification,1963-10-14,,,,London,register",
        "CSK,ratification,1963-10-14,,,,London,gazette",
    )
    tiny.change(
        "acts/test-ban.csv",
        "CSK,ratification,1963-10-17,,,,Moscow,gazette",
        "CSK,ratification,1963-10-17,,,,Moscow,register",
    )
    shelf = shelf_of(tiny, *STATES, link("tg:instrument/test-ban", "Q900000020"))
    found = propose(shelf, compared(shelf, client(), chosen(shelf, [], everything=True)), DAY)
    line = next(one.line for one in found.lines if "\tP6193\tQ33946\t" in one.line)
    assert "P585\t+1963-10-17T00:00:00Z/11" in line


def test_nothing_is_proposed_without_a_source_that_can_be_opened(tiny: Any, client: MakeClient) -> None:
    for old, new in (("https://register.invalid/list,depositary", "the reading room,depositary"),):
        tiny.change("sources.csv", old, new)
    shelf = shelf_of(tiny, *STATES, link("tg:instrument/test-ban", "Q900000020"))
    found = propose(shelf, compared(shelf, client(), chosen(shelf, [], everything=True)), DAY)
    assert found.lines == ()


def test_a_link_that_is_not_sure_is_to_be_looked_at_first(tiny: Any, client: MakeClient) -> None:
    unsure = link("tg:instrument/test-ban", "Q900000020").replace("0.95", "0.7")
    shelf = shelf_of(tiny, *STATES, unsure)
    found = propose(shelf, compared(shelf, client(), chosen(shelf, [], everything=True)), DAY)
    assert found.notes == (
        "open http://www.wikidata.org/entity/Q900000020 first: that it is a label is not sure (confidence 0.7)",
    )


def test_what_editors_have_deprecated_is_not_proposed_again(comparison: Comparison, tiny: Any) -> None:
    found = propose(shelf_of(tiny, *LINKED), comparison, DAY)
    assert dict(found.held_back)["Wikidata has the statement as deprecated: its editors have judged it"] == 1
    assert [proposed.says for proposed in found.lines] == ["ratification Soviet Union 1963-09-10"]


# -------- Resolve

ARTICLES = """instrument,test-ban,Test Ban Treaty,gazette,page 9,
official,rusk-dean,Dean Rusk,recall,unverified,
"""


def found_for(resolved: Resolved) -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for one in resolved.candidates:
        found.setdefault(one.subject.record, []).append((one.item, one.exact))
    return found


def asked(tiny: Any, client: Client, *links: str) -> Resolved:
    shelf = shelf_of(tiny, *STATES, *links, articles=ARTICLES)
    return resolve(client, subjects(shelf, ("instrument", "official")))


def test_resolve_finds_by_article_and_by_label_and_refuses_two_equal(tiny: Any, client: MakeClient) -> None:
    resolved = asked(tiny, client(), link("tg:official/home-alec", "Q900000007", modifier="Not"))
    assert found_for(resolved) == {
        "test-ban": [("Q900000001", True)],
        "rusk-dean": [("Q900000005", True)],
        "hotline": [("Q900000002", True), ("Q900000020", False)],
        "guidelines": [("Q900000003", False), ("Q900000004", False)],
        "gromyko-andrei": [("Q900000006", False)],
    }
    by_item = {one.item: one for one in resolved.candidates}
    assert by_item["Q900000001"].why == (
        "article 'Test Ban Treaty'",
        "the label is the same",
        "a treaty",
        "dated 1963-10-10",
    )
    assert by_item["Q900000005"].why[0] == "article 'Dean Rusk' (a title from general knowledge)"
    assert by_item["Q900000002"].why == ("by its label", "a treaty", "dated 1963-06-20")
    assert by_item["Q900000006"].why == ("by its label", "a person", "born 1950, 14611 days apart")
    assert by_item["Q900000003"].equal == ("Q900000004",)
    assert resolved.answer == "5 of 6 records without an item have candidates, 3 of them exact."


def test_two_that_would_each_be_exact_refuse_each_other(tiny: Any, client: MakeClient) -> None:
    tiny.change("instruments/guidelines.yaml", "'Guidelines', source", "'Twin Pact', source")
    shelf = shelf_of(tiny, *STATES)
    resolved = resolve(client(), [one for one in subjects(shelf, ("instrument",)) if one.record == "guidelines"])
    twins = [one for one in resolved.candidates if one.score > 0.8]
    assert [(one.item, one.equal, one.exact) for one in twins] == [
        ("Q900000023", ("Q900000024",), False),
        ("Q900000024", ("Q900000023",), False),
    ]
    decided = accept(resolved.candidates, "2026-01-02", lambda _: "y", "A. Reviewer")
    assert decided.taken == []
    assert decided.left == ["Twin Pact: Q900000023, Q900000024 are equally good"]


def test_an_article_that_two_records_share_is_no_key(tiny: Any, client: MakeClient) -> None:
    shelf = shelf_of(tiny, *STATES, articles=ARTICLES + "instrument,hotline,Test Ban Treaty,gazette,page 9,\n")
    resolved = resolve(client(), subjects(shelf, ("instrument",)))
    assert "Q900000001" not in {item for item, _ in found_for(resolved)["hotline"]}
    assert {one.subject.article for one in resolved.candidates} == {""}
    assert next(one.why[0] for one in resolved.candidates if one.item == "Q900000001") == "by its label"


def test_accept_takes_the_exact_asks_about_the_rest_and_remembers(tiny: Any, client: MakeClient) -> None:
    resolved = asked(tiny, client())
    questions: list[str] = []

    def answer(text: str) -> str:
        questions.append(text)
        return "what?" if len(questions) == 1 else "n"

    decided = accept(resolved.candidates, "2026-01-02", answer, "A. Reviewer")
    assert sorted(taken.item for taken in decided.taken) == ["Q900000001", "Q900000002", "Q900000005"]
    assert sorted(gone.item for gone in decided.rejected) == ["Q900000006", "Q900000007"]
    assert decided.left == ["Guidelines: Q900000003, Q900000004 are equally good"]
    assert len(questions) == 3, "an answer that is none is asked for again"

    path = tiny.root / "links.sssom.tsv"
    write_links(path, [*decided.taken, *decided.rejected])
    assert tiny.errors() == []
    kept = {one.item: one for one in read_links(path, path.name, Findings())}
    assert kept["Q900000006"].rejected
    assert kept["Q900000006"].author == "A. Reviewer"
    assert kept["Q900000001"].cite.sources == ("wikidata",)
    assert path.read_text(encoding="utf-8").startswith("#mapping_set_id: test\n")

    again = asked_again(tiny, client())
    assert found_for(again) == {"guidelines": [("Q900000003", False), ("Q900000004", False)]}


def asked_again(tiny: Any, client: Client) -> Resolved:
    facts = tiny.facts()
    shelf = MemoryShelf(documents(facts, Corpus(facts).derivations(), topics()))
    return resolve(client, subjects(shelf, ("instrument", "official")))


def test_with_nobody_to_ask_only_the_exact_is_taken(tiny: Any, client: MakeClient) -> None:
    decided = accept(asked(tiny, client()).candidates, "2026-01-02", None)
    assert len(decided.taken) == 3
    assert decided.rejected == []
    assert len(decided.left) == 3


def test_stop_ends_the_questions(tiny: Any, client: MakeClient) -> None:
    questions: list[str] = []

    def answer(text: str) -> str:
        questions.append(text)
        return "s"

    accept(asked(tiny, client()).candidates, "2026-01-02", answer)
    assert len(questions) == 1


def test_a_name_that_the_file_has_already_is_found_without_asking(tiny: Any) -> None:
    row = link("", "Q900000005", "Dean Rusk").split("\t")
    row[COLUMNS.index("comment")] = "official"
    shelf = shelf_of(tiny, "\t".join(row), link("", "Q900000006", "Andrei Gromyko"))
    found = from_file(shelf, subjects(shelf, ("official",)))
    assert [(one.subject.record, one.item, one.exact) for one in found] == [("rusk-dean", "Q900000005", True)]
    assert found[0].link("2026-01-02").cite.sources == ("gazette",)
    write_links(tiny.root / "links.sssom.tsv", [found[0].link("2026-01-02")])
    kept = read_links(tiny.root / "links.sssom.tsv", "links", Findings())
    assert [(one.kind, one.record, one.item) for one in kept] == [
        ("official", "rusk-dean", "Q900000005"),
        ("", "", "Q900000006"),
    ], "the name has given way to the record"


def test_a_candidate_of_the_file_waits_for_somebody(tiny: Any) -> None:
    tiny.put(
        "link-candidates.sssom.tsv", "\n".join(["\t".join(COLUMNS), link("tg:instrument/hotline", "Q900000002")]) + "\n"
    )
    shelf = shelf_of(tiny)
    found = from_file(shelf, subjects(shelf, ("instrument",)))
    assert [(one.item, one.exact, one.why) for one in found] == [("Q900000002", False, ("unconfirmed, in gazette",))]
    assert accept(found, "2026-01-02", None).taken == []
    taken = accept(found, "2026-01-02", lambda _: "y", "A. Reviewer").taken
    assert [(one.item, one.cite.sources) for one in taken] == [("Q900000002", ("gazette", "wikidata"))]
    write_links(tiny.root / "links.sssom.tsv", taken)
    assert read_links(tiny.root / "link-candidates.sssom.tsv", "candidates", Findings()) == ()
    assert tiny.errors() == []


def test_a_broken_file_of_links_is_not_written_to(tiny: Any) -> None:
    shelf_of(tiny, *STATES)
    place = tiny.add("links.sssom.tsv", "tg:state/USA\tbroken")
    before = (tiny.root / "links.sssom.tsv").read_text(encoding="utf-8")
    one = Candidate(subjects(shelf_of(tiny), ("official",))[0], "Q1", "", 1, (), "LexicalMatching", exact=True)
    tiny.put("links.sssom.tsv", before)
    with pytest.raises(FactsError, match=re.escape(place)):
        write_links(tiny.root / "links.sssom.tsv", [one.link("2026-01-02")])
    assert (tiny.root / "links.sssom.tsv").read_text(encoding="utf-8") == before


# -------- Enrich


def test_enrich_takes_labels_and_more_into_the_cache(tiny: Any, client: MakeClient, tmp_path: Path) -> None:
    shelf = shelf_of(
        tiny,
        *STATES,
        link("tg:official/rusk-dean", "Q900000005"),
        link("tg:office/usa/secretary-of-state", "Q900000030"),
    )
    found = enrich(shelf, client(), ("state", "official", "office"))
    assert [row[1:4] for row in found.labels] == [
        ("RUS", "ru", "Россия"),
        ("RUS", "zh", "俄罗斯"),
        ("USA", "ru", "Соединённые Штаты Америки"),
        ("USA", "zh", "美国"),
    ], "a label that two states share is left out"
    assert {row[4] for row in found.labels if row[1] == "USA"} == {"Wikidata Q30 (CC0), asked 2026-01-02"}
    assert found.extras["state/USA"]["coordinates"] == "Point(-98.5795 39.828175)"
    assert found.extras["official/rusk-dean"]["portrait"] == "Dean%20Rusk.jpg"
    assert found.extras["office/usa/secretary-of-state"]["holders"] == [
        {"item": "Q900000005", "name": "Dean Rusk", "from": "1961-01-21", "until": "1969-01-20"}
    ]
    file = tmp_path / "wikidata" / "labels.csv"
    write(found, file)
    assert called("Соединенные Штаты Америки", ("state",), file) == ("state", "USA")
    assert called("Shared Land", ("state",), file) is None
    assert len(list(read_labels(file))) == 4
    assert "Wikidata" not in "".join(path.read_text(encoding="utf-8") for path in tiny.root.rglob("*.csv"))


# -------- The commands, on the real record


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run_command(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_wikidata_asks_who_is_asking(built_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREATYGRAPH_CONTACT", raising=False)
    assert WIKIDATA == "https://query.wikidata.org/sparql"
    with pytest.raises(UsageError, match="--contact"):
        run_command(("wikidata", "compare", "new-start"))


def test_the_commands(
    built_cache: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("treatygraph.store.labels_file", lambda: tmp_path / "labels.csv")
    asking = ("--endpoint", server, "--refresh")
    code, out, err = command(capsys, "wikidata", "compare", "new-start", "--page", str(tmp_path / "page.html"), *asking)
    assert code == 1, "the Russian signature is ten days off"
    assert re.match(r"On 1 instrument, Wikidata and this record agree in \d+ statements? and differ in 1;", out)
    assert "2010-04-18" in out
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    code, out, _ = command(capsys, "wikidata", "compare", "new-start", "--format", "json", *asking)
    assert json.loads(out)["instruments"] == ["new-start"]
    code, out, err = command(capsys, "wikidata", "propose", "cwc", "--retrieved", "2026-01-02", *asking)
    lines = [parsed(line) for line in out.splitlines()]
    assert len(lines) > 100
    assert all(line["references"] for line in lines)
    assert {line["property"] for line in lines} >= {"P1891", "P6193"}
    assert "Nothing has been sent" in err
    code, out, _ = command(capsys, "wikidata", "resolve", "--kind", "instrument", *asking)
    assert out.splitlines()[0] == "\t".join(COLUMNS)
    code, out, _ = command(capsys, "wikidata", "enrich", "--kind", "state", *asking)
    assert out.startswith("4 labels in 6 languages")


def test_resolve_accept_writes_where_it_is_told(
    built_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "links.sssom.tsv"
    shutil.copy(room("graph") / "links.sssom.tsv", target)
    _, out, _ = command(capsys, "wikidata", "resolve", "--offline", "--accept", "--links", str(target))
    assert re.fullmatch(r"\d+ links taken, 0 rejected, \d+ left open\.\n", out)
    read = Findings()
    assert read_links(target, target.name, read)
    assert read.found == []


# -------- Questions across both


@pytest.mark.parametrize("path", sorted((room("queries") / "federated").glob("*.rq")), ids=lambda path: path.stem)
def test_a_question_across_both_runs(path: Path, built_cache: Path, server: str, tmp_path: Path) -> None:
    from treatygraph.graph import open_graph

    text = path.read_text(encoding="utf-8")
    assert text.startswith("# summary: ")
    assert f"SERVICE <{WIKIDATA}>" in text
    found = open_graph().sparql(text.replace(WIKIDATA, server), allow_service=True)
    wanted = re.search(r"SELECT (?:DISTINCT )?(.*?)\s+WHERE", text, re.DOTALL)
    assert wanted
    assert list(found.columns) == re.findall(
        r"\?(\w+)(?=\)?\s|$)", re.sub(r"\([^?]*\?.*? AS (\?\w+)\)", r"\1", wanted[1])
    )
    assert found.rows, "the small world has an answer to each"


def test_there_are_at_least_six_questions_across_both() -> None:
    assert len(list((room("queries") / "federated").glob("*.rq"))) >= 6
    assert STATEMENTS.what == "statements"
