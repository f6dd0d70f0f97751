"""What a tool gives before it is cut to its budget: a sentence, lines, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["ReplyLine", "SourceRecord", "ToolAnswer"]


@dataclass(frozen=True)
class SourceRecord:
    """A document that an answer rests on; with "url" where it has a page, else with the "place" where it was seen."""

    id: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    place: str = ""
    kind: str = ""
    """primary, depositary, depositary-copy, official, press, dataset, reference, editorial, or recall: unverified."""


@dataclass(frozen=True)
class ReplyLine:
    """One line of an answer: as text, as a record, and what it rests on."""

    text: str
    record: object
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToolAnswer:
    """What a tool found, before it is cut to its budget."""

    answer: str
    """One to three sentences."""
    lines: Sequence[ReplyLine] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    contested: tuple[str, ...] = ()
    assumes: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """What the sentence itself rests on."""
    links: tuple[tuple[str, str], ...] = ()
    """Addresses and titles of records to read on."""
