"""Which pairs of states lose their last mutual instrument on a topic, or gain their first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy

from treatygraph.answers.whatif.result import TopicPairs
from treatygraph.bonds.matrix import Counts, Intervals
from treatygraph.bonds.matrix_from_index import intervals, replaced
from treatygraph.build.index import Index

__all__ = ["last_pairs"]

ANY = "any"


def last_pairs(
    before: Index, after: Index, instruments: Sequence[str], on: date, reading: str, *, binding: bool
) -> tuple[TopicPairs, ...]:
    """The pairs that lose their last or gain their first mutual instrument on each topic that changes.

    What counts is what ``between`` lists, parts counted too.

    Args:
        before: the record as it is.
        after: the record as supposed.
        instruments: those whose standings differ; their topics and those above them are looked at.
        on: the day.
        reading: whose legal view.
        binding: whether only legally binding instruments count.
    """
    was = intervals(before, reading)
    is_ = replaced(was, after, reading, frozenset(instruments))
    topics = []
    for topic in (*_topics(was, instruments), None):
        mask = was.wanted(topic, binding=binding)
        old, new = was.matrix(on, mask), is_.matrix(on, mask)
        for change, one, other in (("lost", old, new), ("gained", new, old)):
            fewer = int(numpy.triu(one > other).sum())
            if fewer:
                topics.append(TopicPairs(topic or ANY, change, fewer, _last(was, one, other, on)))
    return tuple(topics)


def _topics(table: Intervals, instruments: Sequence[str]) -> list[str]:
    """The topics of some instruments, the narrow ones first, then those above them."""
    narrow = sorted({topic for name in instruments for topic in table.briefs[name].topics})
    above = sorted(
        topic
        for topic, below in table.topics.items()
        if topic not in narrow and len(below) > 1 and not set(below).isdisjoint(narrow)
    )
    return [topic for topic in (*narrow, *above) if topic in table.topics]


def _last(table: Intervals, one: Counts, other: Counts, on: date) -> tuple[tuple[str, str], ...]:
    pairs = numpy.argwhere(numpy.triu((one > 0) & (other == 0))).tolist()
    return tuple(sorted((table.bearer(first, on), table.bearer(second, on)) for first, second in pairs))
