"""The reasons of a standing as JSON gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from treatygraph.model.standings import Because

__all__ = ["acts_of"]


def acts_of(because: Sequence[Because]) -> tuple[dict[str, Any], ...]:
    """The steps of a reasoning, each rule with each act once."""
    steps: dict[tuple[str, str, str], dict[str, Any]] = {}
    for step in because:
        sources = [item for item in step.sources if item != "treatygraph"]
        entry = {"rule": step.rule, "act": step.act or None, "date": step.date or None, "text": step.text or None,
                 "sources": sources}  # fmt: skip
        steps.setdefault((step.rule, step.act, "" if step.act else step.text), entry)
    return tuple(steps.values())
