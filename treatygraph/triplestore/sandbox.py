"""What a query that anybody may have written can do to this machine: nothing but compute, for a while, in some memory.

The web's workers, the agents' queries and the command line take their limits from here.

A child process runs our code alone, whatever folder the user works in: ``python -m`` and ``python -c`` put the working
folder first on the path. Editors start agents' tools in the open workspace, so a ``json.py`` in a repository that
somebody has merely opened would run with the user's rights.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["PYTHON", "child_environment", "confine", "end_with", "memory_used", "safe_children", "watched"]

PYTHON: Final = (sys.executable, "-P")
"""The interpreter, without the working folder on its path."""
_PACKAGE: Final = str(Path(__file__).resolve().parents[2])
_STATM: Final = "/proc/self/statm"
_STEP: Final = 0.05
"""Seconds between two looks at the clock and the memory."""


def child_environment() -> dict[str, str]:
    """The environment of a child: it finds what this process can import, but nothing in the working folder.

    An empty or relative entry of PYTHONPATH stands for the working folder too, and so is left out.
    """
    here = Path.cwd()
    paths = [path for path in sys.path if Path(path).is_absolute() and Path(path) != here]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([_PACKAGE, *paths])),
        "PYTHONSAFEPATH": "1",
        "RUST_BACKTRACE": "0",  # a query over its memory would leave a page of it in the log
    }


_CHANGED: Final = ("PYTHONPATH", "PYTHONSAFEPATH", "RUST_BACKTRACE")
_before: dict[str, str] = {}
_inside = 0


@contextmanager
def safe_children() -> Iterator[None]:
    """Give what is started meanwhile the environment of a child.

    For multiprocessing, whose forkserver is ``python -c …`` and takes neither options nor an environment.
    """
    global _before, _inside  # noqa: PLW0603 - the environment is one for the whole process
    if not _inside:
        _before = {name: os.environ[name] for name in _CHANGED if name in os.environ}
        os.environ.update(child_environment())
    _inside += 1
    try:
        yield
    finally:
        _inside -= 1
        if not _inside:
            for name in _CHANGED:
                os.environ.pop(name, None)
            os.environ.update(_before)


def confine(memory: int) -> None:
    """Let this process open nothing more, neither file nor socket, and grow by ``memory`` bytes at most.

    What is open stays open. A query that slipped past the guard could reach no other host, as a socket is a
    file too. Beyond the memory an allocation fails, and the process ends.
    """
    import resource

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
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * size, int(pages[1]) * size


def end_with(channel: socket.socket) -> None:
    """End this process as soon as the other side of the channel is gone, even in the midst of a query."""
    waiting: select.epoll | select.poll
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


@contextmanager
def watched(seconds: float, megabytes: float, stop: Callable[[str], None]) -> Iterator[None]:
    """Run what is inside, and call ``stop`` with the reason where it takes too long or too much memory.

    The engine has no such limits. A thread looks at the clock and the memory while it works without the interpreter's
    lock; nobody is left to tell the engine to stop, so ``stop`` has to end the process.

    Args:
        seconds: how long it may take; 0: for ever, and any amount of memory.
        megabytes: how much memory the process may have taken.
        stop: ends the process.
    """
    if not seconds:
        yield
        return
    done = threading.Event()
    threading.Thread(target=_watch, args=(done, seconds, megabytes, stop), daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _watch(done: threading.Event, seconds: float, megabytes: float, stop: Callable[[str], None]) -> None:
    end = time.monotonic() + seconds
    while not done.wait(max(0.0, min(_STEP, end - time.monotonic()))):
        if time.monotonic() >= end:
            stop(f"the query was stopped after {seconds:g} seconds; ask for less, or allow more with --timeout.")
        if _most_memory() > megabytes:
            stop(f"the query was stopped: it took more than {megabytes:g} MB of memory; ask for less.")


def _most_memory() -> float:
    """The most memory that the process has taken, in megabytes."""
    try:
        import resource
    except ImportError:  # not a POSIX system: time alone is watched
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)
