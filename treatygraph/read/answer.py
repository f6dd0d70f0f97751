"""The answer to a story: its claims with their verdicts, and the sentences that were not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.edition import Edition
from treatygraph.model.json_form import key, plain
from treatygraph.read.drafting import UnreadSentence

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["ReadAnswer"]


@dataclass(frozen=True)
class ReadAnswer(Citable):
    """A story with the claims drafted from it, each held against the record."""

    answer: str
    title: Annotated[str, key("report")]
    """The headline; empty where the text has none."""
    date: str
    """The day of the story, in ISO form."""
    claims: tuple[HeldClaim, ...]
    not_read: tuple[UnreadSentence, ...]
    """Sentences about an instrument from which nothing was drafted: silence is not approval."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def to_frame(self) -> DataFrame:
        """One row per claim, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([claim.to_dict() for claim in self.claims]).drop(
            columns=["definitions"], errors="ignore"
        )
