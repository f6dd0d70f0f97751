"""Nonsense in facts, dates, names and command lines: a clear answer, never a traceback.

The suite tries the same few cases every time. ``scripts/fuzz`` runs these files again and again with new ones:
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
import time
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import COUNTED, LONGEST, NAMES, NEARLY_DATES, VALUES, WORDS, cases, note_numbers
from treatygraph import cli
from treatygraph.build.cache import built
from treatygraph.build.documents import documents
from treatygraph.checks import findings, stops
from treatygraph.facts import read
from treatygraph.graph import Graph, open_graph
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import Period, Span, day
from treatygraph.model.errors import BadDate, FactsError, TreatygraphError
from treatygraph.triplestore.quads import quads

SMALL = Path(__file__).resolve().parent / "small_graph"
FILES = sorted(
    path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*") if path.suffix in (".csv", ".yaml", ".tsv")
)


@pytest.fixture(scope="module", autouse=True)
def numbers() -> Iterator[None]:
    """Adds how many cases were tried to the file that scripts/fuzz reads."""
    yield
    note_numbers()


# ---------------------------------------------------------------------- facts


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
        assert graph.index().states()
        assert len(pyoxigraph.Store.read_only(str(home.store))) > 100
        graph.close()
        assert not [path.name for path in cache.iterdir() if path.is_dir() and not (path / "store").is_dir()]


# ---------------------------------------------------------------------- dates and names


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
    until = time.monotonic() + LONGEST
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
        assert "treatygraph" in said.strip().splitlines()[-1] or "Fix: " in said, said
