"""What several tools about standings take and say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.agents.desk import Desk, in_words
from treatygraph.agents.tool import Arguments
from treatygraph.answers.status_answer import StateStatus
from treatygraph.answers.wording import authority_name, denied
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["QUALIFIES", "OnADay", "otherwise"]

QUALIFIES: Final = ("suspended", "suspension-claimed", "notice-pending", "countermeasures", "consent-revoked",
                    "signature-duty-ended")  # fmt: skip
"""Flags that a reader must know of."""


@dataclass(frozen=True, kw_only=True)
class OnADay(Arguments):
    """What tools about a day take."""

    on: date | None = None
    """The day, YYYY-MM-DD; left out: today."""
    reading: str = DEPOSITARY
    """Whose legal view: depositary, clause, or an authority such as North Korea."""
    known: date | None = None
    """Only what was on record by this day, YYYY-MM-DD."""


def otherwise(desk: Desk, state: StateStatus) -> str:
    """Who holds otherwise of a state, in words; empty where nobody does."""
    views = []
    for view in state.readings:
        who = "the text of its clauses alone" if view["by"] == CLAUSE else authority_name(desk.index, view["by"])
        flags = f" ({in_words(view['flags'])})" if view["flags"] else ""
        rejection = denied(desk.index, view["rejected_by"], 4)
        standing = "no standing" if view["standing"] == "none" else view["standing"].replace("-", " ")
        views.append(f"{who} holds {standing}{flags}{f' ({rejection})' if rejection else ''}")
    return "; ".join(views)
