"""The data of the explorer page: the whole record with its derived standings, in short form.

Nothing is worked out here. Standings, flags and reasons come from the index as they are;
lists that recur (sources, flags, steps of reasoning) stand once and are pointed to by number.

There are two parts, so that the first answer waits for the smaller one. Rows that are many stand as columns, and values
that follow from their neighbours as what differs: compressed, the standings take a quarter of what they take as rows.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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

__all__ = ["PageData", "packed", "page_data"]


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


@dataclass(frozen=True)
class PageData:
    """What the page needs: plain values, in a fixed order."""

    answers: dict[str, Any]
    """For every answer."""
    cards: dict[str, Any]
    """For the cards of instruments: reasons, acts, events, sources, clauses."""


def packed(data: dict[str, Any]) -> str:
    """The data as base64 of raw deflate, as a page's script can take it apart."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b64encode(press.compress(text_of(data).encode()) + press.flush()).decode("ascii")


def text_of(data: dict[str, Any]) -> str:
    """The data as JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def page_data(index: Index, today: date) -> PageData:
    """All that the page needs to answer."""
    cites, flags = _Pool(), _Pool()
    states, sources = index.states(), {name: place for place, name in enumerate(index.sources())}
    standings, reasons = _standings(index, cites, flags, sources)
    acts = [
        [name, *_act(act, cites, sources)] for name in sorted(index.actors()) for act in index.ledger(name)
    ]  # fmt: skip
    cards = {
        **reasons,
        "acts": _columns(acts),
        "events": [_event(index, event, cites, sources) for event in index.events().values()],
        "cards": {name: _card(index, card, cites, sources) for name, card in index.instruments().items()},
        "sources": _columns([_source(source) for source in index.sources().values()]),
        "titles": {name: summary.full_title for name, summary in index.summaries().items()},
        "rules": RULES,
    }
    answers = {
        "today": today.isoformat(),
        "states": [_state(states, code) for code in sorted(states)],
        "groups": [
            [name, group.title, _members(index, name), group_name(name, group.title)]
            for name, group in index.groups().items()
        ],
        "names": _names(index),
        "recall": sources.get("recall", -1),
        "briefs": [_summary(summary, sources) for summary in index.summaries().values()],
        "extensions": [
            [item.instrument, name]
            for name, card in index.instruments().items() for item in card.relations if item.relation == "extends"
        ],
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
        "cites": cites.values,
        "flags": flags.values,
        "families": [[item.id, item.title, item.light, item.dark, list(item.topics)] for item in FAMILIES],
    }  # fmt: skip
    return PageData(answers, cards)


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows of one length as columns."""
    return [list(column) for column in zip(*rows, strict=True)]


def _names(index: Index) -> list[list[str]]:
    """Of each state or group: its kind, its id, and every name of it.

    Names of states in other languages stand where they lead to one state alone.
    """
    own = dict(index.names())
    names_of: dict[tuple[str, str], list[str]] = {}
    for key, entries in own.items():
        for kind, record, _ in entries:
            if kind in ("state", "group"):
                names_of.setdefault((kind, record), []).append(key)
    foreign: dict[str, set[str]] = {}
    for label in read_labels(FILE):
        if label.kind == "state" and index.existence(label.record):
            foreign.setdefault(name_key(label.label), set()).add(label.record)
    for key, codes in foreign.items():
        if len(codes) == 1 and key not in own:
            names_of.setdefault(("state", min(codes)), []).append(key)
    return [[*about, *names] for about, names in names_of.items()]


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


def _summary(summary: Summary, sources: Mapping[str, int]) -> dict[str, Any]:
    entered = Span.parse(summary.entry).latest.isoformat() if summary.entry else ""
    values = {key: value for key, value in summary._asdict().items() if key not in ("is_treaty", "full_title")}
    return {**values, "sources": _numbers(sources, summary.sources), "entered": entered}


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


def _standings(
    index: Index, cites: _Pool, flags: _Pool, sources: Mapping[str, int]
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Every standing, by instrument, reading and first day, as columns; in the same order why each began and ended.

    A first day is written as the number of days from that of the row before, the last as the number of days from
    the first; a text that says the same as what stands beside it is 0, and a step of reasoning is how far it lies from
    the one before. ``standings`` in ``record.js`` reads it.
    """
    reasons, texts = _reasons(index)
    tables = {name: _Pool() for name in ("states", "readings", "instruments", "words", "reasons")}
    rows, steps, why = [], _Pool(), _Deltas()
    before = _FIRST
    for row in sorted(index.all_rows(), key=lambda row: (row.instrument, row.reading, row.start, row.state)):
        about = (row.reading, row.instrument, row.state)
        because, ending = reasons.get((*about, row.start, row.standing), ((), ()))
        for reasoning in (because, ending):
            why.add(steps.place(_step(step)) for step in reasoning)
        marks = [
            flags.place([*flag, texts.get((*about, flag.flag, flag.start, flag.end, flag.by), "")])
            for flag in row.flags
        ]
        start, end = date.fromisoformat(row.start), date.fromisoformat(row.end)
        until = "" if end == date.max else row.end
        rows.append([
            tables["states"].place(row.state), tables["readings"].place(row.reading),
            tables["instruments"].place(row.instrument), tables["words"].place(row.standing), (start - before).days,
            (end - start).days if until else 0, _other(row.since, row.start), _other(row.until, until),
            _other(row.origin, row.since), tables["reasons"].place(row.reason),
            cites.place(_numbers(sources, row.sources)), cites.place(_numbers(sources, row.ending_sources)), marks or 0,
            [row.may_bind, row.lack] if row.may else 0,
        ])  # fmt: skip
        before = start
    because_steps = {"why": why.lists[::2], "why_end": why.lists[1::2], "steps": _columns(steps.values)}
    return {**{name: table.values for name, table in tables.items()}, "columns": _columns(rows)}, because_steps


_FIRST = date(1900, 1, 1)
"""From which the first of the days is counted."""


def _numbers(sources: Mapping[str, int], names: Iterable[str]) -> list[int]:
    """Sources by their places in the list of all."""
    return [sources[name] for name in names]


def _other(value: str, beside: str) -> str | int:
    """The value; 0 where it is the one beside it."""
    return 0 if value == beside else value


class _Deltas:
    """Lists of numbers, each number as how far it lies from the one before."""

    def __init__(self) -> None:
        self.lists: list[list[int]] = []
        self._last = 0

    def add(self, numbers: Iterable[int]) -> None:
        """One more list."""
        steps = []
        for number in numbers:
            steps.append(number - self._last)
            self._last = number
        self.lists.append(steps)


_Key = tuple[str, ...]


_Steps = tuple[Because, ...]


def _reasons(index: Index) -> tuple[dict[_Key, tuple[_Steps, _Steps]], dict[_Key, str]]:
    """Why each standing began and ended, by reading, instrument, state, first day and standing; and flags' texts."""
    reasons: dict[_Key, tuple[_Steps, _Steps]] = {}
    texts: dict[_Key, str] = {}
    for derived in index.derivations():
        for one in derived.standings:
            key = (derived.reading, derived.instrument, one.state, one.start.isoformat(), one.standing)
            reasons[key] = tuple(one.because), tuple(one.ending)
        for flag in derived.flags:
            about = (derived.reading, derived.instrument, flag.state, flag.flag, flag.start.isoformat(),
                   flag.end.isoformat(), flag.by)  # fmt: skip
            texts[about] = flag.text
    return reasons, texts


def _step(step: Because) -> list[str | int]:
    """The step; where its day is that of the act, which has it in its id, it is 0."""
    of_act = step.date and step.act.split("/")[3:4] == [step.date]
    return [step.rule, step.act, 0 if of_act else step.date, step.text]


def _act(act: Act, cites: _Pool, sources: Mapping[str, int]) -> list[Any]:
    return [act.state, act.kind, act.date.text, str(act.effective or ""), list(act.against), act.scope,
            act.depositary, act.note, cites.place(_shown(sources, act.cite.sources))]  # fmt: skip


def _event(index: Index, event: Event, cites: _Pool, sources: Mapping[str, int]) -> list[Any]:
    people = [
        [official.name if (official := index.official(one.official)) else one.official, one.role, one.state,
         "; ".join(offices_on(index, one.official, event.date.latest))]
        for one in event.officials
    ]  # fmt: skip
    vouching = dict.fromkeys(source for cite in event.cites.values() for source in cite.sources)
    return [event.id, event.date.text, event.date.latest.isoformat(), event.type, event.text,
            list(event.instruments), list(event.states), people, cites.place(_shown(sources, vouching))]  # fmt: skip


def _card(index: Index, card: Instrument, cites: _Pool, sources: Mapping[str, int]) -> dict[str, Any]:
    """What a card says beyond the brief; an absent value is left out."""
    clauses = [
        [clause.kind, clause.article, clause.get("gist"), cites.place(_shown(sources, clause.cite.sources))]
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


def _shown(sources: Mapping[str, int], names: Iterable[str]) -> list[int]:
    """Sources for a reader: the project's own classification is none."""
    return _numbers(sources, (name for name in names if name != "treatygraph"))
