"""The events around an exit: what several questions about exits share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.answers.claims.evidence import actors
from treatygraph.build.index import Index
from treatygraph.model.records import Event

__all__ = ["events_of"]


def events_of(index: Index, instrument: str, state: str, kinds: Sequence[str] = ()) -> Iterator[Event]:
    """The events about an instrument in which a state is the one that acts, in order of date."""
    events = [event for name in index.events_of(instrument) if (event := index.event(name))]
    for event in sorted(events, key=lambda one: (one.date.latest, one.id)):
        if state in actors(event) and (not kinds or event.type in kinds):
            yield event
