"""What remains between two powers on a day, what has ended since and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from treatygraph.answers.between_answer import Between, Ended, Question, Remaining, Signed
from treatygraph.bonds.pairs import (
    Stretch,
    denial,
    ends_of,
    flags_between,
    pairings,
    signed_alone,
    signed_by_both,
    turning_days,
    turning_days_of,
    unilateral,
)
from treatygraph.bonds.powers import Side, side
from treatygraph.bonds.standings import Bearing, BearingFlag
from treatygraph.build.shelf import Recent, Shelf
from treatygraph.model.errors import UsageError

__all__ = ["SCOPES", "Between", "Ended", "Question", "Remaining", "Signed", "between"]

_OPEN = "9999-12-31"
_Made = TypeVar("_Made")
SCOPES = ("any", "bilateral", "multilateral")


def between(shelf: Shelf, first: str, second: str, question: Question) -> Between:
    """Answer ``question`` about the powers called ``first`` and ``second``.

    Raises:
        UnknownName: a power, topic or reading is not on record.
        UsageError: both are the same power, or one did not exist.
    """
    from treatygraph.answers.wording import sentence_between

    sides = side(shelf, first, question.on), side(shelf, second, question.on)
    if sides[0].id == sides[1].id:
        raise UsageError(f"'{first}' and '{second}' are both {sides[0].title}; name two powers.")
    asked = Question(
        (sides[0].id, sides[1].id), question.on, question.known, question.reading, question.topic, question.scope,
        question.binding,
    )  # fmt: skip
    found = _held(shelf, sides, asked)
    notes = dict.fromkeys((*(note for one in sides for note in one.notes), *found.notes))
    answer = sentence_between(sides, asked, found.instruments)
    return Between(answer, asked, found.instruments, found.signed, found.ended, found.pledges, tuple(notes))


class _Held(NamedTuple):
    """All of an answer that stays as it is until the next day on which anything changes."""

    instruments: tuple[Remaining, ...]
    signed: tuple[Signed, ...]
    ended: tuple[Ended, ...]
    pledges: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]


def _held(shelf: Shelf, sides: tuple[Side, Side], question: Question) -> _Held:
    """What holds two sides on a day, made once for all days up to the next turning day."""
    turned = bisect_right(turning_days(shelf, sides, question.reading), question.on.isoformat())
    asked = (
        "held", question.states, sides[0].lines, sides[1].lines, question.reading, question.topic, question.scope,
        question.binding, turned,
    )  # fmt: skip
    made: _Held | None = shelf.recent.get(asked)
    if made is None:
        found = _Comparison(shelf, sides, question)
        made = shelf.recent[asked] = _Held(
            found.remaining(), found.signed(), found.ended(), found.pledges(), found.notes()
        )
    return made


class _Verdict(NamedTuple):
    """What one instrument is between two sides; it stays so until the instrument's own next turning day."""

    remaining: Remaining | None = None
    ended: Ended | None = None
    unproven: tuple[str, ...] = ()


class _Courses(Recent):
    """What has been found of single instruments, for the pairs of sides that were asked about last."""

    LIMIT = 64


_NOTHING = _Verdict()


class _Comparison:
    """Two sides on one day."""

    def __init__(self, shelf: Shelf, sides: tuple[Side, Side], question: Question) -> None:
        self._shelf, self._sides, self._question = shelf, sides, question
        self._on = question.on.isoformat()
        self._topics = _topics(shelf, question.topic)
        self._courses = _courses(shelf, sides, question.reading)
        self._unproven: list[str] = []
        self._remaining: dict[str, Remaining] = {}
        self._ended: list[Ended] = []
        for name, stretches in pairings(shelf, sides, question.reading).items():
            self._sort_in(name, stretches)

    def _wanted(self, brief: dict[str, Any]) -> bool:
        question = self._question
        if self._topics is not None and self._topics.isdisjoint(brief["topics"]):
            return False
        if question.scope != "any" and (brief["scope"] == "bilateral") != (question.scope == "bilateral"):
            return False
        return not question.binding or brief["binding"] is True

    def _sort_in(self, name: str, stretches: Sequence[Stretch]) -> None:
        brief = self._shelf.get("brief", name)
        if brief["scope"] == "unilateral" or not self._wanted(brief):
            return
        verdict: _Verdict = self._unchanging(
            ("held", name),
            lambda: turning_days_of(self._shelf, name, stretches),
            lambda: self._verdict(name, stretches),
        )
        self._unproven += verdict.unproven
        if verdict.remaining:
            self._remaining[name] = verdict.remaining
        elif verdict.ended:
            self._ended.append(verdict.ended)

    def _unchanging(self, what: tuple[str, str], days: Callable[[], Iterable[str]], make: Callable[[], _Made]) -> _Made:
        """What is made of one instrument on the day, made once for all days up to its next turning day."""
        course = self._courses.get(what)
        if course is None:
            course = self._courses[what] = (sorted(set(days())), {})
        turned = bisect_right(course[0], self._on)
        if turned not in course[1]:
            course[1][turned] = make()
        found: _Made = course[1][turned]
        return found

    def _verdict(self, name: str, stretches: Sequence[Stretch]) -> _Verdict:
        brief, on = self._shelf.get("brief", name), self._on
        now = [stretch for stretch in stretches if stretch.start <= on < stretch.end]
        denied = [denial(self._shelf, name, stretch, on) for stretch in now]
        unproven = tuple(filter(None, denied))
        now = [stretch for stretch, reason in zip(now, denied, strict=True) if not reason]
        if now:
            return _Verdict(self._still(name, brief, now), None, unproven)
        past = [stretch for stretch in stretches if stretch.end <= on]
        if past:
            return _Verdict(None, _gone(name, brief, max(past, key=lambda stretch: stretch.end)), unproven)
        return _Verdict(None, None, unproven) if unproven else _NOTHING

    def remaining(self) -> tuple[Remaining, ...]:
        """The instruments in force between the sides, what binds first, parts under their parents."""
        found = self._remaining
        children: dict[str | None, list[str]] = {}
        for name, item in found.items():
            parent = next((parent for parent in item.parents if parent in found), None)
            children.setdefault(parent, []).append(name)
        tops = (_with_parts(found[name], children, found) for name in children.get(None, ()))
        return tuple(sorted(tops, key=_rank))

    def _still(self, name: str, brief: dict[str, Any], now: Sequence[Stretch]) -> Remaining:
        rows = list(dict.fromkeys(row for stretch in now for row in (stretch.first, stretch.second)))
        flags = list(dict.fromkeys(flag for stretch in now for flag in flags_between(stretch, self._on)))
        last = max((stretch.ending for stretch in now), key=lambda row: row.end)
        return Remaining(
            id=name,
            title=brief["title"],
            kind=brief["kind"],
            scope="bilateral" if brief["scope"] == "bilateral" else "multilateral",
            topics=tuple(brief["topics"]),
            binding=brief["binding"],
            since=min(stretch.since for stretch in now),
            until=last.until if last.end < _OPEN else "",
            standing=self._standing(rows),
            flags=tuple(sorted({flag.flag for flag in flags})),
            sources=tuple(dict.fromkeys((*brief["sources"], *(s for row in rows[:8] for s in row.sources)))),
            details=tuple(_detail(flag) for flag in flags if flag.flag != "by-succession"),
            unverified=any(_is_recall(row.sources) for row in rows),
            parents=tuple(brief["parents"]),
        )

    def _standing(self, rows: Sequence[Bearing]) -> dict[str, str]:
        """The standing of each member, under the code that the side was asked by."""
        held = {row.state: row.standing for row in rows}
        found: dict[str, str] = {}
        for one in self._sides:
            for member, chain in zip(one.members, one.lines, strict=True):
                for code in chain:
                    if code in held:
                        found[member] = held[code]
        return found

    def signed(self) -> tuple[Signed, ...]:
        """What both have signed or consented to and does not bind both, in order of id."""
        found = []
        for name, rows in signed_by_both(self._shelf, self._sides, self._question.reading).items():
            if name not in self._remaining and self._wanted(self._shelf.get("brief", name)):
                found.append(self._unchanging(("signed", name), *self._by_both(name, rows)))
        return tuple(one for one in found if one)

    def _by_both(
        self, name: str, rows: Sequence[Sequence[Bearing]]
    ) -> tuple[Callable[[], Iterable[str]], Callable[[], Signed | None]]:
        """When what both have signed can change, and how it is made."""

        def made() -> Signed | None:
            alone = signed_alone(rows, self._on)
            return self._signed(name, self._shelf.get("brief", name), alone) if alone else None

        return lambda: ends_of(row for side in rows for row in side), made

    def _signed(self, name: str, brief: dict[str, Any], rows: Sequence[Bearing]) -> Signed:
        return Signed(
            id=name,
            title=brief["title"],
            kind=brief["kind"],
            scope=brief["scope"],
            topics=tuple(brief["topics"]),
            standing=self._standing(rows),
            flags=tuple(sorted({flag.flag for row in rows for flag in row.flags_on(self._on)} - {"contested"})),
            sources=tuple(dict.fromkeys((*brief["sources"], *(s for row in rows[:8] for s in row.sources)))),
            unverified=any(_is_recall(row.sources) for row in rows),
        )

    def ended(self) -> tuple[Ended, ...]:
        """What held both before the day and does so no more, the latest first."""
        return tuple(sorted(self._ended, key=lambda item: (item.until, item.id), reverse=True))

    def pledges(self) -> tuple[dict[str, Any], ...]:
        """One-sided commitments of either power that stand on the day: they bind nobody else."""
        rows = [row for one in self._sides for row in unilateral(self._shelf, one, self._question.reading)]
        return tuple(self._pledge(row) for row in rows if row.on(self._on) and self._wanted(self._brief(row)))

    def _brief(self, row: Bearing) -> dict[str, Any]:
        found: dict[str, Any] = self._shelf.get("brief", row.instrument)
        return found

    def _pledge(self, row: Bearing) -> dict[str, Any]:
        brief = self._brief(row)
        return {
            "id": row.instrument,
            "title": brief["title"],
            "by": row.state,
            "since": row.since,
            "until": row.until or None,
            "topics": list(brief["topics"]),
            "flags": sorted({flag.flag for flag in row.flags_on(self._on)}),
            "unverified": _is_recall(row.sources),
            "sources": list(row.sources),
        }

    def notes(self) -> tuple[str, ...]:
        """What the reader must know: who is not bound to whom, coverage, what rests on general knowledge."""
        found = sorted(set(self._unproven))
        listed = sorted(self._remaining)
        short: dict[str, list[str]] = {}
        for name in listed:
            brief = self._shelf.get("brief", name)
            if brief["gap"]:
                found.append(f"ledger of {name} incomplete: {brief['gap']}")
            elif brief["coverage"] and brief["coverage"] < self._on:
                short.setdefault(brief["coverage"], []).append(name)
        found += [_coverage(through, names) for through, names in sorted(short.items())]
        recall = [name for name in listed if self._remaining[name].unverified]
        if recall:
            found.append(f"unverified (general knowledge): {', '.join(recall)}")
        return tuple(dict.fromkeys(found))


def _courses(shelf: Shelf, sides: tuple[Side, Side], reading: str) -> dict[tuple[str, str], tuple[list[str], Any]]:
    """What was found of single instruments between two sides: the days on which each turns, and what it is between."""
    kept: _Courses = shelf.memo.setdefault("courses", _Courses())
    asked = (*((one.members, one.lines) for one in sides), reading)
    found: dict[tuple[str, str], tuple[list[str], Any]] | None = kept.get(asked)
    if found is None:
        found = kept[asked] = {}
    return found


def _coverage(through: str, names: Sequence[str]) -> str:
    return f"ledger{'' if len(names) == 1 else 's'} of {', '.join(names)} complete through {through}"


def _gone(name: str, brief: dict[str, Any], stretch: Stretch) -> Ended:
    last = stretch.ending
    return Ended(
        id=name,
        title=brief["title"],
        until=last.until or last.end,
        because=last.reason or "ended",
        sources=last.ending_sources or tuple(brief["sources"]),
        binding=brief["binding"],
        topics=tuple(brief["topics"]),
        unverified=_is_recall(last.ending_sources),
    )


def _is_recall(sources: Sequence[str]) -> bool:
    """Whether nothing but general knowledge stands behind it."""
    return bool(sources) and all(source == "recall" for source in sources)


def _topics(shelf: Shelf, topic: str | None) -> set[str] | None:
    if topic is None:
        return None
    found = shelf.get("topic", topic)
    if found is None:
        from treatygraph.model.names import unknown

        raise unknown("topic", topic, [(name.replace("-", " "), name) for name, _ in shelf.all("topic")])
    return set(found)


def _detail(flag: BearingFlag) -> dict[str, Any]:
    found: dict[str, Any] = {"flag": flag.flag, "by": flag.by, "since": flag.start}
    found["until"] = flag.end if flag.end < _OPEN else None
    for key in ("against", "accepted_by", "rejected_by"):
        if getattr(flag, key):
            found[key] = list(getattr(flag, key))
    return found


def _with_parts(item: Remaining, children: dict[str | None, list[str]], found: dict[str, Remaining]) -> Remaining:
    parts = tuple(_with_parts(found[name], children, found) for name in children.get(item.id, ()))
    return item._replace(parts=parts) if parts else item


def _rank(item: Remaining) -> tuple[bool, bool, str, str]:
    """What binds first, bilateral before multilateral, the oldest first."""
    return item.binding is not True, item.scope != "bilateral", item.since, item.id
