"""A server keeps the build that it serves, notices when it is gone, and takes up edited facts when told to."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from serving import PATIENCE
from treatygraph.build import cache
from treatygraph.build.cache import Build
from treatygraph.build.locks import is_shared
from treatygraph.graph import Graph, open_graph
from treatygraph.model.folders import room
from treatygraph.web.limits import Limits
from treatygraph.web.pool import Pool
from treatygraph.web.service import ServedFacts, Service
from treatygraph.web.state import Site
from treatygraph.web.traffic import Traffic

LIMITS = Limits(workers=1, long=1, seconds=PATIENCE, wait=PATIENCE)
QUESTION = {"method": "between", "arguments": {"first": "US", "second": "Russia", "on": "2021-05-28"}}


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the facts, and a cache of its own."""
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    shutil.copytree(room("graph"), tmp_path / "graph")
    return tmp_path / "graph"


def site_of(graph: Graph) -> Site:
    return Site(graph, Pool(graph.home, LIMITS), LIMITS, Traffic(LIMITS), lambda: date(2026, 11, 30), "")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.05)


def edited(facts: Path) -> None:
    """The same facts with another short title."""
    card = next(facts.rglob("new-start.yaml"))
    card.write_text(card.read_text(encoding="utf-8").replace("New START", "Newer START"), encoding="utf-8")


def test_what_is_served_is_held_looked_after_and_exchanged(facts: Path) -> None:
    app = FastAPI()
    graph = open_graph(facts)

    def is_current(served: Graph) -> bool:
        build = cache.ready(facts)
        return build is not None and build.folder == served.home.folder

    async def answer() -> str:
        reply = await app.state.site.pool.ask({"job": "graph", **QUESTION}, "someone")
        return bytes(reply.body).decode()

    async def conversation() -> list[str]:
        service = Service(app, graph, site_of, ServedFacts(lambda: open_graph(facts), is_current))
        await service.start()
        try:
            said = [await answer()]
            first = app.state.site
            assert is_shared(first.graph.home.folder / "in-use")
            shutil.rmtree(first.graph.home.folder)
            await until(lambda: app.state.site is not first and app.state.site.graph.home.is_there)
            said.append(await answer())
            second = app.state.site
            edited(facts)
            await until(lambda: not second.notices.is_current)
            assert app.state.site is second, "edited facts are taken up when somebody asks for it"
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: app.state.site is not second)
            said.append(await answer())
        finally:
            await service.stop()
        return said

    first, second, third = asyncio.run(conversation())
    assert "New START" in first
    assert second == first
    assert "Newer START" in third


def test_a_build_that_is_held_is_not_swept_away(tmp_path: Path) -> None:
    builds = [Build(tmp_path / f"graph-{number:024x}") for number in range(6)]
    for build in builds:
        build.folder.mkdir()
    with builds[1].held():
        for number, build in enumerate(builds):
            os.utime(build.folder, (number, number))
        cache._sweep(tmp_path, builds[5])
        assert [build.folder.exists() for build in builds] == [False, True, False, True, True, True]
    os.utime(builds[1].folder, (1, 1))
    cache._sweep(tmp_path, builds[5])
    assert not builds[1].folder.exists()


def test_facts_that_cannot_be_read_leave_what_is_served(facts: Path, built_cache: Path) -> None:
    def broken() -> Any:
        raise OSError("the disk is full")

    async def conversation() -> bool:
        app = FastAPI()
        service = Service(app, open_graph(), site_of, ServedFacts(broken, lambda _: False))
        return await service._exchanged(ServedFacts(broken, lambda _: False)) or app.state.site is not service._site

    assert asyncio.run(conversation()) is False
