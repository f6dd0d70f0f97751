"""A state's standings in short form, as documents hold them, and what two of them make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from treatygraph.build.shelf import Shelf
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Bearing", "BearingFlag", "bearings", "changes", "origin_of"]

BOUND = ("party", "participant", "provisional")


class BearingFlag(NamedTuple):
    """A flag over ``[start, end)`` (ISO days)."""

    flag: str
    start: str
    end: str
    by: str
    against: tuple[str, ...]
    accepted_by: tuple[str, ...]
    rejected_by: tuple[str, ...]


class Bearing(NamedTuple):
    """One standing of one state, days as ISO text so that they compare as text."""

    state: str
    reading: str
    instrument: str
    standing: str
    start: str
    end: str
    since: str
    until: str
    origin: str
    reason: str
    sources: tuple[str, ...]
    ending_sources: tuple[str, ...]
    flags: tuple[BearingFlag, ...]

    @property
    def binds(self) -> bool:
        """Whether the instrument holds the state."""
        return self.standing in BOUND

    def on(self, when: str) -> bool:
        """Whether it holds on a day."""
        return self.start <= when < self.end

    def flags_on(self, when: str) -> tuple[BearingFlag, ...]:
        """The flags that qualify it on a day."""
        return tuple(flag for flag in self.flags if flag.start <= when < flag.end)


def bearings(shelf: Shelf, codes: Sequence[str], reading: str = DEPOSITARY) -> dict[str, list[Bearing]]:
    """All standings of a line of states under a reading, by instrument, oldest first.

    What the reading does not change is as the depositaries have it.
    """
    asked = ("bearings", tuple(codes), reading)
    if asked not in shelf.memo:
        shelf.memo[asked] = _bearings(shelf, codes, reading)
    found: dict[str, list[Bearing]] = shelf.memo[asked]
    return found


def _bearings(shelf: Shelf, codes: Sequence[str], reading: str) -> dict[str, list[Bearing]]:
    changed = {name for name, views in _changed(shelf).items() if reading in views}
    found: dict[str, list[Bearing]] = {}
    for code in reversed(codes):
        for row in shelf.get("bearing", code) or ():
            if row[0] == (reading if row[1] in changed else DEPOSITARY):
                found.setdefault(row[1], []).append(_bearing(code, row))
    return found


def _changed(shelf: Shelf) -> dict[str, list[str]]:
    """The readings that change anything, by instrument."""
    if "changed" not in shelf.memo:
        shelf.memo["changed"] = shelf.get("changed", "instruments") or {}
    found: dict[str, list[str]] = shelf.memo["changed"]
    return found


def changes(shelf: Shelf, instrument: str) -> list[str]:
    """The readings under which something differs for an instrument; empty for most."""
    return _changed(shelf).get(instrument, [])


def _bearing(code: str, row: Sequence[Any]) -> Bearing:
    flags = tuple(BearingFlag(f[0], f[1], f[2], f[3], tuple(f[4]), tuple(f[5]), tuple(f[6])) for f in row[11])
    return Bearing(
        code,
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        row[6],
        row[7],
        row[8],
        tuple(row[9]),
        tuple(row[10]),
        flags,
    )


def origin_of(rows: Iterable[Bearing], now: Bearing) -> str:
    """Since when the line has been bound without a break up to ``now`` (continuity counts)."""
    begun = now
    for row in sorted(rows, key=lambda item: item.start, reverse=True):
        if row.binds and row.end == begun.start:
            begun = row
    return begun.origin or begun.since
