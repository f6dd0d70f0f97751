"""Answers as a table that a journalist can read, as JSON, or as CSV.

Each kind of answer has a module here, whose ``VIEW`` says how it looks; :func:`emit` prints it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from treatygraph.model.errors import UsageError
from treatygraph.model.json import Json
from treatygraph.model.spreadsheet import SPREADSHEETS, write_rows
from treatygraph.render.parts import Row

__all__ = ["Answer", "View", "emit"]


class Answer(Protocol):
    """What any question gives."""

    def to_dict(self) -> dict[str, Any]:
        """Its JSON shape."""


@runtime_checkable
class _AsTurtle(Protocol):
    def turtle(self) -> str: ...


@dataclass(frozen=True)
class View:
    """How a kind of answer looks; both functions take its plain form, as ``to_dict`` makes it."""

    rows: Callable[[Any], tuple[Row, list[Row]]]
    """Header and rows of the CSV."""
    table: Callable[[Any], None]
    """Prints the answer for people: a sentence first, then tables."""


def emit(answer: Answer | Sequence[Answer], output: str, view: View) -> None:
    """Print an answer to stdout as ``table``, ``json``, ``ttl``, or as rows (:data:`SPREADSHEETS`).

    Raises:
        UsageError: the answer has no such form.
    """
    if output == "ttl":
        if not isinstance(answer, _AsTurtle):
            raise UsageError("only 'show', 'sparql' and 'query' print Turtle; use --format table, json or csv.")
        sys.stdout.write(answer.turtle())
    elif output == "json":
        json.dump(_plain(answer), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    elif output in SPREADSHEETS:
        header, rows = view.rows(_plain(answer))
        write_rows(sys.stdout, [header, *rows], output)
    else:
        view.table(_plain(answer))


def _plain(answer: Answer | Sequence[Answer]) -> Json:
    if isinstance(answer, Sequence):
        return [item.to_dict() for item in answer]
    return answer.to_dict()
