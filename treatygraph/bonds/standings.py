"""A line of states over time: since when it has been bound without a break."""

from __future__ import annotations

from collections.abc import Iterable

from treatygraph.model.index_records import StandingRow

__all__ = ["origin_of"]


def origin_of(rows: Iterable[StandingRow], now: StandingRow) -> str:
    """Since when the line has been bound without a break up to ``now`` (continuity counts, R33)."""
    first = now
    for row in sorted(rows, key=lambda item: item.start, reverse=True):
        if row.binds and row.end == first.start:
            first = row
    return first.origin or first.since
