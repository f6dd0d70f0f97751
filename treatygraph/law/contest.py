"""Where readings differ: the default answer carries the flag ``contested`` on those days (rules R39, K11).

A flag lives no longer than the difference that it shows: it is cut where either view changes. It says what its
authority holds on those days, since when and why; who holds the same and who has denied it stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from treatygraph.model.records import Assertion
from treatygraph.model.standings import Because, Derivation, Flag, Standing
from treatygraph.model.vocabulary import CLAUSE

__all__ = ["contested"]

_MATERIAL = ("notice-pending", "suspended", "suspension-claimed")
"""Flags that make two views of one standing differ."""

_View = tuple[str, frozenset[str]]
"""A standing, empty where there is none, and the material flags on it."""


def contested(default: Derivation, others: Sequence[Derivation], said: Iterable[Assertion] = ()) -> Derivation:
    """The default derivation, with a flag for every interval on which another reading differs in one way.

    Args:
        default: what the depositaries' reading yields, without flags of disputes.
        others: the readings that differ from it somewhere.
        said: what authorities have asserted about the instrument, for who has denied a view.
    """
    court = _Court(default, others, tuple(item for item in said if item.state))
    disputes = [flag for other in others for flag in court.flags(other)]
    if not disputes:
        return default
    flags = sorted(
        dict.fromkeys((*default.flags, *disputes)), key=lambda f: (f.state, f.start, f.flag, f.by, f.against)
    )
    return replace(default, flags=tuple(flags))


@dataclass(frozen=True)
class _Court:
    """The views of all readings of one instrument."""

    default: Derivation
    others: Sequence[Derivation]
    said: tuple[Assertion, ...]

    def flags(self, other: Derivation) -> Iterator[Flag]:
        states = {item.state for item in self.default.standings} | {item.state for item in other.standings}
        for state in sorted(states):
            for start, end in _differences(state, self.default, other):
                yield self._flag(state, other, start, end)

    def _flag(self, state: str, other: Derivation, start: date, end: date) -> Flag:
        row = _row(state, other, start)
        held = ", ".join((row.standing if row else "none", *sorted(_view(state, other, start)[1])))
        since = (row.origin or row.since) if row else ""
        step = Because("R39", date=since, text=f"{other.reading} holds: {held}")
        own = self._own(state, other.reading)
        why = row.because if row else tuple(_said(item) for item in own)
        same, against = self._sides(state, other, start, end)
        return Flag(
            state,
            self.default.instrument,
            "contested",
            start,
            end,
            other.reading,
            (),
            held,
            (step, *why),
            same,
            against,
        )

    def _own(self, state: str, reading: str) -> list[Assertion]:
        return [item for item in self.said if (item.authority, item.state) == (reading, state)]

    def _sides(self, state: str, other: Derivation, start: date, end: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who else holds the same on those days, and who of those that have spoken of the state holds otherwise."""
        if other.reading == CLAUSE:
            return (), ()
        view = _view(state, other, start)
        readings = {item.reading: item for item in self.others}
        spoken = {item.authority for item in self.said if item.state == state and item.said.earliest < end}
        views = {
            name: _view(state, readings.get(name, self.default), start) for name in spoken - {other.reading, CLAUSE}
        }
        return (
            tuple(sorted(name for name, held in views.items() if held == view)),
            tuple(sorted(name for name, held in views.items() if held != view)),
        )


def _said(item: Assertion) -> Because:
    return Because("R39", item.id, item.said.text, item.cite.sources, f"{item.authority} {item.stance}")


def _differences(state: str, default: Derivation, other: Derivation) -> Iterator[tuple[date, date]]:
    """The intervals on which the two differ, each as long as both views stay what they are."""
    days = sorted(_edges(state, default) | _edges(state, other))
    start: date | None = None
    shown: tuple[_View, _View] | None = None
    for first, last in pairwise(days):
        views = (_view(state, default, first), _view(state, other, first))
        differ = views[0] != views[1]
        if start and (not differ or views != shown):
            yield start, first
            start = None
        if differ and not start:
            start, shown = first, views
        if start and last == days[-1]:
            yield start, last


def _edges(state: str, derived: Derivation) -> set[date]:
    pieces: list[Standing | Flag] = [*derived.of(state)]
    pieces += [flag for flag in derived.flags if flag.state == state and flag.flag in _MATERIAL]
    return {edge for piece in pieces for edge in (piece.start, piece.end)}


def _row(state: str, derived: Derivation, when: date) -> Standing | None:
    return next((item for item in derived.of(state) if item.start <= when < item.end), None)


def _view(state: str, derived: Derivation, when: date) -> _View:
    row = _row(state, derived, when)
    flags = frozenset(
        flag.flag
        for flag in derived.flags
        if flag.state == state and flag.flag in _MATERIAL and flag.start <= when < flag.end
    )
    return row.standing if row else "", flags - {"suspension-claimed"} if "suspended" in flags else flags
