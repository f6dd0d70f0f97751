"""A drawing as a page of HTML: one file, with a sentence above it, and what its shapes say when pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from treatygraph.draw.csp import policy
from treatygraph.draw.shapes import Drawing
from treatygraph.draw.svg import svg

__all__ = ["HtmlTable", "sheet"]


@dataclass(frozen=True)
class HtmlTable:
    """What a drawing shows, in rows, for those who read rather than look."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """A cell that is an address becomes a link, with the text after its first blank."""


def sheet(
    drawing: Drawing, sentence: str, notes: Iterable[str] = (), *, narrow: Drawing | None = None,
    tables: Iterable[HtmlTable] = (),
) -> str:  # fmt: skip
    """The page.

    Args:
        drawing: what it shows.
        sentence: what a journalist could print; the first thing on the page.
        notes: what the reader must know, below the drawing.
        narrow: the form for a phone, of a drawing that bears the sentence itself; None: it is moved sideways there.
        tables: what the drawing shows, in words.
    """
    here = files("treatygraph.draw").joinpath("page")
    style, script = (here.joinpath(f"sheet.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    picture = svg(drawing)
    inner = picture.split("<style>", 1)[1].split("</style>", 1)[0]
    shown = f'<div class="drawing" tabindex="0" role="region" aria-label="The drawing">\n{picture}</div>\n'
    if narrow:
        phone = svg(narrow, name="n-")
        shown = f'<div class="drawing wide">\n{picture}</div>\n<div class="drawing narrow">\n{phone}</div>\n'
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([script], [style, inner])}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(drawing.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1{' class=unseen' if narrow else ''}>{escape(sentence)}</h1>\n{shown}"
        f'<div id="tip" role="status" hidden></div>\n<ul>{lines}</ul>\n{"".join(map(_table, tables))}</main>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _table(table: HtmlTable) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{_cell(row[0])}</th>{"".join(f"<td>{_cell(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    return (
        f"<details><summary>{escape(table.title)} ({len(table.rows)})</summary><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></details>\n"
    )


def _cell(text: str) -> str:
    address, _, words = text.partition(" ")
    if address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}">{escape(words or address)}</a>'
    return escape(text)
