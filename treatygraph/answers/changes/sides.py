"""The two sides of a change: an index, a day to look at, and how it is called; and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.bonds.powers import find, power
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import long_form
from treatygraph.model.index_records import Existence, Summary
from treatygraph.model.version import Edition
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["MODES", "ChangeScope", "Side", "Wanted", "heads_of"]

MODES: Final = ("days", "known", "records")
"""Two days as the record has them; one day as known on two; one day in two records."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change."""

    index: Index
    on: date
    """The day that is looked at."""
    edition: Edition
    known: date | None = None
    """Only what was on record by this day counts."""

    @property
    def title(self) -> str:
        """How a sentence calls it."""
        if self.known:
            return f"as known on {long_form(self.known)}"
        return long_form(self.on)

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        known = {"known": self.known.isoformat()} if self.known else {}
        return {"on": self.on.isoformat(), **known, "edition": self.edition.to_dict()}


@dataclass(frozen=True, slots=True)
class ChangeScope:
    """Whom and what is asked about; what is empty narrows nothing."""

    state: str = ""
    instrument: str = ""
    topic: str = ""
    reading: str = DEPOSITARY

    def to_dict(self) -> dict[str, str | None]:
        """The JSON shape."""
        return {
            "state": self.state or None, "instrument": self.instrument or None, "topic": self.topic or None,
            "reading": self.reading,
        }  # fmt: skip


class Wanted:
    """Which states and instruments are asked about, by the later side; one that it lacks by the earlier."""

    def __init__(self, before: Side, after: Side, scope: ChangeScope) -> None:
        self.scope = scope
        self.topics = topics_under(after.index, scope.topic or None)
        self.only = find(after.index, scope.instrument, ("instrument",))[1] if scope.instrument else ""
        whom = power(after.index, scope.state, after.on) if scope.state else None
        self.codes = frozenset(code for codes in whom.continuities for code in codes) if whom else None
        self.names: Mapping[str, Summary] = {
            name: summary
            for name, summary in sorted({**before.index.summaries(), **after.index.summaries()}.items())
            if (not self.only or name == self.only)
            and (self.topics is None or not self.topics.isdisjoint(summary.topics))
        }

    def state(self, code: str) -> bool:
        """Whether a state is asked about."""
        return self.codes is None or code in self.codes


def heads_of(index: Index) -> Mapping[str, str]:
    """The newest state of the continuity of each (R33): ``SUN`` leads to ``RUS``."""

    def make() -> dict[str, str]:
        lives: Mapping[str, Existence] = index.existences()
        continued = {life.continues for life in lives.values() if life.continues}
        return {code: head for head in lives if head not in continued for code in line(lives, head)}

    return index.keep(("heads of continuities",), make)
