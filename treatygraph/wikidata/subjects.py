"""The records that have no item yet, with all by which their item may be found: names, article, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.wikidata_links import item_of
from treatygraph.build.index import Index
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.errors import BadDate, UnknownName

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
    """The title of its article, of an official without one the name; empty where several records share it."""
    article_read: bool
    """The title was read somewhere, and does not rest on general knowledge."""
    dates: tuple[tuple[str, Span], ...]
    """What the item would carry as a date, and its property: ``P585``, ``P580``, ``P569``, ``P570``."""
    rejected: frozenset[str]
    """Items that were looked at and are not it."""


def subjects(index: Index, kinds: Sequence[str] = KINDS) -> list[Subject]:
    """Every record of these kinds that has no item, in order of kind and id.

    Raises:
        UnknownName: there is no such kind.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of record", kind, KINDS)
    shared = _shared(index)
    makers = {"instrument": _instrument, "official": _official, "state": _state, "group": _group}
    return [
        makers[kind](index, name, shared)
        for kind in kinds
        for name in index.ids(kind)
        if not item_of(index, kind, name)
    ]


def _shared(index: Index) -> frozenset[str]:
    """Titles of articles that belong to more than one record: no key to any of them."""
    titles = Counter(article.title for article in index.all_articles())
    return frozenset(title for title, count in titles.items() if count > 1)


def _subject(
    index: Index,
    shared: frozenset[str],
    kind: str,
    record: str,
    names: Sequence[str],
    dates: Iterator[tuple[str, Span]],
) -> Subject:
    articles = [article for article in index.articles(kind, record) if article.title not in shared]
    rejected = frozenset(link.item for link in index.links(kind, record) if link.rejected)
    return Subject(
        kind=kind,
        record=record,
        label=names[0],
        names=tuple(dict.fromkeys(name for name in names if name)),
        article=articles[0].title if articles else names[0] if kind == "official" else "",
        article_read=bool(articles) and articles[0].cite.sources != ("recall",),
        dates=tuple(dates),
        rejected=rejected,
    )


def _instrument(index: Index, name: str, shared: frozenset[str]) -> Subject:
    card = index.instrument(name)
    assert card  # index.ids() has named it
    names = (card.short, card.title, *card.aliases)
    days = (("P585", card.signed), ("P585", card.adopted), ("P580", card.entry_into_force))
    return _subject(index, shared, "instrument", name, names, ((pid, span) for pid, span in days if span))


def _official(index: Index, name: str, shared: frozenset[str]) -> Subject:
    person = index.official(name)
    assert person  # index.ids() has named it
    days = (("P569", _span(person.born)), ("P570", _span(person.died)))
    return _subject(index, shared, "official", name, (person.name,), ((pid, span) for pid, span in days if span))


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text) if text else None
    except BadDate:
        return None


def _state(index: Index, code: str, shared: frozenset[str]) -> Subject:
    state = index.state(code)
    assert state  # index.ids() has named it
    days = (
        ("P571", Span.of(state.start) if state.start != BEGINNING else None),
        ("P576", Span.of(state.end) if state.end != OPEN else None),
    )
    names = (state.name, *state.aliases)
    return _subject(index, shared, "state", code, names, ((pid, span) for pid, span in days if span))


def _group(index: Index, name: str, shared: frozenset[str]) -> Subject:
    group = index.group(name)
    assert group  # index.ids() has named it
    return _subject(index, shared, "group", name, (group.title, *group.aliases), iter(()))
