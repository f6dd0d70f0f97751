"""What the facts say, as values: one frozen class per kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - records have fields called 'date'

from treatygraph.model.cites import Cite
from treatygraph.model.claims import Claim, Report
from treatygraph.model.coverage import Coverage, TextRead
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.states import State, SystemSpan
from treatygraph.model.termed import Termed, Terms
from treatygraph.model.vocabulary import CONSENTS, TREATY_KINDS
from treatygraph.model.wikidata_links import Article, Link

__all__ = [
    "Act",
    "Article",
    "Assertion",
    "Cite",
    "Claim",
    "Clause",
    "Conflict",
    "Event",
    "Facts",
    "Group",
    "Instrument",
    "Link",
    "Membership",
    "Official",
    "Origin",
    "Participation",
    "Relation",
    "Report",
    "Roster",
    "Source",
    "State",
    "SystemSpan",
    "Tenure",
    "Waiver",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was read.

    ``kind`` is primary, depositary, depositary-copy, official, press, dataset, reference, editorial, or recall: general
    knowledge, so that every answer built on it says "unverified".
    """

    id: str
    title: str
    publisher: str
    date: str
    place: str
    kind: str
    licence: str
    note: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Clause(Termed):
    """One final clause or limit, as the keys that its line on the card carries."""

    kind: str
    article: str
    terms: Terms
    cite: Cite


@dataclass(frozen=True, slots=True)
class Relation:
    """The instrument stands in ``relation`` to the earlier ``instrument``."""

    relation: str
    instrument: str
    cite: Cite
    apart: bool = False
    """Whether its parties need not be parties to the earlier one (rule K5)."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A card: what the instrument is, and the clauses that move the standings under it."""

    id: str
    title: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    scope: str
    binding: str  # yes, no or disputed
    topics: tuple[str, ...]
    signed: Span | None
    signed_place: str
    entry_into_force: Span | None
    operative: Span | None
    ended: Span | None
    ended_how: str
    participants: tuple[str, ...]
    depositaries: tuple[str, ...]
    clauses: tuple[Clause, ...]
    relations: tuple[Relation, ...]
    coverage: Coverage
    text: TextRead
    identifiers: tuple[tuple[str, str], ...]
    description: str
    cites: Mapping[str, Cite]
    """The citation of each single value, by its key on the card."""
    adopted: Span | None = None  # of its text, where that was another day than the opening for signature

    @property
    def is_treaty(self) -> bool:
        """Whether the law of treaties governs it; what is not a treaty has participants (R3)."""
        return self.kind in TREATY_KINDS

    @property
    def through(self) -> Span | None:
        """The day up to which the ledger is whole but for its gaps; None where it is whole for no day."""
        return self.coverage.through

    def clauses_of(self, kind: str) -> tuple[Clause, ...]:
        """The clauses of one kind, in the order of the card."""
        return tuple(clause for clause in self.clauses if clause.kind == kind)

    def related(self, relation: str) -> tuple[str, ...]:
        """The instruments to which this one stands in ``relation``."""
        return tuple(item.instrument for item in self.relations if item.relation == relation)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one state at one depositary: a line of a ledger."""

    instrument: str
    state: str
    kind: str
    date: Span
    """The international act: signature, deposit, receipt of a notice (rule R2)."""
    effective: Span | None
    """The day of effect, only where a source states it."""
    against: tuple[str, ...]
    scope: str
    depositary: str
    note: str
    cite: Cite

    @property
    def id(self) -> str:
        """The record's own key, from which its IRI is made."""
        parts = [self.instrument, self.state, self.kind, self.date.text.replace("/", "--")]
        where = self.depositary or "-".join(self.against)
        return "/".join(parts) + (f"/{where.lower().replace(' ', '-')}" if where else "")

    @property
    def known(self) -> Day:
        """The day from which the act is on record for certain (rule R1, "known by")."""
        return self.date.latest


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an authority holds about an act, a standing or an instrument (rule R39)."""

    authority: str
    stance: str
    """``accepts``, ``rejects``, ``claims`` or ``not-recorded``."""
    instrument: str
    state: str
    act: str
    act_date: str
    holds: str
    effective: Span | None
    said: Span
    note: str
    cite: Cite

    @property
    def id(self) -> str:
        """The record's own key."""
        about = "-".join(part for part in (self.state, self.act, self.act_date) if part)
        parts = (self.instrument, self.authority, self.stance, about or self.holds, self.said.text.replace("/", "--"))
        return "/".join(parts)

    def is_about(self, act: Act) -> bool:
        """Whether the assertion names this act; a consent is one act at all its depositaries."""
        if (self.instrument, self.state, self.act) != (act.instrument, act.state, act.kind):
            return False
        return self.act in CONSENTS or self.act_date == act.date.text


@dataclass(frozen=True, slots=True)
class Conflict:
    """An armed conflict of a state, which can defer a withdrawal (rule R25)."""

    state: str
    conflict: str
    start: Day
    end: Day
    cite: Cite


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in a group: half-open ``[start, end)``."""

    group: str
    state: str
    start: Span | None
    end: Span | None
    cite: Cite

    def holds_on(self, when: Day) -> bool:
        """Whether the state is in the group on that day (uncertain ends are counted in)."""
        start = self.start.earliest if self.start else BEGINNING
        end = self.end.latest if self.end else OPEN
        return start <= when < end


@dataclass(frozen=True, slots=True)
class Group:
    """An alliance or a group of states, usable wherever a state is."""

    id: str
    title: str
    aliases: tuple[str, ...]
    cite: Cite


@dataclass(frozen=True, slots=True)
class Official:
    """A person who acts for a state or an organisation."""

    id: str
    name: str
    native_name: str
    state: str
    born: str
    died: str
    note: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Tenure:
    """An official in an office: half-open ``[start, end)``; an absent end is "as far as known"."""

    official: str
    office: str
    body: str
    start: Span | None
    end: Span | None
    note: str
    cite: Cite

    def holds_on(self, when: Day) -> bool:
        """Whether the tenure covers the day (uncertain ends are counted in)."""
        start = self.start.earliest if self.start else BEGINNING
        end = self.end.latest if self.end else OPEN
        return start <= when < end


@dataclass(frozen=True, slots=True)
class Participation:
    """An official in an event: in which role, for which state."""

    official: str
    role: str
    state: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a meeting, a statement, an allegation, a law. It moves no standing.

    ``by``: who acts, where it is not whom the persons act for; ``of``: the acts that an announcement is about.
    """

    id: str
    date: Span
    type: str
    text: str
    instruments: tuple[str, ...]
    states: tuple[str, ...]
    officials: tuple[Participation, ...]
    about: tuple[str, ...]
    by: tuple[str, ...]
    of: tuple[str, ...]
    cites: Mapping[str, Cite]


@dataclass(frozen=True, slots=True)
class Roster:
    """A depositary's or a reference's own total, kept to check ours against it."""

    instrument: str
    as_of: Span
    signatories: int | None
    parties: int | None
    note: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Waiver:
    """A permitted failure of a check: which rule, which record, why, until when."""

    rule: str
    record: str
    reason: str
    expires: Day
    cite: Cite


@dataclass(frozen=True, slots=True)
class Origin:
    """A record that is not as on record: it comes from a folder of own facts, or that leaves it out."""

    kind: str
    record: str
    change: str
    """``added``, ``replaced`` or ``removed``."""
    folder: str
    """The name of the folder."""


@dataclass(frozen=True)
class Facts:
    """Everything that ``graph/`` says."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()
    officials: Mapping[str, Official] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    acts: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)
    """Ledgers by instrument, in order of date."""
    assertions: tuple[Assertion, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    rosters: tuple[Roster, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    links: tuple[Link, ...] = ()
    candidates: tuple[Link, ...] = ()
    """Links that nobody has confirmed: no part of the graph."""
    articles: tuple[Article, ...] = ()
    origins: tuple[Origin, ...] = ()
    """What comes from own facts laid over the record; empty for the record itself."""

    def is_unverified(self, sources: tuple[str, ...]) -> bool:
        """Whether a citation rests on general knowledge alone."""
        return bool(sources) and all(self.sources[item].kind == "recall" for item in sources if item in self.sources)
