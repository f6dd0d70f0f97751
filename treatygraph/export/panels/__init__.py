"""Panels as researchers use them: states and pairs of states over time, with the numbers of the lists of states.

Days are half-open: ``from`` is the first day, ``until`` the first day on which it is no longer so (rule R1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table
from treatygraph.export.panels.dyads import DYADS, YEARS, dyad_intervals, dyad_years, years_table
from treatygraph.export.panels.frame import FRAME_INSTRUMENTS, FRAME_PAIRS, frame_instruments, frame_pairs
from treatygraph.export.panels.hazard import HAZARD, hazard
from treatygraph.export.panels.state_intervals import STATES, state_intervals
from treatygraph.export.panels.state_years import (
    INSTRUMENT_STATE_YEARS,
    STATE_YEARS,
    instrument_state_years,
    long_table,
    state_years,
    state_years_table,
)
from treatygraph.export.panels.withdrawals import WITHDRAWALS, withdrawals
from treatygraph.export.selection import ExportSelection

__all__ = [
    "DYADS", "HAZARD", "INSTRUMENT_STATE_YEARS", "PANELS", "STATES", "STATE_YEARS", "WITHDRAWALS", "YEARS", "Panel",
    "dyad_intervals", "dyad_years", "hazard", "instrument_state_years", "state_intervals", "state_years", "withdrawals",
]  # fmt: skip

Rows = Iterable[tuple[Cell, ...]]


@dataclass(frozen=True)
class Panel:
    """A panel: what it is for, and its tables with their rows."""

    summary: str
    tables: Sequence[tuple[Callable[[str], Table], Callable[..., Rows]]]
    """Each table by what a year counts, and its rows of an index and selection; by years, with first and last."""
    by_year: bool = False
    pairs: bool = False
    """Whether it counts across pairs, so that the warning about bilateral instruments goes with it."""
    needs_numpy: bool = False

    @property
    def described(self) -> list[Table]:
        """Its tables, as they are where a year counts what holds on its last day."""
        return [table("end") for table, _ in self.tables]

    @property
    def title(self) -> str:
        """The title of its first table."""
        return self.described[0].title

    def rows(
        self, index: Index, selection: ExportSelection, years: tuple[int, int]
    ) -> list[tuple[Table, Rows]]:  # fmt: skip
        """Its tables and their rows."""
        bounds = years if self.by_year else ()
        return [(table(selection.at), rows(index, selection, *bounds)) for table, rows in self.tables]


def _always(table: Table) -> Callable[[str], Table]:
    return lambda _: table


PANELS: Final[Mapping[str, Panel]] = {
    "state-intervals": Panel("Panel: what each state was under each instrument, in days.",
                             ((_always(STATES), state_intervals),)),
    "dyad-intervals": Panel("Panel: which instrument held both of two states, in days.",
                            ((_always(DYADS), dyad_intervals),), pairs=True, needs_numpy=True),
    "state-years": Panel("Panel: how many instruments held each state in each year.",
                         ((state_years_table, state_years),), by_year=True),
    "instrument-state-years": Panel("Panel: each instrument, state and year, with NA where the record cannot tell.",
                                    ((long_table, instrument_state_years),), by_year=True),
    "dyad-years": Panel("Panel: how many instruments held each pair of states in each year.",
                        ((years_table, dyad_years),), by_year=True, pairs=True, needs_numpy=True),
    "hazard": Panel("Survival data: each state at risk of joining and of leaving, and every withdrawal.",
                    ((_always(HAZARD), hazard), (_always(WITHDRAWALS), withdrawals))),
    "frame": Panel("The sampling frame: the population of instruments, and how evenly pairs are covered.",
                   ((_always(FRAME_INSTRUMENTS), frame_instruments), (_always(FRAME_PAIRS), frame_pairs)), pairs=True),
}  # fmt: skip
"""Every panel by the name of its format."""
