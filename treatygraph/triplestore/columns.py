"""The columns of ``SELECT *``: in the order in which the query names them, as whoever wrote it reads them.

SPARQL leaves the order open, and Oxigraph sorts by name: ``SELECT * { ?s ?p ?o }`` came as o, p, s. The star is put
into words before the query runs, so that every form of a result, here and over HTTP, has the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

import pyoxigraph

from treatygraph.model.terms import PREFIXES

__all__ = ["named_in_order", "solutions_of"]

Name = pyoxigraph.NamedNode | pyoxigraph.BlankNode
Graph = Name | pyoxigraph.DefaultGraph
Solved = pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples | pyoxigraph.QuerySolutions

_IRI: Final = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_STAR: Final = re.compile(
    rf"(?:\s|\#[^\n\r]*|BASE\s*{_IRI}|PREFIX\s+[^\s:<]*:\s*{_IRI})*\bSELECT\b(?:\s|\#[^\n\r]*)*"
    r"(?:(?:DISTINCT|REDUCED)\b(?:\s|\#[^\n\r]*)*)?(?P<star>\*)",
    re.IGNORECASE,
)
"""A query up to the star of its own SELECT: prologue and comments, no other form."""
_STRINGS: Final = (r"\"\"\".*?\"\"\"", r"\'\'\'.*?\'\'\'", r"\"(?:\\.|[^\"\\\n])*\"", r"'(?:\\.|[^'\\\n])*'")
_TOKEN: Final = re.compile("|".join((r"\#[^\n\r]*", _IRI, *_STRINGS, r"[?$](?P<name>\w+)")), re.DOTALL)
"""What may hold a question mark and is no variable, and the variables."""


def named_in_order(text: str, columns: Sequence[str]) -> str:
    """The query with its columns in place of the star, in the order of its text; empty where it says them itself.

    >>> named_in_order("SELECT * { ?s ?p ?o }", ["o", "p", "s"])
    'SELECT ?s ?p ?o { ?s ?p ?o }'
    >>> named_in_order("SELECT ?o { ?s ?p ?o }", ["o"])
    ''
    """
    match = _STAR.match(text)
    if not match:
        return ""
    seen = dict.fromkeys(token["name"] for token in _TOKEN.finditer(text, match.end()) if token["name"])
    names = [name for name in seen if name in columns]
    if sorted(names) != sorted(columns) or names == list(columns):
        return ""
    return f"{text[: match.start('star')]}{' '.join(f'?{name}' for name in names)}{text[match.end('star') :]}"


def solutions_of(
    store: pyoxigraph.Store,
    text: str,
    *,
    default_graph: Sequence[Graph] | None,
    named_graphs: Sequence[Name] | None = None,
) -> Solved:
    """What the store answers, the columns of ``SELECT *`` in the order of the query's text.

    The engine works rows out as they are read, so that asking for the columns first costs no answer.

    Raises:
        SyntaxError: the query cannot be read.
        OSError, RuntimeError, ValueError: it cannot be answered.
    """
    ask = partial(
        store.query,
        prefixes=dict(PREFIXES),
        default_graph=None if default_graph is None else list(default_graph),
        named_graphs=None if named_graphs is None else list(named_graphs),
    )
    solutions: Solved = ask(text)
    if isinstance(solutions, pyoxigraph.QuerySolutions):
        ordered = named_in_order(text, [variable.value for variable in solutions.variables])
        if ordered:
            return ask(ordered)
    return solutions
