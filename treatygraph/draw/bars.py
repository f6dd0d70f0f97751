"""What can be drawn of an instrument between two powers: the stages of its life for both, and marks on the way.

Nothing is worked out anew: stages are cut from the bond of the two powers (:mod:`treatygraph.bonds.pairs`) and from
their standings with flags, so that a picture and an answer say the same of each day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from treatygraph.bonds.pairs import Bond, Powers, change_points_of, ends_of, flags_between, mutual
from treatygraph.bonds.phases import courses
from treatygraph.build.index import Index
from treatygraph.model.dates import OPEN_TEXT, Span
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import DEPOSITARY, NOT_KNOWN

__all__ = ["Bar", "BarMark", "Stage", "bars", "bars_of_groups"]

_HALFWAY = ("signatory", "contracting")
_SUSPENDED = frozenset({"suspended", "suspension-claimed"})


@dataclass
class Stage:
    """What an instrument is between the two over ``[start, end)`` (ISO days).

    ``signed``, ``provisional``, ``in-force``, ``suspended``, ``contested``, ``not-known`` (the record cannot tell
    whether it held both), or ``excluded``: both are bound, but not to each other (R11, R12).
    """

    stage: str
    start: str
    end: str


@dataclass(frozen=True)
class BarMark:
    """A ``notice`` of withdrawal or an ``extension``, and who gave it or which instrument it is."""

    mark: str
    day: str
    by: str


@dataclass(frozen=True)
class Bar:
    """The life of an instrument between two powers."""

    instrument: str
    stages: tuple[Stage, ...]
    marks: tuple[BarMark, ...]
    because: str
    """Why it ended between them; empty while it has not."""


def bars(index: Index, powers: Powers, reading: str = DEPOSITARY) -> list[Bar]:
    """The bar of every instrument that both powers have signed or been bound by, in order of id.

    Between groups: the time during which it held a member of each towards one of the other; nothing of signatures and
    flags.
    """
    bonds = mutual(index, powers, reading)
    if any(power.is_group for power in powers):
        return [_of_groups(bond) for bond in bonds.values() if bond.intervals]
    mine, theirs = (index.standings(power.continuities[0], reading) for power in powers)
    names = sorted(mine.keys() & theirs.keys())
    made = (_of_pair(index, name, mine[name], theirs[name], bonds.get(name, Bond(name, (), ()))) for name in names)
    return [bar for bar in made if bar.stages]


def bars_of_groups(index: Index, powers: Powers, reading: str = DEPOSITARY) -> list[Bar]:
    """The bar of every instrument between powers of which one is a group, each day with the members of that day.

    In order of id; of what is only not known there is none. Marks are of the members of the powers as they are given.
    """
    members = [chain for power in powers for chain in power.continuities]
    group_bars: list[Bar] = []
    for name, course in courses(index, powers[0], powers[1], reading).items():
        if {phase.phase for phase in course.phases} == {"not-known"}:
            continue
        stages = tuple(Stage(*phase) for phase in course.phases)
        rows = [row for chain in members for row in index.standings(chain, reading).get(name, ())]
        begin, last = stages[0].start, stages[-1].end
        marks = {mark for mark in _notices(rows) | _extensions(index, name) if begin <= mark.day < last}
        ended = course.ending if course.held and course.held[-1][1] < OPEN_TEXT else None
        order = sorted(marks, key=lambda mark: (mark.day, mark.mark, mark.by))
        group_bars.append(Bar(name, stages, tuple(order), ended.reason if ended else ""))
    return group_bars


def _of_groups(bond: Bond) -> Bar:
    stages = tuple(Stage("in-force", start, end) for start, end in bond.days)
    last = max(bond.intervals, key=lambda interval: interval.end)
    return Bar(bond.instrument, stages, (), last.ending.reason if last.end < OPEN_TEXT else "")


def _of_pair(index: Index, name: str, mine: Sequence[StandingRow], theirs: Sequence[StandingRow], bond: Bond) -> Bar:
    rows = (*mine, *theirs)
    stages: list[Stage] = []
    because = ""
    for start, end in pairwise(sorted({*ends_of(rows), *change_points_of(bond)})):
        there = [next((row for row in standings if row.on(start)), None) for standings in (mine, theirs)]
        stage = _stage(there[0], there[1], start, bond)
        if stage and stages and stages[-1].end == start and stages[-1].stage == stage:
            stages[-1].end = end
        elif stage:
            stages.append(Stage(stage, start, end))
        if stage and stage not in ("signed", "not-known"):
            because = _ending(there, end)
    begin, last = (stages[0].start, stages[-1].end) if stages else ("", "")
    kept = {mark for mark in _notices(rows) | _extensions(index, name) if begin <= mark.day < last}
    return Bar(name, tuple(stages), tuple(sorted(kept, key=lambda mark: (mark.day, mark.mark, mark.by))), because)


def _ending(there: Sequence[StandingRow | None], end: str) -> str:
    return next((row.reason for row in there if row and row.end == end and row.reason), "")


def _stage(first: StandingRow | None, second: StandingRow | None, when: str, bond: Bond) -> str:
    """The stage of two standings together on a day; empty where one of them is none or has ended."""
    if first is None or second is None:
        return ""
    if NOT_KNOWN in (first.standing, second.standing):
        return "not-known" if all(row.binds or row.standing == NOT_KNOWN for row in (first, second)) else ""
    raised = {flag.flag for flag in flags_between(first, second, when)}
    if not (first.binds and second.binds):
        near = all(row.binds or row.standing in _HALFWAY for row in (first, second))
        return "signed" if near and "signature-duty-ended" not in raised else ""
    if not bond.on(when):
        return "excluded"
    if raised & _SUSPENDED:
        return "suspended"
    if "contested" in raised:
        return "contested"
    return "provisional" if "provisional" in (first.standing, second.standing) else "in-force"


def _notices(rows: Sequence[StandingRow]) -> set[BarMark]:
    flags = (flag for row in rows for flag in row.flags)
    return {BarMark("notice", flag.start, flag.by) for flag in flags if flag.flag == "notice-pending"}


def _extensions(index: Index, name: str) -> set[BarMark]:
    """The entry into force of every instrument that extends this one."""
    extending = index.keep(("extending",), lambda: _extending(index)).get(name, ())
    summaries = (index.summary(other) for other in extending)
    entered = ((Span.parse(summary.entry).latest, summary.title) for summary in summaries if summary.entry)
    return {BarMark("extension", day.isoformat(), title) for day, title in entered}


def _extending(index: Index) -> Mapping[str, list[str]]:
    extending: dict[str, list[str]] = {}
    for other, card in index.instruments().items():
        for target in card.related("extends"):
            extending.setdefault(target, []).append(other)
    return extending
