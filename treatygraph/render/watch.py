"""What has become of the questions of a desk."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, table, text

__all__ = ["VIEW"]


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = ("id", "question", "list", "item", "change", "before", "after", "why")
    return header, [[row["id"], row["question"], *(text(item.get(key)) for key in header[2:])]
                    for row in answer["questions"] for item in row.get("differs", ())]  # fmt: skip


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for row in answer["questions"]:
        if row.get("error"):
            print(f"\n{row['id']}: not asked: {row['error']}")
        elif row.get("differs"):
            print(f"\n{row['id']}: {row['question']}\n  before: {row['before']}\n  now:    {row['after']}")
            lines = [(item["change"], text(item.get("item") or item["list"]), _what(item), text(item.get("why")))
                     for item in row["differs"]]  # fmt: skip
            table("", ("Change", "What", "From and to", "Why"), lines)


def _what(item: dict[str, Any]) -> str:
    return f"{text(item.get('before'))} → {text(item.get('after'))}" if "before" in item else ""


VIEW = View(_rows, _table)
