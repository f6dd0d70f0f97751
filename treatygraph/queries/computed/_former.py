"""States that ended, and how they stood on their last day."""

from __future__ import annotations

from typing import NamedTuple

from treatygraph.build.shelf import Shelf
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import ALWAYS

__all__ = ["Life", "lives", "standing_at_end"]


class Life(NamedTuple):
    """A state's life: half-open, ISO days."""

    name: str
    start: str
    end: str
    continues: str
    successor_of: list[str]

    @property
    def over(self) -> bool:
        """Whether the state has ended."""
        return self.end < ALWAYS


def lives(shelf: Shelf) -> dict[str, Life]:
    """The lives of all states, by code."""
    if "lives" not in shelf.memo:
        shelf.memo["lives"] = {code: Life(*value) for code, value in shelf.all("life")}
    found: dict[str, Life] = shelf.memo["lives"]
    return found


def standing_at_end(shelf: Shelf, known: dict[str, Life], code: str, instrument: str) -> str:
    """How a former state stood under an instrument on its last day; empty where it had no standing, or lives."""
    end = known[code].end
    for row in shelf.get("bearing", code) or ():
        if row[0] == DEPOSITARY and row[1] == instrument and row[3] < end <= row[4] and known[code].over:
            return str(row[2])
    return ""
