"""How much a visitor may ask of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from treatygraph.model.errors import UsageError

__all__ = ["MIB", "Limits"]

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Every limit of the server; what goes beyond one is refused with a problem document that says so.

    Raises:
        UsageError: a limit is not above zero.
    """

    seconds: float = 10.0
    """How long one query may run; then its worker is killed."""
    patience: float = 2.5
    """After so many seconds a query counts as long, and gives its place to others."""
    memory: int = 512 * MIB
    """Bytes that one query may use beyond what its worker uses at rest."""
    resident: int = 512 * MIB
    """Bytes of a store on disk up to which it is held in memory, once for all workers; a larger one stays on disk."""
    rows: int = 100_000
    """Rows, or triples, of one result."""
    size: int = 16 * MIB
    """Bytes of one result."""
    workers: int = max(2, os.cpu_count() or 2)
    """Queries of one address that run at once, long ones apart, and as many of our own questions beside them."""
    long: int = max(2, os.cpu_count() or 2)
    """Long queries that run at once, beside the others; one more is stopped when others wait."""
    waiting: int = 128
    """Queries that wait for a worker, at most."""
    wait: float = 30.0
    """Seconds for which a query waits for a worker, at most."""
    client: int = 32
    """Queries of one address at once, those that wait counted in."""
    body: int = 64 << 10
    """Bytes of a request's body: a query of some 1,000 addresses. A mediator that joins by VALUES needs more."""
    address: int = 16 << 10
    """Bytes of a request's path and query string."""
    upload: float = 10.0
    """Seconds within which a request's head must have arrived, and then its body."""
    download: float = 10.0
    """Seconds after which a client that takes less than :attr:`rate` of its answer is cut off."""
    rate: int = 8 << 10
    """Bytes of an answer that a client must take in a second."""
    connections: int = 100
    """Open connections of one address; not counted behind a proxy."""
    flight: int = 96 * MIB
    """Bytes of answers that are being sent, to all together; what has no room is refused."""
    flight_each: int = 32 * MIB
    """The same, to one address."""
    uses: int = 1000
    """Queries that a worker answers before a fresh one takes its place."""

    def __post_init__(self) -> None:
        for one in fields(self):
            if not getattr(self, one.name) > 0:
                raise UsageError(f"the limit '{one.name}' must be above zero, not {getattr(self, one.name)}.")
