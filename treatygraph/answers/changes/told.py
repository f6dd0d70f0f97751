"""The answers that are others now: how an instrument stands, and what remains between powers that many ask about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from treatygraph.answers.between import Between, Question, between
from treatygraph.answers.changes.items import AnswerChange
from treatygraph.answers.changes.sides import Side, Wanted
from treatygraph.answers.citation.works import command
from treatygraph.answers.status import status
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError

__all__ = ["answers_changed"]

_DESK: Final = "nuclear-armed"
"""The group whose pairs are asked about where no state is named."""
_STATUSES: Final = 40
"""Of at most so many instruments the sentence is told before and after: of more, the lists say it better."""


def answers_changed(before: Side, after: Side, wanted: Wanted, changed: Collection[str]) -> tuple[AnswerChange, ...]:
    """The answers that say another thing on the later side, first what remains between two powers.

    Args:
        before: the earlier side.
        after: the later side.
        wanted: whom and what is asked about: with a state, its pairs with the nuclear-armed states.
        changed: the instruments under which something changed; where they are many, only pairs are asked.
    """
    if not changed:
        return ()
    changes = list(_pairs(before, after, wanted))
    if len(changed) <= _STATUSES:
        changes += _statuses(before, after, wanted, sorted(changed))
    return tuple(changes)


def _pairs(before: Side, after: Side, wanted: Wanted) -> Iterator[AnswerChange]:
    desk = [row.state for row in after.index.memberships(_DESK) if row.holds_on(after.on)]
    whom = sorted(wanted.codes & set(after.index.existences())) if wanted.codes else []
    alive = [code for code in whom if _lives(after.index, code, after)]
    pairs = [(a, b) for a in alive for b in desk if a != b] if wanted.codes else list(combinations(sorted(desk), 2))
    for first, second in dict.fromkeys(pairs):
        question = Question((first, second), after.on, topic=wanted.scope.topic or None, reading=wanted.scope.reading)
        try:
            was = between(before.index, first, second, replace(question, on=before.on), before.on)
            now = between(after.index, first, second, question, after.on)
        except UsageError:  # one was not there on one of the days
            continue
        if _content(was, wanted) != _content(now, wanted):
            words = command("between", first, second, on=after.on.isoformat(), topic=wanted.scope.topic)
            yield AnswerChange(words, was.answer, now.answer)


def _lives(index: Index, code: str, side: Side) -> bool:
    life = index.existence(code)
    return life is not None and life.on(side.on.isoformat())


def _content(answer: Between, wanted: Wanted) -> tuple[frozenset[str], frozenset[str]]:
    """What the answer rests on, whatever the day in its sentence."""
    held = (item.id for top in answer.instruments for item in (top, *top.parts))
    doubtful = (item.id for item in answer.not_known)
    return frozenset(name for name in held if name in wanted.names), frozenset(
        name for name in doubtful if name in wanted.names
    )


def _statuses(before: Side, after: Side, wanted: Wanted, names: Collection[str]) -> Iterator[AnswerChange]:
    reading = wanted.scope.reading
    for name in names:
        if not all(name in side.index.summaries() for side in (before, after)):
            continue
        was, now = (
            status(side.index, name, side.on, reading=reading, known=side.known, today=side.on)
            for side in (before, after)
        )
        if (was.status, was.counts, was.counts_complete) != (now.status, now.counts, now.counts_complete):
            yield AnswerChange(command("status", name, on=after.on.isoformat()), was.answer, now.answer)
