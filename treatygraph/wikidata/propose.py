"""What we know and Wikidata lacks, as QuickStatements. Nothing is sent: the lines are for an editor to read and load.

A line is made only from a fact that a primary source or the depositary gives and whose source can be opened by its
address; the address is its reference. Ratification (P6193) is proposed for ratifications alone: the property also
goes by "accession", and its editors ask that the two be kept apart, so other consents are held back and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from treatygraph.build.index import Index
from treatygraph.model.dates import Span
from treatygraph.wikidata import quickstatements
from treatygraph.wikidata.compare import ComparedLine, Comparison

__all__ = ["Proposed", "StatementProposal", "propose"]

_KINDS: Final = ("primary", "depositary", "depositary-copy")
_SURE: Final = 0.8
_URL: Final = re.compile(r"https?://[^\s\"<>]+")
_PROPOSED: Final = frozenset({"P1891", "P6193", "P585", "P276"})
"""What is proposed. Not depositaries (P2058, see :mod:`treatygraph.wikidata.properties`); not the days of entry into
force and of the end, for which Wikidata has several ways of saying."""


@dataclass(frozen=True)
class Proposed:
    """One line, and what it says in words."""

    line: str
    instrument: str
    says: str
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {"line": self.line, "instrument": self.instrument, "says": self.says, "sources": list(self.sources)}


@dataclass(frozen=True)
class StatementProposal:
    """Lines to propose, and what was held back and why."""

    lines: tuple[Proposed, ...]
    held_back: tuple[tuple[str, int], ...]
    """Reason and how many."""
    notes: tuple[str, ...] = ()
    """What to look at before anything is loaded."""

    @property
    def answer(self) -> str:
        """One sentence."""
        held_back = sum(count for _, count in self.held_back)
        return f"{len(self.lines)} statements to propose to Wikidata, {held_back} held back."

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "lines": [line.to_dict() for line in self.lines],
            "held_back": [{"reason": reason, "count": count} for reason, count in self.held_back],
            "notes": list(self.notes),
        }


def propose(index: Index, compared: Comparison, retrieved: date) -> StatementProposal:
    """Lines for what stands only here.

    Args:
        index: our record.
        compared: what the comparison found.
        retrieved: the day on which the references are looked at: before lines are sent, by who sends them.
    """
    lines: list[Proposed] = []
    back: Counter[str] = Counter()
    for missing in compared.only_here:
        statements = _proposed(index, missing, retrieved)
        if isinstance(statements, str):
            back[statements] += 1
        else:
            lines.append(statements)
    return StatementProposal(tuple(lines), tuple(sorted(back.items())), tuple(_unsure(index, lines)))


def _unsure(index: Index, lines: Sequence[Proposed]) -> Iterator[str]:
    """A note for each instrument whose link is not sure: a line under the wrong item does harm."""
    for name in dict.fromkeys(line.instrument for line in lines):
        for link in index.links("instrument", name):
            if not link.rejected and float(link.confidence) < _SURE:
                yield f"open {link.address} first: that it is {link.label} is not sure (confidence {link.confidence})"


def _proposed(index: Index, missing: ComparedLine, retrieved: date) -> Proposed | str:
    """The line for something missing, or why there is none."""
    held = missing.held
    if held is None or missing.property not in _PROPOSED:
        return "the property is not one that is proposed"
    if "deprecated" in missing.note:
        return "Wikidata has the statement as deprecated: its editors have judged it"
    if missing.property == "P6193" and held.what != "ratification":
        return "no ratification but another consent: to be kept apart from it"
    if held.key and held.pid != "P276" and not _exact(index, "state", held.key, held.item):
        return "the item of the state is only near to it"
    dated = held.dated or (None,)
    for entry in dated:
        span, sources = entry or (None, held.sources)
        urls = list(_urls(index, sources))
        if urls and (span is None or quickstatements.time(span)):
            return _line(missing, span, urls, sources, retrieved)
    return "no primary or depositary source with an address gives it to a day, month or year"


def _exact(index: Index, kind: str, record: str, item: str) -> bool:
    links = index.links(kind, record)
    return any(link.item == item and link.predicate == "exactMatch" and not link.rejected for link in links)


def _urls(index: Index, sources: tuple[str, ...]) -> Iterator[str]:
    for name in sources:
        source = index.source(name)
        match = _URL.match(source.place) if source and source.kind in _KINDS else None
        if match:
            yield match[0].rstrip(",;")


def _line(
    missing: ComparedLine, span: Span | None, urls: list[str], sources: tuple[str, ...], retrieved: date
) -> Proposed:
    held = missing.held
    assert held  # the caller has seen it
    if held.item:
        text = quickstatements.line(missing.item, held.pid, held.item, when=span, urls=urls, retrieved=retrieved)
    else:
        assert span  # what is no item is a date
        value = quickstatements.time(span)
        text = quickstatements.line(missing.item, held.pid, value, urls=urls, retrieved=retrieved)
    says = " ".join(part for part in (held.what, held.label, span.text if span else "") if part)
    return Proposed(text, missing.instrument, says, sources)
