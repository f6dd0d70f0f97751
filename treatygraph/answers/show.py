"""One record, whole: its card or row, acts, people, links, and the sources of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from treatygraph.answers.timeline import offices_on
from treatygraph.answers.wikidata_links import label_lines, link_lines
from treatygraph.bonds.powers import find
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.model.errors import UnknownName
from treatygraph.model.records import Act, Event, Instrument, Official, Source, State
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Record", "show"]

_KINDS = ("instrument", "state", "group", "official")
_BASE = "https://w3id.org/treatygraph/id/"


@dataclass(frozen=True)
class Record:
    """A record as sections of lines: each line is a name, a value and its sources."""

    kind: str
    id: str
    title: str
    answer: str
    sections: tuple[tuple[str, tuple[dict[str, Any], ...]], ...]

    @property
    def iri(self) -> str:
        """The address of the record."""
        return f"{_BASE}{self.kind}/{self.id}"

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON: a list of lines per section."""
        sections = {name: [dict(line) for line in lines] for name, lines in self.sections}
        return {"answer": self.answer, "kind": self.kind, "id": self.id, "iri": self.iri,
                "title": self.title, **sections}  # fmt: skip


def show(shelf: Shelf, name: str) -> Record:
    """The record that ``name`` names: an instrument, state, group, official, event or source.

    Raises:
        UnknownName: nothing is called that; the nearest names are listed.
        UsageError: the name is that of several records.
    """
    for kind, make in (("event", _event), ("source", _source)):
        if shelf.get(kind, name.strip().lower()) is not None:
            return make(shelf, name.strip().lower())
    try:
        kind, record = find(shelf, name, _KINDS)
    except UnknownName as problem:
        raise UnknownName("record", name, problem.nearest) from None
    return {"instrument": _instrument, "state": _state, "group": _group, "official": _official}[kind](shelf, record)


def _line(name: str, value: Any, sources: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    found = [source for source in sources if source != "treatygraph"]
    return {"name": name, "value": value, **more, "sources": found}


def _filled(name: str, lines: Iterable[dict[str, Any]]) -> tuple[str, tuple[dict[str, Any], ...]]:
    return name, tuple(line for line in lines if line["value"] not in ("", None, [], ()))


def _instrument(shelf: Shelf, name: str) -> Record:
    card = fetch(shelf, Instrument, "instrument", name)
    derived = fetch(shelf, Derivation, "derivation", f"{DEPOSITARY}/{name}")
    assert card is not None
    assert derived is not None  # find() names only instruments that have both documents
    cites = {key: cite.sources for key, cite in card.cites.items()}
    values = {
        "title": card.title, "aliases": list(card.aliases), "kind": card.kind, "scope": card.scope,
        "binding": card.binding, "topics": list(card.topics), "signed": str(card.signed or ""),
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
    acts = [_act(act) for act in _ledger(shelf, name)]
    sections = (
        _filled("card", (_line(key, value, cites.get(key, ())) for key, value in values.items())),
        _filled("status", statuses),
        _filled("clauses", clauses),
        _filled("relations", relations),
        _filled("identifiers", identifiers),
        ("links", link_lines(shelf, "instrument", name)),
        ("from elsewhere", label_lines("instrument", name)),
        _filled("acts", acts),
        _filled("events", _events(shelf, name)),
    )
    now = derived.statuses[-1].status.replace("-", " ") if derived.statuses else "without a dated status"
    answer = f"{card.short} ({card.kind.replace('-', ' ')}): {now}, {len(acts)} acts on record."
    return Record("instrument", name, card.short, answer, sections)


def _terms(terms: Any) -> str:
    return ", ".join(f"{key} {value if isinstance(value, str) else ' '.join(value)}" for key, value in terms.items())


def _ledger(shelf: Shelf, name: str) -> list[Act]:
    from treatygraph.build.codec import decode

    return [decode(Act, value) for value in shelf.get("ledger", name) or ()]


def _act(act: Act) -> dict[str, Any]:
    return _line(
        act.kind, act.date.text, act.cite.sources, id=act.id, state=act.state,
        effective=str(act.effective or "") or None, depositary=act.depositary or None,
        against=list(act.against) or None, note=act.note or None,
    )  # fmt: skip


def _events(shelf: Shelf, name: str) -> Iterable[dict[str, Any]]:
    for key in shelf.get("mentions", name) or ():
        event = fetch(shelf, Event, "event", key)
        if event:
            yield _line(event.type, event.date.text, event.cites["text"].sources, id=key, text=event.text)


def _state(shelf: Shelf, code: str) -> Record:
    state = fetch(shelf, State, "state", code)
    assert state  # find() names only states that have a document
    rows = [row for row in shelf.get("bearing", code) or () if row[0] == DEPOSITARY]
    life = _line("existed", f"{state.start.isoformat()} to {state.end.isoformat()}", state.cite.sources)
    card = [
        life,
        _line("names", [state.name, *state.aliases], state.cite.sources),
        _line("codes", dict(state.identifiers), state.cite.sources),
        _line("continues", state.continues, state.cite.sources),
        _line("successor of", list(state.successor_of), state.cite.sources, mode=state.mode),
        _line("note", state.note, state.cite.sources),
    ]
    standings = [
        _line(row[1], row[2], row[9], since=row[5], until=row[6] or None, flags=sorted({flag[0] for flag in row[11]}))
        for row in sorted(rows, key=lambda row: (row[3], row[1]))
    ]
    bound = sum(1 for row in rows if row[2] == "party" and row[4] > "9999")
    answer = f"{state.name}: party to {bound} instruments with no end on record, {len(rows)} standings in all."
    sections = (
        _filled("card", card),
        ("links", link_lines(shelf, "state", code)),
        ("from elsewhere", label_lines("state", code)),
        _filled("standings", standings),
        _filled("events", _events(shelf, code)),
    )
    return Record("state", code, state.name, answer, sections)


def _group(shelf: Shelf, name: str) -> Record:
    rows = shelf.get("members", name) or ()
    members = [_line(row[1], f"{row[2] or ''} to {row[3] or ''}", row[4][0]) for row in rows]
    title = shelf.get("group", name)[1]
    sections = (("links", link_lines(shelf, "group", name)), _filled("members", members))
    return Record("group", name, title, f"{title}: {len(rows)} memberships on record.", sections)


def _official(shelf: Shelf, name: str) -> Record:
    from treatygraph.build.codec import decode
    from treatygraph.model.records import Tenure

    person = fetch(shelf, Official, "official", name)
    assert person  # find() names only officials that have a document
    tenures = [decode(Tenure, value) for value in shelf.get("tenures", name) or ()]
    offices = [_line(t.office, f"{t.start or ''} to {t.end or ''}", t.cite.sources, body=t.body) for t in tenures]
    card = [_line("name", person.name, person.cite.sources), _line("native name", person.native_name, ("recall",)),
            _line("state", person.state, person.cite.sources), _line("born", person.born, person.cite.sources),
            _line("died", person.died, person.cite.sources)]  # fmt: skip
    answer = f"{person.name} ({person.state}): {len(offices)} tenures on record."
    sections = (
        _filled("card", card),
        ("links", link_lines(shelf, "official", name)),
        ("from elsewhere", label_lines("official", name)),
        _filled("offices", offices),
        _filled("events", _events(shelf, name)),
    )
    return Record("official", name, person.name, answer, sections)


def _event(shelf: Shelf, name: str) -> Record:
    event = fetch(shelf, Event, "event", name)
    assert event  # the caller has seen the document
    people = [
        _line(p.role, p.official, p.cite.sources, office="; ".join(offices_on(shelf, p.official, event.date.latest)))
        for p in event.officials
    ]
    card = [_line(key, value, event.cites[key].sources if key in event.cites else ()) for key, value in (
        ("date", event.date.text), ("type", event.type), ("text", event.text), ("instruments", list(event.instruments)),
        ("states", list(event.states)), ("about", list(event.about)))]  # fmt: skip
    return Record("event", name, event.text, f"{event.date.text}: {event.text}",
                  (_filled("card", card), _filled("people", people)))  # fmt: skip


def _source(shelf: Shelf, name: str) -> Record:
    source = fetch(shelf, Source, "source", name)
    assert source  # the caller has seen the document
    card = [
        _line(key, getattr(source, key)) for key in ("title", "publisher", "date", "place", "kind", "licence", "note")
    ]
    return Record("source", name, source.title, f"{source.title} ({source.kind}).", (_filled("card", card),))
