"""Where the built graph's documents are fetched from, one by one, without reading everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

__all__ = ["Document", "MemoryShelf", "Recent", "Shelf", "fetch"]

Document = tuple[str, str, Any]
"""Kind, id, and the plain value."""
Record = TypeVar("Record")


class Recent(dict[Any, Any]):
    """A dictionary that forgets its oldest entries: there are too many pairs and days to keep all."""

    LIMIT = 2_000

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= self.LIMIT:
            for old in list(self)[: self.LIMIT // 4]:
                self.pop(old, None)
        super().__setitem__(key, value)


class Shelf(Protocol):
    """Where documents are fetched from.

    ``memo`` keeps what readers have made of a state's documents, so that it is made once; ``recent`` keeps
    what they have made of two powers, as long as there is room.
    """

    memo: dict[Any, Any]
    recent: Recent

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""


class MemoryShelf:
    """Documents in memory."""

    def __init__(self, found: Iterable[Document]) -> None:
        self.memo: dict[Any, Any] = {}
        self.recent = Recent()
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
    from treatygraph.build.codec import decode

    value = shelf.get(room, name)
    return None if value is None else decode(kind, value)
