"""A named question: what it answers, what it asks for, what it gives, and the header that says so.

Questions come in two kinds with one form of header (``queries/README.md`` describes it): a file of
``queries/`` is SPARQL, a module of :mod:`treatygraph.queries.computed` computes where law or counting is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from treatygraph.build.index import Index
from treatygraph.model.dates import day
from treatygraph.model.errors import StoreError
from treatygraph.model.json_form import HIDDEN, key, plain, shown
from treatygraph.queries.parameters import TYPES, Parameter, Value

__all__ = ["Column", "Function", "NamedQuestion", "QuestionValues", "Row", "read_header"]

Row = tuple[str | None, ...]
"""One row of a result, as plain text; None where there is nothing to say."""

_LINE: Final = re.compile(r"# (summary|number|theme|answer|param|option|column): (.+)")
_PARAMETER: Final = re.compile(r'([a-z_]+) (\S+) "([^"]*)" (.+)')
_COLUMN: Final = re.compile(r"([a-z_]+) (.+)")
_TOKEN: Final = re.compile(r"\$(\w+)")
"""A parameter in the query, as a whole token: ``$a`` is not a part of ``$about``."""
_BLANK: Final = re.compile(r"\{([^{}|]+)(?:\|([^{}]+))?\}")
"""A gap in a sentence: ``{on}`` takes a value, ``{treaty|treaties}`` the number of rows with its noun."""


@dataclass(frozen=True)
class Column:
    """A column of the result and what stands in it."""

    name: str
    description: str


class QuestionValues:
    """The values of a question's parameters, as a function reads them."""

    def __init__(self, filled: Mapping[str, Value]) -> None:
        self._values = filled

    def __getitem__(self, name: str) -> str:
        """The value as plain text: a code, an id, a word, a day in ISO form."""
        return self._values[name].shown

    def day(self, name: str) -> date:
        """The value of a parameter of type ``date``."""
        return day(self._values[name].shown)

    def known(self, name: str) -> str:
        """The value as a sentence calls it."""
        return self._values[name].said


Function = Callable[[Index, QuestionValues], Iterable[Row]]
"""What computes the rows of a question from the documents of the graph and the values given."""


@dataclass(frozen=True)
class NamedQuestion:
    """A named question and how it is answered: by the text of a query, or by a function."""

    name: str
    summary: str
    numbers: tuple[int, ...]
    """Which of the forty competency questions it answers; empty for those that were added."""
    theme: str
    answer: Annotated[str, HIDDEN]
    """The sentence above the rows, with gaps for the values and the number of rows; may be empty."""
    parameters: tuple[Parameter, ...]
    columns: Annotated[tuple[Column, ...], HIDDEN]
    text: Annotated[str, HIDDEN] = ""
    """The SPARQL; empty where a function answers."""
    function: Annotated[Function | None, HIDDEN] = None
    telling: Annotated[Callable[[QuestionValues, Sequence[Row]], str] | None, HIDDEN] = None
    """What makes the sentence from the rows themselves, where a pattern with gaps cannot say it."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: parameters with type, default, example and description; columns by name."""
        return plain(self)

    @property
    @shown
    def kind(self) -> str:
        """``function`` or ``sparql``: how it is answered."""
        return "function" if self.function else "sparql"

    @property
    @shown
    def column_names(self) -> Annotated[tuple[str, ...], key("columns")]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def examples(self) -> dict[str, str]:
        """The example of each parameter: what documentation and tests ask with."""
        return {parameter.name: parameter.example for parameter in self.parameters}

    def filled(self, values: Mapping[str, Value]) -> str:
        """The query with a term in the place of each parameter.

        All are put in at once, so that a value that looks like a parameter stays as it is.
        """
        return _TOKEN.sub(lambda token: values[token[1]].term, self.text)

    def sentence(self, filled: Mapping[str, Value], given: Sequence[Row]) -> str:
        """The sentence above the rows: the question's own, else the number of rows and what was asked."""
        rows = len(given)
        if self.telling:
            return self.telling(QuestionValues(filled), given)
        if self.answer:
            text = _BLANK.sub(lambda gap: _gap(gap, filled, rows), self.answer)
            return text[0].upper() + text[1:]
        counted = f"{rows} row{'' if rows == 1 else 's'}"
        asked = ", ".join(f"{parameter} {value.shown}" for parameter, value in filled.items())
        return f"{counted} for {asked}" if asked else counted


def _gap(gap: re.Match[str], filled: Mapping[str, Value], rows: int) -> str:
    if gap[2] is None:
        return filled[gap[1]].said
    return f"{rows or 'no'} {gap[1] if rows == 1 else gap[2]}"


def read_header(
    name: str,
    place: str,
    header: str,
    *,
    text: str = "",
    function: Function | None = None,
    telling: Callable[[QuestionValues, Sequence[Row]], str] | None = None,
) -> NamedQuestion:
    """The question that a header describes.

    Args:
        name: how it is called.
        place: where the header stands, for messages.
        header: lines that begin with ``#``; it ends at the first that does not.
        text: the query, for a question in SPARQL.
        function: what computes the rows, for the others.
        telling: what makes the sentence from the rows, where the header's pattern is not enough.

    Raises:
        StoreError: the header is not of the form that ``queries/README.md`` describes.
    """
    entries: dict[str, list[str]] = {name: [] for name in ("summary", "number", "theme", "answer", "column")}
    parameters: list[Parameter] = []
    for line in _lines(header):
        parts = _LINE.fullmatch(line)
        if not parts:
            raise _broken(place, f"'{line}' is no line of a header", f"begin it with {', '.join(entries)}")
        if parts[1] in ("param", "option"):
            parameters.append(_parameter(place, parts[2], parts[1] == "option"))
        else:
            entries[parts[1]].append(parts[2])
    once = len(entries["summary"]) == len(entries["theme"]) == 1
    if not once or len(entries["answer"]) > 1 or not entries["column"]:
        raise _broken(place, "the header is not whole", "give one summary, one theme, and a column for each result")
    if any(one.type == "line" for one in parameters) and not any(one.is_day_asked for one in parameters):
        raise _broken(place, "a line of states is that of a day", "add the parameter: on date")
    answer = "".join(entries["answer"])
    known = {one.name for one in parameters}
    for gap in _BLANK.finditer(answer):
        if gap[2] is None and gap[1] not in known:
            raise _broken(place, f"the answer has a gap '{gap[1]}' that is no parameter", "name a parameter")
    return NamedQuestion(
        name=name,
        summary=entries["summary"][0],
        numbers=tuple(_number(place, line) for line in entries["number"]),
        theme=entries["theme"][0],
        answer=answer,
        parameters=tuple(parameters),
        columns=tuple(_column(place, line) for line in entries["column"]),
        text=text,
        function=function,
        telling=telling,
    )


def _lines(header: str) -> Iterator[str]:
    """The lines of the header; one that begins with ``#`` and two spaces goes on with the line above."""
    line = ""
    for piece in header.strip().splitlines():
        if not piece.startswith("#"):
            break
        if line and piece.startswith("#  "):
            line += f" {piece[1:].strip()}"
            continue
        if line:
            yield line
        line = piece
    if line:
        yield line


def _number(place: str, line: str) -> int:
    if not line.isdecimal():
        raise _broken(place, f"'{line}' is no number of a question", "write digits, for example: number: 12")
    return int(line)


def _parameter(place: str, line: str, optional: bool) -> Parameter:
    parts = _PARAMETER.fullmatch(line)
    if not parts or (parts[2] not in TYPES and "|" not in parts[2]):
        raise _broken(
            place, f"'{line}' is no parameter", f'write: name type "example" description; types: {", ".join(TYPES)}'
        )
    name, kind, example, description = parts.groups()
    return Parameter(name, kind, example, description, optional)


def _column(place: str, line: str) -> Column:
    parts = _COLUMN.fullmatch(line)
    if not parts:
        raise _broken(place, f"'{line}' is no column", "write: name description")
    return Column(*parts.groups())


def _broken(place: str, message: str, mend: str) -> StoreError:
    return StoreError(f"{place}: header: {message}. Fix: {mend}.")
