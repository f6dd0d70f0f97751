"""Reads the whole of ``graph/`` and checks that every reference resolves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from treatygraph.facts.cards import read_event, read_instrument, read_report
from treatygraph.facts.sheets import Fact, Findings, split
from treatygraph.facts.tables import read_table
from treatygraph.facts.wikidata_links import read_links
from treatygraph.model.dates import BEGINNING, OPEN, Span, day
from treatygraph.model.errors import BadDate, FactsError
from treatygraph.model.records import (
    Act,
    Article,
    Assertion,
    Conflict,
    Facts,
    Group,
    Link,
    Membership,
    Official,
    Origin,
    Roster,
    Source,
    State,
    SystemSpan,
    Tenure,
    Waiver,
)

__all__ = ["FILES", "digest", "read"]

FILES: Final = {
    "sources.csv": "id,title,publisher,date,place,kind,licence,note",
    "states.csv": "code,name,iso2,iso3,cow,gw,from,until,continues,successor_of,mode,aliases,source,at,note",
    "systems.csv": "system,state,number,from,until,source,at,note",
    "groups.csv": "group,state,from,until,source,at,note",
    "group-titles.csv": "group,title,aliases,source,at,note",
    "officials.csv": "id,name,native_name,state,born,died,source,at,note",
    "tenures.csv": "official,office,body,from,until,source,at,note",
    "assertions.csv": "authority,stance,instrument,state,act,date,holds,effective,said,source,at,note",
    "conflicts.csv": "state,conflict,from,until,source,at,note",
    "rosters.csv": "instrument,as_of,signatories,parties,source,at,note",
    "articles.csv": "kind,record,title,source,at,note",
    "exceptions.csv": "rule,record,reason,expires",
}
"""The tables of ``graph/`` and their columns."""
LEDGER: Final = "state,act,date,effective,against,scope,depositary,source,at,note"
"""The columns of a ledger in ``graph/acts/``."""

Record = TypeVar("Record")


def digest(graph: Path) -> str:
    """A fingerprint of every fact: the same files give the same text, any change another."""
    state = hashlib.sha256()
    for folder, _, names in sorted(os.walk(graph, followlinks=True)):
        inside = os.path.relpath(folder, graph).replace(os.sep, "/")
        for name in sorted(names):
            if name.endswith((".yaml", ".csv", ".tsv")):
                with open(os.path.join(folder, name), "rb") as stream:  # noqa: PTH123, PTH118 - for a thousand files
                    content = stream.read()
                state.update(f"{inside}/{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
    return state.hexdigest()


def read(graph: Path) -> Facts:
    """All facts under ``graph``.

    Raises:
        FactsError: something cannot be read or a reference leads nowhere; every place is named.
    """
    findings = Findings()
    facts = _FactReader(graph, findings).facts()
    if not findings.lossy:
        _resolve(facts, findings)
    if findings.found:
        raise FactsError(findings.found)
    return facts


_CODES: Final = ("iso2", "iso3", "cow", "gw")
"""Codes of a state in other lists; a number that changed has its days in ``systems.csv``."""


class _FactReader:
    """Reads the rooms one after the other into records."""

    def __init__(self, graph: Path, findings: Findings) -> None:
        self._graph, self._findings = graph, findings

    def facts(self) -> Facts:
        return Facts(
            sources=self._keyed("sources.csv", self._source, cited=False),
            states=self._states(),
            groups=self._keyed("group-titles.csv", self._group),
            memberships=self._all("groups.csv", self._membership),
            officials=self._keyed("officials.csv", self._official),
            tenures=self._all("tenures.csv", self._tenure),
            instruments={
                path.stem: read_instrument(path, f"instruments/{path.name}", self._findings)
                for path in sorted((self._graph / "instruments").glob("*.yaml"))
            },
            acts={path.stem: self._ledger(path) for path in sorted((self._graph / "acts").glob("*.csv"))},
            assertions=self._all("assertions.csv", self._assertion),
            conflicts=self._all("conflicts.csv", self._conflict),
            events={
                path.stem: event
                for path in sorted((self._graph / "events").glob("*.yaml"))
                if (event := read_event(path, f"events/{path.name}", self._findings))
            },
            reports={
                path.stem: report
                for path in sorted((self._graph / "reports").glob("*.yaml"))
                if (report := read_report(path, f"reports/{path.name}", self._findings))
            },
            rosters=self._all("rosters.csv", self._roster),
            waivers=self._all("exceptions.csv", self._waiver, cited=False),
            links=self._links("links.sssom.tsv"),
            candidates=self._links("link-candidates.sssom.tsv"),
            articles=self._all("articles.csv", self._article),
            origins=tuple(self._origins()),
        )

    def _origins(self) -> Iterator[Origin]:
        """What was laid over the record, where this folder is such a one."""
        columns = ("kind", "record", "change", "from")
        for row in read_table(self._graph / "overlay.csv", "overlay.csv", columns, self._findings, cited=False):
            yield Origin(*map(row.text, columns))

    def _rows(self, name: str, *, cited: bool) -> list[Fact]:
        return list(read_table(self._graph / name, name, FILES[name].split(","), self._findings, cited=cited))

    def _all(self, name: str, make: Callable[[Fact], Record | None], *, cited: bool = True) -> tuple[Record, ...]:
        return tuple(record for row in self._rows(name, cited=cited) if (record := make(row)) is not None)

    def _keyed(self, name: str, make: Callable[[Fact], Record | None], *, cited: bool = True) -> dict[str, Record]:
        key = FILES[name].split(",")[0]
        records: dict[str, Record] = {}
        for row in self._rows(name, cited=cited):
            if row.text(key) in records:
                self._findings.add(row.place, "repeated-key", f"'{row.text(key)}' stands twice.", "keep one row.")
            record = make(row)
            if record is not None:
                records[row.text(key)] = record
        return records

    def _links(self, name: str) -> tuple[Link, ...]:
        return read_links(self._graph / name, name, self._findings)

    def _article(self, row: Fact) -> Article:
        return Article(row.text("kind"), row.text("record"), row.text("title"), row.text("note"), row.cite)

    def _span(self, row: Fact, key: str) -> Span | None:
        return self._findings.span(row.text(key), row.place)

    def _source(self, row: Fact) -> Source:
        cell = row.text
        return Source(
            cell("id"), cell("title"), cell("publisher"), cell("date"), cell("place"), cell("kind"), cell("licence"),
            cell("note"), row.cite,
        )  # fmt: skip

    def _states(self) -> dict[str, State]:
        states = self._keyed("states.csv", self._state)
        for code in self._systems.keys() - states.keys():
            for span in self._systems[code]:
                fix = "add it to states.csv, or fix the code."
                self._findings.add(span.cite.place, "unknown-state", f"'{code}' has no record.", fix)
        return states

    def _state(self, row: Fact) -> State:
        start, end = self._span(row, "from"), self._span(row, "until")
        return State(
            code=row.text("code"),
            name=row.text("name"),
            start=start.earliest if start else BEGINNING,
            end=end.latest if end else OPEN,
            continues=row.text("continues"),
            successor_of=split(row.text("successor_of")),
            mode=row.text("mode"),
            aliases=split(row.text("aliases")),
            identifiers={key: row.text(key) for key in _CODES if row.text(key)},
            note=row.text("note"),
            cite=row.cite,
            systems=self._systems.get(row.text("code"), ()),
        )

    @cached_property
    def _systems(self) -> Mapping[str, tuple[SystemSpan, ...]]:
        """The lists of states that each state is in."""
        spans: dict[str, list[SystemSpan]] = {}
        for row in self._rows("systems.csv", cited=True):
            start, end = self._span(row, "from"), self._span(row, "until")
            first, last = start.earliest if start else BEGINNING, end.latest if end else OPEN
            span = SystemSpan(row.text("system"), row.text("number"), first, last, row.text("note"), row.cite)
            spans.setdefault(row.text("state"), []).append(span)
        return {code: tuple(sorted(rows, key=lambda one: (one.system, one.start))) for code, rows in spans.items()}

    def _group(self, row: Fact) -> Group:
        return Group(row.text("group"), row.text("title"), split(row.text("aliases")), row.cite)

    def _membership(self, row: Fact) -> Membership:
        return Membership(
            row.text("group"), row.text("state"), self._span(row, "from"), self._span(row, "until"), row.cite
        )

    def _official(self, row: Fact) -> Official:
        cell = row.text
        return Official(
            cell("id"),
            cell("name"),
            cell("native_name"),
            cell("state"),
            cell("born"),
            cell("died"),
            cell("note"),
            row.cite,
        )

    def _tenure(self, row: Fact) -> Tenure:
        return Tenure(
            row.text("official"),
            row.text("office"),
            row.text("body"),
            self._span(row, "from"),
            self._span(row, "until"),
            row.text("note"),
            row.cite,
        )

    def _ledger(self, path: Path) -> tuple[Act, ...]:
        rows = read_table(path, f"acts/{path.name}", LEDGER.split(","), self._findings)
        acts: dict[str, Act] = {}
        for row in rows:
            act = self._act(path.stem, row)
            if act is None:
                continue
            name = act.id
            if name in acts:
                self._findings.add(
                    row.place,
                    "repeated-key",
                    f"the act '{name}' stands twice.",
                    "keep one row, or name the depositaries.",
                )
            acts[name] = act
        return tuple(sorted(acts.values(), key=lambda act: (act.date.earliest, act.state, act.kind, act.depositary)))

    def _act(self, instrument: str, row: Fact) -> Act | None:
        when = self._span(row, "date")
        if when is None:
            if not row.text("date"):
                self._findings.add(row.place, "date", "the act has no date.", "give the date, or an EDTF interval.")
            return None
        return Act(
            instrument=instrument,
            state=row.text("state"),
            kind=row.text("act"),
            date=when,
            effective=self._span(row, "effective"),
            against=split(row.text("against")),
            scope=row.text("scope"),
            depositary=row.text("depositary"),
            note=row.text("note"),
            cite=row.cite,
        )

    def _assertion(self, row: Fact) -> Assertion | None:
        said = self._span(row, "said") or self._span(row, "effective") or self._span(row, "date")
        if said is None:
            self._findings.add(row.place, "date", "the assertion has no day.", "fill 'said': the day of the statement.")
            return None
        return Assertion(
            authority=row.text("authority"),
            stance=row.text("stance"),
            instrument=row.text("instrument"),
            state=row.text("state"),
            act=row.text("act"),
            act_date=row.text("date"),
            holds=row.text("holds"),
            effective=self._span(row, "effective"),
            said=said,
            note=row.text("note"),
            cite=row.cite,
        )

    def _conflict(self, row: Fact) -> Conflict:
        start, end = self._span(row, "from"), self._span(row, "until")
        return Conflict(
            row.text("state"),
            row.text("conflict"),
            start.earliest if start else BEGINNING,
            end.latest if end else OPEN,
            row.cite,
        )

    def _roster(self, row: Fact) -> Roster | None:
        as_of = self._span(row, "as_of")
        counts = [int(row.text(key)) if row.text(key).isdecimal() else None for key in ("signatories", "parties")]
        if as_of is None:
            return None
        return Roster(row.text("instrument"), as_of, counts[0], counts[1], row.text("note"), row.cite)

    def _waiver(self, row: Fact) -> Waiver | None:
        try:
            expires = day(row.text("expires"))
        except BadDate as problem:
            self._findings.add(row.place, "date", str(problem), "an exception needs the day on which it expires.")
            return None
        return Waiver(row.text("rule"), row.text("record"), row.text("reason"), expires, row.cite)


def _resolve(facts: Facts, findings: Findings) -> None:
    """Every state, instrument, official and source that a fact names must have a record."""
    from treatygraph.facts.references import references

    for place, kind, name in references(facts):
        known: object = getattr(facts, kind)
        if isinstance(known, dict) and name not in known:
            mend = f"add it to {'sources.csv' if kind == 'sources' else kind}, or fix the name."
            findings.add(place, "unknown-" + kind.rstrip("s"), f"'{name}' has no record.", mend)
