"""The stated held against the derived: entry into force, days of effect, and who could leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from treatygraph.checks.spans import apart, count_of_days
from treatygraph.law.clauses import entry_of
from treatygraph.law.derivations import Corpus
from treatygraph.law.succession import line
from treatygraph.law.treaty_history import run
from treatygraph.law.withdrawal import exit_of
from treatygraph.model.dates import BEGINNING, Span
from treatygraph.model.errors import Finding
from treatygraph.model.records import Act, Facts, Instrument, State
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import CONSENTS, EXITS

__all__ = ["against_the_law"]


def against_the_law(facts: Facts, corpus: Corpus) -> Iterator[Finding]:
    """Warnings where the record says one thing and the clauses, run over the acts, yield another."""
    for name, derivation in corpus.default.items():
        card = facts.instruments[name]
        yield from _entry(card, derivation)
        yield from _consent_of_the_bound(facts.acts.get(name, ()), derivation)
        for act in facts.acts.get(name, ()):
            yield from _effect(act, card, derivation, facts)
            if act.kind in EXITS:
                yield from _not_bound(act, derivation, facts.states)


def _entry(card: Instrument, derivation: Derivation) -> Iterator[Finding]:
    stated, derived = card.entry_into_force, derivation.derived_entry
    if stated is None:
        return
    place, rule = card.cites["entry_into_force"].place, entry_of(card)
    if derived is not None and (days := apart(stated, derived)):
        yield Finding(
            place,
            "entry-into-force",
            f"stated on {stated}; the clause and the ledger yield {derived}: {_later(days)}.",
            "check the clause, the deciding deposit and the stated day.",
            "warning",
            card.id,
        )
    elif derived is None and rule and not rule.uncountable and _complete(card, stated):
        yield Finding(
            place,
            "entry-not-met",
            f"stated on {stated}; by the ledger the condition of article {rule.article} was never met.",
            "complete the ledger, or check the clause.",
            "warning",
            card.id,
        )


def _complete(card: Instrument, day: Span) -> bool:
    """Whether the card claims a complete ledger for that day; a closed instrument needs none (R13)."""
    return not card.participants and card.through is not None and card.through.latest >= day.latest


def _later(days: int) -> str:
    return f"{count_of_days(days)} {'later' if days > 0 else 'earlier'}"


def _effect(act: Act, card: Instrument, derivation: Derivation, facts: Facts) -> Iterator[Finding]:
    """A stated day of effect of a notice or a consent against what the clauses make of the act (R14, R23)."""
    if act.effective is None or not card.is_treaty:
        return
    derived = _derived_effect(act, card, derivation.life.entry, facts)
    if derived and (days := apart(act.effective, derived)):
        yield Finding(
            act.cite.place,
            "day-of-effect",
            f"{act.kind} of {act.state} ({act.date}): effect stated on {act.effective},"
            f" by the clause {derived}: {_later(days)}.",
            "check the clause and the day of receipt; a deposit at another place may have counted.",
            "warning",
            act.id,
        )


def _derived_effect(act: Act, card: Instrument, entry: Span | None, facts: Facts) -> Span | None:
    """When the act takes effect by the clauses alone; None where they cannot say."""
    if act.kind == "notice-of-withdrawal":
        chain = line(facts.states, act.state)
        conflicts = [item for item in facts.conflicts if item.state in chain]
        return exit_of(act, card, entry, conflicts, stated=False).day
    if act.kind in CONSENTS - {"succession"} and not (act.kind == "accession" and _works_when_notified(card)):
        course = run(card, facts.states, [replace(act, effective=None)], entry, ())
        return next((layer.start for layer in course.layers if layer.standing == "party"), None)
    return None


def _works_when_notified(card: Instrument) -> bool:
    """Whether an accession works from the day the depositary tells the others, a day no ledger holds."""
    return any(clause.get("on") == "notification" for clause in card.clauses_of("state-entry-into-force"))


def _consent_of_the_bound(ledger: Iterable[Act], derivation: Derivation) -> Iterator[Finding]:
    """A state that consents has not held itself bound by what its predecessors did (R33, R35)."""
    first: dict[str, Act] = {}
    for act in ledger:
        if act.kind in CONSENTS - {"succession"}:
            first.setdefault(act.state, act)
    for standing in derivation.standings:
        own = first.get(standing.state)
        inherited = any(step.rule in ("R33", "R35") for step in standing.because)
        if own and inherited and standing.binds and standing.start < own.date.earliest:
            yield Finding(
                own.cite.place,
                "bound-before-consent",
                f"{own.kind} of {own.state} on {own.date}, though by its predecessor's acts it is bound"
                f" since {standing.start.isoformat()}.",
                "check 'continues', 'successor_of' and 'mode' in states.csv, or the predecessor's acts.",
                "warning",
                own.id,
            )


def _not_bound(act: Act, derivation: Derivation, states: Mapping[str, State]) -> Iterator[Finding]:
    """Only who is bound can leave; a withdrawal is dated by its effect, so the day before counts too."""
    first = act.date.earliest - timedelta(days=1) if act.date.earliest != BEGINNING else BEGINNING
    mine = {act.state, *line(states, act.state)}
    if any(
        standing.binds and standing.state in mine and standing.start <= act.date.latest and first < standing.end
        for standing in derivation.standings
    ):
        return
    yield Finding(
        act.cite.place,
        "not-bound",
        f"{act.kind} of {act.state} on {act.date}, when it was not bound by {act.instrument}.",
        "check the day, or the state's consent before it.",
        "warning",
        act.id,
    )
