"""Which line of the facts a node of the graph was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from treatygraph.model.records import Cite, Facts, Instrument
from treatygraph.model.terms import BASE, iri
from treatygraph.triplestore.quads.addresses import clause_address, statement_address

__all__ = ["Places"]

_ID = f"{BASE}id/"


class Places:
    """Finds the line of a node by its address; what is derived has the line of its instrument."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._places = {address: cite.place for address, cite in _cited(facts)}

    def of(self, address: str) -> str:
        """``file:line`` of the node; of its instrument where it is derived; of the shapes where it is neither."""
        place = self._places.get(address)
        if place:
            return place
        parts = self.record(address).split("/")
        named = next((part for part in parts if part in self._facts.instruments), "")
        return f"instruments/{named}.yaml:1" if named else "sources.csv:1"

    def record(self, address: str) -> str:
        """The record's own key, with its kind: ``act/npt/USA/…``."""
        return address.removeprefix(_ID)


def _cited(facts: Facts) -> Iterator[tuple[str, Cite]]:
    yield from ((iri("source", source.id), source.cite) for source in facts.sources.values())
    yield from ((iri("state", state.code), state.cite) for state in facts.states.values())
    yield from ((iri("group", group.id), group.cite) for group in facts.groups.values())
    yield from ((iri("official", official.id), official.cite) for official in facts.officials.values())
    yield from ((iri("assertion", view.id), view.cite) for view in facts.assertions)
    yield from ((iri("event", event.id), event.cites["date"]) for event in facts.events.values())
    yield from ((iri("report", report.id), report.cites["title"]) for report in facts.reports.values())
    for ledger in facts.acts.values():
        yield from ((iri("act", act.id), act.cite) for act in ledger)
    for card in facts.instruments.values():
        yield from _of_card(card)


def _of_card(card: Instrument) -> Iterator[tuple[str, Cite]]:
    yield iri("instrument", card.id), card.cites["title"]
    for field, cite in card.cites.items():
        yield statement_address(card, field), cite
    numbers: Counter[str] = Counter()
    for clause in card.clauses:
        numbers[clause.kind] += 1
        yield clause_address(card, clause.kind, numbers[clause.kind]), clause.cite
