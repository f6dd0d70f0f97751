"""What an agent may send: arguments that a tool knows, of a bearable length and number, in text that is text."""

from __future__ import annotations

import ctypes
import json
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, Final

import anyio
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server

from treatygraph.model.errors import UsageError

__all__ = ["LENGTH", "LENGTHS", "NUMBER", "BoundedServer", "bounded", "within"]

LENGTH: Final = 200
"""Characters of a name, a day, a supposition."""
LENGTHS: Final[Mapping[str, int]] = {"query": 20_000, "text": 200_000, "claims": 4_000}
"""Arguments that may be longer."""
NUMBER: Final = 40
"""Texts in one list or table."""
NUMBERS: Final[Mapping[str, int]] = {"claims": 200, "types": 60}
"""Lists that may be longer."""


def bounded(arguments: Mapping[str, Any]) -> None:
    """Refuse arguments that are too long or too many.

    Raises:
        UsageError: one is; it is named, and not repeated.
    """
    for name, value in arguments.items():
        texts = [value] if isinstance(value, str) else list(_texts(value))
        many = NUMBERS.get(name, NUMBER)
        if len(texts) > many:
            raise UsageError(f"'{name}' has {len(texts):,} texts, at most {many} are taken; ask in several calls.")
        most = LENGTHS.get(name, LENGTH)
        longest = max(map(len, texts), default=0)
        if longest > most:
            raise UsageError(f"'{name}' has {longest:,} characters, at most {most:,} are taken; write it shorter.")


def _texts(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{key}{part}" for key, part in value.items()]
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


class _TimeUp(BaseException):
    """Raised in a tool that runs too long; no handler of ordinary errors holds it up."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let what runs in this thread run for so long at most.

    A thread cannot be ended from outside: it is told at its next step in Python. What computes in C is told when it
    comes back; every such step of the tools is short, and a query of SPARQL runs in a process of its own.

    Raises:
        UsageError: the time is up.
    """
    thread, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()

    def stop() -> None:
        with lock:
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeUp))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except _TimeUp:
        raise UsageError(
            f"the answer took more than {seconds:g} seconds; ask for less: one day, fewer states or suppositions."
        ) from None
    finally:
        with lock:
            over.set()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)  # what was told too late is taken back
        timer.cancel()


class BoundedServer(MCPServer[Any]):
    """A server that answers whatever comes over stdin."""

    async def run_stdio_async(self) -> None:
        """Serve over stdin and stdout."""
        wrapped: Any = _Lines(anyio.wrap_file(TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")))
        async with stdio_server(stdin=wrapped) as (incoming, outgoing):
            options = self._lowlevel_server.create_initialization_options()
            await self._lowlevel_server.run(incoming, outgoing, options)


class _Lines:
    """Lines in which every text is proper Unicode: half of a surrogate pair would leave its message unanswered."""

    def __init__(self, lines: anyio.AsyncFile[str]) -> None:
        self._lines = lines

    async def __aiter__(self) -> AsyncIterator[str]:
        async for line in self._lines:
            yield proper(line)


def proper(line: str) -> str:
    r"""A line of JSON without lone surrogates; any other line as it is.

    >>> proper(r'{"a": "\ud800"}'), proper(r'{"a": "\ud83d\ude00"}'), proper("no JSON \\ud800")
    ('{"a": "?"}', '{"a": "😀"}', 'no JSON \\ud800')
    """
    if "\\ud" not in line.lower():
        return line
    try:
        text = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        return line
    return text.encode("utf-8", "replace").decode()
