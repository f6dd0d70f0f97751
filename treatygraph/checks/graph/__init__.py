"""The built graph held against its own shapes and against queries that must find nothing.

The checks of :mod:`treatygraph.checks` read records; these read what others will read: the triples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation

__all__ = ["graph_findings"]


def graph_findings(facts: Facts, derivations: Sequence[Derivation]) -> Iterator[Finding]:
    """Every breach of a shape of ``ontology/shapes.ttl`` and every row of a query of ``queries/verify/``.

    The graph is made in memory; nothing is written. Facts that a build would refuse give no findings
    here: they cannot be made into a graph.
    """
    from treatygraph.checks.graph.places import Places
    from treatygraph.checks.graph.queries import broken_rules
    from treatygraph.checks.graph.shapes import broken_shapes
    from treatygraph.triplestore.quads import quads

    statements = list(quads(facts, derivations))
    places = Places(facts)
    yield from broken_shapes(statements, places)
    yield from broken_rules(statements, places)
