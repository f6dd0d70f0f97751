"""Acts by which states left, and the first day on which each had worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.build.index import Index
from treatygraph.model.act_words import LEAVING
from treatygraph.model.dates import OPEN, Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["RecordedExit", "exits"]

_MOVED: Final = ("withdrawal-of-consent", "intention-not-to-ratify")
"""Acts that work at once and end no participation: the state was not bound yet."""


@dataclass(frozen=True)
class RecordedExit:
    """An act of leaving, and the first day on which it had worked, in EDTF; empty where it has not."""

    act: Act
    out: str

    @property
    def by(self) -> Span:
        """The day of effect, else of the act."""
        return Span.parse(self.out) if self.out else self.act.date

    @property
    def ends_a_bond(self) -> bool:
        """Whether the act is one by which a state leaves what holds it."""
        return self.act.kind not in _MOVED


def exits(index: Index, reading: str = DEPOSITARY) -> list[RecordedExit]:
    """Every act of leaving on record, in order of date, with its effect as a reading has it."""
    return index.keep(
        ("exits", reading), lambda: sorted(_exits(index, reading), key=lambda one: (one.act.date.latest, one.act.id))
    )


def _exits(index: Index, reading: str) -> Iterator[RecordedExit]:
    return (RecordedExit(act, _out(index, act, reading)) for act in index.acts(LEAVING))


def _out(index: Index, act: Act, reading: str) -> str:
    """The day on which a standing ended by the act; the act's own day where none was held."""
    for one in index.standings_of(act.instrument, reading, act.state):
        if one.end < OPEN and any(step.act == act.id for step in one.ending) and (one.binds or act.kind in _MOVED):
            return one.until or one.end.isoformat()
    return act.date.text if act.kind in _MOVED else ""
