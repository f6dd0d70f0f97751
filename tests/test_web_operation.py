"""Running a server: what its log, its health and its counts say, addresses that stay, and a start that fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

import treatygraph
from serving import PATIENCE, get
from treatygraph.web.ledger import Requests

Serve = Callable[..., AbstractContextManager[str]]


def test_the_build_is_named_in_health_in_void_and_in_every_answer(web: str) -> None:
    build = treatygraph.open().home.folder.name
    health = get(f"{web}/health").json()
    assert (health["build"], health["build_in_place"], health["facts"]) == (build, True, "as served")
    for path in ("/api/show?name=npt", "/", "/sparql?query=ASK+%7B%7D", "/nowhere", "/static/site.css"):
        assert get(f"{web}{path}").headers["treatygraph-build"].endswith(build), path
    assert build.removeprefix("graph-") in get(f"{web}/.well-known/void").text


def test_addresses_that_stay_are_those_of_today(web: str) -> None:
    question = {"a": "US", "b": "Russia", "on": "2021-05-28"}
    today, stays = (get(f"{web}{path}/between", params=question) for path in ("/api", "/api/v1"))
    assert stays.status_code == 200
    assert stays.content == today.content
    assert stays.headers["access-control-allow-origin"] == "*"
    assert get(f"{web}/api/v1").status_code == 200
    assert get(f"{web}/api/v11/between", params=question).status_code == 404


def test_a_server_that_is_ready_counts_what_it_does(web: str) -> None:
    assert get(f"{web}/ready").json() == {"status": "ready"}
    get(f"{web}/api/show?name=nothing-called-that")
    families = {family.name: family for family in text_string_to_metric_families(get(f"{web}/metrics").text)}
    ended = {(sample.labels["part"], sample.labels["verdict"]) for sample in families["treatygraph_requests"].samples
             if sample.name.endswith("_total")}  # fmt: skip
    assert {("ready", "ok"), ("api", "not-found")} <= ended
    assert families["treatygraph_workers"].samples[0].value == families["treatygraph_places"].samples[0].value


def test_paths_of_attackers_do_not_make_new_counts() -> None:
    requests = Requests()
    for number in range(100):
        requests.add(f"/attack-{number}/x", "404", 0.001)
    assert requests.ended == {("other", "404"): 100}


@pytest.mark.parametrize("log", ["paths", "questions", "none"])
def test_the_log_has_a_line_for_each_request(built_cache: Path, tmp_path: Path, log: str) -> None:
    words = [sys.executable, "-m", "treatygraph", "serve", "--port", "0", "--max-workers", "1", "--max-long", "1"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (
        (tmp_path / "out").open("wb") as out,
        subprocess.Popen(
            [*words, "--log", log], stdout=out, stderr=subprocess.PIPE, text=True, env=environment
        ) as process,
    ):
        assert process.stderr
        address = next(
            found[1] for line in process.stderr if (found := re.search(r"running on (http://[0-9.:]+)", line))
        )
        get(f"{address}/api/show?name=secret")
        get(f"{address}/%0Aforged%1B[31m")
        process.terminate()
        process.stderr.read()
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    if log == "none":
        assert lines == []
        return
    shown = r"/api/show\?name=secret" if log == "questions" else "/api/show"
    assert re.fullmatch(
        rf'\d{{4}}-\d\d-\d\dT\S+ 127\.0\.0\.1 "GET {shown}" 404 not-found \d+ \d+\.\d{{3}}', lines[0]
    ), lines[0]
    assert len(lines) == 2
    assert r'"GET /\nforged\x1b[31m" 404' in lines[1]


def test_a_start_that_fails_says_why(built_cache: Path, tmp_path: Path) -> None:
    shutil.copytree(built_cache, tmp_path / "cache")
    for index in (tmp_path / "cache").glob("graph-*/index.sqlite"):
        data = index.read_bytes()
        index.write_bytes(b"\0" * 16 + data[16:])
    done = subprocess.run(
        [sys.executable, "-m", "treatygraph", "serve", "--port", "0"], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": str(tmp_path / "cache")},
        timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert "cannot listen" not in done.stderr
    assert "index" in last
    assert "build --again" in last
