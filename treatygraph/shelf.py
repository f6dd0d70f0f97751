"""Where the built graph's documents are fetched from, one by one, without reading everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

__all__ = ["Document", "MemoryShelf", "Shelf", "fetch"]

Document = tuple[str, str, Any]
"""Kind, id, and the plain value."""
Record = TypeVar("Record")


class Shelf(Protocol):
    """Where documents are fetched from.

    ``memo`` keeps what readers have made of documents, so that it is made once.
    """

    memo: dict[Any, Any]

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""


class MemoryShelf:
    """Documents in memory."""

    def __init__(self, found: Iterable[Document]) -> None:
        self.memo: dict[Any, Any] = {}
        self._found: dict[str, dict[str, Any]] = {}
        for kind, name, value in found:
            self._found.setdefault(kind, {})[name] = value

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""
        return self._found.get(kind, {}).get(name)

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""
        yield from sorted(self._found.get(kind, {}).items())


def fetch(shelf: Shelf, kind: type[Record], room: str, name: str) -> Record | None:
    """A record of ``kind`` from a document; None when there is none."""
    from treatygraph.codec import decode

    value = shelf.get(room, name)
    return None if value is None else decode(kind, value)
