"""What a state did about an instrument, step by step: acts, what was announced, laws, and what took effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.claims.evidence import Evidence, proof_of_act, proof_of_event
from treatygraph.answers.claims.verdicts import Proof
from treatygraph.model.act_words import JOINING, LEAVING
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.standings import Standing
from treatygraph.model.vocabulary import DEPOSITARY, STATED_ABSENCE

__all__ = [
    "ANNOUNCED",
    "BOUND",
    "BOUND_THROUGH",
    "LAW",
    "OUT",
    "WORDS",
    "ExitStep",
    "effects",
    "left_by",
    "phrase",
    "steps_of",
]

ANNOUNCED: Final = "announcement"
LAW: Final = "domestic-law"
OUT: Final = "effect"
"""The first day on which a state that left is out."""
BOUND: Final = "entry-for-the-state"
"""The first day on which the instrument holds a state."""
BOUND_THROUGH: Final = "bound-through"
"""Another acted: a command, a union, a predecessor."""

_EVENT_ACTS: Final = {
    "denunciation": "termination",
    "revocation-of-ratification": "withdrawal-of-consent",
    "revocation-of-signature": "intention-not-to-ratify",
    "notice-of-suspension": "suspension",
    "signature": "signature",
    "ratification": "ratification",
    "accession": "accession",
    "suspension": "suspension",
    "notice-of-withdrawal": "notice-of-withdrawal",
    "countermeasure": "countermeasure",
    "termination": "termination",
}
"""Kinds of event that tell of an act."""

WORDS: Final = {
    "signature": "signed", "definitive-signature": "signed (and so was bound)", "ratification": "ratified",
    "acceptance": "accepted", "approval": "approved", "accession": "acceded",
    "succession": "notified its succession", "consent-to-be-bound": "gave its consent",
    "exchange-of-instruments": "exchanged the instruments", "notification": "notified its consent",
    "adherence": "joined", "adoption": "adopted it", "declaration": "declared itself bound",
    "end-of-participation": "ended its participation", "provisional-application": "applied it provisionally",
    "end-of-provisional-application": "ended its provisional application",
    "notice-of-withdrawal": "gave notice of withdrawal", "withdrawal": "withdrew",
    "revocation-of-notice": "took back its notice", "withdrawal-of-consent": "took back its consent to be bound",
    "intention-not-to-ratify": "said that it would not become a party", "suspension": "suspended it",
    "resumption": "resumed it", "countermeasure": "took a countermeasure", "termination": "declared its end",
    "objection": "objected", "waiver": "waived the conditions", "extension": "agreed to the extension",
    "territorial-application": "told to which territories it applies",
    "territorial-exclusion": "told to which territories it does not apply",
    ANNOUNCED: "announced a step", LAW: "passed a law or decree about it", OUT: "was out", BOUND: "was bound",
}  # fmt: skip
"""What a state did, in the past tense."""


@dataclass(frozen=True)
class ExitStep:
    """One thing that a state did, or that its acts brought about: what, when, and the record of it."""

    kind: str
    """A kind of act; or one of :data:`ANNOUNCED`, :data:`LAW`, :data:`OUT` and :data:`BOUND`."""
    date: Span
    proof: Proof
    of: frozenset[str] = frozenset()
    """Of what is announced or decided at home: the acts that it is about; empty where the record does not say."""
    text: str = ""
    """What happened, in words, where an event tells it."""
    act: Act | None = None


def steps_of(evidence: Evidence, name: str, state: str) -> list[ExitStep]:
    """Every step of a state, or of one that it continues, in order of date."""
    steps = [*_of_acts(evidence, name, state), *_of_events(evidence, name, state), *_objections(evidence, name, state)]
    steps += [
        ExitStep(OUT, Span.of(item.start), evidence.proof_of_standing(item)) for item in left_by(evidence, name, state)
    ]
    for item in evidence.standings(name, state):
        if item.binds and item.start.year > 1:
            steps.append(ExitStep(BOUND, Span.parse(item.since), evidence.proof_of_standing(item)))
    return sorted(steps, key=lambda step: (step.date, step.kind))


def _of_acts(evidence: Evidence, name: str, state: str) -> Iterator[ExitStep]:
    for act in evidence.acts(name, state):
        if act.kind == STATED_ABSENCE:
            continue  # it is somebody's statement, and no act of the state
        yield ExitStep(act.kind, act.date, proof_of_act(act), act=act)
        if act.effective and act.kind not in JOINING | LEAVING and act.effective != act.date:
            yield ExitStep(act.kind, act.effective, proof_of_act(act), act=act)


def _of_events(evidence: Evidence, name: str, state: str) -> Iterator[ExitStep]:
    kinds = {act.kind for act in evidence.acts(name, state)}
    for event in evidence.acted(name, state):
        if event.type in (ANNOUNCED, LAW):
            yield ExitStep(event.type, event.date, proof_of_event(event), frozenset(event.of), event.text)
        elif event.type in _EVENT_ACTS and _EVENT_ACTS[event.type] not in kinds and len(event.instruments) == 1:
            # of an act that stands in the ledger the event is the same thing told again, perhaps with another day
            yield ExitStep(_EVENT_ACTS[event.type], event.date, proof_of_event(event), text=event.text)


def _objections(evidence: Evidence, name: str, state: str) -> Iterator[ExitStep]:
    for view in evidence.assertions(name):
        if view.stance == "rejects" and view.authority == state and view.state and view.state != state:
            yield ExitStep("objection", view.said, Proof(view.id, "the objection", view.cite.sources))


def left_by(evidence: Evidence, name: str, state: str, reading: str = DEPOSITARY) -> list[Standing]:
    """The standings of a state that is out by an act of its own, not by the end of the instrument, in order."""
    acts = {act.id for act in evidence.acts(name, state) if act.kind in LEAVING}
    out = [item for item in evidence.standings(name, state, reading) if item.standing.startswith("former")]
    return [item for item in out if _by_itself(evidence, item, acts)]


def _by_itself(evidence: Evidence, item: Standing, acts: set[str]) -> bool:
    if acts & {step.act for step in item.because}:
        return True
    held = [
        view
        for view in evidence.assertions(item.instrument)
        if view.state == item.state and view.holds == item.standing
    ]
    return any(view.id in {step.act for step in item.because} for view in held)


def effects(evidence: Evidence, name: str, state: str) -> dict[str, list[Standing]]:
    """For each reading the standings in which a state is out by an act of its own."""
    return {reading: left_by(evidence, name, state, reading) for reading in evidence.readings_on(name, state)}


def phrase(step: ExitStep) -> str:
    """What a state did, within a sentence that begins with its name."""
    if step.kind == ANNOUNCED and step.of:
        return f"announced {' and '.join(sorted(item.replace('-', ' ') for item in step.of))}"
    return WORDS.get(step.kind, step.kind.replace("-", " "))
