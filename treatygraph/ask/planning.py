"""From a question to its plan: the first plan that takes up every word that narrows the question, or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.ask.frame import Frame
from treatygraph.ask.framing import framed
from treatygraph.ask.near import near_questions
from treatygraph.ask.pieces import pieces_of
from treatygraph.ask.plans import clauses, due, instrument, members, pairs, people, record, standing, states
from treatygraph.ask.plans.plan import Asking, Plan
from treatygraph.ask.rows import sentence_of
from treatygraph.build.index import Index
from treatygraph.model.errors import NotUnderstood

__all__ = ["Understood", "understand"]

_MOST_LETTERS: Final = 1000
"""No question is longer; a title can be."""
_MOST_PIECES: Final = 60
Planner = Callable[[Asking], Iterator[Plan]]


@dataclass(frozen=True)
class Understood:
    """What a question was understood as."""

    frame: Frame
    plan: Plan

    @property
    def question(self) -> str:
        """The question as understood."""
        return self.plan.says

    @property
    def kind(self) -> str:
        """The kind of question."""
        return self.plan.kind

    @property
    def commands(self) -> tuple[tuple[str, ...], ...]:
        """The words of each command."""
        return self.plan.commands

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for granted: which day, and how mistyped words were read."""
        read = (f"'{typed}' was read as '{word}'" for typed, word in self.frame.fixes)
        return (*self.plan.notes, *read)


def understand(index: Index, text: str, today: date) -> Understood:
    """What a question in plain English asks for.

    Args:
        index: where names are looked up.
        text: the question.
        today: what "today" means, and the day taken where none is named.

    Raises:
        NotUnderstood: a word is a sign of nothing, or no plan takes up every word; the word is named, with at most
            three questions near to it that would be understood.
    """
    if len(text) > _MOST_LETTERS:
        raise NotUnderstood(f"{text[:80]}…", f"It is longer than {_MOST_LETTERS} letters.")
    try:
        frame = framed(index, pieces_of(index, text, today), today)
    except NotUnderstood as problem:
        raise NotUnderstood(text, problem.why, near_questions(index, text, today), problem.word) from None
    if len(frame.pieces) > _MOST_PIECES:
        raise NotUnderstood(text, "it has too many words.")
    return plan_of(index, frame, text, today)


def plan_of(index: Index, frame: Frame, text: str, today: date) -> Understood:
    """The plan for a frame.

    Raises:
        NotUnderstood: no plan takes up every word that narrows the question.
    """
    closest: tuple[int, list[str]] | None = None
    for planner in _PLANNERS:
        for plan in planner(Asking(frame, index, today)):
            left = list(dict.fromkeys(plan.left_over(frame)))
            if not left:
                return Understood(frame, plan)
            if closest is None or len(left) < closest[0]:
                closest = len(left), left
    word = closest[1][0] if closest else ""
    raise NotUnderstood(text, _why(frame, closest[1] if closest else []), near_questions(index, text, today), word)


def _why(frame: Frame, left: Sequence[str]) -> str:
    if left:
        return f"nothing is done with '{left[0]}' in a question of this kind."
    named = [piece.text for piece in frame.pieces if piece.kind in ("state", "group", "instrument", "official")]
    if not named:
        return "it names no state, group, person or treaty, and asks nothing that the record has a list of."
    if not frame.instruments and not frame.has("noun:things"):
        return f"it does not say which treaty is meant, or what is asked about {named[0]}."
    return f"it does not say what is asked about {named[0]}."


def _show(it: Asking) -> Iterator[Plan]:
    """The record of a thing, where nothing else is asked of it."""
    frame = it.frame
    names = frame.of("instrument", "state", "group", "official")
    if len(names) != 1 or frame.ask not in ("show", "what-is", "") or frame.rel("party", "signed", "left"):
        return
    if frame.ask == "" and not any(piece.kind == "rel" and piece.value == "show" for piece in frame.pieces):
        return

    def reply(answers: Sequence[object]) -> str:
        return sentence_of(answers[0])

    yield it.plan("show", f"the record of {names[0].shown}", (("show", names[0].value),), reply, "ask:show", *names)


def _report(it: Asking) -> Iterator[Plan]:
    """The claims of a report of the record."""
    reports = it.frame.of("report")
    if len(reports) != 1 or it.frame.powers or it.frame.instruments:
        return
    known = it.known()
    says = f"each claim of the report {reports[0].value} held against the record"
    uses = "noun:report mark:claim"
    yield it.plan(
        "claims", says, (("claims", reports[0].value, *known),), lambda answers: sentence_of(answers[0]), uses, *reports
    )


_PLANNERS: Final[tuple[Planner, ...]] = (
    _report, due.plans, people.plans, clauses.plans, states.plans, pairs.plans, members.plans, standing.plans,
    instrument.plans, record.plans, _show,
)  # fmt: skip
"""The planners in the order in which they are asked: what is special before what is general."""
