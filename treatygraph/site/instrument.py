"""The page of one treaty: how it stands, who joined and left, its clauses, people and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from treatygraph.answers.participation import InstrumentMove, moves_of
from treatygraph.answers.status_answer import InstrumentStatus, StateStatus
from treatygraph.answers.wording import authority_name, listed
from treatygraph.bonds.powers import find, named
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.dates import OPEN_TEXT, long_form
from treatygraph.model.records import Instrument
from treatygraph.model.vocabulary import DEPOSITARY, TERRITORIAL
from treatygraph.site import schema_org
from treatygraph.site.bar import bar_of
from treatygraph.site.setting import Page, Setting
from treatygraph.site.sources import Footnotes
from treatygraph.site.templating import rendered
from treatygraph.site.words import act_words, clause_words, date_words, plain, reason_words, with_periods

__all__ = ["instrument_page", "status_of"]

_RESERVATIONS = ("objection", "declaration", *TERRITORIAL)
"""Acts that a reader looks for beside joining and leaving."""


@dataclass(frozen=True)
class MembershipStep:
    """One day on which states joined or left in the same way."""

    day: str
    joined: bool
    how: str
    states: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class ContestedView:
    """Who holds what of a contested standing, since when, and why."""

    about: str
    who: str
    holds: str
    since: str
    because: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Item:
    """A line of a list: what it is, what it says, and its sources."""

    name: str
    text: str
    numbers: tuple[int, ...]
    place: str = ""


def status_of(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> InstrumentStatus:
    """How an instrument stands on a day: arguments ``instrument`` and ``on``.

    Raises:
        UnknownName: no instrument is called that.
    """
    _, name = find(graph.index(), arguments["instrument"], ("instrument",))
    on = arguments.get("on") or setting.today.isoformat()
    reading = arguments.get("reading") or DEPOSITARY
    return graph.status(name, on, reading=reading, today=setting.today)


def instrument_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """The page, as :func:`status_of` answers."""
    index = graph.index()
    status = status_of(graph, arguments, setting)
    card = index.instrument(status.instrument)
    assert card is not None  # the answer is about an instrument on record
    on = arguments.get("on", "")
    dated = f"/instrument/{card.id}/{status.on.isoformat()}"
    path = dated if on else f"/instrument/{card.id}"
    notes = Footnotes(index)
    notes(status.sources)  # what the sentence rests on has the first numbers
    moves = [move for move in moves_of(index, card.id, status.reading) if _begun(move) <= status.on.isoformat()]
    edition = status.edition
    assert edition is not None  # only while it is being made
    title = f"{card.short}, {long_form(status.on)}"
    about = schema_org.answer(setting, path, status.answer, edition, [schema_org.instrument(index, card)])
    html = rendered(
        "embed-instrument.html" if setting.embedded else "instrument.html", setting,
        title=title, path=path, dated=dated, json_ld=about, card=card, status=status, answer=status,
        views=list(_views(index, status, notes)), steps=list(_steps(index, moves, notes)),
        parties=_parties(index, status), waiting=_with(index, status, ("signatory", "contracting")),
        unknown=_with(index, status, ("not-known",)),
        reservations=list(_reservations(index, card, notes)), clauses=list(_clauses(card, notes)),
        events=list(_events(index, card, notes)), relations=list(_relations(index, card)),
        numbers=notes(status.sources), text_link=card.text.link, identifiers=card.identifiers,
        known=reason_words(index, card.coverage.words), through=card.through.text if card.through else "",
        notes=[reason_words(index, note) for note in status.notes], footnotes=notes,
        states=lambda code: _name(index, code),
        bar=bar_of(setting, dated, status, title, ("svg", "png", "csv", "json")),
    )  # fmt: skip
    return Page(path, html)


def _begun(move: InstrumentMove) -> str:
    """The first day of a move, for a comparison; an uncertain day counts from its first."""
    return move.date.partition("/")[0] or OPEN_TEXT


def _steps(index: Index, moves: Iterable[InstrumentMove], notes: Footnotes) -> Iterator[MembershipStep]:
    def alike(move: InstrumentMove) -> tuple[str, bool, str]:
        how = act_words(move.act) if move.act else reason_words(index, move.because)
        return move.date, move.joined, how

    ordered = sorted(moves, key=lambda move: (_begun(move), alike(move)), reverse=True)
    for (when, joined, how), group in groupby(ordered, key=alike):
        several = list(group)
        cited = tuple(notes(dict.fromkeys(source for move in several for source in move.sources)))
        yield MembershipStep(date_words(when), joined, how, tuple(sorted(move.state for move in several)), cited)


def _parties(index: Index, status: InstrumentStatus) -> list[tuple[str, str]]:
    return _with(index, status, ("party", "provisional", "participant"))


def _with(index: Index, status: InstrumentStatus, standings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Codes and names of the states of some standings, by name."""
    there = ((state.state, _name(index, state.state)) for state in status.states if state.standing in standings)
    return sorted(there, key=lambda item: item[1])


def _name(index: Index, code: str) -> str:
    life = index.existence(code)
    return life.name if life else code


def _views(index: Index, status: InstrumentStatus, notes: Footnotes) -> Iterator[ContestedView]:
    for held in status.held:
        who = listed([_who(index, by) for by in held["by"]])
        yield ContestedView(status.title, who, plain(held["status"]), date_words(held["since"]), _because(held), ())
    for state in status.states:
        if state.readings:
            yield from _of_state(index, state, notes)


def _of_state(index: Index, state: StateStatus, notes: Footnotes) -> Iterator[ContestedView]:
    about = _name(index, state.state)
    cited = tuple(notes(source for step in state.because for source in step.get("sources") or ()))
    yield ContestedView(
        about, "the depositary", plain(state.standing), date_words(state.since), _reasons(state.because), cited
    )
    for view in state.readings:
        why = view.get("because") or ()
        numbers = tuple(notes(source for step in why for source in step.get("sources") or ()))
        yield ContestedView(
            about,
            _who(index, view["by"]),
            plain(view["standing"]),
            date_words(view.get("since")),
            _reasons(why),
            numbers,
        )


def _who(index: Index, by: str) -> str:
    return "by the clauses alone" if by == "clause" else authority_name(index, by)


def _because(held: Mapping[str, Any]) -> str:
    return _reasons(held.get("because") or ())


def _reasons(steps: Iterable[Mapping[str, Any]]) -> str:
    """What a standing rests on, in words: the acts and their days."""
    said = []
    for step in steps:
        text = with_periods(plain(str(step.get("text") or "")))
        when = date_words(step.get("date"))
        said.append(f"{text}, {when}" if text and when else text or when)
    return "; ".join(part for part in dict.fromkeys(said) if part)


def _reservations(index: Index, card: Instrument, notes: Footnotes) -> Iterator[Item]:
    for act in index.ledger(card.id):
        if act.kind in _RESERVATIONS or act.against:
            against = f" against {listed([named(index, code) for code in act.against])}" if act.against else ""
            said = "; ".join(part for part in (act.scope.replace(";", ", "), act.note) if part)
            text = f"{act_words(act.kind)}{against}, {date_words(act.date.text)}{f': {said}' if said else ''}"
            yield Item(_name(index, act.state), text, tuple(notes(act.cite.sources)))
    for one in index.exclusions(card.id):
        end = f" until {date_words(one.end)}" if date_words(one.end) else ""
        text = f"not bound towards {named(index, one.against)}, since {date_words(one.start)}{end}"
        yield Item(_name(index, one.by), text, ())


def _clauses(card: Instrument, notes: Footnotes) -> Iterator[Item]:
    for clause in card.clauses:
        place = f"article {clause.article}" if clause.article else ""
        yield Item(plain(clause.kind), clause_words(clause), tuple(notes(clause.cite.sources)), place)


def _events(
    index: Index, card: Instrument, notes: Footnotes
) -> Iterator[tuple[str, str, list[tuple[str, str, str]], list[int]]]:
    """Day, words, people (id, name, role) and sources of what happened, newest first."""
    events = [event for name in index.events_of(card.id) if (event := index.event(name))]
    for event in sorted(events, key=lambda item: (item.date.latest, item.id), reverse=True):
        people = [(person.official, _person(index, person.official), plain(person.role)) for person in event.officials]
        yield date_words(event.date.text), event.text, people, notes(event.cites["text"].sources)


def _person(index: Index, name: str) -> str:
    official = index.official(name)
    return official.name if official else name


def _relations(index: Index, card: Instrument) -> Iterator[tuple[str, str, str]]:
    for relation in card.relations:
        yield plain(relation.relation), relation.instrument, index.summary(relation.instrument).title
    for name, other in index.summaries().items():
        if card.id in other.parents and name != card.id:
            yield "has", name, other.title
