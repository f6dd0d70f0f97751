"""Acts held against the lives of states and instruments: nobody signs before birth, or before the opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import FactsError, Finding
from treatygraph.model.records import Act, Facts, Instrument, State

__all__ = ["acts_outside_lives", "broken_lives"]

_BACKWARDS: Final = frozenset({"succession", "accession"})
"""Acts that can work back to a day before them (rule R34)."""


def acts_outside_lives(facts: Facts) -> Iterator[Finding]:
    """Errors: acts that were surely made before or after the state, or before the instrument's opening."""
    for name, ledger in facts.acts.items():
        card = facts.instruments.get(name)
        for act in ledger:
            yield from _against_state(act, facts.states)
            if card:
                yield from _against_opening(act, card)
            yield from _backwards(act)


def _against_state(act: Act, states: Mapping[str, State]) -> Iterator[Finding]:
    state = states[act.state]
    if act.date.latest < state.start:
        when = f"before {state.name} existed (from {state.start.isoformat()})"
        others = _alive(_before(states, act.state), states, act.date.latest)
    elif act.date.earliest >= state.end:
        when = f"after {state.name} ended ({state.end.isoformat()})"
        others = _alive(_after(states, act.state), states, act.date.earliest)
    else:
        return
    mend = f"put it under {' or '.join(others)}, or correct the day." if others else "correct the state or the day."
    yield Finding(
        act.cite.place, "outside-life", f"{act.kind} of {act.state} on {act.date}, {when}.", mend, record=act.id
    )


def _before(states: Mapping[str, State], code: str) -> list[str]:
    """The states that this one continues or came from, nearest first."""
    chain = [code]
    for name in chain:
        state = states.get(name)
        ancestors = (state.continues, *state.successor_of) if state else ()
        chain += [other for other in ancestors if other and other not in chain]
    return chain[1:]


def _after(states: Mapping[str, State], code: str) -> list[str]:
    """The states that continue this one or came from it; whoever continues it stands alone."""
    chain = [code]
    for name in chain:
        heirs = [state.code for state in states.values() if state.continues == name]
        heirs = heirs or [state.code for state in states.values() if name in state.successor_of]
        chain += [other for other in heirs if other not in chain]
    return chain[1:]


def _alive(codes: list[str], states: Mapping[str, State], when: date) -> list[str]:
    return [code for code in codes if (state := states.get(code)) and state.start <= when < state.end]


def _against_opening(act: Act, card: Instrument) -> Iterator[Finding]:
    """No act under a treaty is older than its text (VCLT articles 10 to 15); a regime may gather before it."""
    if card.is_treaty and card.signed and act.date.latest < card.signed.earliest:
        place = card.cites["signed"].place
        yield Finding(
            act.cite.place,
            "before-opening",
            f"{act.kind} of {act.state} on {act.date}, before {card.id} was signed or opened ({card.signed}).",
            f"correct the day of the act, or that of the signature ({place}).",
            record=act.id,
        )


def _backwards(act: Act) -> Iterator[Finding]:
    if act.effective and act.effective.latest < act.date.earliest and act.kind not in _BACKWARDS:
        yield Finding(
            act.cite.place,
            "effect-before-act",
            f"{act.kind} of {act.state} takes effect on {act.effective}, before the act itself ({act.date}).",
            "correct one of the two days; only a succession or an accession can work back.",
            record=act.id,
        )


def broken_lives(facts: Facts) -> Iterator[Finding]:
    """Errors: states that end before they begin, and states or instruments that depend on each other in a circle."""
    for state in facts.states.values():
        if state.end <= state.start:
            message = f"{state.code} ends on {state.end.isoformat()}, not after it began on {state.start.isoformat()}."
            mend = "correct 'from' or 'until' (the first day gone)."
            yield Finding(state.cite.place, "state-ends-before-start", message, mend, record=state.code)
        if _continues_itself(facts.states, state.code):
            message = f"{state.code} continues itself in a circle."
            yield Finding(state.cite.place, "circle", message, "empty one 'continues'.", record=state.code)
    try:
        _ = Corpus(facts).order
    except FactsError as problem:
        for finding in problem.findings:
            yield replace(finding, record=finding.place.partition(":")[0])


def _continues_itself(states: Mapping[str, State], code: str) -> bool:
    seen = {code}
    name = states[code].continues
    while name in states and name not in seen:
        seen.add(name)
        name = states[name].continues
    return name == code
