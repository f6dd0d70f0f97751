"""Queries that must find nothing: each row of a query of ``queries/verify/`` is a finding.

A file begins with what must not be (``# never:``) and how to mend it (``# mend:``); its rows have a column
``record``, the node at fault, and a column ``says``, what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import DefaultGraph, Literal, Quad, QuerySolutions, RdfFormat, Store

from treatygraph.checks.graph.places import Places
from treatygraph.model.errors import Finding, StoreError
from treatygraph.model.folders import room
from treatygraph.triplestore.graphs import OF_FACTS

__all__ = ["Rule", "broken_rules", "rules"]

_LINE: Final = re.compile(r"# (never|mend|severity): (.+)")


@dataclass(frozen=True)
class Rule:
    """A query whose every row is a finding."""

    name: str
    never: str
    mend: str
    severity: str
    text: str


@cache
def rules() -> tuple[Rule, ...]:
    """Every query of ``queries/verify/``, in order of name.

    Raises:
        StoreError: a file does not say what must not be, or how to mend it.
    """
    queries = []
    for path in sorted((room("queries") / "verify").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        said = {match[1]: match[2] for match in map(_LINE.fullmatch, text.splitlines()) if match}
        if not {"never", "mend"} <= said.keys():
            raise StoreError(f"queries/verify/{path.name} lacks '# never:' or '# mend:'; begin the file with both.")
        queries.append(Rule(path.stem, said["never"], said["mend"], said.get("severity", "error"), text))
    return tuple(queries)


def broken_rules(quads: Iterable[Quad], places: Places) -> Iterator[Finding]:
    """A finding for each row that a query yields over the graph with its vocabularies."""
    store = Store()
    store.bulk_extend(quads)
    for name in ("schemes.ttl", "treatygraph.ttl"):
        store.bulk_load(path=str(room("ontology") / name), format=RdfFormat.TURTLE)
    for rule in rules():
        rows = store.query(rule.text, default_graph=[DefaultGraph(), OF_FACTS])
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            record, says = row["record"], row["says"]
            assert record is not None
            assert isinstance(says, Literal)
            key = places.record(record.value)
            message = f"{key}: {says.value}"
            yield Finding(places.of(record.value), rule.name, message, rule.mend, rule.severity, key)
