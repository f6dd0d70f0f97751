"""The index after a change: what the change cannot reach is taken over from the index before it.

The documents of the facts are all made anew and held against the old ones, so that nobody need tell what was
edited. Standings are derived anew only where a document that they rest on is another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from treatygraph.build.codec import decode
from treatygraph.build.documents import DERIVED, TOPIC, derived, of_facts
from treatygraph.build.index_file import IndexFile, Row, row, write_rows
from treatygraph.build.rows import derivation_of, in_order, instrument_in, reasons_name
from treatygraph.build.storage import Document
from treatygraph.law.derivations import Corpus, Results
from treatygraph.law.incremental import rederived
from treatygraph.model.records import Assertion, Facts, Instrument, Roster, Source
from treatygraph.model.standings import Derivation, Outline
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["rebuilt"]

Key = tuple[str, str]


def rebuilt(before: Path, facts: Facts, into: Path) -> int:
    """Write the index of facts that differ from those of a finished index; both were made by the same code.

    Args:
        before: the finished index.
        facts: the facts as they are now, without errors.
        into: the new file.

    Returns:
        How many standings there are now.

    Raises:
        StoreError: the finished index is damaged.
        FactsError: instruments depend on each other in a circle.
    """
    file = IndexFile(before)
    try:
        rows = {(entry[0], entry[1]): entry for entry in file.rows()}
    finally:
        file.close()
    merged = _Merged(rows, facts)
    write_rows(into, [merged.rows[key] for key in sorted(merged.rows)])
    return merged.standings


class Reach(NamedTuple):
    """What a change touches: the instruments whose standings rest on it."""

    touched: frozenset[str]
    gone: frozenset[str]
    """Instruments that are no longer on record."""


class _Merged:
    """The rows of the new index, from those of the old one and the facts."""

    def __init__(self, old: Mapping[Key, Row], facts: Facts) -> None:
        self._old, self._facts = old, facts
        fresh = _rows_of(of_facts(facts))
        derived_kinds = DERIVED | {TOPIC}
        gone = {key for key in old if key[0] not in derived_kinds and key not in fresh}
        changed = gone | {key for key, document in fresh.items() if old.get(key) != document}
        self._reach = _Change(old, facts, changed).reach()
        self._done = rederived(Corpus(facts), self._reach.touched, cache(self._results))
        self.rows = {key: kept for key, kept in old.items() if key[0] == TOPIC or key[0] in DERIVED}
        self.rows |= fresh
        self._lay_derived()

    def _value(self, kind: str, name: str) -> Any:
        stored = self._old.get((kind, name))
        return json.loads(stored[2]) if stored else None

    def _results(self, name: str) -> Results:
        """The results for an instrument in the old index."""
        readings = self._value("readings", name) or ()
        return {reading: self._derivation(name, reading) for reading in readings}

    def _outline(self, name: str, reading: str) -> Outline:
        return decode(Outline, self._value("derivation", f"{reading}/{name}"))

    def _derivation(self, name: str, reading: str) -> Derivation:
        outline = self._outline(name, reading)
        names = [reasons_name(reading, name, state) for state in outline.states]
        return derivation_of(outline, {key: self._value("reasons", key) for key in names})

    def _lay_derived(self) -> None:
        """Put the documents that rest on standings in place of the old ones."""
        again = {*self._done, *self._reach.gone}
        for name in again:
            for reading in self._value("readings", name) or ():
                del self.rows["derivation", f"{reading}/{name}"]
                for state in self._outline(name, reading).states:
                    del self.rows["reasons", reasons_name(reading, name, state)]
            for kind in ("bonds", "brief", "exclusions", "knowledge", "open", "readings"):
                self.rows.pop((kind, name), None)
        made = _in_order(self._done)
        bearings: dict[str, list[Any]] = {}
        several: dict[str, Any] = {}
        for kind, name, value in derived(self._facts, made):
            if kind == "bearing":
                bearings[name] = value
            elif kind == "changed":
                several = value
            else:
                self.rows[kind, name] = row(kind, name, value)
        self._lay_bearings(again, bearings)
        kept = {name: entry for name, entry in self._value("changed", "instruments").items() if name not in again}
        self._lay("changed", "instruments", dict(sorted({**kept, **several}.items())))

    def _lay_bearings(self, again: Set[str], made: Mapping[str, list[Any]]) -> None:
        """Of each state, the rows of what was derived again in place of the old ones, in the order of the results."""
        self.standings = 0
        states = {name for kind, name in self._old if kind == "bearing"}
        for state in states | made.keys():
            old: list[Any] = self._value("bearing", state) or []
            kept = [bearing for bearing in old if instrument_in(bearing) not in again]
            lines = kept + made.get(state, [])
            self.standings += len(lines)
            if len(kept) == len(old) and state not in made:
                continue
            lines.sort(key=in_order)
            if not lines:
                del self.rows["bearing", state]
            elif lines != old:
                self._lay("bearing", state, lines)

    def _lay(self, kind: str, name: str, value: Any) -> None:
        self.rows[kind, name] = row(kind, name, value)


def _rows_of(documents: Iterator[Document]) -> dict[Key, Row]:
    return {(kind, name): row(kind, name, value) for kind, name, value in documents}


def _in_order(done: Mapping[str, Results]) -> list[Derivation]:
    """Results as :meth:`Corpus.derivations` sorts them."""
    derivations = [derivation for results in done.values() for derivation in results.values()]
    return sorted(derivations, key=lambda item: (item.reading != DEPOSITARY, item.reading, item.instrument))


class _Change:
    """What differs between two states of the facts, as their documents show it."""

    def __init__(self, old: Mapping[Key, Row], facts: Facts, changed: Set[Key]) -> None:
        self._old, self._facts, self._changed = old, facts, changed

    def reach(self) -> Reach:
        """The instruments that the change touches; where it cannot be told, all."""
        now = frozenset(self._facts.instruments)
        then = frozenset(name for kind, name in self._old if kind == "instrument")
        if self._touches_all():
            return Reach(now, then - now)
        return Reach(now & (self._of_cards() | self._of_ledgers() | self._of_views() | self._of_totals()), then - now)

    def _was(self, kind: str, name: str) -> Any:
        stored = self._old.get((kind, name))
        return json.loads(stored[2]) if stored else None

    def _touches_all(self) -> bool:
        """Whether states or conflicts changed, which any standing may rest on, or what sources may be named."""
        if any(kind == "state" or (kind, name) == ("table", "conflicts") for kind, name in self._changed):
            return True
        return any(kind == "source" and self._another_kind(name) for kind, name in self._changed)

    def _another_kind(self, name: str) -> bool:
        was, source = self._was("source", name), self._facts.sources.get(name)
        return was is not None and source is not None and decode(Source, was).kind != source.kind

    def _of_ledgers(self) -> set[str]:
        return {name for kind, name in self._changed if kind == "ledger"}

    def _of_cards(self) -> set[str]:
        """Instruments whose cards changed, those that they name, and those that name them, before or now."""
        names = {name for kind, name in self._changed if kind == "instrument"}
        names_changed = set(names)
        for name in names:
            was, card = self._was("instrument", name), self._facts.instruments.get(name)
            names_changed |= _named_on(decode(Instrument, was)) if was else set()
            names_changed |= _named_on(card) if card else set()
        return names_changed | {
            card.id for card in self._facts.instruments.values() if not names.isdisjoint(_named_on(card))
        }

    def _of_totals(self) -> set[str]:
        if ("table", "rosters") not in self._changed:
            return set()
        was = {decode(Roster, entry) for entry in self._was("table", "rosters") or ()}
        return {total.instrument for total in was ^ set(self._facts.rosters)}

    def _of_views(self) -> set[str]:
        if ("table", "assertions") not in self._changed:
            return set()
        was = {decode(Assertion, entry) for entry in self._was("table", "assertions") or ()}
        return {view.instrument for view in was ^ set(self._facts.assertions)}


def _named_on(card: Instrument) -> set[str]:
    """Every word of the relations and clauses of a card: the ids of instruments are among them."""
    words = {word for clause in card.clauses for term in clause.terms for word in clause.many(term)}
    return words | {relation.instrument for relation in card.relations}
