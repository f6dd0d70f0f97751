"""A drawing as a page of HTML: one file, with a sentence above it, and what its shapes say when pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from treatygraph.draw.csp import policy
from treatygraph.draw.shapes import Drawing
from treatygraph.draw.svg import svg

__all__ = ["sheet"]


def sheet(drawing: Drawing, sentence: str, notes: Iterable[str] = ()) -> str:
    """The page.

    Args:
        drawing: what it shows.
        sentence: what a journalist could print; the first thing on the page.
        notes: what the reader must know, below the drawing.
    """
    here = files("treatygraph.draw").joinpath("page")
    style, script = (here.joinpath(f"sheet.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    picture = svg(drawing)
    inner = picture.split("<style>", 1)[1].split("</style>", 1)[0]
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([script], [style, inner])}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(drawing.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<h1>{escape(sentence)}</h1>\n"
        f'<div class="drawing" tabindex="0" role="region" aria-label="The drawing">\n{picture}</div>\n'
        f'<div id="tip" role="status" hidden></div>\n<ul>{lines}</ul>\n<script>{script}</script>\n</body>\n</html>\n'
    )
