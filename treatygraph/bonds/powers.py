"""Whom a question is about: a state or a group, as the user names it, on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from treatygraph.bonds.typed_names import typed_name
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model import names
from treatygraph.model.dates import BEGINNING, OPEN, day, long_form
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.index_records import Existence, NameEntry

if TYPE_CHECKING:
    from treatygraph.model.records import State

__all__ = ["Power", "find", "group_name", "insiders", "life_of", "named", "person_of", "power", "power_ever",
           "power_under", "states_of", "whole_life", "with_article"]  # fmt: skip

_ARTICLES = frozenset({"USA", "GBR", "SUN", "NLD", "ARE", "PHL", "DOM", "BHS", "GMB", "COM", "MDV", "MHL", "SLB", "CAF",
                       "RUE", "OTT", "UAR", "VAT", "FSM", "EUU"})  # fmt: skip


_DESCRIBED = frozenset({"nuclear-armed", "p5"})
"""Groups that have no name, but are described."""


@dataclass(frozen=True)
class Power:
    """One of the two powers: a state with the states it continues, or the members of a group on the day."""

    id: str
    title: str
    members: tuple[str, ...]
    continuities: tuple[tuple[str, ...], ...]
    """For each member the codes whose standings are its own, newest first."""
    holders: tuple[str, ...]
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
            return with_article(self.holders[0] if self.holders else "", self.title)
        return group_name(self.id, self.title)


def with_article(code: str, title: str) -> str:
    """The name of a state within a sentence: ``the United States``, ``Russia``."""
    return f"the {title}" if code in _ARTICLES else title


def group_name(group: str, title: str) -> str:
    """The name of a group within a sentence: ``NATO``, ``the Warsaw Pact``, ``the nuclear-armed states``."""
    if title.isupper():
        return title
    return f"the {title[0].lower()}{title[1:]}" if group in _DESCRIBED else f"the {title}"


def insiders(group: Power) -> str:
    """The members of a group within a sentence: ``the 32 members of NATO``, ``the 9 nuclear-armed states``."""
    count = len(group.members)
    if group.id in _DESCRIBED:
        return f"the {count} {group.name.removeprefix('the ')}"
    return f"the {count} members of {group.title.removesuffix(' members')}"


def find(index: Index, text: str, kinds: Sequence[str]) -> tuple[str, str]:
    """The kind and id of the record that ``text`` names, of the kinds given, in their order.

    Besides the names of records: our own addresses, linked items of Wikidata, names in other languages, and the forms
    of :mod:`treatygraph.bonds.typed_names`.

    Raises:
        UnknownName: no record bears the name; the nearest ones are listed.
        UsageError: the name is that of several records.
    """
    called = index.named(names.key(text))
    if not called and (other := _in_other_language(text, kinds)):
        return other
    entries = _one_power(index, text, kinds, called)
    for kind in kinds:
        matches = list(dict.fromkeys(record for of_kind, record, _ in entries if of_kind == kind))
        exact = [record for record in matches if record.casefold() == text.strip().casefold()]
        if len(exact or matches) == 1:
            return kind, (exact or matches)[0]
        if matches:
            raise UsageError(f"'{text}' names several: {', '.join(matches)}. Use one of these ids.")
    if names.key(text) not in names.AMBIGUOUS_KEYS and (
        meant := typed_name(index, text, kinds, lambda form: _bearers(index, form, kinds))
    ):
        return meant
    raise _unknown(index, text, kinds)


def _bearers(index: Index, text: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The records of these kinds that bear a name exactly; of an abbreviation in use for several, these."""
    if "instrument" in kinds and (meant := names.AMBIGUOUS_KEYS.get(names.key(text))):
        return [("instrument", record) for record in meant]
    return [(kind, record) for kind, record, _ in index.named(names.key(text)) if kind in kinds]


def _one_power(index: Index, text: str, kinds: Sequence[str], entries: Sequence[NameEntry]) -> Sequence[NameEntry]:
    """The entries, without a body where its members are meant (the EU); what names two things is refused.

    Raises:
        UsageError: it may be a state's code or a group's abbreviation, and is not written as the code is (``NAM``).
    """
    powers = {kind: record for kind, record, _ in entries if kind in ("state", "group") and kind in kinds}
    if len(powers) < 2:
        return entries
    state, group = powers["state"], powers["group"]
    if person_of(index, group) == state:
        return [entry for entry in entries if entry.kind != "state"]
    if text.strip() != state:
        raise UsageError(f"'{text}' is the code of a state, {state}, and names a group, {group}. Use one of these ids.")
    return entries


def person_of(index: Index, group: str) -> str:
    """The body that a group is in its own person: ``EUU`` of ``eu``; empty where it acts through its members alone."""
    known = index.group(group)
    title = known.title.removesuffix(" members") if known else ""
    return next((life.code for life in index.existences().values() if life.name == title), "")


def _in_other_language(text: str, kinds: Sequence[str]) -> tuple[str, str] | None:
    """The record that is called this in a language other than English, by labels that are no facts of ours."""
    from treatygraph.build.cache import labels_file
    from treatygraph.labels import called

    return called(text, kinds, labels_file())


def _unknown(index: Index, text: str, kinds: Sequence[str]) -> UnknownName:
    known = [(key, entry.shown) for key, entries in index.names() for entry in entries if entry.kind in kinds]
    what = " or ".join(kinds)
    return names.unknown(what, text, known)


class _Lives(Mapping[str, Existence]):
    """Lives of states, read one by one, so that a question about two does not read all."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, code: str) -> Existence:
        life = self._index.existence(code)
        if life is None:
            raise KeyError(code)
        return life

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.existences())

    def __len__(self) -> int:
        return len(self._index.existences())


def power(index: Index, text: str, on: date) -> Power:
    """The state or group that ``text`` names, on a day; an export-control regime stands for its participants.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the state did not exist that day and nobody bore its identity; who was there is named.
    """
    # Half of the 60 µs of a question that is asked again went into its two names.
    return index.recent(("power", text, on), lambda: _power(index, text, on))


def _power(index: Index, text: str, on: date) -> Power:
    try:
        kind, code = find(index, text, ("state", "group"))
    except UnknownName:
        regime = _regime_called(index, text)
        if not regime:
            raise
        return _together(index, regime, index.summary(regime).title, _participants(index, regime, on), on)
    return _group(index, code, on) if kind == "group" else _state(index, code, on.isoformat())


def power_under(index: Index, text: str, on: date, instrument: str) -> Power:
    """The same, where it is asked about under an instrument: a group that acts there in its own person is that body.

    The European Union takes part in the Australia Group itself, and in the NPT through its members alone.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the state did not exist that day.
    """
    meant = power(index, text, on)
    body = person_of(index, meant.id) if meant.is_group else ""
    return _state(index, body, on.isoformat()) if body and index.acts_of(instrument, (body,)) else meant


def power_ever(index: Index, text: str, on: date) -> tuple[Power, date]:
    """The state or group that ``text`` names and the day on which it is looked at: ``on``, or its last day (K16).

    Raises:
        UnknownName: nothing is called that.
        UsageError: a state that is not there yet.
    """
    life = life_of(index, text)
    if life is None or life[1] > on:
        return power(index, text, on), on
    last = life[1] - timedelta(days=1)
    former = power(index, text, last)
    note = f"{former.title} ended on {long_form(life[1])}; what is told is of its life"
    return replace(former, notes=(*former.notes, note)), last


def life_of(index: Index, text: str) -> tuple[date, date] | None:
    """When a state or group was there, half-open; a group from its first member to its last.

    Returns:
        None where the name is that of an export-control regime, or of a group without members on record.

    Raises:
        UnknownName: nothing is called that.
    """
    try:
        kind, code = find(index, text, ("state", "group"))
    except UnknownName:
        if _regime_called(index, text):
            return None
        raise
    if kind == "state":
        life = index.existence(code)
        return (day(life.start), day(life.end)) if life else None
    rows = index.memberships(code)
    if not rows:
        return None
    starts = [row.start.earliest if row.start else BEGINNING for row in rows]
    return min(starts), max(row.end.latest if row.end else OPEN for row in rows)


def whole_life(index: Index, text: str) -> Power:
    """A state or group that has ended, as it was: of a group, all members that it ever had.

    Raises:
        UnknownName: nothing is called that.
    """
    kind, code = find(index, text, ("state", "group"))
    if kind == "state":
        return _state(index, code, (day(_Lives(index)[code].end) - timedelta(days=1)).isoformat())
    group, lives = index.group(code), _Lives(index)
    members = tuple(sorted({row.state for row in index.memberships(code)}))
    return Power(code, group.title if group else code, members, tuple(line(lives, name) for name in members), members)


def _regime_called(index: Index, text: str) -> str:
    """The export-control regime of that name; empty where there is none."""
    instruments = (entry.record for entry in index.named(names.key(text)) if entry.kind == "instrument")
    return next((name for name in instruments if index.summary(name).kind == "export-control-regime"), "")


def _participants(index: Index, regime: str, on: date) -> list[str]:
    standings = index.outline(regime).standings
    return [item.state for item in standings if item.binds and item.start <= on < item.end]


def _state(index: Index, code: str, on: str) -> Power:
    lives, notes = _Lives(index), []
    state, chain = lives[code], line(lives, code)
    holders = [name for name in chain if lives[name].on(on)]
    if not holders and state.end <= on:
        heir = next((life for life in lives.values() if life.continues == code and life.on(on)), None)
        if heir:
            notes.append(f"{state.name} ended on {state.end}; {heir.name} continues it")
            chain, holders, state = line(lives, heir.code), [heir.code], heir
    if not holders and (bearer := _bearer_of(index, state.name, on)):
        borne = _state(index, bearer, on)
        note = f"on {on} {state.name} was the state that is on record as {borne.title}"
        return replace(borne, title=state.name, notes=(*borne.notes, note))
    if not holders:
        raise UsageError(_absent(lives, state, on))
    holder = lives[holders[0]]
    if holder.code != state.code:
        notes.append(f"on {on} {state.name} was {holder.name}, whose identity it continues")
    return Power(state.code, holder.name, (state.code,), (chain,), (holder.code,), tuple(notes))


def _bearer_of(index: Index, name: str, on: str) -> str:
    """The state that bore the name on a day, by an alias with its years: ``Yugoslavia (1992-2003)``; else empty."""
    form = re.compile(rf"{re.escape(names.key(name))} (\d{{4}}) (\d{{4}})")
    for called, entries in index.names():
        years = form.fullmatch(called)
        if not years or not years[1] <= on[:4] <= years[2]:
            continue
        bearers = (index.existence(entry.record) for entry in entries if entry.kind == "state")
        return next((life.code for life in bearers if life and life.on(on)), "")
    return ""


def _absent(lives: Mapping[str, Existence], state: Existence, on: str) -> str:
    if on >= state.end:
        heirs = sorted(life.name for life in lives.values() if state.code in (life.continues, *life.successor_of))
        there = f"; after it came {', '.join(heirs)}" if heirs else ""
        return f"{state.name} had ended by {on}{there}."
    before = [lives[code].name for code in (state.continues, *state.successor_of) if code]
    there = f"; {' and '.join(before)} was there" if before else ""
    return f"{state.name} did not exist on {on} (it begins on {state.start}){there}."


def _group(index: Index, code: str, on: date) -> Power:
    group = index.group(code)
    members = [member.state for member in index.memberships(code) if member.holds_on(on)]
    return _together(index, code, group.title if group else code, members, on)


def _together(index: Index, code: str, title: str, members: Iterable[str], on: date) -> Power:
    """Those of the members that existed on the day, as one power."""
    day, lives = on.isoformat(), _Lives(index)
    there = sorted({member for member in members if lives[member].on(day)})
    if not there:
        raise UsageError(f"{title} has no member on record on {day}.")
    continuities = tuple(line(lives, name) for name in there)
    note = f"{title} had {len(there)} members on record on {day}"
    return Power(code, title, tuple(there), continuities, tuple(there), (note,))


def named(index: Index, code: str) -> str:
    """The name of a state within a sentence, with its article."""
    life = index.existence(code)
    return with_article(code, life.name if life else code)


def states_of(index: Index) -> Mapping[str, State]:
    """Every state with all that is on record of it, by code."""
    return index.states()
