"""Sources as a reader can use them: title, publisher, date, link; numbered as the notes of one page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from treatygraph.build.index import Index
from treatygraph.model.records import Source
from treatygraph.site.words import date_words

__all__ = ["Footnote", "Footnotes", "citation_of"]

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_KINDS: Final = {
    "depositary": "the depositary", "depositary-copy": "copy of the depositary's list", "primary": "the text itself",
    "official": "government", "press": "press", "dataset": "dataset", "reference": "reference work",
}  # fmt: skip


@dataclass(frozen=True)
class Footnote:
    """A source below a page."""

    number: int
    id: str
    title: str
    publisher: str
    date: str
    """In words; empty where the source bears none."""
    link: str
    """Where it can be read; empty where it is on no page of the web, or its address is not on record."""
    kind: str
    place: str
    """Where it is where there is no link: a call number, a volume."""


class Footnotes:
    """The sources that a page cites, numbered in the order in which they are cited first."""

    def __init__(self, index: Index) -> None:
        self._index, self._numbers = index, dict[str, int]()

    def __call__(self, sources: Iterable[str]) -> list[int]:
        """The numbers of some sources; what is our own classification is no source."""
        cited = [name for name in dict.fromkeys(sources) if name != "treatygraph" and self._index.source(name)]
        return [self._numbers.setdefault(name, len(self._numbers) + 1) for name in cited]

    def listed(self) -> list[Footnote]:
        """All that were cited."""
        return [
            citation_of(source, number)
            for name, number in self._numbers.items()
            if (source := self._index.source(name)) is not None
        ]


def citation_of(source: Source, number: int = 0) -> Footnote:
    """A source with its publisher apart from its title, and its address where its place has one."""
    title = source.title
    if source.kind == "recall":
        return Footnote(number, source.id, "General knowledge: not verified", "", "", "", "", "")
    publisher = source.publisher if source.publisher and source.publisher.lower() != title.lower() else ""
    if publisher and title.lower().startswith(publisher.lower() + " "):
        # A press item of which only the site and its number are on record: "tass.com 2082091".
        title = title[len(publisher) + 1 :]
        title = f"item {title}" if re.fullmatch(r"[\w./-]*\d[\w./-]*", title) else title
    address = _ADDRESS.search(source.place)
    place = "" if address or source.place in (source.title, source.id) else source.place
    return Footnote(
        number, source.id, title, publisher, date_words(source.date), address[0].rstrip(".,;)") if address else "",
        _KINDS.get(source.kind, source.kind), place,
    )  # fmt: skip
