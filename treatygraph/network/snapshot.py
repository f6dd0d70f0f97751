"""The network on one day as matrices: states by instruments, states by states, instruments by instruments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy

from treatygraph.answers.wording import topic_name
from treatygraph.bonds.matrix import Counts, Intervals, Mask, in_common
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.powers import find, side
from treatygraph.build.shelf import Shelf
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Selection", "Snapshot", "members_of", "snapshot"]


@dataclass(frozen=True)
class Selection:
    """Which part of the network a question is about."""

    on: date
    topic: str | None = None
    """Only instruments of this topic and those below it."""
    group: str | None = None
    """Only the states that are in this group on the day."""
    binding: bool = False
    """Only instruments that are legally binding."""
    reading: str = DEPOSITARY
    """Whose legal view: ``depositary``, ``clause``, or an authority."""

    def to_dict(self) -> dict[str, Any]:
        """The selection as JSON gives it back."""
        return {
            "on": self.on.isoformat(),
            "topic": self.topic,
            "group": self.group,
            "binding": self.binding,
            "reading": self.reading,
        }

    @property
    def phrase(self) -> str:
        """The selection within a sentence: ``on nuclear testing, among NATO``; empty for everything."""
        parts = [f"on {topic_name(self.topic)}"] if self.topic else []
        parts += [f"among {self.group}"] if self.group else []
        return " ".join(parts)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The states that existed on a day, and the instruments that held any of them.

    States stand under the code of the day (``SUN`` in 1975), in order of their codes.
    """

    selection: Selection
    states: tuple[str, ...]
    titles: dict[str, str]
    """Names of states and short titles of instruments, by code or id."""
    instruments: tuple[str, ...]
    held: Mask
    """States by instruments."""
    shared: Counts
    """States by states: how many instruments bind both, as ``between`` lists them, parts counted too."""
    table: Intervals
    unverified: int
    """How many of the bonds in ``held`` rest on general knowledge alone."""

    @cached_property
    def parties(self) -> Counts:
        """Instruments by instruments: how many states both hold (int64; the diagonal is zero)."""
        found: Counts = in_common(self.held.T[numpy.newaxis])[0]
        numpy.fill_diagonal(found, 0)
        return found

    def brief(self, instrument: str) -> Any:
        """What is on record of an instrument in short."""
        return self.table.briefs[instrument]

    def notes(self) -> Iterator[str]:
        """What the reader must know."""
        if self.unverified:
            yield (
                f"unverified (general knowledge): {self.unverified} of {int(self.held.sum())} bonds of a state; "
                "'status INSTRUMENT' gives each with its sources"
            )


def members_of(shelf: Shelf, group: str | None, on: date) -> frozenset[str] | None:
    """The states of a group on a day; None for no group.

    Raises:
        UnknownName: no group is called that.
        UsageError: it has no member on record that day.
    """
    if group is None:
        return None
    _, code = find(shelf, group, ("group",))
    return frozenset(side(shelf, code, on).members)


def snapshot(shelf: Shelf, selection: Selection) -> Snapshot:
    """The network on a day.

    Raises:
        UnknownName: no topic or group is called that.
    """
    table = intervals(shelf, selection.reading)
    wanted = table.wanted(selection.topic, binding=selection.binding)
    members = members_of(shelf, selection.group, selection.on)
    there = [(table.bearer(number, selection.on), number) for number in range(len(table.lines))]
    chosen = sorted((code, number) for code, number in there if code and (members is None or code in members))
    rows = [number for _, number in chosen]
    held = table.held(selection.on)[rows] & wanted
    columns = numpy.nonzero(held.any(axis=0))[0].tolist()
    states = tuple(code for code, _ in chosen)
    instruments = tuple(table.instruments[number] for number in columns)
    titles = {code: str(shelf.get("life", code)[0]) for code in states}
    titles.update((name, str(table.briefs[name]["title"])) for name in instruments)
    return Snapshot(
        selection=selection,
        states=states,
        titles=titles,
        instruments=instruments,
        held=held[:, columns],
        shared=table.matrix(selection.on, wanted)[numpy.ix_(rows, rows)],
        table=table,
        unverified=_unverified(table, selection.on, rows, columns),
    )


def _unverified(table: Intervals, on: date, rows: Sequence[int], columns: Sequence[int]) -> int:
    when = on.toordinal()
    now = table.unverified & (table.start <= when) & (when < table.end)
    return int((now & numpy.isin(table.line, rows) & numpy.isin(table.instrument, columns)).sum())
