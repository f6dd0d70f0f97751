"""The arrays made from documents: of all standings, or of those under some instruments laid over others."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy

from treatygraph.bonds.matrix import Denial, Intervals
from treatygraph.build.index import Index
from treatygraph.build.packed import Bound, Packed, block, bonds_of
from treatygraph.law.succession import line
from treatygraph.model.index_records import Exclusion, Existence
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["intervals", "replaced"]


def intervals(index: Index, reading: str = DEPOSITARY) -> Intervals:
    """The standings of an index under a reading as arrays; made at the first call, then kept by the index."""

    def make() -> Intervals:
        with _uncollected():
            return _read(index, reading)

    return index.keep(("intervals", reading), make)


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


def _read(index: Index, reading: str) -> Intervals:
    lives, summaries = index.existences(), index.summaries()
    head_of, bearers = _lines(lives)
    lines, instruments = tuple(sorted(bearers)), tuple(sorted(summaries))
    number_of = {name: number for number, name in enumerate(instruments)}
    place_of = {code: number for number, head in enumerate(lines) for code in head_of if head_of[code] == head}
    rows, denials = _gathered(index, reading, index.bound(), place_of, number_of)
    parents = {
        number_of[name]: tuple(number_of[parent] for parent in dict.fromkeys(summary.parents) if parent in number_of)
        for name, summary in summaries.items()
        if summary.parents
    }
    return Intervals(
        lines=lines, instruments=instruments, **rows, bearers=bearers, briefs=summaries, topics=index.topics(),
        denials=denials, parents=parents,
    )  # fmt: skip


def replaced(table: Intervals, index: Index, reading: str, some: Set[str]) -> Intervals:
    """The arrays with the standings under some instruments as another index has them; the rest stays.

    The index must hold the same states and instruments.
    """
    place_of = {code: number for number, head in enumerate(table.lines) for code, _, _ in table.bearers[head]}
    number_of = {name: number for number, name in enumerate(table.instruments)}
    bonds = [(name, index.bound_by(name)) for name in sorted(some)]
    rows, denials = _gathered(index, reading, bonds, place_of, number_of)
    gone = [number_of[name] for name in some]
    stay = ~numpy.isin(table.instrument, gone)
    lasting = tuple(item for item in table.denials if item.instrument not in gone)
    columns: dict[str, Any] = {key: numpy.concatenate((getattr(table, key)[stay], rows[key])) for key in rows}
    return replace(table, **columns, denials=tuple(sorted((*lasting, *denials))))


_Readings = Mapping[str, Packed]


def _gathered(
    index: Index,
    reading: str,
    bonds: Iterable[tuple[str, _Readings]],
    place_of: Mapping[str, int],
    number_of: Mapping[str, int],
) -> tuple[dict[str, Any], tuple[Denial, ...]]:
    """The bonds of all instruments, or of some, as columns; and who denies whom the bond."""
    codes: list[str] = []
    places, blocks = [], []
    denials: set[Denial] = set()
    for name, readings in bonds:
        chosen = readings.get(reading if reading in index.disputes(name) else DEPOSITARY)
        if chosen is None:
            continue
        names = chosen[0].split()
        codes += names
        places.append((number_of[name], len(names)))
        blocks.append(block(chosen))
        if index.exclusions(name):
            denials.update(_denials(bonds_of(chosen), index.exclusions(name), place_of, number_of[name]))
    numbers = numpy.frombuffer(b"".join(blocks), dtype="<i4").reshape(-1, 3).astype(numpy.int32)
    instrument, times = numpy.array(places, dtype=numpy.int32).reshape(-1, 2).T
    line = numpy.fromiter(map(place_of.__getitem__, codes), dtype=numpy.int32, count=len(codes))
    start, end = numbers[:, 0].copy(), numbers[:, 1].copy()
    columns = {"line": line, "instrument": numpy.repeat(instrument, times), "start": start, "end": end}
    return {**columns, "unverified": numbers[:, 2] != 0}, tuple(sorted(denials))


def _lines(
    lives: Mapping[str, Existence],
) -> tuple[dict[str, str], dict[str, tuple[tuple[str, int, int], ...]]]:
    """The line of each code, and the codes of each line with their lives, newest first."""
    continued = {life.continues for life in lives.values() if life.continues}
    heads = {code: line(lives, code) for code in lives if code not in continued}
    bearers = {
        head: tuple((code, _ordinal(lives[code].start), _ordinal(lives[code].end)) for code in codes if code in lives)
        for head, codes in heads.items()
    }
    return {code: head for head, codes in heads.items() for code in codes}, bearers


def _denials(
    bonds: Iterable[Bound], exclusions: Iterable[Exclusion], place_of: Mapping[str, int], instrument: int
) -> Iterator[Denial]:
    """The exclusions as far as both are bound, by the lines of the two."""
    times: dict[str, list[Bound]] = {}
    for row in bonds:
        times.setdefault(row.code, []).append(row)
    for item in exclusions:
        first, second = sorted((place_of[item.by], place_of[item.against]))
        for mine in times.get(item.by, ()) if first != second else ():
            for theirs in times.get(item.against, ()):
                start = max(mine.start, theirs.start, _ordinal(item.start))
                end = min(mine.end, theirs.end, _ordinal(item.end))
                if start < end:
                    yield Denial(first, second, instrument, start, end)
