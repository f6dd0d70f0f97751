"""Whom a question is about: a state or a group, as the user names it, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from treatygraph import names
from treatygraph.codec import decode
from treatygraph.documents import Shelf
from treatygraph.errors import UnknownName, UsageError
from treatygraph.law.succession import line
from treatygraph.records import Group, Membership, State

__all__ = ["Side", "find", "side", "states_of"]

_ARTICLES = frozenset({"USA", "GBR", "SUN", "NLD", "ARE", "PHL", "DOM", "BHS", "GMB", "COM", "MDV", "MHL", "SLB", "CAF",
                       "COD", "COG", "RUE", "OTT", "DDR", "UAR", "VAT", "RUS*"})  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One of the two powers: a state with the states it continues, or the members of a group on the day."""

    id: str
    title: str
    members: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    """For each member the codes whose standings are its own, newest first."""
    bearers: tuple[str, ...]
    """Who bore each member's identity on the day."""
    notes: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether the side is a group of states."""
        return self.id.islower()

    @property
    def name(self) -> str:
        """The name within a sentence, with its article."""
        return f"the {self.title}" if self.bearers[:1] and self.bearers[0] in _ARTICLES and not self.is_group else self.title


def find(shelf: Shelf, text: str, kinds: Sequence[str]) -> tuple[str, str]:
    """The kind and id of the record that ``text`` names, of the kinds given, in their order.

    Raises:
        UnknownName: no record bears the name; the nearest ones are listed.
        UsageError: the name is that of several records.
    """
    found = shelf.get("name", names.key(text)) or []
    for kind in kinds:
        matches = list(dict.fromkeys(record for of_kind, record, _ in found if of_kind == kind))
        exact = [record for record in matches if record.casefold() == text.strip().casefold()]
        if len(exact or matches) == 1:
            return kind, (exact or matches)[0]
        if matches:
            raise UsageError(f"'{text}' names several: {', '.join(matches)}. Use one of these ids.")
    raise _unknown(shelf, text, kinds)


def _unknown(shelf: Shelf, text: str, kinds: Sequence[str]) -> UnknownName:
    known = [(key, entry[2]) for key, entries in shelf.all("name") for entry in entries if entry[0] in kinds]
    what = " or ".join(kinds)
    return names.unknown(what, text, known)


def states_of(shelf: Shelf) -> dict[str, State]:
    """Every state, by code."""
    return {code: decode(State, value) for code, value in shelf.all("state")}


class _States(dict[str, State]):
    """States fetched one by one, so that a question about two does not read all."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf

    def get(self, code: str, default: State | None = None) -> State | None:  # type: ignore[override]
        return self[code] if code in self or self._shelf.get("state", code) is not None else default

    def __missing__(self, code: str) -> State:
        self[code] = decode(State, self._shelf.get("state", code))
        return self[code]


def side(shelf: Shelf, text: str, on: date) -> Side:
    """The state or group that ``text`` names, on a day.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the state did not exist that day and nobody bore its identity; who was there is named.
    """
    kind, code = find(shelf, text, ("state", "group"))
    states = _States(shelf)
    if kind == "group":
        return _group(shelf, states, code, on)
    return _state(shelf, states, code, on)


def _state(shelf: Shelf, states: _States, code: str, on: date) -> Side:
    state, notes = states[code], []
    chain = line(states, code)
    borne = [name for name in chain if states[name].start <= on < states[name].end]
    if not borne and state.end <= on:
        heir = _heir(shelf, code, on)
        if heir:
            notes.append(f"{state.name} ended on {state.end.isoformat()}; {states[heir].name} continues it")
            chain, borne, state = line(states, heir), [heir], states[heir]
    if not borne:
        raise UsageError(_absent(shelf, states, state, on))
    if borne[0] != state.code:
        notes.append(f"on {on.isoformat()} {state.name} was {states[borne[0]].name}, whose identity it continues")
    bearer = states[borne[0]]
    return Side(state.code, bearer.name, (state.code,), (chain,), (bearer.code,), tuple(notes))


def _heir(shelf: Shelf, code: str, on: date) -> str:
    for name, value in shelf.all("state"):
        state = decode(State, value)
        if state.continues == code and state.start <= on < state.end:
            return name
    return ""


def _absent(shelf: Shelf, states: _States, state: State, on: date) -> str:
    if on >= state.end:
        heirs = [s.name for s in states_of(shelf).values() if state.code in (s.continues, *s.successor_of)]
        there = f"; after it came {', '.join(sorted(heirs))}" if heirs else ""
        return f"{state.name} had ended by {on.isoformat()}{there}."
    before = [states[code].name for code in (state.continues, *state.successor_of) if code]
    there = f"; {' and '.join(before)} was there" if before else ""
    return f"{state.name} did not exist on {on.isoformat()} (it begins on {state.start.isoformat()}){there}."


def _group(shelf: Shelf, states: _States, code: str, on: date) -> Side:
    group = decode(Group, shelf.get("group", code))
    members = [decode(Membership, value) for value in shelf.get("members", code) or ()]
    there = sorted({member.state for member in members if member.holds_on(on) and _alive(states, member.state, on)})
    if not there:
        raise UsageError(f"{group.title} has no member on record on {on.isoformat()}.")
    lines = tuple(line(states, name) for name in there)
    notes = (f"{group.title} had {len(there)} members on record on {on.isoformat()}",)
    return Side(code, group.title, tuple(there), lines, tuple(there), notes)


def _alive(states: _States, code: str, on: date) -> bool:
    state = states[code]
    return state.start <= on < state.end
