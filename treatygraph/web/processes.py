"""One worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import socket
import threading
import time
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final

from treatygraph.build.cache import Build
from treatygraph.model.errors import StoreError
from treatygraph.web.ipc import IpcFrame, pack, receive
from treatygraph.web.limits import Limits
from treatygraph.web.worker import work

__all__ = ["FORKS", "WorkerProcess", "forget_forkserver"]

FORKS: Final = multiprocessing.get_context("forkserver")
_START: Final = 60.0
"""Seconds within which a worker must have opened the graph."""
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_LONG: Final = 15
"""The priority of a query that has become a long one, as ``nice`` counts: others go first."""


def forget_forkserver() -> None:
    """Let the next worker be forked from a fresh process, which reads what is served by then.

    There is no public way to do so. The process before ends with the last worker that was forked from it, as each of
    them holds one end of the pipe by which it sees that it is still wanted.
    """
    server: Any = forkserver._forkserver
    with server._lock:
        pid, alive = server._forkserver_pid, server._forkserver_alive_fd
        server._forkserver_pid = server._forkserver_alive_fd = server._forkserver_address = None
    if pid is not None:
        os.close(alive)
        threading.Thread(target=os.waitpid, args=(pid, 0), name="end-of-forkserver", daemon=True).start()


class WorkerProcess:
    """A process that answers one question after another."""

    def __init__(self, process: ForkServerProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process, self._reader, self._writer = process, reader, writer
        self.uses = 0
        self.is_slow = False
        """Whether it runs at the priority of long queries, for the rest of its life."""

    @classmethod
    async def started(cls, build: Build, limits: Limits, nice: int) -> WorkerProcess:
        """A worker that has opened the graph.

        Args:
            build: what it answers from.
            limits: what it may use.
            nice: by how much others go before it.

        Raises:
            OSError: it cannot be started, or it ends before it is ready.
            StoreError: it cannot read the graph.
        """
        ours, theirs = socket.socketpair()
        process = FORKS.Process(target=work, args=(theirs, str(build.folder), limits, nice), daemon=True)
        try:
            # The process that forks is asked over a socket of its own, which blocks for a moment.
            await asyncio.to_thread(process.start)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        worker = cls(process, *await asyncio.open_connection(sock=ours, limit=1 << 20))
        try:
            first = await asyncio.wait_for(receive(worker._reader), _START)
        except (TimeoutError, asyncio.IncompleteReadError) as problem:
            await worker.end()
            raise OSError("a worker ended before it had opened the graph") from problem
        if "failed" in first.head:
            await worker.end()
            raise StoreError(first.head["failed"])
        return worker

    async def ask(self, job: dict[str, Any]) -> IpcFrame:
        """The answer of the worker.

        Raises:
            asyncio.IncompleteReadError, OSError: it ended before it answered.
        """
        self.uses += 1
        self._writer.write(pack(IpcFrame(job)))
        await self._writer.drain()
        return await receive(self._reader)

    def processor_time(self) -> float:
        """Seconds for which the worker has used the processor; time of day where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except (OSError, UnicodeError):
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def slow_down(self) -> None:
        """Let all others go first; a process cannot take that back, so it is replaced when it has answered."""
        self.is_slow = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, _LONG)

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
