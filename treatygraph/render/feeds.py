"""Answers with days as a feed or a calendar."""

from __future__ import annotations

import sys
from typing import Protocol

from treatygraph.answers.feeds import FEED_FORMS, Feed
from treatygraph.model.terms import BASE

__all__ = ["FORMS", "feed"]

FORMS = {"atom": "atom", "jsonfeed": "feed.json", "ics": "ics"}
"""The formats of the command line, and the form of each."""


class HasFeed(Protocol):
    """An answer whose entries have days."""

    @property
    def feed(self) -> Feed:
        """Its entries."""


def feed(answer: HasFeed, form: str) -> None:
    """Print an answer in one of :data:`FORMS`."""
    sys.stdout.write(FEED_FORMS[FORMS[form]].written(answer.feed, BASE))
