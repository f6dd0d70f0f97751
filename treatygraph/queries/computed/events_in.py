"""What happened in a time, to whatever instrument."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.claims.evidence import proof_of_event
from treatygraph.build.index import Index
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What happened from one day to another: every event on record, in order of time.
# theme: people and events
# answer: {event is|events are} on record from {since} to {until}.
# option: since date "1800-01-01" This day or later.
# param: until date "2026-12-31" This day or earlier.
# column: date When, in EDTF.
# column: type Kind of event.
# column: instruments Ids of the instruments that it was about.
# column: states Codes of the states concerned.
# column: what What happened, in our own words.
# column: event The event's id.
# column: sources Titles of the sources.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each event; one whose day is not known counts where all of its time lies within."""
    for event in sorted(index.events().values(), key=lambda one: (one.date.latest, one.id)):
        if asked.day("since") <= event.date.earliest and event.date.latest <= asked.day("until"):
            yield (
                event.date.text, event.type, " ".join(event.instruments), " ".join(event.states), event.text, event.id,
                cited(index, proof_of_event(event).sources),
            )  # fmt: skip
