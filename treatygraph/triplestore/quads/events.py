"""Events, the officials in them, and reports with their claims as nodes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from treatygraph.model.records import Claim, Event, Facts, Participation
from treatygraph.model.terms import concept, iri
from treatygraph.triplestore.quads.addresses import Addresses
from treatygraph.triplestore.quads.labels import Labels, words
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["events", "reports"]


def events(facts: Facts, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    """Everything that happened, and who took part."""
    for event in facts.events.values():
        yield from _event(event, addresses).label(event.text)
        for person in event.officials:
            label = f"{labels.official(person.official)}, {words(person.role)}: {event.text}"
            yield from _participation(event.id, person, addresses).label(label)


def _event(event: Event, addresses: Addresses) -> TripleSubject:
    node = TripleSubject(iri("event", event.id), "Event").span("date", event.date)
    node.link("eventType", concept("event-type", event.type)).text("text", event.text)
    node.link("instrument", *(iri("instrument", name) for name in event.instruments))
    node.link("state", *(iri("state", code) for code in event.states))
    node.link("actor", *(addresses.body(name) for name in event.by)).text("concerns", *event.of)
    node.link("about", *(iri("event", name) for name in event.about))
    return node.cite(*event.cites.values())


def _participation(event: str, person: Participation, addresses: Addresses) -> TripleSubject:
    node = TripleSubject(iri("participation", f"{event}/{person.official}/{person.role}"), "Participation")
    node.link("event", iri("event", event)).link("official", iri("official", person.official))
    node.link("role", concept("role", person.role))
    if person.state:
        node.link("body", addresses.body(person.state))
    return node.cite(person.cite)


def reports(facts: Facts) -> Iterator[Quad]:
    """Every report, and what it claims."""
    for report in facts.reports.values():
        yield from (
            TripleSubject(iri("report", report.id), "Report")
            .label(report.title)
            .span("date", report.date)
            .cite(*report.cites.values())
        )
        for claim in report.claims:
            yield from _claim(report.id, claim)


def _claim(report: str, claim: Claim) -> TripleSubject:
    """Instruments and states become links; every term stands as text, as the check reads it."""
    node = TripleSubject(iri("claim", f"{report}/{claim.id}"), "Claim").link("report", iri("report", report))
    node.label(claim.says).text("says", claim.says).text("check", claim.check)
    named = (*claim.many("instrument"), *claim.many("instruments"))
    node.link("instrument", *(iri("instrument", name) for name in named))
    node.link("state", *(iri("state", code) for code in (*claim.many("state"), *claim.many("states"))))
    for key in sorted(claim.terms):
        node.text("detail", f"{key}: {claim.get(key)}")
    return node.cite(claim.cite)
