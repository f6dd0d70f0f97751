"""A report's claims held against the record."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import rows_of, table, text

__all__ = ["VIEW"]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"] if answer.get("answer") else answer["report"])
    rows = [(c["id"], c["verdict"], c["says"], c["record"], text(c["sources"])) for c in answer["claims"]]
    table("", ("Claim", "Verdict", "Says", "Record", "Sources"), rows)


VIEW = View(rows_of("claims", "id", "says", "verdict", "record", "sources"), _table)
