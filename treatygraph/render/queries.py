"""The rows of a query, and the list of named questions."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, notes, rows_of, table, text

__all__ = ["CATALOGUE", "RESULT", "print_parameters"]

_WIDE = 6
"""A single row of more columns than this is told column by column."""
_LAST = 1000


def _result_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    return answer["columns"], [[text(cell) for cell in row] for row in answer["rows"]]


def _result_table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    rows = [[text(cell) for cell in row] for row in answer["rows"]]
    if len(rows) == 1 and len(answer["columns"]) > _WIDE:
        table("", ("column", "value"), zip(answer["columns"], rows[0], strict=True))
    else:
        table("", answer["columns"], rows)
    notes(answer.get("notes", ()))


def _parameter(item: dict[str, Any]) -> str:
    """A parameter with its example; in brackets, with what is taken otherwise, where it may be left out."""
    if item["default"] is None:
        return f"--{item['name']} '{item['example']}'"
    return f"[--{item['name']} '{item['default']}']"


def _catalogue_table(answer: list[dict[str, Any]]) -> None:
    print(f"{len(answer)} named questions; run one with: treatygraph query NAME --parameter value")
    for theme in sorted({item["theme"] for item in answer}, key=lambda theme: _place(answer, theme)):
        rows = [
            (
                ", ".join(map(str, item["numbers"])),
                item["name"],
                item["summary"],
                "  ".join(map(_parameter, item["parameters"])),
            )
            for item in sorted(answer, key=_rank)
            if item["theme"] == theme
        ]
        table(theme, ("No", "Question", "What it answers", "Parameters (those in brackets may be left out)"), rows)


def print_parameters(question: dict[str, Any]) -> None:
    """Print what a named question answers, its parameters and its columns."""
    print(f"{question['name']}: {question['summary']}")
    rows = [
        (
            f"--{item['name']}",
            item["type"].replace("|", ", "),
            item["description"],
            item["example"],
            item["default"] or "must be given",
        )
        for item in question["parameters"]
    ]
    table("", ("Parameter", "Type", "Meaning", "Example", "When left out"), rows)
    print(f"\nColumns: {', '.join(question['columns'])}")


def _rank(item: dict[str, Any]) -> tuple[int, str]:
    """The forty in their order, then those that were added."""
    return min(item["numbers"], default=_LAST), item["name"]


def _place(answer: list[dict[str, Any]], theme: str) -> tuple[int, str]:
    return min(_rank(item) for item in answer if item["theme"] == theme)


RESULT = View(_result_rows, _result_table)
CATALOGUE = View(rows_of(None, "name", "numbers", "theme", "summary", "parameters", "columns"), _catalogue_table)
