"""Which graphs of the store a query sees that names none."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from treatygraph.model.terms import DERIVED, FACTS

__all__ = ["OF_FACTS", "PLAIN"]

_Graph = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph
OF_FACTS: Final = pyoxigraph.NamedNode(FACTS)
"""The graph of the facts."""
PLAIN: Final[tuple[_Graph, ...]] = (OF_FACTS, pyoxigraph.NamedNode(DERIVED))
"""The graphs that plain patterns see together: facts, and what the depositaries' record yields."""
