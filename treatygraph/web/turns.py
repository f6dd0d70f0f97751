"""Whose turn it is: addresses that wait are served in rotation, and none of them holds every place."""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter, deque

from treatygraph.web.problems import Refusal

__all__ = ["Turns", "visitor"]


def visitor(address: str) -> str:
    """Who an address belongs to, as far as fairness goes: of IPv6 one customer has a whole /64.

    >>> visitor("203.0.113.7"), visitor("::ffff:203.0.113.7"), visitor("2001:db8:1:2:3::4"), visitor("")
    ('203.0.113.7', '203.0.113.7', '2001:db8:1:2::/64', '')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # none, as behind a Unix socket, or a name that a proxy sends
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return address
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


class Turns:
    """A number of places, given in rotation to the addresses that wait.

    Args:
        places: how many there are.
        each: how many of them one address may hold.
        waiting: how many questions may wait, of all addresses together.
    """

    def __init__(self, places: int, each: int, waiting: int) -> None:
        self._free, self._each, self._most = places, each, waiting
        self._held: Counter[str] = Counter()
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}
        """Addresses that wait, the one whose turn is next first."""

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return sum(map(len, self._queues.values()))

    def others_wait(self, address: str) -> bool:
        """Whether a question of another address waits."""
        return any(name != address for name in self._queues)

    async def take(self, address: str, seconds: float) -> None:
        """Wait for a place.

        Args:
            address: who asks.
            seconds: how long to wait.

        Raises:
            Refusal: too many wait already, or no place was free in time.
        """
        if self._free and not self._queues and self._held[address] < self._each:
            self._hold(address)
            return
        turn = self._queued(address)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as problem:
            self._leave(address, turn)
            if isinstance(problem, TimeoutError):
                raise Refusal("busy", f"no worker was free within {seconds:g} seconds.") from None
            raise

    def try_take(self, address: str) -> bool:
        """Take a place if one is free; False where none is for this address."""
        if not self._free or self._held[address] >= self._each:
            return False
        self._hold(address)
        return True

    def give(self, address: str) -> None:
        """Give a place back."""
        self._free += 1
        self._held[address] -= 1
        if not self._held[address]:
            del self._held[address]
        self._serve()

    def _hold(self, address: str) -> None:
        self._free -= 1
        self._held[address] += 1

    def _queued(self, address: str) -> asyncio.Future[None]:
        """A turn at the end of the address's own queue; whoever has the longest queue makes room where all are full."""
        if self.waiting >= self._most:
            longest = max(self._queues, key=lambda name: len(self._queues[name]))
            if len(self._queues[longest]) <= len(self._queues.get(address, ())) + 1:
                raise self._full()
            last = self._queues[longest].pop()
            if not last.done():
                last.set_exception(self._full())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(address, deque()).append(turn)
        self._serve()
        return turn

    def _full(self) -> Refusal:
        return Refusal("busy", f"{self._most} questions wait already.")

    def _serve(self) -> None:
        """Give what is free to those whose turn it is."""
        for address in tuple(self._queues):
            if not self._free:
                return
            if self._held[address] < self._each:
                queue = self._queues.pop(address)
                turn = queue.popleft()
                if not turn.done():  # its visitor may have gone away a moment ago
                    self._hold(address)
                    turn.set_result(None)
                if queue:  # behind all others
                    self._queues[address] = queue
                self._serve()
                return

    def _leave(self, address: str, turn: asyncio.Future[None]) -> None:
        """Take back a turn that nobody waits for any more."""
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self.give(address)  # it came in the very moment in which its visitor went away
            return
        queue = self._queues.get(address, deque())
        if turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[address]
