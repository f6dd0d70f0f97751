"""Claims that nothing is left between two powers, or that there was none, or some, since a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - as in the room's other modules
from datetime import timedelta

from treatygraph.answers.between import Question, between
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.standings import day_of
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
    capital,
)
from treatygraph.answers.wording import listed, number, topic_name
from treatygraph.bonds.pairs import mutual
from treatygraph.bonds.powers import power
from treatygraph.model.dates import Span, long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["none_left", "since_when"]

_SHOWN = 5
_LATELY = timedelta(days=366)
_BESIDE = timedelta(days=2 * 366)


def none_left(evidence: Evidence, draft: Draft) -> Held:
    """``none-left``: whether nothing that binds two powers is left on a day, of a topic and a scope if given."""
    on, topic, scope = day_of(evidence, draft), draft.get("topic"), draft.get("scope") or "any"
    first, second = draft.many("states")
    question = Question((first, second), on, evidence.known, topic=topic or None, scope=scope, binding=True)
    try:
        there = between(evidence.index, first, second, question).instruments
    except UsageError as problem:  # a state that did not exist that day: nothing can be counted
        return Held(NOT_ON_RECORD, str(problem))
    powers = " and ".join(evidence.named(state) for state in draft.many("states"))
    what = f"{'' if scope == 'any' else scope + ' '}binding instrument{'' if len(there) == 1 else 's'}"
    what += f" on {topic_name(topic)}" if topic else ""
    text = f"On {long_form(on)}, {number(len(there))} {what} held {powers}"
    text += (
        f": {listed([item.title for item in there[:_SHOWN]])}{' and others' if len(there) > _SHOWN else ''}."
        if there
        else "."
    )
    proofs = tuple(Proof(item.id, "the instrument", tuple(item.sources)) for item in there[:_SHOWN])
    return Held(CONTRADICTED if there else CONFIRMED, capital(text), proofs)


@dataclass(frozen=True)
class _Block:
    """A time without a gap in which something held both."""

    start: Day
    end: Day
    instruments: tuple[str, ...]


def since_when(evidence: Evidence, draft: Draft) -> Held:
    """``since-when``: whether there is none for the first time since then, or was always some.

    It depends where there were gaps: none for the first time since the first began, yet not without a break.
    """
    on, since = day_of(evidence, draft), Span.parse(draft.get("since"))
    try:
        blocks = _blocks(evidence, draft, on)
    except UsageError as problem:
        return Held(NOT_ON_RECORD, str(problem))
    text = _told(evidence, draft, blocks)
    proofs = tuple(
        Proof(f"{name}#life", "the instrument", ()) for block in blocks[-2:] for name in block.instruments[:_SHOWN]
    )
    if not blocks:
        return Held(CONTRADICTED, text)
    now = blocks[-1].end > on
    if draft.get("what") == "none" and now:
        return Held(CONTRADICTED, text, proofs)
    if draft.get("what") == "some" and not now and on - blocks[-1].end > _LATELY:
        return Held(CONTRADICTED, text, proofs)
    whole, ever = (_began(since, block.start) for block in (blocks[-1], blocks[0]))
    definitions = (
        Definition(definition="without a break", holds=whole == CONFIRMED, since=blocks[-1].start.isoformat()),
        Definition(
            definition="since the first, gaps not counted",
            holds=ever == CONFIRMED,
            since=blocks[0].start.isoformat(),
        ),
    )
    if whole == CONFIRMED:
        return Held(CONFIRMED, text, proofs)
    if ever == CONFIRMED:
        return Held(DEPENDS, text, proofs, definitions)
    return Held(IMPRECISE if IMPRECISE in (whole, ever) else CONTRADICTED, text, proofs, definitions)


def _began(since: Span, start: Day) -> str:
    if since.earliest <= start <= since.latest:
        return CONFIRMED
    gap = max(since.earliest - start, start - since.latest)
    return IMPRECISE if gap <= _BESIDE else CONTRADICTED


def _blocks(evidence: Evidence, draft: Draft, on: Day) -> list[_Block]:
    """The times without a gap, up to a day, in which something binding held both, in order."""
    index = evidence.index
    first, second = (power(index, state, on) for state in draft.many("states"))
    wanted = evidence.topics(draft.get("topic")) if draft.get("topic") else None
    spans = [
        (stretch.start, stretch.end, name)
        for name, bond in mutual(index, (first, second), DEPOSITARY).items()
        if evidence.counts(name, wanted, draft.get("scope") or "any")
        for stretch in bond.intervals
        if stretch.start <= on.isoformat()
    ]
    return _joined(sorted(spans))


def _joined(spans: Sequence[tuple[str, str, str]]) -> list[_Block]:
    blocks: list[_Block] = []
    for start, end, name in ((Day.fromisoformat(a), Day.fromisoformat(b), c) for a, b, c in spans):
        if blocks and start <= blocks[-1].end:
            last = blocks[-1]
            blocks[-1] = _Block(last.start, max(last.end, end), tuple(dict.fromkeys((*last.instruments, name))))
        else:
            blocks.append(_Block(start, end, (name,)))
    return blocks


def _told(evidence: Evidence, draft: Draft, blocks: Sequence[_Block]) -> str:
    powers = " and ".join(evidence.named(state) for state in draft.many("states"))
    topic = f" on {topic_name(draft.get('topic'))}" if draft.get("topic") else ""
    if not blocks:
        return f"The record has no binding instrument{topic} between {powers}."
    spans = [
        f"from {long_form(block.start)} until {long_form(block.end)}"
        if block.end.year < 9000
        else f"since {long_form(block.start)}"
        for block in blocks
    ]
    named = listed([evidence.title(name) for name in blocks[-1].instruments[:_SHOWN]])
    return f"Binding instruments{topic} held {powers} {listed(spans)}; the last of them: {named}."
