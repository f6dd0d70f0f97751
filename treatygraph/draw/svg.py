"""Drawings as SVG: the same bytes for the same drawing; it follows the reader's light or dark setting."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from treatygraph.draw.shapes import HATCHES, PAINTS, Box, Drawing, Label, Path, Shape, Sign, Stroke

__all__ = ["svg"]

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"


def svg(drawing: Drawing, *, name: str = "", scheme: str = "") -> str:
    """The drawing as a standalone SVG document; what a shape says when pointed at is its ``title``.

    Args:
        drawing: what to paint.
        name: set before the ids of the document, so that several can stand in one page.
        scheme: ``light`` or ``dark`` for that ground alone, in plain colours that every painter of SVG understands;
            empty: as the reader's own setting is, and readable in forced colours.
    """
    shapes = "\n".join(_shape(shape, name) for shape in drawing.shapes)
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    about = f'<title id="{name}title">{escape(drawing.title)}</title>'
    ids = f"{name}title"
    if drawing.description:
        about += f'\n<desc id="{name}desc">{escape(drawing.description)}</desc>'
        ids += f" {name}desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_n(drawing.width)}" '
        f'height="{_n(drawing.height)}" role="img" aria-labelledby="{ids}">\n'
        f"{about}\n<style>{_style(scheme)}</style>\n<defs>{_hatches(name)}</defs>\n"
        f'<rect class="f-ground" width="100%" height="100%"/>\n{shapes}\n</svg>\n'
    )


_FORCED = {"ground": "Canvas", "ink": "CanvasText", "soft": "CanvasText", "line": "GrayText", "shade": "Canvas"}
"""Where a reader's system dictates colours, texts and grounds take them; topics keep their own, beside letters."""


_COMMON = ".none{fill:none}.halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}"


def _style(scheme: str) -> str:
    if scheme:
        place = ("light", "dark").index(scheme)
        rules = "".join(
            f".f-{name}{{fill:{colours[place]}}}.s-{name}{{stroke:{colours[place]}}}"
            for name, colours in PAINTS.items()
        )
        return f"svg{{font-family:{_FONT}}}{rules}{_COMMON}"
    light = "".join(f"--{name}:{colours[0]};" for name, colours in PAINTS.items())
    dark = "".join(f"--{name}:{colours[1]};" for name, colours in PAINTS.items())
    forced = "".join(f"--{name}:{colour};" for name, colour in _FORCED.items())
    rules = "".join(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in PAINTS)
    return (
        f"svg{{{light}font-family:{_FONT}}}@media screen and (prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"@media(forced-colors:active){{svg{{{forced}}}}}{rules}{_COMMON}"
    )


def _hatches(name: str) -> str:
    return "".join(
        f'<pattern id="{name}hatch-{hatch}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({slant})"><rect class="f-{paint}" width="2.4" height="6"/></pattern>'
        for hatch, (paint, slant) in HATCHES.items()
    )


def _shape(shape: Shape, name: str) -> str:
    if isinstance(shape, Box):
        return _box(shape, name)
    if isinstance(shape, Stroke):
        return (
            f'<line class="s-{shape.stroke}" x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" '
            f'y2="{_n(shape.y2)}" stroke-width="{_n(shape.width)}"/>'
        )
    if isinstance(shape, Label):
        weight = ' font-weight="600"' if shape.bold else ""
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        rest = (
            f'<tspan dx="{_n(shape.size * 0.35)}" font-weight="400">{escape(shape.rest)}</tspan>' if shape.rest else ""
        )
        halo = " halo s-ground" if shape.halo else ""
        return (
            f'<text class="f-{shape.paint}{halo}" x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"'
            f"{anchor}{weight}>{escape(shape.text)}{rest}</text>"
        )
    if isinstance(shape, Path):
        return _path(shape, name)
    return _sign(shape)


def _path(path: Path, name: str) -> str:
    look = f' class="{f"f-{path.fill}" if path.fill else "none"}{f" s-{path.stroke}" if path.stroke else ""}"'
    if path.stroke and path.width != 1:
        look += f' stroke-width="{_n(path.width)}"'
    if path.dashes:
        look += f' stroke-dasharray="{path.dashes}"'
    if path.round:
        look += ' stroke-linecap="round"'
    if path.opacity != 1:
        look += f' opacity="{_n(path.opacity)}"'
    inside = f'<path d="{path.way}"{look}/>'
    if path.hatch:
        inside += f'<path d="{path.way}" fill="url(#{name}hatch-{path.hatch})"/>'
    return _tipped(inside, path.tip, reached=False)


def _box(box: Box, name: str) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="2"'
    classes = f"f-{box.fill}" if box.fill else "none"
    classes += f" s-{box.stroke}" if box.stroke else ""
    more = f' stroke-dasharray="{_n(box.dashes)}"' if box.dashes else ""
    faint = ' opacity="0.45"' if box.faint else ""
    inside = f"<rect {place}{more}{faint} class={quoteattr(classes)}/>"
    if box.hatch:
        inside += f'<rect {place}{faint} fill="url(#{name}hatch-{box.hatch})"/>'
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
