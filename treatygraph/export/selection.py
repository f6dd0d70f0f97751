"""Which part of the record is exported: states of a list or group, instruments of a topic, a reading, days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.bonds.powers import find
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.model.index_records import StandingRow, Summary
from treatygraph.model.records import State
from treatygraph.model.vocabulary import BINDS, DEPOSITARY

__all__ = ["AT", "STAGES", "SYSTEMS", "ExportSelection", "held"]

SYSTEMS: Final = ("all", "cow", "gw", "un")
"""Lists of states that a selection can be of; ``all``: every state on record."""
AT: Final = ("end", "any", "share")
"""What a year counts: what holds on 31 December, on any day of it, or the share of its days."""
STAGES: Final = (*BINDS, "contracting", "signatory")
"""The standings from signature on."""


@dataclass(frozen=True)
class ExportSelection:
    """What is asked for; None is everything."""

    on: date | None = None
    """Only what holds on this day."""
    topic: str | None = None
    """Only instruments of this topic and those below it."""
    group: str | None = None
    """Only states that are members of this group: on the day, or without a day at any time."""
    reading: str = DEPOSITARY
    system: str = "all"
    """Only states of this list, one of :data:`SYSTEMS`: on the day, or without a day at any time."""
    organisations: bool = False
    """Whether parties that are no states come too: the European Union and Euratom."""
    at: str = "end"
    """Of panels by year: one of :data:`AT`."""
    known: date | None = None
    """The day by which the record is taken as known; the index has it so already."""

    def instruments(self, index: Index) -> Mapping[str, Summary]:
        """The instruments, each with its summary.

        Raises:
            UnknownName: no topic is called that.
        """
        summaries = index.summaries()
        topics = topics_under(index, self.topic)
        if topics is None:
            return summaries
        return {name: summary for name, summary in summaries.items() if not topics.isdisjoint(summary.topics)}

    def states(self, index: Index, on: date | None = None) -> list[str]:
        """The codes of the states; members of the list and group are those of ``on``, else of the day, else of any.

        Raises:
            UnknownName: no group is called that.
        """
        when = on or self.on
        codes = [code for code, state in index.states().items() if self._admits(state, when)]
        if self.group is None:
            return codes
        memberships = index.memberships(self.group_id(index))
        inside = {one.state for one in memberships if when is None or one.holds_on(when)}
        return [code for code in codes if code in inside]

    def group_id(self, index: Index) -> str:
        """The id of the group.

        Raises:
            UnknownName: no group is called that.
        """
        return find(index, self.group or "", ("group",))[1]

    def _admits(self, state: State, when: date | None) -> bool:
        if state.is_organisation:
            return self.organisations
        if self.system == "all":
            return True
        return any(
            span.system == self.system and (when is None or span.start <= when < span.end) for span in state.systems
        )


def held(
    index: Index, selection: ExportSelection, standings: Collection[str] = BINDS
) -> Iterator[StandingRow]:  # fmt: skip
    """Every stretch in which a state has one of some standings, in order of state, instrument and time."""
    names = selection.instruments(index)
    when = selection.on.isoformat() if selection.on else ""
    for code in selection.states(index):
        rows_of = index.standings((code,), selection.reading)
        for name in sorted(rows_of.keys() & names.keys()):
            for row in sorted(rows_of[name], key=lambda one: one.start):
                if row.standing in standings and row.start < row.end and (not when or row.on(when)):
                    yield row
