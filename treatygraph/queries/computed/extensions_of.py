"""How often an instrument was extended, when that was agreed, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.claims.evidence import Evidence, proof_of_event
from treatygraph.build.index import Index
from treatygraph.law.clauses import duration_of
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which extensions of an instrument are on record, when each was agreed and in force, and until when.
# theme: state of the world
# answer: {extension|extensions} of {instrument} by {on}.
# param: instrument instrument "New START" The instrument, by id, title, abbreviation or alias.
# param: on date "2026-11-23" The day asked about: nothing agreed later.
# column: extension Id of the extension where it is an instrument of its own; empty where it was decided.
# column: agreed When it was agreed or decided, in EDTF.
# column: in_force Since when it was in force, in EDTF; empty for a decision, or where it never was.
# column: until First day after the extended term, in EDTF; empty where it has none.
# column: what What was agreed, in our own words.
# column: sources Titles of the sources.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each extension, instruments of their own first, then decisions, in order of time."""
    name, on = asked["instrument"], asked.day("on")
    evidence = Evidence(index, on, None)
    for card in evidence.extensions(name):
        agreed = evidence.agreed(card)
        if agreed is None or agreed.latest > on:
            continue
        rules = [rule for clause in card.clauses_of("duration") if (rule := duration_of(clause))]
        until = max((rule.until for rule in rules if rule.until), default=None)
        entry = evidence.life(card.id).entry
        yield (
            card.id, agreed.text, entry.text if entry else "", until.text if until else "", card.description,
            cited(index, card.cites["title"].sources),
        )  # fmt: skip
    if any(True for _ in evidence.extensions(name)):
        return
    for event in evidence.events(name):
        if event.type == "extension" and event.date.latest <= on:
            yield "", event.date.text, "", "", event.text, cited(index, proof_of_event(event).sources)
