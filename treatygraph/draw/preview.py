"""A storyline in short, in the shape in which sites show a shared link: 1200 by 630, topics as bars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from treatygraph.build.index import Index
from treatygraph.draw.credit import credit
from treatygraph.draw.lettering import shortened, wrapped
from treatygraph.draw.shapes import Box, Drawing, Label, Path, Shape, Stroke
from treatygraph.draw.threads import Ribbon, Storyline

__all__ = ["preview"]

_WIDTH, _HEIGHT, _EDGE = 1200, 630, 40
_LEFT, _RIGHT = 400, 850
_MOST: Final = 11
"""So many topics have a bar; what ended comes first."""


def preview(index: Index, story: Storyline) -> Drawing:
    """The drawing; of topics beyond the eleventh it tells how many there are."""
    shapes: list[Shape] = [Label(_EDGE, 62, shortened(story.title, 1120, 34, bold=True), "ink", 34, bold=True)]
    y = 72.0
    text, paint = (story.ended, "bad") if story.ended else (story.sentence, "ink")
    for line in wrapped(text, _WIDTH - 2 * _EDGE, 20)[:3]:
        y += 27
        shapes.append(Label(_EDGE, y, line, paint, 20))
    order = sorted(story.ribbons, key=lambda ribbon: not ribbon.status[1])
    y += 24
    room = (_HEIGHT - 66 - y) / max(min(len(order), _MOST + (len(order) > _MOST)), 6)
    for ribbon in order[:_MOST]:
        shapes += _bar(ribbon, story, y, room)
        y += room
    if len(order) > _MOST:
        shapes.append(Label(_LEFT - 16, y + room / 2 + 5, f"and {len(order) - _MOST} more topics", "soft", 16, "end"))
    shapes += (
        Stroke(_RIGHT, 80 if not text else y - room * min(len(order), _MOST), _RIGHT, y, "soft", 1.5),
        Label(_LEFT, _HEIGHT - 42, str(story.since.year), "soft", 16),
        Label(_RIGHT, _HEIGHT - 42, story.on.isoformat(), "soft", 16, "end"),
        Label(_EDGE, _HEIGHT - 16, credit(index), "soft", 15),
    )
    return Drawing(_WIDTH, _HEIGHT, story.title, tuple(shapes), f"{story.sentence} {story.ended}".strip())


def _bar(ribbon: Ribbon, story: Storyline, y: float, room: float) -> Iterator[Shape]:
    """A topic: its name, the days on which something held, and what of it is left."""
    paint, middle, tall = f"family-{ribbon.family.id}", y + room / 2, min(room * 0.6, 20)
    after, status = (story.on + timedelta(days=1)).isoformat(), ribbon.status
    yield Label(_LEFT - 16, middle + 6, shortened(ribbon.title, _LEFT - 60, 17), "ink", 17, "end")
    for start, end in ribbon.held:
        left, right = (_RIGHT + 8 if day >= after else _x(day, story) for day in (start, end))
        if right > _LEFT:
            yield Box(left, middle - tall / 2, max(right - left, 2), tall, paint)
    last = ribbon.ended
    if last:
        x = _x(last.cut, story)
        yield Path(f"M{x:.1f} {middle - tall / 2 - 3:.1f}v{tall + 6:.1f}", stroke="ink", width=3)
    words = shortened(status[0], _WIDTH - _RIGHT - 40, 16, bold=status[1])
    yield Label(_RIGHT + 20, middle + 6, words, "bad" if status[1] else "soft", 16, bold=status[1])


def _x(day: str, story: Storyline) -> float:
    share = (date.fromisoformat(day) - story.since) / max(story.on - story.since, timedelta(days=1))
    return _LEFT + min(max(share, 0), 1) * (_RIGHT - _LEFT)
