"""The built graph as small documents, one per record, ready to answer without reading everything.

The same documents fill the index on disk and answer a question "as known by" a day from memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from treatygraph.build.codec import encode
from treatygraph.build.packed import Bound, packed
from treatygraph.build.rows import (
    ACT_STATE,
    outline_of,
    plain_exclusion,
    plain_existence,
    plain_open,
    plain_standing,
    plain_summary,
    reasons_name,
    sources_of,
)
from treatygraph.build.storage import Document
from treatygraph.law.derivations import Corpus
from treatygraph.law.exclusions import exclusions
from treatygraph.model import names
from treatygraph.model.index_records import Summary
from treatygraph.model.records import Cite, Facts, Instrument
from treatygraph.model.standings import Derivation, Standing
from treatygraph.model.vocabulary import BINDS, DEPOSITARY

__all__ = ["DERIVED", "TOPIC", "derived", "documents", "of_facts"]

DERIVED = frozenset({"bearing", "bonds", "brief", "changed", "derivation", "exclusions", "knowledge", "open",
                     "readings", "reasons"})  # fmt: skip
"""The kinds of documents that rest on the standings."""
TOPIC = "topic"
"""The kind of those that rest on the ontology."""

PARENT_RELATIONS = ("protocol-to", "amends", "extends", "part-of", "implements")
"""Relations that list an instrument under its parent in an answer."""


def documents(facts: Facts, derivations: Iterable[Derivation], topics: Mapping[str, list[str]]) -> Iterator[Document]:
    """Every document of the built graph, in no particular order."""
    yield from of_facts(facts)
    yield from derived(facts, derivations)
    for topic, narrower in topics.items():
        yield TOPIC, topic, narrower


def of_facts(facts: Facts) -> Iterator[Document]:
    """The documents that rest on the facts alone."""
    yield from _records(facts)
    yield from _acts(facts)
    yield from _linked(facts)
    yield from _mentions(facts)
    if facts.origins:
        yield "origins", "records", [encode(item) for item in facts.origins]
    rows: dict[str, list[list[str]]] = {}
    for name, kind, record, shown in names.names(facts):
        entry = [kind, record, shown]
        if entry not in rows.setdefault(name, []):
            rows[name].append(entry)
    for name, entries in rows.items():
        yield "name", name, entries


def derived(facts: Facts, derivations: Iterable[Derivation], known: date | None = None) -> Iterator[Document]:
    """The documents that rest on the standings; of some instruments only, where only those were derived.

    Args:
        facts: all facts.
        derivations: what the law yields.
        known: the day by which they were known; None: all.
    """
    derivations = list(derivations)
    lives = {item.instrument: item for item in derivations if item.reading == DEPOSITARY}
    for item in derivations:
        yield from _derivation(item)
    corpus = Corpus(facts, known)
    for name, life in lives.items():
        yield "brief", name, plain_summary(_summary(facts, facts.instruments[name], life))
        coverage = corpus.knowledge(life)
        yield "knowledge", name, encode(coverage)
        yield "open", name, plain_open(coverage)
    yield from _bearings(facts, derivations)
    yield from _bonds(facts, derivations)
    readings: dict[str, list[str]] = {}
    for item in derivations:
        readings.setdefault(item.instrument, []).append(item.reading)
    for name, entries in readings.items():
        yield "readings", name, entries
    yield from _exclusions(facts, derivations)
    yield "changed", "instruments", {name: entries for name, entries in sorted(readings.items()) if len(entries) > 1}


def _derivation(item: Derivation) -> Iterator[Document]:
    """The outline of a result, and for each state its standings and flags with their reasons.

    Status asks where all states stand and why one does: the NPT's reasons are 233 kB, those of one state 1 kB.
    """
    yield "derivation", f"{item.reading}/{item.instrument}", encode(outline_of(item))
    reasons: dict[str, tuple[list[Any], list[Any]]] = {}
    for standing in item.standings:
        reasons.setdefault(standing.state, ([], []))[0].append(encode(standing))
    for flag in item.flags:
        reasons.setdefault(flag.state, ([], []))[1].append(encode(flag))
    for state, parts in reasons.items():
        yield "reasons", reasons_name(item.reading, item.instrument, state), list(parts)


def _records(facts: Facts) -> Iterator[Document]:
    for kind, keyed in (
        ("source", facts.sources),
        ("state", facts.states),
        ("group", facts.groups),
        ("official", facts.officials),
        ("instrument", facts.instruments),
        ("event", facts.events),
        ("report", facts.reports),
    ):
        for name, record in keyed.items():
            yield kind, name, encode(record)
    for code, state in facts.states.items():
        yield "life", code, plain_existence(state)
    tenures: dict[str, list[Any]] = {}
    for tenure in facts.tenures:
        tenures.setdefault(tenure.official, []).append(encode(tenure))
    for official, rows in tenures.items():
        yield "tenures", official, rows
    members: dict[str, list[Any]] = {}
    for member in facts.memberships:
        members.setdefault(member.group, []).append(encode(member))
    for group, rows in members.items():
        yield "members", group, rows
    for table in ("assertions", "conflicts", "rosters", "waivers", "candidates"):
        yield "table", table, encode(getattr(facts, table))


def _acts(facts: Facts) -> Iterator[Document]:
    """The acts by instrument, and once more by state: a timeline wants those of two states out of all ledgers."""
    acts: dict[str, dict[str, list[Any]]] = {}
    for instrument, ledger in facts.acts.items():
        rows = encode(ledger)
        yield "ledger", instrument, rows
        yield "acting", instrument, sorted({act.state for act in ledger})
        for row in rows:
            acts.setdefault(row[ACT_STATE], {}).setdefault(instrument, []).append(row)
    for card in facts.instruments.values():
        for code in card.participants:
            acts.setdefault(code, {}).setdefault(card.id, [])
    for state, by_instrument in acts.items():
        yield "acts", state, dict(sorted(by_instrument.items()))


def _linked(facts: Facts) -> Iterator[Document]:
    """Links to Wikidata and articles by record; under ``/`` the names that are linked without a record."""
    for room, items in (("links", facts.links), ("articles", facts.articles)):
        linked: dict[str, list[Any]] = {}
        for item in items:
            linked.setdefault(f"{item.kind}/{item.record}", []).append(encode(item))
        yield from ((room, name, values) for name, values in linked.items())


def _mentions(facts: Facts) -> Iterator[Document]:
    """Which events concern an instrument, a state or an official."""
    mentions: dict[str, list[str]] = {}
    for event in facts.events.values():
        for name in (*event.instruments, *event.states, *(person.official for person in event.officials)):
            if event.id not in mentions.setdefault(name, []):
                mentions[name].append(event.id)
    for name, events in mentions.items():
        yield "mentions", name, sorted(events)


def _summary(facts: Facts, card: Instrument, derivation: Derivation) -> Summary:
    main = [card.cites[k] for k in ("title", "signed", "entry_into_force", "operative") if k in card.cites]
    life = derivation.life
    return Summary(
        id=card.id,
        title=card.short,
        full_title=card.title,
        kind=card.kind,
        is_treaty=card.is_treaty,
        scope=card.scope,
        binding={"yes": True, "no": False}.get(card.binding),
        topics=card.topics,
        parents=tuple(item.instrument for item in card.relations if item.relation in PARENT_RELATIONS),
        participants=card.participants,
        signed=card.signed.text if card.signed else "",
        entry=life.entry.text if life.entry else "",
        end=life.end.text if life.end else "",
        how=life.how,
        coverage=card.through.text if card.through else "",
        gap=card.coverage.words,
        sources=tuple(_sources(main, facts)),
    )


def _sources(cites: Iterable[Cite], facts: Facts) -> list[str]:
    cited = dict.fromkeys(source for cite in cites for source in cite.sources)
    return [source for source in cited if source in facts.sources and facts.sources[source].kind != "editorial"]


def _bearings(facts: Facts, derivations: Iterable[Derivation]) -> Iterator[Document]:
    """Per state: every standing under every instrument and reading, with flags, in short form; made state by state."""
    bearings: dict[str, list[Derivation]] = {}
    for item in derivations:
        for state in dict.fromkeys(standing.state for standing in item.standings):
            bearings.setdefault(state, []).append(item)
    for state, items in bearings.items():
        yield "bearing", state, [row for item in items for row in _rows(facts, item, state)]


def _rows(facts: Facts, item: Derivation, state: str) -> Iterator[list[Any]]:
    flags = [flag for flag in item.flags if flag.state == state] if item.flags else []
    return (plain_standing(facts, item.reading, standing, flags) for standing in item.of(state))


def _exclusions(facts: Facts, derivations: Iterable[Derivation]) -> Iterator[Document]:
    """Per instrument: between whom it does not operate; only where readings differ or somebody objected."""
    results: dict[str, dict[str, Derivation]] = {}
    for item in derivations:
        results.setdefault(item.instrument, {})[item.reading] = item
    for name, readings in results.items():
        rows = exclusions(readings, facts.acts.get(name, ()))
        if rows:
            yield "exclusions", name, [plain_exclusion(row) for row in rows]


def _bonds(facts: Facts, derivations: Iterable[Derivation]) -> Iterator[Document]:
    """Per instrument: who is bound and when under each reading, for the arrays of all standings."""
    bonds: dict[str, dict[str, list[str]]] = {}
    for item in derivations:
        bound = (standing for standing in item.standings if standing.standing in BINDS)
        bonds.setdefault(item.instrument, {})[item.reading] = packed(_bond(facts, standing) for standing in bound)
    for name, readings in bonds.items():
        yield "bonds", name, readings


def _bond(facts: Facts, standing: Standing) -> Bound:
    unverified = sources_of(facts, standing.because) == ["recall"]
    return Bound(standing.state, standing.start.toordinal(), standing.end.toordinal(), unverified)
