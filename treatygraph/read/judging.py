"""The one place where a story's claims meet the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.claims.judge import judge
from treatygraph.read.clause import DraftedClaim

if TYPE_CHECKING:
    from treatygraph.build.index import Index

__all__ = ["judged"]


def judged(
    index: Index, drafted: Sequence[DraftedClaim], day: date, known: date | None = None
) -> tuple[HeldClaim, ...]:
    """Each claim with its verdict; what stands in passing is left out where the record bears it out.

    Left out is also what the record contradicts where the words may mean another instrument that it is true of.
    """
    held = judge(index, [item.draft for item in drafted], day, known=known)
    return tuple(
        claim
        for claim, item in zip(held, drafted, strict=True)
        if not (item.is_passing and claim.verdict in ("confirmed", "not-on-record"))
        and not (item.is_uncertain and claim.verdict == "contradicted")
    )
