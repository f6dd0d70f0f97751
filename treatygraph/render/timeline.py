"""What happened, in order."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import rows_of, table, text

__all__ = ["VIEW"]


def _table(answer: list[dict[str, Any]]) -> None:
    print(
        f"{len(answer)} entries, from {answer[0]['date']} to {answer[-1]['date']}." if answer else "Nothing on record."
    )
    rows = []
    for item in answer:
        people = ", ".join(f"{p['name']} ({p['office']})" if p["office"] else p["name"] for p in item["officials"])
        what = f"{item['text']} [{people}]" if people else item["text"]
        rows.append((item["date"], item["type"], text(item["instruments"]), what, text(item["sources"])))
    table("", ("Date", "Type", "Instrument", "What", "Sources"), rows)


VIEW = View(rows_of(None, "date", "type", "instrument", "states", "text", "sources", "record"), _table)
