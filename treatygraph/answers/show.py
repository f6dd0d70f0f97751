"""One record, whole: its card or row, acts, people, links, and the sources of each."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.own_facts import own_notes
from treatygraph.answers.terms import Term, term
from treatygraph.answers.timeline import offices_on
from treatygraph.answers.wikidata_links import label_lines, link_lines
from treatygraph.answers.wording import made_by
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model.dates import BEGINNING, OPEN, OPEN_TEXT
from treatygraph.model.errors import UnknownName
from treatygraph.model.json_form import HIDDEN, SPREAD, plain, shown
from treatygraph.model.records import Act
from treatygraph.model.standings import Derivation
from treatygraph.model.terms import BASE
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Record", "show"]

_KEYS = {"adoption": "adopted", "adopted": "signed", "announced": "signed", "agreed": "signed"}
"""The key of the card behind a line that is called otherwise, because nobody signed (rule K12)."""
_KINDS = ("instrument", "state", "group", "official")


@dataclass(frozen=True)
class Record(Citable):
    """A record as sections of lines: each line is a name, a value and its sources."""

    answer: str
    kind: str
    """instrument, state, group, official, event or source."""
    id: str
    title: str
    sections: Annotated[tuple[tuple[str, tuple[dict[str, Any], ...]], ...], SPREAD]
    edition: Edition | None = None
    """The release of the record that it is of; None only while it is being put together."""
    address: Annotated[str, HIDDEN] = ""

    @property
    @shown
    def iri(self) -> str:
        """The address of the record; of a term, its address in the ontology."""
        return self.address or f"{BASE}id/{self.kind}/{self.id}"

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        title = f"{self.title} ({self.kind})"
        return CitedSubject("record", title, self.iri.removeprefix(BASE), f"treatygraph show {shlex.quote(self.id)}")

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


def show(index: Index, name: str) -> Record:
    """The record that ``name`` names: an instrument, state, group, official, event or source; else a term or a rule.

    Raises:
        UnknownName: nothing is called that; the nearest names are listed.
        UsageError: the name is that of several records.
    """
    record = _record(index, name)
    notes = "; ".join(own_notes(index, [record.id] if record.kind == "instrument" else []))
    answer = f"{record.answer} {notes[0].upper()}{notes[1:]}." if notes else record.answer
    return replace(record, answer=answer, edition=edition_of(index))


def _record(index: Index, name: str) -> Record:
    key = name.strip().lower()
    if index.event(key):
        return _event(index, key)
    if index.source(key):
        return _source(index, key)
    try:
        kind, record = find(index, name, _KINDS)
    except UnknownName as problem:
        meaning = term(name)
        if meaning is None:
            raise UnknownName("record", name, problem.nearest) from None
        return _word(meaning)
    return {"instrument": _instrument, "state": _state, "group": _group, "official": _official}[kind](index, record)


def _word(meaning: Term) -> Record:
    """A word of the answers, as a record."""
    lines = [_line(name, value) for name, value in (
        ("definition", meaning.definition), ("source", meaning.source), ("list", meaning.scheme),
        ("broader", list(meaning.broader)), ("narrower", list(meaning.narrower)))]  # fmt: skip
    return Record(meaning.answer, "term", meaning.id, meaning.label, (_filled("term", lines),), address=meaning.iri)


def _life(start: date, end: date) -> str:
    """When a state was there, without the sentinels of open ends."""
    begun = f"from {start.isoformat()}" if start > BEGINNING else "no beginning on record"
    return f"{begun}, to {end.isoformat()}" if end < OPEN else f"{begun}, no end"


def _line(name: str, value: object, sources: Iterable[str] = (), **more: object) -> dict[str, Any]:
    cited = [source for source in sources if source != "treatygraph"]
    return {"name": name, "value": value, **more, "sources": cited}


def _filled(name: str, lines: Iterable[dict[str, Any]]) -> tuple[str, tuple[dict[str, Any], ...]]:
    return name, tuple(line for line in lines if line["value"] not in ("", None, [], ()))


def _instrument(index: Index, name: str) -> Record:
    card = index.instrument(name)
    assert card is not None  # find() names only instruments that have a card
    derived = index.outline(name)
    cites = {key: cite.sources for key, cite in card.cites.items()}
    values = {
        "title": card.title, "aliases": list(card.aliases), "kind": card.kind, "scope": card.scope,
        "binding": card.binding, "topics": list(card.topics),
        "adoption": str(card.adopted or ""), made_by(card, index.ledger(name)): str(card.signed or ""),
        "place": card.signed_place, "entry_into_force": str(card.entry_into_force or ""),
        "operative": str(card.operative or ""), "ended": str(card.ended or ""),
        "participants": list(card.participants), "depositaries": list(card.depositaries),
        "coverage": str(card.through or ""), "gap": card.coverage.words, "description": card.description,
    }  # fmt: skip
    clauses = [
        _line(c.kind, c.get("gist") or _terms(c.terms), c.cite.sources, article=c.article,
              terms={k: v if isinstance(v, str) else list(v) for k, v in c.terms.items() if k != "gist"})
        for c in card.clauses
    ]  # fmt: skip
    relations = [_line(r.relation, r.instrument, r.cite.sources) for r in card.relations]
    statuses = [
        _line(s.status, f"{s.since} to {s.until}" if s.until else f"since {s.since}",
              [source for step in s.because for source in step.sources], since=s.since, until=s.until or None)
        for s in derived.statuses
    ]  # fmt: skip
    identifiers = [_line(scheme, text, cites.get("title", ())) for scheme, text in card.identifiers]
    acts = [_act(act) for act in index.ledger(name)]
    sections = (
        _filled("card", (_line(key, value, cites.get(_KEYS.get(key, key), ())) for key, value in values.items())),
        _filled("status", statuses),
        _filled("clauses", clauses),
        _filled("relations", relations),
        _filled("identifiers", identifiers),
        ("links", link_lines(index, "instrument", name)),
        ("from elsewhere", label_lines("instrument", name)),
        _filled("acts", acts),
        _filled("events", _events(index, name)),
    )
    last = {tuple(item.status for item in one.statuses[-1:]) for one in _views(index, name)}
    now = derived.statuses[-1].status.replace("-", " ") if derived.statuses else "without a dated status"
    now = f"contested ({now} by the depositaries' record)" if len(last) > 1 else now
    answer = f"{card.short} ({card.kind.replace('-', ' ')}): {now}, {len(acts)} acts on record."
    return Record(answer, "instrument", name, card.short, sections)


def _views(index: Index, name: str) -> Iterable[Derivation]:
    """What each reading yields for an instrument."""
    return (index.derivation(name, reading) for reading in index.readings(name))


def _terms(terms: Mapping[str, str | tuple[str, ...]]) -> str:
    return ", ".join(f"{key} {value if isinstance(value, str) else ' '.join(value)}" for key, value in terms.items())


def _act(act: Act) -> dict[str, Any]:
    return _line(
        act.kind, act.date.text, act.cite.sources, id=act.id, state=act.state,
        effective=str(act.effective or "") or None, depositary=act.depositary or None,
        against=list(act.against) or None, note=act.note or None,
    )  # fmt: skip


def _events(index: Index, name: str) -> Iterable[dict[str, Any]]:
    for key in index.events_of(name):
        event = index.event(key)
        if event:
            yield _line(event.type, event.date.text, event.cites["text"].sources, id=key, text=event.text)


def _state(index: Index, code: str) -> Record:
    state = index.state(code)
    assert state  # find() names only states that have a document
    rows = [row for row in index.rows_of(code) if row.reading == DEPOSITARY]
    life = _line("existed", _life(state.start, state.end), state.cite.sources)
    card = [
        life,
        _line("names", [state.name, *state.aliases], state.cite.sources),
        _line("codes", dict(state.identifiers), state.cite.sources),
        _line("continues", state.continues, state.cite.sources),
        _line("successor of", list(state.successor_of), state.cite.sources, mode=state.mode),
        _line("note", state.note, state.cite.sources),
    ]
    standings = [
        _line(
            row.instrument, row.standing, row.sources, since=row.since, until=row.until or None,
            flags=sorted({flag.flag for flag in row.flags}),
        )
        for row in sorted(rows, key=lambda row: (row.start, row.instrument))
    ]  # fmt: skip
    bound = sum(1 for row in rows if row.standing == "party" and row.end == OPEN_TEXT)
    answer = f"{state.name}: party to {bound} instruments with no end on record, {len(rows)} standings in all."
    sections = (
        _filled("card", card),
        ("links", link_lines(index, "state", code)),
        ("from elsewhere", label_lines("state", code)),
        _filled("standings", standings),
        _filled("events", _events(index, code)),
    )
    return Record(answer, "state", code, state.name, sections)


def _group(index: Index, name: str) -> Record:
    group, rows = index.group(name), index.memberships(name)
    assert group  # find() names only groups that have a document
    title = group.title
    members = [_line(row.state, f"{row.start or ''} to {row.end or ''}", row.cite.sources) for row in rows]
    sections = (("links", link_lines(index, "group", name)), _filled("members", members))
    return Record(f"{title}: {len(rows)} memberships on record.", "group", name, title, sections)


def _official(index: Index, name: str) -> Record:
    person = index.official(name)
    assert person  # find() names only officials that have a document
    tenures = index.tenures(name)
    offices = [_line(t.office, f"{t.start or ''} to {t.end or ''}", t.cite.sources, body=t.body) for t in tenures]
    card = [_line("name", person.name, person.cite.sources), _line("native name", person.native_name, ("recall",)),
            _line("state", person.state, person.cite.sources), _line("born", person.born, person.cite.sources),
            _line("died", person.died, person.cite.sources)]  # fmt: skip
    answer = f"{person.name} ({person.state}): {len(offices)} tenures on record."
    sections = (
        _filled("card", card),
        ("links", link_lines(index, "official", name)),
        ("from elsewhere", label_lines("official", name)),
        _filled("offices", offices),
        _filled("events", _events(index, name)),
    )
    return Record(answer, "official", name, person.name, sections)


def _event(index: Index, name: str) -> Record:
    event = index.event(name)
    assert event  # the caller has seen the document
    people = [
        _line(p.role, p.official, p.cite.sources, office="; ".join(offices_on(index, p.official, event.date.latest)))
        for p in event.officials
    ]
    card = [_line(key, value, event.cites[key].sources if key in event.cites else ()) for key, value in (
        ("date", event.date.text), ("type", event.type), ("text", event.text), ("instruments", list(event.instruments)),
        ("states", list(event.states)), ("about", list(event.about)))]  # fmt: skip
    answer = f"{event.date.text}: {event.text}"
    return Record(answer, "event", name, event.text, (_filled("card", card), _filled("people", people)))


def _source(index: Index, name: str) -> Record:
    source = index.source(name)
    assert source  # the caller has seen the document
    card = [
        _line(key, getattr(source, key)) for key in ("title", "publisher", "date", "place", "kind", "licence", "note")
    ]
    return Record(f"{source.title} ({source.kind}).", "source", name, source.title, (_filled("card", card),))
