"""The page of one state: what it joined, left, saw end and still has before it, each with its reason and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from treatygraph.answers.participation import StateEntry, StateParticipation, participation
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import day, long_form
from treatygraph.model.vocabulary import BINDS
from treatygraph.site import schema_org
from treatygraph.site.bar import bar_of
from treatygraph.site.instrument_line import InstrumentLine
from treatygraph.site.setting import Page, Setting
from treatygraph.site.sources import Footnotes
from treatygraph.site.templating import rendered
from treatygraph.site.words import act_words, date_words, reason_words

__all__ = ["participation_of", "state_page"]


def participation_of(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> StateParticipation:
    """The lists of a state: arguments ``state``, ``on`` and ``since``.

    Raises:
        UnknownName: no state is called that.
        BadDate: a day is none.
    """
    on = day(arguments["on"]) if arguments.get("on") else setting.today
    since = day(arguments["since"]) if arguments.get("since") else None
    return participation(graph.index(), arguments["state"], on, since)


def state_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """The page, as :func:`participation_of` answers."""
    index = graph.index()
    answer = participation_of(graph, arguments, setting)
    dated = f"/state/{answer.state}/{answer.on.isoformat()}"
    path = dated if arguments.get("on") else f"/state/{answer.state}"
    query = urlencode({"since": arguments["since"]}) if arguments.get("since") else ""
    notes = Footnotes(index)
    title = f"{answer.title}, {long_form(answer.on)}"
    head = schema_org.answer(setting, path, answer.answer, answer.edition, [schema_org.state(index, answer.state)])
    life = index.existence(answer.state)
    lists = [
        ("joined", _lines(index, answer.joined, notes), "Notes"),
        ("left", _lines(index, answer.left, notes), "Because"),
        ("ended", _lines(index, answer.ended, notes), "Because"),
        ("pending", _lines(index, answer.pending, notes), "Notes"),
        ("not_known", _lines(index, answer.not_known, notes), "Because"),
    ]
    html = rendered(
        "embed-state.html" if setting.embedded else "state.html", setting,
        title=title, path=path, dated=dated, json_ld=head, answer=answer, lists=lists, footnotes=notes,
        since=arguments.get("since", ""), asked=arguments,
        begun=date_words(life.start) if life else "", over=date_words(life.end) if life else "",
        continues=_continued(index, answer.state), people=_people(index, answer.state),
        groups=_groups(index, answer),
        bar=bar_of(setting, dated, answer, title, ("png", "csv", "json"), query),
    )  # fmt: skip
    return Page(path + (f"?{query}" if query else ""), html)


def _lines(index: Index, entries: Iterable[StateEntry], notes: Footnotes) -> list[InstrumentLine]:
    return [
        InstrumentLine(
            entry.instrument, entry.title, date_words(entry.since), date_words(entry.until), entry.topics,
            tuple(_said(index, entry)), tuple(notes(entry.sources)),
        )
        for entry in entries
    ]  # fmt: skip


def _said(index: Index, entry: StateEntry) -> Iterable[str]:
    if entry.because:
        yield reason_words(index, entry.because)
    if entry.act and (entry.standing in BINDS or not entry.because):
        yield act_words(entry.act)
    if is_recall(entry.sources):
        yield "unverified"


def _continued(index: Index, code: str) -> list[tuple[str, str]]:
    life = index.existence(code)
    before = [life.continues] if life and life.continues else []
    return [(name, other.name) for name in before if (other := index.existence(name))]


def _people(index: Index, code: str) -> list[tuple[str, str]]:
    return sorted(
        ((name, person.name) for name, person in index.officials().items() if person.state == code),
        key=lambda item: item[1],
    )


def _groups(index: Index, answer: StateParticipation) -> list[tuple[str, str]]:
    return [
        (name, group.title)
        for name, group in index.groups().items()
        if any(row.state == answer.state and row.holds_on(answer.on) for row in index.memberships(name))
    ]
