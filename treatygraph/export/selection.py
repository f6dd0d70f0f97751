"""Which part of the record is exported: states of a group, instruments of a topic, a reading, a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from treatygraph.bonds.powers import find
from treatygraph.bonds.standings import Bearing, bearings
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.model.names import unknown
from treatygraph.model.records import Membership
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Selection", "held"]


@dataclass(frozen=True)
class Selection:
    """What is asked for; None is everything."""

    on: date | None = None
    """Only what holds on this day."""
    topic: str | None = None
    """Only instruments of this topic and those below it."""
    group: str | None = None
    """Only states that are members of this group: on the day, or without a day at any time."""
    reading: str = DEPOSITARY

    def instruments(self, shelf: Shelf) -> dict[str, dict[str, object]]:
        """The instruments, each with its brief.

        Raises:
            UnknownName: no topic is called that.
        """
        briefs = dict(shelf.all("brief"))
        if self.topic is None:
            return briefs
        topics = shelf.get("topic", self.topic)
        if topics is None:
            raise unknown("topic", self.topic, [(name.replace("-", " "), name) for name, _ in shelf.all("topic")])
        return {name: brief for name, brief in briefs.items() if not set(topics).isdisjoint(brief["topics"])}

    def states(self, shelf: Shelf, on: date | None = None) -> list[str]:
        """The codes of the states; members of the group are those of ``on``, else of the day, else of any time.

        Raises:
            UnknownName: no group is called that.
        """
        codes = [code for code, _ in shelf.all("life")]
        if self.group is None:
            return codes
        _, name = find(shelf, self.group, ("group",))
        members = [decode(Membership, value) for value in shelf.get("members", name) or ()]
        when = on or self.on
        inside = {one.state for one in members if when is None or one.holds_on(when)}
        return [code for code in codes if code in inside]


def held(shelf: Shelf, selection: Selection) -> Iterator[Bearing]:
    """Every stretch in which an instrument holds a state, in order of state, instrument and time."""
    names = selection.instruments(shelf)
    when = selection.on.isoformat() if selection.on else ""
    for code in selection.states(shelf):
        found = bearings(shelf, (code,), selection.reading)
        for name in sorted(found.keys() & names.keys()):
            for row in sorted(found[name], key=lambda one: one.start):
                if row.binds and row.start < row.end and (not when or row.on(when)):
                    yield row
