"""Entry into force: the clause's predicate run over the consents on record (rule R13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from treatygraph.law.clauses import EntryRule, entry_of
from treatygraph.law.succession import identity
from treatygraph.model.dates import Span
from treatygraph.model.records import Act, Instrument, State
from treatygraph.model.standings import Because
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["CONSENTS", "EntryIntoForce", "entry_into_force"]


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """The outcome of the predicate: the day, the consent that decided it, or what is missing."""

    date: Span | None
    trigger: Span | None
    because: tuple[Because, ...]
    missing: str


def entry_into_force(
    instrument: Instrument,
    acts: Sequence[Act],
    states: Mapping[str, State],
    entries: Mapping[str, Span | None],
) -> EntryIntoForce:
    """Run the entry-into-force clause over the acts in force of consent.

    Args:
        instrument: the card; without an entry clause nothing is derived.
        acts: the ledger, already cut to what is known and accepted; withdrawn consents left out.
        states: for the identity of continuing states.
        entries: entry into force of the instruments that this one waits for.

    Returns:
        The derived date (None when the condition is not met, or the clause cannot be counted).
    """
    rule = entry_of(instrument)
    if rule is None or rule.uncountable:
        return EntryIntoForce(None, None, (), "")
    signers = _signers(instrument, acts)
    if rule.on == "signature":
        return _on_signature(instrument, rule, acts, signers)
    consents = _consents(rule, acts)
    return _ConsentCount(instrument, rule, consents, signers, states, entries).outcome()


def _signers(instrument: Instrument, acts: Sequence[Act]) -> tuple[str, ...]:
    signed = {act.state for act in acts if act.kind in ("signature", "definitive-signature")}
    return tuple(sorted(signed)) or instrument.participants


def _on_signature(
    instrument: Instrument, rule: EntryRule, acts: Sequence[Act], signers: Sequence[str]
) -> EntryIntoForce:
    signed = [act for act in acts if act.kind in ("signature", "definitive-signature", "bound-through")]
    if not signed or not set(instrument.participants or signers) <= {act.state for act in signed}:
        return EntryIntoForce(None, None, (), "signature by every participant")
    last = max(signed, key=lambda act: act.date)
    when = last.date.shift(rule.delay) if rule.delay else last.date
    return EntryIntoForce(when, last.date, (_because(rule, last),), "")


def _consents(rule: EntryRule, acts: Sequence[Act]) -> list[Act]:
    """The first counting consent of each state, in order of time."""
    kinds = set(rule.acts) or CONSENTS
    first: dict[str, Act] = {}
    for act in sorted(acts, key=lambda act: (act.date, act.id)):
        if act.kind in kinds:
            first.setdefault(act.state, act)
    return sorted(first.values(), key=lambda act: (act.date.latest, act.date.earliest, act.id))


def _because(rule: EntryRule, act: Act) -> Because:
    return Because("R13", act.id, act.date.text, act.cite.sources, f"article {rule.article}")


class _ConsentCount:
    """Counts consents one by one until every condition of the rule holds."""

    def __init__(
        self,
        instrument: Instrument,
        rule: EntryRule,
        consents: Sequence[Act],
        signers: Sequence[str],
        states: Mapping[str, State],
        entries: Mapping[str, Span | None],
    ) -> None:
        self._rule, self._consents, self._states, self._entries = rule, consents, states, entries
        self._needed = self._named(instrument, signers)
        self._included = {identity(states, code) for code in rule.including}

    def _named(self, instrument: Instrument, signers: Sequence[str]) -> tuple[str, ...]:
        named: list[str] = list(self._rule.including)
        for name in self._rule.all_of:
            named += {"signatories": signers, "participants": instrument.participants}.get(name, (name,))
        if not named and not self._rule.count and not self._rule.some:
            named += instrument.participants or signers
        return tuple(dict.fromkeys(named))

    def _lacking(self, consented: set[str]) -> list[str]:
        """The named states that have not consented, neither themselves nor as one they carry on."""
        return [code for code in self._needed if identity(self._states, code) not in consented]

    def _enough(self, consented: set[str]) -> bool:
        rule = self._rule
        counted = len(consented - self._included if rule.others else consented)
        some = sum(1 for code in rule.of if identity(self._states, code) in consented)
        return counted >= rule.count and some >= rule.some and not self._lacking(consented)

    def outcome(self) -> EntryIntoForce:
        """The entry into force, or what is missing for it."""
        consented: set[str] = set()
        for act in self._consents:
            consented.add(identity(self._states, act.state))
            if self._enough(consented):
                return self._reached(act)
        return EntryIntoForce(None, None, (), self._missing(consented))

    def _reached(self, act: Act) -> EntryIntoForce:
        rule, trigger = self._rule, act.date
        when = trigger.shift(rule.delay, first_of_month=rule.first_of_month) if rule.delay else trigger
        if rule.not_before:
            when = when.not_before(Span.of(rule.not_before))
        if rule.after:
            other = self._entries.get(rule.after)
            if other is None:
                return EntryIntoForce(None, None, (), f"entry into force of {rule.after}")
            when = when.not_before(other)
        return EntryIntoForce(when, trigger, (_because(rule, act),), "")

    def _missing(self, consented: set[str]) -> str:
        lacking = sorted(self._lacking(consented))
        if lacking:
            return f"consent of {', '.join(lacking)}"
        short = self._rule.count - len(consented)
        return f"{short} more consents" if short > 0 else ""
