"""Addresses of records, and who or what a name or a reason points to."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from treatygraph.model.records import Facts, Instrument
from treatygraph.model.terms import iri, slug
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["Addresses", "clause_address", "office_address", "statement_address"]


def clause_address(card: Instrument, kind: str, number: int) -> str:
    """The address of the clause that is the ``number``-th of its kind on the card, from 1."""
    return iri("clause", f"{card.id}/{kind}/{number}")


def statement_address(card: Instrument, field: str) -> str:
    """The address of the record that gives the source of one value of the card."""
    return iri("statement", f"{card.id}/{field}")


def office_address(body: str, office: str) -> str:
    """The address of a post: the state or organisation, and the name of the post."""
    return iri("office", f"{slug(body)}/{slug(office)}")


class Addresses:
    """Finds the node that a name or a reason stands for, and remembers bodies without a record of their own."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._acts = {act.id for ledger in facts.acts.values() for act in ledger}
        self._assertions = {assertion.id for assertion in facts.assertions}
        self._bodies: dict[str, str] = {}

    def body(self, name: str) -> str:
        """The state, the group, or the organisation of that name."""
        if name in self._facts.states:
            return iri("state", name)
        if slug(name) in self._facts.groups:
            return iri("group", slug(name))
        address = iri("body", slug(name))
        self._bodies.setdefault(address, name)
        return address

    def bodies(self) -> Iterator[Quad]:
        """The nodes of all bodies asked for that are neither states nor groups on record."""
        for address, name in sorted(self._bodies.items()):
            yield from TripleSubject(address, "Body").label(name)

    def reason(self, key: str) -> tuple[str, ...]:
        """The nodes that a step of reasoning rests on.

        Args:
            key: an act, an assertion, or ``instrument#field`` where the field is a key of the card or a kind
                of clause.

        Returns:
            Empty where the step rests on a rule alone, or on an act that only a reading supposes.
        """
        if key in self._acts:
            return (iri("act", key),)
        if key in self._assertions:
            return (iri("assertion", key),)
        name, _, field = key.partition("#")
        card = self._facts.instruments.get(name) if field else None
        return self._of_card(card, field) if card else ()

    def _of_card(self, card: Instrument, field: str) -> tuple[str, ...]:
        if field in card.cites:
            return (statement_address(card, field),)
        clauses = card.clauses_of(field)
        addresses = tuple(clause_address(card, field, number) for number, _ in enumerate(clauses, 1))
        return addresses or (iri("instrument", card.id),)
