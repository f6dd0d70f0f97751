"""The reasons of a standing as JSON gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from treatygraph.model.standings import Because

__all__ = ["FlagDetail", "ReasonStep", "acts_of", "step_of"]


class ReasonStep(TypedDict):
    """One step of the reasoning: a rule, and the act or fact that it was applied to."""

    rule: str
    """R1 to R42 or K1 to K17."""
    act: str | None
    """The id of the act, or instrument#field of a fact on its card."""
    date: str | None
    text: str | None
    source: NotRequired[str | None]
    """The first of the sources."""
    sources: list[str]
    ends: NotRequired[bool]
    """Whether it is why the standing ends, and not why it began."""


class FlagDetail(TypedDict):
    """Who raised a flag, towards whom, who accepts and who rejects it."""

    flag: str
    by: str
    since: str
    until: str | None
    against: NotRequired[list[str]]
    """Towards whom; absent: towards all."""
    accepted_by: NotRequired[list[str]]
    rejected_by: NotRequired[list[str]]
    text: NotRequired[str]
    because: NotRequired[list[ReasonStep]]


def step_of(step: Because) -> ReasonStep:
    """One step of the reasoning as JSON gives it (rule R41)."""
    sources = [item for item in step.sources if item != "treatygraph"]
    return {
        "rule": step.rule,
        "act": step.act or None,
        "date": step.date or None,
        "text": step.text or None,
        "source": sources[0] if sources else None,
        "sources": sources,
    }


def acts_of(because: Sequence[Because]) -> tuple[ReasonStep, ...]:
    """The steps of a reasoning, each rule with each act once."""
    steps: dict[tuple[str, str, str], ReasonStep] = {}
    for step in because:
        sources = [item for item in step.sources if item != "treatygraph"]
        entry: ReasonStep = {
            "rule": step.rule,
            "act": step.act or None,
            "date": step.date or None,
            "text": step.text or None,
            "sources": sources,
        }
        steps.setdefault((step.rule, step.act, "" if step.act else step.text), entry)
    return tuple(steps.values())
