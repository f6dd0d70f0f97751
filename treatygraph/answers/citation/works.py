"""A work as a bibliography lists it: an answer, record, fact or picture of ours, or a source behind it."""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import Final, NamedTuple
from urllib.parse import urlencode

from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Source

__all__ = ["AUTHOR", "CONTAINER", "CitedSubject", "Work", "command", "key_of", "path", "work_of_source"]

AUTHOR: Final = "treatygraph contributors"
CONTAINER: Final = "treatygraph: a knowledge graph of arms control"
_ADDRESS: Final = re.compile(r"(https?://\S+)(?:\s+\((.+)\))?")
"""A place on the web, and where in it: ``https://github.com/owner/name (path, commit)``."""


class CitedSubject(NamedTuple):
    """What is cited, before it is known in which version of the record."""

    kind: str
    """``answer``, ``record``, ``fact``, ``picture`` or ``dataset``."""
    title: str
    path: str
    """Its address without the base: ``id/instrument/new-start``; empty where it has none but that of the record."""
    command: str = ""
    """The command line that gives it again; empty where none does."""


class Work(NamedTuple):
    """What one entry of a bibliography says; a text that is empty is not said."""

    key: str
    """Of the entry: letters, digits, dots, colons and hyphens."""
    kind: str
    """``answer``, ``record``, ``fact``, ``picture``, ``dataset``; of a source its kind: ``press``, ``official`` …"""
    title: str
    author: str
    publisher: str
    container: str
    """What it is part of."""
    issued: str
    """The day in EDTF."""
    version: str
    address: str
    """Where it can be read on the web."""
    place: str
    """Where it can be read otherwise: a repository and path, a library."""
    accessed: str
    """The day on which it was read (ISO)."""
    note: str

    @property
    def date(self) -> Span | None:
        """The day on which it appeared; None where none is known, or no calendar has it."""
        try:
            return Span.parse(self.issued) if self.issued else None
        except BadDate:
            return None

    @property
    def year(self) -> str:
        """The year in which it appeared; empty where it is not known."""
        date = self.date
        return str(date.latest.year) if date and date.earliest.year == date.latest.year else ""


def key_of(*parts: str) -> str:
    """The key of an entry from some words: no character that BibTeX or RIS would stumble over.

    >>> key_of("treatygraph", "2026.11.30", "between", "USA & Åland")
    'treatygraph-2026.11.30-between-USA-Aland'
    """
    plain = unicodedata.normalize("NFKD", "-".join(part for part in parts if part)).encode("ascii", "ignore").decode()
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9.:-]+", "-", plain)).strip("-.")


def work_of_source(source: Source) -> Work:
    """A source of the record as a work of its own."""
    on_web = _ADDRESS.fullmatch(source.place)
    address, place = (on_web[1], on_web[2] or "") if on_web else ("", source.place)
    title = source.title or source.id
    return Work(
        key=key_of(source.id),
        kind=source.kind,
        title=title,
        author="",
        publisher="" if source.publisher == title else source.publisher,
        container="",
        issued=source.date,
        version="",
        address=address,
        place="" if place == title else place,
        accessed="",
        note="",
    )


def path(page: str, **options: str) -> str:
    """The address of an answer without the base; an option that is empty is left out.

    >>> path("between", a="USA", b="RUS", on="2021-05-28", topic="")
    'between?a=USA&b=RUS&on=2021-05-28'
    """
    return f"{page}?{urlencode({name: value for name, value in options.items() if value})}"


def command(*words: str, **options: str) -> str:
    """The command line that gives an answer again; an option that is empty is left out, a switch is ``true``.

    >>> command("between", "USA", "RUS", on="2021-05-28", binding="true")
    'treatygraph between USA RUS --on 2021-05-28 --binding'
    """
    line = ["treatygraph", *words]
    for name, value in options.items():
        if value:
            line += [f"--{name}"] if value == "true" else [f"--{name}", value]
    return shlex.join(line)
