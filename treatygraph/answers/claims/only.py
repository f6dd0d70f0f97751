"""Claims that an instrument is the only one left between two states: true or false by what one counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatygraph.answers.between import Question, Remaining, between
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.standings import day_of
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
)
from treatygraph.answers.wording import listed
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError

__all__ = ["only_instrument"]

_SHOWN = 4


@dataclass(frozen=True)
class _Definition:
    """What counts: always what is binding, of a scope, on a topic."""

    scope: str
    topic: str

    @property
    def text(self) -> str:
        """The definition in words."""
        scope = "" if self.scope == "any" else f"{self.scope} "
        return f"{scope}binding instruments" + (f" on {self.topic.replace('-', ' ')}" if self.topic else "")


@dataclass(frozen=True)
class _Count:
    """What a definition yields on the day."""

    definition: _Definition
    found: tuple[Remaining, ...]
    others: tuple[Remaining, ...]
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the named instruments are exactly those there are."""
        return not self.others and not self.missing

    @property
    def text(self) -> str:
        """The definition with its count."""
        return f"{self.definition.text} ({len(self.found)} in all)"

    def to_dict(self) -> Definition:
        """The definition and its count as JSON gives them."""
        return {
            "definition": self.definition.text,
            "holds": self.holds,
            "count": len(self.found),
            "instruments": [item.id for item in self.found],
        }


def only_instrument(evidence: Evidence, draft: Draft) -> Held:
    """``only-instrument``: whether the named instruments are all that holds between two states on a day.

    Without a ``scope`` or ``topic`` of its own the claim is counted under several definitions, each of what
    is binding: every instrument; those of the named instruments' scope; and both again on each of their topics.
    Protocols, amendments and extensions count with their parent.
    """
    names = draft.many("instruments")
    try:
        counts = [_count(evidence, draft, definition) for definition in _definitions(evidence, draft)]
    except UsageError as problem:  # a state that did not exist that day: nothing can be counted
        return Held(NOT_ON_RECORD, str(problem))
    right = [item for item in counts if item.holds]
    wrong = [item for item in counts if not item.holds]
    verdict = DEPENDS if right and wrong else CONFIRMED if right else CONTRADICTED
    shown = min(wrong, key=lambda item: len(item.found)).others[:_SHOWN] if wrong else ()
    proofs = [proof for name in (*names, *(item.id for item in shown)) for proof in _mutual(evidence, draft, name)]
    on = day_of(evidence, draft)
    notes = dict.fromkeys(note for name in names for note in evidence.coverage(name, on))
    text = _opening(evidence, draft) + _sentence(evidence, draft, right, wrong, shown)
    return Held(verdict, text, tuple(proofs), tuple(item.to_dict() for item in counts), tuple(notes))


def _definitions(evidence: Evidence, draft: Draft) -> list[_Definition]:
    if draft.get("scope") or draft.get("topic"):
        return [_Definition(draft.get("scope") or "any", draft.get("topic"))]
    cards = [evidence.card(name) for name in draft.many("instruments")]
    bilateral = {card.scope == "bilateral" for card in cards}
    scopes = ["any", *(["bilateral" if True in bilateral else "multilateral"] if len(bilateral) == 1 else [])]
    topics = dict.fromkeys(topic for card in cards for topic in card.topics)
    return [_Definition(scope, topic) for topic in ("", *topics) for scope in scopes]


def _count(evidence: Evidence, draft: Draft, definition: _Definition) -> _Count:
    first, second = draft.many("states")
    on = day_of(evidence, draft)
    topic = definition.topic or None
    question = Question((first, second), on, evidence.known, topic=topic, scope=definition.scope, binding=True)
    instruments = between(evidence.index, first, second, question).instruments
    named = draft.many("instruments")
    there = {item.id for top in instruments for item in (top, *top.parts)}
    others = tuple(item for item in instruments if item.id not in named)
    return _Count(definition, instruments, others, tuple(name for name in named if name not in there))


def _opening(evidence: Evidence, draft: Draft) -> str:
    powers = " and ".join(evidence.named(state) for state in draft.many("states"))
    return f"On {long_form(day_of(evidence, draft))}, between {powers}, "


def _sentence(
    evidence: Evidence, draft: Draft, right: Sequence[_Count], wrong: Sequence[_Count], shown: Sequence[Remaining]
) -> str:
    named = listed([evidence.title(name) for name in draft.many("instruments")])
    if not wrong:
        return f"{named} stood alone among {listed([item.text for item in right])}."
    also = f", beside {listed([item.title for item in shown])}" if shown else ""
    if right:
        alone = f"{named} stood alone among {listed([item.text for item in right])}"
        return f"{alone}, but not among {listed([item.text for item in wrong])}{also}."
    gone = [evidence.title(name) for name in wrong[0].missing]
    if gone:
        return f"{listed(gone)} did not hold among {listed([item.text for item in wrong])}{also}."
    return f"{named} did not stand alone among {listed([item.text for item in wrong])}{also}."


def _mutual(evidence: Evidence, draft: Draft, name: str) -> Iterator[Proof]:
    """The standings of both states under an instrument on the day."""
    on = day_of(evidence, draft)
    for state in draft.many("states"):
        standing = evidence.standing_on(name, state, on)
        if standing and standing.binds:
            yield evidence.proof_of_standing(standing)
