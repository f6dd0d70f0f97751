"""The arrays made from documents: of all standings, or of those under some instruments laid over others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy

from treatygraph.intervals.table import Denial, Intervals
from treatygraph.law.succession import line
from treatygraph.shelf import Shelf
from treatygraph.vocabulary import DEPOSITARY

__all__ = ["intervals", "replaced"]

BOUND = ("party", "participant", "provisional")


def intervals(shelf: Shelf, reading: str = DEPOSITARY) -> Intervals:
    """The standings of a shelf under a reading as arrays; made at the first call, then kept by the shelf."""
    asked = ("intervals", reading)
    if asked not in shelf.memo:
        shelf.memo[asked] = _read(shelf, reading)
    found: Intervals = shelf.memo[asked]
    return found


@lru_cache(maxsize=16384)
def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


class _Row(NamedTuple):
    """A binding standing of one state."""

    code: str
    instrument: str
    start: int
    end: int
    unverified: bool


def _read(shelf: Shelf, reading: str) -> Intervals:
    lives = dict(shelf.all("life"))
    briefs = dict(shelf.all("brief"))
    head_of, bearers = _lines(lives)
    lines, instruments = tuple(sorted(bearers)), tuple(sorted(briefs))
    number_of = {name: number for number, name in enumerate(instruments)}
    place_of = {code: number for number, head in enumerate(lines) for code in head_of if head_of[code] == head}
    rows, denials = _gathered(shelf, reading, shelf.all("bearing"), place_of, number_of)
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
    bearing = ((code, shelf.get("bearing", code) or ()) for code in place_of)
    rows, denials = _gathered(shelf, reading, bearing, place_of, number_of, some)
    gone = [number_of[name] for name in some]
    stay = ~numpy.isin(found.instrument, gone)
    kept = tuple(item for item in found.denials if item.instrument not in gone)
    columns: dict[str, Any] = {key: numpy.concatenate((getattr(found, key)[stay], rows[key])) for key in rows}
    return replace(found, **columns, denials=tuple(sorted((*kept, *denials))))


def _gathered(
    shelf: Shelf,
    reading: str,
    bearing: Iterable[tuple[str, Any]],
    place_of: Mapping[str, int],
    number_of: Mapping[str, int],
    some: Set[str] | None = None,
) -> tuple[dict[str, Any], tuple[Denial, ...]]:
    """The binding standings of all instruments, or of some, as columns; and who denies whom the bond."""
    changed: dict[str, list[str]] = shelf.get("changed", "instruments") or {}
    rows: list[_Row] = []
    views: dict[tuple[str, str], list[_Row]] = {}
    for code, found in bearing:
        for row in found:
            if row[2] not in BOUND or (some is not None and row[1] not in some):
                continue
            one = _Row(code, row[1], _ordinal(row[3]), _ordinal(row[4]), set(row[9]) == {"recall"})
            if row[0] == (reading if reading in changed.get(row[1], ()) else DEPOSITARY):
                rows.append(one)
            if row[0] in place_of:
                views.setdefault((row[0], row[1]), []).append(one)
    at = [(place_of[row.code], number_of[row.instrument], row.start, row.end) for row in rows]
    line, instrument, start, end = numpy.array(at, dtype=numpy.int32).reshape(-1, 4).T.copy()
    denials = {
        Denial(*sorted((place_of[one], place_of[other])), number_of[name], first, last)  # type: ignore[call-arg]
        for one, other, name, first, last in _denials(shelf, rows, changed, views)
        if place_of[one] != place_of[other]
    }
    unverified = numpy.array([row.unverified for row in rows], dtype=bool)
    columns = {"line": line, "instrument": instrument, "start": start, "end": end, "unverified": unverified}
    return columns, tuple(sorted(denials))


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


_Denied = tuple[str, str, str, int, int]


def _denials(
    shelf: Shelf, rows: Sequence[_Row], changed: Mapping[str, list[str]], views: Mapping[tuple[str, str], list[_Row]]
) -> Iterator[_Denied]:
    """Who denies whom the bond under an instrument, and when (R11, R12)."""
    by_instrument: dict[str, list[_Row]] = {}
    for row in rows:
        by_instrument.setdefault(row.instrument, []).append(row)
    for name in sorted(changed):
        for me in by_instrument.get(name, ()):
            if me.code in changed[name]:
                yield from _not_accepted(me, by_instrument[name], views.get((me.code, name), ()))
    for name, objections in shelf.all("objections"):
        for state, day, against in objections:
            for me in by_instrument.get(name, ()):
                for other in by_instrument[name] if me.code == state else ():
                    if other.code in against:
                        yield from _meeting(me, other, _ordinal(day), other.end)


def _not_accepted(me: _Row, others: Sequence[_Row], seen: Sequence[_Row]) -> Iterator[_Denied]:
    """The days on which ``me``, as an authority, sees itself bound and does not see another bound that is.

    A state that holds itself out as well denies nobody: it claims an end (R39).
    """
    itself = [(row.start, row.end) for row in seen if row.code == me.code]
    for other in others:
        if other.code == me.code:
            continue
        start = other.start
        accepted = sorted((row.start, row.end) for row in seen if row.code == other.code)
        for first, last in (*accepted, (other.end, other.end)):
            for begun, ended in itself:
                yield from _meeting(me, other, max(start, begun), min(first, other.end, ended))
            start = max(start, last)


def _meeting(me: _Row, other: _Row, start: int, end: int) -> Iterator[_Denied]:
    first, last = max(me.start, other.start, start), min(me.end, other.end, end)
    if first < last:
        yield me.code, other.code, me.instrument, first, last
