"""What is due after a day."""

from __future__ import annotations

from typing import Any, Final

from treatygraph.render import View
from treatygraph.render.parts import Row, joined, notes, table, text

__all__ = ["VIEW"]

_HEADER: Final = (
    "date", "type", "instrument", "title", "states", "text", "conditions", "binding", "topics", "unverified", "sources",
)  # fmt: skip


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    return _HEADER, [[joined(item[key]) for key in _HEADER] for item in (*answer["items"], *answer["waiting"])]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    rows = [
        (item["date"], item["text"], text(item["conditions"]), text(item["sources"][:2])) for item in answer["items"]
    ]
    table("Due", ("Date", "What", "What may change it", "Sources"), rows)
    waiting = [(item["text"], text(item["conditions"]), text(item["sources"][:2])) for item in answer["waiting"]]
    table("Without a day", ("What", "Why", "Sources"), waiting)
    notes(answer["notes"])


VIEW = View(_rows, _table)
