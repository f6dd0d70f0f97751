"""What can be drawn of an instrument between two powers: the stages of its life for both, and marks on the way.

Nothing is worked out anew: stages are the intersections of the two sides' derived standings, as
:mod:`treatygraph.bonds.pairs` lays them side by side, with their flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from treatygraph.bonds.pairs import Stretch, flags_between, pairings
from treatygraph.bonds.powers import Side
from treatygraph.bonds.standings import Bearing, bearings
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.model.dates import Span
from treatygraph.model.records import Instrument
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["OPEN", "Course", "Mark", "Stage", "courses"]

OPEN = "9999-12-31"
_HALFWAY = ("signatory", "contracting")
_SUSPENDED = frozenset({"suspended", "suspension-claimed"})


@dataclass
class Stage:
    """``signed``, ``provisional``, ``in-force``, ``suspended`` or ``contested`` over ``[start, end)`` (ISO days)."""

    stage: str
    start: str
    end: str


@dataclass(frozen=True)
class Mark:
    """A ``notice`` of withdrawal or an ``extension``, and who gave it or which instrument it is."""

    mark: str
    day: str
    by: str


@dataclass(frozen=True)
class Course:
    """The life of an instrument between two sides."""

    instrument: str
    stages: tuple[Stage, ...]
    marks: tuple[Mark, ...]
    because: str
    """Why it ended between them; empty while it has not."""


def courses(shelf: Shelf, sides: tuple[Side, Side], reading: str = DEPOSITARY) -> list[Course]:
    """The course of every instrument that both sides have signed or been bound by, in order of id.

    Between groups: the time during which it held a member of each; nothing of signatures and flags.
    """
    if any(one.is_group for one in sides):
        return [_of_groups(name, stretches) for name, stretches in pairings(shelf, sides, reading).items()]
    mine, theirs = (bearings(shelf, one.lines[0], reading) for one in sides)
    made = (_of_pair(shelf, name, mine[name], theirs[name]) for name in sorted(mine.keys() & theirs.keys()))
    return [course for course in made if course.stages]


def _of_groups(name: str, stretches: Sequence[Stretch]) -> Course:
    found: list[Stage] = []
    for one in sorted(stretches, key=lambda stretch: stretch.start):
        if found and one.start <= found[-1].end:
            found[-1].end = max(found[-1].end, one.end)
        else:
            found.append(Stage("in-force", one.start, one.end))
    last = max(stretches, key=lambda stretch: stretch.end)
    return Course(name, tuple(found), (), last.ending.reason if last.end < OPEN else "")


def _of_pair(shelf: Shelf, name: str, mine: Sequence[Bearing], theirs: Sequence[Bearing]) -> Course:
    rows = (*mine, *theirs)
    flags = [flag for row in rows for flag in row.flags]
    edges = sorted({day for row in rows for day in (row.start, row.end)}
                   | {day for flag in flags for day in (flag.start, flag.end)})  # fmt: skip
    found: list[Stage] = []
    because = ""
    for start, end in pairwise(edges):
        there = [next((row for row in held if row.on(start)), None) for held in (mine, theirs)]
        stage = _stage(there[0], there[1], start)
        if stage and found and found[-1].end == start and found[-1].stage == stage:
            found[-1].end = end
        elif stage:
            found.append(Stage(stage, start, end))
        if stage and stage != "signed":
            because = _ending(there, end)
    marks = {Mark("notice", flag.start, flag.by) for flag in flags if flag.flag == "notice-pending"}
    begin, last = (found[0].start, found[-1].end) if found else ("", "")
    kept = {mark for mark in marks | _extensions(shelf, name) if begin <= mark.day < last}
    return Course(name, tuple(found), tuple(sorted(kept, key=lambda mark: (mark.day, mark.mark, mark.by))), because)


def _ending(there: Sequence[Bearing | None], end: str) -> str:
    return next((row.reason for row in there if row and row.end == end and row.reason), "")


def _stage(first: Bearing | None, second: Bearing | None, when: str) -> str:
    """The stage of two standings together on a day; empty where one of them is none or has ended."""
    if first is None or second is None:
        return ""
    raised = {flag.flag for flag in flags_between(Stretch(first, second, when, when, ""), when)}
    if not (first.binds and second.binds):
        near = all(row.binds or row.standing in _HALFWAY for row in (first, second))
        return "signed" if near and "signature-duty-ended" not in raised else ""
    if raised & _SUSPENDED:
        return "suspended"
    if "contested" in raised:
        return "contested"
    return "provisional" if "provisional" in (first.standing, second.standing) else "in-force"


def _extensions(shelf: Shelf, name: str) -> set[Mark]:
    """The entry into force of every instrument that extends this one."""
    extending: dict[str, list[str]] = shelf.memo.get("extending", {})
    if not extending:
        for other, value in shelf.all("instrument"):
            for target in decode(Instrument, value).related("extends"):
                extending.setdefault(target, []).append(other)
        shelf.memo["extending"] = extending
    briefs = (shelf.get("brief", other) for other in extending.get(name, ()))
    return {
        Mark("extension", Span.parse(brief["entry"]).latest.isoformat(), brief["title"])
        for brief in briefs
        if brief["entry"]
    }
