"""Two sides' standings laid side by side: the stretches of time in which an instrument held both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from treatygraph.bonds.powers import Side
from treatygraph.bonds.standings import Bearing, BearingFlag, bearings, changes, origin_of
from treatygraph.build.shelf import Shelf

__all__ = [
    "Stretch",
    "denial",
    "ends_of",
    "flags_between",
    "pairings",
    "signed_alone",
    "signed_by_both",
    "turning_days",
    "turning_days_of",
    "unilateral",
]

Sides = tuple[Side, Side]


class Stretch(NamedTuple):
    """An instrument holds a member of each side over ``[start, end)``, without a break ``since`` a day."""

    first: Bearing
    second: Bearing
    start: str
    end: str
    since: str

    @property
    def ending(self) -> Bearing:
        """The standing that ends first."""
        return self.first if self.first.end <= self.second.end else self.second

    @property
    def flagged(self) -> bool:
        """Whether any flag qualifies either standing at some time."""
        return bool(self.first.flags or self.second.flags)


def pairings(shelf: Shelf, sides: Sides, reading: str) -> dict[str, list[Stretch]]:
    """Every stretch between members of the two sides, by instrument, in order of its id.

    Made once for two sides and a reading, whatever the day.
    """
    asked = ("pairings", sides[0].lines, sides[1].lines, reading)
    found: dict[str, list[Stretch]] | None = shelf.recent.get(asked)
    if found is None:
        found = shelf.recent[asked] = _pairings(shelf, sides, reading)
    return found


def _pairings(shelf: Shelf, sides: Sides, reading: str) -> dict[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for mine in sides[0].lines:
        for theirs in sides[1].lines:
            if mine != theirs:
                _lay(bearings(shelf, mine, reading), bearings(shelf, theirs, reading), found)
    return dict(sorted(found.items()))


def _lay(mine: dict[str, list[Bearing]], theirs: dict[str, list[Bearing]], found: dict[str, list[Stretch]]) -> None:
    for name in mine.keys() & theirs.keys():
        stretches = list(_stretches(mine[name], theirs[name]))
        if stretches:
            found.setdefault(name, []).extend(stretches)


def _stretches(mine: Sequence[Bearing], theirs: Sequence[Bearing]) -> Iterator[Stretch]:
    for first in mine:
        for second in theirs:
            start, end = max(first.start, second.start), min(first.end, second.end)
            if first.binds and second.binds and start < end:
                yield Stretch(first, second, start, end, max(origin_of(mine, first), origin_of(theirs, second)))


def signed_by_both(shelf: Shelf, sides: Sides, reading: str) -> dict[str, list[list[Bearing]]]:
    """The standings of either side under every instrument under which both have any, in order of its id.

    Made once for two sides and a reading, whatever the day.
    """
    asked = ("signed by both", sides[0].lines, sides[1].lines, reading)
    found: dict[str, list[list[Bearing]]] | None = shelf.recent.get(asked)
    if found is None:
        mine, theirs = (_by_instrument(shelf, one, reading) for one in sides)
        found = {name: [mine[name], theirs[name]] for name in sorted(mine.keys() & theirs.keys())}
        shelf.recent[asked] = found
    return found


def _by_instrument(shelf: Shelf, one: Side, reading: str) -> dict[str, list[Bearing]]:
    found: dict[str, list[Bearing]] = {}
    for chain in one.lines:
        for name, rows in bearings(shelf, chain, reading).items():
            named = [row for row in rows if row.binds or row.standing in ("signatory", "contracting")]
            if named:
                found.setdefault(name, []).extend(named)
    return found


def signed_alone(rows: Sequence[Sequence[Bearing]], when: str) -> list[Bearing]:
    """The standings of those who have put their names to an instrument on a day, where not both sides are bound.

    Empty where a side has not, or both are bound. A former party has not.
    """
    mine, theirs = ([row for row in side if row.on(when)] for side in rows)
    return [*mine, *theirs] if mine and theirs and not _bind_each_other(mine, theirs) else []


def _bind_each_other(mine: Sequence[Bearing], theirs: Sequence[Bearing]) -> bool:
    return any(row.binds for row in mine) and any(row.binds for row in theirs)


def flags_between(stretch: Stretch, when: str) -> Iterator[BearingFlag]:
    """The flags of either standing on a day, as far as they concern the other state."""
    for row, other in ((stretch.first, stretch.second), (stretch.second, stretch.first)):
        for flag in row.flags_on(when):
            if not flag.against or other.state in flag.against:
                yield flag


def denial(shelf: Shelf, name: str, stretch: Stretch, when: str) -> str:
    """Why the two are not bound to each other although both are bound (R11, R12); empty if they are.

    A state that holds itself out as well denies nobody: it claims an end, which the flags tell (R39).
    """
    for me, other in ((stretch.first, stretch.second), (stretch.second, stretch.first)):
        if me.state in changes(shelf, name):
            seen = bearings(shelf, (other.state,), me.state).get(name, [])
            itself = bearings(shelf, (me.state,), me.state).get(name, [])
            if not _bound(seen, when) and _bound(itself, when):
                return f"{name}: {me.state} does not accept the participation of {other.state}"
        for state, day, against in shelf.get("objections", name) or ():
            if state == me.state and other.state in against and day <= when:
                return f"{name}: {me.state} objected to the participation of {other.state}"
    return ""


def _bound(rows: Sequence[Bearing], when: str) -> bool:
    return any(row.binds and row.on(when) for row in rows)


def unilateral(shelf: Shelf, one: Side, reading: str) -> list[Bearing]:
    """One-sided commitments of a side's members, whatever the day."""
    asked = ("unilateral", one.lines, reading)
    if asked not in shelf.memo:
        rows = [bearings(shelf, chain, reading) for chain in one.lines]
        shelf.memo[asked] = [
            row
            for found in rows
            for name, mine in sorted(found.items(), key=lambda item: item[0])
            if shelf.get("brief", name)["scope"] == "unilateral"
            for row in mine
            if row.binds
        ]
    found: list[Bearing] = shelf.memo[asked]
    return found


def turning_days(shelf: Shelf, sides: Sides, reading: str) -> list[str]:
    """The days on which anything between two sides can change, in order; until the next one all stays as it is.

    They are the ends of standings, flags and views, the days of objections, and the ends of ledgers.
    """
    asked = ("turning days", sides[0].lines, sides[1].lines, reading)
    found: list[str] | None = shelf.recent.get(asked)
    if found is None:
        found = shelf.recent[asked] = sorted(set(_turning_days(shelf, sides, reading)))
    return found


def _turning_days(shelf: Shelf, sides: Sides, reading: str) -> Iterator[str]:
    for name, stretches in pairings(shelf, sides, reading).items():
        # What lies after a ledger's end, a day or a year as text, is what comes after that text.
        yield shelf.get("brief", name)["coverage"] + "\0"
        yield from turning_days_of(shelf, name, stretches)
    yield from ends_of(row for one in sides for row in unilateral(shelf, one, reading))
    for one in sides:
        for chain in one.lines:
            for found in bearings(shelf, chain, reading).values():
                yield from ends_of(found)


def turning_days_of(shelf: Shelf, name: str, stretches: Sequence[Stretch]) -> Iterator[str]:
    """The days on which what one instrument is between two sides can change, in no order."""
    yield from (day for _, day, _ in shelf.get("objections", name) or ())
    for stretch in stretches:
        yield from ends_of((stretch.first, stretch.second))
        for me, other in ((stretch.first, stretch.second), (stretch.second, stretch.first)):
            if me.state in changes(shelf, name):
                for state in (me.state, other.state):
                    yield from ends_of(bearings(shelf, (state,), me.state).get(name, ()))


def ends_of(rows: Iterable[Bearing]) -> Iterator[str]:
    """The days on which standings and their flags begin and end, in no order."""
    for row in rows:
        yield from (row.start, row.end)
        for flag in row.flags:
            yield from (flag.start, flag.end)
