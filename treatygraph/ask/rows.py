"""The rows of a named question as sentences have them: days in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from treatygraph.answers.citable import Citable
from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.model.dates import day, long_form
from treatygraph.triplestore.sparql import Result

__all__ = ["Row", "begun", "in_words", "plain_rows", "rows_of", "sentence_of", "statuses", "typed"]

_Kind = TypeVar("_Kind")

Row = Mapping[str, str]
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def typed(kind: type[_Kind], answer: object) -> _Kind:
    """The answer of a command as the class that the command gives.

    Raises:
        TypeError: the plan reads an answer of another command.
    """
    if not isinstance(answer, kind):
        raise TypeError(f"the answer is a {type(answer).__name__}, and the plan reads a {kind.__name__}")
    return answer


def statuses(answers: Sequence[object]) -> list[InstrumentStatus]:
    """The answers of ``status``, one for each command."""
    return [typed(InstrumentStatus, answer) for answer in answers]


def sentence_of(answer: object) -> str:
    """The sentence of an answer."""
    return typed(Citable, answer).answer


def rows_of(answer: object) -> list[Row]:
    """The rows by column; an empty cell is an empty text."""
    return [{name: in_words(cell) for name, cell in row.items()} for row in plain_rows(answer)]


def plain_rows(answer: object) -> list[Row]:
    """The rows by column, days as EDTF writes them: texts that compare."""
    table = typed(Result, answer)
    return [{name: cell or "" for name, cell in zip(table.columns, row, strict=True)} for row in table.rows]


def in_words(text: str) -> str:
    """A day in words; any other text as it is."""
    if text == "..":
        return "no day on record"
    return long_form(day(text)) if _DAY.fullmatch(text) else text


def begun(text: str) -> str:
    """At the beginning of a sentence."""
    return text[0].upper() + text[1:]
