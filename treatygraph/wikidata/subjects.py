"""The records that have no item yet, with all by which their item may be found: names, article, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.wikidata_links import articles_of, item_of, links_of
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.errors import BadDate, UnknownName
from treatygraph.model.records import Group, Instrument, Official, State

__all__ = ["KINDS", "Subject", "subjects"]

KINDS: Final = ("instrument", "official", "state", "group")
"""Kinds of record whose items are looked for."""


@dataclass(frozen=True)
class Subject:
    """A record without an item."""

    kind: str
    record: str
    label: str
    names: tuple[str, ...]
    """Every name in English, the strongest first."""
    article: str
    """The title of its article; empty where none is known, or where several records share it."""
    article_read: bool
    """The title was read somewhere, and does not rest on general knowledge."""
    dates: tuple[tuple[str, Span], ...]
    """What the item would carry as a date, and its property: ``P585``, ``P580``, ``P569``, ``P570``."""
    rejected: frozenset[str]
    """Items that were looked at and are not it."""


def subjects(shelf: Shelf, kinds: Sequence[str] = KINDS) -> list[Subject]:
    """Every record of these kinds that has no item, in order of kind and id.

    Raises:
        UnknownName: there is no such kind.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of record", kind, KINDS)
    shared = _shared(shelf)
    makers = {"instrument": _instrument, "official": _official, "state": _state, "group": _group}
    return [
        makers[kind](shelf, name, shared)
        for kind in kinds
        for name, _ in shelf.all(kind)
        if not item_of(shelf, kind, name)
    ]


def _shared(shelf: Shelf) -> frozenset[str]:
    """Titles of articles that belong to more than one record: no key to any of them."""
    titles = Counter(article[2] for _, found in shelf.all("articles") for article in found)
    return frozenset(title for title, count in titles.items() if count > 1)


def _subject(
    shelf: Shelf,
    shared: frozenset[str],
    kind: str,
    record: str,
    names: Sequence[str],
    dates: Iterator[tuple[str, Span]],
) -> Subject:
    articles = [article for article in articles_of(shelf, kind, record) if article.title not in shared]
    rejected = frozenset(link.item for link in links_of(shelf, kind, record) if link.rejected)
    return Subject(
        kind=kind,
        record=record,
        label=names[0],
        names=tuple(dict.fromkeys(name for name in names if name)),
        article=articles[0].title if articles else "",
        article_read=bool(articles) and articles[0].cite.sources != ("recall",),
        dates=tuple(dates),
        rejected=rejected,
    )


def _instrument(shelf: Shelf, name: str, shared: frozenset[str]) -> Subject:
    card = fetch(shelf, Instrument, "instrument", name)
    assert card  # shelf.all() has named it
    names = (card.short, card.title, *card.aliases)
    days = (("P585", card.signed), ("P580", card.entry_into_force))
    return _subject(shelf, shared, "instrument", name, names, ((pid, span) for pid, span in days if span))


def _official(shelf: Shelf, name: str, shared: frozenset[str]) -> Subject:
    person = fetch(shelf, Official, "official", name)
    assert person  # shelf.all() has named it
    days = (("P569", _span(person.born)), ("P570", _span(person.died)))
    return _subject(shelf, shared, "official", name, (person.name,), ((pid, span) for pid, span in days if span))


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text) if text else None
    except BadDate:
        return None


def _state(shelf: Shelf, code: str, shared: frozenset[str]) -> Subject:
    state = fetch(shelf, State, "state", code)
    assert state  # shelf.all() has named it
    days = (
        ("P571", Span.of(state.start) if state.start != BEGINNING else None),
        ("P576", Span.of(state.end) if state.end != OPEN else None),
    )
    names = (state.name, *state.aliases)
    return _subject(shelf, shared, "state", code, names, ((pid, span) for pid, span in days if span))


def _group(shelf: Shelf, name: str, shared: frozenset[str]) -> Subject:
    group = fetch(shelf, Group, "group", name)
    assert group  # shelf.all() has named it
    return _subject(shelf, shared, "group", name, (group.title, *group.aliases), iter(()))
