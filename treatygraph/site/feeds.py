"""Feeds of the site: what changed and what comes, of everything, of one instrument, of one state, of two powers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from treatygraph.answers.citation.works import key_of
from treatygraph.answers.feeds import FEED_FORMS, Feed, FeedEntry
from treatygraph.answers.timeline import Entry
from treatygraph.answers.upcoming import MONTHS
from treatygraph.bonds.powers import find
from treatygraph.build.edition import edition_of
from treatygraph.graph import Graph
from treatygraph.model.dates import Period, Span
from treatygraph.model.errors import UnknownName
from treatygraph.model.terms import BASE
from treatygraph.site.links import file_of
from treatygraph.site.setting import Setting
from treatygraph.site.urls import Names

__all__ = ["FEED_FORMS", "GENERAL", "OF_PAGES", "feed_data"]

GENERAL: Final = ("changes", "upcoming")
"""Feeds of the whole record, at ``/feeds/NAME.FORM``: what changed in a year, what is due."""
OF_PAGES: Final = ("between", "instrument", "state")
"""Pages that have a feed of their own, at their address with the ending of the form."""
_NEWEST: Final = 50
"""Entries of what happened, at most; a reader keeps the older ones."""


def feed_data(graph: Graph, name: str, arguments: Mapping[str, str], form: str, setting: Setting) -> bytes:
    """A feed in one of its forms; what is not yet is told as it is if no act comes.

    Args:
        graph: whose record it follows.
        name: one of :data:`GENERAL` or :data:`OF_PAGES`.
        arguments: whom or what it is about: those of the page.
        form: one of :data:`FEED_FORMS`.
        setting: the day, and under which address links lead.

    Raises:
        UnknownName: there is no such feed, or a name is not on record.
    """
    if name not in (*GENERAL, *OF_PAGES) or form not in FEED_FORMS:
        raise UnknownName("feed", f"{name}.{form}", (*GENERAL, *OF_PAGES))
    if name in GENERAL:  # two to six seconds, and readers come again and again: once a day is enough
        key = ("feed", name, setting.today.isoformat())
        feed = graph.index().keep(key, lambda: _general(graph, name, setting.today))
    else:
        feed = _of_page(graph, name, arguments, setting.today)
    served = setting.links.is_served
    entries = tuple(entry if served else entry._replace(path=_file(entry.path)) for entry in feed.entries)
    feed = feed._replace(path=f"{feed.path}.{form}", page=feed.page if served else _file(feed.page), entries=entries)
    return FEED_FORMS[form].written(feed, setting.absolute("") if setting.base else BASE).encode()


def _file(path: str) -> str:
    return file_of(f"/{path}") if path else ""


def _general(graph: Graph, name: str, today: date) -> Feed:
    if name == "upcoming":
        return graph.upcoming(today).feed._replace(path="feeds/upcoming")
    return graph.changes(today.replace(day=min(today.day, 28), year=today.year - 1), today).feed._replace(
        path="feeds/changes"
    )


def _of_page(graph: Graph, name: str, arguments: Mapping[str, str], today: date) -> Feed:
    index = graph.index()
    kinds = ("instrument",) if name == "instrument" else ("state", "group")
    asked = [arguments["a"], arguments["b"]] if name == "between" else [arguments[name]]
    subjects = [find(index, text, kinds) for text in asked]
    names = [one for _, one in subjects]
    happened = [entry for entry in graph.timeline(*names) if _span(entry).latest <= today]
    due = [
        entry for entry in graph.timeline(*names, since=today)
        if today < _span(entry).latest <= Period(0, MONTHS, 0, "").after(today)
    ]  # fmt: skip
    entries = {entry.key: entry for item in (*due[::-1], *happened[::-1][:_NEWEST]) for entry in (_entry(item),)}
    titles = Names(index)
    title = " and ".join(titles(kind, one).text for kind, one in subjects)
    path = f"{name}/{'/'.join(names)}"
    day = Span.parse(edition_of(index).day).latest
    return Feed(f"{title}: what changed, what comes", path, day, tuple(entries.values()), path)


def _span(entry: Entry) -> Span:
    return Span.parse(entry.date)


def _entry(item: Entry) -> FeedEntry:
    span = _span(item)
    title = f"{item.text[:1].upper()}{item.text[1:]}".rstrip(".")
    sources = [source for source in item.sources if source != "treatygraph"]
    text = f"{title} ({item.date})." + (f"\nSources: {', '.join(sources)}." if sources else "")
    key = key_of("timeline", item.record or item.type, *item.instruments, *item.states, item.date)
    where = f"instrument/{item.instruments[0]}" if item.instruments else ""
    return FeedEntry(key, title, text, span.earliest, span.latest, where)
