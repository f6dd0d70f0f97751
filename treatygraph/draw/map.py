"""The map of a treaty: every state by its standing on a day, in an equal-area projection, small ones as dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.draw.atlas import LOOKS, MapPlace, outlines, places
from treatygraph.draw.credit import credit
from treatygraph.draw.lettering import text_width, wrapped
from treatygraph.draw.palette import Family, family_of
from treatygraph.draw.shapes import Drawing, Label, Path, Shape
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["TERRITORIES", "Treaty", "dot", "map_drawing", "painted", "treaty"]

_EDGE: Final = 20
_DOT: Final = 3.4
TERRITORIES: Final = (
    "Shapes are those of today and say nothing about frontiers; what is no state of its own on record that day is "
    "left open."
)
"""What every map says of its shapes."""


@dataclass(frozen=True)
class Treaty:
    """An instrument, its places over time, and the day that is shown."""

    id: str
    title: str
    family: Family
    sentence: str
    """How it stood on the day, as ``status`` answers."""
    on: date
    since: date
    """The first day that the places tell of."""
    places: tuple[MapPlace, ...]


def treaty(graph: Graph, instrument: str, on: date, *, reading: str, since: date | None = None) -> Treaty:
    """What the map of an instrument shows.

    Args:
        graph: the graph.
        instrument: any of its names.
        on: the day.
        reading: whose legal view.
        since: from when on the places tell; None: the first day of any standing, for a slider.

    Raises:
        UnknownName: no instrument is called that.
        UsageError: nobody has any standing under it by the day.
    """
    index, view = graph.index(), graph.reading(reading)
    _, name = find(index, instrument, ("instrument",))
    begun = min((row.start for row in index.derivation(name, view).standings), default=None)
    if begun is None or begun > on:
        raise UsageError(f"nobody had a standing under {index.summary(name).title} by {on}.")
    first = since or begun
    answer = graph.status(name, on, reading=reading)
    summary = index.summary(name)
    there = tuple(places(index, name, view, first, on))
    return Treaty(name, summary.title, family_of(summary.topics), answer.answer, on, first, there)


def map_drawing(index: Index, shown: Treaty) -> Drawing:
    """The map of the day as one drawing with its legend."""
    sheet, day = outlines(), shown.on.isoformat()
    width = sheet.width + 2 * _EDGE
    title = f"{shown.title}: who is bound on {long_form(shown.on)}"
    shapes: list[Shape] = [Label(_EDGE, 34, title, "ink", 20, bold=True)]
    y = 40.0
    for line in wrapped(shown.sentence, width - 2 * _EDGE, 13):
        y += 18
        shapes.append(Label(_EDGE, y, line))
    top = y + 16
    shapes.append(Path(_moved(sheet.ground, top), stroke="line", width=1))
    now = [(place, piece) for place in shown.places if (piece := place.on(day))]
    for places_only in (True, False):  # dots lie above shapes
        for place, piece in now:
            way = sheet.shapes.get(place.code) if places_only else dot(place.code)
            if way:
                says = piece.says if piece.states else ""
                shapes += painted(_moved(way, top), piece.look, shown.family, says, small=not places_only)
    y = top + sheet.height + 24
    shapes += _legend([piece.look for _, piece in now], shown.family, y)
    y += 30
    missing = [
        f"{name} ({LOOKS[look]})"
        for place, piece in now
        if place.code not in sheet.shapes and place.code not in sheet.dots
        for name, look in piece.states
        if look != "none"
    ]
    notes = [f"Not on the map: {', '.join(missing)}."] if missing else []
    for text in (*notes, TERRITORIES, f"{credit(index)} · outlines: Natural Earth, Equal Earth projection"):
        for line in wrapped(text, width - 2 * _EDGE, 11):
            shapes.append(Label(_EDGE, y, line, "soft", 11))
            y += 15
    return Drawing(width, y + 6, title, tuple(shapes), f"{shown.sentence} {credit(index)}")


def _moved(way: str, top: float) -> str:
    """A way of the sheet of outlines within the drawing: all its moves are absolute, what follows is relative."""
    parts = []
    for part in way.replace("L", " L ").split("M")[1:]:
        if " L " in part:
            places_ = (pair.split() for pair in part.replace("Z", "").split(" L "))
            moved = "L".join(f"{float(x) + _EDGE:g} {float(y) + top:g}" for x, y in places_)
            parts.append(f"M{moved}Z")
        else:
            start, rest = _split(part)
            parts.append(f"M{start[0] + _EDGE:g} {start[1] + top:g}{rest}")
    return "".join(parts)


def _split(part: str) -> tuple[tuple[float, float], str]:
    """The place where a part of a way begins, and what follows."""
    end = next(place for place, letter in enumerate(part) if letter.isalpha())
    x, y = part[:end].split()
    return (float(x), float(y)), part[end:]


def dot(code: str) -> str:
    """The way of a dot; empty where the state has none."""
    place = outlines().dots.get(code)
    if place is None:
        return ""
    r = _DOT
    return f"M{place[0] - r:g} {place[1]:g}a{r} {r} 0 1 0 {2 * r:g} 0a{r} {r} 0 1 0 {-2 * r:g} 0z"


def painted(way: str, look: str, family: Family, says: str, *, small: bool = False) -> Iterator[Shape]:
    """A place as it looks: filled where bound, hatched where half or once, empty where not."""
    paint = f"family-{family.id}"
    edge, width = ("ink", 0.8) if small else ("ground", 0.6)
    if look in ("party", "disputed"):
        yield Path(way, fill=paint, stroke=edge, width=width, hatch="disputed" if look == "disputed" else "", tip=says)
    elif look == "provisional":
        yield Path(way, fill="ground")
        yield Path(way, fill=paint, stroke=paint, width=1, opacity=0.5, tip=says)
    elif look == "nobody":
        yield Path(way, stroke="line", width=0.6, dashes="2 2")
    else:
        hatch = {"signed": "signed", "former": "former", "not-known": "not-known", "mixed": "mixed"}.get(look, "")
        fill = "line" if look == "none" else "ground"
        yield Path(way, fill=fill, stroke="soft" if hatch or small else "ground", width=width, hatch=hatch, tip=says)


def _legend(looks: Sequence[str], family: Family, y: float) -> Iterator[Shape]:
    x = float(_EDGE)
    for look, words in LOOKS.items():
        if look in looks:
            yield from painted(f"M{x:g} {y - 10:g}h22v13h-22z", look, family, "", small=look == "none")
            yield Label(x + 28, y, words, "soft", 11)
            x += 28 + text_width(words, 11) + 16
