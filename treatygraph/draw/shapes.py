"""A drawing as shapes: what stands where, in which paint, and what it says when pointed at.

Units are pixels, from the top left. Painters turn a drawing into SVG, PNG or a page of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from treatygraph.draw.palette import FAMILIES

__all__ = ["HATCHES", "HEAT", "PAINTS", "Box", "Drawing", "Label", "Path", "Shape", "Sign", "Stroke"]

HEAT: Final = ("#e8eef7", "#c9d8ea", "#a3c0dc", "#78a6cc", "#4f8bbb", "#2f70a6", "#1b568c", "#103d6d", "#08284c")
"""From few to many; lightness alone tells the steps apart."""

PAINTS: Final[Mapping[str, tuple[str, str]]] = {
    "ground": ("#ffffff", "#14171a"),
    "ink": ("#1c2024", "#e9e6df"),
    "soft": ("#5b636b", "#a3abb3"),
    "line": ("#d9d6cf", "#363c42"),
    "shade": ("#f4f2ec", "#1c2024"),
    "warn": ("#9a5b00", "#f0b13c"),
    "bad": ("#b3261e", "#ff8a80"),
    **{f"family-{family.id}": (family.light, family.dark) for family in FAMILIES},
    **{
        f"heat-{step}": (colour, dark)
        for step, (colour, dark) in enumerate(zip(HEAT, ("#1d262f", *reversed(HEAT[:-1])), strict=True))
    },
}
"""Each paint on a light and on a dark ground."""
HATCHES: Final = {
    "suspended": ("bad", 45), "contested": ("warn", 0), "not-known": ("soft", 90), "signed": ("soft", 45),
    "former": ("bad", 135), "mixed": ("soft", 0),
    "disputed": ("ground", 0),
}  # fmt: skip
"""Paint and slant of each hatching."""


@dataclass(frozen=True)
class Box:
    """A rectangle: filled, or an outline, ``dashes`` long where given; hatched with a name of :data:`HATCHES`."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    dashes: float = 0
    hatch: str = ""
    faint: bool = False
    tip: str = ""
    reached: bool = True
    """Whether the keyboard stops at it to say its tip."""


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1


@dataclass(frozen=True)
class Label:
    """A text; ``anchor`` is start, middle or end of it, ``y`` its baseline."""

    x: float
    y: float
    text: str
    paint: str = "ink"
    size: float = 13
    anchor: str = "start"
    bold: bool = False
    rest: str = ""
    """What follows the text in the same line, never bold."""
    halo: bool = False
    """Whether the ground shows around the letters, so that they can be read across lines."""


@dataclass(frozen=True)
class Sign:
    """A small ``triangle`` (pointing down) or ``diamond`` about a point."""

    x: float
    y: float
    sign: str
    paint: str
    tip: str = ""


@dataclass(frozen=True)
class Path:
    """A way in the words of SVG (``M0 0L9 9``): filled or hatched, or a stroke of a width, with a pattern of dashes."""

    way: str
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dashes: str = ""
    hatch: str = ""
    opacity: float = 1
    round: bool = False
    """Whether the stroke ends in half circles; a dash of no length is then a dot."""
    tip: str = ""


Shape = Box | Stroke | Label | Sign | Path


@dataclass(frozen=True)
class Drawing:
    """Shapes on a ground."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]
    description: str = ""
    """What the drawing shows, in words, for those who do not see it."""
