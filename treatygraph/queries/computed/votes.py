"""Votes on record: in parliaments, in the Security Council and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.answers.claims.evidence import proof_of_event
from treatygraph.build.index import Index
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which votes on an instrument are on record, and how they went: in parliaments and international bodies.
# theme: people and events
# answer: {vote is|votes are} on record.
# option: about text "any" An instrument by any of its names, or any.
# option: since date "1900-01-01" Only votes of this day or later.
# param: until date "2026-12-31" Only votes of this day or earlier.
# column: date When, in EDTF.
# column: instruments Ids of the instruments that it was about.
# column: states Codes of the states whose body voted; empty for an international one.
# column: what What was decided and how the vote went, in our own words.
# column: event The event's id.
# column: sources Titles of the sources.
"""
_VOTE: Final = re.compile(r"\bvot(?:e|es|ed|ing)\b|\badopted (?:the|a) |\brefused consent by\b|\bby \d+ to \d+\b")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each event that tells of a vote, in order of time."""
    wanted = _instrument(index, asked["about"])
    events = sorted(index.events().values(), key=lambda event: (event.date.latest, event.id))
    for event in events:
        if wanted and wanted not in event.instruments:
            continue
        if not _VOTE.search(event.text) and "vote" not in event.id.split("-"):
            continue
        if asked.day("since") <= event.date.latest <= asked.day("until"):
            yield (
                event.date.text, " ".join(event.instruments), " ".join(event.states), event.text, event.id,
                cited(index, proof_of_event(event).sources),
            )  # fmt: skip


def _instrument(index: Index, text: str) -> str:
    from treatygraph.bonds.powers import find

    return "" if text == "any" else find(index, text, ("instrument",))[1]
