"""Any SPARQL 1.1 query over the built graph, straight on Oxigraph, and its result as plain values.

Facts are in the named graph :data:`treatygraph.model.terms.FACTS`, the standings of the depositaries' record in
:data:`treatygraph.model.terms.DERIVED`: the same names in every store and file, and nothing is in the default graph.
A text query sees both by plain patterns, and each through ``GRAPH``; no triple stands in two graphs, so nothing counts
twice. What other legal views yield is in the named graph :data:`treatygraph.model.terms.READINGS`: only who names it
sees it, so that a plain count of parties is right. The prefixes of :data:`treatygraph.model.terms.PREFIXES` need not
be declared.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import pyoxigraph

from treatygraph.model.display import bundle
from treatygraph.model.errors import StoreError, UsageError
from treatygraph.model.json_form import ABSENT_WHERE_EMPTY, ABSENT_WHERE_NONE, ABSENT_WHERE_TRUE, HIDDEN, plain
from treatygraph.model.terms import PREFIXES
from treatygraph.model.version import Edition
from treatygraph.triplestore.columns import solutions_of
from treatygraph.triplestore.graphs import PLAIN
from treatygraph.triplestore.guard import guard, unreadable
from treatygraph.triplestore.warnings import warnings_of

if TYPE_CHECKING:
    from pandas import DataFrame
    from rdflib import Dataset

__all__ = ["Engine", "Local", "Result", "dataset", "of_rows", "of_triples", "of_truth", "run_text", "text_of"]

Cell = str | None
Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True)
class Result:
    """What a query yields: a sentence, the names of the columns, and rows of plain text."""

    answer: str
    """``12 rows``, ``true``, ``3 triples``."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Addresses and values as text; None where a variable is unbound."""
    triples: Annotated[tuple[pyoxigraph.Triple, ...] | None, HIDDEN] = field(default=None, repr=False)
    """What CONSTRUCT or DESCRIBE made, sorted; None for SELECT and ASK."""
    complete: Annotated[bool, ABSENT_WHERE_TRUE] = True
    """Whether every row was read; false where a limit left some out."""
    notes: Annotated[tuple[str, ...] | None, ABSENT_WHERE_NONE] = None
    """Of a named question: what the record does not know of it (rule K8); None for a query of the user's own."""
    edition: Annotated[Edition | None, ABSENT_WHERE_NONE] = None
    """The release of the record that was asked; absent where the store alone answered."""
    warnings: Annotated[tuple[str, ...], ABSENT_WHERE_EMPTY] = ()
    """What the author of the query should be told: terms that are not there, texts compared with days."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What a notebook shows."""
        return bundle(self.to_dict())

    def first(self, limit: int) -> Result:
        """The first rows, or triples."""
        if len(self.rows) <= limit:
            return self
        cut = None if self.triples is None else self.triples[:limit]
        text = _counted(limit, "row" if cut is None else "triple")
        return Result(
            text, self.columns, self.rows[:limit], cut, complete=False, notes=self.notes, edition=self.edition
        )

    def to_frame(self) -> DataFrame:
        """The rows as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def turtle(self) -> str:
        """The triples as Turtle.

        Raises:
            UsageError: the query was a SELECT or an ASK, which make rows.
        """
        if self.triples is None:
            raise UsageError(
                "only CONSTRUCT and DESCRIBE make triples; use --format table, json or csv, or write a CONSTRUCT."
            )
        text = pyoxigraph.serialize(self.triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
        return (text or b"").decode()


class Engine(Protocol):
    """What answers a query over facts and standings: the store at home, or a server."""

    def query(self, text: str, *, union: bool | None, limit: int | None = None) -> Result:
        """The result of a query that has been looked at.

        Args:
            text: the query.
            union: whether plain patterns see the standings too, or the facts alone; None: the query says it (``FROM``).
            limit: read at most so many rows or triples; None: all of them.

        Raises:
            UsageError: the query cannot be parsed or answered.
            StoreError: the store cannot be read.
        """


class Local:
    """The Oxigraph store in a folder; where there is none, ``prepare`` is called to lay it down."""

    def __init__(self, path: Path, prepare: Callable[[], object] | None = None) -> None:
        self._path, self._prepare = path, prepare

    @property
    def store(self) -> pyoxigraph.Store:
        """The store, open for reading.

        Raises:
            StoreError: it cannot be laid down or opened.
        """
        if self._prepare and not self._path.is_dir():
            self._prepare()
        try:
            return _opened(str(self._path), self._path.stat().st_ino, os.getpid())
        except (OSError, RuntimeError) as problem:
            raise StoreError(f"the store cannot be opened: {problem}; run the command 'build --again'.") from None

    def query(self, text: str, *, union: bool | None, limit: int | None = None) -> Result:
        """The result of a query that has been looked at; the engine overlooks ``FROM`` where ``union`` is not None."""
        plain = None if union is None else list(PLAIN if union else PLAIN[:1])
        try:
            return _result(solutions_of(self.store, text, default_graph=plain), limit)
        except SyntaxError as problem:
            raise unreadable(text, str(problem)) from None
        except (OSError, RuntimeError, ValueError) as problem:
            if "orruption" in str(problem):
                raise StoreError(f"the store is damaged: {problem}; run the command 'build --again'.") from None
            raise UsageError(f"the query cannot be answered: {problem}.") from None


@lru_cache(maxsize=8)
def _opened(path: str, _folder: int, _process: int) -> pyoxigraph.Store:
    """The store, opened once in each process: a child must not use what its parent has opened.

    The folder's own number tells a store that was built anew in the same place.
    """
    return pyoxigraph.Store.read_only(path)


def run_text(engine: Engine, text: str, allow_service: bool = False, limit: int | None = None) -> Result:
    """The result of any SPARQL 1.1 query.

    Args:
        engine: who answers.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        allow_service: let the query ask other hosts (``SERVICE``).
        limit: read at most so many rows or triples; None: all of them.

    Raises:
        QueryRefused: the query would ask another host, read a graph that is not here, or change this one.
        UsageError: the query cannot be parsed or answered.
        StoreError: the store cannot be read.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("the query is not proper Unicode text; write it in UTF-8.") from None
    named = guard(text, allow_service=allow_service)
    return replace(engine.query(text, union=None if named else True, limit=limit), warnings=warnings_of(text))


def _result(
    solved: pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples | pyoxigraph.QuerySolutions, limit: int | None
) -> Result:
    if isinstance(solved, pyoxigraph.QueryBoolean):
        return of_truth(bool(solved))
    if isinstance(solved, pyoxigraph.QueryTriples):
        return of_triples(solved, limit)
    columns = tuple(variable.value for variable in solved.variables)
    rows = tuple(tuple(_cell(term) for term in row) for row in islice(solved, limit))
    return of_rows(columns, rows, complete=_exhausted(solved, limit))


def _exhausted(solutions: Iterable[object], limit: int | None) -> bool:
    """Whether nothing is left after so many rows were read."""
    return limit is None or next(iter(solutions), None) is None


def of_truth(truth: bool) -> Result:
    """What an ASK yields."""
    text = "true" if truth else "false"
    return Result(text, ("answer",), ((text,),))


def of_rows(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], *, complete: bool = True) -> Result:
    """What a SELECT yields."""
    return Result(_counted(len(rows), "row"), columns, rows, complete=complete)


def of_triples(solutions: Iterable[pyoxigraph.Triple], limit: int | None = None) -> Result:
    """What a CONSTRUCT or DESCRIBE yields, up to a number of triples."""
    triples = tuple(sorted(set(islice(solutions, limit)), key=str))
    rows = tuple((_cell(one.subject), _cell(one.predicate), _cell(one.object)) for one in triples)
    return Result(
        _counted(len(triples), "triple"),
        ("subject", "predicate", "object"),
        rows,
        triples,
        _exhausted(solutions, limit),
    )


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else str(term)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def text_of(argument: str) -> str:
    """The query that an argument gives: the text itself, a file that holds it, or ``-`` for stdin.

    Raises:
        UsageError: the file cannot be read, or the argument is neither a file nor a query.
    """
    if argument == "-":
        return sys.stdin.read()
    if _is_file(argument):
        try:
            return Path(argument).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"the file {argument} is not UTF-8 text; save it as UTF-8.") from None
        except OSError as problem:
            raise UsageError(f"the file {argument} cannot be read: {problem.strerror}.") from None
    if len(argument.split()) < 2 and "{" not in argument:
        raise UsageError(f"'{argument}' is neither a file nor a query; give a query, a file that holds one, or -.")
    return argument


def _is_file(argument: str) -> bool:
    try:
        return Path(argument).is_file()
    except (OSError, ValueError):  # no name of a file is so long, or has such characters
        return False


def dataset(store_path: Path, *, default_union: bool = True) -> Dataset:
    """The whole graph as a read-only rdflib ``Dataset`` over Oxigraph.

    With ``default_union`` plain patterns see facts and the depositaries' standings together, as text queries do;
    without it they see the facts alone, as in ``dataset.graph(FACTS)``; the standings are in ``dataset.graph(DERIVED)``
    or ``GRAPH <…>``; other legal views are in ``dataset.graph(READINGS)`` alone. A query
    through rdflib is not looked at first: it follows ``SERVICE`` and ``FROM`` wherever they point.

    Raises:
        StoreError: the store cannot be read.
    """
    from rdflib import Dataset

    from treatygraph.triplestore.plain_store import PlainStore

    return Dataset(store=PlainStore(Local(store_path).store), default_union=default_union)
