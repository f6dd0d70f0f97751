"""A connection whose client must send the head of a request in time, and not byte by byte for ever."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["PunctualProtocol"]


class PunctualProtocol(H11Protocol):
    """Closes a connection on which no whole head of a request has come for a while.

    The time between two requests has a limit of its own; this one is for what has begun.
    """

    seconds: ClassVar[float] = 10.0

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._late = self.loop.call_later(self.seconds, self._close)

    def data_received(self, data: bytes) -> None:
        """Wait no longer once a request is there; wait again when the next one has begun."""
        super().data_received(data)
        if self._answering():
            self._stop_waiting()
        elif self._late is None:
            self._late = self.loop.call_later(self.seconds, self._close)

    def on_response_complete(self) -> None:
        """A request that was answered at once leaves nothing to wait for."""
        self._stop_waiting()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nobody."""
        self._stop_waiting()
        super().connection_lost(exc)

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
