"""How the treaty network of a few states has changed over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from treatygraph.bonds.powers import power
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.intervals import merged
from treatygraph.model.records import Membership
from treatygraph.queries.computed._pairs import Interval, PairCount, mutual_intervals
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: How the network of mutually binding instruments between the nuclear-armed states has changed since a year.
# number: 38
# theme: network
# answer: {year|years} of the network of the nuclear-armed states, as it stood at the end of each.
# option: since number "1963" The first year.
# param: on date "2026-11-23" The last day; the year that it falls in is counted as it stood on that day.
# option: topic topic "any" A topic, with all below it; or any.
# option: members now|then|ever "now" Those that are nuclear-armed on the last day; those that were so on each day;
#   or all that ever were.
# column: year The year.
# column: on The day on which it was counted.
# column: states How many of the states were there.
# column: pairs How many pairs they make.
# column: bound_pairs How many pairs share an instrument that binds both in law.
# column: density Bound pairs as a share of pairs, from 0 to 1.
# column: isolates Codes of the states that share none with any other, separated by spaces.
# column: instruments How many instruments bind at least one pair.
# column: mean_per_pair The mean number of instruments that a pair shares.
# column: least The pair that shares fewest, with the number.
# column: most The pair that shares most, with the number.
"""
_GROUP = "nuclear-armed"


Line = tuple[str, ...]
"""A state and those whose identity it carries on, newest first."""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each year. What is shared says nothing of how much it matters, nor of whether it is kept."""
    last, first = asked.day("on"), int(asked["since"])
    members = index.memberships(_GROUP)
    days = [min(date(year, 12, 31), last) for year in range(max(1900, first), last.year + 1)]
    here = {on: _there(index, members, on, last, asked["members"]) for on in days}
    lines = sorted({line for ties in here.values() for line, _ in ties})
    network = _Network(index, lines, asked["topic"])
    for on in days:
        yield str(on.year), on.isoformat(), *network.on(on.isoformat(), here[on])


def _there(index: Index, members: Sequence[Membership], on: date, last: date, which: str) -> list[tuple[Line, str]]:
    """The states that were there on a day: the line of each, and who bore its identity."""
    first_states: dict[Line, str] = {}
    for one in members:
        if which == "ever" or one.holds_on(last if which == "now" else on):
            try:
                there = power(index, one.state, on)
            except UsageError:  # it did not exist on the day
                continue
            first_states.setdefault(there.continuities[0], there.holders[0])
    return sorted(first_states.items(), key=lambda item: item[1])


class _Network:
    """What pairs of lines share, ready to be counted on any day."""

    def __init__(self, index: Index, lines: list[Line], topic: str) -> None:
        topics = set(index.topic(topic) or ()) if topic != "any" else None
        self._pairs: dict[tuple[Line, Line], PairCount] = {}
        shared: dict[str, list[Interval]] = {}
        for first, second in combinations(lines, 2):
            intervals = mutual_intervals(index, first, second)
            kept = [
                (name, parts)
                for name, parts in intervals.items()
                if topics is None or not topics.isdisjoint(index.summary(name).topics)
            ]
            self._pairs[first, second] = PairCount(part for _, parts in kept for part in parts)
            for name, parts in kept:
                shared.setdefault(name, []).extend(parts)
        # a line whose state is not there on a day is bound by nothing on it, so all pairs may be taken together
        self._instruments = PairCount(part for parts in shared.values() for part in merged(parts))

    def on(self, day: str, there: list[tuple[Line, str]]) -> Row:
        """The measures of one day."""
        counted = {
            (one[1], other[1]): self._pairs[min(one[0], other[0]), max(one[0], other[0])].on(day)
            for one, other in combinations(there, 2)
        }
        bound = [pair for pair, count in counted.items() if count]
        alone = [code for _, code in there if not any(code in pair for pair in bound)]
        ranked = sorted((count, pair) for pair, count in counted.items())
        total = sum(counted.values())
        return (
            str(len(there)),
            str(len(counted)),
            str(len(bound)),
            f"{len(bound) / len(counted):.3f}" if counted else "",
            " ".join(alone),
            str(self._instruments.on(day)),
            f"{total / len(counted):.2f}" if counted else "",
            _shown(ranked[0]) if ranked else "",
            _shown(min((-count, pair) for count, pair in ranked)) if ranked else "",
        )


def _shown(one: tuple[int, tuple[str, str]]) -> str:
    return f"{'-'.join(one[1])} {abs(one[0])}"
