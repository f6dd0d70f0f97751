"""What a worker process takes from itself before the first question: files, sockets, memory, a life of its own."""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import threading
from pathlib import Path
from typing import Any

__all__ = ["confine", "end_with", "memory_used"]

_STATM = Path("/proc/self/statm")


def confine(memory: int) -> None:
    """Let the process open nothing more, neither file nor socket, and grow by ``memory`` bytes at most.

    What is open stays open. A query that slipped past the guard could reach no other host, as a socket is a
    file too. Beyond the memory an allocation fails, and the process ends.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = memory_used()[0]
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


_statm: int | None = None


def memory_used() -> tuple[int, int]:
    """Bytes of addresses and of memory that the process has; zeros where the system does not tell."""
    global _statm  # noqa: PLW0603 - opened once, as nothing can be opened later
    if _statm is None:
        try:
            _statm = os.open(_STATM, os.O_RDONLY)
        except OSError:
            return 0, 0
    pages = os.pread(_statm, 128, 0).split()
    size = resource.getpagesize()
    return int(pages[0]) * size, int(pages[1]) * size


def end_with(channel: socket.socket) -> None:
    """End this process as soon as the other side of the channel is gone, even in the midst of a query."""
    waiting: Any
    if hasattr(select, "epoll"):  # it goes on to work when no more files may be opened, which poll does not
        waiting = select.epoll()
        waiting.register(channel, select.EPOLLRDHUP)
    else:
        waiting = select.poll()
        waiting.register(channel, select.POLLHUP)

    def watch() -> None:
        while not waiting.poll():
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="end-with-server", daemon=True).start()
