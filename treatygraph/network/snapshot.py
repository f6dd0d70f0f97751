"""The network on one day as matrices: states by instruments, states by states, instruments by instruments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy

from treatygraph.answers.wording import listed, topic_name
from treatygraph.bonds.matrix import Counts, Intervals, Mask, in_common
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.powers import find, power
from treatygraph.bonds.unknowns import open_on
from treatygraph.build.index import Index
from treatygraph.export.selection import SYSTEMS
from treatygraph.model.dates import Span
from treatygraph.model.errors import UnknownName
from treatygraph.model.index_records import Summary
from treatygraph.model.records import State
from treatygraph.model.vocabulary import DEPOSITARY

_LISTS: Final = {
    "cow": "the states of Correlates of War", "gw": "the states of Gleditsch and Ward",
    "un": "the members of the United Nations",
}  # fmt: skip
_NAMED = 4
"""How many instruments a note names."""

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
    system: str = "all"
    """Only states that are in this list on the day: ``cow``, ``gw``, ``un``; ``all``: every state on record."""
    organisations: bool = False
    """Whether parties that are no states come too: the European Union and Euratom."""

    def to_dict(self) -> dict[str, Any]:
        """The selection as JSON gives it back."""
        return {
            "on": self.on.isoformat(),
            "topic": self.topic,
            "group": self.group,
            "binding": self.binding,
            "reading": self.reading,
            "system": self.system,
            "organisations": self.organisations,
        }

    @property
    def phrase(self) -> str:
        """The selection within a sentence: ``on nuclear testing, among NATO``; empty for everything."""
        parts = [f"on {topic_name(self.topic)}"] if self.topic else []
        parts += [f"among {self.group}"] if self.group else []
        parts += [f"among {_LISTS[self.system]}"] if self.system in _LISTS else []
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
    summaries: Mapping[str, Summary]
    unverified: int
    """How many of the bonds in ``held`` rest on general knowledge alone."""
    open: Mapping[str, frozenset[str]]
    """The states of which the record cannot tell whether an instrument holds them, by instrument (rules K8, K17).

    They count neither as held nor as not held: figures are what the record shows, at least.
    """
    selected: tuple[str, ...]
    """The instruments that the selection is about, whether they hold anybody or not."""
    ended: int
    """How many of them had ended by the day."""
    not_binding: int
    """How many instruments of the topic the selection leaves out because they do not bind in law."""

    @cached_property
    def parties(self) -> Counts:
        """Instruments by instruments: how many states both hold (int64; the diagonal is zero)."""
        counts: Counts = in_common(self.held.T[numpy.newaxis])[0]
        numpy.fill_diagonal(counts, 0)
        return counts

    @cached_property
    def folded(self) -> Counts:
        """``shared`` with protocols, amendments and extensions counted with what they belong to."""
        rows = [self.table.index(code) for code in self.states]
        wanted = numpy.isin(self.table.instruments, self.selected)
        counts: Counts = self.table.matrix(self.selection.on, wanted, parts=False)[numpy.ix_(rows, rows)]
        return counts

    def summary(self, instrument: str) -> Summary:
        """What an answer says of an instrument."""
        return self.summaries[instrument]

    def notes(self) -> Iterator[str]:
        """What the reader must know."""
        if self.unverified:
            yield (
                f"unverified (general knowledge): {self.unverified} of {int(self.held.sum())} bonds of a state; "
                "'status INSTRUMENT' gives each with its sources"
            )
        if self.open:
            yield self._open_note()
        if self.not_binding:
            them = "1 instrument that does" if self.not_binding == 1 else f"{self.not_binding} instruments that do"
            yield f"the selection leaves out {them} not bind in law and held somebody that day"
        if not self.instruments:
            yield from self._empty()

    def _open_note(self) -> str:
        """How many instruments cannot tell, for how many states; those that leave most open by name."""
        order = sorted(self.open, key=lambda name: (-len(self.open[name]), name))
        named = listed([self.summary(name).title for name in order[:_NAMED]])
        more = f" and {len(order) - _NAMED} others" if len(order) > _NAMED else ""
        times = sum(map(len, self.open.values()))
        return (
            f"the ledgers of {len(order)} of {len(self.selected)} instruments of the selection cannot tell for every "
            f"state whether it was bound ({named}{more}): {times} times a state is counted neither as bound nor as "
            "not bound, so counts are at least"
        )

    def _empty(self) -> Iterator[str]:
        """Why nothing is there."""
        if not self.selected:
            yield "no instrument on record is of this selection"
            return
        yield (
            f"{len(self.selected)} {'instrument' if len(self.selected) == 1 else 'instruments'} of the selection "
            f"{'is' if len(self.selected) == 1 else 'are'} on record, of which {self.ended} had ended by that day"
        )


def members_of(index: Index, group: str | None, on: date) -> frozenset[str] | None:
    """The states of a group on a day; None for no group.

    Raises:
        UnknownName: no group is called that.
        UsageError: it has no member on record that day.
    """
    if group is None:
        return None
    _, code = find(index, group, ("group",))
    return frozenset(power(index, code, on).members)


def snapshot(index: Index, selection: Selection) -> Snapshot:
    """The network on a day.

    Raises:
        UnknownName: no topic, group or list of states is called that.
    """
    if selection.system not in SYSTEMS:
        raise UnknownName("list of states", selection.system, SYSTEMS)
    table = intervals(index, selection.reading)
    wanted = table.wanted(selection.topic, binding=selection.binding)
    members = members_of(index, selection.group, selection.on)
    there = [(table.bearer(number, selection.on), number) for number in range(len(table.lines))]
    chosen = sorted(
        (code, number)
        for code, number in there
        if code and (members is None or code in members) and _admits(index.states()[code], selection)
    )
    rows = [number for _, number in chosen]
    held = table.held(selection.on)[rows] & wanted
    columns = numpy.nonzero(held.any(axis=0))[0].tolist()
    states = tuple(code for code, _ in chosen)
    instruments = tuple(table.instruments[number] for number in columns)
    open_states = {
        name: frozenset(item for item in some if item in states)
        for name, some in open_on(index, selection.on.isoformat(), selection.reading).items()
    }
    selected = tuple(name for name, there in zip(table.instruments, wanted.tolist(), strict=True) if there)
    titles = {code: index.existences()[code].name for code in states}
    titles.update((name, index.summary(name).title) for name in instruments)
    return Snapshot(
        selection=selection,
        states=states,
        titles=titles,
        instruments=instruments,
        held=held[:, columns],
        shared=table.matrix(selection.on, wanted)[numpy.ix_(rows, rows)],
        table=table,
        summaries=index.summaries(),
        unverified=_unverified(table, selection.on, rows, columns),
        open={name: open_states[name] for name in selected if open_states.get(name)},
        selected=selected,
        ended=sum(1 for name in selected if _ended(index.summary(name), selection.on)),
        not_binding=_not_binding(table, selection, rows),
    )


def _admits(state: State, selection: Selection) -> bool:
    """Whether it is a state of the list on the day, or an organisation that is asked for."""
    if state.is_organisation:
        return selection.organisations
    return selection.system == "all" or state.is_in(selection.system, selection.on)


def _ended(summary: Summary, on: date) -> bool:
    return bool(summary.end) and Span.parse(summary.end).latest <= on


def _not_binding(table: Intervals, selection: Selection, rows: Sequence[int]) -> int:
    """Instruments that hold somebody and are left out because only those that bind in law are asked for."""
    if not selection.binding:
        return 0
    left_out = table.wanted(selection.topic) & ~table.wanted(selection.topic, binding=True)
    return int((table.held(selection.on)[rows] & left_out).any(axis=0).sum())


def _unverified(table: Intervals, on: date, rows: Sequence[int], columns: Sequence[int]) -> int:
    when = on.toordinal()
    now = table.unverified & (table.start <= when) & (when < table.end)
    return int((now & numpy.isin(table.line, rows) & numpy.isin(table.instrument, columns)).sum())
