"""Which part of the record is exported: states of a group, instruments of a topic, a reading, a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from treatygraph.bonds.powers import find
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.model.index_records import StandingRow, Summary
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["ExportSelection", "held"]


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
        """The codes of the states; members of the group are those of ``on``, else of the day, else of any time.

        Raises:
            UnknownName: no group is called that.
        """
        codes = list(index.existences())
        if self.group is None:
            return codes
        _, name = find(index, self.group, ("group",))
        when = on or self.on
        inside = {one.state for one in index.memberships(name) if when is None or one.holds_on(when)}
        return [code for code in codes if code in inside]


def held(index: Index, selection: ExportSelection) -> Iterator[StandingRow]:
    """Every stretch in which an instrument holds a state, in order of state, instrument and time."""
    names = selection.instruments(index)
    when = selection.on.isoformat() if selection.on else ""
    for code in selection.states(index):
        standings = index.standings((code,), selection.reading)
        for name in sorted(standings.keys() & names.keys()):
            for row in sorted(standings[name], key=lambda one: one.start):
                if row.binds and row.start < row.end and (not when or row.on(when)):
                    yield row
