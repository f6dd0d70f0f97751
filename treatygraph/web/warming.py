"""Reading and importing beforehand what an answer may need: a worker can open nothing once its limits stand."""

from __future__ import annotations

import contextlib
import gc
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

from treatygraph import answers, labels, law
from treatygraph.graph import Graph
from treatygraph.model.dates import Span
from treatygraph.model.errors import TreatygraphError
from treatygraph.queries import computed
from treatygraph.queries.catalogue import catalogue
from treatygraph.triplestore.guard import guard

__all__ = ["warm"]

_IMPORTED: Final = (
    "_strptime", "edtf", "rapidfuzz.fuzz", "rapidfuzz.process", "rapidfuzz.utils", "rdflib.plugins.sparql.algebra",
    "rdflib.plugins.sparql.parser", "treatygraph.build.as_known", "treatygraph.model.names",
)  # fmt: skip
"""What is imported only when something asks for it, beside the rooms below."""


def warm(graph: Graph) -> None:
    """Make the graph answer one question of every kind."""
    for name in _IMPORTED:
        import_module(name)
    for room in (answers, labels, law, computed):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            import_module(module.name)
    guard("SELECT * FROM <https://w3id.org/treatygraph/graph/derived> { }", allow_service=False)
    graph.between("USA", "RUS", "2020-01-01")
    for name in ("npt", "RUS", "2021-05-open-skies", "a name in no language"):
        for ask in (graph.show, graph.timeline, graph.claims):
            with contextlib.suppress(TreatygraphError):
                ask(name)
    for question in catalogue():
        if question.function:
            graph.query(question.name, limit=1)
    Span.parse("1993-01/1993-03")
    graph.sparql("SELECT * { ?s a ?c } LIMIT 10")
    gc.collect()
    gc.freeze()
