"""All instruments together: in the order in which they depend on one another, under every reading."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from treatygraph.law.clauses import borrowing
from treatygraph.law.contest import contested
from treatygraph.law.knowledge import knowledge_of
from treatygraph.law.parents import completed, parents_of
from treatygraph.law.readings import CLAUSE, DEPOSITARY, authorities
from treatygraph.law.standings import Case, derive, frameworks_of
from treatygraph.law.totals import published
from treatygraph.model.errors import FactsError, Finding
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import Assertion, Facts, Instrument
from treatygraph.model.standings import Derivation

__all__ = ["Corpus", "Results"]

Results = Mapping[str, Derivation]
"""What the readings yield for one instrument: the depositaries', and every other that differs from it."""


class Corpus:
    """The facts, ready to be derived: ``known`` cuts them to what was on record by a day."""

    def __init__(self, facts: Facts, known: date | None = None) -> None:
        self._facts, self._known = facts, known
        self._extensions = _by_target(facts.instruments.values(), lambda card: card.related("extends"))
        self._superseders = _by_target(
            facts.instruments.values(),
            lambda card: dict.fromkeys((*_ends(card), *card.related("supersedes"))),
        )
        self._assertions: dict[str, list[Assertion]] = {}
        for item in facts.assertions:
            self._assertions.setdefault(item.instrument, []).append(item)

    def needs(self, card: Instrument) -> set[str]:
        """The instruments whose standings this one's depend on."""
        needs = {other.id for other in (*self._extensions.get(card.id, ()), *self._superseders.get(card.id, ()))}
        needs.update(frameworks_of(card))
        for clause in card.clauses:
            needs.update(name for key in ("as", "after") if (name := clause.get(key)))
        return {name for name in needs if name in self._facts.instruments}

    @cached_property
    def needed(self) -> dict[str, set[str]]:
        """For each instrument those whose standings its own depend on."""
        return {name: self.needs(card) for name, card in self._facts.instruments.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Instruments so that each comes after those it depends on.

        Raises:
            FactsError: instruments depend on each other in a circle.
        """
        graph = {name: sorted(needed) for name, needed in sorted(self.needed.items())}
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as problem:
            circle = problem.args[1]
            raise FactsError(
                [
                    Finding(
                        f"instruments/{circle[0]}.yaml:1",
                        "circle",
                        f"instruments depend on each other in a circle: {' -> '.join(circle)}.",
                        "take one of the relations or 'as'/'after' keys out.",
                    )
                ]
            ) from None

    def case(self, name: str, related: Mapping[str, Derivation]) -> Case:
        """Everything that the standings under one instrument depend on."""
        facts = self._facts
        return Case(
            instrument=borrowing(facts.instruments[name], facts.instruments),
            acts=facts.acts.get(name, ()),
            states=facts.states,
            assertions=self._assertions.get(name, ()),
            conflicts=facts.conflicts,
            related=related,
            extensions=self._extensions.get(name, ()),
            superseders=self._superseders.get(name, ()),
        )

    @cached_property
    def default(self) -> dict[str, Derivation]:
        """The record as depositaries keep it, without the flag ``contested``."""
        results: dict[str, Derivation] = {}
        for name in self.order:
            results[name] = derive(self.case(name, results), DEPOSITARY, self._known)
        return results

    def readings(self) -> tuple[str, ...]:
        """Every reading besides the depositaries' that can differ from it."""
        return (CLAUSE, *authorities(self._facts.assertions))

    def under(self, reading: str) -> dict[str, Derivation]:
        """What differs under a reading: the instruments that its authority speaks about, and their dependants."""
        if reading == DEPOSITARY:
            return self.default
        results: dict[str, Derivation] = {}
        related = ChainMap(results, self.default)
        for name in self.order:
            if not self._touches(name, reading) and self.needed[name].isdisjoint(results):
                continue
            if derived := self._differing(name, reading, related, self.default[name]):
                results[name] = derived
        return results

    def results(self, name: str, related: Mapping[str, Results]) -> dict[str, Derivation]:
        """What the readings yield for one instrument, as ``default`` and ``others`` have it, from what it needs.

        Args:
            name: the instrument.
            related: the results for each instrument that :meth:`needs` names.
        """
        seen = {need: done[DEPOSITARY] for need, done in related.items()}
        default = derive(self.case(name, seen), DEPOSITARY, self._known)
        results = {DEPOSITARY: default}
        for reading in self.readings():
            if self._touches(name, reading) or any(reading in done for done in related.values()):
                held = {need: done.get(reading, done[DEPOSITARY]) for need, done in related.items()}
                if derived := self._differing(name, reading, held, default):
                    results[reading] = derived
        return results

    def _differing(
        self, name: str, reading: str, related: Mapping[str, Derivation], default: Derivation
    ) -> Derivation | None:
        """What a reading yields for one instrument; None where it is what the depositaries' yields."""
        derived = derive(self.case(name, related), reading, self._known)
        return None if _outcome(derived) == _outcome(default) else derived

    def _touches(self, name: str, reading: str) -> bool:
        about = self._assertions.get(name, ())
        if reading == CLAUSE:
            return any(item.act and item.stance != "accepts" for item in about)
        return any(item.authority == reading for item in about)

    @cached_property
    def others(self) -> dict[str, dict[str, Derivation]]:
        """Every other reading with what differs under it; readings that change nothing are left out."""
        results = {reading: self.under(reading) for reading in self.readings()}
        return {reading: derived for reading, derived in results.items() if derived}

    def derivations(self) -> tuple[Derivation, ...]:
        """The default with disputes flagged, then every other reading's differing results."""
        others = {
            reading: {name: self.completed(derived, self.default) for name, derived in results.items()}
            for reading, results in self.others.items()
        }
        flagged = [self._disputed(derived, others) for _, derived in sorted(self.default.items())]
        rest = [derived for _, results in sorted(others.items()) for _, derived in sorted(results.items())]
        return (*flagged, *rest)

    def _disputed(self, derived: Derivation, others: Mapping[str, Mapping[str, Derivation]]) -> Derivation:
        """The default results, completed and with disputes flagged."""
        name = derived.instrument
        differing = [results[name] for results in others.values() if name in results]
        return contested(self.completed(derived, self.default), differing, self.said(name))

    def said(self, name: str) -> list[Assertion]:
        """What authorities had asserted about an instrument by the day to which the facts are cut."""
        about = self._assertions.get(name, ())
        return [item for item in about if self._known is None or item.said.latest <= self._known]

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """For each instrument the amendments and protocols whose parties are parties to it (rule K5)."""
        cards = self._facts.instruments.values()
        by_parent = _by_target(
            cards, lambda card: [name for name in parents_of(card) if name in self._facts.instruments]
        )
        return {name: tuple(part.id for part in parts) for name, parts in by_parent.items()}

    def completed(self, derived: Derivation, default: Mapping[str, Derivation]) -> Derivation:
        """The results of a reading, with the parties known only from an amendment or protocol (rule K5)."""
        parts = [default[part] for part in self.parts.get(derived.instrument, ())]
        return completed(derived, self.knowledge(derived), parts, self._facts.states) if parts else derived

    def knowledge(self, derived: Derivation) -> Knowledge:
        """What the ledger of an instrument knows of the states that it does not name (rules K1 to K4)."""
        facts, name = self._facts, derived.instrument
        card, acts, totals = facts.instruments[name], facts.acts.get(name, ()), published(facts, name)
        return knowledge_of(card, acts, derived, facts.states, totals, self._known)


def _outcome(derived: Derivation) -> tuple[object, object, object]:
    return derived.standings, derived.flags, derived.statuses


def _ends(card: Instrument) -> tuple[str, ...]:
    return tuple(clause.get("ends") for clause in card.clauses_of("supersession") if clause.get("ends"))


def _by_target(
    cards: Iterable[Instrument], targets: Callable[[Instrument], Iterable[str]]
) -> dict[str, list[Instrument]]:
    by_target: dict[str, list[Instrument]] = {}
    for card in cards:
        for name in targets(card):
            by_target.setdefault(name, []).append(card)
    return by_target
