"""Pairs of states that lost their last mutual instrument on a topic between two sides, or gained their first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy

from treatygraph.answers.changes.items import PairChange
from treatygraph.answers.changes.sides import Side, Wanted, heads_of
from treatygraph.bonds.matrix import Intervals, Mask
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.unknowns import open_on

__all__ = ["pair_changes"]


def pair_changes(before: Side, after: Side, wanted: Wanted) -> Iterator[PairChange]:
    """The pairs, topic by topic, ``any`` for all together last; what counts is what ``between`` lists, parts too.

    A pair of which the record cannot say whether something on the topic still holds it has not lost the last one: it is
    counted as open (rules K6, K15). Only states that are there on both days count.
    """
    tables = [_BondTable(side, wanted) for side in (before, after)]
    lines = sorted(set(tables[0].alive) & set(tables[1].alive))
    topics = sorted(wanted.topics) if wanted.topics is not None else sorted(after.index.topics())
    for topic in (*topics, None):
        known, possible = zip(*(table.pairs(topic, lines) for table in tables), strict=True)
        for change, one, other in (("lost", 0, 1), ("gained", 1, 0)):
            gone = known[one] & ~known[other]
            changes = [
                (tables[1].alive[lines[a]], tables[1].alive[lines[b]])
                for a, b in numpy.argwhere(numpy.triu(gone & ~possible[other])).tolist()
            ]
            pairs = tuple(sorted(pair for pair in changes if wanted.state(pair[0]) or wanted.state(pair[1])))
            if pairs:
                yield PairChange(topic or "any", change, pairs, int(numpy.triu(gone & possible[other]).sum()))


class _BondTable:
    """The bonds of one side on its day."""

    def __init__(self, side: Side, wanted: Wanted) -> None:
        reading = wanted.scope.reading
        self._side, self._table = side, intervals(side.index, reading)
        self.alive = {head: code for number, head in enumerate(self._table.lines)
                      if (code := self._table.bearer(number, side.on))}  # fmt: skip
        self._names = numpy.array([name in wanted.names for name in self._table.instruments], dtype=bool)
        self._held = self._table.held(side.on)
        self._open = _open(self._table, side, reading)

    def pairs(self, topic: str | None, lines: Sequence[str]) -> tuple[Mask, Mask]:
        """Lines by lines: whether something known holds both, and whether something not known may."""
        number = {head: place for place, head in enumerate(self._table.lines)}
        rows = [number[head] for head in lines]
        if topic is not None and topic not in self._table.topics:
            empty = numpy.zeros((len(rows), len(rows)), dtype=bool)
            return empty, empty
        mask = self._table.wanted(topic) & self._names
        known = self._table.matrix(self._side.on, mask)[numpy.ix_(rows, rows)] > 0
        held = self._held[rows][:, mask].astype(numpy.float32)
        maybe = (self._held | self._open)[rows][:, mask].astype(numpy.float32)
        possible = (maybe @ maybe.T) > (held @ held.T)
        return known, possible


def _open(table: Intervals, side: Side, reading: str) -> Mask:
    """Lines by instruments: whether the record cannot tell whether it is bound."""
    heads, mask = heads_of(side.index), numpy.zeros((len(table.lines), len(table.instruments)), dtype=bool)
    line_of = {head: place for place, head in enumerate(table.lines)}
    place_of = {name: place for place, name in enumerate(table.instruments)}
    for name, states in open_on(side.index, side.on.isoformat(), reading).items():
        for code in states:
            mask[line_of[heads[code]], place_of[name]] = True
    return mask
