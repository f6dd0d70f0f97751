"""Plain text in columns: folded to a width, without the start-up cost of a terminal toolkit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap

__all__ = ["layout"]

_GAP = "  "
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NARROW = 11
"""No column is made narrower than a day."""


def layout(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """A table with a rule under its header; cells that do not fit are folded at words."""
    table = [[_visible(cell) for cell in row] for row in (header, *rows)]
    widths = _fitted([max(map(len, cells)) for cells in zip(*table, strict=True)], width)
    lines = [_line(row, widths) for row in table]
    rule = _GAP.join("─" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def _visible(cell: str) -> str:
    """A cell without characters that a terminal obeys: values of a query, or of another server, may hold any."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", cell) if _CONTROLS.search(cell) else cell


def _fitted(natural: list[int], width: int) -> list[int]:
    """Widths that fit: the widest columns give way first, none below :data:`_NARROW`."""
    room = max(width - len(_GAP) * (len(natural) - 1), _NARROW * len(natural))
    widths = list(natural)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        second = max([size for number, size in enumerate(widths) if number != widest], default=0)
        widths[widest] -= max(1, min(widths[widest] - second, sum(widths) - room))
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    folded = [_fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, folded))
    rows = [[part[number] if number < len(part) else "" for part in folded] for number in range(height)]
    texts = (_GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(text.rstrip() for text in texts)


def _fold(cell: str, width: int) -> list[str]:
    if len(cell) <= width:
        return [cell]
    inset = " " * (len(cell) - len(cell.lstrip()) + 2)
    return wrap(cell, width, subsequent_indent=inset if len(inset) < width // 2 else "", drop_whitespace=True) or [""]
