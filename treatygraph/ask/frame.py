"""A question as its pieces: what each word is a sign of, and the frame that they make together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

__all__ = ["Frame", "Piece", "When"]

_SOFT: Final = frozenset(
    {"mark:still", "mark:ever", "mark:yet", "mark:now", "mark:claim", "mark:any", "mark:both", "mark:not", "mark:known",
     "noun:things", "noun:states", "noun:cases", "rel:future", "rel:have", "mark:all", "mark:either", "mark:none"}
)  # fmt: skip
"""Pieces that say how a thing is asked, not of what: no plan need take them up one by one."""


@dataclass(frozen=True, slots=True)
class When:
    """A date of a question: what it is for, and the first and the last day that it can mean."""

    role: str
    """``on``, ``since``, ``until``, ``by`` or ``known``."""
    first: date
    last: date
    text: str
    """As the question has it."""
    start: int = 0
    end: int = 0

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a question and what they are a sign of."""

    kind: str
    """``state``, ``group``, ``instrument``, ``official``, ``topic``, ``ask``, ``rel``, ``mark``, ``noun``, ``scope``,
    ``number`` or ``free``."""
    value: str
    """The id, or the value of the cue."""
    text: str
    start: int
    end: int
    shown: str = ""
    """As a sentence calls it."""
    form: str = ""
    """Of a verb, its form; of a name, ``adjective`` or ``capital``."""
    negated: bool = False
    role: str = ""
    """Of a state: ``view`` (according to it), ``against`` (accused, objected to), ``after`` what negates it."""

    @property
    def key(self) -> str:
        """What a plan says that it takes up."""
        return f"{self.kind}:{self.value}" if self.kind in ("rel", "mark", "noun", "ask") else self.kind


@dataclass(frozen=True)
class Frame:
    """A question understood by its pieces."""

    text: str
    """As it was put, spelling fixed."""
    ask: str
    """``whether``, ``who``, ``which``, ``when``, ``where``, ``why``, ``how-many``, ``how-long``, ``how``, ``status``,
    ``show``, ``what-is`` or ``until-when``."""
    pieces: tuple[Piece, ...]
    whens: tuple[When, ...]
    past: bool = False
    """Whether it is put in the past tense."""
    future: bool = False
    fixes: tuple[tuple[str, str], ...] = ()
    """Mistyped words and what they were read as."""

    def of(self, *kinds: str) -> tuple[Piece, ...]:
        """The pieces of some kinds, in order."""
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    @property
    def powers(self) -> tuple[Piece, ...]:
        """States and groups that the question is about, in order; whose view is asked for is not among them."""
        return tuple(piece for piece in self.of("state", "group") if piece.role != "view")

    @property
    def states(self) -> tuple[Piece, ...]:
        """The states among them."""
        return tuple(piece for piece in self.powers if piece.kind == "state")

    @property
    def groups(self) -> tuple[Piece, ...]:
        """The groups among them."""
        return tuple(piece for piece in self.powers if piece.kind == "group")

    @property
    def instruments(self) -> tuple[Piece, ...]:
        """The instruments named."""
        return self.of("instrument")

    @property
    def view(self) -> Piece | None:
        """Whose view is asked for."""
        return next((piece for piece in self.pieces if piece.role == "view"), None)

    @property
    def topic(self) -> Piece | None:
        """The first topic named."""
        return next(iter(self.of("topic")), None)

    @property
    def scope(self) -> str:
        """``bilateral``, ``multilateral`` or empty."""
        return next((piece.value for piece in self.of("scope")), "")

    def has(self, *keys: str) -> bool:
        """Whether any of the signs is there: ``rel:party``, ``mark:not``, ``noun:things``."""
        return any(piece.key in keys for piece in self.pieces)

    def rel(self, *values: str) -> Piece | None:
        """The first sign of one of these relations."""
        return next((piece for piece in self.pieces if piece.kind == "rel" and piece.value in values), None)

    def denied(self, *values: str) -> bool:
        """Whether one of these relations is there with a "not"."""
        return any(piece.negated for piece in self.pieces if piece.kind == "rel" and piece.value in values)

    def when(self, *roles: str) -> When | None:
        """The first date of one of these roles; of any role where none is named."""
        return next((when for when in self.whens if not roles or when.role in roles), None)

    def hard(self) -> Iterator[Piece]:
        """The pieces that narrow the question, so that a plan must take them up."""
        return (piece for piece in self.pieces if piece.kind not in ("free", "ask") and piece.key not in _SOFT)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: what is asked, and each piece that means something."""
        return {
            "asks": self.ask,
            "tense": "future" if self.future else "past" if self.past else "present",
            "pieces": [
                {"kind": piece.kind, "value": piece.value, "text": piece.text, "negated": piece.negated}
                for piece in self.pieces
                if piece.kind != "free"
            ],
            "dates": [
                {"role": when.role, "first": when.first.isoformat(), "last": when.last.isoformat(), "text": when.text}
                for when in self.whens
            ],
            "spelling": [{"typed": typed, "read": read} for typed, read in self.fixes],
        }
