"""What each instrument is between two powers, or among the members of a group, over all time: its phases.

``between`` answers for one day with the members that a group had on that day; phases are the same answers for every
day at once. Pictures draw them, and a test asks both for the same days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise, product
from typing import Final, NamedTuple

from treatygraph.bonds.pairs import Bond, MutualInterval, ends_of, flags_between, mutual
from treatygraph.bonds.powers import Power
from treatygraph.bonds.unknowns import turns_of, unknown
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import OPEN_TEXT
from treatygraph.model.index_records import StandingRow
from treatygraph.model.intervals import merged

__all__ = ["HELD", "Course", "Days", "Phase", "clipped", "courses", "without"]

Days = tuple[str, str]
"""Half-open ``[start, end)``, as ISO days."""
HELD: Final = ("in-force", "provisional", "contested", "suspended")
"""Phases in which the instrument holds both, the plainest first."""
_ORDER: Final = (*HELD, "not-known", "signed", "excluded")
"""Of what holds at once between members of groups, the first is told."""
_SUSPENDED: Final = frozenset({"suspended", "suspension-claimed"})
_HALFWAY: Final = ("signatory", "contracting")
_EVER: Final = ("0001-01-01", OPEN_TEXT)


class Phase(NamedTuple):
    """What an instrument is over ``[start, end)``.

    ``in-force``, ``provisional``, ``contested`` and ``suspended`` hold both (:data:`HELD`); ``not-known`` where the
    record cannot tell whether it does, ``signed`` where both have put their names to it, ``excluded`` where both are
    bound but not to each other (R11, R12). Of groups: what it is between those two members between whom it is plainest.
    """

    phase: str
    start: str
    end: str

    def on(self, when: str) -> bool:
        """Whether it stands on a day."""
        return self.start <= when < self.end


class Course(NamedTuple):
    """The phases of one instrument, in order of time, and how it ended."""

    instrument: str
    phases: tuple[Phase, ...]
    ending: StandingRow | None
    """The standing whose end was the last end of the bond; None where it never held, or a member's leaving ended it."""
    holders: tuple[tuple[str, str, int], ...]
    """How many states it held, ``[start, end)`` and count; empty where both powers are states."""

    def on(self, when: str) -> str:
        """The phase of a day; empty where there is none."""
        return next((phase.phase for phase in self.phases if phase.on(when)), "")

    @property
    def held(self) -> list[Days]:
        """The days on which it holds both."""
        return merged((phase.start, phase.end) for phase in self.phases if phase.phase in HELD)


class _Member(NamedTuple):
    """A state, or a member of a group with the days on which it was one."""

    code: str
    line: tuple[str, ...]
    days: tuple[Days, ...]

    @property
    def power(self) -> Power:
        """The member alone."""
        return Power(self.code, self.code, (self.code,), (self.line,), (self.code,))


def courses(index: Index, first: Power, second: Power | None, reading: str) -> Mapping[str, Course]:
    """The course of every instrument that was ever anything between two powers, in order of id.

    Args:
        index: the built graph.
        first: a state or a group.
        second: the other power; None: among the members of the first.
        reading: whose legal view.

    Returns:
        Of groups, each day with the members of that day. Empty where nothing was between them.
    """
    key = ("courses", first.id, first.continuities, second and (second.id, second.continuities), reading)
    return index.recent(key, lambda: _SharedCourses(index, first, second, reading).all())


class _SharedCourses:
    """Two powers over all time."""

    def __init__(self, index: Index, first: Power, second: Power | None, reading: str) -> None:
        self._index, self._reading = index, reading
        self._powers = first, second or first
        self._within = second is None
        self._sides = [list(_members(index, power)) for power in self._powers]
        self._layers: dict[str, dict[str, list[Days]]] = {}
        self._holders: dict[str, dict[str, list[Days]]] = {}
        self._last: dict[str, tuple[str, StandingRow | None]] = {}

    def all(self) -> dict[str, Course]:
        """Every course."""
        for mine, theirs in self._pairs():
            days = _overlap(mine.days, theirs.days)
            if days:
                for name, bond in mutual(self._index, (mine.power, theirs.power), self._reading).items():
                    self._hold(name, bond, (mine.code, theirs.code), days)
        self._signatures()
        self._unknowns()
        made = ((name, _phases(self._layers[name])) for name in sorted(self._layers))
        return {name: self._course(name, phases) for name, phases in made if phases}

    def _course(self, name: str, phases: tuple[Phase, ...]) -> Course:
        grouped = any(power.is_group for power in self._powers)
        holders = tuple(_counts(self._holders.get(name, {}).values())) if grouped else ()
        return Course(name, phases, self._last.get(name, ("", None))[1], holders)

    def _pairs(self) -> Iterable[tuple[_Member, _Member]]:
        first, second = self._sides
        pairs = combinations(first, 2) if self._within else product(first, second)
        return ((mine, theirs) for mine, theirs in pairs if mine.line != theirs.line)

    def _lay(self, name: str, phase: str, days: Iterable[Days]) -> None:
        self._layers.setdefault(name, {}).setdefault(phase, []).extend(days)

    def _hold(self, name: str, bond: Bond, codes: tuple[str, str], days: Sequence[Days]) -> None:
        for part in bond.intervals:
            for phase, start, end in _of(part):
                within = list(clipped(start, end, days))
                self._lay(name, phase, within)
                for code in codes:
                    self._holders.setdefault(name, {}).setdefault(code, []).extend(within)
            for _, end in clipped(part.start, part.end, days):
                if end > self._last.get(name, ("", None))[0]:
                    self._last[name] = end, part.ending if end == part.end and part.excluded_at != end else None
        for denied in bond.excluded:
            self._lay(name, "excluded", clipped(denied.start, denied.end, days))

    def _signatures(self) -> None:
        """Days on which both have put their names to an instrument, and not both are bound."""
        least = 2 if self._within else 1
        named, bound = zip(*(_names(self._index, side, self._reading) for side in self._sides), strict=True)
        for name in sorted(named[0].keys() & named[1].keys()):
            signed = _overlap(*(tuple(_at_least(side[name], least)) for side in named))
            both = _overlap(*(tuple(_at_least(side.get(name, []), least)) for side in bound))
            self._lay(name, "signed", without(signed, both))

    def _unknowns(self) -> None:
        """Days on which the record cannot tell whether it held both."""
        rows = [self._index.standings(member.line, self._reading) for side in self._sides for member in side]
        edges = {edge for side in self._sides for member in side for days in member.days for edge in days}
        there = _overlap(*(tuple(merged(days for member in side for days in member.days)) for side in self._sides))
        shared = {name for of_member in rows for name in of_member}
        lines = [member.line for side in self._sides for member in side]
        powers: dict[str, tuple[Power, Power] | None] = {}
        for name in sorted(shared | {item.instrument for item in self._index.open_ledgers()}):
            ends = ends_of(row for of_member in rows for row in of_member.get(name, ()))
            points = sorted({*edges, *ends, *turns_of(self._index, name, lines, self._reading)})
            for start, end in pairwise((*points, OPEN_TEXT)):
                if start >= end or not any(first <= start < last for first, last in there):
                    continue
                if start not in powers:
                    powers[start] = self._on(start)
                both = powers[start]
                if both and unknown(self._index, both, self._reading, date.fromisoformat(start), name):
                    self._lay(name, "not-known", [(start, end)])

    def _on(self, when: str) -> tuple[Power, Power] | None:
        first, second = (
            [member for member in side if any(start <= when < end for start, end in member.days)]
            for side in self._sides
        )
        if not first or not second:
            return None
        return _together(self._powers[0], first), _together(self._powers[1], second)


def _together(power: Power, members: Sequence[_Member]) -> Power:
    codes = tuple(member.code for member in members)
    return Power(power.id, power.title, codes, tuple(member.line for member in members), codes)


def _members(index: Index, power: Power) -> Iterator[_Member]:
    """Every state that ever was the power or a member of it, and when, as ``between`` takes it on each day."""
    lives = index.existences()
    if not power.is_group:
        chain = power.continuities[0]
        days = ((lives[code].start, lives[code].end) if code in lives else _EVER for code in chain)
        yield _Member(power.members[0], chain, tuple(merged(days)))
        return
    spans: dict[str, list[Days]] = {}
    if index.group(power.id):
        for row in index.memberships(power.id):
            start, end = (row.start.earliest.isoformat() if row.start else _EVER[0]), OPEN_TEXT
            spans.setdefault(row.state, []).append((start, row.end.latest.isoformat() if row.end else end))
    else:  # an export-control regime stands for its participants
        for standing in index.derivation(power.id).standings:
            if standing.binds:
                spans.setdefault(standing.state, []).append((standing.start.isoformat(), standing.end.isoformat()))
    for code in sorted(spans):
        life = lives[code]
        yield _Member(code, line(lives, code), tuple(_overlap(tuple(merged(spans[code])), ((life.start, life.end),))))


def _of(part: MutualInterval) -> Iterator[Phase]:
    """The phases of an interval in which an instrument holds two states."""
    plain = "provisional" if "provisional" in (part.first.standing, part.second.standing) else "in-force"
    inside = (edge for edge in ends_of((part.first, part.second)) if part.start < edge < part.end)
    for start, end in pairwise(sorted({part.start, part.end, *inside})):
        raised = {flag.flag for flag in flags_between(part.first, part.second, start)}
        yield Phase("suspended" if raised & _SUSPENDED else "contested" if "contested" in raised else plain, start, end)


_ByMember = dict[str, list[list[Days]]]


def _names(index: Index, side: Sequence[_Member], reading: str) -> tuple[_ByMember, _ByMember]:
    """For each instrument and member, the days on which it has put its name to it, and on which it is bound."""
    named: _ByMember = {}
    bound: _ByMember = {}
    for member in side:
        for name, rows in index.standings(member.line, reading).items():
            signed = [days for row in rows if row.binds or row.standing in _HALFWAY for days in _dutiful(row)]
            named.setdefault(name, []).append([part for days in signed for part in clipped(*days, member.days)])
            holds = [(row.start, row.end) for row in rows if row.binds]
            bound.setdefault(name, []).append([part for days in holds for part in clipped(*days, member.days)])
    return named, bound


def _dutiful(row: StandingRow) -> list[Days]:
    """The days of a standing without those after a state declared that its signature binds it to nothing."""
    ended = [(flag.start, flag.end) for flag in row.flags if flag.flag == "signature-duty-ended"]
    return without([(row.start, row.end)], ended)


def _phases(layers: Mapping[str, Sequence[Days]]) -> tuple[Phase, ...]:
    """For each day the first phase of the order that has it."""
    phases: list[Phase] = []
    taken: list[Days] = []
    for phase in _ORDER:
        mine = merged(days for days in layers.get(phase, ()) if days[0] < days[1])
        phases += (Phase(phase, start, end) for start, end in without(mine, taken))
        taken = merged((*taken, *mine))
    return tuple(sorted(phases, key=lambda item: item.start))


def clipped(start: str, end: str, days: Iterable[Days]) -> Iterator[Days]:
    """The parts of ``[start, end)`` that lie within some days."""
    for first, last in days:
        if max(start, first) < min(end, last):
            yield max(start, first), min(end, last)


def _overlap(first: Iterable[Days], second: Sequence[Days]) -> list[Days]:
    return [part for days in first for part in clipped(*days, second)]


def without(days: Iterable[Days], taken: Iterable[Days]) -> list[Days]:
    """The days less those that are taken."""
    left = merged(days)
    for first, last in merged(taken):
        left = [
            part for start, end in left for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        ]  # fmt: skip
    return left


def _at_least(by_member: Iterable[Iterable[Days]], least: int) -> Iterator[Days]:
    """The days that at least so many members share."""
    return ((start, end) for start, end, count in _counts(by_member) if count >= least)


def _counts(by_member: Iterable[Iterable[Days]]) -> Iterator[tuple[str, str, int]]:
    """How many members have each day, where any has; as few intervals as can be."""
    steps: dict[str, int] = {}
    for days in by_member:
        for start, end in merged(days):
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    count = 0
    for start, end in pairwise(sorted(edge for edge, step in steps.items() if step)):
        count += steps[start]
        if count:
            yield start, end, count
