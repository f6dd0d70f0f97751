"""A connection whose client must send in time, read in time, and is not one of too many."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import sys
import termios
from collections.abc import Callable
from typing import Any, ClassVar, Final, cast

from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from treatygraph.web.limits import Limits
from treatygraph.web.traffic import Traffic

__all__ = ["CONNECTION", "PunctualProtocol", "protocol"]

CONNECTION: Final = "treatygraph.connection"
"""Where a request's scope has its connection."""

_DISMISSED: Final = b"HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n\r\n"
"""All that an address gets which holds too many connections, or does not read what it is sent already."""
_BUFFER: Final = 128 << 10
"""Bytes that the system may hold for a connection; it would let that grow to megabytes."""
_LOOKS: Final = 4
"""How often within the time limit a reader is looked at."""


class _Meter:
    """A transport that counts what is written to it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._written = 0

    def write(self, data: bytes) -> None:
        self._written += len(data)
        self._transport.write(data)

    @property
    def pending(self) -> int:
        """Bytes that wait to be taken: here, and in the system's own buffer for the reader."""
        queued = bytearray(4)
        with contextlib.suppress(OSError, ValueError):  # a socket that is closed by now
            fcntl.ioctl(self._transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, queued)
        return self._transport.get_write_buffer_size() + int.from_bytes(queued, sys.byteorder)

    @property
    def taken(self) -> int:
        """Bytes that the reader's side has taken."""
        return self._written - self.pending

    def __getattr__(self, name: str) -> Callable[..., object]:
        method: Callable[..., object] = getattr(self._transport, name)
        return method


class PunctualProtocol(H11Protocol):
    """Closes a connection on which no whole head of a request comes, or whose answer is not read, for a while.

    The time between two requests has a limit of its own; these are for what has begun.
    """

    limits: ClassVar[Limits]
    traffic: ClassVar[Traffic]
    is_behind_proxy: ClassVar[bool] = False

    _late: asyncio.TimerHandle | None = None
    _look: asyncio.TimerHandle | None = None
    _meter: _Meter
    _address: str | None = None
    """The address under which the connection is counted."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:  # fmt: skip
        super().__init__(config, server_state, app_state, _loop)
        inner = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope[CONNECTION] = self
            await inner(scope, receive, send)

        self.app = app

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait; refuse one connection too many at once."""
        self._meter = _Meter(transport)
        super().connection_made(cast(asyncio.Transport, self._meter))
        if self.client and not self.is_behind_proxy:
            if not self.traffic.opened(self.client[0]):
                self.dismiss()
                return
            self._address = self.client[0]
        with contextlib.suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        self._late = self.loop.call_later(self.limits.upload, self._close)
        self._watch_reader(self._meter.taken, 0)

    def data_received(self, data: bytes) -> None:
        """Wait no longer once a request is there; wait again when the next one has begun."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._answering():
            self._stop_waiting()
        elif self._late is None:
            self._late = self.loop.call_later(self.limits.upload, self._close)

    def on_response_complete(self) -> None:
        """A request that was answered at once leaves nothing to wait for."""
        self._stop_waiting()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nobody."""
        self._stop_waiting()
        if self._look is not None:
            self._look.cancel()
        if self._address is not None:
            self.traffic.closed(self._address)
            self._address = None
        super().connection_lost(exc)

    def dismiss(self) -> None:
        """End the connection with a bare status, whatever was asked."""
        self._meter.write(_DISMISSED)
        self._meter.close()

    def _watch_reader(self, taken: int, slow: int) -> None:
        """Look a few times within the time limit how much the reader took; too little for all that time ends it.

        It goes on after the connection was closed from here, as that waits for the reader too.

        Args:
            taken: what was taken at the last look.
            slow: at how many looks in a row it was too little.
        """
        pause = self.limits.download / _LOOKS
        now, least = self._meter.taken, self.limits.rate * pause
        slow = slow + 1 if self._meter.pending and now - taken < least else 0
        if slow > _LOOKS:
            if self.client:
                self.traffic.was_cut_off(self.client[0], self.loop.time())
            self._meter.abort()
            return
        self._look = self.loop.call_later(pause, self._watch_reader, now, slow)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        if not self._answering():
            self.transport.close()

    def _answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete


def protocol(limits: Limits, traffic: Traffic, *, is_behind_proxy: bool) -> type[PunctualProtocol]:
    """The protocol of one server.

    Args:
        limits: how long it waits.
        traffic: where its connections are counted.
        is_behind_proxy: whether all connections come from a proxy, so that their address says nothing.
    """
    parts = {"limits": limits, "traffic": traffic, "is_behind_proxy": is_behind_proxy}
    return type("Protocol", (PunctualProtocol,), parts)
