"""Every name that one record uses for another, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.model.records import Article, Cite, Facts, Instrument, Link
from treatygraph.model.vocabulary import EVERY_STATE

__all__ = ["references"]

Reference = tuple[str, str, str]
"""Place, the kind of record (an attribute of :class:`Facts`), and the name."""


def references(facts: Facts) -> Iterator[Reference]:
    """All references of all records, in no particular order."""
    for cite in citations(facts):
        for source in cite.sources:
            yield cite.place, "sources", source
    for state in facts.states.values():
        for code in (state.continues, *state.successor_of):
            if code:
                yield state.cite.place, "states", code
    for instrument in facts.instruments.values():
        yield from _of_card(instrument)
    yield from _of_acts(facts)
    yield from _of_people(facts)
    yield from _of_tables(facts)
    yield from _of_reports(facts)
    for item in _linked(facts):
        if f"{item.kind}s" in ("instruments", "states", "groups", "officials"):
            yield item.cite.place, f"{item.kind}s", item.record


def _linked(facts: Facts) -> Iterator[Link | Article]:
    yield from facts.links
    yield from facts.candidates
    yield from facts.articles


def _of_acts(facts: Facts) -> Iterator[Reference]:
    for ledger in facts.acts.values():
        for act in ledger:
            yield act.cite.place, "instruments", act.instrument
            for code in (act.state, *act.against):
                yield act.cite.place, "states", code
    for assertion in facts.assertions:
        yield assertion.cite.place, "instruments", assertion.instrument
        if assertion.state:
            yield assertion.cite.place, "states", assertion.state
        if assertion.authority.isupper():
            yield assertion.cite.place, "states", assertion.authority


def _of_tables(facts: Facts) -> Iterator[Reference]:
    for membership in facts.memberships:
        yield membership.cite.place, "groups", membership.group
        yield membership.cite.place, "states", membership.state
    for conflict in facts.conflicts:
        yield conflict.cite.place, "states", conflict.state
    for roster in facts.rosters:
        yield roster.cite.place, "instruments", roster.instrument


def _of_card(instrument: Instrument) -> Iterator[Reference]:
    for code in instrument.participants:
        yield instrument.cites["participants"].place, "states", code
    for code in instrument.coverage.open_to:
        yield instrument.cites["coverage"].place, "states", code
    for gap in instrument.coverage.gaps:
        for code in set(gap.states) - EVERY_STATE:
            yield instrument.cites["coverage"].place, "states", code
    for relation in instrument.relations:
        yield relation.cite.place, "instruments", relation.instrument
    for clause in instrument.clauses:
        for key in ("after", "as", "ends", "of_parties_to"):
            if (clause.kind, key) != ("withdrawal", "ends") and clause.get(key):
                yield clause.cite.place, "instruments", clause.get(key)
        for key in ("including", "of", "all_of"):
            for code in clause.many(key):
                if code.isupper():
                    yield clause.cite.place, "states", code


def _of_people(facts: Facts) -> Iterator[Reference]:
    for tenure in facts.tenures:
        yield tenure.cite.place, "officials", tenure.official
    for event in facts.events.values():
        place = event.cites["date"].place
        for instrument in event.instruments:
            yield place, "instruments", instrument
        for code in event.states:
            yield place, "states", code
        for person in event.officials:
            yield person.cite.place, "officials", person.official
        for other in event.about:
            yield place, "events", other


_TERMS = {
    "instrument": "instruments", "instruments": "instruments", "state": "states", "states": "states",
    "against": "states", "official": "officials", "speaker": "officials", "addressee": "officials",
    "event": "events", "about": "events",
}  # fmt: skip
"""The terms of a claim that name records."""


def _of_reports(facts: Facts) -> Iterator[Reference]:
    for report in facts.reports.values():
        for claim in report.claims:
            for term, kind in _TERMS.items():
                for name in claim.many(term):
                    yield claim.cite.place, kind, name


def citations(facts: Facts) -> Iterator[Cite]:
    """The citation of every fact."""
    yield from (state.cite for state in facts.states.values())
    yield from (span.cite for state in facts.states.values() for span in state.systems)
    yield from (group.cite for group in facts.groups.values())
    yield from (official.cite for official in facts.officials.values())
    yield from (member.cite for member in facts.memberships)
    yield from (tenure.cite for tenure in facts.tenures)
    yield from (conflict.cite for conflict in facts.conflicts)
    yield from (assertion.cite for assertion in facts.assertions)
    yield from (roster.cite for roster in facts.rosters)
    yield from (item.cite for item in _linked(facts))
    for instrument in facts.instruments.values():
        yield from instrument.cites.values()
        yield from (clause.cite for clause in instrument.clauses)
        yield from (relation.cite for relation in instrument.relations)
    for ledger in facts.acts.values():
        yield from (act.cite for act in ledger)
    for event in facts.events.values():
        yield from event.cites.values()
        yield from (person.cite for person in event.officials)
    for report in facts.reports.values():
        yield from report.cites.values()
        yield from (claim.cite for claim in report.claims)
