"""Which graphs of the store a query sees that names none."""

from __future__ import annotations

from typing import Final

import pyoxigraph

from treatygraph.model.terms import DERIVED

__all__ = ["PLAIN"]

PLAIN: Final = (pyoxigraph.DefaultGraph(), pyoxigraph.NamedNode(DERIVED))
"""The graphs that plain patterns see together: facts, and what the depositaries' record yields."""
