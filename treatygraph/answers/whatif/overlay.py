"""The record with acts added that were never made: the same law applied once more, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from treatygraph.build.codec import decode
from treatygraph.build.documents import derived
from treatygraph.build.shelf import MemoryShelf, Recent, Shelf
from treatygraph.law.clauses import borrowing
from treatygraph.law.derivations import Corpus
from treatygraph.law.standings import derive
from treatygraph.law.succession import identity
from treatygraph.model.records import Act, Assertion, Conflict, Facts, Instrument, Roster, Source, State
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import CONSENTS, DEPOSITARY

__all__ = ["Ground", "ground"]

Record = TypeVar("Record")
_LEAVING = frozenset(
    {"notice-of-withdrawal", "withdrawal", "termination", "end-of-participation", "revocation-of-notice",
     "suspension-of-notice", "withdrawal-of-consent", "intention-not-to-ratify"}
)  # fmt: skip


class _Supposed:
    """A shelf on which some documents are replaced."""

    def __init__(self, below: Shelf, above: Mapping[tuple[str, str], Any]) -> None:
        self._below, self._above = below, above
        self.memo: dict[Any, Any] = {}
        self.recent = Recent()

    def get(self, kind: str, name: str) -> Any:
        return self._above[kind, name] if (kind, name) in self._above else self._below.get(kind, name)

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        seen = set()
        for name, value in self._below.all(kind):
            seen.add(name)
            yield name, self._above.get((kind, name), value)
        for (of_kind, name), value in sorted(self._above.items(), key=lambda item: item[0]):
            if of_kind == kind and name not in seen:
                yield name, value


def ground(shelf: Shelf) -> Ground:
    """What suppositions about a shelf start from; read at the first call, then kept by the shelf."""
    if "ground" not in shelf.memo:
        shelf.memo["ground"] = Ground(shelf)
    found: Ground = shelf.memo["ground"]
    return found


class Ground:
    """The cards, states, assertions and conflicts of a shelf, and what depends on what."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._facts = Facts(
            sources=_keyed(shelf, "source", Source),
            states=_keyed(shelf, "state", State),
            instruments=_keyed(shelf, "instrument", Instrument),
            assertions=tuple(decode(Assertion, row) for row in shelf.get("table", "assertions") or ()),
            conflicts=tuple(decode(Conflict, row) for row in shelf.get("table", "conflicts") or ()),
            rosters=tuple(decode(Roster, row) for row in shelf.get("table", "rosters") or ()),
        )
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
        found = set(names)
        for name in self._corpus.order:
            if self._corpus.needs(self._facts.instruments[name]) & found:
                found.add(name)
        return tuple(name for name in self._corpus.order if name in found)

    def overtaken(self, acts: Sequence[Act]) -> tuple[Act, ...]:
        """What is on record of the same states joining or leaving the same instruments after the acts supposed."""
        return tuple(
            made
            for act in acts
            for made in self._on_record(act.instrument)
            if made.date > act.date
            and (made.kind in _LEAVING or made.kind in CONSENTS)
            and identity(self.states, made.state) == identity(self.states, act.state)
        )

    def supposing(self, acts: Sequence[Act]) -> Shelf:
        """The shelf as it would be had these acts been made: derived by the same rules, nothing rewritten.

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
        found: dict[tuple[str, str], Derivation] = {}
        for name in affected:
            for reading in self._shelf.get("readings", name):
                found[reading, name] = derive(corpus.case(name, self._related(name, reading, found)), reading)
        whole = [corpus.completed(derived, self._parts(derived, found)) for derived in found.values()]
        return _Supposed(self._shelf, self._documents(facts, affected, whole))

    def _parts(self, derived: Derivation, found: Mapping[tuple[str, str], Derivation]) -> dict[str, Derivation]:
        """The default results of the amendments and protocols that tell of an instrument's parties (K5)."""
        names = self._corpus.parts.get(derived.instrument, ())
        return {name: found.get((DEPOSITARY, name)) or self._stored(name, DEPOSITARY) for name in names}

    def _on_record(self, name: str) -> tuple[Act, ...]:
        return tuple(decode(Act, row) for row in self._shelf.get("ledger", name) or ())

    def _ledger(self, name: str, acts: Sequence[Act], gone: Set[str]) -> tuple[Act, ...]:
        kept = (act for act in self._on_record(name) if act.id not in gone)
        return (*kept, *(act for act in acts if act.instrument == name))

    def _related(self, name: str, reading: str, found: Mapping[tuple[str, str], Derivation]) -> dict[str, Derivation]:
        """What the instrument's standings depend on: derived anew where affected, else as on the shelf."""
        return {
            need: found.get((reading, need)) or found.get((DEPOSITARY, need)) or self._stored(need, reading)
            for need in sorted(self._corpus.needs(self._facts.instruments[name]))
        }

    def _stored(self, name: str, reading: str) -> Derivation:
        value = self._shelf.get("derivation", f"{reading}/{name}")
        return decode(Derivation, value or self._shelf.get("derivation", f"{DEPOSITARY}/{name}"))

    def _documents(
        self, facts: Facts, affected: Sequence[str], derivations: Sequence[Derivation]
    ) -> dict[tuple[str, str], Any]:
        """The documents that differ: derivations, briefs and bonds as a whole, bearings row by row."""
        made = MemoryShelf(derived(facts, derivations))
        found: dict[tuple[str, str], Any] = {}
        for kind in ("derivation", "brief", "bonds", "knowledge"):
            found.update(((kind, name), value) for name, value in made.all(kind))
        states = {*dict(self._shelf.all("bearing")), *dict(made.all("bearing"))}
        for state in states:
            old = [row for row in self._shelf.get("bearing", state) or () if row[1] not in affected]
            found["bearing", state] = [*old, *(made.get("bearing", state) or ())]
        return found


def _keyed(shelf: Shelf, kind: str, record: type[Record]) -> dict[str, Record]:
    return {name: decode(record, value) for name, value in shelf.all(kind)}
