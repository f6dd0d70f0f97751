"""Whom a question is about: a state or a group, as the user names it, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from treatygraph.build.shelf import Shelf
from treatygraph.law.succession import line
from treatygraph.model import names
from treatygraph.model.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from treatygraph.model.records import Membership, State

__all__ = ["Side", "find", "group_name", "named", "side", "states_of", "with_article"]

_ARTICLES = frozenset({"USA", "GBR", "SUN", "NLD", "ARE", "PHL", "DOM", "BHS", "GMB", "COM", "MDV", "MHL", "SLB", "CAF",
                       "RUE", "OTT", "UAR", "VAT", "FSM"})  # fmt: skip


_DESCRIBED = frozenset({"nuclear-armed", "p5"})
"""Groups that have no name, but are described."""


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
        if not self.is_group:
            return with_article(self.bearers[0] if self.bearers else "", self.title)
        return group_name(self.id, self.title)


def with_article(code: str, title: str) -> str:
    """The name of a state within a sentence: ``the United States``, ``Russia``."""
    return f"the {title}" if code in _ARTICLES else title


def group_name(group: str, title: str) -> str:
    """The name of a group within a sentence: ``NATO``, ``the Warsaw Pact``, ``the nuclear-armed states``."""
    if title.isupper():
        return title
    return f"the {title[0].lower()}{title[1:]}" if group in _DESCRIBED else f"the {title}"


def find(shelf: Shelf, text: str, kinds: Sequence[str]) -> tuple[str, str]:
    """The kind and id of the record that ``text`` names, of the kinds given, in their order.

    Raises:
        UnknownName: no record bears the name; the nearest ones are listed.
        UsageError: the name is that of several records.
    """
    found = shelf.get("name", names.key(text)) or []
    if not found and (other := _in_other_language(text, kinds)):
        return other
    _one_power(text, kinds, found)
    for kind in kinds:
        matches = list(dict.fromkeys(record for of_kind, record, _ in found if of_kind == kind))
        exact = [record for record in matches if record.casefold() == text.strip().casefold()]
        if len(exact or matches) == 1:
            return kind, (exact or matches)[0]
        if matches:
            raise UsageError(f"'{text}' names several: {', '.join(matches)}. Use one of these ids.")
    raise _unknown(shelf, text, kinds)


def _one_power(text: str, kinds: Sequence[str], found: Sequence[Sequence[str]]) -> None:
    """Refuse what may be a state's code or a group's abbreviation, unless it is written as the code is (``NAM``)."""
    powers = {kind: record for kind, record, _ in found if kind in ("state", "group") and kind in kinds}
    if len(powers) > 1 and text.strip() != powers["state"]:
        state, group = powers["state"], powers["group"]
        raise UsageError(f"'{text}' is the code of a state, {state}, and names a group, {group}. Use one of these ids.")


def _in_other_language(text: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """The record that is called this in a language other than English, by labels that are no facts of ours."""
    from treatygraph.build.cache import labels_file
    from treatygraph.labels import called

    return called(text, kinds, labels_file())


def _unknown(shelf: Shelf, text: str, kinds: Sequence[str]) -> UnknownName:
    known = [(key, entry[2]) for key, entries in shelf.all("name") for entry in entries if entry[0] in kinds]
    what = " or ".join(kinds)
    return names.unknown(what, text, known)


class _Life(NamedTuple):
    """What a question needs of a state."""

    code: str
    name: str
    start: str
    end: str
    continues: str
    successor_of: list[str]


class _Lives(dict[str, _Life]):
    """Lives of states, fetched one by one, so that a question about two does not read all."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf

    def get(self, code: str, default: _Life | None = None) -> _Life | None:  # type: ignore[override]
        return self[code] if code in self or self._shelf.get("life", code) is not None else default

    def __missing__(self, code: str) -> _Life:
        self[code] = _Life(code, *self._shelf.get("life", code))
        return self[code]

    def every(self) -> list[_Life]:
        """All states."""
        return [_Life(code, *value) for code, value in self._shelf.all("life")]


def side(shelf: Shelf, text: str, on: date) -> Side:
    """The state or group that ``text`` names, on a day; an export-control regime stands for its participants.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the state did not exist that day and nobody bore its identity; who was there is named.
    """
    lives: _Lives = shelf.memo.setdefault("lives of sides", _Lives(shelf))
    try:
        kind, code = find(shelf, text, ("state", "group"))
    except UnknownName:
        regime = _regime_called(shelf, text)
        if not regime:
            raise
        title = shelf.get("brief", regime)["title"]
        return _together(lives, regime, title, _participants(shelf, regime, on), on)
    return _group(shelf, lives, code, on) if kind == "group" else _state(lives, code, on.isoformat())


def _regime_called(shelf: Shelf, text: str) -> str:
    """The export-control regime of that name; empty where there is none."""
    named = [code for kind, code, _ in shelf.get("name", names.key(text)) or () if kind == "instrument"]
    regimes = [code for code in named if shelf.get("brief", code)["kind"] == "export-control-regime"]
    return regimes[0] if regimes else ""


def _participants(shelf: Shelf, regime: str, on: date) -> list[str]:
    from treatygraph.build.codec import decode
    from treatygraph.model.standings import Derivation
    from treatygraph.model.vocabulary import DEPOSITARY

    derived = decode(Derivation, shelf.get("derivation", f"{DEPOSITARY}/{regime}"))
    return [item.state for item in derived.standings if item.binds and item.start <= on < item.end]


def _state(lives: _Lives, code: str, on: str) -> Side:
    state, notes = lives[code], []
    chain = line(lives, code)
    borne = [name for name in chain if lives[name].start <= on < lives[name].end]
    if not borne and state.end <= on:
        heir = next((life.code for life in lives.every() if life.continues == code and life.start <= on < life.end), "")
        if heir:
            notes.append(f"{state.name} ended on {state.end}; {lives[heir].name} continues it")
            chain, borne, state = line(lives, heir), [heir], lives[heir]
    if not borne:
        raise UsageError(_absent(lives, state, on))
    bearer = lives[borne[0]]
    if bearer.code != state.code:
        notes.append(f"on {on} {state.name} was {bearer.name}, whose identity it continues")
    return Side(state.code, bearer.name, (state.code,), (chain,), (bearer.code,), tuple(notes))


def _absent(lives: _Lives, state: _Life, on: str) -> str:
    if on >= state.end:
        heirs = sorted(life.name for life in lives.every() if state.code in (life.continues, *life.successor_of))
        there = f"; after it came {', '.join(heirs)}" if heirs else ""
        return f"{state.name} had ended by {on}{there}."
    before = [lives[code].name for code in (state.continues, *state.successor_of) if code]
    there = f"; {' and '.join(before)} was there" if before else ""
    return f"{state.name} did not exist on {on} (it begins on {state.start}){there}."


def _group(shelf: Shelf, lives: _Lives, code: str, on: date) -> Side:
    members = [member.state for member in _members(shelf, code) if member.holds_on(on)]
    return _together(lives, code, shelf.get("group", code)[1], members, on)


def _members(shelf: Shelf, code: str) -> tuple[Membership, ...]:
    """Who was in a group and when; read once, then kept by the shelf."""
    found: tuple[Membership, ...] | None = shelf.memo.get(("members", code))
    if found is None:
        from treatygraph.build.codec import decode
        from treatygraph.model.records import Membership

        found = tuple(decode(Membership, value) for value in shelf.get("members", code) or ())
        shelf.memo["members", code] = found
    return found


def _together(lives: _Lives, code: str, title: str, members: Iterable[str], on: date) -> Side:
    """Those of the members that existed on the day, as one side."""
    day = on.isoformat()
    there = sorted({member for member in members if lives[member].start <= day < lives[member].end})
    if not there:
        raise UsageError(f"{title} has no member on record on {day}.")
    lines = tuple(line(lives, name) for name in there)
    note = f"{title} had {len(there)} members on record on {day}"
    return Side(code, title, tuple(there), lines, tuple(there), (note,))


def named(shelf: Shelf, code: str) -> str:
    """The name of a state within a sentence, with its article."""
    name: str = shelf.get("life", code)[0]
    return f"the {name}" if code in _ARTICLES else name


def states_of(shelf: Shelf) -> dict[str, State]:
    """Every state with all that is on record of it, by code."""
    from treatygraph.build.codec import decode
    from treatygraph.model.records import State

    return {code: decode(State, value) for code, value in shelf.all("state")}
