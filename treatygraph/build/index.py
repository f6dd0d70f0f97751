"""Read access to a built graph: every record, standing and result as a typed value.

This is the one place where documents become records: no plain value leaves it. What was read stays in memory, so that
an answer decodes each thing once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from treatygraph.build.codec import decode
from treatygraph.build.packed import Packed
from treatygraph.build.results import ResultIndex
from treatygraph.build.rows import (
    ACT_KIND,
    ACT_STATE,
    exclusions_of,
    existence_of,
    existences,
    open_ledgers,
    standing_rows,
    summary_of,
    texts,
)
from treatygraph.build.storage import Storage
from treatygraph.model.index_records import Exclusion, Existence, NameEntry, OpenLedger, StandingRow, Summary
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import (
    Act,
    Assertion,
    Conflict,
    Event,
    Group,
    Instrument,
    Membership,
    Official,
    Report,
    Roster,
    Source,
    State,
    Tenure,
    Waiver,
)
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.model.wikidata_links import Article, Link

__all__ = ["Index"]

_Record = TypeVar("_Record")


class Index(ResultIndex):
    """A built graph, open for reading; ``digest`` is that of its facts and code, empty where none is known."""

    def __init__(self, storage: Storage, digest: str = "") -> None:
        super().__init__(storage)
        self.digest = digest
        self._ahead: dict[tuple[str, str], Any] = {}

    def close(self) -> None:
        """Release what is held open."""
        self.storage.close()

    # -- records ------------------------------------------------------------------------------------------------------

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the records of a kind (``instrument``, ``state``, ``group`` ...), in order."""
        return self.keep(("ids", kind), lambda: tuple(name for name, _ in self.storage.all(kind)))

    def source(self, name: str) -> Source | None:
        """A source; None where there is none of that id, as with all below."""
        return self._record(Source, "source", name)

    def sources(self) -> Mapping[str, Source]:
        """Every source by id, in order of id, as with all below."""
        return self._records(Source, "source")

    def state(self, code: str) -> State | None:
        """A state with all that is on record of it; :meth:`existence` is cheaper."""
        return self._record(State, "state", code)

    def states(self) -> Mapping[str, State]:
        """Every state."""
        return self._records(State, "state")

    def group(self, name: str) -> Group | None:
        """A group of states."""
        return self._record(Group, "group", name)

    def groups(self) -> Mapping[str, Group]:
        """Every group."""
        return self._records(Group, "group")

    def official(self, name: str) -> Official | None:
        """An official."""
        return self._record(Official, "official", name)

    def officials(self) -> Mapping[str, Official]:
        """Every official."""
        return self._records(Official, "official")

    def instrument(self, name: str) -> Instrument | None:
        """A card; :meth:`summary` is cheaper."""
        return self._record(Instrument, "instrument", name)

    def instruments(self) -> Mapping[str, Instrument]:
        """Every card."""
        return self._records(Instrument, "instrument")

    def event(self, name: str) -> Event | None:
        """An event."""
        return self._record(Event, "event", name)

    def events(self) -> Mapping[str, Event]:
        """Every event."""
        return self._records(Event, "event")

    def events_of(self, name: str) -> tuple[str, ...]:
        """The ids of the events that concern an instrument, a state or an official."""
        return tuple(self.storage.get("mentions", name) or ())

    def report(self, name: str) -> Report | None:
        """A report whose claims are held against the record."""
        return self._record(Report, "report", name)

    def reports(self) -> Mapping[str, Report]:
        """Every report."""
        return self._records(Report, "report")

    def ledger(self, instrument: str) -> tuple[Act, ...]:
        """The acts under an instrument, in order of date; empty where there is none."""
        return self.keep(("ledger", instrument), lambda: self._acts(self.storage.get("ledger", instrument)))

    def acts_of(self, instrument: str, states: Collection[str]) -> tuple[Act, ...]:
        """The acts of some states under an instrument, without decoding those of all others."""
        rows = self._document("ledger", instrument) or ()
        return self._acts([row for row in rows if row[ACT_STATE] in states])

    def concerned(self, state: str) -> Set[str]:
        """The instruments under which a state has acted or takes part."""
        return self._acts_by(state).keys()

    def acts_by(self, state: str, instrument: str) -> tuple[Act, ...]:
        """The acts of one state under an instrument, in order of date: no other state's are read."""
        return self._acts(self._acts_by(state).get(instrument))

    def _acts_by(self, state: str) -> Mapping[str, Any]:
        return self._document("acts", state) or {}

    def acts(self, kinds: Collection[str] | None = None) -> tuple[Act, ...]:
        """Every act, or those of some kinds, in order of instrument and date."""
        chosen = None if kinds is None else frozenset(kinds)
        return self.keep(("acts", chosen), lambda: tuple(self._chosen_acts(chosen)))

    def _chosen_acts(self, kinds: frozenset[str] | None) -> Iterator[Act]:
        for _, rows in self.storage.all("ledger"):
            yield from self._acts(row for row in rows if kinds is None or row[ACT_KIND] in kinds)

    @staticmethod
    def _acts(rows: Any) -> tuple[Act, ...]:
        return tuple(decode(Act, row) for row in rows or ())

    def actors(self) -> Mapping[str, tuple[str, ...]]:
        """The states that have acted under each instrument."""
        return self.keep(("actors",), lambda: {name: tuple(codes) for name, codes in self.storage.all("acting")})

    def tenures(self, official: str) -> tuple[Tenure, ...]:
        """The offices that an official held."""
        return self._rows(Tenure, "tenures", official)

    def memberships(self, group: str) -> tuple[Membership, ...]:
        """Who was in a group, and when."""
        return self._rows(Membership, "members", group)

    def assertions(self) -> tuple[Assertion, ...]:
        """What authorities hold of acts and standings."""
        return self._rows(Assertion, "table", "assertions")

    def conflicts(self) -> tuple[Conflict, ...]:
        """Armed conflicts of states."""
        return self._rows(Conflict, "table", "conflicts")

    def rosters(self) -> tuple[Roster, ...]:
        """Totals of others, to check ours against."""
        return self._rows(Roster, "table", "rosters")

    def exceptions(self) -> tuple[Waiver, ...]:
        """Failures of checks that are permitted."""
        return self._rows(Waiver, "table", "waivers")

    def candidates(self) -> tuple[Link, ...]:
        """Links that nobody has confirmed."""
        return self._rows(Link, "table", "candidates")

    def links(self, kind: str, record: str) -> tuple[Link, ...]:
        """The links of a record to Wikidata."""
        return self._rows(Link, "links", f"{kind}/{record}")

    def all_links(self) -> Iterator[Link]:
        """Every link, in order of kind and record."""
        for _, rows in self.storage.all("links"):
            yield from (decode(Link, row) for row in rows)

    def articles(self, kind: str, record: str) -> tuple[Article, ...]:
        """The articles of Wikipedia about a record."""
        return self._rows(Article, "articles", f"{kind}/{record}")

    def all_articles(self) -> Iterator[Article]:
        """Every article, in order of kind and record."""
        for _, rows in self.storage.all("articles"):
            yield from (decode(Article, row) for row in rows)

    # -- names --------------------------------------------------------------------------------------------------------

    def named(self, key: str) -> tuple[NameEntry, ...]:
        """The records to which a name leads, the name as :func:`treatygraph.model.names.key` writes it."""
        return tuple(NameEntry(*entry) for entry in self.storage.get("name", key) or ())

    def names(self) -> Iterator[tuple[str, tuple[NameEntry, ...]]]:
        """Every name and the records to which it leads."""
        for name, entries in self.storage.all("name"):
            yield name, tuple(NameEntry(*entry) for entry in entries)

    def topic(self, name: str) -> frozenset[str] | None:
        """A topic with all narrower ones; None where there is no such topic."""
        return self.topics().get(name)

    def topics(self) -> Mapping[str, frozenset[str]]:
        """Every topic with all narrower ones, in order of id."""
        return self.keep(
            ("topics",), lambda: {name: frozenset(instruments) for name, instruments in self.storage.all("topic")}
        )

    # -- what follows from the facts ----------------------------------------------------------------------------------

    def existence(self, code: str) -> Existence | None:
        """The life of a state."""
        return self.keep(("existence", code), lambda: existence_of(code, self.storage.get("life", code)))

    def existences(self) -> Mapping[str, Existence]:
        """The life of every state, in order of code."""
        return self.keep(("existences",), lambda: dict(existences(self.storage)))

    def summary(self, instrument: str) -> Summary:
        """What an answer says of an instrument.

        Raises:
            KeyError: there is no such instrument; ask :meth:`summaries` whether there is.
        """
        return self.keep(("brief", instrument), lambda: self._summary(instrument))

    def _summary(self, instrument: str) -> Summary:
        value = self._get("brief", instrument)
        if value is None:
            raise KeyError(instrument)
        return summary_of(instrument, value)

    def summaries(self) -> Mapping[str, Summary]:
        """What an answer says of every instrument, in order of id."""
        rows = self.storage.all("brief")
        return self.keep(("summaries",), lambda: {name: summary_of(name, value) for name, value in rows})

    def knowledge(self, instrument: str) -> Knowledge:
        """What the ledger of an instrument knows of the states that it does not name (K1 to K4).

        Raises:
            KeyError: there is no such instrument.
        """
        return self.keep(("knowledge", instrument), lambda: self._knowledge(instrument))

    def _knowledge(self, instrument: str) -> Knowledge:
        value = self.storage.get("knowledge", instrument)
        if value is None:
            raise KeyError(instrument)
        return decode(Knowledge, value)

    def open_ledgers(self) -> tuple[OpenLedger, ...]:
        """What every ledger leaves open, in short: an answer about two powers asks it of all."""
        return self.keep(("open ledgers",), lambda: tuple(open_ledgers(self.storage)))

    def disputed(self) -> Mapping[str, tuple[str, ...]]:
        """For each instrument under which readings differ, these readings."""
        return self.keep(("disputed",), lambda: texts(self.storage.get("changed", "instruments")))

    def disputes(self, instrument: str) -> tuple[str, ...]:
        """The readings that differ for an instrument; empty for most."""
        return self.disputed().get(instrument, ())

    def exclusions(self, instrument: str) -> tuple[Exclusion, ...]:
        """Between whom an instrument does not operate although it binds both; empty for most (R11, R12)."""
        return self.all_exclusions().get(instrument, ())

    def all_exclusions(self) -> Mapping[str, tuple[Exclusion, ...]]:
        """The exclusions under every instrument that has any."""
        return self.keep(
            ("exclusions",), lambda: {name: exclusions_of(name, rows) for name, rows in self.storage.all("exclusions")}
        )

    def standings(self, codes: Sequence[str], reading: str = DEPOSITARY) -> Mapping[str, Sequence[StandingRow]]:
        """All standings of a line of states under a reading, by instrument, oldest first.

        What the reading does not change is as the depositaries have it.

        Args:
            codes: the states of the line, newest first.
            reading: whose legal view.
        """
        return self.keep(("standings", tuple(codes), reading), lambda: self._standings(codes, reading))

    def _standings(self, codes: Sequence[str], reading: str) -> dict[str, list[StandingRow]]:
        changed = {name for name, views in self.disputed().items() if reading in views}
        rows: dict[str, list[StandingRow]] = {}
        for code in reversed(codes):
            for row in self.rows_of(code):
                if row.reading == (reading if row.instrument in changed else DEPOSITARY):
                    rows.setdefault(row.instrument, []).append(row)
        return rows

    def rows_of(self, state: str) -> tuple[StandingRow, ...]:
        """All standings of one state, under every reading."""
        return self.keep(("rows", state), lambda: standing_rows(state, self.storage.get("bearing", state)))

    def all_rows(self) -> Iterator[StandingRow]:
        """All standings of all states, under every reading, in order of state."""
        for state, rows in self.storage.all("bearing"):
            yield from standing_rows(state, rows)

    def bound(self) -> Iterator[tuple[str, Mapping[str, Packed]]]:
        """For each instrument and reading who is bound and when, in the form of :mod:`treatygraph.build.packed`."""
        return self.storage.all("bonds")

    def bound_by(self, instrument: str) -> Mapping[str, Packed]:
        """The same for one instrument; empty where there is none."""
        packed: Mapping[str, Packed] = self.storage.get("bonds", instrument) or {}
        return packed

    # -- documents to records -----------------------------------------------------------------------------------------

    def load_summaries(self, instruments: Iterable[str]) -> None:
        """Fetch the summaries of some instruments together; they are then asked for one by one."""
        self._load("brief", instruments)

    def load_events(self, names: Iterable[str]) -> None:
        """Fetch some events together, and the officials in them with their tenures."""
        wanted = list(names)
        self._load("event", wanted)
        officials = {person.official for name in wanted if (event := self.event(name)) for person in event.officials}
        self._load("official", officials)
        self._load("tenures", officials)

    def _load(self, kind: str, names: Iterable[str]) -> None:
        """Fetch documents together: one by one each costs 15 µs, and a pair of states wants 150."""
        missing = [name for name in names if (kind, name) not in self._kept]
        if missing:
            self._ahead.update(((kind, name), value) for name, value in self.storage.some(kind, missing).items())

    def _get(self, kind: str, name: str) -> Any:
        """A document that was fetched together with others, or else alone."""
        return self._ahead.pop((kind, name), None) or self.storage.get(kind, name)

    def _document(self, kind: str, name: str) -> Any:
        """A document of which parts are read one after the other: it is parsed once."""
        return self.recent(("document", kind, name), lambda: self.storage.get(kind, name))

    def _record(self, kind: type[_Record], document: str, name: str) -> _Record | None:
        def make() -> _Record | None:
            value = self._get(document, name)
            return None if value is None else decode(kind, value)

        return self.keep((document, name), make)

    def _records(self, kind: type[_Record], document: str) -> Mapping[str, _Record]:
        def make() -> dict[str, _Record]:
            return {name: decode(kind, value) for name, value in self.storage.all(document)}

        return self.keep(("every", document), make)

    def _rows(self, kind: type[_Record], document: str, name: str) -> tuple[_Record, ...]:
        def make() -> tuple[_Record, ...]:
            return tuple(decode(kind, row) for row in self._get(document, name) or ())

        return self.keep((document, name), make)
