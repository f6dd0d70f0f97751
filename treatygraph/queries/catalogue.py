"""The named questions: files of ``queries/`` in SPARQL, and functions of :mod:`treatygraph.queries.computed`.

Both kinds have a header of one form, take their parameters the same way and give the same kind of result.
A parameter of a query is written ``$name``, and the value takes its place as a term. The queries name the
graph of standings, so they give the same on any SPARQL 1.1 engine that holds the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.errors import StoreError, UsageError
from treatygraph.model.folders import room
from treatygraph.model.version import EDITION_DAY
from treatygraph.queries import computed as questions
from treatygraph.queries.parameters import values
from treatygraph.queries.question import Column, NamedQuestion, QuestionValues, read_header
from treatygraph.queries.unknown import unknown_notes
from treatygraph.triplestore.sparql import Engine, Result

__all__ = [
    "Column",
    "NamedQuestion",
    "QuestionValues",
    "catalogue",
    "parameters_of",
    "prepared",
    "question_named",
    "read_question",
    "run_named",
]


def catalogue(folder: Path | None = None) -> tuple[NamedQuestion, ...]:
    """Every named question, in order of name (default: those of this installation).

    Args:
        folder: a folder of ``.rq`` files; the functions are left out then.

    Raises:
        StoreError: a question has no proper header, or two have one name.
    """
    return _read(folder, ()) if folder else _installed()


@lru_cache(maxsize=1)
def _installed() -> tuple[NamedQuestion, ...]:
    """Those of this installation, read once: a process that serves strangers can open no file later."""
    return _read(room("queries"), tuple(questions.every()))


def _read(folder: Path, functions: Sequence[NamedQuestion]) -> tuple[NamedQuestion, ...]:
    files = [read_question(path) for path in sorted(folder.glob("*.rq"))]
    every = sorted((*files, *functions), key=lambda one: one.name)
    for one, other in pairwise(every):
        if one.name == other.name:
            raise StoreError(f"two questions are called '{one.name}'. Fix: give one of them another name.")
    return tuple(every)


def read_question(path: Path) -> NamedQuestion:
    """The question in one file of SPARQL.

    Raises:
        StoreError: the header is not of the form that ``queries/README.md`` describes.
    """
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _parsed(path: Path, stamp: int) -> NamedQuestion:
    del stamp
    text = path.read_text(encoding="utf-8")
    return read_header(path.stem, f"queries/{path.name}", text, text=text)


def run_named(
    index: Index,
    engine: Engine,
    name: str,
    parameters: Mapping[str, str],
    today: date | None = None,
    limit: int | None = None,
) -> Result:
    """The result of a named question.

    Args:
        index: where names of states and instruments are looked up, and what functions read.
        engine: who answers queries.
        name: the question.
        parameters: values as users type them; each that is no option must be there.
        today: taken for a day called ``on`` that is left out; None: the day of the edition.
        limit: read at most so many rows; None: all of them.

    Raises:
        UnknownName: no question or parameter is called that, or a value names nothing on record.
        UsageError: a value is missing, or not of its parameter's type.
        StoreError: the store cannot be read.
    """
    question = question_named(name)
    given = dict(parameters)
    if today and any(one.is_day_asked for one in question.parameters):
        given.setdefault("on", today.isoformat())
    filled = values(index, question.parameters, given)
    notes = tuple(unknown_notes(index, question, filled, today or EDITION_DAY))
    if question.function:
        given_rows = iter(question.function(index, QuestionValues(filled)))
        rows = tuple(islice(given_rows, limit))
        columns = tuple(column.name for column in question.columns)
        complete = limit is None or next(given_rows, None) is None
        return Result(question.sentence(filled, rows), columns, rows, complete=complete, notes=notes)
    result = engine.query(question.filled(filled), union=False, limit=limit)
    return replace(result, answer=question.sentence(filled, result.rows), notes=notes)


def prepared(index: Index, name: str, parameters: Mapping[str, str]) -> str:
    """The text of a named question with its values in place, for any SPARQL 1.1 engine.

    Raises:
        UnknownName: no question or parameter is called that, or a value names nothing on record.
        UsageError: a value is not of its parameter's type, or the question is no query.
    """
    question = question_named(name)
    if question.function:
        raise UsageError(f"'{name}' is computed by a function, not by a query; run it with 'query {name}'.")
    return question.filled(values(index, question.parameters, parameters))


def question_named(name: str) -> NamedQuestion:
    """The named question.

    Raises:
        UnknownName: no question is called that; the nearest are listed.
    """
    exact = _one(name) if names.key(name).replace(" ", "-") == name else None
    if exact:
        return exact
    known = [(one.name.replace("-", " "), one.name) for one in catalogue()]
    raise names.unknown("question", name, known)


def _one(name: str) -> NamedQuestion | None:
    """The question of that name, without reading the others unless they have been read."""
    if _installed.cache_info().currsize:
        return next((one for one in _installed() if one.name == name), None)
    path = room("queries") / f"{name}.rq"
    return read_question(path) if path.is_file() else questions.named(name)


def parameters_of(args: Sequence[str]) -> dict[str, str]:
    """The parameters that the words of a command line give: ``--a US`` or ``--a=US``.

    >>> parameters_of(["--a", "US", "--on=2021-05-28"])
    {'a': 'US', 'on': '2021-05-28'}

    Raises:
        UsageError: a word belongs to no parameter, a parameter has no value or is given twice.
    """
    parameters: dict[str, str] = {}
    for name, value in _pairs(iter(args)):
        if name in parameters:
            raise UsageError(f"--{name} is given twice; give it once.")
        parameters[name] = value
    return parameters


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
