"""Questions one after the other: "and China?", "what about in 2010?" take the place of what the last question named."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from treatygraph.ask import Understanding, answered, understand
from treatygraph.ask.frame import Frame, Piece
from treatygraph.ask.pieces import Found, pieces_of
from treatygraph.ask.running import Doors
from treatygraph.build.index import Index
from treatygraph.model.errors import NotUnderstood

__all__ = ["Session", "follow_up"]

_LEAD: Final = re.compile(
    r"^\W*(?:(?:and|or|but|ok|okay|so|then|now)\b\W*)*"
    r"(?:(?:what|how) about|same (?:question )?for|what of|for|with|also|by)?\b\W*",
    re.IGNORECASE,
)
_NAMES: Final = ("state", "group", "instrument", "official", "topic", "scope")


class Session:
    """The questions of one user; each may go on from the one before."""

    def __init__(self, graph: Doors, today: date) -> None:
        self._graph, self._today = graph, today
        self._last: Frame | None = None

    def ask(self, text: str) -> Understanding:
        """The answer to a question, or to what it comes to after the one before.

        Raises:
            NotUnderstood: neither the text alone nor in place of a part of the last question is understood.
        """
        index = self._graph.index()
        whole = follow_up(index, self._last, text, self._today) if self._last else None
        understanding = understand(index, whole or text, self._today)
        self._last = understanding.frame
        return answered(self._graph, understanding, whole or text, self._today)


def follow_up(index: Index, last: Frame, text: str, today: date) -> str | None:
    """The last question with what this one names in its place; None where the text is a question of its own."""
    try:
        pieces = pieces_of(index, text, today)
    except NotUnderstood:
        return None
    leads = bool(_LEAD.match(pieces.text))
    if any(piece.kind in ("rel", "noun") or (piece.kind == "ask" and not leads) for piece in pieces.pieces):
        return None
    named = [piece for piece in pieces.pieces if piece.kind in _NAMES]
    asks = [piece for piece in pieces.pieces if piece.kind == "ask"]
    if (asks and not re.match(r"\W*(?:and |but )?what\b", pieces.text, re.IGNORECASE)) or not (named or pieces.whens):
        return None
    return _replaced(last, pieces, named)


def _replaced(last: Frame, pieces: Found, named: list[Piece]) -> str | None:
    edits: list[tuple[int, int, str]] = []
    for kinds in (("state", "group"), ("instrument",), ("official",), ("topic",), ("scope",)):
        new = [piece for piece in named if piece.kind in kinds]
        old = [piece for piece in last.pieces if piece.kind in kinds and piece.role != "view"]
        if not new:
            continue
        if len(old) < len(new):
            return None
        edits += [(o.start, o.end, n.text) for o, n in zip(old[-len(new) :], new, strict=True)]
    tail = ""
    if pieces.whens:
        said = [pieces.text[_lead(pieces, when.start) : when.end] for when in pieces.whens]
        old_whens = [(_before(last.text, when.start), when.end) for when in last.whens]
        if old_whens:
            edits += [(start, end, " ") for start, end in old_whens]
        tail = " " + " ".join(said)
    text = last.text
    for start, end, new_text in sorted(edits, reverse=True):
        text = text[:start] + new_text + text[end:]
    return " ".join(f"{text}{tail}".split())


def _lead(pieces: Found, start: int) -> int:
    return _before(pieces.text, start)


def _before(text: str, start: int) -> int:
    """Where the word before a date begins that belongs to it: "in 2010", "on 1 May"."""
    lead = re.search(r"\b(?:in|on|at|as of|during|from|between)\s+(?:the\s+)?$", text[:start], re.IGNORECASE)
    return lead.start() if lead else start
