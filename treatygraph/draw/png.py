"""Drawings as PNG, painted by resvg without a browser; always on a light ground.

resvg (Rust, 1.4 MB, no library of the system) paints the timeline of the United States and Russia in a fifth of a
second; matplotlib, which stood here before, took nine. Its letters come with the package, so that a picture has the
same bytes on every machine.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from treatygraph.draw.shapes import Drawing
from treatygraph.draw.svg import svg
from treatygraph.model.errors import UsageError

__all__ = ["png", "png_of"]

_SHARP = 2
"""Dots per pixel of the drawing."""
_FONT = "DejaVu Sans"


def png(drawing: Drawing, *, width: int | None = None) -> bytes:
    """The drawing as a PNG.

    Args:
        drawing: what to paint.
        width: its width in dots; None: twice its size.

    Raises:
        UsageError: resvg is not installed.
    """
    return png_of(svg(drawing, scheme="light"), width or round(drawing.width * _SHARP))


def png_of(text: str, width: int) -> bytes:
    """A drawing that is SVG already, in plain colours, as a PNG of a width in dots.

    Raises:
        UsageError: resvg is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise UsageError("a PNG needs resvg; install it with: pip install 'treatygraph[draw]'.") from None
    with as_file(files("treatygraph.draw").joinpath("fonts")) as folder:
        return bytes(
            svg_to_bytes(
                text, width=width, font_family=_FONT, sans_serif_family=_FONT, skip_system_fonts=True,
                font_files=[str(path) for path in sorted(folder.glob("*.ttf"))],
            )
        )  # fmt: skip
