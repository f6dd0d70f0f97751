"""The rows of a query, and the list of named questions."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, rows_of, table, text

__all__ = ["CATALOGUE", "RESULT"]


def _result_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    return answer["columns"], [[text(cell) for cell in row] for row in answer["rows"]]


def _result_table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    table("", answer["columns"], ([text(cell) for cell in row] for row in answer["rows"]))


def _catalogue_table(answer: list[dict[str, Any]]) -> None:
    print(f"{len(answer)} named questions; run one with: treatygraph query NAME --parameter value")
    for theme in dict.fromkeys(item["theme"] for item in answer):
        rows = [
            (item["name"], item["summary"], "  ".join(f"--{p['name']} '{p['default']}'" for p in item["parameters"]))
            for item in answer
            if item["theme"] == theme
        ]
        table(theme, ("Question", "What it answers", "Parameters and their defaults"), rows)


RESULT = View(_result_rows, _result_table)
CATALOGUE = View(rows_of(None, "name", "summary", "parameters", "columns"), _catalogue_table)
