"""What the beginning of each kind of record holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from treatygraph.facts.canonical import table_text
from treatygraph.facts.load import FILES, LEDGER
from treatygraph.facts.sheets import Findings
from treatygraph.facts.tables import read_table
from treatygraph.model import vocabulary
from treatygraph.model.dates import Span
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.names import nearest
from treatygraph.model.records import Facts

__all__ = ["RecordDraft", "Values", "draft"]

Values = Mapping[str, str | list[str] | None]
"""Arguments by name; what was left out is None or empty."""
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OWN: Final = "source: treatygraph, at: inclusion-rule"
_HOUSE: Final = "source: treatygraph, at: house-style"
_NOTHING: Final = "{states: all, acts: any, note: 'no act of any state is in the ledger yet'}"


@dataclass(frozen=True)
class RecordDraft:
    """A record begun: its files as they are to be, which of them are tables, and what comes next."""

    what: str
    id: str
    files: Mapping[str, str]
    tables: frozenset[str]
    next: tuple[str, ...]


class Given:
    """The arguments, held against the lists and the record."""

    def __init__(self, values: Values, facts: Facts, folder: Path) -> None:
        self._values, self.facts, self.folder = values, facts, folder
        for name, value in values.items():
            if any("\n" in text for text in ([value] if isinstance(value, str) else value or ())):
                raise UsageError(f"--{name.replace('_', '-')} runs over lines; give it on one line.")

    def text(self, name: str) -> str:
        """One value; empty when it was left out."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def many(self, name: str) -> list[str]:
        """Several values; empty when they were left out."""
        value = self._values.get(name) or []
        return [value] if isinstance(value, str) else list(value)

    def word(self, name: str, known: Iterable[str], what: str) -> str:
        """A word of a closed list."""
        words = tuple(known)
        if self.text(name) not in words:
            raise UnknownName(
                what, self.text(name), nearest(self.text(name), [(word, word) for word in words]) or words
            )
        return self.text(name)

    def id(self, taken: Iterable[str], what: str) -> str:
        """A new id in the form that files and addresses bear."""
        name = self.text("id")
        if not _ID.fullmatch(name):
            raise UsageError(f"'{name}' is no id; use small letters, digits and hyphens: new-start.")
        if name in set(taken):
            raise UsageError(f"the {what} '{name}' exists; choose another id, or edit it.")
        return name

    def span(self, name: str) -> str:
        """A date as a source gives it.

        Raises:
            BadDate: it is not in EDTF.
        """
        text = self.text(name)
        return Span.parse(text).text if text else ""

    def on_record(self, name: str, what: str, known: Mapping[str, object]) -> list[str]:
        """Values that name records."""
        for value in self.many(name):
            if value not in known:
                raise UnknownName(what, value, nearest(value, [(one, one) for one in known]))
        return self.many(name)

    def source(self) -> str:
        """The citation that ends a fact."""
        names = [part for value in self.many("source") for part in value.split(";")]
        for value in names:
            if value not in self.facts.sources:
                near = nearest(value, [(one, one) for one in self.facts.sources])
                hint = f" Did you mean: {', '.join(near)}?" if near else ""
                raise UsageError(
                    f"no source is called '{value}'; begin it with 'treatygraph new source {value}'.{hint}"
                )
        return f"source: {_quoted(';'.join(names))}, at: {_quoted(self.text('at'))}"


def draft(kind: str, values: Values, facts: Facts, folder: Path) -> RecordDraft:
    """The beginning of a record of a kind.

    Raises:
        UsageError: the record exists, or an argument names or says what no list has.
    """
    return {"instrument": _instrument, "event": _event, "source": _source, "official": _official}[kind](
        Given(values, facts, folder)
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _listed(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _instrument(values: Given) -> RecordDraft:
    name, cite = values.id(values.facts.instruments, "instrument"), values.source()
    kind = values.word("kind", vocabulary.INSTRUMENT_KINDS, "kind of instrument")
    values.word("scope", vocabulary.SCOPES, "scope")
    values.word("binding", vocabulary.BINDING, "value of binding")
    topics = values.on_record("topic", "topic", dict.fromkeys(vocabulary.TOPICS))
    participants = values.on_record("participant", "state", values.facts.states)
    place = f", place: {_quoted(values.text('place'))}" if values.text("place") else ""
    signed, entry = values.span("signed"), values.span("entry_into_force")
    is_treaty = kind in vocabulary.TREATY_KINDS
    lines = [
        f"title: {{text: {_quoted(values.text('title'))}, {cite}}}",
        f"short: {{text: {_quoted(values.text('short') or values.text('title'))}, {_HOUSE}}}",
        f"kind: {{is: {kind}, {_OWN}}}",
        f"scope: {{is: {values.text('scope')}, {_OWN}}}",
        f"binding: {{is: {_quoted(values.text('binding'))}, {_OWN}}}",
        f"topics: {{are: {_listed(topics)}, {_OWN}}}",
        f"signed: {{date: {_quoted(signed)}{place}, {cite}}}" if signed else "",
        f"{'entry_into_force' if is_treaty else 'operative'}: {{date: {_quoted(entry)}, {cite}}}" if entry else "",
        f"participants: {{are: {_listed(participants)}, {cite}}}" if participants else "",
        "" if participants else f"coverage: {{gaps: [{_NOTHING}], {_HOUSE}}}",
    ]
    clauses = "clauses: entry-into-force, duration, withdrawal, each with its article, and the limits it sets"
    card, ledger = f"instruments/{name}.yaml", f"acts/{name}.csv"
    steps = (
        "" if signed else f"{card}: 'signed', the day and the place",
        f"{card}: {clauses}" if is_treaty else f"{card}: 'operative', the day from which it works",
        f"{card}: relations to older instruments, aliases, and a description in your own words",
        f"{ledger}: who {'signed and consented' if is_treaty else 'adheres'}, one row per act, each with its source",
        "" if participants else f"{card}: 'coverage: {{through: …}}' once the ledger is complete to a day",
    )
    files = {card: _lines(lines), ledger: LEDGER + "\n"}
    return RecordDraft("the instrument", name, files, frozenset({ledger}), _filled(steps))


def _event(values: Given) -> RecordDraft:
    when = values.span("date")
    name = values.id((), "event")
    name = f"{when.replace('/', '--')}-{name}"
    if name in values.facts.events:
        raise UsageError(f"the event '{name}' exists; choose another id, or edit it.")
    cite = values.source()
    values.word("type", vocabulary.EVENT_TYPES, "type of event")
    instruments = values.on_record("instrument", "instrument", values.facts.instruments)
    states = values.on_record("state", "state", values.facts.states)
    lines = [
        f"date: {{is: {_quoted(when)}, {cite}}}",
        f"type: {{is: {_quoted(values.text('type'))}, {cite}}}",
        f"text: {{is: {_quoted(values.text('text'))}, {cite}}}",
        f"instruments: {{are: {_listed(instruments)}, {cite}}}" if instruments else "",
        f"states: {{are: {_listed(states)}, {cite}}}" if states else "",
        *_people(values, cite),
    ]
    file = f"events/{name}.yaml"
    steps = (
        f"{file}: 'instruments' and 'states', if it concerns any" if not (instruments and states) else "",
        f"{file}: 'officials', who took part and in which role" if not values.many("official") else "",
        f"{file}: 'about', if it answers another event",
        "a ledger in acts/, if it was an act that moves a standing: an event moves none",
    )
    return RecordDraft("the event", name, {file: _lines(lines)}, frozenset(), _filled(steps))


def _people(values: Given, cite: str) -> list[str]:
    """Officials as ``ID:ROLE`` or ``ID:ROLE:STATE``."""
    lines = ["officials:"] if values.many("official") else []
    for text in values.many("official"):
        person, _, rest = text.partition(":")
        role, _, state = rest.partition(":")
        Given({"official": person}, values.facts, values.folder).on_record(
            "official", "official", values.facts.officials
        )
        Given({"role": role}, values.facts, values.folder).word("role", vocabulary.ROLES, "role")
        where = f", state: {_quoted(state)}" if state else ""
        lines.append(f"  - {{official: {_quoted(person)}, role: {_quoted(role)}{where}, {cite}}}")
    return lines


def _source(values: Given) -> RecordDraft:
    name = values.id(values.facts.sources, "source")
    kind = values.word("kind", vocabulary.SOURCE_KINDS, "kind of source")
    if not values.text("place") and kind not in ("recall", "editorial"):
        raise UsageError("a source needs --place: an address, or owner/repository@commit and the path.")
    values.span("date")
    row = {key: values.text(key) for key in FILES["sources.csv"].split(",")}
    row |= {"id": name, "licence": values.text("licence") or "unknown"}
    steps = (
        f"a fact that cites '{name}', with the place in it ('at'): an unused source is a finding",
        "" if values.text("licence") else "sources.csv: 'licence', if one is stated; 'unknown' stands there now",
    )
    files = {"sources.csv": _added("sources.csv", row, values.folder)}
    return RecordDraft("the source", name, files, frozenset(files), _filled(steps))


def _official(values: Given) -> RecordDraft:
    name = values.id(values.facts.officials, "official")
    values.source()
    values.on_record("state", "state", values.facts.states)
    for key in ("born", "died", "from", "until"):
        values.span(key)
    cited = {"source": ";".join(values.many("source")), "at": values.text("at")}
    row = {key: values.text(key) for key in FILES["officials.csv"].split(",")} | cited | {"id": name}
    files = {"officials.csv": _added("officials.csv", row, values.folder)}
    if values.text("office"):
        body = values.text("body") or values.text("state")
        held = {key: values.text(key) for key in ("office", "from", "until")}
        files["tenures.csv"] = _added("tenures.csv", {"official": name, "body": body, **held, **cited}, values.folder)
    steps = (
        "" if values.text("office") else f"tenures.csv: the offices of {name}, from which day to which",
        f"an event in events/ in which {name} takes part: an unused official is no gain",
    )
    return RecordDraft("the official", name, files, frozenset(files), _filled(steps))


def _added(table: str, row: Mapping[str, str], folder: Path) -> str:
    """A table with one row more, in its order."""
    findings = Findings()
    columns = FILES[table].split(",")
    facts = read_table(folder / table, table, columns, findings, cited=False)
    return table_text(FILES[table], [*({key: fact.text(key) for key in columns} for fact in facts), row], table)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines if line)


def _filled(steps: Iterable[str]) -> tuple[str, ...]:
    return tuple(step for step in steps if step)
