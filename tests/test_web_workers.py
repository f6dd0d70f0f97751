"""Workers of the server: none is lost, whatever is cancelled and however a start fails; no foreign code runs in them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

import treatygraph
from serving import PATIENCE, get, serving
from treatygraph.web.limits import Limits
from treatygraph.web.pool import Pool
from treatygraph.web.problems import Refusal
from treatygraph.web.processes import WorkerProcess

TIGHT = Limits(workers=1, long=1)
ASK = {"job": "sparql", "text": "ASK {}", "rows": "text/csv", "graph": None}


def workers_of(pool: Pool) -> list[WorkerProcess]:
    return [worker for crew in pool._crews for worker in crew.workers]


async def restored(pool: Pool) -> bool:
    """Whether every place has a worker within half a minute."""
    for _ in range(300):
        if pool.state["workers"] == pool.places:
            return True
        await asyncio.sleep(0.1)
    return False


def in_pool(conversation: Callable[[Pool], Any]) -> Any:
    async def run() -> Any:
        pool = Pool(treatygraph.open().home, TIGHT)
        await pool.start()
        try:
            return await conversation(pool)
        finally:
            await pool.stop()

    return asyncio.run(run())


def test_a_visitor_who_goes_away_while_a_dead_worker_is_buried_costs_no_place(
    built_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    burying = asyncio.Event()
    end = WorkerProcess.end

    async def slow(worker: Any) -> int | None:
        burying.set()
        await asyncio.sleep(0.2)
        return await end(worker)

    async def conversation(pool: Pool) -> bool:
        for worker in workers_of(pool):
            worker.process.kill()
        asking = asyncio.ensure_future(pool.ask(ASK, "someone"))
        await asyncio.wait_for(burying.wait(), 10)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        for _ in range(2):  # the other dead worker is met, and then a living one
            with contextlib.suppress(Refusal):
                await pool.ask(ASK, "someone")
        return await restored(pool)

    monkeypatch.setattr(WorkerProcess, "end", slow)
    assert in_pool(conversation)


@pytest.mark.parametrize("problem", [EOFError("unexpected EOF"), OSError("no"), RuntimeError()])
def test_a_start_that_fails_is_tried_again(
    built_cache: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    started = WorkerProcess.started.__func__  # type: ignore[attr-defined]
    failing = 0

    async def unsteady(cls: Any, *arguments: Any) -> Any:
        nonlocal failing
        if failing:
            failing -= 1
            raise problem
        return await started(cls, *arguments)

    async def conversation(pool: Pool) -> bool:
        nonlocal failing
        failing = 2
        workers_of(pool)[0].process.kill()
        for _ in range(2):
            with contextlib.suppress(Refusal):
                await pool.ask(ASK, "someone")
        return await restored(pool)

    monkeypatch.setattr(WorkerProcess, "started", classmethod(unsteady))
    assert in_pool(conversation)


def test_a_place_that_was_lost_in_no_foreseen_way_is_filled_again(built_cache: Path) -> None:
    async def conversation(pool: Pool) -> bool:
        worker = workers_of(pool)[0]
        for crew in pool._crews:
            crew.workers.discard(worker)
        await worker.end()
        return await restored(pool)

    assert in_pool(conversation)


def test_queries_that_break_the_engine_and_are_cut_off_leave_all_workers(
    serve: Callable[..., AbstractContextManager[str]], built_cache: Path
) -> None:
    chance = random.Random(5)
    body = b"SELECT * { " + b"{" * 5000 + b"}" * 5000 + b" }"
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
    with serve() as address:
        host, port = address.removeprefix("http://").split(":")
        before = get(f"{address}/health").json()["workers"]
        for _ in range(60):
            with socket.create_connection((host, int(port)), timeout=PATIENCE) as visitor:
                visitor.sendall(head % len(body) + body)
                visitor.settimeout(chance.uniform(0.003, 0.02))
                with contextlib.suppress(TimeoutError, ConnectionError):
                    visitor.recv(1)
        question = {"a": "US", "b": "Russia", "on": "2021-05-28"}
        assert httpx.get(f"{address}/api/between", params=question, timeout=PATIENCE).status_code == 200
        assert get(f"{address}/health").json()["workers"] == before


FOREIGN = ("json.py", "selectors.py", "sitecustomize.py", "usercustomize.py", "treatygraph.py", "pyoxigraph.py")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder in which every module that a child might take tells on whoever runs it."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    for name in FOREIGN:
        (folder / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit(3)\n")
    return folder


def test_a_server_started_in_a_hostile_folder_runs_nothing_of_it(hostile: Path, built_cache: Path) -> None:
    script = hostile.parent / "bin" / "treatygraph"  # as installed: its own folder is first on the path
    script.parent.mkdir()
    script.write_text(
        "import sys\nfrom treatygraph.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    )
    command = [sys.executable, str(script)]
    with serving("--max-workers", "1", "--max-long", "1", command=command, folder=hostile) as address:
        assert get(f"{address}/sparql", params={"query": "ASK {}"}).status_code == 200
    assert not (hostile.parent / "ran").exists()


def test_a_query_of_an_agent_in_a_hostile_folder_runs_nothing_of_it(hostile: Path, built_cache: Path) -> None:
    asked = (
        "import os, sys, treatygraph; from treatygraph.agents.confined import confined; "
        "sys.path[:0] = ['', os.getcwd()]; os.environ['PYTHONPATH'] += ':'; "
        "print(confined(treatygraph.open().home.store, 'ASK { ?s ?p ?o }')['answer'])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", asked], cwd=hostile, capture_output=True, text=True, check=False, timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("true", 0), done.stderr
    assert not (hostile.parent / "ran").exists()
