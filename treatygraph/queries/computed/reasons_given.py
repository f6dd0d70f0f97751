"""Why a state left or suspended an instrument, as far as it said so: what came before the act, and its ground."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from treatygraph.answers.claims.evidence import actors, proof_of_event
from treatygraph.bonds.exits import exits
from treatygraph.build.index import Index
from treatygraph.model.records import Act, Event
from treatygraph.queries.computed._documents import card, cited, line_on
from treatygraph.queries.computed._exits import events_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What a state gave as reasons when it left or suspended an instrument, and the ground that a clause wants.
# theme: people and events
# answer: {reason is|reasons are} on record for what {a} did to leave or suspend {instrument}.
# param: instrument instrument "Open Skies" The instrument, by id, title, abbreviation or alias.
# param: a line "US" The state, by any of its names; what it continues counts as the same state.
# param: on date "2026-11-23" The day asked about: nothing later.
# column: act Kind of the act that the reason is for.
# column: date When that act was done, in EDTF.
# column: reason Alleged breach, step of another state, its own statement, step of its own law, note on the act, or
#   ground of the clause.
# column: when When the reason was said or happened, in EDTF.
# column: what What it was, in our own words.
# column: sources Titles of the sources.
"""
_SAYING: Final = ("violation-allegation", "announcement", "statement", "domestic-law", "notice-of-withdrawal",
                  "suspension", "notice-of-suspension", "termination", "denunciation", "revocation-of-ratification",
                  "revocation-of-signature", "countermeasure")  # fmt: skip
_SAID: Final = {"violation-allegation": "alleged breach", "domestic-law": "step of its own law"}
_BEFORE: Final = timedelta(days=731)


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """For each such act: the steps of others that it answers, what the state itself said, the ground of the clause."""
    name, on = asked["instrument"], asked.day("on")
    chain = line_on(index, asked["a"], on)
    acts = [one.act for one in exits(index)] + list(index.acts(("suspension", "countermeasure")))
    own = [act for act in acts if act.instrument == name and act.state in chain and act.date.latest <= on]
    for act in sorted(own, key=lambda one: (one.date.latest, one.id)):
        head = act.kind, act.date.text
        seen: set[str] = set()
        for reason, event in _reasons(index, act):
            if event.id not in seen:
                seen.add(event.id)
                yield (*head, reason, event.date.text, event.text, cited(index, proof_of_event(event).sources))
        if act.note:
            yield (*head, "note on the act", act.date.text, act.note, cited(index, act.cite.sources))
        for clause in card(index, name).clauses:
            if clause.kind == "withdrawal" and clause.get("ground") and act.kind != "suspension":
                said = f"the clause allows it where there are {clause.get('ground').replace('-', ' ')}"
                yield (*head, "ground of the clause", act.date.text, said, cited(index, clause.cite.sources))
                break


def _reasons(index: Index, act: Act) -> Iterator[tuple[str, Event]]:
    """Breaches alleged by the state, steps of others that its words refer to, and its own statements before the act."""
    for event in events_of(index, act.instrument, act.state):
        near = act.date.earliest - _BEFORE <= event.date.latest <= act.date.latest + timedelta(days=1)
        alleged = event.type == "violation-allegation" and event.date.earliest <= act.date.latest
        if not near and not alleged:
            continue
        for name in event.about:
            earlier = index.event(name)
            if earlier and act.state not in actors(earlier):
                yield "step of another state", earlier
        if event.type in _SAYING and act.state in actors(event):
            yield _SAID.get(event.type, "its own statement"), event
