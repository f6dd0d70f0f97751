"""The named questions: one file of ``queries/`` each, with a header that says what it answers.

The header's form is in ``queries/README.md``. A parameter is written ``$name`` in the query, and the value
takes its place as a term. The questions name the graph of standings, so they give the same on any SPARQL 1.1
engine that holds the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from treatygraph import names
from treatygraph.errors import StoreError, UsageError
from treatygraph.parameters import TYPES, Parameter, Value, values
from treatygraph.rooms import room
from treatygraph.shelf import Shelf
from treatygraph.sparql import Result, dataset, run, run_text, text_of

__all__ = [
    "Asked",
    "Column",
    "Question",
    "Result",
    "asking",
    "catalogue",
    "dataset",
    "parameters_of",
    "prepared",
    "read_question",
    "run_named",
    "run_text",
    "text_of",
]

_LINE: Final = re.compile(r"# (summary|theme|param|column): (.+)")
_PARAMETER: Final = re.compile(r'([a-z_]+) (\S+) "([^"]*)" (.+)')
_COLUMN: Final = re.compile(r"([a-z_]+) (.+)")
_TOKEN: Final = re.compile(r"\$(\w+)")
"""A parameter in the query, as a whole token: ``$a`` is not a part of ``$about``."""


@dataclass(frozen=True)
class Column:
    """A column of the result and what stands in it."""

    name: str
    description: str


@dataclass(frozen=True)
class Question:
    """A named question: what it answers, what it asks for, what it gives, and its query."""

    name: str
    summary: str
    theme: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: parameters with type, default, example and description; columns by name."""
        return {
            "name": self.name,
            "summary": self.summary,
            "theme": self.theme,
            "parameters": [parameter.to_dict() for parameter in self.parameters],
            "columns": [column.name for column in self.columns],
        }

    def filled(self, found: Mapping[str, Value]) -> str:
        """The query with a term in the place of each parameter.

        All are put in at once, so that a value that looks like a parameter stays as it is.
        """
        return _TOKEN.sub(lambda token: found[token[1]].term, self.text)


def catalogue(folder: Path | None = None) -> tuple[Question, ...]:
    """Every named question, in order of name (default: those of this installation).

    Raises:
        StoreError: a file has no proper header.
    """
    return tuple(read_question(path) for path in sorted((folder or room("queries")).glob("*.rq")))


def read_question(path: Path) -> Question:
    """The question in one file.

    Raises:
        StoreError: the header is not of the form that ``queries/README.md`` describes.
    """
    text = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {"summary": [], "theme": [], "param": [], "column": []}
    for line in _header(text):
        parts = _LINE.fullmatch(line)
        if not parts:
            raise _broken(path, f"'{line}' is no line of a header", "begin it with summary, theme, param or column")
        found[parts[1]].append(parts[2])
    if len(found["summary"]) != 1 or len(found["theme"]) != 1 or not found["column"]:
        raise _broken(path, "the header is not whole", "give one summary, one theme, and a column for each result")
    parameters = tuple(_parameter(path, line) for line in found["param"])
    if any(one.type == "line" for one in parameters) and not any(one.is_day_asked for one in parameters):
        raise _broken(path, "a line of states is that of a day", "add the parameter: on date")
    return Question(
        name=path.stem,
        summary=found["summary"][0],
        theme=found["theme"][0],
        parameters=parameters,
        columns=tuple(_column(path, line) for line in found["column"]),
        text=text,
    )


def _header(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def _parameter(path: Path, line: str) -> Parameter:
    parts = _PARAMETER.fullmatch(line)
    if not parts or (parts[2] not in TYPES and "|" not in parts[2]):
        raise _broken(
            path, f"'{line}' is no parameter", f'write: name type "example" description; types: {", ".join(TYPES)}'
        )
    return Parameter(*parts.groups())


def _column(path: Path, line: str) -> Column:
    parts = _COLUMN.fullmatch(line)
    if not parts:
        raise _broken(path, f"'{line}' is no column", "write: name description")
    return Column(*parts.groups())


def _broken(path: Path, message: str, mend: str) -> StoreError:
    return StoreError(f"queries/{path.name}: header: {message}. Mend: {mend}.")


def run_named(
    shelf: Shelf, store_path: Path, name: str, parameters: Mapping[str, str], today: date | None = None
) -> Result:
    """The result of a named question.

    Args:
        shelf: where names of states and instruments are looked up.
        store_path: the folder of the Oxigraph store.
        name: the question.
        parameters: values as users type them; what is left out takes its example.
        today: taken for a day called ``on`` that is left out, in place of the example.

    Raises:
        UnknownName: no question or parameter is called that, or a value names nothing on record.
        UsageError: a value is not of its parameter's type.
        StoreError: the store cannot be read.
    """
    asked = asking(shelf, name, parameters, today)
    return asked.told(run(store_path, asked.text, union=False))


@dataclass(frozen=True)
class Asked:
    """A named question with its values in place."""

    text: str
    """The query."""
    values: str
    """The values, as answers repeat them: ``a USA, b RUS``."""

    def told(self, result: Result) -> Result:
        """The result with the values in its sentence."""
        return replace(result, answer=f"{result.answer} for {self.values}") if self.values else result


def asking(shelf: Shelf, name: str, parameters: Mapping[str, str], today: date | None = None) -> Asked:
    """A named question with its values in place, before it is run.

    Raises:
        UnknownName: no question or parameter is called that, or a value names nothing on record.
        UsageError: a value is not of its parameter's type.
    """
    question = _named(name)
    given = dict(parameters)
    if today and any(one.is_day_asked for one in question.parameters):
        given.setdefault("on", today.isoformat())
    found = values(shelf, question.parameters, given)
    shown = ", ".join(f"{parameter} {value.shown}" for parameter, value in found.items())
    return Asked(question.filled(found), shown)


def prepared(shelf: Shelf, name: str, parameters: Mapping[str, str]) -> str:
    """The text of a named question with its values in place, for any SPARQL 1.1 engine.

    Raises:
        UnknownName: no question or parameter is called that, or a value names nothing on record.
        UsageError: a value is not of its parameter's type.
    """
    return asking(shelf, name, parameters).text


def _named(name: str) -> Question:
    path = room("queries") / f"{name}.rq"
    if names.key(name).replace(" ", "-") == name and path.is_file():
        return read_question(path)
    known = [(one.name.replace("-", " "), one.name) for one in catalogue()]
    raise names.unknown("question", name, known)


def parameters_of(args: Sequence[str]) -> dict[str, str]:
    """The parameters that the words of a command line give: ``--a US`` or ``--a=US``.

    >>> parameters_of(["--a", "US", "--on=2021-05-28"])
    {'a': 'US', 'on': '2021-05-28'}

    Raises:
        UsageError: a word belongs to no parameter, a parameter has no value or is given twice.
    """
    found: dict[str, str] = {}
    for name, value in _pairs(iter(args)):
        if name in found:
            raise UsageError(f"--{name} is given twice; give it once.")
        found[name] = value
    return found


def _pairs(args: Iterator[str]) -> Iterable[tuple[str, str]]:
    for word in args:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"'{word}' belongs to no parameter; write --NAME VALUE.")
        if not equals:
            value = next(args, "")
            if not value or value.startswith("--"):
                raise UsageError(f"--{name} has no value; write --{name} VALUE.")
        yield name.replace("-", "_"), value
