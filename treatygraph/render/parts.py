"""What the views share: values as text, titled tables, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any

from treatygraph.render.columns import layout

__all__ = ["Row", "flags", "joined", "notes", "rows_of", "table", "text"]

Row = Sequence[str]


def text(value: object) -> str:
    """A value as a person reads it; absence is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {text(item)}" for key, item in value.items())
    return str(value)


def joined(value: object) -> str:
    """A value as a cell of a CSV has it: several ones with ``;`` between them."""
    return ";".join(text(item) for item in value) if isinstance(value, list) else text(value)


def rows_of(key: str | None, *header: str) -> Callable[[Any], tuple[Row, list[Row]]]:
    """A function that makes a row of each item under ``key`` (None: of the answer itself), by the names given."""

    def rows(answer: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> tuple[Row, list[Row]]:
        items = answer[key or ""] if isinstance(answer, Mapping) else answer
        return header, [[joined(item.get(name)) for name in header] for item in items]

    return rows


def table(title: str, header: Row, rows: Iterable[Row]) -> None:
    """Print a titled table as wide as the terminal; nothing is printed for no rows."""
    lines = list(rows)
    if lines:
        print(f"\n{title}" if title else "")
        print(layout(header, lines, get_terminal_size((140, 0)).columns))


def notes(texts: Iterable[str]) -> None:
    """Print what the reader must know."""
    for note in texts:
        print(f"Note: {note}")


def flags(item: dict[str, Any]) -> str:
    """The flags of a standing with who raised and who rejects them, and "unverified" where that is so."""
    phrases = []
    for flag in item["flags"]:
        details = [detail for detail in item.get("details", ()) if detail["flag"] == flag]
        by = sorted({detail["by"] for detail in details})
        rejected = sorted({name for detail in details for name in detail.get("rejected_by", ())})
        phrase = flag
        if by:
            phrase = f"{flag} ({', '.join(by)})" if flag == "contested" else f"{flag} by {', '.join(by)}"
        phrases.append(f"{phrase}, rejected by {', '.join(rejected)}" if rejected else phrase)
    if item.get("unverified"):
        phrases.append("unverified")
    return "; ".join(phrases)
