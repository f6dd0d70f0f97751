"""Tables of a page as rows of cells, out of HTML or out of Markdown; marks of footnotes stay apart from the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from treatygraph.intake.days import plain
from treatygraph.model.errors import PageRefused

__all__ = ["Cell", "Grid", "document", "grids", "is_html", "text_of"]

_BREAKS: Final = frozenset({"br", "p", "div", "li", "dd", "dt", "tr"})
_HIDDEN: Final = frozenset({"script", "style", "noscript", "template"})
_RULE: Final = re.compile(r"^[\s|:+-]+$")
_NESTING: Final = (
    "div",
    "span",
    "table",
    "section",
    "ul",
    "ol",
    "dl",
    "font",
    "center",
    "blockquote",
    "b>",
    "i>",
    "a ",
)
_ENDING: Final = tuple(f"/{name.strip()}" for name in _NESTING)
_DEEPEST: Final = 2000
"""Fifty thousand blocks in each other took 20 seconds (selectolax 1.0.2, 30 November 2026); registers have some 40."""
_CELLS_MOST: Final = 400_000
"""A page with more cells than this is no register."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text on one line, the marks that stood in superscript, and how it is set."""

    text: str
    marks: tuple[str, ...] = ()
    indented: bool = False
    """Whether it is set under the row above it, as territories are."""
    wide: bool = False
    """Whether it spans all columns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: rows of cells, and a name for it in the page."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        return tuple(cell.text for cell in self.rows[row])


def is_html(text: str) -> bool:
    """Whether the text is a page of HTML, by its beginning."""
    head = text[:3000].lstrip("\ufeff \r\n\t").lower()
    return (
        head.startswith(("<!doctype html", "<html", "<?xml")) or "<html" in head or "<table" in text[:200_000].lower()
    )


def document(text: str) -> LexborHTMLParser:
    """The page as a tree, however broken its HTML is.

    Raises:
        PageRefused: it is nested deeper than any page of a register.
    """
    if _depth(text) > _DEEPEST:
        raise PageRefused(f"the page is nested more than {_DEEPEST} deep; expected a register's page.")
    return LexborHTMLParser(text)


def _depth(text: str) -> int:
    """How deep the blocks of a page are nested at most, about: the tree takes the square of it to make."""
    depth = deepest = 0
    for piece in text.lower().split("<"):
        if piece.startswith(_NESTING):
            depth += 1
            deepest = max(deepest, depth)
        elif piece.startswith(_ENDING):
            depth = max(0, depth - 1)
    return deepest


def grids(text: str) -> list[Grid]:
    """Every table of a page, the innermost ones of nested tables; rows that stand outside of tables are none."""
    if is_html(text):
        return list(_of_html(document(text)))
    return list(_of_markdown(text))


def _of_html(page: LexborHTMLParser) -> Iterator[Grid]:
    number = 0
    for table in page.css("table"):
        if any(inner.mem_id != table.mem_id for inner in table.css("table")):
            continue
        number += 1
        rows = tuple(_cells(row) for row in table.css("tr"))
        widest = max((len(row) for row in rows), default=0)
        if sum(map(len, rows)) <= _CELLS_MOST and widest > 1:
            yield Grid(table.attributes.get("id") or f"table {number}", rows)


def _cells(row: LexborNode) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for node in row.iter():
        if node.tag not in {"td", "th"}:
            continue
        span = node.attributes.get("colspan") or "1"
        wide = span.isdecimal() and int(span) >= 5
        cells.append(Cell(text_of(node), _marks(node), _is_indented(node), wide))
    return tuple(cells)


def _marks(node: LexborNode) -> tuple[str, ...]:
    return tuple(mark for sup in node.css("sup") for mark in re.split(r"[,\s]+", plain(sup.text())) if mark)


def _is_indented(node: LexborNode) -> bool:
    """Fedlex sets a territory as a list with a tab before it; others use spaces."""
    return node.css_first("dl dt, dl dd") is not None or text_of(node, strip=False).startswith("\xa0\xa0\xa0")


def text_of(node: LexborNode, *, strip: bool = True) -> str:
    """The text of a node without superscripts and scripts; blocks are kept apart by spaces."""
    words = "".join(_pieces(node))
    return plain(words) if strip else words


def _pieces(node: LexborNode) -> Iterable[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield html.unescape(child.text_content or "")
        elif child.tag == "sup" or child.tag in _HIDDEN or child.attributes.get("data-message"):
            continue
        else:
            yield from _pieces(child)
            if child.tag in _BREAKS:
                yield " "


def _of_markdown(text: str) -> Iterator[Grid]:
    block: list[tuple[Cell, ...]] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.count("|") >= 2 and line.strip():
            start = start or number
            if not _RULE.match(line):
                block.append(_pipe_cells(line))
        elif block:
            if len(block) > 1:
                yield Grid(f"line {start}", tuple(block))
            block, start = [], 0


def _pipe_cells(line: str) -> tuple[Cell, ...]:
    inner = line.strip()
    inner = inner.removeprefix("|").removesuffix("|") if inner.startswith("|") else inner
    return tuple(_pipe_cell(part) for part in inner.split("|"))


def _pipe_cell(part: str) -> Cell:
    indented = part.startswith(("   ", "\xa0", " \xa0", "&nbsp;", " &nbsp;"))
    bare = html.unescape(part)
    marks = tuple(re.findall(r"<sup>([^<]*)</sup>|\[\^(\w+)\]", bare))
    bare = re.sub(r"<sup>[^<]*</sup>|\[\^\w+\]|\*\*(?=\w)|(?<=\w)\*\*|\\", "", bare)
    return Cell(plain(bare), tuple(one or two for one, two in marks), indented)
