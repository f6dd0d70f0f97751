"""Who carries on whose treaties: continuity, union, and the line of a state through its names.

A continuing state is the same party (rule R33: Russia is the Soviet Union). A union of states takes
over what its parts were bound by (R35, VCSS article 31). A state that separated is bound from its
succession on when it says so (R34); the notification is an act in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from treatygraph.model.records import State

__all__ = ["carried_on_by", "heirs_of", "identity", "line", "parts_of"]


class Continuing(Protocol):
    """Whatever says whose identity it carries on."""

    @property
    def continues(self) -> str:
        """The code of the state continued; empty if none."""


def line(states: Mapping[str, Continuing], code: str) -> tuple[str, ...]:
    """The state and those whose identity it carries on, newest first.

    Returns only ``code`` where it continues nobody or is unknown.
    """
    codes = [code]
    while (state := states.get(codes[-1])) and state.continues and state.continues not in codes:
        codes.append(state.continues)
    return tuple(codes)


def identity(states: Mapping[str, State], code: str) -> str:
    """The oldest state of the line: two names of one legal person have the same identity (R33)."""
    return line(states, code)[-1]


def carried_on_by(states: Mapping[str, State], code: str) -> str:
    """The state that carries on the identity of ``code`` today; itself where nobody does."""
    for state in states.values():
        if state.continues == code:
            return carried_on_by(states, state.code)
    return code


def parts_of(states: Mapping[str, State], code: str) -> tuple[str, ...]:
    """The states that united in ``code`` and handed it their treaties (R35); else empty.

    A part that had ended before the union hands over nothing.
    """
    state = states.get(code)
    if state is None or state.mode != "union":
        return ()
    return tuple(part for part in state.successor_of if part not in states or states[part].end >= state.start)


def heirs_of(states: Mapping[str, State], *codes: str) -> set[str]:
    """The states and all whose standings can rest on their acts: who continues one, and the unions that it went into.

    Of many states together: a gap may name a hundred, and one by one they took a tenth of the build.
    """
    heirs, fresh = set(codes), set(codes)
    while fresh:
        fresh = {
            state.code
            for state in states.values()
            if state.code not in heirs
            and (state.continues in fresh or not fresh.isdisjoint(parts_of(states, state.code)))
        }
        heirs |= fresh
    return heirs
