"""Judges drafted claims: the one door through which every claim is held against the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Day  # noqa: N812 - what it judges has a 'date'

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.build.shelf import Shelf

__all__ = ["judge"]


def judge(shelf: Shelf, drafts: Iterable[Draft], date: Day, *, known: Day | None = None) -> tuple[HeldClaim, ...]:
    """Hold each claim against the record, in the order given.

    Args:
        shelf: the documents of the graph; with ``known`` those of that day.
        drafts: the claims, with names as people type them.
        date: the day of the report, on which a claim without a day of its own is judged.
        known: only acts and events on record by this day count.

    Raises:
        UsageError: a claim has an unknown check or term, or a value that its term does not take; it is named. A name
            of an instrument or a person that nobody has is no error: the claim is not on record.
    """
    raise NotImplementedError
