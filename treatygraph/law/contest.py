"""Where readings differ: the default answer carries the flag ``contested`` on those days (rule R39)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from treatygraph.model.standings import Because, Derivation, Flag, Standing

__all__ = ["contested"]

_MATERIAL = ("notice-pending", "suspended", "suspension-claimed")
"""Flags that make two views of one standing differ."""


def contested(default: Derivation, others: Sequence[Derivation]) -> Derivation:
    """The default derivation, with a flag for every interval on which another reading differs."""
    found: list[Flag] = []
    for other in others:
        states = sorted({s.state for s in default.standings} | {s.state for s in other.standings})
        for state in states:
            found += _differences(state, default, other)
    if not found:
        return default
    flags = sorted(dict.fromkeys((*default.flags, *found)), key=lambda f: (f.state, f.start, f.flag, f.by, f.against))
    return replace(default, flags=tuple(flags))


def _differences(state: str, default: Derivation, other: Derivation) -> Iterable[Flag]:
    days = sorted(_edges(state, default) | _edges(state, other))
    start: date | None = None
    for first, last in pairwise(days):
        if _view(state, default, first) != _view(state, other, first):
            start = start or first
        elif start:
            yield _flag(state, default, other, start, first)
            start = None
        if last == days[-1] and start:
            yield _flag(state, default, other, start, last)


def _flag(state: str, default: Derivation, other: Derivation, start: date, end: date) -> Flag:
    held = _view(state, other, start)[0] or "none"
    step = Because("R39", text=f"{other.reading} holds: {held}")
    return Flag(state, default.instrument, "contested", start, end, other.reading, (), held, (step,))


def _edges(state: str, derived: Derivation) -> set[date]:
    pieces: list[Standing | Flag] = [*derived.of(state)]
    pieces += [flag for flag in derived.flags if flag.state == state and flag.flag in _MATERIAL]
    return {edge for piece in pieces for edge in (piece.start, piece.end)}


def _view(state: str, derived: Derivation, when: date) -> tuple[str, frozenset[str]]:
    standing = next((s.standing for s in derived.of(state) if s.start <= when < s.end), "")
    flags = frozenset(
        flag.flag
        for flag in derived.flags
        if flag.state == state and flag.flag in _MATERIAL and flag.start <= when < flag.end
    )
    return standing, flags - {"suspension-claimed"} if "suspended" in flags else flags
