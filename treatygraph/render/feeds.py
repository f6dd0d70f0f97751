"""Answers with days as a feed or a calendar."""

from __future__ import annotations

import sys
from typing import Protocol

from treatygraph.answers.feeds import Feed, atom, calendar

__all__ = ["feed"]


class HasFeed(Protocol):
    """An answer whose entries have days."""

    @property
    def feed(self) -> Feed:
        """Its entries."""


def feed(answer: HasFeed, form: str) -> None:
    """Print an answer as ``atom`` or ``ics``."""
    sys.stdout.write(atom(answer.feed) if form == "atom" else calendar(answer.feed))
