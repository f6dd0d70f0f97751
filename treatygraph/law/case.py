"""A case: an instrument with all that its standings depend on, and the same as one reading sees it by a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from treatygraph.law.readings import CLAUSE, accepted, known_by, widened
from treatygraph.law.succession import identity
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.records import Act, Assertion, Cite, Conflict, Instrument, State
from treatygraph.model.standings import Because, Derivation
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["Case", "Docket", "docket"]


@dataclass(frozen=True)
class Case:
    """All that the standings under one instrument depend on."""

    instrument: Instrument
    acts: Sequence[Act]
    states: Mapping[str, State]
    assertions: Sequence[Assertion] = ()
    conflicts: Sequence[Conflict] = ()
    related: Mapping[str, Derivation] = field(default_factory=dict)
    """What was derived, under the same reading, for the instruments this one depends on."""
    extensions: Sequence[Instrument] = ()
    """Instruments that extend this one; their derivations are in ``related``."""
    superseders: Sequence[Instrument] = ()
    """Instruments that supersede this one, by a clause of theirs or as a later treaty of all its parties."""


@dataclass(frozen=True)
class Docket:
    """A case as one reading sees it, with what was on record by a day."""

    card: Instrument
    acts: Sequence[Act]
    states: Mapping[str, State]
    assertions: Sequence[Assertion]
    conflicts: Sequence[Conflict]
    related: Mapping[str, Derivation]
    extensions: Sequence[Instrument]
    superseders: Sequence[Instrument]
    reading: str
    known: date | None

    @property
    def by_clause(self) -> bool:
        """Whether the reading applies the clauses alone, whoever disputes an act."""
        return self.reading == CLAUSE

    def stated(self, when: Span | None) -> Span | None:
        """A date that the card states, if it was known by then."""
        return when if when and (self.known is None or when.latest <= self.known) else None

    def views(self, state: str) -> Iterable[Assertion]:
        """What the reading's own authority holds about a state's standing; with ``""`` about the instrument."""
        return (item for item in self.assertions if _is_view(item, self.reading) and item.state == state)

    def step(self, rule: str, key: str, text: str = "") -> Because:
        """A step of the reasoning that rests on a value of the card."""
        cite = self.card.cites.get(key, Cite((), ""))
        when = {"entry_into_force": self.card.entry_into_force, "ended": self.card.ended}.get(key)
        return Because(rule, f"{self.card.id}#{key}", when.text if when else "", cite.sources, text)

    def viewed(self) -> set[str]:
        """The states about whose standing the reading's own authority has said something."""
        return {item.state for item in self.assertions if item.state and _is_view(item, self.reading)}


def docket(case: Case, reading: str, known: date | None) -> Docket:
    """The case as ``reading`` sees it, cut to what was on record by ``known`` (None = everything)."""
    acts = _dated(known_by(case.acts, known))
    said = [item for item in case.assertions if known is None or item.said.latest <= known]
    assertions = widened(said, acts)
    return Docket(
        card=_as_held(case.instrument, assertions, reading),
        acts=_agreed(case.instrument, accepted(acts, assertions, reading), case.states),
        states=case.states,
        assertions=assertions,
        conflicts=[_as_known(item, known) for item in case.conflicts if known is None or item.start <= known],
        related=case.related,
        extensions=case.extensions,
        superseders=case.superseders,
        reading=reading,
        known=known,
    )


def _dated(acts: list[Act]) -> list[Act]:
    """The acts without statements that a state had consented by a day, where its consent before it is dated (K4)."""
    stated = [act for act in acts if act.kind in CONSENTS and act.date.earliest == BEGINNING]
    if not stated:
        return acts
    dated = [act for act in acts if act.kind in CONSENTS and act.date.earliest > BEGINNING]
    needless = {
        act.id for act in stated if any(it.state == act.state and it.date.latest <= act.date.latest for it in dated)
    }
    return [act for act in acts if act.id not in needless]


def _is_view(item: Assertion, reading: str) -> bool:
    return item.authority == reading and not item.act


def _as_known(conflict: Conflict, known: date | None) -> Conflict:
    """A conflict whose end lies after the day was then without a known end."""
    return replace(conflict, end=OPEN) if known and conflict.end > known else conflict


def _as_held(card: Instrument, assertions: Sequence[Assertion], reading: str) -> Instrument:
    """What is disputed to bind is a treaty to an authority that holds it to be in force (R3, R39)."""
    binds = any(_is_view(item, reading) and not item.state and item.holds == "in-force" for item in assertions)
    if card.is_treaty or card.binding != "disputed" or not binds:
        return card
    return replace(card, kind="executive-agreement", entry_into_force=card.operative or card.signed)


def _agreed(card: Instrument, acts: list[Act], states: Mapping[str, State]) -> list[Act]:
    """Where all participants agree to end it, their agreement takes effect at once (R20, VCLT article 54)."""
    ends = [act for act in acts if act.kind == "termination" and act.effective is None]
    agreeing = {identity(states, act.state) for act in acts if act.kind == "termination"}
    if not ends or not card.participants or not {identity(states, code) for code in card.participants} <= agreeing:
        return acts
    last = max(act.date for act in acts if act.kind == "termination")
    return [replace(act, effective=last) if act in ends else act for act in acts]
