"""How long after domestic law each exit took effect."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.claims.evidence import proof_of_event
from treatygraph.bonds.exits import RecordedExit, exits
from treatygraph.build.index import Index
from treatygraph.checks.spans import apart
from treatygraph.model.records import Event
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.computed._exits import events_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: How long after domestic law each exit took effect, with the act that carried it to the other parties.
# number: 15
# theme: withdrawal
# answer: {exit|exits} took effect from {since} to {until}; where a domestic law is on record, the days from it are
#   counted.
# option: since date "2000-01-01" Only those that took effect on this day or later.
# option: until date "2026-12-31" Only those that took effect on this day or earlier.
# column: id The instrument's id.
# column: title Its short title.
# column: state Code of the state.
# column: kind The international act: notice of withdrawal, withdrawal of consent, termination and so on.
# column: law When the last step of domestic law before the effect was taken, in EDTF; empty where none is on record.
# column: what What that step was.
# column: act When the international act was done, in EDTF.
# column: out First day on which it had worked, in EDTF.
# column: days_after_law The least number of days from law to effect; empty without a law.
# column: days_after_act The least number of days from the act to its effect.
# column: sources Titles of the sources of law and act.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each exit, in order of effect (rule R2: law and international act are two things)."""
    leavings = [one for one in exits(index) if one.out]
    for one in sorted(leavings, key=lambda one: (one.by.latest, one.act.id)):
        if not asked.day("since") <= one.by.latest <= asked.day("until"):
            continue
        act, law = one.act, _law(index, one)
        sources = (*(proof_of_event(law).sources if law else ()), *act.cite.sources)
        yield (
            act.instrument,
            index.summary(act.instrument).title,
            act.state,
            act.kind,
            law.date.text if law else "",
            law.text if law else "",
            act.date.text,
            one.out,
            str(apart(law.date, one.by)) if law else "",
            str(apart(act.date, one.by)),
            cited(index, sources),
        )


def _law(index: Index, one: RecordedExit) -> Event | None:
    """The last step of domestic law on the way: not of an earlier matter, so at most two years before the effect."""
    steps = [
        event
        for event in events_of(index, one.act.instrument, one.act.state, ("domestic-law",))
        if event.date.earliest <= one.by.latest and apart(event.date, one.by) <= _NEAR
    ]
    return max(steps, key=lambda event: (event.date.latest, event.id), default=None)


_NEAR = 731
