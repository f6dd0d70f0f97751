"""Judges drafted claims: the one door through which every claim is held against the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Day  # noqa: N812 - what it judges has a 'date'
from typing import Final

from treatygraph.answers.claims.checks import PER_STATE, RUNNING
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.claims.resolve import Resolver
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Held,
    capital,
)
from treatygraph.answers.wording import listed
from treatygraph.build.index import Index
from treatygraph.facts.claim_terms import TERMS, problem_of
from treatygraph.model.dates import Span
from treatygraph.model.errors import UsageError

__all__ = ["judge"]

_SHOWN = 6


def judge(index: Index, drafts: Iterable[Draft], date: Day, *, known: Day | None = None) -> tuple[HeldClaim, ...]:
    """Hold each claim against the record, in the order given.

    Args:
        index: the documents of the graph; with ``known`` those of that day.
        drafts: the claims, with names as people type them.
        date: the day of the report, on which a claim without a day of its own is judged.
        known: only acts and events on record by this day count.

    Raises:
        UsageError: a claim has an unknown check or term, or a value that its term does not take; it is named. A name
            of an instrument or a person that nobody has is no error: the claim is not on record.
    """
    evidence, resolver = Evidence(index, date, known), Resolver(index)
    return tuple(_judged(evidence, resolver, draft) for draft in drafts)


def _judged(evidence: Evidence, resolver: Resolver, draft: Draft) -> HeldClaim:
    if problem := problem_of(draft):
        raise UsageError(f"the claim '{draft.id}' cannot be judged: {problem}")
    resolved = resolver(draft)
    held = _unknown(resolved.unknown) if resolved.unknown else _of_states(evidence, resolved.draft)
    return _answer(evidence, resolved.draft, held)


_CALLED: Final = {
    "instrument": "instrument", "power": "state or group", "group": "state or group", "official": "person",
    "event": "event", "addressee": "person", "against": "state or group",
}  # fmt: skip


def _unknown(unknown: Mapping[str, tuple[str, ...]]) -> Held:
    """Names that nobody has: the record does not reach the claim."""
    missing = [(term, text) for term, texts in unknown.items() for text in texts]
    told = [f"no {_CALLED.get(TERMS[term].kind, term)} called “{text}”" for term, text in missing]
    return Held(NOT_ON_RECORD, f"The record has {listed(told)}.")


def _of_states(evidence: Evidence, draft: Draft) -> Held:
    """A claim about several states, or a group, is one about each of them."""
    run = RUNNING[draft.check]
    if draft.check not in PER_STATE or not draft.get("state"):
        return run(evidence, draft)
    on = min(Span.parse(draft.get("on")).latest, evidence.date) if draft.get("on") else evidence.date
    states = [state for name in draft.many("state") for state in evidence.power(name, on)]
    if not states:
        return Held(NOT_ON_RECORD, f"{capital(evidence.group(draft.get('state')))} had no member on record then.")
    if len(states) == 1:
        return run(evidence, draft.having(state=states[0]))
    return _together(evidence, {state: run(evidence, draft.having(state=state)) for state in states})


def _together(evidence: Evidence, of_states: dict[str, Held]) -> Held:
    """One verdict for several states: right only if it is of each, wrong if it is of any."""
    verdicts = {held.verdict for held in of_states.values()}
    order = (CONTRADICTED, DEPENDS, IMPRECISE, NOT_ON_RECORD)
    verdict = next((item for item in order if item in verdicts), CONFIRMED)
    shown = [held for held in of_states.values() if held.verdict == verdict][:_SHOWN]
    of = [evidence.named(state) for state, held in of_states.items() if held.verdict == verdict]
    text = " ".join(held.record for held in shown)
    if verdict != CONFIRMED:
        others = " and others" if len(of) > _SHOWN else ""
        text = f"Of {len(of_states)} states it is {verdict.replace('-', ' ')} for {listed(of[:_SHOWN])}{others}. {text}"
    proofs = tuple(proof for held in shown for proof in held.proofs)
    definitions = tuple(item for held in shown for item in held.definitions)
    notes = tuple(dict.fromkeys(note for held in shown for note in held.notes))
    return Held(verdict, text, proofs, definitions, notes)


def _answer(evidence: Evidence, draft: Draft, held: Held) -> HeldClaim:
    sources = dict.fromkeys(source for proof in held.proofs for source in proof.sources if source != "treatygraph")
    unverified = tuple(dict.fromkeys(proof.shows for proof in held.proofs if evidence.is_unverified(proof.sources)))
    record = capital(held.record)
    if unverified:
        record += f" Unverified (general knowledge): {listed(unverified)}."
    return HeldClaim(
        id=draft.id,
        says=draft.says,
        check=draft.check,
        terms=draft.terms,
        verdict=held.verdict,
        record=record,
        fix=_fix(held),
        because=_ids(held),
        sources=tuple(sources),
        unverified=unverified,
        definitions=held.definitions,
        notes=held.notes,
        span=draft.span,
        quote=draft.quote,
    )


def _ids(held: Held) -> tuple[str, ...]:
    return tuple(dict.fromkeys(proof.id for proof in held.proofs))


def _fix(held: Held) -> str:
    """The sentence that would be right: what the record says instead, where it says something."""
    if held.verdict not in (IMPRECISE, CONTRADICTED, DEPENDS):
        return ""
    return capital(held.fix or held.record)
