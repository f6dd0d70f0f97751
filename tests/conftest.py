"""A tiny record that tests write, break and mend: three instruments, six states, every table."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import settings

from treatygraph.checks import findings, stops
from treatygraph.dates import BEGINNING, OPEN, Span, day, within
from treatygraph.documents import documents
from treatygraph.errors import Finding
from treatygraph.facts import FILES, read
from treatygraph.graph import Graph, open_graph
from treatygraph.law.corpus import Corpus
from treatygraph.law.readings import DEPOSITARY
from treatygraph.law.results import Derivation, Flag
from treatygraph.law.standings import Case, derive
from treatygraph.loading import topics
from treatygraph.records import Act, Assertion, Cite, Clause, Conflict, Facts, Instrument, Relation, State
from treatygraph.rooms import room
from treatygraph.shelf import MemoryShelf
from treatygraph.store import built

TODAY = date(2026, 1, 1)
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""A browser that talks to nobody of its own accord."""

# The suite tries the same cases every time; scripts/fuzz is for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

TABLES = {
    "sources.csv": """
register,Register of the depositary,Depositary,2020,https://register.invalid/list,depositary,,
gazette,Gazette,Gazette,1999,https://gazette.invalid/1999,press,,
recall,General knowledge,treatygraph,,,recall,,
treatygraph,Own classification,treatygraph,,,editorial,,""",
    "states.csv": """
CSK,Czechoslovakia,,,,,1918-10-28,1993-01-01,,,,,register,states,
CZE,Czechia,CZ,CZE,,,1993-01-01,,,CSK,separation,Czech Republic,register,states,
GBR,United Kingdom,GB,GBR,,,,,,,,UK;Britain,register,states,
RUS,Russia,RU,RUS,,,1991-12-26,,SUN,,continuity,Russian Federation,register,states,
SUN,Soviet Union,,,,,1922-12-30,1991-12-26,,,,USSR,register,states,
USA,United States,US,USA,,,,,,,,America,register,states,""",
    "group-titles.csv": """
alliance,The Alliance,,register,titles,""",
    "groups.csv": """
alliance,GBR,1949-04-04,1966,register,members,
alliance,GBR,1970,,register,members,
alliance,USA,1949-04-04,,register,members,""",
    "officials.csv": """
gromyko-andrei,Andrei Gromyko,,SUN,1909,1989,gazette,page 1,
home-alec,Alec Home,,GBR,1903,1995,gazette,page 1,
rusk-dean,Dean Rusk,,USA,1909,1994,gazette,page 1,""",
    "tenures.csv": """
gromyko-andrei,Minister of Foreign Affairs,SUN,1957-02-15,1985-07-02,gazette,page 2,
home-alec,Foreign Secretary,GBR,1960-07-27,1963-10-20,gazette,page 2,
home-alec,Foreign Secretary,GBR,1970-06-20,1974-03-04,gazette,page 2,
rusk-dean,Secretary of State,USA,1961-01-21,1969-01-20,gazette,page 2,""",
    "assertions.csv": """
USA,rejects,test-ban,GBR,notice-of-withdrawal,1995-01-31,party,,1995-02-10,gazette,page 3,""",
    "conflicts.csv": "",
    "rosters.csv": """
test-ban,1994,3,4,register,total,""",
    "exceptions.csv": "",
}

LEDGER = "state,act,date,effective,against,scope,depositary,source,at,note"

LEDGERS = {
    "guidelines": """
GBR,adherence,1974-09-03,,,,,register,members,
SUN,adherence,1974-09-03,,,,,register,members,
USA,adherence,1974-09-03,,,,,register,members,
GBR,end-of-participation,1990,,,,,gazette,page 4,""",
    "hotline": """
SUN,signature,1963-06-20,,,,,register,hotline,
USA,signature,1963-06-20,,,,,register,hotline,""",
    "test-ban": """
CSK,signature,1963-08-05,,,,Moscow,register,test-ban,
GBR,signature,1963-08-05,,,,London,register,test-ban,
SUN,signature,1963-08-05,,,,Moscow,register,test-ban,
USA,signature,1963-08-05,,,,Washington,register,test-ban,
GBR,ratification,1963-09-10,,,,London,register,test-ban,
SUN,ratification,1963-09-10,,,,Moscow,register,test-ban,
USA,ratification,1963-09-10,,,,Washington,register,test-ban,
CSK,ratification,1963-10-14,,,,London,register,test-ban,
CSK,ratification,1963-10-17,,,,Moscow,gazette,test-ban,
CZE,succession,1993-03-24,1993-01-01,,,Moscow,register,test-ban,
GBR,notice-of-withdrawal,1995-01-31,1995-04-30,,,London,register,test-ban,""",
}

CARDS = {
    "guidelines": """
title: {text: 'Guidelines for Exports', source: register, at: guidelines}
short: {text: 'Guidelines', source: treatygraph, at: house-style}
kind: {is: political-document, source: treatygraph, at: inclusion-rule}
scope: {is: multilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'no', source: treatygraph, at: inclusion-rule}
topics: {are: [export-control], source: treatygraph, at: inclusion-rule}
signed: {date: '1974-09', source: register, at: guidelines}
ended: {date: '2001-05-01', how: lapsed, source: recall, at: unverified}
relations:
  - {relation: follows, instrument: test-ban, source: treatygraph, at: inclusion-rule}
""",
    "hotline": """
title: {text: 'Memorandum on a Telegraph Link', source: register, at: hotline}
short: {text: 'Hotline', source: treatygraph, at: house-style}
aliases:
  - {text: 'Direct Line', source: treatygraph, at: house-style}
kind: {is: executive-agreement, source: treatygraph, at: inclusion-rule}
scope: {is: bilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [crisis-communication], source: treatygraph, at: inclusion-rule}
signed: {date: '1963-06-20', source: register, at: hotline}
entry_into_force: {date: '1963-06-20', source: register, at: hotline}
participants: {are: [USA, SUN], source: register, at: hotline}
clauses:
  - {clause: entry-into-force, article: '8', on: signature, source: register, at: '8'}
""",
    "test-ban": """
title: {text: 'Treaty Banning Tests', source: register, at: test-ban}
short: {text: 'Test Ban', source: treatygraph, at: house-style}
kind: {is: treaty, source: treatygraph, at: inclusion-rule}
scope: {is: multilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [nuclear-testing], source: treatygraph, at: inclusion-rule}
signed: {date: '1963-08-05', source: register, at: test-ban}
entry_into_force: {date: '1963-10-10', source: register, at: test-ban}
clauses:
  - {clause: entry-into-force, article: III, on: deposit, all_of: [GBR, SUN, USA], delay: P30D, source: register, at: III}
  - {clause: withdrawal, article: IV, period: P3M, addressees: [depositary], ground: extraordinary-events, source: register, at: IV}
coverage: {through: '2000-01-01', source: register, at: test-ban}
""",
}

EVENT = """
date: {is: '1963-08-05', source: gazette, at: page 5}
type: {is: signature, source: gazette, at: page 5}
text: {is: 'Signed in Moscow.', source: gazette, at: page 5}
instruments: {are: [test-ban], source: gazette, at: page 5}
states: {are: [GBR, SUN, USA], source: gazette, at: page 5}
officials:
  - {official: rusk-dean, role: signatory, state: USA, source: gazette, at: page 5}
"""


@dataclass(frozen=True)
class Tiny:
    """A folder of facts, and the ways in which a test can change it."""

    root: Path

    def put(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> str:
        """Replace the one place where ``old`` stands; returns ``file:line`` of it."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {name}"
        self.put(name, text.replace(old, new))
        return f"{name}:{text[: text.index(old)].count(chr(10)) + 1}"

    def add(self, name: str, row: str) -> str:
        """Add a line at the end of a file; returns its ``file:line``."""
        text = (self.root / name).read_text(encoding="utf-8")
        self.put(name, f"{text}{row}\n")
        return f"{name}:{text.count(chr(10)) + 1}"

    def facts(self) -> Facts:
        """The facts, as read."""
        return read(self.root)

    def errors(self) -> list[Finding]:
        """What stops a build."""
        return stops(self.facts())

    def findings(self, today: date = TODAY) -> list[Finding]:
        """Everything that the checks say."""
        facts = self.facts()
        return findings(facts, Corpus(facts), today)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A fresh tiny record, in which no check finds anything."""
    made = Tiny(tmp_path / "graph")
    for name, rows in TABLES.items():
        made.put(name, FILES[name] + rows + "\n")
    for name, rows in LEDGERS.items():
        made.put(f"acts/{name}.csv", LEDGER + rows + "\n")
    for name, card in CARDS.items():
        made.put(f"instruments/{name}.yaml", card.lstrip())
    made.put("events/1963-08-05-test-ban.yaml", EVENT.lstrip())
    return made


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The facts of the real graph, read once for all tests."""
    return read(room("graph"))


@pytest.fixture(scope="session")
def corpus(facts: Facts) -> Corpus:
    """The real graph, derived once for all tests."""
    return Corpus(facts)


@pytest.fixture(scope="session")
def graph_shelf(facts: Facts, corpus: Corpus) -> MemoryShelf:
    """The documents of the real graph, made once for all tests."""
    return MemoryShelf(documents(facts, corpus.derivations(), topics()))


@pytest.fixture(scope="session")
def record(facts: Facts, corpus: Corpus) -> Record:
    """The real record, asked instrument by instrument."""
    return Record(facts, corpus, {(item.reading, item.instrument): item for item in corpus.derivations()})


@dataclass(frozen=True)
class Record:
    """The real record: what the rules make of one instrument, under a reading, as known by a day."""

    facts: Facts
    corpus: Corpus
    derived: Mapping[tuple[str, str], Derivation]

    def __call__(self, name: str, reading: str = DEPOSITARY, known: str = "") -> Derived:
        """The derivation; ``known`` is a day."""
        if not known:
            return Derived(self.derived.get((reading, name), self.derived[DEPOSITARY, name]))
        return Derived(derive(self._case(name, day(known)), reading, day(known)))

    def _case(self, name: str, known: date) -> Case:
        wanted = {name}
        while more := {need for one in wanted for need in self.corpus.needs(self.facts.instruments[one])} - wanted:
            wanted |= more
        cards = {one: card for one, card in self.facts.instruments.items() if one in wanted}
        small = Corpus(replace(self.facts, instruments=cards), known)
        return small.case(name, small.default)

    def bound(self, name: str, on: str) -> set[str]:
        """The states that the instrument holds on a day."""
        when = day(on)
        return {s.state for s in self.corpus.default[name].standings if s.binds and within(when, s.start, s.end)}


@pytest.fixture(scope="session")
def built_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache with the real graph built in it, once; commands of the session use it.

    ``TREATYGRAPH_TEST_CACHE`` names a folder in which builds stay from one run of the tests to the next. Without it,
    tests that run side by side in several processes share one: the first that needs the graph builds it.
    """
    kept = os.environ.get("TREATYGRAPH_TEST_CACHE")
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if os.environ.get("PYTEST_XDIST_WORKER") else here
    cache = Path(kept) if kept else shared / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYGRAPH_CACHE", str(cache))
        _ = built(talk=lambda _: None).store  # tests of what a command says and takes do not wait for it
        yield cache


@pytest.fixture(scope="session")
def graph(built_cache: Path) -> Iterator[Graph]:
    """The real graph, opened once."""
    assert built_cache.is_dir()
    opened = open_graph()
    yield opened
    opened.close()


# Not for the session: while it is open, no other test of the process can run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; a machine without one skips, unless everything is required."""
    path = shutil.which("chromium")
    if path is None:
        message = "chromium is not installed"
        pytest.fail(message) if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1" else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield running
        running.close()


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Small cards and ledgers to try a rule on."""
    return Bench()


class Bench:
    """Makes cards, ledgers and assertions of a few words each, and reads off what the rules make of them.

    States: ``AAA`` to ``FFF`` without a beginning; ``NEW`` continues ``OLD`` (1992); ``ONE`` and ``TWO`` united in
    ``UNI`` (1990); ``PAR`` ended in 1993 and ``HEI`` separated from it.
    """

    CITE = Cite(("register",), "page", "acts/pact.csv:2")

    def __init__(self) -> None:
        lives = [
            *(State(code, code, BEGINNING, OPEN, "", (), "", (), {}, "", self.CITE) for code in self.plain),
            self.state("OLD", until="1992-01-01"),
            self.state("NEW", since="1992-01-01", continues="OLD", mode="continuity"),
            self.state("ONE", until="1990-05-01"),
            self.state("TWO", until="1990-05-01"),
            self.state("UNI", since="1990-05-01", parts=("ONE", "TWO"), mode="union"),
            self.state("PAR", until="1993-01-01"),
            self.state("HEI", since="1993-01-01", parts=("PAR",), mode="separation"),
        ]
        self.states = {state.code: state for state in lives}

    plain = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")

    def state(
        self,
        code: str,
        *,
        since: str = "",
        until: str = "",
        continues: str = "",
        parts: tuple[str, ...] = (),
        mode: str = "",
    ) -> State:
        """A state with a life."""
        start, end = day(since) if since else BEGINNING, day(until) if until else OPEN
        return State(code, code, start, end, continues, parts, mode, (), {}, "", self.CITE)

    def card(self, *clauses: Mapping[str, object], name: str = "pact", **values: object) -> Instrument:
        """A treaty with clauses; ``values`` replace what a card says (dates as text)."""
        known: dict[str, object] = {
            "title": name, "short": name, "aliases": (), "kind": "treaty", "scope": "multilateral", "binding": "yes",
            "topics": ("nuclear-testing",), "signed": "", "signed_place": "", "entry_into_force": "", "operative": "",
            "ended": "", "ended_how": "", "participants": (), "depositaries": (), "relations": (), "coverage": "", "gap": "",
            "identifiers": (), "description": "", **values,
        }  # fmt: skip
        for key in ("signed", "entry_into_force", "operative", "ended", "coverage"):
            known[key] = Span.parse(str(known[key])) if known[key] else None
        known["relations"] = tuple(Relation(kind, other, self.CITE) for kind, other in known["relations"])  # type: ignore[attr-defined]
        made = tuple(self._clause(dict(clause)) for clause in clauses)
        cites = {"entry_into_force": self.CITE, "signed": self.CITE, "ended": self.CITE}
        return Instrument(id=name, clauses=made, cites=cites, **known)  # type: ignore[arg-type]

    def _clause(self, terms: dict[str, object]) -> Clause:
        kind, article = str(terms.pop("clause")), str(terms.pop("article", "X"))
        return Clause(kind, article, dict(terms), self.CITE)  # type: ignore[arg-type]

    def act(self, text: str, name: str = "pact") -> Act:
        """``AAA ratification 2000-01-01 effective=2000-03-01 against=BBB;CCC at=London scope=part``."""
        state, kind, when, *rest = text.split()
        more = dict(item.split("=", 1) for item in rest)
        effective = Span.parse(more["effective"]) if "effective" in more else None
        against = tuple(more["against"].split(";")) if "against" in more else ()
        place, scope = more.get("at", ""), more.get("scope", "")
        return Act(name, state, kind, Span.parse(when), effective, against, scope, place, "", self.CITE)

    def acts(self, *texts: str, name: str = "pact") -> tuple[Act, ...]:
        """A ledger."""
        return tuple(self.act(text, name) for text in texts)

    def says(self, text: str, name: str = "pact") -> Assertion:
        """``CCC rejects BBB notice-of-withdrawal 2003-01-10 holds=party effective=… said=…``; state, act, date may be ``-``."""
        authority, stance, state, act, when, *rest = [("" if word == "-" else word) for word in text.split()]
        more = dict(item.split("=", 1) for item in rest)
        effective = Span.parse(more["effective"]) if "effective" in more else None
        said = Span.parse(more.get("said") or when or more["effective"])
        return Assertion(
            authority, stance, name, state, act, when, more.get("holds", ""), effective, said, "", self.CITE
        )

    def case(self, card: Instrument, *texts: str, says: Iterable[str] = (), **more: object) -> Case:
        """A case of one card."""
        acts, views = self.acts(*texts, name=card.id), tuple(self.says(text, card.id) for text in says)
        return Case(card, acts, self.states, views, **more)  # type: ignore[arg-type]

    def derive(
        self,
        card: Instrument,
        *texts: str,
        says: Iterable[str] = (),
        reading: str = DEPOSITARY,
        known: str = "",
        **more: object,
    ) -> Derived:
        """What the rules make of a card and a ledger."""
        return Derived(derive(self.case(card, *texts, says=says, **more), reading, day(known) if known else None))

    def conflict(self, state: str, since: str, until: str = "") -> Conflict:
        """An armed conflict of a state."""
        return Conflict(state, "war", day(since), day(until) if until else OPEN, self.CITE)

    def facts(self, cards: Iterable[Instrument], acts: Iterable[Act], says: Iterable[Assertion] = ()) -> Facts:
        """Facts with nothing in them but cards, acts and assertions."""
        by_id, ledger = {card.id: card for card in cards}, tuple(acts)
        ledgers = {name: tuple(act for act in ledger if act.instrument == name) for name in by_id}
        return Facts(states=self.states, instruments=by_id, acts=ledgers, assertions=tuple(says))

    def together(self, cards: Iterable[Instrument], *texts: str, known: str = "") -> dict[str, Derived]:
        """What the rules make of several cards and one ledger, whose lines begin with the card: ``pact: AAA …``."""
        acts = [self.act(text, name) for name, text in (line.split(": ") for line in texts)]
        found = Corpus(self.facts(cards, acts), day(known) if known else None)
        return {item.instrument: Derived(item) for item in found.derivations() if item.reading == DEPOSITARY}

    def shelf(self, facts: Facts) -> MemoryShelf:
        """The documents of small facts."""
        return MemoryShelf(documents(facts, Corpus(facts).derivations(), {}))


@dataclass(frozen=True)
class Derived:
    """A derivation that is asked by day."""

    result: Derivation

    def standing(self, state: str, on: str) -> str:
        """The standing of a state on a day; ``none`` where it has none."""
        when = day(on)
        held = [item for item in self.result.of(state) if within(when, item.start, item.end)]
        assert len(held) < 2, held
        return held[0].standing if held else "none"

    def edges(self, state: str) -> list[tuple[str, str]]:
        """Each standing with its first day."""
        return [(item.standing, item.start.isoformat()) for item in self.result.of(state)]

    def flags(self, state: str, on: str) -> set[str]:
        """The flags of a state on a day."""
        when = day(on)
        return {flag.flag for flag in self.result.flags if flag.state == state and within(when, flag.start, flag.end)}

    def flag(self, state: str, name: str) -> Flag:
        """The one flag of that name."""
        (found,) = [flag for flag in self.result.flags if flag.state == state and flag.flag == name]
        return found

    def status(self, on: str) -> str:
        """The status of the instrument on a day; empty before its signature."""
        when = day(on)
        held = [item.status for item in self.result.statuses if within(when, item.start, item.end)]
        assert len(held) < 2, held
        return held[0] if held else ""

    def rules(self, state: str, standing: str) -> set[str]:
        """The rules by which a standing began."""
        return {step.rule for item in self.result.of(state) if item.standing == standing for step in item.because}


@pytest.fixture(scope="session")
def web(built_cache: Path) -> Iterator[str]:
    """The address of a server of the real graph, run by the command line as users run it."""
    assert built_cache.is_dir()
    with serving("--max-rows", "20000", "--max-size", "4", "--max-seconds", "30") as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """Runs a server with options of one's own; gives its address."""
    return serving


@contextmanager
def serving(*options: str, found: list[subprocess.Popen[str]] | None = None) -> Iterator[str]:
    """A server on a port of loopback that was free; ``found`` gets its process."""
    command = [sys.executable, "-m", "treatygraph", "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
                          ) as process:  # fmt: skip
        assert process.stderr
        said: list[str] = []
        ready: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_listen, args=(process.stderr, said, ready), daemon=True)
        reader.start()
        if found is not None:
            found.append(process)
        try:
            yield ready.get(timeout=60)
        finally:
            process.terminate()
            process.wait(30)
            reader.join(5)
    assert "Traceback" not in "".join(said), "".join(said)


def _listen(stream: IO[str], said: list[str], ready: queue.Queue[str]) -> None:
    """Keep what a server says, and find its address in it."""
    for line in stream:
        said.append(line)
        address = re.search(r"running on (http://[0-9.]+:[0-9]+)", line)
        if address:
            ready.put(address[1])
