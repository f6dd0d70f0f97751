"""Drawings as PNG, painted by matplotlib; always on a light ground."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from treatygraph.draw.shapes import HATCHES, PAINTS, Box, Drawing, Label, Line, Sign

__all__ = ["png"]

_DPI = 100
_SHARP = 2
"""Dots per pixel of the drawing."""


def png(drawing: Drawing) -> bytes:
    """The drawing as a PNG of twice its size in dots."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / _DPI, drawing.height / _DPI), dpi=_DPI * _SHARP)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.axis("off")
    figure.patch.set_facecolor(_colour("ground"))
    for order, shape in enumerate(drawing.shapes):
        _paint(axes, shape, order + 1)
    target = BytesIO()
    figure.savefig(target, format="png", metadata={"Software": None, "Title": drawing.title})
    return target.getvalue()


def _colour(paint: str) -> str:
    return PAINTS[paint][0]


def _points(pixels: float) -> float:
    return pixels * 72 / _DPI


def _paint(axes: Any, shape: Any, order: int) -> None:
    if isinstance(shape, Box):
        _box(axes, shape, order)
    elif isinstance(shape, Line):
        axes.plot((shape.x1, shape.x2), (shape.y1, shape.y2), color=_colour(shape.stroke),
                  linewidth=_points(shape.width), zorder=order, solid_capstyle="butt")  # fmt: skip
    elif isinstance(shape, Label):
        axes.text(shape.x, shape.y, shape.text.replace("$", r"\$"), color=_colour(shape.paint),
                  fontsize=_points(shape.size) * 0.94, family="DejaVu Sans", va="baseline", zorder=order,
                  ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor],
                  fontweight="bold" if shape.bold else "normal")  # fmt: skip
    elif isinstance(shape, Sign):
        marker = {"triangle": "v", "diamond": "D"}[shape.sign]
        axes.plot((shape.x,), (shape.y,), marker=marker, color=_colour(shape.paint), markersize=_points(10),
                  markeredgecolor=_colour("ground"), zorder=order)  # fmt: skip


def _box(axes: Any, box: Box, order: int) -> None:
    from matplotlib.patches import Rectangle

    def add(**look: Any) -> None:
        axes.add_patch(Rectangle((box.x, box.y), box.width, box.height, zorder=order, **look))

    add(
        facecolor=_colour(box.fill) if box.fill else "none",
        edgecolor=_colour(box.stroke) if box.stroke else "none",
        linewidth=_points(1) if box.stroke else 0,
        linestyle=(0, (box.dashes, box.dashes)) if box.dashes else "solid",
        alpha=0.45 if box.faint else 1,
    )
    if box.hatch:
        paint, slant = HATCHES[box.hatch]
        add(facecolor="none", edgecolor=_colour(paint), linewidth=0, hatch="////" if slant else "||||")
