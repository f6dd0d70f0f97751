"""Acts by which states left, and the events around each: what several questions about exits share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.claims.evidence import actors
from treatygraph.build.index import Index
from treatygraph.model.act_words import LEAVING
from treatygraph.model.dates import OPEN, Span
from treatygraph.model.records import Act, Event
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["RecordedExit", "events_of", "exits"]

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


def exits(index: Index) -> list[RecordedExit]:
    """Every act of leaving on record, in order of date, as the depositaries' record has its effect."""
    return index.keep(("exits",), lambda: sorted(_exits(index), key=lambda one: (one.act.date.latest, one.act.id)))


def _exits(index: Index) -> Iterator[RecordedExit]:
    return (RecordedExit(act, _out(index, act)) for act in index.acts(LEAVING))


def _out(index: Index, act: Act) -> str:
    """The day on which a standing ended by the act; the act's own day where none was held."""
    for one in index.standings_of(act.instrument, DEPOSITARY, act.state):
        if one.end < OPEN and any(step.act == act.id for step in one.ending) and (one.binds or act.kind in _MOVED):
            return one.until or one.end.isoformat()
    return act.date.text if act.kind in _MOVED else ""


def events_of(index: Index, instrument: str, state: str, kinds: Sequence[str] = ()) -> Iterator[Event]:
    """The events about an instrument in which a state is the one that acts, in order of date."""
    events = [event for name in index.events_of(instrument) if (event := index.event(name))]
    for event in sorted(events, key=lambda one: (one.date.latest, one.id)):
        if state in actors(event) and (not kinds or event.type in kinds):
            yield event
