"""What a text query may not do: ask another host, read another graph, change this one.

The engine follows ``SERVICE`` wherever it points and has no switch for that, so a query that may hold
the word is read by a second parser first, and refused when it does. Reading costs a fifth of a second;
most queries do not hold the words at all and go straight to the engine.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from treatygraph.model.errors import QueryRefused, UsageError
from treatygraph.model.terms import NAMED, PREFIXES
from treatygraph.triplestore.nesting import refuse_nesting
from treatygraph.triplestore.warnings import prefix_help, undeclared

if TYPE_CHECKING:
    from pyparsing import ParseResults
    from rdflib import URIRef
    from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["guard", "unreadable"]

_Tree = TypeVar("_Tree")
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_MARK: Final = re.compile(r"\\\\|\\[uU]")
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_FROM: Final = re.compile(r"(?<![:?$])from", re.IGNORECASE)
"""The keyword, but not ``tg:from`` or ``?from``: no keyword can follow these marks without a space."""
_HEADER: Final = re.compile(r"(?:#[^\r\n\\]*\n)*")
"""Comment lines at the beginning, with nothing in them that one of the parsers might take for an end of line."""
_SURROGATES: Final = range(0xD800, 0xE000)
_FRAMES: Final = 50_000
"""Frames that the second parser may take; a query of the depth that is allowed takes 4,000."""
_STACK: Final = 64 << 20
"""Bytes of stack for these frames."""


def guard(text: str, *, allow_service: bool) -> bool:
    """Whether the query names the graphs that it reads (``FROM``).

    Raises:
        QueryRefused: the query would ask another host, read a graph that is not here, or change this one.
        UsageError: the query is nested too deeply for the engine, or it holds one of the words and cannot be read, so
            nobody can tell.
    """
    refuse_nesting(text)
    forms = tuple(dict.fromkeys((_resolved(text), _inert(text))))
    bodies = tuple(_HEADER.sub("", form, count=1) for form in (text, *forms))
    asks = not allow_service and any(_SERVICE.search(body) for body in bodies)
    names = any(_FROM.search(body) for body in bodies)
    if not (asks or names):
        return False
    named = False
    for query in _readings(text, forms):
        if asks and any(node.name == "ServiceGraphPattern" for node in _nodes(query)):
            raise QueryRefused(
                "the query asks another host (SERVICE); take that part out, or allow it with --allow-service."
            )
        named |= _names_graphs(query)
    return named


def _resolved(text: str) -> str:
    """The query with its codepoint escapes replaced, as the SPARQL standard reads it (section 19.2)."""
    return _ESCAPE.sub(_character, text).replace("\r", "\n")


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return escape[0] if code in _SURROGATES or code > 0x10FFFF else chr(code)


def _inert(text: str) -> str:
    r"""The query as the engine reads it: escapes mean something only within a name or a string.

    The second parser would replace ``\u`` anywhere, even in a comment, and could be made to see a string
    where the engine sees a pattern. What the characters are does not matter here, so the marks go.
    The second parser also lets a comment run over a carriage return, where the engine ends it.
    """
    return _MARK.sub("zz", text).replace("\r", "\n")


def _readings(text: str, forms: Sequence[str]) -> Iterator[ParseResults]:
    """The query parsed in each form; the last one is as the engine reads it, so that one must be readable."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    for form in forms:
        try:
            yield _with_room(parseQuery, form)
        except (ParseBaseException, RecursionError) as problem:
            if form == forms[-1]:
                raise unreadable(text, str(problem)) from None


def _with_room(parse: Callable[[str], _Tree], form: str) -> _Tree:
    """What a recursive parser makes of a text, on a stack that has room for every depth that is allowed."""
    from concurrent.futures import Future

    outcome: Future[_Tree] = Future()

    def run() -> None:
        try:
            outcome.set_result(parse(form))
        except Exception as problem:  # noqa: BLE001 - handed over to the thread that asked
            outcome.set_exception(problem)

    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        thread = threading.Thread(target=run, name="second-parser")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    return outcome.result()


def unreadable(text: str, problem: str) -> UsageError:
    """The error for a text that is not a query: an update is refused, the rest is a mistake."""
    if _changes(text):
        return QueryRefused(
            "the text is an update, and the graph is never changed by one: it is built from the facts in graph/; "
            "change these, then ask again with SELECT, ASK, CONSTRUCT or DESCRIBE."
        )
    if prefixes := undeclared(text):
        return UsageError(prefix_help(prefixes[0]))
    return UsageError(f"the query cannot be read as SPARQL 1.1: {problem}. Fix the query at that place.")


def _changes(text: str) -> bool:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return "request" in _with_room(parseUpdate, _resolved(text))
    except (ParseBaseException, RecursionError):
        return False


def _nodes(query: object) -> Iterator[CompValue]:
    """Every named node of a parsed query, however deep."""
    from rdflib.plugins.sparql.parserutils import CompValue

    pending: list[object] = [query]
    while pending:
        node = pending.pop()
        if isinstance(node, CompValue):
            yield node
            pending.extend(node.values())
        elif not isinstance(node, str) and isinstance(node, Iterable):
            pending.extend(node)


def _names_graphs(query: ParseResults) -> bool:
    """Whether the query has a dataset clause; one that names a graph which is not here is refused."""
    clauses = [node for node in _nodes(query) if node.name == "DatasetClause"]
    for clause in clauses:
        graph = _address(query, next(iter(clause.values())))
        if graph not in NAMED:
            names = ", ".join(f"<{name}>" for name in NAMED)
            raise QueryRefused(
                f"the query reads from <{graph}> (FROM), which is not a graph of this store, and nothing is fetched; "
                f"take the clause out, or name one of {names}."
            )
    return bool(clauses)


def _address(query: ParseResults, name: CompValue | URIRef) -> str:
    """The address that a name in a query stands for, by the query's own prefixes and base."""
    from rdflib.plugins.sparql.algebra import translatePrologue

    prologue = translatePrologue(query[0], None, PREFIXES)
    prefix = None if isinstance(name, str) else name.prefix or ""
    if prefix is not None and prefix not in dict(prologue.namespace_manager.namespaces()):
        raise UsageError(f"the prefix '{prefix}:' is not declared; write PREFIX {prefix}: <…> at the beginning.")
    return str(prologue.absolutize(name))
