"""Workers that wait for questions, and the order in which they get them.

Two lanes: every query begins in the first one. One that is not done after :attr:`Limits.patience` moves to the
lane of long queries, and its place is free for another; where that lane is full, it is stopped. So long
queries never keep short ones waiting for more than a moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final, TypeVar

from treatygraph.build.cache import Build
from treatygraph.triplestore.sandbox import safe_children
from treatygraph.web.ipc import Frame, pack, receive
from treatygraph.web.limits import Limits
from treatygraph.web.nursery import announced
from treatygraph.web.problems import Refusal
from treatygraph.web.worker import work

__all__ = ["Pool"]

_LOG: Final = logging.getLogger("treatygraph.web")
_START: Final = 60.0
"""Seconds within which a worker must have opened the graph."""
_PAUSE: Final = 0.25
"""Seconds after which a query that may be a long one is looked at again."""
_LOOK: Final = 1.0
"""Seconds between two looks at whether every place has a worker."""
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_T = TypeVar("_T")
_MAIN: Final = multiprocessing.get_context("forkserver")


class _Worker:
    """One worker process, as the server sees it."""

    def __init__(self, process: ForkServerProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process, self._reader, self._writer = process, reader, writer
        self.uses = 0

    @classmethod
    async def started(cls, build: Build, limits: Limits) -> _Worker:
        """A worker that has opened the graph.

        Raises:
            OSError: it cannot be started, or it ends before it is ready.
        """
        ours, theirs = socket.socketpair()
        process = _MAIN.Process(target=work, args=(theirs, str(build.folder), limits), daemon=True)
        try:
            # The process that forks is asked over a socket of its own, which blocks for a moment.
            await asyncio.to_thread(process.start)
        finally:
            theirs.close()
        worker = cls(process, *await asyncio.open_connection(sock=ours, limit=1 << 20))
        try:
            await asyncio.wait_for(receive(worker._reader), _START)
        except (TimeoutError, asyncio.IncompleteReadError) as problem:
            await worker.end()
            raise OSError("a worker ended before it had opened the graph") from problem
        return worker

    async def ask(self, job: dict[str, Any]) -> Frame:
        """The answer of the worker.

        Raises:
            asyncio.IncompleteReadError, OSError: it ended before it answered.
        """
        self.uses += 1
        self._writer.write(pack(Frame(job)))
        await self._writer.drain()
        return await receive(self._reader)

    def processor_time(self) -> float:
        """Seconds for which the worker has used the processor; time of day where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except (OSError, UnicodeError):
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    async def end(self) -> int | None:
        """Kill the process; returns how it ended: below zero, by which signal."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
        with contextlib.suppress(OSError):
            # One that has ended by itself tells how; it gets a moment to do so.
            await asyncio.to_thread(self.process.join, 0.05)
            if self.process.exitcode is None:
                self.process.kill()
                await asyncio.to_thread(self.process.join, 5)
        return self.process.exitcode


class Pool:
    """Hands questions to workers, and keeps the limits of time, memory and load."""

    def __init__(self, build: Build, limits: Limits) -> None:
        self.limits = limits
        self._build = build
        self._workers: set[_Worker] = set()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._first = asyncio.Semaphore(limits.workers)
        self._long = asyncio.Semaphore(limits.long)
        self._waiting = 0
        self._clients: Counter[str] = Counter()
        self._places = limits.workers + limits.long
        self._starting = 0
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
        _MAIN.set_forkserver_preload(["treatygraph.web.forked"])
        with announced(self._build, self.limits.resident):
            found = [_Worker.started(self._build, self.limits) for _ in range(self._places)]
            for worker in await asyncio.gather(*found):
                self._enrol(worker)
        self._later(self._watch())

    async def stop(self) -> None:
        """End all workers."""
        self._closing.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()
        self._children.close()

    @property
    def state(self) -> dict[str, int]:
        """How many workers there are, how many of them are idle, and how many queries wait for one."""
        return {"workers": len(self._workers), "idle": self._idle.qsize(), "waiting": self._waiting}

    async def ask(self, job: dict[str, Any], client: str) -> Frame:
        """The answer to a job, whole.

        Raises:
            Refusal: a limit was met, or the worker refused.
        """
        if self._clients[client] >= self.limits.client:
            raise Refusal(
                "too-many-at-once", f"{self.limits.client} questions of this address are being answered already."
            )
        self._clients[client] += 1
        try:
            reply = await self._answered(job)
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]
        if "problem" in reply.head:
            raise Refusal(reply.head["problem"], reply.head["detail"], **reply.head["more"])
        return reply

    async def _answered(self, job: dict[str, Any]) -> Frame:
        async with self._turn() as lane:
            worker = await self._taken()
            asking = asyncio.ensure_future(worker.ask(job))
            try:
                await self._in_time(worker, asking, lane)
                reply = asking.result()
            except (asyncio.IncompleteReadError, OSError):
                raise await self._died(worker) from None
            except BaseException:
                asking.cancel()
                self._later(self._replaced(worker))
                raise
            if worker.uses >= self.limits.uses or reply.head.get("spent"):
                self._later(self._replaced(worker))
            else:
                self._idle.put_nowait(worker)
            return reply

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[_Lane]:
        """A place in the first lane, once it is one's turn."""
        if self._waiting >= self.limits.waiting:
            raise Refusal("busy", f"{self.limits.waiting} questions wait already.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._first.acquire()
        except TimeoutError:
            raise self._none_free() from None
        finally:
            self._waiting -= 1
        lane = _Lane(self._first, self._long)
        try:
            yield lane
        finally:
            lane.leave()

    async def _taken(self) -> _Worker:
        """An idle worker: there is one, or one is being started in the place of one that was killed."""
        try:
            async with asyncio.timeout(self.limits.wait):
                return await self._idle.get()
        except TimeoutError:
            raise self._none_free() from None

    def _none_free(self) -> Refusal:
        return Refusal("busy", f"no worker was free within {self.limits.wait:g} seconds.")

    async def _in_time(self, worker: _Worker, asking: asyncio.Future[Frame], lane: _Lane) -> None:
        """Wait for an answer for as long as a query may take.

        Where the lane of long queries is full, one is long that has used the processor for so long: on a busy machine
        a short one takes a while too.
        """
        limits, clock = self.limits, asyncio.get_running_loop().time
        end, used = clock() + limits.seconds, worker.processor_time()
        pause = limits.patience
        while not asking.done():
            await asyncio.wait({asking}, timeout=max(0.0, min(pause, end - clock())))
            if asking.done():
                return
            if clock() >= end:
                raise Refusal("time-limit", f"the query was stopped after {limits.seconds:g} seconds.")
            if lane.is_first and not await lane.turn_long() and worker.processor_time() - used >= limits.patience:
                raise Refusal("busy", f"the query was stopped, as {limits.long} other long ones were running.")
            pause = _PAUSE if lane.is_first else limits.seconds

    async def _died(self, worker: _Worker) -> Refusal:
        """What to say of a worker that ended in the midst of a query."""
        self._workers.discard(worker)
        # The place is filled before anything is awaited: a visitor who goes away cancels this task at any await.
        self._refill()
        code = await asyncio.shield(self._later(worker.end()))
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return Refusal("memory-limit", f"the query used more than {self.limits.memory >> 20} MiB of memory.")
        _LOG.warning("a worker ended with %s in the midst of a query", code)
        return Refusal("bad-query", "the query brought its worker down; it may be nested too deep.")

    def _enrol(self, worker: _Worker) -> None:
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    async def _replaced(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        self._refill()
        await worker.end()

    def _refill(self) -> None:
        """Start a worker for each place that has none and for which none is being started."""
        if self._closing.is_set():
            return
        for _ in range(self._places - len(self._workers) - self._starting):
            self._starting += 1
            self._later(self._another())

    async def _watch(self) -> None:
        """Look every second whether a place is empty: whatever way a worker was lost, the server recovers."""
        while not await self._closed_within(_LOOK):
            self._refill()

    async def _another(self) -> None:
        """One more worker; tried again as long as it cannot be started, for whatever reason.

        A start fails with more than OSError: when the forkserver has been killed it raises EOFError.
        """
        pause = 0.1
        try:
            while not self._closing.is_set():
                try:
                    self._enrol(await _Worker.started(self._build, self.limits))
                except Exception as problem:  # noqa: BLE001 - a place that is given up is lost until a restart
                    _LOG.error("no worker: %s", repr(problem))
                    await self._closed_within(pause)
                    pause = min(pause * 2, 10.0)
                else:
                    return
        finally:
            self._starting -= 1

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

    def __init__(self, first: asyncio.Semaphore, long: asyncio.Semaphore) -> None:
        self._held, self._long = first, long
        self.is_first = True

    async def turn_long(self) -> bool:
        """Move to the lane of long queries; False where it is full."""
        if self._long.locked():
            return False
        await self._long.acquire()  # at once, as it is not full
        self._held.release()
        self._held, self.is_first = self._long, False
        return True

    def leave(self) -> None:
        """Give the place to the next."""
        self._held.release()
