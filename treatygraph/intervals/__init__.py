"""All standings as numpy arrays of half-open intervals: what holds whom, for all pairs and days at once.

A row is one standing of one line of states under one instrument over ``[start, end)``, days as
``datetime.date`` ordinals. A line is a state with those whose identity it continues (rule R33: Russia in
1975 is the Soviet Union), named by its newest code.

What counts between two states on a day is exactly what ``between`` lists: instruments that bind both
(``party``, ``participant`` or ``provisional``), one-sided pledges left out, pair by pair without what one of
them denies the other (objection, R11; participation not accepted, R12). Protocols, amendments and
extensions count for themselves, or, with ``parts=False``, with their parent where the parent is mutual too.
"""

from __future__ import annotations

from treatygraph.intervals.gathering import intervals, replaced
from treatygraph.intervals.table import Counts, Denial, Intervals, Mask, in_common

__all__ = ["Counts", "Denial", "Intervals", "Mask", "in_common", "intervals", "replaced"]
