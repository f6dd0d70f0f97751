"""A story's claims as an editor reads them: the words, the verdict, what the record says, and the fix."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import rows_of, table

__all__ = ["VIEW"]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    rows = [(c["quote"], c["verdict"], c["record"], _fix(c)) for c in answer["claims"]]
    # most records are the fix as well: the column stands only where it says more
    width = 4 if any(row[3] for row in rows) else 3
    table("", ("Quote", "Verdict", "The record", "Would be right")[:width], [row[:width] for row in rows])
    table("Not read", ("Sentence", "Why"), [(item["quote"], item["why"]) for item in answer["not_read"]])
    for note in answer["notes"]:
        print(f"Note: {note}.")


def _fix(claim: dict[str, Any]) -> str:
    """The fix, where it says more than the record's sentence beside it."""
    fix = claim["fix"] or ""
    return "" if fix == claim["record"] else fix


VIEW = View(rows_of("claims", "id", "quote", "verdict", "record", "fix", "check", "sources"), _table)
