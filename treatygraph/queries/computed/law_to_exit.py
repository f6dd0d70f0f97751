"""How long after domestic law each exit took effect."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.claims.evidence import proof_of_event
from treatygraph.build.shelf import Shelf
from treatygraph.checks.spans import apart
from treatygraph.model.records import Event
from treatygraph.queries.computed._documents import cited, title
from treatygraph.queries.computed._exits import Exit, events_of, exits
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: How long after domestic law each exit took effect, with the act that carried it to the other parties.
# number: 15
# theme: withdrawal
# answer: {exit|exits} took effect from {since} to {until}; where a domestic law is on record, the days from it are
#   counted.
# param: since date "2000-01-01" Only those that took effect on this day or later.
# param: until date "2026-12-31" Only those that took effect on this day or earlier.
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


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each exit, in order of effect (rule R2: law and international act are two things)."""
    found = [one for one in exits(shelf) if one.out]
    for one in sorted(found, key=lambda one: (one.by.latest, one.act.id)):
        if not asked.day("since") <= one.by.latest <= asked.day("until"):
            continue
        act, law = one.act, _law(shelf, one)
        sources = (*(proof_of_event(law).sources if law else ()), *act.cite.sources)
        yield (
            act.instrument,
            title(shelf, act.instrument),
            act.state,
            act.kind,
            law.date.text if law else "",
            law.text if law else "",
            act.date.text,
            one.out,
            str(apart(law.date, one.by)) if law else "",
            str(apart(act.date, one.by)),
            cited(shelf, sources),
        )


def _law(shelf: Shelf, one: Exit) -> Event | None:
    """The last step of domestic law on the way: not of an earlier matter, so at most two years before the effect."""
    steps = [
        event
        for event in events_of(shelf, one.act.instrument, one.act.state, ("domestic-law",))
        if event.date.earliest <= one.by.latest and apart(event.date, one.by) <= _NEAR
    ]
    return max(steps, key=lambda event: (event.date.latest, event.id), default=None)


_NEAR = 731
