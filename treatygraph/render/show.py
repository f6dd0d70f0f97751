"""One record, section by section."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, joined, table, text

__all__ = ["VIEW"]


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = ("section", "name", "value", "sources")
    lines = [(name, line) for name, part in answer.items() if isinstance(part, list) for line in part]
    return header, [[name, line["name"], joined(line["value"]), joined(line["sources"])] for name, line in lines]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for name, lines in answer.items():
        if not isinstance(lines, list):
            continue
        rows = []
        for line in lines:
            extra = {k: v for k, v in line.items() if k not in ("name", "value", "sources", "terms", "id") and v}
            rows.append((line["name"], text(line["value"]), text(extra), text(line["sources"])))
        table(name, ("", "Value", "More", "Sources"), rows)


VIEW = View(_rows, _table)
