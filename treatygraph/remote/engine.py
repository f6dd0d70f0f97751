"""Queries over the facts and standings of one build on a server."""

from __future__ import annotations

from treatygraph.model.errors import StoreError
from treatygraph.model.terms import DERIVED, FACTS, READINGS
from treatygraph.remote.publish import current
from treatygraph.remote.server import Server
from treatygraph.triplestore.sparql import Result

__all__ = ["RemoteEngine"]


class RemoteEngine:
    """One build on a server.

    Args:
        server: the server.

    Raises:
        StoreError: the server cannot be asked, or holds no build.
    """

    def __init__(self, server: Server) -> None:
        self.server, self.build = server, current(server)
        if not self.build:
            raise StoreError(f"{server.url} holds no build of the graph; lay one down with 'publish --to'.")

    def query(self, text: str, *, union: bool | None, limit: int | None = None) -> Result:
        """The result of a query that has been looked at.

        Args:
            text: the query.
            union: whether plain patterns see the standings too, or the facts alone; None: the query says it (``FROM``).
            limit: keep at most so many rows or triples; None: all of them.

        Raises:
            UsageError: the server refuses the query.
            StoreError: the server cannot be asked, or holds another build by now.
        """
        plain, named = () if union is None else (FACTS, DERIVED) if union else (FACTS,), (FACTS, DERIVED, READINGS)
        result = self.server.query(text, plain, () if union is None else named)
        if current(self.server) != self.build:  # what was read while one build was exchanged for another is worthless
            raise StoreError(f"{self.server.url} no longer holds the build {self.build}; ask again.")
        return result if limit is None else result.first(limit)
