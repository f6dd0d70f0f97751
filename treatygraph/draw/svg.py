"""Drawings as SVG: the same bytes for the same drawing; it follows the reader's light or dark setting."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from treatygraph.draw.shapes import HATCHES, PAINTS, Box, Drawing, Label, Line, Shape, Sign

__all__ = ["svg"]

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"


def svg(drawing: Drawing) -> str:
    """The drawing as a standalone SVG document; what a shape says when pointed at is its ``title``."""
    shapes = "\n".join(_shape(shape) for shape in drawing.shapes)
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_n(drawing.width)}" '
        f'height="{_n(drawing.height)}" role="img" aria-label={quoteattr(drawing.title)}>\n'
        f"<title>{escape(drawing.title)}</title>\n<style>{_style()}</style>\n<defs>{_hatches()}</defs>\n"
        f'<rect class="f-ground" width="100%" height="100%"/>\n{shapes}\n</svg>\n'
    )


def _style() -> str:
    light = "".join(f"--{name}:{colours[0]};" for name, colours in PAINTS.items())
    dark = "".join(f"--{name}:{colours[1]};" for name, colours in PAINTS.items())
    rules = "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in PAINTS)
    return (
        f"svg{{{light}font-family:{_FONT}}}@media(prefers-color-scheme:dark){{svg{{{dark}}}}}{rules}.none{{fill:none}}"
    )


def _hatches() -> str:
    return "".join(
        f'<pattern id="hatch-{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({slant})"><rect class="f-{paint}" width="2.4" height="6"/></pattern>'
        for name, (paint, slant) in HATCHES.items()
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        return _box(shape)
    if isinstance(shape, Line):
        return (
            f'<line class="s-{shape.stroke}" x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" '
            f'y2="{_n(shape.y2)}" stroke-width="{_n(shape.width)}"/>'
        )
    if isinstance(shape, Label):
        weight = ' font-weight="600"' if shape.bold else ""
        return (
            f'<text class="f-{shape.paint}" x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" '
            f'text-anchor="{shape.anchor}"{weight}>{escape(shape.text)}</text>'
        )
    return _sign(shape)


def _box(box: Box) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="2"'
    classes = f"f-{box.fill}" if box.fill else "none"
    classes += f" s-{box.stroke}" if box.stroke else ""
    more = f' stroke-dasharray="{_n(box.dashes)}"' if box.dashes else ""
    faint = ' opacity="0.45"' if box.faint else ""
    inside = f"<rect {place}{more}{faint} class={quoteattr(classes)}/>"
    if box.hatch:
        inside += f'<rect {place}{faint} fill="url(#hatch-{box.hatch})"/>'
    return _tipped(inside, box.tip, reached=box.reached)


def _sign(sign: Sign) -> str:
    x, y = sign.x, sign.y
    corners = {
        "triangle": ((x - 5, y - 5), (x + 5, y - 5), (x, y + 5)),
        "diamond": ((x, y - 6), (x + 5, y), (x, y + 6), (x - 5, y)),
    }[sign.sign]
    points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    return _tipped(f'<polygon class="f-{sign.paint} s-ground" points="{points}"/>', sign.tip)


def _tipped(inside: str, tip: str, *, reached: bool = True) -> str:
    if not tip:
        return inside
    reach = ' tabindex="0" role="img"' if reached else ""
    return f'<g class="tipped"{reach}><title>{escape(tip)}</title>{inside}</g>'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
