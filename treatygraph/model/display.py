"""How an answer shows itself in a notebook: a sentence, lists that fold, notes, and the record that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

__all__ = ["bundle", "html", "plain"]

_ROWS: Final = 200
"""So many rows of a list: the frame of the answer has all."""
_OPEN: Final = 12
"""A list of at most so many rows stands open; a longer one is folded."""
_HIDDEN: Final = frozenset(
    {"because", "details", "readings", "parts", "acts", "standing", "styles", "officials", "record"}
)
"""Columns that are answers of their own."""
_STYLE: Final = "text-align:left;vertical-align:top"


def bundle(value: object) -> dict[str, str]:
    """An answer in its plain form, as HTML and as text beside it."""
    return {"text/html": html(value), "text/plain": plain(value)}


def plain(value: object) -> str:
    """The sentence, how long each list is, the notes, and the record."""
    if not isinstance(value, Mapping):
        return f"{len(value)} entries" if isinstance(value, Sequence) else str(value)
    lines = [str(value.get("answer", ""))]
    counts = [f"{name.replace('_', ' ')}: {len(rows)}" for name, rows in _lists(value)]
    lines += [", ".join(counts)] if counts else []
    lines += [f"Note: {note}" for note in _notes(value)]
    return "\n".join([*lines, *([_edition(value)] if _edition(value) else [])])


def html(value: object) -> str:
    """The same with each list as a table that folds; every text is escaped."""
    if not isinstance(value, Mapping):
        rows = list(value) if isinstance(value, Sequence) else []
        return f"<div>{_fold('entries', rows)}</div>"
    parts = [f"<p><strong>{escape(str(value.get('answer', '')))}</strong></p>"]
    parts += [_fold(name, rows) for name, rows in _lists(value)]
    notes = "".join(f"<li>{escape(note)}</li>" for note in _notes(value))
    parts += [f"<ul>{notes}</ul>"] if notes else []
    edition = _edition(value)
    parts += [f"<p><small>{escape(edition)}</small></p>"] if edition else []
    return f"<div>{''.join(parts)}</div>"


def _lists(value: Mapping[str, object]) -> list[tuple[str, list[Mapping[str, object]]]]:
    """The lists of the answer that have something in them; the rows of a query as one."""
    columns, rows = value.get("columns"), value.get("rows")
    if isinstance(columns, list) and isinstance(rows, list):
        return [("rows", [dict(zip(columns, row, strict=True)) for row in rows])]
    lists = []
    for name, items in value.items():
        if isinstance(items, list) and items and all(isinstance(item, Mapping) for item in items):
            lists.append((name, items))
    return lists


def _notes(value: Mapping[str, object]) -> list[str]:
    notes = value.get("notes")
    return [str(note) for note in notes] if isinstance(notes, list) else []


def _edition(value: Mapping[str, object]) -> str:
    edition = value.get("edition")
    if not isinstance(edition, Mapping):
        return ""
    return f"treatygraph record {edition['version']}, as of {edition['day']}, digest {str(edition['digest'])[:8]}"


def _fold(name: str, rows: Sequence[object]) -> str:
    shown = [row for row in rows[:_ROWS] if isinstance(row, Mapping)]
    keys = [key for key in dict.fromkeys(key for row in shown for key in row) if key not in _HIDDEN]
    keys = [key for key in keys if any(row.get(key) not in (None, "", [], {}) for row in shown)]
    head = "".join(f'<th style="{_STYLE}">{escape(str(key).replace("_", " "))}</th>' for key in keys)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_STYLE}">{escape(_cell(row.get(key)))}</td>' for key in keys) + "</tr>"
        for row in shown
    )
    more = f"<p>… and {len(rows) - len(shown):,} more</p>" if len(rows) > len(shown) else ""
    is_open = " open" if len(rows) <= _OPEN else ""
    title = f"{escape(name.replace('_', ' '))} ({len(rows):,})"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details{is_open}><summary>{title}</summary>{table}{more}</details>"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_cell(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return str(value)
