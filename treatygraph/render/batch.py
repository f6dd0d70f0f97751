"""The answers to many questions: the table that was put, with the answers beside it."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, joined, table

__all__ = ["VIEW"]

_OWN = ("kind", "answer", "instruments", "status", "notes", "sources", "error")


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows = answer["answers"]
    put = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in _OWN]
    edition = [answer["edition"]["version"], answer["edition"]["digest"]]
    cells: list[Row] = [[*(joined(row.get(name)) for name in (*put, *_OWN)), *edition] for row in rows]
    return [*put, *_OWN, "version", "digest"], cells


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    rows = [(str(number), row["answer"] or f"not answered: {row['error']}")
            for number, row in enumerate(answer["answers"], 1)]  # fmt: skip
    table("", ("Row", "Answer"), rows)


VIEW = View(_rows, _table)
