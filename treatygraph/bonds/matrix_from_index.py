"""The arrays made from documents: of all standings, or of those under some instruments laid over others."""

from __future__ import annotations

import gc
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy

from treatygraph.bonds.matrix import Denial, Intervals
from treatygraph.build.packed import Bond, Packed, block
from treatygraph.build.shelf import Shelf
from treatygraph.law.succession import line
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["intervals", "replaced"]


def intervals(shelf: Shelf, reading: str = DEPOSITARY) -> Intervals:
    """The standings of a shelf under a reading as arrays; made at the first call, then kept by the shelf."""
    asked = ("intervals", reading)
    if asked not in shelf.memo:
        with _uncollected():
            shelf.memo[asked] = _read(shelf, reading)
    found: Intervals = shelf.memo[asked]
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Circles are not looked for meanwhile: among so many documents that takes as long as reading them."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@lru_cache(maxsize=16384)
def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _read(shelf: Shelf, reading: str) -> Intervals:
    lives = dict(shelf.all("life"))
    briefs = dict(shelf.all("brief"))
    head_of, bearers = _lines(lives)
    lines, instruments = tuple(sorted(bearers)), tuple(sorted(briefs))
    number_of = {name: number for number, name in enumerate(instruments)}
    place_of = {code: number for number, head in enumerate(lines) for code in head_of if head_of[code] == head}
    rows, denials = _gathered(shelf, reading, shelf.all("bonds"), place_of, number_of)
    parents = {
        number_of[name]: tuple(number_of[parent] for parent in dict.fromkeys(brief["parents"]) if parent in number_of)
        for name, brief in briefs.items()
        if brief["parents"]
    }
    return Intervals(
        lines=lines, instruments=instruments, **rows, bearers=bearers, briefs=briefs,
        topics=dict(shelf.all("topic")), denials=denials, parents=parents,
    )  # fmt: skip


def replaced(found: Intervals, shelf: Shelf, reading: str, some: Set[str]) -> Intervals:
    """The arrays with the standings under some instruments as another shelf has them; the rest stays.

    The shelf must hold the same states and instruments.
    """
    place_of = {code: number for number, head in enumerate(found.lines) for code, _, _ in found.bearers[head]}
    number_of = {name: number for number, name in enumerate(found.instruments)}
    bonds = [(name, shelf.get("bonds", name)) for name in sorted(some)]
    rows, denials = _gathered(shelf, reading, bonds, place_of, number_of)
    gone = [number_of[name] for name in some]
    stay = ~numpy.isin(found.instrument, gone)
    kept = tuple(item for item in found.denials if item.instrument not in gone)
    columns: dict[str, Any] = {key: numpy.concatenate((getattr(found, key)[stay], rows[key])) for key in rows}
    return replace(found, **columns, denials=tuple(sorted((*kept, *denials))))


_Readings = Mapping[str, Packed]


def _gathered(
    shelf: Shelf,
    reading: str,
    bonds: Iterable[tuple[str, _Readings]],
    place_of: Mapping[str, int],
    number_of: Mapping[str, int],
) -> tuple[dict[str, Any], tuple[Denial, ...]]:
    """The bonds of all instruments, or of some, as columns; and who denies whom the bond."""
    changed: dict[str, list[str]] = shelf.get("changed", "instruments") or {}
    objections = dict(shelf.all("objections"))
    codes: list[str] = []
    places, blocks = [], []
    denied: set[Denial] = set()
    for name, readings in bonds:
        chosen = readings.get(reading if reading in changed.get(name, ()) else DEPOSITARY)
        if chosen is None:
            continue
        names = chosen[0].split()
        codes += names
        places.append((number_of[name], len(names)))
        blocks.append(block(chosen))
        if name in changed or name in objections:
            denials = _denials(_rows(chosen), readings, changed.get(name, ()), objections.get(name, ()))
            denied.update(_placed(denials, place_of, number_of[name]))
    numbers = numpy.frombuffer(b"".join(blocks), dtype="<i4").reshape(-1, 3).astype(numpy.int32)
    instrument, times = numpy.array(places, dtype=numpy.int32).reshape(-1, 2).T
    line = numpy.fromiter(map(place_of.__getitem__, codes), dtype=numpy.int32, count=len(codes))
    start, end = numbers[:, 0].copy(), numbers[:, 1].copy()
    columns = {"line": line, "instrument": numpy.repeat(instrument, times), "start": start, "end": end}
    return {**columns, "unverified": numbers[:, 2] != 0}, tuple(sorted(denied))


def _rows(found: Packed) -> list[Bond]:
    numbers = struct.iter_unpack("<3i", block(found))
    return [
        Bond(code, start, end, bool(recall))
        for code, (start, end, recall) in zip(found[0].split(), numbers, strict=True)
    ]


def _lines(
    lives: Mapping[str, Sequence[Any]],
) -> tuple[dict[str, str], dict[str, tuple[tuple[str, int, int], ...]]]:
    """The line of each code, and the codes of each line with their lives, newest first."""
    states = {code: SimpleNamespace(continues=life[3]) for code, life in lives.items()}
    continued = {life[3] for life in lives.values() if life[3]}
    heads = {code: line(states, code) for code in lives if code not in continued}
    bearers = {
        head: tuple((code, _ordinal(lives[code][1]), _ordinal(lives[code][2])) for code in codes if code in lives)
        for head, codes in heads.items()
    }
    return {code: head for head, codes in heads.items() for code in codes}, bearers


_Denied = tuple[str, str, int, int]


def _placed(denials: Iterable[_Denied], place_of: Mapping[str, int], instrument: int) -> Iterator[Denial]:
    for one, other, start, end in denials:
        first, second = sorted((place_of[one], place_of[other]))
        if first != second:
            yield Denial(first, second, instrument, start, end)


def _denials(
    rows: Sequence[Bond], readings: _Readings, changed: Sequence[str], objections: Sequence[Sequence[Any]]
) -> Iterator[_Denied]:
    """Who denies whom the bond under an instrument, and when (R11, R12)."""
    seen = {code: _spans(readings[code]) for code in changed if code in readings and code in readings[code][0].split()}
    for me in rows if seen else ():
        if me.code in seen:
            yield from _not_accepted(me, rows, seen[me.code])
    for state, day, against in objections:
        for me in rows:
            for other in rows if me.code == state else ():
                if other.code in against:
                    yield from _meeting(me, other, _ordinal(day), other.end)


_Spans = Mapping[str, Sequence[tuple[int, int]]]


def _spans(found: Packed) -> _Spans:
    """The times in which each state is bound."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in _rows(found):
        spans.setdefault(row.code, []).append((row.start, row.end))
    return spans


def _not_accepted(me: Bond, others: Sequence[Bond], seen: _Spans) -> Iterator[_Denied]:
    """The days on which ``me``, as an authority, sees itself bound and does not see another bound that is.

    A state that holds itself out as well denies nobody: it claims an end (R39).
    """
    for other in others:
        accepted = seen.get(other.code, ())
        if other.code == me.code or (other.start, other.end) in accepted:
            continue
        start = other.start
        for first, last in (*sorted(accepted), (other.end, other.end)):
            for begun, ended in seen.get(me.code, ()):
                yield from _meeting(me, other, max(start, begun), min(first, other.end, ended))
            start = max(start, last)


def _meeting(me: Bond, other: Bond, start: int, end: int) -> Iterator[_Denied]:
    first, last = max(me.start, other.start, start), min(me.end, other.end, end)
    if first < last:
        yield me.code, other.code, first, last
