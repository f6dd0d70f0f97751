"""What the checks of claims look up in the graph, as on record by a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Day  # noqa: N812 - evidence has a 'date'
from datetime import timedelta
from functools import cached_property

from treatygraph.answers.claims.verdicts import Proof
from treatygraph.bonds.powers import group_name, power, states_of
from treatygraph.build.index import Index
from treatygraph.law.clauses import borrowing, durations_of
from treatygraph.law.succession import line
from treatygraph.model.dates import BEGINNING, OPEN, Span, within
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import (
    Act,
    Assertion,
    Cite,
    Event,
    Instrument,
    Membership,
    Roster,
    State,
    Tenure,
)
from treatygraph.model.standings import Because, Derivation, Life, Standing, Status
from treatygraph.model.terms import slug
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["LATEST", "Evidence", "actors", "proof_of_act", "proof_of_event", "proof_of_tenure", "sources_of"]

_ARTICLE = frozenset(
    {"Accord", "Agreement", "Convention", "Declaration", "Document", "Memorandum", "Pact", "Protocol", "Treaty"}
)
"""A title that ends with one of these words is a description and takes an article."""
LATEST = Day(9998, 12, 31)
"""A day that every standing without a known end covers."""


class Evidence:
    """The records that claims are held against; every document of the index is read here and typed.

    ``date`` is the day of the report. ``known`` cuts acts and events to what was on record by that day; standings
    are those of the index, which must have been made for it.
    """

    def __init__(self, index: Index, date: Day, known: Day | None = None) -> None:
        self.index, self.date, self.known = index, date, known
        self._cards: dict[str, Instrument] = {}
        self._derivations: dict[tuple[str, str], Derivation] = {}
        self._acts: dict[str, list[Act]] = {}
        self._asserted: list[Assertion] | None = None

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Every state, by code."""
        return states_of(self.index)

    @property
    def latest(self) -> Day:
        """The last day that the record can speak of."""
        return self.known or LATEST

    # ------------------------------------------------------------------ instruments

    def card(self, name: str) -> Instrument:
        """The card of an instrument that a claim names; the facts were read with every name resolved."""
        if name not in self._cards:
            card = self.index.instrument(name)
            assert card is not None
            self._cards[name] = card
        return self._cards[name]

    def derivation(self, name: str, reading: str = DEPOSITARY) -> Derivation:
        """The standings and the life of an instrument under a reading."""
        asked = (reading, name)
        if asked not in self._derivations:
            result = self.index.own_derivation(name, reading)
            if result is None:  # a reading that changes nothing here is as the depositaries have it
                return self.derivation(name)
            self._derivations[asked] = result
        return self._derivations[asked]

    def readings(self, name: str) -> list[str]:
        """The readings under which an instrument or a standing under it may differ, the depositaries' first."""
        return list(dict.fromkeys((DEPOSITARY, *self.index.readings(name))))

    def readings_on(self, name: str, state: str) -> list[str]:
        """The readings that bear on a state: of authorities that have spoken of it, or of the instrument itself.

        What another authority holds of other states is no view of this one, and is not told as if it were.
        """
        line = self.line(state)
        spoken = {item.authority for item in self.assertions(name) if not item.state or item.state in line}
        return [by for by in self.readings(name) if by in (DEPOSITARY, CLAUSE) or by in spoken]

    def assertions(self, name: str) -> list[Assertion]:
        """What authorities hold about an instrument, an act or a standing under it, as far as known."""
        if self._asserted is None:
            rows = list(self.index.assertions())
            self._asserted = [item for item in rows if self.known is None or item.said.latest <= self.known]
        return [item for item in self._asserted if item.instrument == name]

    def rosters(self, name: str) -> list[Roster]:
        """The totals that others publish of an instrument, in order of time."""
        rows = list(self.index.rosters())
        return sorted((item for item in rows if item.instrument == name), key=lambda item: item.as_of)

    def life(self, name: str) -> Life:
        """When an instrument began and ended."""
        return self.derivation(name).life

    def borrowed(self, name: str) -> Instrument:
        """The card with each "same way out as that instrument" replaced by that instrument's own clauses."""
        card = self.card(name)
        lenders = {clause.get("as") for clause in card.clauses_of("withdrawal") if clause.get("as")}
        return borrowing(card, {lender: self.card(lender) for lender in lenders}) if lenders else card

    def topics(self, topic: str) -> frozenset[str]:
        """A topic and those below it."""
        return frozenset((topic, *(self.index.topic(topic) or ())))

    def counts(self, name: str, topics: frozenset[str] | None, scope: str) -> bool:
        """Whether an instrument binds in law, is about one of the topics, and is of the scope."""
        card = self.card(name)
        wanted = scope == "any" or (card.scope == "bilateral") == (scope == "bilateral")
        return card.binding == "yes" and wanted and (topics is None or not topics.isdisjoint(card.topics))

    def knowledge(self, name: str) -> Knowledge:
        """What the ledger of an instrument knows of the states that it does not name."""
        coverage = self.index.knowledge(name)
        assert coverage is not None  # every instrument has one
        return coverage

    def extensions(self, name: str) -> list[Instrument]:
        """The instruments that extend this one, agreed as far as is on record."""
        parts = [other for other, brief in self.index.summaries().items() if name in brief.parents]
        cards = [card for card in map(self.card, parts) if name in card.related("extends")]
        return [card for card in cards if self.agreed(card)]

    def agreed(self, card: Instrument) -> Span | None:
        """When an instrument was signed, or else first acted upon; None when that is not on record."""
        spans = [card.signed] if card.signed else [act.date for act in self.acts(card.id)]
        spans = [span for span in spans if self.known is None or span.latest <= self.known]
        return min(spans, default=None)

    def original_end(self, name: str) -> tuple[Span, Proof] | None:
        """When the term that the instrument was made for ends, extensions apart; None without a term."""
        entry = self.life(name).entry
        for rule in durations_of(self.card(name)):
            end = rule.until or (entry.shift(rule.term) if entry and rule.term else None)
            if end:
                return end, Proof(f"{name}#duration", "the term", rule.cite.sources)
        return None

    def of_card(self, name: str, key: str, shows: str) -> Proof:
        """A single value of a card as a proof."""
        return Proof(f"{name}#{key}", shows, self.card(name).cites.get(key, Cite((), "")).sources)

    def coverage(self, name: str, when: Day) -> tuple[str, ...]:
        """A note where the ledger of an instrument is not known to be complete up to a day."""
        through = self.card(name).through
        return (f"ledger of {name} complete through {through}",) if through and through.latest < when else ()

    # ------------------------------------------------------------------ states

    def line(self, state: str) -> tuple[str, ...]:
        """The state and those whose identity it carries on."""
        return line(self.states, state)

    def acts(self, name: str, state: str = "", kinds: Sequence[str] = ()) -> list[Act]:
        """The acts under an instrument in order of date: of a state and those it continues, of some kinds."""
        chain = self.line(state) if state else ()
        if name not in self._acts:
            self._acts[name] = list(self.index.ledger(name))
        return [
            act
            for act in self._acts[name]
            if (not state or act.state in chain)
            and (not kinds or act.kind in kinds)
            and (self.known is None or act.known <= self.known)
        ]

    def standings(self, name: str, state: str, reading: str = DEPOSITARY) -> list[Standing]:
        """The standings of a state and those it continues, in order of time."""
        chain = self.line(state)
        own = [item for item in self.derivation(name, reading).standings if item.state in chain]
        return sorted(own, key=lambda item: item.start)

    def standing_on(self, name: str, state: str, when: Day, reading: str = DEPOSITARY) -> Standing | None:
        """The standing of a state on a day; None where it has none."""
        history = self.standings(name, state, reading)
        return next((item for item in history if within(when, item.start, item.end)), None)

    def bound_on(self, name: str, state: str, when: Day) -> bool:
        """Whether an instrument holds a state on a day."""
        standing = self.standing_on(name, state, when)
        return bool(standing and standing.binds)

    def heirs(self, state: str) -> list[str]:
        """The states that carry on the identity of this one."""
        return [code for code, other in self.states.items() if other.continues == state]

    def power(self, name: str, when: Day) -> list[str]:
        """The states that a code or the id of a group stands for on a day."""
        return [name] if name in self.states else self.members_on(name, when)

    # ------------------------------------------------------------------ events and people

    def events(self, *names: str) -> list[Event]:
        """The events that mention every one of the records named, in order of date."""
        mentions: set[str] | None = None
        for name in names:
            mentioned = set(self.index.events_of(name))
            mentions = mentioned if mentions is None else mentions & mentioned
        ids = sorted(mentions) if mentions is not None else [name for name, _ in self.index.events().items()]
        events = [event for name in ids if (event := self.event(name))]
        return sorted(events, key=lambda event: (event.date.earliest, event.id))

    def acted(self, name: str, state: str) -> list[Event]:
        """The events about an instrument in which a state, or one it continues, acts."""
        chain = self.line(state)
        return [event for event in self.events(name) if not set(chain).isdisjoint(actors(event))]

    def event(self, name: str) -> Event | None:
        """An event, if it was on record."""
        event = self.index.event(name)
        return event if event and (self.known is None or event.date.latest <= self.known) else None

    def tenures(self, official: str) -> list[Tenure]:
        """The offices of an official, in order of time."""
        rows = list(self.index.tenures(official))
        return sorted(rows, key=lambda item: item.start.earliest if item.start else BEGINNING)

    def members(self, group: str) -> list[Membership]:
        """Who was in a group and when."""
        return list(self.index.memberships(group))

    def members_on(self, group: str, when: Day) -> list[str]:
        """The states in a group on a day, in order of code."""
        return sorted({item.state for item in self.members(group) if item.holds_on(when)})

    # ------------------------------------------------------------------ names and proofs

    def named(self, state: str) -> str:
        """The name of a state within a sentence, with its article."""
        end = self.states[state].end
        when = LATEST if end == OPEN else end - timedelta(days=1)
        return power(self.index, state, when).name

    def title(self, name: str) -> str:
        """The short title of an instrument within a sentence, with its article."""
        short = self.card(name).short
        return f"the {short}" if short.rpartition(" ")[2] in _ARTICLE else short

    def official(self, name: str) -> str:
        """The name of an official."""
        person = self.index.official(name)
        return person.name if person else name

    def proof_of_standing(self, standing: Standing, reading: str = DEPOSITARY) -> Proof:
        """A standing as a proof, with the sources of the acts that began it."""
        numbered = self.derivation(standing.instrument, reading).of(standing.state)
        key = f"{reading}/{standing.instrument}/{standing.state}/{numbered.index(standing) + 1}"
        return Proof(key, f"the standing of {standing.state}", sources_of(standing.because))

    def proof_of_status(self, status: Status) -> Proof:
        """A status of an instrument as a proof, with the sources of what began it."""
        number = self.derivation(status.instrument).statuses.index(status) + 1
        return Proof(f"{DEPOSITARY}/{status.instrument}/{number}", "the status", sources_of(status.because))

    def proof_of_view(self, view: Assertion) -> Proof:
        """What an authority holds as a proof."""
        return Proof(view.id, f"the view of {view.authority}", view.cite.sources)

    def proof_of_member(self, member: Membership) -> Proof:
        """A membership as a proof."""
        since = member.start.text.replace("/", "--") if member.start else ".."
        return Proof(f"{member.group}/{member.state}/{since}", "the membership", member.cite.sources)

    def group(self, name: str) -> str:
        """The title of a group within a sentence, with its article."""
        return group_name(name, self.index.groups()[name].title)

    def is_unverified(self, sources: Sequence[str]) -> bool:
        """Whether sources are general knowledge and nothing else."""
        kinds = [source.kind for name in sources if (source := self.index.source(name))]
        return bool(kinds) and all(kind == "recall" for kind in kinds)


def proof_of_act(act: Act) -> Proof:
    """An act as a proof."""
    return Proof(act.id, f"the {act.kind.replace('-', ' ')}", act.cite.sources)


def proof_of_event(event: Event) -> Proof:
    """An event as a proof: its date and what happened."""
    sources = [source for key in ("date", "text") if key in event.cites for source in event.cites[key].sources]
    return Proof(event.id, "the event", tuple(dict.fromkeys(sources)))


def proof_of_tenure(tenure: Tenure) -> Proof:
    """A tenure as a proof."""
    since = tenure.start.text.replace("/", "--") if tenure.start else ".."
    return Proof(
        f"{tenure.official}/{slug(tenure.body)}/{slug(tenure.office)}/{since}", "the tenure", tenure.cite.sources
    )


_TOGETHER = frozenset(
    {"signature", "meeting", "entry-into-force", "extension", "expiry", "termination", "ratification", "accession",
     "notice-of-withdrawal", "withdrawal-effective"}
)  # fmt: skip
"""Kinds of event in which every state that is named acts."""
_ACTING = ("speaker", "signatory", "decision-maker")


def actors(event: Event) -> tuple[str, ...]:
    """The states, or bodies, that act in an event.

    They are those that the event names as acting (``by``); else, of what states do together, all of them; else
    those for which somebody speaks, signs or decides; else the state that is named first.
    """
    if event.by:
        return event.by
    if event.type in _TOGETHER:
        return event.states
    acting = tuple(person.state for person in event.officials if person.role in _ACTING and person.state)
    return tuple(dict.fromkeys(acting)) or event.states[:1]


def sources_of(steps: Iterable[Because]) -> tuple[str, ...]:
    """The sources of steps of reasoning, each once."""
    return tuple(dict.fromkeys(source for step in steps for source in step.sources))
