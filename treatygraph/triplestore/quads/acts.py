"""Ledgers and assertions as nodes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from treatygraph.model.records import Act, Assertion, Facts
from treatygraph.model.terms import CONCEPTS, concept, iri
from treatygraph.triplestore.quads.addresses import Addresses
from treatygraph.triplestore.quads.labels import Labels
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["acts", "assertions"]


def acts(facts: Facts, labels: Labels) -> Iterator[Quad]:
    """Every line of every ledger."""
    for ledger in facts.acts.values():
        for act in ledger:
            yield from _act(act).label(labels.about(act.kind, act.instrument, labels.body(act.state), when=act.date))


def _act(act: Act) -> TripleSubject:
    node = TripleSubject(iri("act", act.id), "Act").link("instrument", iri("instrument", act.instrument))
    node.link("state", iri("state", act.state)).link("actKind", concept("act", act.kind))
    node.span("date", act.date).span("effective", act.effective)
    node.link("against", *(iri("state", code) for code in act.against))
    return node.text("part", act.scope).text("keptAt", act.depositary).text("note", act.note).cite(act.cite)


def assertions(facts: Facts, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    """What authorities hold, each linked with the acts that it is about."""
    for assertion in facts.assertions:
        about = [act for act in facts.acts.get(assertion.instrument, ()) if assertion.is_about(act)]
        whom = labels.body(assertion.state) if assertion.state else ""
        who = f"{labels.body(assertion.authority)} {assertion.stance}"
        yield from _assertion(assertion, about, addresses).label(labels.about(who, assertion.instrument, whom))


def _assertion(assertion: Assertion, about: list[Act], addresses: Addresses) -> TripleSubject:
    node = TripleSubject(iri("assertion", assertion.id), "Assertion").link(
        "authority", addresses.body(assertion.authority)
    )
    node.link("stance", concept("stance", assertion.stance)).link("instrument", iri("instrument", assertion.instrument))
    if assertion.state:
        node.link("state", iri("state", assertion.state))
    node.link("aboutAct", *(iri("act", act.id) for act in about))
    if assertion.holds:
        node.link("holds", _held(assertion))
    node.span("effective", assertion.effective).span("said", assertion.said)
    return node.text("note", assertion.note).cite(assertion.cite)


def _held(assertion: Assertion) -> str:
    """What is held of a state is a standing or a flag; of an instrument, a status."""
    order = ("standing", "flag", "status") if assertion.state else ("status", "standing", "flag")
    scheme = next((name for name in order if assertion.holds in CONCEPTS[name]), order[0])
    return concept(scheme, assertion.holds)
