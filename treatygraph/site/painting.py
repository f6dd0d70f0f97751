"""Paints a drawing as PNG in a process of its own: what draws for strangers reads one drawing, and ends.

``python -m treatygraph.site.painting`` takes the drawing as JSON on stdin and gives the picture on stdout. The library
that paints takes half a second to start and opens files of fonts, so that the workers, which can open none, leave it to
this process.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treatygraph.draw.shapes import Drawing

__all__ = ["read", "written"]


def written(drawing: Drawing) -> str:
    """A drawing as JSON."""
    shapes = [{"shape": type(shape).__name__, **asdict(shape)} for shape in drawing.shapes]
    return json.dumps({"width": drawing.width, "height": drawing.height, "title": drawing.title, "shapes": shapes})


def read(text: str) -> Drawing:
    """The drawing that :func:`written` wrote."""
    from treatygraph.draw import shapes

    def shape(values: dict[str, Any]) -> Any:
        kind = values.pop("shape")
        return getattr(shapes, kind)(**{key: _fixed(value) for key, value in values.items()})

    found = json.loads(text)
    return shapes.Drawing(found["width"], found["height"], found["title"], tuple(map(shape, found["shapes"])))


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


def _main() -> None:
    from treatygraph.draw.png import png

    sys.stdout.buffer.write(png(read(sys.stdin.read())))


if __name__ == "__main__":
    _main()
