"""Pages about the record that are made from it: what it holds, how it was reached, and how it compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from treatygraph.law.derivations import Corpus
from treatygraph.model.records import Facts

__all__ = ["Page", "Record", "paragraph", "table"]


@dataclass(frozen=True)
class Record:
    """What a page is made from: the facts, what follows from them, and the tables kept beside the pages."""

    facts: Facts
    docs: Path

    @cached_property
    def corpus(self) -> Corpus:
        """The facts, derived once for all pages."""
        return Corpus(self.facts)

    @cached_property
    def reasons(self) -> Mapping[tuple[str, str], str]:
        """Why a finding is permitted, by rule and record."""
        return {(waiver.rule, waiver.record): waiver.reason for waiver in self.facts.waivers}


Page = Callable[[Record], Iterator[str]]
"""Yields the blocks of a page, each of them whole."""


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    names = list(header)
    lines = [names, ["---"] * len(names), *([_cell(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def paragraph(*sentences: str) -> str:
    """One paragraph, a sentence to a line, so that a change moves few lines."""
    return "".join(f"{sentence}\n" for sentence in sentences)
