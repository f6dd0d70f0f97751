"""Answers as agents get them: of a bearable length, with every source that they cite named in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from treatygraph.shelf import Shelf

__all__ = ["MOST_LINES", "answered", "shortened"]

MOST_LINES: Final = 100
"""So many lines of one list; what is left out is counted."""
_CITING: Final = ("source", "sources")


def answered(shelf: Shelf, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer with ``bibliography``: every source that it cites by id, in one line: title, publisher, date, place.

    A source that is general knowledge says "unverified".
    """
    found = {name: _described(shelf.get("source", name)) for name in sorted(set(_cited(answer)))}
    return {**answer, "bibliography": {name: line for name, line in found.items() if line}}


def _described(value: Any) -> str:
    if value is None:
        return ""
    _, title, publisher, when, place, kind, *_ = value
    if kind == "recall":
        return "unverified: general knowledge, not checked in a source"
    return ", ".join(part for part in (title, publisher, when, place) if part)


def _cited(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _CITING:
                yield from [inner] if isinstance(inner, str) else (one for one in inner or () if isinstance(one, str))
            else:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)


def shortened(value: dict[str, Any], most: int = MOST_LINES, *, last: bool = False) -> dict[str, Any]:
    """An answer in which no list is longer than ``most``; ``left_out`` says how many lines are not shown.

    Args:
        value: the answer.
        most: lines of each list directly in it.
        last: keep the end of a list in place of its beginning.
    """
    found: dict[str, Any] = {}
    left: dict[str, int] = {}
    for key, inner in value.items():
        if isinstance(inner, list) and len(inner) > most:
            found[key], left[key] = (inner[-most:] if last else inner[:most]), len(inner) - most
        else:
            found[key] = inner
    return {**found, "left_out": left} if left else found
