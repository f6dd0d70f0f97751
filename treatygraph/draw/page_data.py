"""The data block of the explorer page: the whole record with its derived standings, in short form.

Nothing is worked out here. Standings, flags and reasons come from the documents of the built graph as they are;
lists that recur (sources, flags, steps of reasoning) stand once and are pointed to by number.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from typing import Any

from treatygraph.answers.timeline import offices_on
from treatygraph.bonds.powers import Side, group_name
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.draw.palette import FAMILIES
from treatygraph.draw.rules import RULES
from treatygraph.law.succession import line
from treatygraph.model.dates import Span
from treatygraph.model.records import Act, Event, Instrument, Membership, Source, State
from treatygraph.model.standings import Because, Derivation
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["block", "packed"]

_BRIEF = ("title", "full_title", "kind", "scope", "binding", "topics", "parents", "participants", "signed", "entry",
          "end", "how", "coverage", "gap", "sources")  # fmt: skip


class _Table:
    """Values that stand once and are pointed to by their place."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: Any) -> int:
        """Where the value stands."""
        key = json.dumps(value, ensure_ascii=False)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]


def packed(block: dict[str, Any]) -> str:
    """The block as base64 of raw deflate, as a page's script can take it apart."""
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b64encode(press.compress(text.encode()) + press.flush()).decode("ascii")


def block(shelf: Shelf, today: date) -> dict[str, Any]:
    """All that the page needs to answer: plain values, in a fixed order."""
    cites, flags, steps = _Table(), _Table(), _Table()
    states = {code: decode(State, value) for code, value in shelf.all("state")}
    standings = _standings(shelf, cites, flags, steps)
    acts = {name: [_act(decode(Act, row), cites) for row in rows] for name, rows in shelf.all("ledger")}
    events = [_event(shelf, decode(Event, value), cites) for _, value in shelf.all("event")]
    return {
        "today": today.isoformat(),
        "states": [_state(states, code) for code in sorted(states)],
        "groups": [
            [name, value[1], _members(shelf, name), group_name(name, value[1])] for name, value in shelf.all("group")
        ],
        "names": [
            [key, kind, record]
            for key, entries in shelf.all("name")
            for kind, record, _ in entries
            if kind in ("state", "group")
        ],
        "briefs": [_brief(name, value) for name, value in shelf.all("brief")],
        "cards": {name: _card(shelf, decode(Instrument, value), cites) for name, value in shelf.all("instrument")},
        "topics": dict(shelf.all("topic")),
        "changed": dict(shelf.get("changed", "instruments") or {}),
        "objections": dict(shelf.all("objections")),
        "readings": readings(shelf),
        "standings": standings,
        "acts": acts,
        "events": events,
        "cites": cites.values,
        "flags": flags.values,
        "steps": steps.values,
        "sources": [_source(decode(Source, value)) for _, value in shelf.all("source")],
        "families": [[item.id, item.title, item.light, item.dark, list(item.topics)] for item in FAMILIES],
        "rules": RULES,
    }  # fmt: skip


def readings(shelf: Shelf) -> list[list[str]]:
    """The readings that change anything, with a name for each; the depositaries' first."""
    found = {view for views in (shelf.get("changed", "instruments") or {}).values() for view in views}
    shown = {DEPOSITARY: "The depositaries’ record", CLAUSE: "The clauses alone"}
    names = {code: value[0] for code, value in shelf.all("life")}
    for name, value in shelf.all("group"):
        names[name] = value[1]
    others = sorted(found - {DEPOSITARY, CLAUSE}, key=lambda view: (names.get(view, view), view))
    first = [DEPOSITARY, *([CLAUSE] if CLAUSE in found else [])]
    return [[view, shown.get(view) or names.get(view) or view.replace("-", " ").capitalize()]
            for view in (*first, *others)]  # fmt: skip


def _brief(name: str, value: dict[str, Any]) -> dict[str, Any]:
    entry = value["entry"]
    entered = Span.parse(entry).latest.isoformat() if entry else ""
    return {"id": name, **{key: value[key] for key in _BRIEF}, "entered": entered}


def _state(states: dict[str, State], code: str) -> list[Any]:
    state, chain = states[code], line(states, code)
    spoken = Side(code, state.name, (code,), (chain,), (code,)).name
    return [code, state.name, spoken, state.start.isoformat(), state.end.isoformat(), state.continues,
            list(state.successor_of), list(chain)]  # fmt: skip


def _members(shelf: Shelf, group: str) -> list[list[str]]:
    """State, first and last day (half-open) of each membership; uncertain ends are counted in."""
    found = []
    for value in shelf.get("members", group) or ():
        member = decode(Membership, value)
        start = member.start.earliest if member.start else date.min
        end = member.end.latest if member.end else date.max
        found.append([member.state, start.isoformat(), end.isoformat()])
    return found


def _standings(shelf: Shelf, cites: _Table, flags: _Table, steps: _Table) -> dict[str, list[Any]]:
    reasons, texts = _reasons(shelf, steps)
    found: dict[str, list[Any]] = {}
    for state, rows in shelf.all("bearing"):
        found[state] = []
        for row in rows:
            why, why_end = reasons.get((row[0], row[1], state, row[3], row[2]), ([], []))
            marks = [flags.place([*flag, texts.get((row[0], row[1], state, *flag[:4]), "")]) for flag in row[11]]
            found[state].append(
                [*row[:9], cites.place(row[9]), cites.place(row[10]), marks, why, why_end]
            )  # fmt: skip
    return found


_Key = tuple[str, ...]


def _reasons(shelf: Shelf, steps: _Table) -> tuple[dict[_Key, tuple[list[int], list[int]]], dict[_Key, str]]:
    """Why each standing began and ended, by reading, instrument, state, first day and standing; and flags' texts."""
    found: dict[_Key, tuple[list[int], list[int]]] = {}
    texts: dict[_Key, str] = {}
    for _, value in shelf.all("derivation"):
        derived = decode(Derivation, value)
        for one in derived.standings:
            key = (derived.reading, derived.instrument, one.state, one.start.isoformat(), one.standing)
            found[key] = _steps(one.because, steps), _steps(one.ending, steps)
        for flag in derived.flags:
            about = (derived.reading, derived.instrument, flag.state, flag.flag, flag.start.isoformat(),
                   flag.end.isoformat(), flag.by)  # fmt: skip
            texts[about] = flag.text
    return found, texts


def _steps(because: Iterable[Because], steps: _Table) -> list[int]:
    return [steps.place([step.rule, step.act, step.date, step.text]) for step in because]


def _act(act: Act, cites: _Table) -> list[Any]:
    return [act.state, act.kind, act.date.text, str(act.effective or ""), list(act.against), act.scope,
            act.depositary, act.note, cites.place(_shown(act.cite.sources))]  # fmt: skip


def _event(shelf: Shelf, event: Event, cites: _Table) -> list[Any]:
    people = [
        [(shelf.get("official", one.official) or ("", one.official))[1], one.role, one.state,
         "; ".join(offices_on(shelf, one.official, event.date.latest))]
        for one in event.officials
    ]  # fmt: skip
    sources = dict.fromkeys(source for cite in event.cites.values() for source in cite.sources)
    return [event.id, event.date.text, event.date.latest.isoformat(), event.type, event.text,
            list(event.instruments), list(event.states), people, cites.place(_shown(sources))]  # fmt: skip


def _card(shelf: Shelf, card: Instrument, cites: _Table) -> dict[str, Any]:
    """What a card says beyond the brief; an absent value is left out."""
    clauses = [
        [clause.kind, clause.article, clause.get("gist"), cites.place(_shown(clause.cite.sources))]
        for clause in card.clauses
        if clause.get("gist")
    ]
    found = {
        "place": card.signed_place,
        "depositaries": list(card.depositaries),
        "clauses": clauses,
        "relations": [[item.relation, item.instrument] for item in card.relations],
        "ids": [*([scheme, text] for scheme, text in card.identifiers), *_wikidata(shelf, card.id)],
        "gist": card.description,
        "aliases": list(card.aliases),
    }
    return {key: value for key, value in found.items() if value}


def _wikidata(shelf: Shelf, name: str) -> list[list[str]]:
    """The items of Wikidata that are the instrument, where the record links it; a link is an encoded record."""
    links = shelf.get("links", f"instrument/{name}") or ()
    return [["wikidata", link[4]] for link in links if link[3] == "exactMatch" and not link[6]]


def _source(source: Source) -> list[str]:
    return [source.id, source.title, source.publisher, source.date, source.place, source.kind]


def _shown(sources: Iterable[str]) -> list[str]:
    """Sources for a reader: the project's own classification is none."""
    return [source for source in sources if source != "treatygraph"]
