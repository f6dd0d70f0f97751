"""Which official announced each exit, and which organ made it effective in law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.answers.claims.evidence import proof_of_event
from treatygraph.answers.timeline import offices_on
from treatygraph.bonds.exits import RecordedExit, exits
from treatygraph.build.index import Index
from treatygraph.model.records import Event
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.computed._exits import events_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which official announced each exit, what was done in domestic law, and who carried out the international
#   act.
# number: 30
# theme: people and events
# answer: {step towards an exit is|steps towards exits are} on record from {since} to {until}.
# option: since date "2000-01-01" Only exits that took effect on this day or later.
# option: until date "2026-12-31" Only exits that took effect on this day or earlier.
# column: id The instrument's id.
# column: title Its short title.
# column: state Code of the state that left.
# column: out First day on which it was out, in EDTF.
# column: step Announced, domestic law, notified, or took effect.
# column: date When, in EDTF.
# column: official Names of those who did it; empty where the record names nobody.
# column: office Their offices on that day; empty where these are not on record.
# column: what What was done, in our own words.
# column: sources Titles of the sources.
"""
_STEPS = {
    "announcement": "announced",
    "domestic-law": "domestic law",
    "notice-of-withdrawal": "notified",
    "revocation-of-ratification": "notified",
    "revocation-of-signature": "notified",
    "denunciation": "notified",
    "termination": "notified",
    "withdrawal-effective": "took effect",
}
_ROLES = ("speaker", "decision-maker", "signatory")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each step (rule R2 keeps them apart), exit by exit in order of effect."""
    leavings = [one for one in exits(index) if one.out and asked.day("since") <= one.by.latest <= asked.day("until")]
    for one in sorted(leavings, key=lambda one: (one.by.latest, one.act.id)):
        for event in _steps(index, one):
            people = [person for person in event.officials if person.role in _ROLES]
            names = [_name(index, person.official) for person in people]
            offices = [office for person in people for office in offices_on(index, person.official, event.date.latest)]
            yield (
                one.act.instrument, index.summary(one.act.instrument).title, one.act.state, one.out, _STEPS[event.type],
                event.date.text, ", ".join(names), ", ".join(dict.fromkeys(offices)), event.text,
                cited(index, proof_of_event(event).sources),
            )  # fmt: skip


def _steps(index: Index, one: RecordedExit) -> Sequence[Event]:
    """The steps of the last two years up to the effect: an older matter is another one."""
    steps = events_of(index, one.act.instrument, one.act.state, tuple(_STEPS))
    return [e for e in steps if e.date.earliest <= one.by.latest and (one.by.earliest - e.date.latest).days <= _NEAR]


def _name(index: Index, official: str) -> str:
    person = index.official(official)
    return person.name if person else official


_NEAR = 731
