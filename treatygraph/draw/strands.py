"""One thread of a storyline as strokes: thin when signed, thick in force, two strands contested, frayed suspended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.bonds.phases import Phase
from treatygraph.draw.shapes import Path, Shape
from treatygraph.draw.threads import Thread

__all__ = ["Strand", "cut_mark", "strands"]

_FRAY: Final = ((-1.0, "9 3"), (0.0, "5 4"), (1.0, "7 5"))
"""How far each strand of a suspended thread is from its middle, in half widths, and how it is broken."""


_LEAST: Final = 0.4
"""How thick a thread of a group is that holds hardly any of it, as a share of the thickest."""


@dataclass(frozen=True)
class Strand:
    """Where a thread lies and how it is painted."""

    x: Callable[[str], float]
    """The place of a day."""
    y: float
    paint: str
    width: float
    """In force."""
    most: int = 0
    """Of groups: how many states the fullest thread of the picture held; the width is a share of it."""


def strands(thread: Thread, strand: Strand, tip: str) -> Iterator[Shape]:
    """The strokes of a thread; the first bears what the thread says when pointed at."""
    for phase in thread.phases:
        for start, end, width in _pieces(thread, phase, strand):
            for shape in _stroke(
                phase.phase, strand, strand.x(start), max(strand.x(end), strand.x(start) + 1.5), width
            ):
                yield replace(shape, tip=tip)


def _pieces(thread: Thread, phase: Phase, strand: Strand) -> Iterator[tuple[str, str, float]]:
    """The phase in pieces of one width: of groups, a thread is as thick as many are held by it."""
    if not strand.most or phase.phase not in ("in-force", "provisional", "suspended", "contested"):
        yield phase.start, phase.end, strand.width
        return
    for start, end, count in thread.holders:
        first, last = max(start, phase.start), min(end, phase.end)
        if first < last:
            yield first, last, strand.width * (_LEAST + (1 - _LEAST) * count / strand.most)


def _stroke(phase: str, strand: Strand, left: float, right: float, width: float) -> Iterator[Path]:
    y, paint = strand.y, strand.paint
    half = max(width / 2, 1.6)
    if phase == "in-force":
        yield _line(left, right, y, paint, width)
    elif phase == "provisional":
        yield _line(left, right, y, paint, max(width * 0.5, 1.2))
    elif phase == "signed":
        yield _line(left, right, y, paint, 1)
    elif phase == "contested":
        for side in (-1.0, 1.0):
            yield _line(left, right, y + side * half, paint, max(width / 4, 0.9))
    elif phase == "suspended":
        for side, dashes in _FRAY:
            yield replace(_line(left, right, y + side * half, paint, max(width / 5, 0.9)), dashes=dashes)
    elif phase == "not-known":
        yield Path(f"M{left + 2:.1f} {y:.1f}H{right:.1f}", stroke="soft", width=2, dashes="0 5", round=True)


def _line(left: float, right: float, y: float, paint: str, width: float) -> Path:
    return Path(f"M{left:.1f} {y:.1f}H{right:.1f}", stroke=paint, width=width)


def cut_mark(x: float, y: float, size: float) -> Shape:
    """Two slanting strokes where a thread is cut."""
    way = "".join(f"M{x + off - 1.5:.1f} {y + size:.1f}l3 {-2 * size:.1f}" for off in (1.5, 5))
    return Path(way, stroke="ink", width=1.8)
