"""The data of the explorer page: the whole record with its derived standings, in short form.

Nothing is worked out here. Standings, flags and reasons come from the index as they are;
lists that recur (sources, flags, steps of reasoning) stand once and are pointed to by number.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from treatygraph.answers.edition import edition_of
from treatygraph.answers.timeline import offices_on
from treatygraph.answers.wording import authority_name, made_by
from treatygraph.bonds.powers import Power, group_name
from treatygraph.build.index import Index
from treatygraph.draw.palette import FAMILIES
from treatygraph.draw.rules import RULES
from treatygraph.labels import FILE, read_labels
from treatygraph.law.succession import line
from treatygraph.model.dates import Span
from treatygraph.model.index_records import Summary
from treatygraph.model.knowledge import STALE, Knowledge
from treatygraph.model.names import key as name_key
from treatygraph.model.records import Act, Event, Instrument, Source, State
from treatygraph.model.standings import Because
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["packed", "page_data"]


class _Pool:
    """Values that stand once and are pointed to by their place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: object) -> int:
        """Where the value stands."""
        key = json.dumps(value, ensure_ascii=False)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]


def packed(data: dict[str, Any]) -> str:
    """The data as base64 of raw deflate, as a page's script can take it apart."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b64encode(press.compress(text.encode()) + press.flush()).decode("ascii")


def page_data(index: Index, today: date) -> dict[str, Any]:
    """All that the page needs to answer: plain values, in a fixed order."""
    cites, flags, steps = _Pool(), _Pool(), _Pool()
    states = index.states()
    standings = _standings(index, cites, flags, steps)
    acts = {name: [_act(act, cites) for act in index.ledger(name)] for name in sorted(index.actors())}
    events = [_event(index, event, cites) for event in index.events().values()]
    return {
        "today": today.isoformat(),
        "states": [_state(states, code) for code in sorted(states)],
        "groups": [
            [name, group.title, _members(index, name), group_name(name, group.title)]
            for name, group in index.groups().items()
        ],
        "names": _names(index),
        "briefs": [_summary(summary) for summary in index.summaries().values()],
        "cards": {name: _card(index, card, cites) for name, card in index.instruments().items()},
        "topics": {name: sorted(narrower) for name, narrower in index.topics().items()},
        "changed": index.disputed(),
        "exclusions": {
            name: [[item.by, item.against, item.start, item.end, item.rule] for item in items]
            for name, items in index.all_exclusions().items()
        },
        "readings": readings(index),
        "views": [DEPOSITARY, CLAUSE, *sorted({item.authority for item in index.assertions()} - {DEPOSITARY, CLAUSE})],
        "standings": standings,
        "ledgers": [_ledger(item) for item in _open_ledgers(index)],
        "edition": edition_of(index).to_dict(),
        "authorities": {name: authority_name(index, name) for name in sorted(_authorities(index))},
        "acts": acts,
        "events": events,
        "cites": cites.values,
        "flags": flags.values,
        "steps": steps.values,
        "sources": [_source(source) for source in index.sources().values()],
        "families": [[item.id, item.title, item.light, item.dark, list(item.topics)] for item in FAMILIES],
        "rules": RULES,
    }  # fmt: skip


def _names(index: Index) -> list[list[str]]:
    """Every name of a state or group, and those of states in other languages that lead to one state alone."""
    own = dict(index.names())
    rows = [
        [key, kind, record] for key, entries in own.items() for kind, record, _ in entries if kind in ("state", "group")
    ]
    foreign: dict[str, set[str]] = {}
    for label in read_labels(FILE):
        if label.kind == "state" and index.existence(label.record):
            foreign.setdefault(name_key(label.label), set()).add(label.record)
    rows += [[key, "state", min(codes)] for key, codes in foreign.items() if len(codes) == 1 and key not in own]
    return rows


def readings(index: Index) -> list[list[str]]:
    """The readings that change anything, with a name for each; the depositaries' first."""
    named = {view for views in index.disputed().values() for view in views}
    shown = {DEPOSITARY: "The depositaries’ record", CLAUSE: "The clauses alone"}
    names = {code: life.name for code, life in index.existences().items()}
    names.update((name, group.title) for name, group in index.groups().items())
    others = sorted(named - {DEPOSITARY, CLAUSE}, key=lambda view: (names.get(view, view), view))
    first = [DEPOSITARY, *([CLAUSE] if CLAUSE in named else [])]
    return [[view, shown.get(view) or names.get(view) or view.replace("-", " ").capitalize()]
            for view in (*first, *others)]  # fmt: skip


def _authorities(index: Index) -> set[str]:
    """Whoever a sentence may name: those of flags, and of readings."""
    flags = (flag for row in index.all_rows() for flag in row.flags)
    spoken = {who for flag in flags for who in (flag.by, *flag.rejected_by) if who}
    return spoken | {item.authority for item in index.assertions()} | {CLAUSE}


def _open_ledgers(index: Index) -> Iterator[Knowledge]:
    """What those ledgers know that may lack a state: they have holes, or others could join."""
    every = (index.knowledge(name) for name in index.ids("instrument"))
    return (item for item in every if item.holes or not item.closed_to)


def _ledger(item: Knowledge) -> list[Any]:
    """What a ledger knows of the states that it does not name; days as ISO text."""
    stale = STALE.after(item.whole).isoformat()
    holes = [[list(hole.states), hole.acts, hole.start.isoformat(), hole.text] for hole in item.holes]
    lists = [[first.isoformat(), last.isoformat()] for first, last in item.lists]
    absences = [[no.state, no.first.isoformat(), no.last.isoformat()] for no in item.absences]
    return [item.instrument, item.treaty, item.opened.isoformat(), item.entry.isoformat(), item.ended.isoformat(),
            list(item.closed_to), item.whole.isoformat(), item.whole_text, stale, holes, lists, absences]  # fmt: skip


def _summary(summary: Summary) -> dict[str, Any]:
    entered = Span.parse(summary.entry).latest.isoformat() if summary.entry else ""
    values = {key: value for key, value in summary._asdict().items() if key != "is_treaty"}
    return {**values, "entered": entered}


def _state(states: Mapping[str, State], code: str) -> list[Any]:
    state, chain = states[code], line(states, code)
    spoken = Power(code, state.name, (code,), (chain,), (code,)).name
    return [code, state.name, spoken, state.start.isoformat(), state.end.isoformat(), state.continues,
            list(state.successor_of), list(chain)]  # fmt: skip


def _members(index: Index, group: str) -> list[list[str]]:
    """State, first and last day (half-open) of each membership; uncertain ends are counted in."""
    rows = []
    for member in index.memberships(group):
        start = member.start.earliest if member.start else date.min
        end = member.end.latest if member.end else date.max
        rows.append([member.state, start.isoformat(), end.isoformat()])
    return rows


def _standings(index: Index, cites: _Pool, flags: _Pool, steps: _Pool) -> dict[str, list[Any]]:
    reasons, texts = _reasons(index, steps)
    rows: dict[str, list[Any]] = {}
    for row in index.all_rows():
        about = (row.reading, row.instrument, row.state)
        why, why_end = reasons.get((*about, row.start, row.standing), ([], []))
        marks = [
            flags.place([*flag, texts.get((*about, flag.flag, flag.start, flag.end, flag.by), "")])
            for flag in row.flags
        ]
        rows.setdefault(row.state, []).append(
            [row.reading, row.instrument, row.standing, row.start, row.end, row.since, row.until, row.origin,
             row.reason, cites.place(row.sources), cites.place(row.ending_sources), marks, why, why_end,
             *([row.may_bind, row.lack] if row.may else [])]
        )  # fmt: skip
    return rows


_Key = tuple[str, ...]


def _reasons(index: Index, steps: _Pool) -> tuple[dict[_Key, tuple[list[int], list[int]]], dict[_Key, str]]:
    """Why each standing began and ended, by reading, instrument, state, first day and standing; and flags' texts."""
    reasons: dict[_Key, tuple[list[int], list[int]]] = {}
    texts: dict[_Key, str] = {}
    for derived in index.derivations():
        for one in derived.standings:
            key = (derived.reading, derived.instrument, one.state, one.start.isoformat(), one.standing)
            reasons[key] = _steps(one.because, steps), _steps(one.ending, steps)
        for flag in derived.flags:
            about = (derived.reading, derived.instrument, flag.state, flag.flag, flag.start.isoformat(),
                   flag.end.isoformat(), flag.by)  # fmt: skip
            texts[about] = flag.text
    return reasons, texts


def _steps(because: Iterable[Because], steps: _Pool) -> list[int]:
    return [steps.place([step.rule, step.act, step.date, step.text]) for step in because]


def _act(act: Act, cites: _Pool) -> list[Any]:
    return [act.state, act.kind, act.date.text, str(act.effective or ""), list(act.against), act.scope,
            act.depositary, act.note, cites.place(_shown(act.cite.sources))]  # fmt: skip


def _event(index: Index, event: Event, cites: _Pool) -> list[Any]:
    people = [
        [official.name if (official := index.official(one.official)) else one.official, one.role, one.state,
         "; ".join(offices_on(index, one.official, event.date.latest))]
        for one in event.officials
    ]  # fmt: skip
    sources = dict.fromkeys(source for cite in event.cites.values() for source in cite.sources)
    return [event.id, event.date.text, event.date.latest.isoformat(), event.type, event.text,
            list(event.instruments), list(event.states), people, cites.place(_shown(sources))]  # fmt: skip


def _card(index: Index, card: Instrument, cites: _Pool) -> dict[str, Any]:
    """What a card says beyond the brief; an absent value is left out."""
    clauses = [
        [clause.kind, clause.article, clause.get("gist"), cites.place(_shown(clause.cite.sources))]
        for clause in card.clauses
        if clause.get("gist")
    ]
    row = {
        "place": card.signed_place,
        "made": "" if (made := made_by(card, index.ledger(card.id))) == "signed" else made,
        "depositaries": list(card.depositaries),
        "clauses": clauses,
        "relations": [[item.relation, item.instrument] for item in card.relations],
        "ids": [*([scheme, text] for scheme, text in card.identifiers), *_wikidata(index, card.id)],
        "gist": card.description,
        "aliases": list(card.aliases),
    }
    return {key: value for key, value in row.items() if value}


def _wikidata(index: Index, name: str) -> list[list[str]]:
    """The items of Wikidata that are the instrument, where the record links it."""
    links = index.links("instrument", name)
    return [["wikidata", link.item] for link in links if link.predicate == "exactMatch" and not link.rejected]


def _source(source: Source) -> list[str]:
    return [source.id, source.title, source.publisher, source.date, source.place, source.kind]


def _shown(sources: Iterable[str]) -> list[str]:
    """Sources for a reader: the project's own classification is none."""
    return [source for source in sources if source != "treatygraph"]
