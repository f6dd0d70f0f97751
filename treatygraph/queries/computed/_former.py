"""States that ended, and how they stood on their last day."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.index_records import Existence, StandingRow
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import ALWAYS

__all__ = ["is_over", "standing_at_end", "standings_at_end"]


def is_over(state: Existence) -> bool:
    """Whether a state has ended."""
    return state.end < ALWAYS


def standings_at_end(index: Index, state: Existence) -> Iterator[StandingRow]:
    """How a former state stood on its last day in the depositaries' record; nothing for one that lives."""
    if is_over(state):
        for row in index.rows_of(state.code):
            if row.reading == DEPOSITARY and row.start < state.end <= row.end:
                yield row


def standing_at_end(index: Index, code: str, instrument: str) -> str:
    """How a former state stood under an instrument on its last day; empty where it had no standing, or lives."""
    rows = standings_at_end(index, index.existences()[code])
    return next((row.standing for row in rows if row.instrument == instrument), "")
