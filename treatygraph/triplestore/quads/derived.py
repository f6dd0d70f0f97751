"""Standings, flags, statuses, lives and exclusions as nodes of the named graphs of what is derived.

What the depositaries' record yields is in one graph, what other legal views yield in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from pyoxigraph import NamedNode, Quad

from treatygraph.law.exclusions import exclusions
from treatygraph.model.index_records import Exclusion
from treatygraph.model.records import Facts
from treatygraph.model.standings import Because, Derivation, Flag, Standing, Status
from treatygraph.model.terms import DERIVED, READINGS, concept, iri
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.triplestore.quads.addresses import Addresses
from treatygraph.triplestore.quads.labels import Labels
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["derived"]

_GRAPH: Final = NamedNode(DERIVED)
_OTHERS: Final = NamedNode(READINGS)
_Record = TypeVar("_Record", Standing, Flag)


def derived(derivations: Iterable[Derivation], facts: Facts, addresses: Addresses, labels: Labels) -> Iterator[Quad]:
    """All that every reading yields; readings of authorities get a node here, the two of the scheme have one."""
    readings: set[str] = set()
    bonds: defaultdict[str, dict[str, Derivation]] = defaultdict(dict)
    for derivation in derivations:
        readings.add(derivation.reading)
        bonds[derivation.instrument][derivation.reading] = _bonds(derivation)
        yield from _Yield(derivation, addresses, labels).quads()
    for name, results in sorted(bonds.items()):
        for exclusion in exclusions(results, facts.acts.get(name, ())):
            pair = labels.bodies((exclusion.by, exclusion.against))
            yield from _exclusion(exclusion).label(labels.about("not bound to each other", exclusion.instrument, pair))
    for reading in sorted(readings):
        if reading not in ("depositary", "clause"):
            holder = facts.states[reading].name if reading in facts.states else reading.replace("-", " ")
            node = TripleSubject(concept("reading", reading), "Reading", graph=_GRAPH)
            node.concept("reading", reading, f"view of {holder}")
            yield from node.link("authority", addresses.body(reading))


def _bonds(derivation: Derivation) -> Derivation:
    """What exclusions are worked out from: the reasons go, so that not all of them are held at once."""
    slim = (replace(item, because=(), ending=()) for item in derivation.standings if item.binds)
    return replace(derivation, standings=tuple(slim), statuses=(), flags=())


def _exclusion(exclusion: Exclusion) -> TripleSubject:
    key = f"{exclusion.instrument}/{exclusion.by}/{exclusion.against}/{exclusion.rule}/{exclusion.start}"
    node = TripleSubject(iri("exclusion", key), "Exclusion", graph=_GRAPH).link(
        "instrument", iri("instrument", exclusion.instrument)
    )
    by, against = iri("state", exclusion.by), iri("state", exclusion.against)
    node.link("between", by, against).link("deniedBy", by)
    node.interval(date.fromisoformat(exclusion.start), date.fromisoformat(exclusion.end))
    return node.text("rule", exclusion.rule)


class _Yield:
    """The nodes of one derivation: what one reading yields for one instrument."""

    def __init__(self, derivation: Derivation, addresses: Addresses, labels: Labels) -> None:
        self._derivation, self._addresses, self._labels = derivation, addresses, labels
        view = derivation.reading
        self._view = "" if view == DEPOSITARY else f" (reading: {labels.body(view)})"
        self._key = f"{derivation.reading}/{derivation.instrument}"

    def quads(self) -> Iterator[Quad]:
        yield from self._life()
        lasting = (status for status in self._derivation.statuses if status.start < status.end)
        for number, status in enumerate(lasting, 1):
            yield from self._status(number, status)
        named = dict(_numbered(self._derivation.standings, self._key, "standing"))
        for address, standing in named.items():
            yield from self._standing(address, standing)
        for address, flag in _numbered(self._derivation.flags, self._key, "standing-flag"):
            yield from self._flag(address, flag, named)

    def _node(self, address: str, kind: str, what: str, state: str = "", since: str = "") -> TripleSubject:
        graph = _GRAPH if self._derivation.reading == DEPOSITARY else _OTHERS
        node = TripleSubject(address, kind, graph=graph).link("reading", concept("reading", self._derivation.reading))
        day = f"from {since}" if since else ""
        whom = self._labels.body(state) if state else ""
        node.label(self._labels.about(what, self._derivation.instrument, whom, day) + self._view)
        return node.link("instrument", iri("instrument", self._derivation.instrument))

    def _reasons(self, node: TripleSubject, because: Iterable[Because], *, ending: bool = False) -> TripleSubject:
        rule, link = ("endingRule", "endingBecause") if ending else ("rule", "because")
        steps = tuple(because)
        node.text(rule, *dict.fromkeys(step.rule for step in steps))
        return node.link(link, *dict.fromkeys(one for step in steps for one in self._addresses.reason(step.act)))

    def _life(self) -> TripleSubject:
        derivation, life = self._derivation, self._derivation.life
        node = self._node(iri("life", self._key), "Life", "life").span("entry", life.entry).span("ended", life.end)
        if life.how not in ("", "ended"):  # a plain "ended" says no more than the date does
            node.link("endedHow", concept("ending", life.how))
        node.span("derivedEntry", derivation.derived_entry).text("missing", derivation.missing).text(
            "note", *derivation.notes
        )
        return self._reasons(self._reasons(node, life.entry_because), life.end_because, ending=True)

    def _status(self, number: int, status: Status) -> TripleSubject:
        node = self._node(iri("status", f"{self._key}/{number}"), "InstrumentStatus", status.status, since=status.since)
        node.link("status", concept("status", status.status))
        node.interval(status.start, status.end).known(status.since, status.until)
        return self._reasons(node, status.because)

    def _standing(self, address: str, standing: Standing) -> TripleSubject:
        node = self._node(address, "Standing", standing.standing, standing.state, standing.since).link(
            "state", iri("state", standing.state)
        )
        node.link("standing", concept("standing", standing.standing))
        node.interval(standing.start, standing.end).known(standing.since, standing.until)
        node.text("origin", standing.origin)
        return self._reasons(self._reasons(node, standing.because), standing.ending, ending=True)

    def _flag(self, address: str, flag: Flag, standings: dict[str, Standing]) -> TripleSubject:
        node = self._node(address, "StandingFlag", flag.flag, flag.state).link("state", iri("state", flag.state))
        node.link("flag", concept("flag", flag.flag)).interval(flag.start, flag.end).text("text", flag.text)
        node.link("qualifies", *(name for name, standing in standings.items() if _overlaps(flag, standing)))
        if flag.by:
            node.link("by", concept("reading", "clause") if flag.by == "clause" else self._addresses.body(flag.by))
        node.link("against", *(iri("state", code) for code in flag.against))
        node.link("acceptedBy", *(self._addresses.body(name) for name in flag.accepted_by))
        node.link("rejectedBy", *(self._addresses.body(name) for name in flag.rejected_by))
        return self._reasons(node, flag.because)


def _overlaps(flag: Flag, standing: Standing) -> bool:
    return flag.state == standing.state and flag.start < standing.end and standing.start < flag.end


def _numbered(records: Sequence[_Record], key: str, kind: str) -> Iterator[tuple[str, _Record]]:
    """Each record with its address: numbered from 1 for each state, in the order given."""
    numbers: defaultdict[str, int] = defaultdict(int)
    for record in records:
        numbers[record.state] += 1
        yield iri(kind, f"{key}/{record.state}/{numbers[record.state]}"), record
