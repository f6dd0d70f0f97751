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
                  "claims": "claims", "query": "queries",
                  "compare": "compare", "upcoming": "upcoming"}  # fmt: skip


def view(asked: Understanding, *, brief: bool = False, explain: bool = False) -> View:
    """How the answer to this question looks: the answer, how it was understood, then what each command shows.

    Args:
        asked: the answer.
        brief: leave out what the commands show.
        explain: give the SPARQL behind each command.
    """
    inner = [_inner(command.name) for command in asked.run]

    def rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
        tables = [one.rows(plain) for one, plain in zip(inner, answer["answers"], strict=True)]
        return tables[0][0], [row for _, rows_of_table in tables for row in rows_of_table]

    def tables(answer: dict[str, Any]) -> None:
        print(answer["answer"])
        print(f"\nUnderstood as: {answer['understood']}")
        for command, query in zip(answer["commands"], answer["sparql"], strict=True):
            print(f"Command: {command}")
            if explain:
                print(f"SPARQL: {query or _NO_QUERY}")
        notes(answer["notes"])
        if brief:
            return
        for one, plain in zip(inner, answer["answers"], strict=True):
            print()
            one.table(plain)

    return View(rows, tables)


def _inner(command: str) -> View:
    module = import_module(f"treatygraph.render.{_PLACES[command]}")
    inner: View = module.RESULT if command == "query" else module.VIEW
    return inner
