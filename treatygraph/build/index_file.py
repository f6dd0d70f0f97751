"""The file of a built graph: documents in one SQLite file, fetched by key; written once, read-only after that.

Each document carries a checksum, and a directory holds one of the names of each kind: a flipped bit is found when
what it hit is read, or when something is not found that should be.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from treatygraph.build.storage import Document
from treatygraph.model.errors import StoreError

__all__ = ["IndexFile", "Row", "row", "write_index", "write_rows"]

Row = tuple[str, str, str, int]
"""A document as it stands in the file: kind, id, the value as JSON, and a checksum of the three."""

_BATCH = 500
"""How many documents are in memory at once while the file is written."""
_DIRECTORY = "directory"
"""The kind of the one document that holds, for each kind, a checksum of its names."""


def write_index(path: Path, documents: Iterable[Document]) -> None:
    """Write all documents to a new file; the same documents give the same rows in the same order."""
    write_rows(path, (row(*document) for document in documents))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write all documents, each as a row, to a new file, and the directory of their names."""
    names: dict[str, list[str]] = {}
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=OFF")  # a file that is not whole is thrown away, never rolled back
        connection.execute(
            "CREATE TABLE document (kind TEXT, name TEXT, value TEXT, checksum INTEGER, PRIMARY KEY (kind, name)) "
            "WITHOUT ROWID"
        )
        pending = iter(rows)
        while batch := list(islice(pending, _BATCH)):
            for kind, name, _, _ in batch:
                names.setdefault(kind, []).append(name)
            _insert(connection, batch)
        listed = {kind: _of_names(of_kind) for kind, of_kind in sorted(names.items())}
        _insert(connection, [row(_DIRECTORY, "", listed)])
        connection.commit()
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?)", sorted(rows))


def row(kind: str, name: str, value: Any) -> Row:
    """The document as the file holds it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return kind, name, text, _checksum(kind, name, text)


def _checksum(kind: str, name: str, text: str) -> int:
    return zlib.crc32(f"{kind}\0{name}\0{text}".encode())


def _of_names(names: Iterable[str]) -> int:
    return zlib.crc32("\0".join(sorted(names)).encode())


class IndexFile:
    """The documents of a build on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._whole: set[str] = set()
        self.open()

    def open(self) -> None:
        """Open the file, also again once it is closed: what was read stays.

        Raises:
            StoreError: it cannot be opened.
        """
        place = f"{self._path.as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(place, uri=True, check_same_thread=False)
        except sqlite3.Error as problem:
            raise StoreError(
                f"the index cannot be opened: {problem}; delete {self._path.parent} to build it anew."
            ) from None

    def get(self, kind: str, name: str) -> Any:
        """The document, or None.

        Raises:
            StoreError: the file is damaged.
        """
        rows = self._rows("kind = ? AND name = ?", kind, name)
        if not rows:
            self._must_be_whole(kind)
        return rows[0][2] if rows else None

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Any]:
        """Those of a kind that are there.

        Raises:
            StoreError: the file is damaged.
        """
        wanted = json.dumps(list(names))
        rows = self._rows("kind = ? AND name IN (SELECT value FROM json_each(?))", kind, wanted)
        if len(rows) < len(names):
            self._must_be_whole(kind)
        return {name: value for _, name, value in rows}

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every document of a kind, in order of id."""
        rows = self._rows("kind = ? ORDER BY name", kind)
        self._must_be_whole(kind)
        for _, name, value in rows:
            yield name, value

    def documents(self) -> Iterator[Document]:
        """Every document, in order of kind and id."""
        for kind in sorted(self._directory()):
            for name, value in self.all(kind):
                yield kind, name, value

    def names(self, kind: str) -> list[str]:
        """The ids of all documents of a kind, in order."""
        self._must_be_whole(kind)
        return [name for (name,) in self._selected("name", "kind = ? ORDER BY name", kind)]

    def rows(self) -> list[Row]:
        """Every document as it stands in the file, but for the directory.

        Raises:
            StoreError: the file is damaged, at whatever place.
        """
        for kind in self._directory():
            self._must_be_whole(kind)
        return self._whole_rows("kind <> ?", _DIRECTORY)

    def _rows(self, condition: str, *values: str) -> list[Document]:
        return [(kind, name, json.loads(text)) for kind, name, text, _ in self._whole_rows(condition, *values)]

    def _whole_rows(self, condition: str, *values: str) -> list[Row]:
        rows: list[Row] = self._selected("kind, name, value, checksum", condition, *values)
        if any(_checksum(kind, name, text) != checksum for kind, name, text, checksum in rows):
            raise self._damaged("a document is not as it was written")
        return rows

    def _must_be_whole(self, kind: str) -> None:
        """What is not found was never there, unless the file is damaged: the directory knows, and is asked once."""
        if kind in self._whole:
            return
        names = (name for (name,) in self._selected("name", "kind = ?", kind))
        if self._directory().get(kind, _of_names(())) != _of_names(names):
            raise self._damaged(f"documents of the kind '{kind}' are missing")
        self._whole.add(kind)

    def _directory(self) -> dict[str, int]:
        rows = self._rows("kind = ?", _DIRECTORY)
        if not rows:
            raise self._damaged("the directory is missing")
        directory: dict[str, int] = rows[0][2]
        return directory

    def _selected(self, columns: str, condition: str, *values: str) -> list[Any]:
        try:
            return self._connection.execute(f"SELECT {columns} FROM document WHERE {condition}", values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            raise self._damaged(str(problem)) from None

    def _damaged(self, problem: str) -> StoreError:
        return StoreError(f"the index cannot be read: {problem}; run the command 'build --again'.")

    def close(self) -> None:
        """Release the file."""
        self._connection.close()
