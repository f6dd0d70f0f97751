"""The rows of a named question as sentences have them: days in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from treatygraph.model.dates import day, long_form

__all__ = ["Row", "begun", "in_words", "plain_rows", "rows_of"]

Row = Mapping[str, str]
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def rows_of(answer: Any) -> list[Row]:
    """The rows by column; an empty cell is an empty text."""
    return [{name: in_words(cell) for name, cell in row.items()} for row in plain_rows(answer)]


def plain_rows(answer: Any) -> list[Row]:
    """The rows by column, days as EDTF writes them: texts that compare."""
    return [{name: cell or "" for name, cell in zip(answer.columns, row, strict=True)} for row in answer.rows]


def in_words(text: str) -> str:
    """A day in words; any other text as it is."""
    if text == "..":
        return "no day on record"
    return long_form(day(text)) if _DAY.fullmatch(text) else text


def begun(text: str) -> str:
    """At the beginning of a sentence."""
    return text[0].upper() + text[1:]
