"""Puts the pieces of a question together: what is asked, in which tense, and what a "not" is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from treatygraph.ask.frame import Frame, Piece, When
from treatygraph.ask.pieces import Found
from treatygraph.build.index import Index

__all__ = ["framed"]

_WEAK: Final = ("what-is", "how", "status", "show")
"""Signs that say what is asked only where nothing else does."""
_AUXILIARY: Final = re.compile(
    r"^(?:(?:and|so|well|hey|hi|please|pls|ok|okay|but|now)\b[\s,]*)*"
    r"(?P<aux>is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\s+(?!you\b|i\b)",
    re.IGNORECASE,
)
_PAST: Final = re.compile(r"\b(?:was|were|did|had|used to)\b", re.IGNORECASE)
_PASSIVE: Final = re.compile(r"\b(?:was|were|been|be|being|is|are)\s+(?:\w+\s+)?$", re.IGNORECASE)
_HEADS: Final = ("President", "Prime Minister", "Chancellor", "Premier", "General Secretary of the CPSU", "Leader")
"""Offices meant by "since he took office"."""
_OF_TIME: Final = re.compile(r"\b(since|after|before|under|during|when)\s+(?:the\s+|president\s+)?$", re.IGNORECASE)


def framed(index: Index, understood: Found, today: date) -> Frame:
    """The frame of a question."""
    pieces = _joined_offices(understood.pieces)
    pieces, whens = _tenures(index, understood.text, pieces, understood.whens)
    whens = tuple(_known(when, pieces) for when in whens)
    ask = _ask(understood.text, pieces)
    frame = Frame(
        understood.text, ask, tuple(_negated(pieces)), whens, _is_past(understood.text, pieces), fixes=understood.fixes
    )
    frame = replace(frame, future=frame.rel("future") is not None and not frame.past)
    frame = replace(frame, pieces=tuple(_viewing(frame)))
    frame = replace(frame, pieces=tuple(_in_context(frame)))
    return _without_present(frame, today)


def _ask(text: str, pieces: Sequence[Piece]) -> str:
    strong = next((p for p in pieces if p.kind == "ask" and p.value not in _WEAK), None)
    weak = next((p for p in pieces if p.kind == "ask" and p.value in _WEAK and p.value != "what-is"), None)
    claim = any(p.key == "mark:claim" for p in pieces)
    starts = _AUXILIARY.match(text)
    if claim and (strong is None or strong.value in ("which", "who")):
        return "whether"
    if starts and not (strong and strong.start <= starts.end()):
        return "whether"
    if strong:
        return strong.value
    if weak:
        return weak.value
    return "what-is" if any(p.kind == "ask" for p in pieces) else ""


def _is_past(text: str, pieces: Sequence[Piece]) -> bool:
    if _PAST.search(text):
        return True
    has = re.search(r"\b(?:has|have)\b", text, re.IGNORECASE)
    return not has and any(
        p.kind == "rel" and p.form == "past" and not _PASSIVE.search(text[: p.start]) for p in pieces
    )


def _negated(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those that a "not" is said of marked: what follows it, or the state before it at the end."""
    targets: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.key != "mark:not":
            continue
        after = next((n for n in range(at + 1, len(pieces)) if _takes_negation(pieces[n])), None)
        if after is not None:
            targets.add(after)
            continue
        before = [n for n in range(at) if pieces[n].kind in ("state", "group")]
        targets.update(before[-1:])
    for number, piece in enumerate(pieces):
        yield replace(piece, negated=True) if number in targets else piece


def _takes_negation(piece: Piece) -> bool:
    if piece.kind == "rel":
        return piece.value not in ("future", "whatif", "office")
    return piece.kind in ("state", "group", "instrument")


def _joined_offices(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without a title before a name: "President Reagan"."""
    drop = {
        at
        for at, piece in enumerate(pieces[:-1])
        if piece.key == "rel:office" and pieces[at + 1].kind == "official" and pieces[at + 1].start - piece.end <= 2
    }
    return tuple(replace(piece, kind="free", value="free") if at in drop else piece for at, piece in enumerate(pieces))


def _tenures(
    index: Index, text: str, pieces: Sequence[Piece], whens: Sequence[When]
) -> tuple[tuple[Piece, ...], tuple[When, ...]]:
    """Dates that a term of office gives, "since Trump took office": the latest term at the head of a state."""
    marks = [piece for piece in pieces if piece.key == "rel:took-office"]
    for piece in pieces:
        lead = _OF_TIME.search(text[: piece.start])
        if piece.kind != "official" or not lead:
            continue
        if lead[1].casefold() in ("since", "after", "before", "when") and not marks:
            continue
        terms = [
            (term.start.earliest, term.end.latest if term.end else date.max)
            for term in index.tenures(piece.value)
            if term.start and term.office.startswith(_HEADS)
        ]
        if not terms:
            continue
        start, last = max(terms)
        role = {"since": "since", "after": "since", "before": "until"}.get(lead[1].casefold(), "on")
        end = marks[0].end if marks and marks[0].start > piece.start else piece.end
        first, until = (start, start) if role != "on" else (start, last)
        when = When(role, first, until, text[piece.start : end], lead.start(), end)
        kept = tuple(
            p for p in pieces if p is not piece and p.key != "rel:took-office" and not lead.start() <= p.start < end
        )
        return kept, tuple(sorted((*whens, when), key=lambda one: one.start))
    return tuple(pieces), tuple(whens)


def _known(when: When, pieces: Sequence[Piece]) -> When:
    """A day after "what did we know": that of the record."""
    marks = [p for p in pieces if p.key == "mark:known" and p.end <= when.start]
    return replace(when, role="known", first=when.last) if marks and when.role in ("on", "by") else when


def _in_context(frame: Frame) -> Iterator[Piece]:
    """Signs whose meaning the rest of the question settles."""
    for piece in frame.pieces:
        if piece.kind == "rel":
            yield _relation_in_context(frame, piece)
        elif piece.key == "mark:last" and frame.ask == "how-long":
            yield replace(piece, kind="rel", value="lasted")
        elif piece.key == "noun:report" and not frame.of("report"):
            yield replace(piece, kind="rel", value="claimed")
        elif piece.key == "mark:new" and not frame.rel("signed", "changed"):
            yield replace(piece, kind="rel", value="changed")
        else:
            yield piece


def _relation_in_context(frame: Frame, piece: Piece) -> Piece:
    powers, instruments, text = frame.powers, frame.instruments, piece.text.casefold()
    pair = len(powers) > 1 or bool(frame.groups)
    if piece.value == "left" and text == "left" and _is_left_over(frame, piece, pair=pair):
        return replace(piece, value="remain")
    if piece.value == "left" and text.startswith(("terminat", "denounc")) and instruments and not frame.states:
        return replace(piece, value="ended")
    counts_arms = frame.ask == "how-many" and len(frame.states) == 1 and text.startswith(("warhead", "launcher"))
    if piece.value == "limits" and not instruments and (frame.topic or powers) and not counts_arms:
        return replace(piece, kind="free", value="free")
    if piece.value == "in-force":
        return _force_in_context(frame, piece, text)
    if piece.value == "replaced" and text.startswith("follow") and not instruments:
        return replace(piece, kind="free", value="free")
    if piece.value == "is-treaty" and not (frame.ask == "whether" and instruments and not powers):
        return replace(piece, kind="noun", value="things")
    return piece


def _force_in_context(frame: Frame, piece: Piece, text: str) -> Piece:
    """To "apply to" or "hold" somebody is to bind them; "what office did they hold" is another thing."""
    if frame.rel("office"):
        return replace(piece, kind="free", value="free")
    if text.startswith("appl") and frame.powers and frame.instruments:
        return replace(piece, value="party")
    if text.startswith(("hold", "held", "stand")) and frame.powers:
        return replace(piece, value="party" if frame.instruments else "remain")
    return piece


def _viewing(frame: Frame) -> Iterator[Piece]:
    """Whose view is asked for where it is put as a verb: "how does Russia see the end of it"."""
    seeing = frame.rel("holds")
    for piece in frame.pieces:
        before = seeing and piece.kind == "state" and 0 < seeing.start - piece.end <= 2
        yield (
            replace(piece, role="view")
            if before and seeing and seeing.form and frame.ask in ("how", "which")
            else piece
        )


def _is_left_over(frame: Frame, piece: Piece, *, pair: bool) -> bool:
    """Whether "left" is what remains and not what was done: "what is left", "the only treaty left"."""
    if frame.instruments and not frame.has("mark:only"):
        return False
    if any(0 <= piece.start - power.end <= 2 for power in frame.powers):
        return False  # "which treaties has the US left": its subject stands before it
    before = frame.text[: piece.start].casefold().split()
    if before and before[-1] in ("is", "are", "was", "were", "be", "been", "still", "anything", "nothing", "remains"):
        return True
    return pair and (frame.has("mark:only") or "between" in before or len(frame.states) > 1)


def _without_present(frame: Frame, today: date) -> Frame:
    """With "now" as the day that it is, where no day is named."""
    if frame.has("mark:now") and not frame.whens:
        piece = next(p for p in frame.pieces if p.key == "mark:now")
        if not frame.past:
            return replace(frame, whens=(When("on", today, today, piece.text, piece.start, piece.end),))
    return frame
