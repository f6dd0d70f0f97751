"""What the server has in hand for its visitors: connections, and bytes of answers that are not yet taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from treatygraph.web.limits import MIB, Limits
from treatygraph.web.problems import Refusal
from treatygraph.web.turns import visitor

__all__ = ["NotRead", "Traffic"]

_GRUDGE: Final = 60.0
"""Seconds for which an address whose reader was cut off gets no large answer."""


class NotRead(Refusal):
    """The address does not read what it is being sent already."""


class Traffic:
    """Counts connections and bytes in flight, of all and of each address.

    Args:
        limits: how many of each there may be.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._connections: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._cut_off: dict[str, float] = {}
        """Until when addresses that did not read get no large answer."""
        self.problem = ""
        """Why nothing can be served, where that is so."""
        self.in_flight = 0
        """Bytes of answers that are being sent."""

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return self._connections.total()

    def opened(self, address: str) -> bool:
        """Count one more connection of an address; False where it has as many as it may."""
        who = visitor(address)
        if self._connections[who] >= self._limits.connections:
            return False
        self._connections[who] += 1
        return True

    def closed(self, address: str) -> None:
        """Count one less."""
        _less(self._connections, visitor(address), 1)

    def was_cut_off(self, address: str, now: float) -> None:
        """Note that a reader of an address took too little; the address gets no large answer for a minute."""
        self._cut_off = {who: until for who, until in self._cut_off.items() if until > now}
        self._cut_off[visitor(address)] = now + _GRUDGE

    @contextmanager
    def sending(self, address: str, size: int, now: float) -> Iterator[None]:
        """Count an answer while it is being sent.

        Args:
            address: who asked.
            size: its bytes.
            now: seconds of a clock that only runs forward.

        Raises:
            NotRead: the address has too much in flight, or was cut off a moment ago; one answer may be of any size.
            Refusal: all together have too much in flight.
        """
        who, limits = visitor(address), self._limits
        if self._bytes[who] and self._bytes[who] + size > limits.flight_each:
            raise NotRead(
                "too-many-at-once", f"this address is being sent {self._bytes[who] / MIB:.0f} MiB; read these first."
            )
        if now < self._cut_off.get(who, now):
            raise NotRead("too-many-at-once", "this address did not read an answer; ask again in a minute.")
        if self.in_flight + size > limits.flight:
            raise Refusal("busy", f"{self.in_flight / MIB:.0f} MiB of answers are being sent already.")
        self._bytes[who] += size
        self.in_flight += size
        try:
            yield
        finally:
            self.in_flight -= size
            _less(self._bytes, who, size)


def _less(counter: Counter[str], key: str, number: int) -> None:
    counter[key] -= number
    if counter[key] <= 0:
        del counter[key]
