"""Cards of instruments as nodes: their values, clauses, relations and the totals of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Quad

from treatygraph.model.records import Facts, Instrument, Relation, Roster
from treatygraph.model.terms import concept, iri, slug
from treatygraph.triplestore.quads.addresses import Addresses, clause_address, statement_address
from treatygraph.triplestore.quads.clauses import clause_node
from treatygraph.triplestore.quads.labels import Labels, words
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["RELATION_TERMS", "instruments"]

RELATION_TERMS: Final = {
    "protocol-to": "protocolTo",
    "amends": "amends",
    "extends": "extends",
    "supersedes": "supersedes",
    "part-of": "partOf",
    "implements": "implements",
    "follows": "follows",
}
"""The property that says each relation in one triple."""


def instruments(facts: Facts, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    """Every card, and every total that a depositary or a reference gives."""
    for card in facts.instruments.values():
        yield from _instrument(card, addresses)
        numbers: Counter[str] = Counter()
        for clause in card.clauses:
            numbers[clause.kind] += 1
            article = f"article {clause.article}" if clause.article else ""
            node = clause_node(clause_address(card, clause.kind, numbers[clause.kind]), card.id, clause)
            yield from node.label(labels.about(clause.kind, card.id, article))
        for relation in card.relations:
            to = labels.instrument(relation.instrument)
            yield from _relation(card, relation).label(f"{card.short} {words(relation.relation)} {to}")
        for field, cite in card.cites.items():
            node = TripleSubject(statement_address(card, field), "Statement").link("about", iri("instrument", card.id))
            yield from node.text("field", field).label(labels.about(field, card.id)).cite(cite)
    for roster in facts.rosters:
        yield from _roster(roster).label(labels.about("totals of others", roster.instrument, when=roster.as_of))


def _instrument(card: Instrument, addresses: Addresses) -> TripleSubject:
    node = TripleSubject(iri("instrument", card.id), "Instrument").label(card.short)
    node.text("title", card.title).text("shortTitle", card.short).aliases(*card.aliases)
    node.link("instrumentKind", concept("instrument-kind", card.kind))
    node.link("instrumentScope", concept("scope", card.scope))
    node.link("bindingForce", concept("binding", card.binding))
    node.link("topic", *(concept("topic", topic) for topic in card.topics))
    node.span("adopted", card.adopted).span("signed", card.signed).text("signedAt", card.signed_place)
    node.span("entryIntoForce", card.entry_into_force).span("operative", card.operative)
    node.span("ended", card.ended).span("coverage", card.through)
    if card.ended_how:
        node.link("endedHow", concept("ending", card.ended_how))
    node.link("participant", *(iri("state", code) for code in card.participants))
    node.link("depositary", *(addresses.body(name) for name in card.depositaries))
    for relation in card.relations:
        node.link(RELATION_TERMS[relation.relation], iri("instrument", relation.instrument))
    node.text("identifier", *(f"{scheme}:{name}" for scheme, name in card.identifiers))
    return node.text("description", card.description)


def _relation(card: Instrument, relation: Relation) -> TripleSubject:
    key = f"{card.id}/{relation.relation}/{relation.instrument}"
    node = TripleSubject(iri("relation", key), "Relation").link("instrument", iri("instrument", card.id))
    node.link("relation", concept("relation", relation.relation))
    return node.link("relatedTo", iri("instrument", relation.instrument)).cite(relation.cite)


def _roster(roster: Roster) -> TripleSubject:
    day = roster.as_of.text.replace("/", "--")
    key = "/".join((roster.instrument, day, *roster.cite.sources, slug(roster.cite.at)))
    node = TripleSubject(iri("roster", key), "Roster").link("instrument", iri("instrument", roster.instrument))
    node.span("asOf", roster.as_of).count("signatories", roster.signatories).count("parties", roster.parties)
    return node.text("note", roster.note).cite(roster.cite)
