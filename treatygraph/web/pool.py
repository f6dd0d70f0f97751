"""Workers that wait for questions, and the order in which visitors get them.

Queries in SPARQL and our own questions (the interface, the pages) have workers of their own, so that no query ever
keeps a question waiting. Addresses take turns, and there is one place more than one address may hold.

A query begins in the first lane. One that is not done after :attr:`Limits.patience` moves to the lane of long queries,
at a lower priority, and its place is free for another. Where that lane is full it goes on as long as nobody waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Final, TypeVar

from treatygraph.build.cache import Build
from treatygraph.triplestore.sandbox import safe_children
from treatygraph.web.ipc import IpcFrame
from treatygraph.web.limits import Limits
from treatygraph.web.preload import PRELOADED, announced
from treatygraph.web.problems import Refusal
from treatygraph.web.processes import FORKS, WorkerProcess
from treatygraph.web.turns import Turns, visitor

__all__ = ["Pool"]

_LOG: Final = logging.getLogger("treatygraph.web")
_PAUSE: Final = 0.25
"""Seconds after which a query that may be a long one is looked at again."""
_LOOK: Final = 1.0
"""Seconds between two looks at whether every place has a worker."""
_PENALTY: Final = 1.0
"""Seconds for which an address that asks too much at once waits for being told so: a loop of requests turns slowly."""
_OF_THE_QUERY: Final = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE}
"""Signals by which a worker ends because of what it was asked."""
_T = TypeVar("_T")


class _Crew:
    """The workers for one kind of job, and the turns of those who ask for them."""

    def __init__(self, places: int, nice: int, turns: Turns, long: Turns | None = None) -> None:
        self.places, self.nice, self.turns, self.long = places, nice, turns, long
        self.workers: set[WorkerProcess] = set()
        self.idle: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self.starting = 0

    def enrol(self, worker: WorkerProcess) -> None:
        self.workers.add(worker)
        self.idle.put_nowait(worker)


class Pool:
    """Hands questions to workers, and keeps the limits of time, memory and load."""

    def __init__(self, build: Build, limits: Limits) -> None:
        self.limits = limits
        self._build = build
        first = limits.workers + 1
        long = Turns(limits.long, max(1, limits.long - 1), 0)
        self._queries = _Crew(first + limits.long, 5, Turns(first, limits.workers, limits.waiting), long)
        self._questions = _Crew(first, 0, Turns(first, limits.workers, limits.waiting))
        self._crews = (self._queries, self._questions)
        self._clients: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = asyncio.Event()
        self._children = contextlib.ExitStack()

    async def start(self) -> None:
        """Start all workers.

        Raises:
            OSError: they cannot be started.
        """
        # As long as the pool lives: a forkserver that was killed is started again with the next worker.
        self._children.enter_context(safe_children())
        FORKS.set_forkserver_preload([PRELOADED])
        self._children.enter_context(announced(self._build, self.limits.resident))
        await asyncio.gather(*(self._started(crew) for crew in self._crews for _ in range(crew.places)))
        self._later(self._watch())

    async def drained(self) -> None:
        """Wait until nothing is being answered any more, for as long as an answer may take."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.seconds + self.limits.wait):
                while self._clients:
                    await asyncio.sleep(_PAUSE)

    async def stop(self) -> None:
        """End all workers."""
        self._closing.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for crew in self._crews for worker in crew.workers))
        for crew in self._crews:
            crew.workers.clear()
        self._children.close()

    @property
    def places(self) -> int:
        """How many workers there should be."""
        return sum(crew.places for crew in self._crews)

    @property
    def state(self) -> dict[str, int]:
        """How many workers there are, how many of them are idle, and how many questions wait for one."""
        return {
            "workers": sum(len(crew.workers) for crew in self._crews),
            "idle": sum(crew.idle.qsize() for crew in self._crews),
            "waiting": sum(crew.turns.waiting for crew in self._crews),
        }

    @property
    def is_ready(self) -> bool:
        """Whether there are workers for every kind of job, and room for another question of either."""
        return all(crew.workers and crew.turns.waiting < self.limits.waiting for crew in self._crews)

    async def ask(self, job: dict[str, Any], client: str) -> IpcFrame:
        """The answer to a job, whole.

        Args:
            job: what is asked; a job of a visitor's own words has ``"own": False``.
            client: the visitor's address.

        Raises:
            Refusal: a limit was met, or the worker refused.
        """
        address = visitor(client)
        if self._clients[address] >= self.limits.client:
            await self._closed_within(_PENALTY)
            raise Refusal(
                "too-many-at-once", f"{self.limits.client} questions of this address are being answered already."
            )
        self._clients[address] += 1
        try:
            reply = await self._answered(job, address)
        finally:
            self._clients[address] -= 1
            if not self._clients[address]:
                del self._clients[address]
        if "problem" in reply.head:
            raise Refusal(reply.head["problem"], reply.head["detail"], **reply.head["more"])
        return reply

    async def _answered(self, job: dict[str, Any], address: str) -> IpcFrame:
        crew = self._questions if job.get("own", True) else self._queries
        async with self._turn(crew, address) as lane:
            for is_last in (False, True):
                worker = await self._taken(crew)
                try:
                    return await self._asked(crew, worker, job, lane)
                except (asyncio.IncompleteReadError, OSError):
                    refusal = await self._died(crew, worker)
                    if refusal.name != "unavailable" or is_last:
                        raise refusal from None
        raise AssertionError  # the second try returns or raises

    async def _asked(self, crew: _Crew, worker: WorkerProcess, job: dict[str, Any], lane: _Lane) -> IpcFrame:
        asking = asyncio.ensure_future(worker.ask(job))
        try:
            await self._in_time(worker, asking, lane)
            reply = asking.result()
        except (asyncio.IncompleteReadError, OSError):
            raise
        except BaseException:
            asking.cancel()
            self._later(self._replaced(crew, worker))
            raise
        if worker.uses >= self.limits.uses or reply.head.get("spent") or worker.is_slow:
            self._later(self._replaced(crew, worker))
        else:
            crew.idle.put_nowait(worker)
        return reply

    @contextlib.asynccontextmanager
    async def _turn(self, crew: _Crew, address: str) -> AsyncIterator[_Lane]:
        """A place in the first lane, once it is one's turn."""
        await crew.turns.take(address, self.limits.wait)
        lane = _Lane(crew.turns, crew.long, address)
        try:
            yield lane
        finally:
            lane.leave()

    async def _taken(self, crew: _Crew) -> WorkerProcess:
        """An idle worker: there is one, or one is being started in the place of one that was killed."""
        try:
            async with asyncio.timeout(self.limits.wait):
                return await crew.idle.get()
        except TimeoutError:
            raise Refusal("busy", f"no worker was free within {self.limits.wait:g} seconds.") from None

    async def _in_time(self, worker: WorkerProcess, asking: asyncio.Future[IpcFrame], lane: _Lane) -> None:
        """Wait for an answer for as long as a query may take."""
        limits, clock = self.limits, asyncio.get_running_loop().time
        end, used = clock() + limits.seconds, worker.processor_time()
        pause = limits.patience
        while not asking.done():
            await asyncio.wait({asking}, timeout=max(0.0, min(pause, end - clock())))
            if asking.done():
                return
            if clock() >= end:
                raise Refusal("time-limit", f"the query was stopped after {limits.seconds:g} seconds.")
            if lane.is_first and lane.turn_long():
                worker.slow_down()
            elif lane.is_first and lane.is_wanted(worker.processor_time() - used >= limits.patience):
                raise Refusal("busy", "the query was stopped, as other long ones were running and others waited.")
            pause = _PAUSE if lane.is_first else limits.seconds

    async def _died(self, crew: _Crew, worker: WorkerProcess) -> Refusal:
        """What to say of a worker that ended in the midst of a query."""
        crew.workers.discard(worker)
        # The place is filled before anything is awaited: a visitor who goes away cancels this task at any await.
        self._refill()
        code = await asyncio.shield(self._later(worker.end()))
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return Refusal("memory-limit", f"the query used more than {self.limits.memory >> 20} MiB of memory.")
        _LOG.warning("a worker ended with %s in the midst of a query", code)
        if code is not None and -code in _OF_THE_QUERY:
            return Refusal("bad-query", "the query brought its worker down; it may be nested too deep.")
        return Refusal("unavailable", "the worker ended before it had answered, by no fault of the question.")

    async def _started(self, crew: _Crew) -> None:
        crew.enrol(await WorkerProcess.started(self._build, self.limits, crew.nice))

    async def _replaced(self, crew: _Crew, worker: WorkerProcess) -> None:
        crew.workers.discard(worker)
        self._refill()
        await worker.end()

    def _refill(self) -> None:
        """Start a worker for each place that has none and for which none is being started."""
        if self._closing.is_set():
            return
        for crew in self._crews:
            for _ in range(crew.places - len(crew.workers) - crew.starting):
                crew.starting += 1
                self._later(self._another(crew))

    async def _watch(self) -> None:
        """Look every second whether a place is empty: whatever way a worker was lost, the server recovers."""
        while not await self._closed_within(_LOOK):
            self._refill()

    async def _another(self, crew: _Crew) -> None:
        """One more worker; tried again as long as it cannot be started, for whatever reason.

        A start fails with more than OSError: when the forkserver has been killed it raises EOFError.
        """
        pause = 0.1
        try:
            while not self._closing.is_set():
                try:
                    await self._started(crew)
                except Exception as problem:  # noqa: BLE001 - a place that is given up is lost until a restart
                    _LOG.error("no worker: %s", repr(problem))
                    await self._closed_within(pause)
                    pause = min(pause * 2, 10.0)
                else:
                    return
        finally:
            crew.starting -= 1

    async def _closed_within(self, seconds: float) -> bool:
        """Whether the pool is stopped within so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        return self._closing.is_set()

    def _later(self, work_to_do: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Run it beside; the set keeps it alive, as the loop alone would not."""
        task = asyncio.ensure_future(work_to_do)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class _Lane:
    """The place of one query: in the first lane, then perhaps in that of long ones."""

    def __init__(self, first: Turns, long: Turns | None, address: str) -> None:
        self._held, self._long, self._address = first, long, address
        self.is_first = True

    def turn_long(self) -> bool:
        """Move to the lane of long queries; False where it is full, or there is none."""
        if self._long is None or not self._long.try_take(self._address):
            return False
        self._held.give(self._address)
        self._held, self.is_first = self._long, False
        return True

    def is_wanted(self, has_used_much: bool) -> bool:
        """Whether others wait for this place.

        Those of the same address count once the query has used the processor for long, as on a busy machine a short
        one takes a while too. So do all others where the job is one of our own questions.
        """
        is_a_query = self._long is not None
        return (is_a_query and self._held.others_wait(self._address)) or (has_used_much and self._held.waiting > 0)

    def leave(self) -> None:
        """Give the place to the next."""
        self._held.give(self._address)
