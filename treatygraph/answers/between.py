"""What remains between two powers on a day, what has ended since and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from treatygraph.answers.between_answer import Between, Ended, NotKnown, Pledge, Question, Remaining, Signed
from treatygraph.answers.edition import edition_of
from treatygraph.answers.reasoning import FlagDetail
from treatygraph.bonds.pairs import (
    Bond,
    MutualInterval,
    Powers,
    bound_on,
    change_points,
    change_points_of,
    ends_of,
    flags_between,
    mutual,
    signed_alone,
    signed_by_both,
    unilateral,
)
from treatygraph.bonds.piecewise import Piecewise
from treatygraph.bonds.powers import power
from treatygraph.bonds.topics import topics_under
from treatygraph.bonds.unknowns import turns, unknowns
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import OPEN_TEXT
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.index_records import Exclusion, FlagRow, StandingRow, Summary
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["SCOPES", "Between", "Ended", "NotKnown", "Question", "Remaining", "Signed", "between"]

SCOPES = ("any", "bilateral", "multilateral")


def between(index: Index, first: str, second: str, question: Question, today: date | None = None) -> Between:
    """Answer ``question`` about the powers called ``first`` and ``second``.

    Args:
        index: the built graph.
        first: a state or group, by any of its names.
        second: the other one.
        question: the day and what is wanted.
        today: the day of the one who asks, after which an answer is in the conditional; None: that of the edition.

    Raises:
        UnknownName: a power, topic, scope or reading is not on record.
        UsageError: both are the same power, or one did not exist.
    """
    from treatygraph.answers.between_wording import sentence_between, title_between

    if question.scope not in SCOPES:
        raise UnknownName("scope", question.scope, SCOPES)
    powers = power(index, first, question.on), power(index, second, question.on)
    if powers[0].id == powers[1].id:
        raise UsageError(f"'{first}' and '{second}' are both {powers[0].title}; name two powers.")
    asked = replace(question, states=(powers[0].id, powers[1].id))
    parts = _parts(index, powers, asked)
    notes = dict.fromkeys((*(note for one in powers for note in one.notes), *parts.notes))
    answer = sentence_between(index, powers, asked, parts.instruments, parts.not_known, today)
    return Between(
        answer, asked, parts.instruments, parts.not_known, parts.signed, parts.ended, parts.pledges, tuple(notes),
        edition_of(index), title_between(powers, asked),
    )  # fmt: skip


class _Parts(NamedTuple):
    """All of an answer that stays as it is until the next change point."""

    instruments: tuple[Remaining, ...]
    signed: tuple[Signed, ...]
    ended: tuple[Ended, ...]
    pledges: tuple[Pledge, ...]
    notes: tuple[str, ...]
    not_known: tuple[NotKnown, ...]


def _parts(index: Index, powers: Powers, question: Question) -> _Parts:
    key = (
        "between", question.states, powers[0].continuities, powers[1].continuities, question.reading, question.topic,
        question.scope, question.binding,
    )  # fmt: skip
    pieces: Piecewise[_Parts] = index.recent(
        key,
        lambda: Piecewise((*change_points(index, powers, question.reading), *turns(index, powers, question.reading))),
        _PAIRS,
    )
    return pieces.at(question.on.isoformat(), lambda: _Comparison(index, powers, question).parts())


class _Verdict(NamedTuple):
    """What one instrument is between two powers; it stays so until the instrument's own next change point."""

    remaining: Remaining | None = None
    ended: Ended | None = None
    excluded: tuple[Exclusion, ...] = ()


_NOTHING = _Verdict()
_PAIRS = 256
"""For how many pairs the pieces of their answers are kept: those of one, asked on every day, take some 300 kB."""


class _Pieces(NamedTuple):
    """Instrument by instrument, what it is between two powers over time."""

    bound: dict[str, Piecewise[_Verdict]]
    signed: dict[str, Piecewise[Signed | None]]


class _Comparison:
    """Two powers on one day."""

    def __init__(self, index: Index, powers: Powers, question: Question) -> None:
        self._index, self._powers, self._question = index, powers, question
        self._on = question.on.isoformat()
        self._topics = topics_under(index, question.topic)
        members = tuple((one.members, one.continuities) for one in powers)
        self._pieces = index.recent(("pieces", members, question.reading), lambda: _Pieces({}, {}), _PAIRS)
        self._excluded: list[Exclusion] = []
        self._held: set[str] = set()
        self._remaining: dict[str, Remaining] = {}
        self._ended: list[Ended] = []
        self._unknown = {row.instrument: row for row in unknowns(index, powers, question.reading, question.on)}
        for name, bond in mutual(index, powers, question.reading).items():
            self._sort_in(name, bond)

    def parts(self) -> _Parts:
        """All that was found."""
        not_known = self.not_known()
        return _Parts(self.remaining(), self.signed(), self.ended(), self.pledges(), self.notes(), not_known)

    def _wanted(self, summary: Summary, scope: str = "") -> bool:
        """Whether an instrument is asked for; ``scope`` is that of the day where it may differ from the card's."""
        question = self._question
        if self._topics is not None and self._topics.isdisjoint(summary.topics):
            return False
        if question.scope != "any" and ((scope or summary.scope) == "bilateral") != (question.scope == "bilateral"):
            return False
        return not question.binding or summary.binding is True

    def _sort_in(self, name: str, bond: Bond) -> None:
        summary = self._index.summary(name)
        if summary.scope == "unilateral" or not self._wanted(summary, self._question.scope):
            return
        pieces = self._pieces.bound.get(name)
        if pieces is None:
            pieces = self._pieces.bound[name] = Piecewise(change_points_of(bond))
        verdict = pieces.at(self._on, lambda: self._verdict(summary, bond))
        self._excluded += verdict.excluded
        if verdict.remaining:
            self._held.add(name)
            if self._wanted(summary, verdict.remaining.scope):
                self._remaining[name] = self._with_doubts(verdict.remaining)
        elif verdict.ended and self._wanted(summary):
            self._ended.append(verdict.ended._replace(contested=tuple(self._holding_otherwise(name))))

    def _holding_otherwise(self, name: str) -> Iterator[str]:
        """Under whose reading an instrument that has ended between the two still holds them (rule K11)."""
        for reading in (DEPOSITARY, *self._index.disputes(name)) if self._index.disputes(name) else ():
            bond = mutual(self._index, self._powers, reading).get(name)
            if reading != self._question.reading and bond and bond.on(self._on):
                yield reading

    def _with_doubts(self, item: Remaining) -> Remaining:
        """Of groups, with the members of whom the record cannot say whether it holds them too."""
        row = self._unknown.get(item.id)
        if row is None or not item.members:
            return item
        groups = {member for one in self._powers if one.is_group for member in one.members}
        return item._replace(open_members=tuple(sorted(groups.intersection(row.about).difference(item.members))))

    def _verdict(self, summary: Summary, bond: Bond) -> _Verdict:
        now = bond.on(self._on)
        excluded = tuple(part.exclusion for part in bond.excluded if part.on(self._on))
        if now:
            return _Verdict(self._still(summary, now), None, excluded)
        past = [interval for interval in bond.intervals if interval.end <= self._on and not interval.excluded_at]
        if past:
            return _Verdict(None, _gone(summary, max(past, key=lambda interval: interval.end)), excluded)
        return _Verdict(None, None, excluded) if excluded else _NOTHING

    def remaining(self) -> tuple[Remaining, ...]:
        """The instruments in force between the sides, what binds first, parts under their parents."""
        lines = self._remaining
        children: dict[str | None, list[str]] = {}
        for name, item in lines.items():
            parent = next((parent for parent in item.parents if parent in lines), None)
            children.setdefault(parent, []).append(name)
        tops = (_with_parts(lines[name], children, lines) for name in children.get(None, ()))
        return tuple(sorted(tops, key=_rank))

    def _still(self, summary: Summary, now: Sequence[MutualInterval]) -> Remaining:
        rows = list(dict.fromkeys(row for interval in now for row in (interval.first, interval.second)))
        flags = list(dict.fromkeys(flag for item in now for flag in flags_between(item.first, item.second, self._on)))
        last = max((interval.ending for interval in now), key=lambda row: row.end)
        return Remaining(
            id=summary.id,
            title=summary.title,
            kind=summary.kind,
            scope=self._scope(summary, rows),
            topics=tuple(summary.topics),
            binding=summary.binding,
            since=min(interval.since for interval in now),
            until=last.until if last.end < OPEN_TEXT else "",
            standing=self._standing(rows),
            flags=tuple(sorted({flag.flag for flag in flags})),
            sources=tuple(dict.fromkeys((*summary.sources, *(s for row in rows[:8] for s in row.sources)))),
            details=tuple(_detail(flag) for flag in flags if flag.flag != "by-succession"),
            unverified=any(is_recall(row.sources) for row in rows),
            parents=tuple(summary.parents),
            members=self._members(rows),
            open_members=(),
        )

    def _scope(self, summary: Summary, rows: Sequence[StandingRow]) -> str:
        """By who is bound on the day: an instrument made between two may have come to bind more (START I)."""
        if summary.scope != "bilateral":
            return "multilateral"
        pair = {row.state for row in rows}
        bound = {item.code for item in bound_on(self._index, summary.id, self._question.reading, self._question.on)}
        return "bilateral" if len(bound | pair) == 2 else "multilateral"

    def _members(self, rows: Sequence[StandingRow]) -> tuple[str, ...]:
        """The members of groups whose standings these are."""
        if not any(one.is_group for one in self._powers):
            return ()
        states = {row.state for row in rows}
        return tuple(
            sorted({
                member
                for one in self._powers if one.is_group
                for member, codes in zip(one.members, one.continuities, strict=True) if not states.isdisjoint(codes)
            })
        )  # fmt: skip

    def not_known(self) -> tuple[NotKnown, ...]:
        """What may hold both and is not known to, what binds first, in order of id."""
        rows = [(name, row) for name, row in self._unknown.items() if name not in self._held]
        self._index.load_summaries(name for name, _ in rows)
        items = [(row, self._index.summary(name)) for name, row in rows]
        unknown = (
            NotKnown(item.id, item.title, item.kind, item.scope, item.binding, item.topics, row.about, row.why,
                     item.parents)
            for row, item in items if item.scope != "unilateral" and self._wanted(item)
        )  # fmt: skip
        return tuple(sorted(unknown, key=lambda item: (item.binding is not True, item.id)))

    def _standing(self, rows: Sequence[StandingRow]) -> dict[str, str]:
        """The standing of each member, under the code that the power was asked by."""
        held = {row.state: row.standing for row in rows}
        standings: dict[str, str] = {}
        for one in self._powers:
            for member, continuity in zip(one.members, one.continuities, strict=True):
                for code in continuity:
                    if code in held:
                        standings[member] = held[code]
        return standings

    def signed(self) -> tuple[Signed, ...]:
        """What both have signed or consented to and does not bind both, in order of id."""
        rows = signed_by_both(self._index, self._powers, self._question.reading).items()
        wanted = (item for item in rows if item[0] not in self._remaining)
        signed = (
            self._signed_alone(name, of_both) for name, of_both in wanted if self._wanted(self._index.summary(name))
        )
        return tuple(item for item in signed if item)

    def _signed_alone(self, name: str, rows: Sequence[Sequence[StandingRow]]) -> Signed | None:
        pieces = self._pieces.signed.get(name)
        if pieces is None:
            pieces = self._pieces.signed[name] = Piecewise(ends_of(row for of_one in rows for row in of_one))

        def make() -> Signed | None:
            alone = signed_alone(rows, self._on)
            return self._signed(self._index.summary(name), alone) if alone else None

        return pieces.at(self._on, make)

    def _signed(self, summary: Summary, rows: Sequence[StandingRow]) -> Signed:
        return Signed(
            id=summary.id,
            title=summary.title,
            kind=summary.kind,
            scope=summary.scope,
            topics=tuple(summary.topics),
            standing=self._standing(rows),
            flags=tuple(sorted({flag.flag for row in rows for flag in row.flags_on(self._on)} - {"contested"})),
            sources=tuple(dict.fromkeys((*summary.sources, *(s for row in rows[:8] for s in row.sources)))),
            unverified=any(is_recall(row.sources) for row in rows),
        )

    def ended(self) -> tuple[Ended, ...]:
        """What held both before the day and does so no more, the latest first."""
        return tuple(sorted(self._ended, key=lambda item: (item.until, item.id), reverse=True))

    def pledges(self) -> tuple[Pledge, ...]:
        """One-sided commitments of either power that stand on the day: they bind nobody else."""
        rows = [row for one in self._powers for row in unilateral(self._index, one, self._question.reading)]
        return tuple(
            self._pledge(row) for row in rows if row.on(self._on) and self._wanted(self._index.summary(row.instrument))
        )

    def _pledge(self, row: StandingRow) -> Pledge:
        summary = self._index.summary(row.instrument)
        return {
            "id": row.instrument,
            "title": summary.title,
            "by": row.state,
            "since": row.since,
            "until": row.until or None,
            "topics": list(summary.topics),
            "flags": sorted({flag.flag for flag in row.flags_on(self._on)}),
            "unverified": is_recall(row.sources),
            "sources": list(row.sources),
        }

    def notes(self) -> tuple[str, ...]:
        """What the reader must know: who is not bound to whom, coverage, what rests on general knowledge."""
        from treatygraph.answers.between_notes import notes_of

        return notes_of(self._index, self._excluded, self._remaining, self._on)


def _gone(summary: Summary, interval: MutualInterval) -> Ended:
    last = interval.ending
    return Ended(
        id=summary.id,
        title=summary.title,
        until=last.until or last.end,
        because=last.reason or "ended",
        sources=last.ending_sources or tuple(summary.sources),
        binding=summary.binding,
        topics=tuple(summary.topics),
        unverified=is_recall(last.ending_sources),
    )


def _detail(flag: FlagRow) -> FlagDetail:
    until = flag.end if flag.end < OPEN_TEXT else None
    detail: FlagDetail = {"flag": flag.flag, "by": flag.by, "since": flag.start, "until": until}
    if flag.against:
        detail["against"] = list(flag.against)
    if flag.accepted_by:
        detail["accepted_by"] = list(flag.accepted_by)
    if flag.rejected_by:
        detail["rejected_by"] = list(flag.rejected_by)
    return detail


def _with_parts(item: Remaining, children: dict[str | None, list[str]], remaining: dict[str, Remaining]) -> Remaining:
    parts = tuple(_with_parts(remaining[name], children, remaining) for name in children.get(item.id, ()))
    return item._replace(parts=parts) if parts else item


def _rank(item: Remaining) -> tuple[bool, bool, str, str]:
    """What binds first, bilateral before multilateral, the oldest first."""
    return item.binding is not True, item.scope != "bilateral", item.since, item.id
