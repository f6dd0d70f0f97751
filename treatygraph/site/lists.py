"""The pages that lead on: the first one, the lists of records, topics, groups, people, downloads, errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatygraph.answers.edition import edition_of
from treatygraph.answers.wording import topic_name
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model import names
from treatygraph.model.dates import day, long_form
from treatygraph.model.errors import UnknownName
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.site import schema_org
from treatygraph.site.setting import Page, Setting
from treatygraph.site.sources import Footnotes, citation_of
from treatygraph.site.templating import rendered
from treatygraph.site.words import capital, date_words, plain

__all__ = [
    "EXAMPLES",
    "LISTS",
    "downloads_page",
    "form_page",
    "group_page",
    "home_page",
    "person_page",
    "records_page",
    "report_page",
    "topic_page",
]

EXAMPLES: Final = (("USA", "RUS"), ("IND", "PAK"), ("USA", "CHN"), ("PRK", "KOR"), ("nato", "RUS"), ("GRC", "TUR"))
"""Pairs that the first page offers, where the record has both."""
_TREATIES: Final = ("npt", "new-start", "apmbc", "ctbt", "cwc", "open-skies", "inf", "tpnw")
_STATES: Final = ("RUS", "USA", "CHN", "IRN", "PRK", "UKR", "IND", "FRA", "GBR")
_ABOUT: Final = "Which arms control treaties remain between two powers, on any day, with reasons and sources."
LISTS: Final = ("instruments", "states", "groups", "people", "topics", "events", "sources")
"""The lists of records."""


def home_page(graph: Graph, _: Mapping[str, str], setting: Setting) -> Page:
    """Three doors and one search box."""
    index = graph.index()
    pairs = _pairs(index)
    counts = [
        ("instruments", len(index.summaries())), ("states", len(index.existences())),
        ("people", len(index.officials())), ("acts", len(index.acts())),
        ("sources", len(index.sources())),
    ]  # fmt: skip
    summaries = index.summaries()
    edition = edition_of(index)
    html = rendered(
        "home.html", setting, title=setting.frame("tagline"), description=_ABOUT, path="/", image="/preview.png",
        json_ld=schema_org.dataset(setting, edition), pairs=pairs, counts=counts, edition=edition,
        treaties=[(name, summaries[name].title) for name in _TREATIES if name in summaries],
        states=[(code, _power(index, code)) for code in _STATES if index.existence(code)],
    )  # fmt: skip
    return Page("/", html)


def _pairs(index: Index) -> list[tuple[tuple[str, str], list[str]]]:
    """The pairs of :data:`EXAMPLES` that the record has, with their names."""
    called = [(pair, [_power(index, one) for one in pair]) for pair in EXAMPLES]
    return [(pair, titles) for pair, titles in called if all(titles)]


def _power(index: Index, name: str) -> str:
    life, group = index.existence(name), index.group(name)
    return life.name if life else group.title if group else ""


def form_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """Two powers and a day, to be filled in."""
    html = rendered(
        "form.html", setting, title=setting.frame("tagline"), path="/between", asked=arguments,
        topics=tuple(graph.index().topics()),
        pairs=_pairs(graph.index()),
    )  # fmt: skip
    return Page("/between", html)


def records_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """A list of records; without ``list``, the lists that there are.

    Raises:
        UnknownName: there is no such list.
    """
    index, wanted = graph.index(), arguments.get("list", "")
    if wanted and wanted not in LISTS:
        raise UnknownName("list of records", wanted, names.nearest(wanted, [(one, one) for one in LISTS]))
    rows = _ROWS[wanted](index) if wanted else []
    counts = {name: len(_ROWS[name](index)) for name in LISTS}
    title = capital(wanted) if wanted else setting.frame("records")
    path = f"/records/{wanted}" if wanted else "/records"
    html = rendered("records.html", setting, title=title, path=path, rows=rows, counts=counts, wanted=wanted)
    return Page(path, html)


Row = tuple[str, str, str]
"""Path, name, and what is said beside it."""


def _instruments(index: Index) -> list[Row]:
    rows = [
        (f"/instrument/{name}", one.title, ", ".join(filter(None, (plain(one.kind), date_words(one.signed)))))
        for name, one in index.summaries().items()
    ]
    return sorted(rows, key=lambda row: names.key(row[1]))


def _states(index: Index) -> list[Row]:
    rows = []
    for code, life in index.existences().items():
        over = date_words(life.end)
        rows.append((f"/state/{code}", life.name, f"until {over}" if over else ""))
    return sorted(rows, key=lambda row: names.key(row[1]))


def _groups(index: Index) -> list[Row]:
    return [(f"/group/{name}", group.title, "") for name, group in index.groups().items()]


def _people(index: Index) -> list[Row]:
    rows = [(f"/person/{name}", one.name, _power(index, one.state)) for name, one in index.officials().items()]
    return sorted(rows, key=lambda row: names.key(row[1]))


def _topics(index: Index) -> list[Row]:
    return [(f"/topic/{name}", capital(topic_name(name)), "") for name in index.topics()]


def _events(index: Index) -> list[Row]:
    events = sorted(index.events().values(), key=lambda one: (one.date.latest, one.id), reverse=True)
    return [(f"/id/event/{one.id}", one.text, date_words(one.date.text)) for one in events]


def _sources(index: Index) -> list[Row]:
    rows = []
    for name, source in index.sources().items():
        cited = citation_of(source)
        rows.append((f"/id/source/{name}", cited.title, ", ".join(filter(None, (cited.publisher, cited.date)))))
    return rows


_ROWS: Final = {
    "instruments": _instruments, "states": _states, "groups": _groups, "people": _people, "topics": _topics,
    "events": _events, "sources": _sources,
}  # fmt: skip


def topic_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """A topic: its instruments by what they are on the day.

    Raises:
        UnknownName: no topic is called that.
    """
    index, name = graph.index(), arguments["topic"]
    below = index.topic(name)
    if below is None:
        raise UnknownName("topic", name, names.nearest(name, [(names.key(one), one) for one in index.topics()]))
    on = day(arguments["on"]) if arguments.get("on") else setting.today
    by_status: dict[str, list[tuple[str, str, str, str]]] = {}
    for instrument, summary in index.summaries().items():
        if below.isdisjoint(summary.topics):
            continue
        now = next((s for s in reversed(index.statuses_of(instrument, DEPOSITARY)) if s.start <= on < s.end), None)
        word = plain(now.status) if now else "not yet, or no status on record"
        since = date_words(now.since) if now else ""
        by_status.setdefault(word, []).append((instrument, summary.title, plain(summary.kind), since))
    path = f"/topic/{name}" + (f"/{on.isoformat()}" if arguments.get("on") else "")
    title = f"{capital(topic_name(name))}, {long_form(on)}"
    count = sum(map(len, by_status.values()))
    html = rendered(
        "topic.html", setting, title=title, path=path, name=name, heading=capital(topic_name(name)), on=on,
        description=f"{count} instruments of arms control on {topic_name(name)}, by what they are on {long_form(on)}.",
        lists=sorted(by_status.items(), key=lambda item: (_ORDER.index(item[0]) if item[0] in _ORDER else 99, item[0])),
        narrower=sorted(one for one in below if one != name),
        broader=sorted(one for one, wider in index.topics().items() if name in wider and one != name),
    )  # fmt: skip
    return Page(path, html)


_ORDER: Final = ("in force", "operative", "provisional", "not in force", "expired", "terminated", "superseded", "ended")


def group_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """A group: its members on the day, and those of other days.

    Raises:
        UnknownName: no group is called that.
    """
    index, name = graph.index(), arguments["group"]
    group = index.group(name)
    if group is None:
        known = [(names.key(one.title), key) for key, one in index.groups().items()]
        raise UnknownName("group", name, names.nearest(name, known))
    on = day(arguments["on"]) if arguments.get("on") else setting.today
    notes = Footnotes(index)
    rows = [
        (row.state, _power(index, row.state), date_words(str(row.start or "")), date_words(str(row.end or "")),
         row.holds_on(on), notes(row.cite.sources))
        for row in index.memberships(name)
    ]  # fmt: skip
    path = f"/group/{name}" + (f"/{on.isoformat()}" if arguments.get("on") else "")
    inside = sum(1 for row in rows if row[4])
    html = rendered(
        "group.html", setting, title=f"{group.title}, {long_form(on)}", path=path, heading=group.title, name=name,
        on=on,
        description=f"{group.title} on {long_form(on)}: {inside} members on record.", footnotes=notes,
        rows=sorted(rows, key=lambda row: (not row[4], names.key(row[1]))), inside=inside,
    )  # fmt: skip
    return Page(path, html)


def person_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """A person: offices, and what they signed or said.

    Raises:
        UnknownName: no official is called that.
    """
    index, name = graph.index(), arguments["person"]
    person = index.official(name)
    if person is None:
        known = [(names.key(one.name), key) for key, one in index.officials().items()]
        raise UnknownName("official", name, names.nearest(name, known))
    notes = Footnotes(index)
    offices = [
        (one.office, _power(index, one.body) or one.body, date_words(str(one.start or "")),
         date_words(str(one.end or "")), notes(one.cite.sources))
        for one in index.tenures(name)
    ]  # fmt: skip
    events = []
    for key in index.events_of(name):
        event = index.event(key)
        if event is not None:
            role = next((plain(part.role) for part in event.officials if part.official == name), "")
            about = [(one, index.summary(one).title) for one in event.instruments]
            events.append((event.date, event.text, role, about, notes(event.cites["text"].sources)))
    events.sort(key=lambda item: item[0].latest, reverse=True)
    path = f"/person/{name}"
    html = rendered(
        "person.html", setting, title=person.name, path=path, person=person, footnotes=notes, offices=offices,
        state=_power(index, person.state), json_ld={"@context": "https://schema.org", **schema_org.person(index, name)},
        description=f"{person.name}, {_power(index, person.state) or person.state}: offices, and acts of arms control.",
        events=[(date_words(when.text), *rest) for when, *rest in events],
    )  # fmt: skip
    return Page(path, html)


def downloads_page(graph: Graph, _: Mapping[str, str], setting: Setting) -> Page:
    """What can be taken away, and in which forms."""
    html = rendered(
        "downloads.html", setting, dumps=schema_org.DUMPS, title=setting.frame("downloads"), path="/downloads",
        json_ld=schema_org.dataset(setting, edition_of(graph.index())), edition=edition_of(graph.index()),
    )  # fmt: skip
    return Page("/downloads", html)


def report_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """How an error is reported: the text to send, and where to."""
    record = arguments.get("record", "")
    text = "\n".join((
        f"Record: https://w3id.org/treatygraph/id/{record}" if record else "Record: (its address)",
        f"Edition: {edition_of(graph.index()).version}, {edition_of(graph.index()).day}",
        "What is wrong: ",
        "What is right: ",
        "Source (title, publisher, date, address, page): ",
    ))  # fmt: skip
    html = rendered("report.html", setting, title=setting.frame("report"), path="/report", record=record, text=text)
    return Page("/report", html)
