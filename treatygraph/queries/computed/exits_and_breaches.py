"""Which exits were justified by which prior step or alleged breach of another."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.claims.evidence import actors, proof_of_event
from treatygraph.bonds.exits import RecordedExit, exits
from treatygraph.build.index import Index
from treatygraph.model.records import Act, Event
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.computed._exits import events_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which exits and suspensions were justified by an alleged breach, or answered a step of another state.
# number: 31
# theme: people and events
# answer: {link from an exit or a suspension to an earlier step is|links from exits and suspensions to earlier steps
#   are} on record.
# option: since date "1972-01-01" Only exits and suspensions of this day or later.
# column: id The instrument that was left or suspended.
# column: title Its short title.
# column: state Code of the state that left or suspended.
# column: act What it did: notice of withdrawal, suspension, intention not to ratify and so on.
# column: date When, in EDTF.
# column: ground Alleged breach, or: step of another state.
# column: earlier When that was, in EDTF.
# column: by Codes of the states in it, who acts first.
# column: about Ids of the instruments that it concerned.
# column: what What it was, in our own words.
# column: said Event in which the state tied the two together.
# column: sources Titles of the sources of the earlier step.
"""
_STEPS = ("withdrawal-effective", "notice-of-withdrawal", "suspension", "notice-of-suspension", "countermeasure",
          "termination", "denunciation", "revocation-of-ratification")  # fmt: skip


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each link that the record draws; it says that it was said, not that it was so (rule R40)."""
    left = exits(index)
    paused = [RecordedExit(act, "") for act in index.acts(("suspension",))]
    for one in sorted((*left, *paused), key=lambda one: (one.act.date.latest, one.act.id)):
        act = one.act
        if act.date.latest < asked.day("since"):
            continue
        seen: set[str] = set()
        for event, said in _grounds(index, act):
            if event.id in seen or event.date.earliest > act.date.latest:
                continue
            seen.add(event.id)
            ground = "alleged breach" if event.type == "violation-allegation" else "step of another state"
            yield (
                act.instrument, index.summary(act.instrument).title, act.state, act.kind, act.date.text, ground,
                event.date.text, " ".join(event.states), " ".join(event.instruments), event.text, said,
                cited(index, proof_of_event(event).sources),
            )  # fmt: skip


def _grounds(index: Index, act: Act) -> Iterator[tuple[Event, str]]:
    """Breaches that the state alleged, and steps of others that its own words and acts refer to."""
    for event in events_of(index, act.instrument, act.state):
        if event.date.earliest > act.date.latest:
            continue
        if event.type == "violation-allegation":
            yield event, event.id
        for name in event.about:
            earlier = index.event(name)
            if earlier and earlier.type in _STEPS and act.state not in actors(earlier):
                yield earlier, event.id
