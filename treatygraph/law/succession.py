"""Who carries on whose treaties: continuity, union, and the line of a state through its names.

A continuing state is the same party (rule R33: Russia is the Soviet Union). A union of states takes
over what its parts were bound by (R35, VCSS article 31). A state that separated is bound from its
succession on when it says so (R34); the notification is an act in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from treatygraph.dates import OPEN
from treatygraph.records import State

__all__ = ["bearer", "carried_on_by", "line", "parts_of"]


def line(states: Mapping[str, State], code: str) -> tuple[str, ...]:
    """The state and those whose identity it carries on, newest first.

    Returns only ``code`` where it continues nobody or is unknown.
    """
    found = [code]
    while (state := states.get(found[-1])) and state.continues and state.continues not in found:
        found.append(state.continues)
    return tuple(found)


def carried_on_by(states: Mapping[str, State], code: str) -> str:
    """The state that carries on the identity of ``code`` today; itself where nobody does."""
    for state in states.values():
        if state.continues == code:
            return carried_on_by(states, state.code)
    return code


def parts_of(states: Mapping[str, State], code: str) -> tuple[str, ...]:
    """The states that united in ``code`` and handed it their treaties (R35); else empty."""
    state = states.get(code)
    return state.successor_of if state and state.mode == "union" else ()


def bearer(states: Mapping[str, State], code: str, when: date) -> str | None:
    """Who bore the identity of ``code`` on a day: itself or a state it continues; None if nobody did."""
    for name in line(states, code):
        state = states[name]
        if state.start <= when < state.end:
            return name
    return None


def alive(states: Mapping[str, State], code: str) -> bool:
    """Whether the state has no end on record."""
    state = states.get(code)
    return state is None or state.end == OPEN
