"""A question in plain English: how it was understood, the command, the query, then the answer."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from treatygraph.ask import Understanding
from treatygraph.render import View
from treatygraph.render.parts import Row, notes

__all__ = ["view"]

_NO_QUERY: Final = "none says it alone: the answer is worked out from acts and clauses"
_PLACES: Final = {"between": "between", "status": "status", "timeline": "timeline", "show": "show", "whatif": "whatif",
                  "claims": "claims", "query": "queries"}  # fmt: skip


def view(asked: Understanding, *, brief: bool = False) -> View:
    """How the answer to this question looks: as the command that it was understood as shows it."""
    inner = [_inner(command.name) for command in asked.run]

    def rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
        made = [one.rows(plain) for one, plain in zip(inner, answer["answers"], strict=True)]
        return made[0][0], [row for _, found in made for row in found]

    def tables(answer: dict[str, Any]) -> None:
        print(f"Understood as: {answer['understood']}")
        for command, query in zip(answer["commands"], answer["sparql"], strict=True):
            print(f"Command: {command}")
            if not brief:
                print(f"SPARQL: {query or _NO_QUERY}")
        notes(answer["notes"])
        print(f"\nAnswer: {answer['answer']}\n")
        for one, plain in zip(inner, answer["answers"], strict=True):
            one.table(plain)

    return View(rows, tables)


def _inner(command: str) -> View:
    module = import_module(f"treatygraph.render.{_PLACES[command]}")
    found: View = module.RESULT if command == "query" else module.VIEW
    return found
