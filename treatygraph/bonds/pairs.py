"""Who is bound to whom: the days on which an instrument holds two powers towards each other, all days at once.

The one computation of a bond: both are bound, less the days on which one denies it to the other (R11, R12). Answers,
pictures, panels, networks and questions read it, so that they cannot contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from treatygraph.bonds.powers import Power
from treatygraph.bonds.standings import origin_of
from treatygraph.build.index import Index
from treatygraph.build.packed import Bound, bonds_of
from treatygraph.model.index_records import Exclusion, FlagRow, StandingRow
from treatygraph.model.intervals import merged
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = [
    "Bond",
    "ExcludedInterval",
    "MutualInterval",
    "Powers",
    "bound_on",
    "change_points",
    "change_points_of",
    "ends_of",
    "flags_between",
    "mutual",
    "signed_alone",
    "signed_by_both",
    "unilateral",
]

Powers = tuple[Power, Power]


class MutualInterval(NamedTuple):
    """An instrument holds a member of each power towards the other over ``[start, end)``."""

    first: StandingRow
    second: StandingRow
    start: str
    end: str
    since: str
    """Since when without a break; before ``start`` where an earlier standing ran into this one."""
    excluded_at: str = ""
    """``start`` or ``end`` of an exclusion where it, and no standing, ends the interval."""

    @property
    def ending(self) -> StandingRow:
        """The standing that ends first."""
        return self.first if self.first.end <= self.second.end else self.second

    def on(self, when: str) -> bool:
        """Whether it holds on a day."""
        return self.start <= when < self.end


class ExcludedInterval(NamedTuple):
    """Both are bound over ``[start, end)``, but not to each other."""

    first: StandingRow
    second: StandingRow
    start: str
    end: str
    exclusion: Exclusion

    @property
    def why(self) -> str:
        """Who denies whom the bond, as a note says it."""
        by, against = self.exclusion.by, self.exclusion.against
        did = "objected to" if self.exclusion.rule == "R11" else "does not accept"
        return f"{self.exclusion.instrument}: {by} {did} the participation of {against}"

    def on(self, when: str) -> bool:
        """Whether it stands on a day."""
        return self.start <= when < self.end


class Bond(NamedTuple):
    """What one instrument is between two powers over all time."""

    instrument: str
    intervals: tuple[MutualInterval, ...]
    """When it holds a member of each towards the other."""
    excluded: tuple[ExcludedInterval, ...]
    """When it binds a member of each, but not towards the other; empty for nearly all."""

    def on(self, when: str) -> list[MutualInterval]:
        """The intervals that cover a day."""
        return [interval for interval in self.intervals if interval.start <= when < interval.end]

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days on which it holds the powers, in as few intervals as can be."""
        return merged((interval.start, interval.end) for interval in self.intervals)


def mutual(index: Index, powers: Powers, reading: str) -> Mapping[str, Bond]:
    """The bond under every instrument that has bound a member of each power at once, in order of its id."""
    key = ("mutual", powers[0].continuities, powers[1].continuities, reading)
    return index.recent(key, lambda: _mutual(index, powers, reading))


def _mutual(index: Index, powers: Powers, reading: str) -> dict[str, Bond]:
    index.load_summaries(
        name for power in powers for codes in power.continuities for name in index.standings(codes, reading)
    )
    shared: dict[str, list[MutualInterval]] = {}
    for mine in powers[0].continuities:
        for theirs in powers[1].continuities:
            if mine != theirs:
                _collect(index.standings(mine, reading), index.standings(theirs, reading), shared)
    return {name: _bond(index, name, shared[name]) for name in sorted(shared)}


_Standings = Mapping[str, Sequence[StandingRow]]


def _collect(mine: _Standings, theirs: _Standings, shared: dict[str, list[MutualInterval]]) -> None:
    for name in mine.keys() & theirs.keys():
        intervals = list(_both_bound(mine[name], theirs[name]))
        if intervals:
            shared.setdefault(name, []).extend(intervals)


def _both_bound(mine: Sequence[StandingRow], theirs: Sequence[StandingRow]) -> Iterator[MutualInterval]:
    for first in mine:
        for second in theirs:
            start, end = max(first.start, second.start), min(first.end, second.end)
            if first.binds and second.binds and start < end:
                since = max(origin_of(mine, first), origin_of(theirs, second))
                yield MutualInterval(first, second, start, end, since)


def _bond(index: Index, name: str, bound: Sequence[MutualInterval]) -> Bond:
    exclusions = index.exclusions(name)
    if not exclusions:
        return Bond(name, tuple(bound), ())
    intervals: list[MutualInterval] = []
    excluded: list[ExcludedInterval] = []
    for interval in bound:
        meant = [item for item in exclusions if item.concerns(interval.first.state, interval.second.state)]
        excluded += _excluded(interval, meant)
        intervals += _accepted(interval, meant)
    return Bond(name, tuple(intervals), tuple(excluded))


def _excluded(interval: MutualInterval, exclusions: Iterable[Exclusion]) -> Iterator[ExcludedInterval]:
    for item in exclusions:
        start, end = max(interval.start, item.start), min(interval.end, item.end)
        if start < end:
            yield ExcludedInterval(interval.first, interval.second, start, end, item)


def _accepted(interval: MutualInterval, exclusions: Iterable[Exclusion]) -> Iterator[MutualInterval]:
    """The interval without the days that are excluded."""
    start, since = interval.start, interval.since
    for first, last in merged((item.start, item.end) for item in exclusions):
        if first < interval.end and start < last:
            if start < first:
                yield interval._replace(start=start, end=first, since=since, excluded_at=first)
            start = since = last
    if start < interval.end:
        yield interval._replace(start=start, since=since)


def signed_by_both(index: Index, powers: Powers, reading: str) -> Mapping[str, tuple[list[StandingRow], ...]]:
    """The standings of either power under every instrument under which both have any, in order of its id."""
    key = ("signed by both", powers[0].continuities, powers[1].continuities, reading)
    return index.recent(key, lambda: _signed_by_both(index, powers, reading))


def _signed_by_both(index: Index, powers: Powers, reading: str) -> dict[str, tuple[list[StandingRow], ...]]:
    mine, theirs = (_by_instrument(index, power, reading) for power in powers)
    return {name: (mine[name], theirs[name]) for name in sorted(mine.keys() & theirs.keys())}


def _by_instrument(index: Index, power: Power, reading: str) -> dict[str, list[StandingRow]]:
    rows: dict[str, list[StandingRow]] = {}
    for continuity in power.continuities:
        for name, standings in index.standings(continuity, reading).items():
            named = [row for row in standings if row.binds or row.standing in ("signatory", "contracting")]
            if named:
                rows.setdefault(name, []).extend(named)
    return rows


def signed_alone(rows: Sequence[Sequence[StandingRow]], when: str) -> list[StandingRow]:
    """The standings of those who have put their names to an instrument on a day, where not both powers are bound.

    Empty where a power has not, or both are bound. A former party has not.
    """
    mine, theirs = ([row for row in power if row.on(when)] for power in rows)
    return [*mine, *theirs] if mine and theirs and not _both_bind(mine, theirs) else []


def _both_bind(mine: Sequence[StandingRow], theirs: Sequence[StandingRow]) -> bool:
    return any(row.binds for row in mine) and any(row.binds for row in theirs)


def flags_between(first: StandingRow, second: StandingRow, when: str) -> Iterator[FlagRow]:
    """The flags of either standing on a day, as far as they concern the other state."""
    for row, other in ((first, second), (second, first)):
        for flag in row.flags_on(when):
            if not flag.against or other.state in flag.against:
                yield flag


def bound_on(index: Index, instrument: str, reading: str, when: date) -> list[Bound]:
    """Who is bound by an instrument on a day, whoever else is."""
    readings = index.keep(
        ("bound by", instrument), lambda: {view: bonds_of(rows) for view, rows in index.bound_by(instrument).items()}
    )
    day = when.toordinal()
    return [item for item in readings.get(reading) or readings.get(DEPOSITARY, []) if item.start <= day < item.end]


def unilateral(index: Index, power: Power, reading: str) -> tuple[StandingRow, ...]:
    """One-sided commitments of a power's members, whatever the day."""
    return index.keep(("unilateral", power.continuities, reading), lambda: tuple(_unilateral(index, power, reading)))


def _unilateral(index: Index, power: Power, reading: str) -> Iterator[StandingRow]:
    for continuity in power.continuities:
        for name, rows in sorted(index.standings(continuity, reading).items()):
            if index.summary(name).scope == "unilateral":
                yield from (row for row in rows if row.binds)


def change_points(index: Index, powers: Powers, reading: str) -> Sequence[str]:
    """The days on which anything between two powers can change, in order; until the next one all stays as it is.

    They are the ends of standings, flags and exclusions, and the ends of ledgers.
    """
    key = ("change points", powers[0].continuities, powers[1].continuities, reading)
    return index.recent(key, lambda: sorted(set(_change_points(index, powers, reading))))


def _change_points(index: Index, powers: Powers, reading: str) -> Iterator[str]:
    for name, bond in mutual(index, powers, reading).items():
        # What lies after a ledger's end, a day or a year as text, is what comes after that text.
        yield index.summary(name).coverage + "\0"
        yield from change_points_of(bond)
    yield from ends_of(row for power in powers for row in unilateral(index, power, reading))
    for power in powers:
        for continuity in power.continuities:
            for rows in index.standings(continuity, reading).values():
                yield from ends_of(rows)


def change_points_of(bond: Bond) -> Iterator[str]:
    """The days on which what one instrument is between two powers can change, in no order."""
    parts: Iterable[MutualInterval | ExcludedInterval] = (*bond.intervals, *bond.excluded)
    for part in parts:
        yield from (part.start, part.end)
        yield from ends_of((part.first, part.second))


def ends_of(rows: Iterable[StandingRow]) -> Iterator[str]:
    """The days on which standings and their flags begin and end, in no order."""
    for row in rows:
        yield from (row.start, row.end)
        for flag in row.flags:
            yield from (flag.start, flag.end)
