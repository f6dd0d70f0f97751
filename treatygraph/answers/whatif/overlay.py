"""The record with acts added that were never made: the same law applied once more, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from treatygraph.build.as_supposed import supposed
from treatygraph.build.index import Index
from treatygraph.law.clauses import borrowing
from treatygraph.law.derivations import Corpus
from treatygraph.law.standings import derive
from treatygraph.law.succession import identity
from treatygraph.model.act_words import LEAVING
from treatygraph.model.records import Act, Conflict, Facts, Instrument, State
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import CONSENTS, DEPOSITARY

__all__ = ["Ground", "ground"]

_LEAVING = LEAVING | {"revocation-of-notice", "suspension-of-notice"}


def ground(index: Index) -> Ground:
    """What suppositions about an index start from; read at the first call, then kept by the index."""
    return index.keep(("ground",), lambda: Ground(index))


class Ground:
    """The cards, states, assertions and conflicts of a index, and what depends on what."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._facts = Facts(
            sources=index.sources(), states=index.states(), instruments=index.instruments(),
            assertions=index.assertions(), conflicts=index.conflicts(), rosters=index.rosters(),
        )  # fmt: skip
        self._corpus = Corpus(self._facts)

    def card(self, name: str) -> Instrument:
        """The card of an instrument, with the clauses that it borrows."""
        return borrowing(self._facts.instruments[name], self._facts.instruments)

    @property
    def cards(self) -> Mapping[str, Instrument]:
        """Every card as it is."""
        return self._facts.instruments

    @property
    def states(self) -> Mapping[str, State]:
        """Every state."""
        return self._facts.states

    def conflicts_of(self, codes: Sequence[str]) -> list[Conflict]:
        """The armed conflicts of a line of states."""
        return [item for item in self._facts.conflicts if item.state in codes]

    def dependants(self, names: Sequence[str]) -> tuple[str, ...]:
        """The instruments, and all whose standings depend on theirs (R28, R29, R18, R21), each after what it needs."""
        reached = set(names)
        for name in self._corpus.order:
            if self._corpus.needs(self._facts.instruments[name]) & reached:
                reached.add(name)
        return tuple(name for name in self._corpus.order if name in reached)

    def overtaken(self, acts: Sequence[Act]) -> tuple[Act, ...]:
        """What is on record of the same states joining or leaving the same instruments after the acts supposed."""
        return tuple(
            made
            for act in acts
            for made in self._index.ledger(act.instrument)
            if made.date > act.date
            and (made.kind in _LEAVING or made.kind in CONSENTS)
            and identity(self.states, made.state) == identity(self.states, act.state)
        )

    def supposing(self, acts: Sequence[Act]) -> Index:
        """The index as it would be had these acts been made: derived by the same rules, nothing rewritten.

        What the same states did later to join or leave the same instruments is taken out (:meth:`overtaken`).
        """
        affected = self.dependants(sorted({act.instrument for act in acts}))
        gone = {act.id for act in self.overtaken(acts)}
        ledgers = {name: self._ledger(name, acts, gone) for name in affected}
        facts = Facts(
            sources=self._facts.sources, states=self._facts.states, instruments=self._facts.instruments,
            acts=ledgers, assertions=self._facts.assertions, conflicts=self._facts.conflicts,
            rosters=self._facts.rosters,
        )  # fmt: skip
        corpus = Corpus(facts)
        results: dict[tuple[str, str], Derivation] = {}
        for name in affected:
            for reading in self._index.readings(name):
                results[reading, name] = derive(corpus.case(name, self._related(name, reading, results)), reading)
        whole = [corpus.completed(derivation, self._parts(derivation, results)) for derivation in results.values()]
        return supposed(self._index, facts, affected, whole)

    def _parts(self, derivation: Derivation, results: Mapping[tuple[str, str], Derivation]) -> dict[str, Derivation]:
        """The default results of the amendments and protocols that tell of an instrument's parties (K5)."""
        names = self._corpus.parts.get(derivation.instrument, ())
        return {name: results.get((DEPOSITARY, name)) or self._index.derivation(name) for name in names}

    def _ledger(self, name: str, acts: Sequence[Act], gone: Set[str]) -> tuple[Act, ...]:
        kept = (act for act in self._index.ledger(name) if act.id not in gone)
        return (*kept, *(act for act in acts if act.instrument == name))

    def _related(self, name: str, reading: str, results: Mapping[tuple[str, str], Derivation]) -> dict[str, Derivation]:
        """What the instrument's standings depend on: derived anew where affected, else as in the index."""
        return {
            need: results.get((reading, need))
            or results.get((DEPOSITARY, need))
            or self._index.derivation(need, reading)
            for need in sorted(self._corpus.needs(self._facts.instruments[name]))
        }
