"""What a query service has answered, kept on disk with its date, so that nothing is asked twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from treatygraph.model.errors import StoreError
from treatygraph.wikidata.wire import Row

__all__ = ["Memory"]

_TABLE = """CREATE TABLE IF NOT EXISTS answer
    (question TEXT, item TEXT, asked TEXT, rows TEXT, PRIMARY KEY (question, item)) WITHOUT ROWID"""


class Memory:
    """Answers by question and item. Each batch is written whole as soon as it has come."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            StoreError: it cannot be opened or written.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path)
            self._connection.execute(_TABLE)
        except (OSError, sqlite3.Error) as problem:
            raise StoreError(f"{path} cannot be opened: {problem}; delete it, or set TREATYGRAPH_CACHE.") from None

    @staticmethod
    def name(endpoint: str, text: str) -> str:
        """The key of a question: the service and the text together."""
        return hashlib.sha256(f"{endpoint}\0{text}".encode()).hexdigest()[:24]

    def known(self, question: str, items: Sequence[str], since: date) -> dict[str, list[Row]]:
        """The answers of the items that were asked on ``since`` or later."""
        query = "SELECT item, rows FROM answer WHERE question = ? AND asked >= ?"
        wanted = set(items)
        rows = self._connection.execute(query, (question, since.isoformat())).fetchall()
        return {item: json.loads(text) for item, text in rows if item in wanted}

    def asked(self, question: str, item: str) -> str:
        """The day on which an item was last asked about; empty when never."""
        query = "SELECT asked FROM answer WHERE question = ? AND item = ?"
        row = self._connection.execute(query, (question, item)).fetchone()
        return row[0] if row else ""

    def keep(self, question: str, answers: Mapping[str, Sequence[Row]], today: date) -> None:
        """Write down the answers of a batch, those without rows too.

        Raises:
            StoreError: the file cannot be written.
        """
        rows = [
            (question, item, today.isoformat(), json.dumps(answer_rows, ensure_ascii=False, sort_keys=True))
            for item, answer_rows in answers.items()
        ]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as problem:
            raise StoreError(f"{self._path} cannot be written: {problem}.") from None

    def close(self) -> None:
        """Release the file."""
        self._connection.close()
