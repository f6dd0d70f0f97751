"""A line of a list of instruments, the same on the pages of a pair, a state and a comparison."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["InstrumentLine"]


@dataclass(frozen=True)
class InstrumentLine:
    """An instrument in a list of a page; the words are ready to be shown."""

    id: str
    title: str
    since: str
    until: str
    topics: tuple[str, ...]
    notes: tuple[str, ...]
    numbers: tuple[int, ...]
    """Of the footnotes that bear the line out."""
    depth: int = 0
    """How many instruments it is a part of."""
