"""What we know and Wikidata lacks, as QuickStatements. Nothing is sent: the lines are for an editor to read and load.

A line is made only from a fact that a depositary or a register gives, and its reference is the page of that register
on the treaty or on the act itself: never a copy of the register, where the fact was read, and never a repository. What
has no such page is held back and counted, to wait for a better source. Ratification (P6193) is proposed for
ratifications alone: see :data:`EDITORS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from treatygraph.build.index import Index
from treatygraph.model.dates import Span
from treatygraph.wikidata import quickstatements
from treatygraph.wikidata.compare import ComparedLine, WikidataComparison
from treatygraph.wikidata.registers import pages

__all__ = ["EDITORS", "WAITING", "Proposed", "StatementProposal", "propose"]

EDITORS: Final = "https://www.wikidata.org/wiki/Wikidata_talk:WikiProject_International_relations"
"""Where the editors of treaties talk: P6193 also goes by acceptance, approval and accession, which are to be kept
apart, and no way of saying them apart, nor of saying a succession or a withdrawal, is settled there."""
WAITING: Final = "it waits for a better source: no page of a depositary's register is known on which it stands"
_UNSETTLED: Final = f"{{}}: how to say it apart from a ratification is not settled by the editors ({EDITORS})"
_KINDS: Final = ("depositary", "depositary-copy")
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
    pages: tuple[str, ...]
    """The pages of registers that it cites."""
    sources: tuple[str, ...]
    """Where we read it."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {"line": self.line, "instrument": self.instrument, "says": self.says, "pages": list(self.pages),
                "sources": list(self.sources)}  # fmt: skip


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
        held_back = dict(self.held_back)
        return (
            f"{len(self.lines)} statements to propose to Wikidata, {sum(held_back.values())} held back, of which "
            f"{held_back.get(WAITING, 0)} wait for a better source."
        )

    @property
    def pages(self) -> tuple[tuple[str, int], ...]:
        """Every page that is cited, with the number of lines that cite it: each is to be opened first."""
        return tuple(sorted(Counter(page for line in self.lines for page in line.pages).items()))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "lines": [line.to_dict() for line in self.lines],
            "pages": [{"page": page, "lines": count} for page, count in self.pages],
            "held_back": [{"reason": reason, "count": count} for reason, count in self.held_back],
            "notes": list(self.notes),
        }


def propose(index: Index, compared: WikidataComparison, retrieved: date) -> StatementProposal:
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
    if held is not None and held.pid == "P582" and held.key:
        return _UNSETTLED.format("the end of a consent")
    if held is None or missing.property not in _PROPOSED:
        return "the property is not one that is proposed"
    if "deprecated" in missing.note:
        return "Wikidata has the statement as deprecated: its editors have judged it"
    if missing.property == "P6193" and held.what != "ratification":
        return _UNSETTLED.format("a consent that is no ratification")
    if held.key and held.pid != "P276" and not _exact(index, "state", held.key, held.item):
        return "the item of the state is only near to it"
    dated = held.dated or (None,)
    for entry in dated:
        span, sources = entry or (None, held.sources)
        cited = tuple(dict.fromkeys(_pages(index, missing.instrument, sources)))
        if cited and (span is None or quickstatements.time(span)):
            return _line(missing, span, cited, sources, retrieved)
    return WAITING


def _exact(index: Index, kind: str, record: str, item: str) -> bool:
    links = index.links(kind, record)
    return any(link.item == item and link.predicate == "exactMatch" and not link.rejected for link in links)


def _pages(index: Index, instrument: str, sources: Iterable[str]) -> Iterator[str]:
    """The pages on which a depositary itself gives a fact: of the act where one was read, else of the treaty."""
    card = index.instrument(instrument)
    read = [source for name in sources if (source := index.source(name)) and source.kind in _KINDS]
    for source in read:
        match = _URL.match(source.place)
        if match and source.kind == "depositary":
            yield match[0].rstrip(",;")
    for source in read:
        yield from tuple(pages(card, source))[:1] if card else ()


def _line(
    missing: ComparedLine, span: Span | None, cited: tuple[str, ...], sources: tuple[str, ...], retrieved: date
) -> Proposed:
    held = missing.held
    assert held  # the caller has seen it
    if held.item:
        text = quickstatements.line(missing.item, held.pid, held.item, when=span, urls=cited, retrieved=retrieved)
    else:
        assert span  # what is no item is a date
        value = quickstatements.time(span)
        text = quickstatements.line(missing.item, held.pid, value, urls=cited, retrieved=retrieved)
    says = " ".join(part for part in (held.what, held.label, span.text if span else "") if part)
    return Proposed(text, missing.instrument, says, cited, sources)
