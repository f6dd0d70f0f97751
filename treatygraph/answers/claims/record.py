"""What the checks of claims look up in the graph, as on record by a day, and how they say what they found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from treatygraph.bonds.powers import side, states_of
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.law.clauses import durations_of
from treatygraph.law.succession import line
from treatygraph.model.dates import BEGINNING, OPEN, Span, long_form, within
from treatygraph.model.records import Act, Cite, Event, Instrument, Official, Report, Source, State, Tenure
from treatygraph.model.standings import Because, Derivation, Life, Standing, Status
from treatygraph.model.terms import slug
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = [
    "CONFIRMED",
    "CONTRADICTED",
    "DEPENDS",
    "IMPRECISE",
    "LATEST",
    "NOT_ON_RECORD",
    "Dossier",
    "Held",
    "Proof",
    "actor",
    "capital",
    "dated",
    "proof_of_act",
    "proof_of_event",
    "proof_of_tenure",
    "sources_of",
    "verdict_on_date",
]

CONFIRMED = "confirmed"
CONTRADICTED = "contradicted"
"""The record says otherwise."""
IMPRECISE = "imprecise"
"""Right in substance, wrong or loose in a part that the record names."""
DEPENDS = "depends"
"""True under one definition or reading and false under another."""
NOT_ON_RECORD = "not-on-record"

_ARTICLE = frozenset(
    {"Accord", "Agreement", "Convention", "Declaration", "Document", "Memorandum", "Pact", "Protocol", "Treaty"}
)
"""A title that ends with one of these words is a description and takes an article."""
LATEST = date(9998, 12, 31)
"""A day that every standing without a known end covers."""


@dataclass(frozen=True)
class Proof:
    """One record that a verdict rests on: its id, what it shows, and its sources."""

    id: str
    shows: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A claim held against the record: the verdict, the record in a sentence, and what both rest on."""

    verdict: str
    record: str
    proofs: tuple[Proof, ...] = ()
    definitions: tuple[dict[str, Any], ...] = ()
    """The definitions or readings on which the verdict depends, each with whether the claim holds under it."""
    notes: tuple[str, ...] = ()


def verdict_on_date(said: Span, recorded: Span) -> str:
    """How a date that a report gives stands to the record's.

    A day beside the recorded one is imprecise: reports date by their own clock and time zone. Where the
    record is vaguer than the report and does not exclude it, the day is not on record.

    >>> verdict_on_date(Span.parse("1992"), Span.parse("1992-03-24"))
    'confirmed'
    >>> verdict_on_date(Span.parse("2020-11"), Span.parse("2020-05-22"))
    'contradicted'
    """
    if said.earliest <= recorded.earliest and recorded.latest <= said.latest:
        return CONFIRMED
    if said.earliest <= recorded.latest and recorded.earliest <= said.latest:
        return NOT_ON_RECORD
    if said.is_day and recorded.is_day and abs(said.earliest - recorded.earliest) == timedelta(days=1):
        return IMPRECISE
    return CONTRADICTED


def dated(when: Span) -> str:
    """A date within a sentence, as vague as it is.

    >>> dated(Span.parse("2020-05-22")), dated(Span.parse("1992"))
    ('on 22 May 2020', 'in 1992')
    """
    if when.is_day:
        return f"on {long_form(when.earliest)}"
    if when.precision == "year":
        return f"in {when.text}"
    if when.precision == "month":
        return f"in {long_form(when.earliest).partition(' ')[2]}"
    if when.earliest == BEGINNING:
        return f"by {long_form(when.latest)}"
    return f"between {long_form(when.earliest)} and {long_form(when.latest)}"


class Dossier:
    """The records that the claims of a report are held against.

    ``known`` cuts acts and events to what was on record by that day; standings are those of the shelf,
    which must have been made for it.
    """

    def __init__(self, shelf: Shelf, report: Report, known: date | None = None) -> None:
        self.shelf, self.report, self.known = shelf, report, known
        self._cards: dict[str, Instrument] = {}

    @cached_property
    def states(self) -> dict[str, State]:
        """Every state, by code."""
        return states_of(self.shelf)

    @property
    def latest(self) -> date:
        """The last day that the record can speak of."""
        return self.known or LATEST

    # ------------------------------------------------------------------ instruments

    def card(self, name: str) -> Instrument:
        """The card of an instrument that a claim names; the facts were read with every name resolved."""
        if name not in self._cards:
            card = fetch(self.shelf, Instrument, "instrument", name)
            assert card is not None
            self._cards[name] = card
        return self._cards[name]

    def derivation(self, name: str, reading: str = DEPOSITARY) -> Derivation:
        """The standings and the life of an instrument under a reading."""
        found = fetch(self.shelf, Derivation, "derivation", f"{reading}/{name}")
        assert found is not None  # every instrument has a derivation for each reading it lists
        return found

    def life(self, name: str) -> Life:
        """When an instrument began and ended."""
        return self.derivation(name).life

    def extensions(self, name: str) -> list[Instrument]:
        """The instruments that extend this one, agreed as far as is on record."""
        parts = [other for other, brief in self.shelf.all("brief") if name in brief["parents"]]
        found = [card for card in map(self.card, parts) if name in card.related("extends")]
        return [card for card in found if self.agreed(card)]

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

    def coverage(self, name: str, when: date) -> tuple[str, ...]:
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
        found = [decode(Act, row) for row in self.shelf.get("ledger", name) or ()]
        return [
            act
            for act in found
            if (not state or act.state in chain)
            and (not kinds or act.kind in kinds)
            and (self.known is None or act.known <= self.known)
        ]

    def standings(self, name: str, state: str, reading: str = DEPOSITARY) -> list[Standing]:
        """The standings of a state and those it continues, in order of time."""
        chain = self.line(state)
        found = [item for item in self.derivation(name, reading).standings if item.state in chain]
        return sorted(found, key=lambda item: item.start)

    def standing_on(self, name: str, state: str, when: date, reading: str = DEPOSITARY) -> Standing | None:
        """The standing of a state on a day; None where it has none."""
        found = self.standings(name, state, reading)
        return next((item for item in found if within(when, item.start, item.end)), None)

    # ------------------------------------------------------------------ events and people

    def events(self, *names: str) -> list[Event]:
        """The events that mention every one of the records named, in order of date."""
        found: set[str] | None = None
        for name in names:
            mentioned = set(self.shelf.get("mentions", name) or ())
            found = mentioned if found is None else found & mentioned
        ids = sorted(found) if found is not None else [name for name, _ in self.shelf.all("event")]
        events = [event for name in ids if (event := self.event(name))]
        return sorted(events, key=lambda event: (event.date.earliest, event.id))

    def acted(self, name: str, state: str) -> list[Event]:
        """The events about an instrument in which a state, or one it continues, is the one that acts."""
        chain = self.line(state)
        return [event for event in self.events(name) if actor(event) in chain]

    def event(self, name: str) -> Event | None:
        """An event, if it was on record."""
        event = fetch(self.shelf, Event, "event", name)
        return event if event and (self.known is None or event.date.latest <= self.known) else None

    def tenures(self, official: str) -> list[Tenure]:
        """The offices of an official, in order of time."""
        found = [decode(Tenure, row) for row in self.shelf.get("tenures", official) or ()]
        return sorted(found, key=lambda item: item.start.earliest if item.start else BEGINNING)

    # ------------------------------------------------------------------ names and proofs

    def named(self, state: str) -> str:
        """The name of a state within a sentence, with its article."""
        end = self.states[state].end
        when = LATEST if end == OPEN else end - timedelta(days=1)
        return side(self.shelf, state, when).name

    def title(self, name: str) -> str:
        """The short title of an instrument within a sentence, with its article."""
        short = self.card(name).short
        return f"the {short}" if short.rpartition(" ")[2] in _ARTICLE else short

    def official(self, name: str) -> str:
        """The name of an official."""
        found = fetch(self.shelf, Official, "official", name)
        return found.name if found else name

    def proof_of_standing(self, standing: Standing, reading: str = DEPOSITARY) -> Proof:
        """A standing as a proof, with the sources of the acts that began it."""
        numbered = self.derivation(standing.instrument, reading).of(standing.state)
        key = f"{reading}/{standing.instrument}/{standing.state}/{numbered.index(standing) + 1}"
        return Proof(key, f"the standing of {standing.state}", sources_of(standing.because))

    def proof_of_status(self, status: Status) -> Proof:
        """A status of an instrument as a proof, with the sources of what began it."""
        number = self.derivation(status.instrument).statuses.index(status) + 1
        return Proof(f"{DEPOSITARY}/{status.instrument}/{number}", "the status", sources_of(status.because))

    def is_unverified(self, sources: Sequence[str]) -> bool:
        """Whether sources are general knowledge and nothing else."""
        kinds = [source.kind for name in sources if (source := fetch(self.shelf, Source, "source", name))]
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


def actor(event: Event) -> str:
    """The state that acts in an event: that of who speaks, or else the one named first; empty without any."""
    speaking = [person.state for person in event.officials if person.role == "speaker" and person.state]
    return next(iter((*speaking, *event.states)), "")


def sources_of(steps: Iterable[Because]) -> tuple[str, ...]:
    """The sources of steps of reasoning, each once."""
    return tuple(dict.fromkeys(source for step in steps for source in step.sources))


def capital(text: str) -> str:
    """The text with a capital at its start; names keep theirs."""
    return text[:1].upper() + text[1:]
