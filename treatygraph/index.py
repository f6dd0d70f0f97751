"""The index: documents in one SQLite file, fetched by key; written once, read-only after that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from treatygraph.errors import StoreError
from treatygraph.shelf import Document, Recent

__all__ = ["Index", "write_index"]


def write_index(path: Path, found: Iterable[Document]) -> None:
    """Write all documents to a new file; the same documents give the same rows in the same order."""
    rows = sorted(
        (kind, name, json.dumps(value, ensure_ascii=False, separators=(",", ":"))) for kind, name, value in found
    )
    connection = sqlite3.connect(path)
    try:
        connection.execute(
            "CREATE TABLE document (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID"
        )
        connection.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)
        connection.commit()
    finally:
        connection.close()


class Index:
    """A shelf on disk. Documents once fetched stay in memory."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(
                f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as problem:
            raise StoreError(f"the index cannot be opened: {problem}; delete {path.parent} to build it anew.") from None
        self._seen: dict[tuple[str, str], Any] = {}
        self.memo: dict[Any, Any] = {}
        self.recent = Recent()

    def get(self, kind: str, name: str) -> Any:
        """The document, or None.

        Raises:
            StoreError: the file is damaged.
        """
        if (kind, name) not in self._seen:
            rows = self._rows("SELECT value FROM document WHERE kind = ? AND name = ?", kind, name)
            self._seen[kind, name] = json.loads(rows[0][0]) if rows else None
        return self._seen[kind, name]

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""
        for name, value in self._rows("SELECT name, value FROM document WHERE kind = ? ORDER BY name", kind):
            yield name, json.loads(value)

    def documents(self) -> Iterator[Document]:
        """Every document."""
        for kind, name, value in self._rows("SELECT kind, name, value FROM document ORDER BY kind, name"):
            yield kind, name, json.loads(value)

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as problem:
            raise StoreError(f"the index cannot be read: {problem}; run the command 'build --again'.") from None

    def close(self) -> None:
        """Release the file."""
        self._connection.close()
