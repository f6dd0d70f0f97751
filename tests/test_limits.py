"""A query that runs long, takes too much or returns without end is stopped, with one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import treatygraph
from asking import examples

ROOT = Path(__file__).resolve().parent.parent
LONG = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"


def command(*words: str, cache: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TREATYGRAPH_CACHE": str(cache)}
    return subprocess.run(
        [sys.executable, "-m", "treatygraph", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )


@pytest.mark.parametrize("text", [LONG, ENDLESS])
def test_a_query_that_runs_long_is_stopped(built_cache: Path, text: str) -> None:
    start = time.monotonic()
    done = command("sparql", text, "--timeout", "0.5", "--limit", "0", cache=built_cache)
    assert time.monotonic() - start < 30
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "stopped after 0.5 seconds" in done.stderr
    assert "--timeout" in done.stderr


def test_rows_without_end_are_cut(built_cache: Path) -> None:
    done = command("sparql", ENDLESS, "--limit", "3", "--format", "csv", cache=built_cache)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 4
    assert "only the first 3 rows were read" in done.stderr
    whole = command("query", "limits", "--instrument", "New START", "--limit", "3", cache=built_cache)
    assert (whole.returncode, whole.stderr) == (0, "")


def test_too_much_memory_is_noticed(built_cache: Path) -> None:
    code = f"from treatygraph.cli import limits, main; limits.MEGABYTES = 1; import sys; sys.argv[1:] = ['sparql', {LONG!r}]; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TREATYGRAPH_CACHE": str(built_cache)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, timeout=60
    )
    assert done.returncode == 2
    assert "more than 1 MB of memory" in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--timeout", "soon"), ("--timeout", "-1"), ("--limit", "-5")])
def test_a_limit_is_a_number(built_cache: Path, option: str, value: str) -> None:
    done = command("query", "limits", f"{option}={value}", cache=built_cache)
    assert done.returncode == 2
    assert "write digits" in done.stderr


def test_a_result_tells_whether_it_is_whole(built_cache: Path) -> None:
    assert built_cache.is_dir()
    graph = treatygraph.open()
    cut = graph.sparql("SELECT * WHERE { ?s a tg:Instrument }", limit=2)
    assert (len(cut.rows), cut.complete, cut.to_dict()["complete"]) == (2, False, False)
    few = graph.sparql("SELECT * WHERE { VALUES ?x { 1 2 } }", limit=2)
    assert (len(few.rows), few.complete) == (2, True)
    assert "complete" not in few.to_dict()
    assert not graph.sparql("CONSTRUCT WHERE { ?s a tg:Instrument }", limit=1).complete
    assert not graph.query("operating-pairs", examples("operating-pairs"), limit=1).complete
    assert graph.query("notice-today", examples("notice-today"), limit=1).complete
    graph.close()
