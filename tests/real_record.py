"""The real record, asked instrument by instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from law_bench import Derived
from treatygraph.law.derivations import Corpus
from treatygraph.law.readings import DEPOSITARY
from treatygraph.law.standings import Case, derive
from treatygraph.model.dates import day, within
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation


@dataclass(frozen=True)
class Record:
    """The real record: what the rules make of one instrument, under a reading, as known by a day."""

    facts: Facts
    corpus: Corpus
    derived: Mapping[tuple[str, str], Derivation]

    def __call__(self, name: str, reading: str = DEPOSITARY, known: str = "") -> Derived:
        """The derivation; ``known`` is a day."""
        if not known:
            return Derived(self.derived.get((reading, name), self.derived[DEPOSITARY, name]))
        return Derived(derive(self._case(name, day(known)), reading, day(known)))

    def _case(self, name: str, known: date) -> Case:
        wanted = {name}
        while more := {need for one in wanted for need in self.corpus.needs(self.facts.instruments[one])} - wanted:
            wanted |= more
        cards = {one: card for one, card in self.facts.instruments.items() if one in wanted}
        small = Corpus(replace(self.facts, instruments=cards), known)
        return small.case(name, small.default)

    def bound(self, name: str, on: str) -> set[str]:
        """The states that the instrument holds on a day."""
        when = day(on)
        return {s.state for s in self.corpus.default[name].standings if s.binds and within(when, s.start, s.end)}
