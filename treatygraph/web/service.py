"""The site that is served: its build is held, looked after, and exchanged for a newer one without a pause."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI

from treatygraph.graph import Graph
from treatygraph.model.errors import TreatygraphError
from treatygraph.web.pages import explorer_of
from treatygraph.web.processes import forget_forkserver
from treatygraph.web.state import Site

__all__ = ["ServedFacts", "Service"]

_LOG: Final = logging.getLogger("treatygraph.web")
_LOOK: Final = 2.0
"""Seconds between two looks at whether the build is in its place, and still that of the facts."""
_AGAIN: Final = 30.0
"""Seconds after which a build that could not be made is tried again."""


@dataclass(frozen=True)
class ServedFacts:
    """Where the graph comes from."""

    reopen: Callable[[], Graph]
    """Opens the graph of the facts as they are now; builds it if need be."""
    is_current: Callable[[Graph], bool]
    """Whether a graph is still that of the facts."""
    follow: bool = False
    """Whether edited facts are taken up at once; without it, when a SIGHUP comes."""


class Service:
    """Starts, watches, exchanges and ends what is served.

    Args:
        app: the application; its ``state.site`` is the site that is served.
        graph: what is served first.
        site_of: makes the site of a graph.
        origin: where the graph comes from; None: it stays as it is.
    """

    def __init__(
        self, app: FastAPI, graph: Graph, site_of: Callable[[Graph], Site], origin: ServedFacts | None
    ) -> None:
        self._app, self._site_of, self._origin = app, site_of, origin
        self._site = app.state.site = site_of(graph)
        self._held = contextlib.ExitStack()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._wanted = asyncio.Event()

    async def start(self) -> None:
        """Start the workers, and make the first page meanwhile."""
        await self._begin(self._site)
        if self._origin is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread
                asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._wanted.set)
            self._later(self._watch(self._origin))

    async def stop(self) -> None:
        """End the workers."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._site.pool.stop()
        self._held.close()

    async def _begin(self, site: Site) -> None:
        self._held.enter_context(site.graph.home.held())
        await asyncio.gather(site.pool.start(), asyncio.to_thread(explorer_of, site.graph, site.today()))

    async def _watch(self, origin: ServedFacts) -> None:
        """Look at the build from time to time; where it is gone, or a newer one is wanted, exchange it."""
        pause = _LOOK
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), pause)
            asked, pause = self._wanted.is_set(), _LOOK
            self._wanted.clear()
            is_there = self._site.graph.home.is_there
            try:
                is_current = await asyncio.to_thread(origin.is_current, self._site.graph)
            except (OSError, TreatygraphError):  # the facts are being written, or cannot be read
                is_current = False
            self._site.notices.is_there, self._site.notices.is_current = is_there, is_current
            if not is_there:
                _LOG.error("the build %s is gone from the cache; making it anew", self._site.graph.home.folder)
            elif is_current or not (asked or origin.follow):
                continue
            if not await self._exchanged(origin):
                pause = _AGAIN

    async def _exchanged(self, origin: ServedFacts) -> bool:
        """Whether a fresh graph is served now; the old one goes on where that cannot be made."""
        try:
            graph = await asyncio.to_thread(origin.reopen)
            await asyncio.to_thread(graph.prepare)
            site = self._site_of(graph)
            await asyncio.to_thread(forget_forkserver)
            await self._begin(site)
        except (TreatygraphError, OSError) as problem:
            _LOG.error("the graph that is served stays, as no other can be made: %s", str(problem).splitlines()[0])
            return False
        before, self._site = self._site, site
        self._app.state.site = site
        _LOG.info("serving the build %s in place of %s", graph.home.folder.name, before.graph.home.folder.name)
        self._later(_ended(before))
        return True

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _ended(site: Site) -> None:
    """End what was served before, once its last answers are out."""
    try:
        await site.pool.drained()
    finally:
        await site.pool.stop()
