"""What remains between two powers on a day, what has ended since and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from treatygraph.answers.bearings import Bearing, BearingFlag, bearings, changes, origin_of
from treatygraph.answers.sides import Side, side
from treatygraph.shelf import Shelf
from treatygraph.errors import UsageError
from treatygraph.vocabulary import DEPOSITARY

__all__ = ["Between", "Ended", "Question", "Remaining", "between"]

SCOPES = ("any", "bilateral", "multilateral")


@dataclass(frozen=True)
class Question:
    """What was asked."""

    states: tuple[str, str]
    on: date
    known: date | None = None
    reading: str = DEPOSITARY
    topic: str | None = None
    scope: str = "any"
    binding: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The question as JSON gives it back."""
        return {
            "states": list(self.states),
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "reading": self.reading,
            "topic": self.topic,
            "scope": self.scope,
            "binding": self.binding,
        }


@dataclass(frozen=True)
class Remaining:
    """An instrument that holds both powers on the day."""

    id: str
    title: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    binding: bool | None
    since: str
    until: str
    standing: dict[str, str]
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    details: tuple[dict[str, Any], ...] = ()
    unverified: bool = False
    parts: tuple[Remaining, ...] = ()
    parents: tuple[str, ...] = field(default=(), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one instrument."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "scope": self.scope,
            "topics": list(self.topics),
            "binding": self.binding,
            "since": self.since,
            "until": self.until or None,
            "standing": dict(self.standing),
            "flags": list(self.flags),
            "details": [dict(item) for item in self.details],
            "unverified": self.unverified,
            "sources": list(self.sources),
            "parts": [part.to_dict() for part in self.parts],
        }


@dataclass(frozen=True)
class Ended:
    """An instrument that held both powers before the day, and no longer does."""

    id: str
    title: str
    until: str
    because: str
    sources: tuple[str, ...]
    binding: bool | None
    topics: tuple[str, ...]
    unverified: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one ended instrument."""
        return {
            "id": self.id,
            "title": self.title,
            "until": self.until,
            "because": self.because,
            "binding": self.binding,
            "topics": list(self.topics),
            "unverified": self.unverified,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Between:
    """The answer: a sentence, what remains, what ended, what to know about it."""

    answer: str
    question: Question
    instruments: tuple[Remaining, ...]
    ended: tuple[Ended, ...]
    pledges: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        return {
            "answer": self.answer,
            "question": self.question.to_dict(),
            "instruments": [item.to_dict() for item in self.instruments],
            "ended": [item.to_dict() for item in self.ended],
            "pledges": [dict(item) for item in self.pledges],
            "notes": list(self.notes),
        }

    def to_frame(self) -> Any:
        """One row per instrument and part, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [item.to_dict() for top in self.instruments for item in (top, *top.parts)]
        return pandas.DataFrame(rows).drop(columns=["parts", "details"], errors="ignore")


def between(shelf: Shelf, first: str, second: str, question: Question) -> Between:
    """Answer ``question`` about the powers called ``first`` and ``second``.

    Raises:
        UnknownName: a power, topic or reading is not on record.
        UsageError: both are the same power, or one did not exist.
    """
    from treatygraph.answers.sentences import sentence_between

    sides = side(shelf, first, question.on), side(shelf, second, question.on)
    if sides[0].id == sides[1].id:
        raise UsageError(f"'{first}' and '{second}' are both {sides[0].title}; name two powers.")
    found = _Comparison(shelf, sides, question)
    instruments = found.remaining()
    asked = Question(
        (sides[0].id, sides[1].id), question.on, question.known, question.reading, question.topic, question.scope,
        question.binding,
    )  # fmt: skip
    pledges = found.pledges()
    answer = sentence_between(sides, asked, instruments)
    return Between(answer, asked, instruments, found.ended(), pledges, found.notes(instruments))


class _Pair(NamedTuple):
    """A standing of a member of each side, both binding at the same time."""

    first: Bearing
    second: Bearing

    @property
    def end(self) -> str:
        return min(self.first.end, self.second.end)

    @property
    def ending(self) -> Bearing:
        return self.first if self.first.end <= self.second.end else self.second


class _Comparison:
    """Two sides' standings laid side by side."""

    def __init__(self, shelf: Shelf, sides: tuple[Side, Side], question: Question) -> None:
        self._shelf, self._sides, self._question = shelf, sides, question
        self._on = question.on.isoformat()
        self._topics = _topics(shelf, question.topic)
        self._rows = [[bearings(shelf, chain, question.reading) for chain in one.lines] for one in sides]
        self._held: dict[str, list[tuple[_Pair, str]]] = {}
        self._unproven: list[str] = []

    def _wanted(self, brief: dict[str, Any]) -> bool:
        question = self._question
        if self._topics is not None and not self._topics & set(brief["topics"]):
            return False
        if question.scope != "any" and (brief["scope"] == "bilateral") != (question.scope == "bilateral"):
            return False
        return not question.binding or brief["binding"] is True

    def _briefs(self) -> Iterable[tuple[str, dict[str, Any]]]:
        common = _instruments(self._rows[0]) & _instruments(self._rows[1])
        for name in sorted(common):
            brief = self._shelf.get("brief", name)
            if self._wanted(brief):
                yield name, brief

    def _pairs(self, name: str) -> Iterable[tuple[int, int, list[Bearing], list[Bearing]]]:
        for i, mine in enumerate(self._rows[0]):
            for j, theirs in enumerate(self._rows[1]):
                if name in mine and name in theirs and self._sides[0].members[i] != self._sides[1].members[j]:
                    yield i, j, mine[name], theirs[name]

    def _now(self, name: str) -> list[tuple[_Pair, str]]:
        """The pairs of members that the instrument holds on the day, with the day since when."""
        if name not in self._held:
            self._held[name] = self._find_now(name)
        return self._held[name]

    def _find_now(self, name: str) -> list[tuple[_Pair, str]]:
        found = []
        for _, _, mine, theirs in self._pairs(name):
            pair = _mutual(mine, theirs, self._on)
            if pair and not self._excluded(name, pair):
                since = max(origin_of(mine, pair.first), origin_of(theirs, pair.second))
                found.append((pair, since))
        return found

    def _excluded(self, name: str, pair: _Pair) -> bool:
        """Whether one of the two does not accept the other's participation (R11, R12)."""
        for me, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if me.state not in changes(self._shelf, name):
                continue
            seen = bearings(self._shelf, (other.state,), me.state).get(name, [])
            if not any(row.binds and row.on(self._on) for row in seen):
                self._unproven.append(f"{name}: {me.state} does not accept the participation of {other.state}")
                return True
        return self._objected(name, pair)

    def _objected(self, name: str, pair: _Pair) -> bool:
        for state, when, against in self._shelf.get("objections", name) or ():
            for me, other in ((pair.first, pair.second), (pair.second, pair.first)):
                if state == me.state and other.state in against and when <= self._on:
                    self._unproven.append(f"{name}: {me.state} objected to the participation of {other.state}")
                    return True
        return False

    def remaining(self) -> tuple[Remaining, ...]:
        """The instruments in force between the sides, what binds first, parts under their parents."""
        found = {name: item for name, brief in self._briefs() if (item := self._remaining(name, brief))}
        tops = []
        for name, item in found.items():
            if not set(item.parents) & set(found):
                parts = _parts(name, found)
                tops.append(_with_parts(item, parts))
        return tuple(sorted(tops, key=_rank))

    def _remaining(self, name: str, brief: dict[str, Any]) -> Remaining | None:
        if brief["scope"] == "unilateral":
            return None
        held = self._now(name)
        if not held:
            return None
        pairs = [pair for pair, _ in held]
        rows = list(dict.fromkeys(row for pair in pairs for row in (pair.first, pair.second)))
        flags = [flag for pair in pairs for flag in _flags(pair, self._on)]
        ends = [pair.ending for pair in pairs]
        sources = tuple(dict.fromkeys((*brief["sources"], *(s for row in rows[:8] for s in row.sources))))
        until = max(ends, key=lambda row: row.end)
        return Remaining(
            id=name,
            title=brief["title"],
            kind=brief["kind"],
            scope="bilateral" if brief["scope"] == "bilateral" else "multilateral",
            topics=tuple(brief["topics"]),
            binding=brief["binding"],
            since=min(since for _, since in held),
            until=until.until if until.end < "9999-12-31" else "",
            standing=self._standing(rows),
            flags=tuple(sorted({flag.flag for flag in flags})),
            sources=sources,
            details=tuple(_detail(flag) for flag in dict.fromkeys(flags) if flag.flag != "by-succession"),
            unverified=any(row.sources and all(s == "recall" for s in row.sources) for row in rows),
            parents=tuple(brief["parents"]),
        )

    def _standing(self, rows: Sequence[Bearing]) -> dict[str, str]:
        """The standing of each member, under the code that the side was asked by."""
        found: dict[str, str] = {}
        for one in self._sides:
            for member, chain in zip(one.members, one.lines, strict=True):
                for row in rows:
                    if row.state in chain:
                        found[member] = row.standing
        return found

    def ended(self) -> tuple[Ended, ...]:
        """What held both before the day and does so no more, the latest first."""
        found = []
        for name, brief in self._briefs():
            if brief["scope"] == "unilateral" or self._now(name):
                continue
            past = [pair for _, _, a, b in self._pairs(name) for pair in _past(a, b, self._on)]
            if past:
                found.append(self._ended(name, brief, max(past, key=lambda pair: pair.end)))
        return tuple(sorted(found, key=lambda item: (item.until, item.id), reverse=True))

    def _ended(self, name: str, brief: dict[str, Any], pair: _Pair) -> Ended:
        last = pair.ending
        return Ended(
            id=name,
            title=brief["title"],
            until=last.until or last.end,
            because=last.reason or "ended",
            sources=last.ending_sources or tuple(brief["sources"]),
            binding=brief["binding"],
            topics=tuple(brief["topics"]),
            unverified=bool(last.ending_sources) and all(s == "recall" for s in last.ending_sources),
        )

    def pledges(self) -> tuple[dict[str, Any], ...]:
        """One-sided commitments of either power that stand on the day: they bind nobody else."""
        found = []
        for rows in self._rows:
            for name, mine in sorted((item for member in rows for item in member.items()), key=lambda item: item[0]):
                brief = self._shelf.get("brief", name)
                if brief["scope"] != "unilateral" or not self._wanted(brief):
                    continue
                now = next((row for row in mine if row.binds and row.on(self._on)), None)
                if now:
                    found.append(
                        {
                            "id": name, "title": brief["title"], "by": now.state, "since": now.since,
                            "until": now.until or None, "topics": list(brief["topics"]),
                            "flags": sorted({flag.flag for flag in now.flags_on(self._on)}), "sources": list(now.sources),
                        }
                    )  # fmt: skip
        return tuple(found)

    def notes(self, instruments: Sequence[Remaining]) -> tuple[str, ...]:
        """What the reader must know: continuity, coverage, what rests on general knowledge."""
        found = [note for one in self._sides for note in one.notes]
        found += sorted(set(self._unproven))
        listed = [item for top in instruments for item in (top, *top.parts)]
        for item in listed:
            through = self._shelf.get("brief", item.id)["coverage"]
            if through and through < self._on:
                found.append(f"ledger of {item.id} complete through {through}")
        recall = [item.id for item in listed if item.unverified]
        if recall:
            found.append(f"unverified (general knowledge): {', '.join(recall)}")
        return tuple(dict.fromkeys(found))


def _topics(shelf: Shelf, topic: str | None) -> set[str] | None:
    if topic is None:
        return None
    found = shelf.get("topic", topic)
    if found is None:
        from treatygraph.names import unknown

        raise unknown("topic", topic, [(name.replace("-", " "), name) for name, _ in shelf.all("topic")])
    return set(found)


def _instruments(rows: Iterable[dict[str, list[Bearing]]]) -> set[str]:
    return {name for found in rows for name in found}


def _mutual(mine: Iterable[Bearing], theirs: Iterable[Bearing], when: str) -> _Pair | None:
    first = next((row for row in mine if row.binds and row.on(when)), None)
    second = next((row for row in theirs if row.binds and row.on(when)), None)
    return _Pair(first, second) if first and second else None


def _past(mine: Sequence[Bearing], theirs: Sequence[Bearing], when: str) -> Iterable[_Pair]:
    for first in mine:
        for second in theirs:
            start, end = max(first.start, second.start), min(first.end, second.end)
            if first.binds and second.binds and start < end <= when:
                yield _Pair(first, second)


def _flags(pair: _Pair, when: str) -> Iterable[BearingFlag]:
    """The flags of either standing that concern the other state."""
    for row, other in ((pair.first, pair.second), (pair.second, pair.first)):
        for flag in row.flags_on(when):
            if not flag.against or other.state in flag.against:
                yield flag


def _detail(flag: BearingFlag) -> dict[str, Any]:
    found: dict[str, Any] = {"flag": flag.flag, "by": flag.by, "since": flag.start}
    found["until"] = flag.end if flag.end < "9999-12-31" else None
    for key in ("against", "accepted_by", "rejected_by"):
        if getattr(flag, key):
            found[key] = list(getattr(flag, key))
    return found


def _parts(parent: str, found: dict[str, Remaining]) -> list[Remaining]:
    return [
        _with_parts(item, _parts(name, found)) for name, item in sorted(found.items()) if item.parents[:1] == (parent,)
        or (parent in item.parents and item.parents[0] not in found)
    ]  # fmt: skip


def _with_parts(item: Remaining, parts: Sequence[Remaining]) -> Remaining:
    return replace(item, parts=tuple(parts)) if parts else item


def _rank(item: Remaining) -> tuple[bool, bool, str, str]:
    """What binds first, bilateral before multilateral, the oldest first."""
    return item.binding is not True, item.scope != "bilateral", item.since, item.id
