"""Where the documents of a built graph lie: in memory, in a file, on a server, or one laid over another.

Documents are plain JSON values; :class:`treatygraph.build.index.Index` alone reads them and gives typed records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any, Protocol

__all__ = ["Document", "MemoryStorage", "OverlayStorage", "Storage"]

Document = tuple[str, str, Any]
"""Kind, id, and the plain value."""


class Storage(Protocol):
    """Where documents are fetched from."""

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Any]:
        """Those of a kind that are there, fetched together: a request for each costs more than what it brings."""

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""

    def close(self) -> None:
        """Release what is held open."""


class MemoryStorage:
    """Documents in memory."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: dict[str, dict[str, Any]] = {}
        for kind, name, value in documents:
            self._documents.setdefault(kind, {})[name] = value

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""
        return self._documents.get(kind, {}).get(name)

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Any]:
        """Those of a kind that are there."""
        documents = self._documents.get(kind, {})
        return {name: documents[name] for name in names if name in documents}

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""
        yield from sorted(self._documents.get(kind, {}).items())

    def close(self) -> None:
        """Nothing is held open."""


class OverlayStorage:
    """Documents laid over those of another storage: all of some kinds, and single ones of others."""

    def __init__(self, below: Storage, above: Iterable[Document], whole: Set[str] = frozenset()) -> None:
        """Lay documents over others.

        Args:
            below: what is seen where nothing lies above it.
            above: the documents that are seen in the place of those below.
            whole: kinds of which nothing below is seen.
        """
        self._below, self._above, self._whole = below, MemoryStorage(above), whole

    def get(self, kind: str, name: str) -> Any:
        """The document, or None."""
        value = self._above.get(kind, name)
        return value if value is not None or kind in self._whole else self._below.get(kind, name)

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Any]:
        """Those of a kind that are there."""
        above = self._above.some(kind, names)
        below = {} if kind in self._whole else self._below.some(kind, [name for name in names if name not in above])
        return {**below, **above}

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""
        below: Mapping[str, Any] = {} if kind in self._whole else dict(self._below.all(kind))
        yield from sorted({**below, **dict(self._above.all(kind))}.items())

    def close(self) -> None:
        """Release what is held open below."""
        self._below.close()
