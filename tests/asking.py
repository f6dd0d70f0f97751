"""The rows of a named question, as its tests read them."""

from __future__ import annotations

from treatygraph.graph import Graph
from treatygraph.queries.catalogue import question_named


def examples(name: str, **asked: str) -> dict[str, str]:
    """The examples of a question's parameters, some replaced."""
    return {**question_named(name).examples, **asked}


def rows(graph: Graph, name: str, **asked: str) -> list[dict[str, str]]:
    """The rows of a question, asked with its examples and what is given, by the names of its columns; a cell that is not bound is empty."""
    found = graph.query(name, examples(name, **asked))
    return [dict(zip(found.columns, (cell or "" for cell in row), strict=True)) for row in found.rows]


def by(found: list[dict[str, str]], *columns: str) -> dict[tuple[str, ...], dict[str, str]]:
    return {tuple(row[column] for column in columns): row for row in found}
