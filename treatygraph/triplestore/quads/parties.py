"""States, groups, officials and their offices as nodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Quad

from treatygraph.labels import FILE, ForeignName, read_labels
from treatygraph.model.records import Facts, Membership, Official, State, Tenure
from treatygraph.model.terms import concept, iri, slug
from treatygraph.triplestore.quads.addresses import Addresses, office_address
from treatygraph.triplestore.quads.labels import Labels
from treatygraph.triplestore.quads.node import UNKNOWN, TripleSubject

__all__ = ["parties"]


def parties(facts: Facts, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    """Whoever acts: states and their wars, groups and their members, officials and their offices."""
    for state in facts.states.values():
        yield from _state(state)
    for conflict in facts.conflicts:
        key = f"{conflict.state}/{slug(conflict.conflict)}/{conflict.start.isoformat()}"
        node = TripleSubject(iri("conflict", key), "Conflict").label(conflict.conflict)
        node.link("state", iri("state", conflict.state)).interval(conflict.start, conflict.end)
        yield from node.cite(conflict.cite)
    for group in facts.groups.values():
        yield from (
            TripleSubject(iri("group", group.id), "Group").label(group.title).aliases(*group.aliases).cite(group.cite)
        )
    for membership in facts.memberships:
        label = f"{labels.body(membership.state)} in {labels.body(membership.group)}"
        yield from _membership(membership).label(label)
    for official in facts.officials.values():
        yield from _official(official, addresses)
    for tenure in facts.tenures:
        yield from _tenure(tenure, addresses, labels)


@lru_cache(maxsize=1)
def _labels() -> dict[str, list[ForeignName]]:
    """The names of states in other languages that ship with the package."""
    labels: dict[str, list[ForeignName]] = {}
    for label in read_labels(FILE):
        if label.kind == "state":
            labels.setdefault(label.record, []).append(label)
    return labels


def _state(state: State) -> TripleSubject:
    node = TripleSubject(iri("state", state.code), "State").label(state.name)
    for name in _labels().get(state.code, ()):
        node.called(name.language, name.label)
    node.text("code", state.code)
    node.aliases(*state.aliases).text(
        "identifier",
        *(f"{key}:{value}" for key, value in state.identifiers.items()),
        *(f"{span.system}:{span.number}" for span in state.systems if span.number),
    )
    node.interval(state.start, state.end).text("note", state.note)
    if state.continues:
        node.link("continues", iri("state", state.continues))
    node.link("successorOf", *(iri("state", code) for code in state.successor_of))
    if state.mode:
        node.link("successionMode", concept("succession-mode", state.mode))
    return node.cite(state.cite)


def _membership(membership: Membership) -> TripleSubject:
    since = membership.start.text.replace("/", "--") if membership.start else UNKNOWN
    node = TripleSubject(iri("membership", f"{membership.group}/{membership.state}/{since}"), "Membership")
    node.link("group", iri("group", membership.group)).link("state", iri("state", membership.state))
    return node.between(membership.start, membership.end).cite(membership.cite)


def _official(official: Official, addresses: Addresses) -> TripleSubject:
    node = TripleSubject(iri("official", official.id), "Official").label(official.name)
    node.text("nativeName", official.native_name).text("born", official.born).text("died", official.died)
    if official.state:
        node.link("body", addresses.body(official.state))
    return node.text("note", official.note).cite(official.cite)


def _tenure(tenure: Tenure, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    office, body = office_address(tenure.body, tenure.office), addresses.body(tenure.body)
    yield from TripleSubject(office, "Office").label(tenure.office).link("body", body)
    since = tenure.start.text.replace("/", "--") if tenure.start else UNKNOWN
    key = f"{tenure.official}/{slug(tenure.body)}/{slug(tenure.office)}/{since}"
    node = TripleSubject(iri("tenure", key), "Tenure").link("official", iri("official", tenure.official))
    node.link("office", office).link("body", body).between(tenure.start, tenure.end)
    node.label(f"{labels.official(tenure.official)}: {tenure.office}, {labels.body(tenure.body)}")
    yield from node.text("note", tenure.note).cite(tenure.cite)
