"""How many instruments bound every two states of a group over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.bonds.matrix import Counts
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.powers import Power, find, power, with_article
from treatygraph.bonds.unknowns import open_on
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.network.history import points_in_time
from treatygraph.network.snapshot import Selection

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Pairs", "pairs"]

_FIRST = date(1945, 1, 31)


@dataclass(frozen=True, eq=False)
class Pairs(Citable):
    """Counts of mutual instruments, parts counted too, by day and pair."""

    answer: str
    selection: Selection
    group: str
    every: str
    states: tuple[str, ...]
    days: tuple[date, ...]
    counts: Counts
    """Days by states by states."""
    topics: tuple[str, ...]
    by_topic: Counts
    """Topics by days by states by states."""
    notes: tuple[str, ...]
    edition: Edition

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The places in ``states`` of every two, each pair once."""
        return ((one, other) for one in range(len(self.states)) for other in range(one + 1, len(self.states)))

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row per pair and day."""
        for one, other in self.pairs():
            counts = self.counts[:, one, other].tolist()
            for number, on in enumerate(self.days):
                yield {"a": self.states[one], "b": self.states[other], "on": on.isoformat(),
                       "instruments": counts[number]}  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: one entry per pair, its counts in the order of ``days``."""
        asked = {"group": self.group, "every": self.every, "since": self.days[0].isoformat()}
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), **asked},
            "days": [on.isoformat() for on in self.days],
            "pairs": [self._pair(one, other) for one, other in self.pairs()],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def _pair(self, one: int, other: int) -> dict[str, Any]:
        row = self.by_topic[:, :, one, other]
        return {
            "states": [self.states[one], self.states[other]],
            "instruments": self.counts[:, one, other].tolist(),
            "topics": {name: row[number].tolist() for number, name in enumerate(self.topics) if row[number].any()},
        }

    def to_frame(self) -> DataFrame:
        """One row per pair and day, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame(list(self.rows()))


def pairs(index: Index, group: str, selection: Selection, *, since: date | None = None, every: str = "year") -> Pairs:
    """How many instruments bound every two members of a group at the end of every year or month.

    Args:
        index: the documents of the graph.
        group: a group by any of its names; its members on the last day are followed back through the states
            that they continue.
        selection: topic, binding nature and reading; its day is the last one.
        since: the first day; None: 1945.
        every: ``year`` or ``month``.

    Raises:
        UnknownName: nothing is called that.
        UsageError: it is a state, or a group with fewer than two members on record that day.
    """
    kind, code = find(index, group, ("group", "state"))
    if kind == "state":
        raise UsageError(f"'{group}' is a state: name the other power, or a group for every two of its members.")
    one = power(index, code, selection.on)
    table = intervals(index, selection.reading)
    lines = [table.index(member) for member in one.members]
    if len(lines) < 2:
        raise UsageError(f"{one.title} had fewer than two members on {selection.on}.")
    days = points_in_time(since or _FIRST, selection.on, every)
    wanted = table.wanted(selection.topic, binding=selection.binding)
    topics = _topics(index)
    counts = table.series(lines, days, wanted)
    return Pairs(
        answer=_sentence(index, one.title, one.members, counts, selection.on),
        selection=selection,
        group=code,
        every=every,
        states=one.members,
        days=tuple(days),
        counts=counts,
        topics=topics,
        by_topic=table.series_by_topic(lines, days, topics, wanted),
        notes=(
            f"{one.title} is its members on {selection.on} throughout",
            *one.notes,
            *_left_open(index, one, selection),
        ),
        edition=edition_of(index),
    )


def _left_open(index: Index, group: Power, selection: Selection) -> Iterator[str]:
    """That counts are at least, where the record cannot tell of some member whether an instrument held it (K8)."""
    table = intervals(index, selection.reading)
    wanted = table.wanted(selection.topic, binding=selection.binding).tolist()
    names = [name for name, there in zip(table.instruments, wanted, strict=True) if there]
    members = set(group.members)
    doubtful = open_on(index, selection.on.isoformat(), selection.reading, names)
    many = sum(1 for states in doubtful.values() if not members.isdisjoint(states))
    if many:
        what = "1 instrument" if many == 1 else f"{many} instruments"
        yield f"of {what} the record cannot tell for every member whether it was held that day: counts are at least"


def _topics(index: Index) -> tuple[str, ...]:
    """The topics that cards carry, without the broader ones above them."""
    on_cards = {topic for summary in index.summaries().values() for topic in summary.topics}
    return tuple(sorted(on_cards & index.topics().keys()))


def _sentence(index: Index, title: str, members: tuple[str, ...], counts: Counts, on: date) -> str:
    last = counts[-1]
    upper = list(zip(*numpy.triu_indices(len(members), 1), strict=True))
    most = max(upper, key=lambda pair: int(last[pair]))
    least = min(upper, key=lambda pair: int(last[pair]))
    named = [
        " and ".join(with_article(members[number], index.existences()[members[number]].name) for number in pair)
        for pair in (most, least)
    ]
    return (
        f"On {long_form(on)}, of the {len(upper)} pairs of {title} {named[0]} shared most ({last[most]} instruments), "
        f"{named[1]} least ({last[least]})."
    )
