"""What each state of the map is under an instrument over time, and which state a shape stood for on a day.

Shapes are those of today (:mod:`treatygraph.draw.outlines`). On an earlier day a shape stands for the state that the
record says was there: the one that it continues or succeeded, where it did not exist itself, and the one that it had
still to separate from. Where two were, it stands for both; where none is on record, for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from treatygraph.bonds.pairs import ends_of
from treatygraph.bonds.unknowns import turns_of
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import OPEN_TEXT
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["LOOKS", "MapPlace", "MapSpell", "Outlines", "look_on", "outlines", "places", "standings_on"]

LOOKS: Final[Mapping[str, str]] = {
    "party": "party",
    "provisional": "applies it provisionally",
    "disputed": "party, contested or suspended",
    "signed": "signed, not bound",
    "former": "former party",
    "none": "not a party",
    "not-known": "not known",
    "mixed": "two states then, not alike",
    "nobody": "no state of its own on record",
}
"""How a state looks on the map, the strongest first, and what that says."""
_OF: Final = {
    "party": "party", "participant": "party", "provisional": "provisional", "signatory": "signed",
    "contracting": "signed", "former-party": "former", "former-participant": "former", "none": "none",
    NOT_KNOWN: "not-known",
}  # fmt: skip
_DISPUTED: Final = frozenset({"contested", "suspended", "suspension-claimed"})


@dataclass(frozen=True)
class Outlines:
    """The shapes of states on a sheet in Equal Earth projection."""

    source: str
    width: float
    height: float
    ground: str
    """The earth's own outline, in the words of SVG, as the shapes are."""
    shapes: Mapping[str, str]
    """By code; one that begins with ``-`` is no state on record."""
    dots: Mapping[str, tuple[float, float]]
    """The places of what is too small for a shape."""


@cache
def outlines() -> Outlines:
    """The shapes that come with the package; made by ``scripts/outlines``."""
    data = json.loads(files("treatygraph.draw").joinpath("outlines/world.json").read_text(encoding="utf-8"))
    width, height = data["size"]
    dots = {code: (x, y) for code, (x, y) in data["dots"].items()}
    return Outlines(data["source"], width, height, data["ground"], data["shapes"], dots)


@dataclass(frozen=True)
class MapSpell:
    """What a place of the map is over ``[start, end)``."""

    start: str
    end: str
    look: str
    """One of :data:`LOOKS`."""
    states: tuple[tuple[str, str], ...]
    """The names of the states that it stands for, and how each looks; empty where there is none on record."""

    @property
    def says(self) -> str:
        """The states and their standings, in words."""
        return "; ".join(f"{name}: {LOOKS[look]}" for name, look in self.states) or LOOKS["nobody"]


@dataclass(frozen=True)
class MapPlace:
    """A shape or a dot, by its code, and what it is over time."""

    code: str
    pieces: tuple[MapSpell, ...]

    def on(self, day: str) -> MapSpell | None:
        """What it is on a day; None before the time that was asked for."""
        return next((piece for piece in self.pieces if piece.start <= day < piece.end), None)


def standings_on(index: Index, instrument: str, reading: str, code: str, day: date) -> tuple[str, frozenset[str]]:
    """The standing of a state on a day, ``none`` or ``not-known`` where it has no act that works, and its flags."""
    chain, when = line(index.existences(), code), day.isoformat()
    rows = index.standings(chain, reading).get(instrument, ())
    for row in rows:
        if row.on(when):
            return row.standing, frozenset(flag.flag for flag in row.flags_on(when))
    first = date.fromisoformat(min(row.start for row in rows)) if rows else None
    return index.knowledge(instrument).absence(chain, day, first).standing, frozenset()


def look_on(index: Index, instrument: str, reading: str, code: str, day: date) -> str:
    """How one state looks on the map on a day."""
    standing, flags = standings_on(index, instrument, reading, code, day)
    look = _OF[standing]
    return "disputed" if look in ("party", "provisional") and flags & _DISPUTED else look


def places(index: Index, instrument: str, reading: str, since: date, until: date) -> Iterator[MapPlace]:
    """Every place of the map, and what it is from one day to another; and every state for which it has none."""
    maker, begin, end = _Places(index, instrument, reading), since.isoformat(), until.isoformat()
    for code in sorted({*outlines().shapes, *outlines().dots}):
        if code in outlines().shapes or code in index.existences():
            yield MapPlace(code, tuple(maker.pieces(code, begin, end)))
    for code in maker.undrawn():
        pieces = tuple(piece for piece in maker.pieces(code, begin, end, own=True) if piece.states)
        if pieces:
            yield MapPlace(code, pieces)


class _Places:
    """The places of one instrument."""

    def __init__(self, index: Index, instrument: str, reading: str) -> None:
        self._index, self._instrument, self._reading = index, instrument, reading
        self._lives = index.existences()
        self._states = index.states()
        lines = (line(self._lives, code) for code in self._lives)
        self._turns = turns_of(index, instrument, lines, reading)
        self._looks: dict[tuple[str, str], str] = {}

    def pieces(self, code: str, since: str, until: str, *, own: bool = False) -> Iterator[MapSpell]:
        """What a place is; with ``own``, what that state alone is."""
        ancestors = [code] if own else self._ancestors(code)
        edges = {edge for name in ancestors for edge in (self._lives[name].start, self._lives[name].end)}
        for name in ancestors:
            rows = self._index.standings(line(self._lives, name), self._reading).get(self._instrument, ())
            edges.update(ends_of(rows))
        days = sorted({since, *(day for day in (*edges, *self._turns) if since < day <= until)})
        last: MapSpell | None = None
        for start, end in pairwise((*days, OPEN_TEXT)):
            here = self._piece(self._own(code, start) if own else self._shown(code, start), start, end)
            if last and last.states == here.states:
                last = MapSpell(last.start, end, last.look, last.states)
                continue
            if last:
                yield last
            last = here
        if last:
            yield last

    def _ancestors(self, code: str) -> list[str]:
        """The state and all that it continues or succeeded, at any remove."""
        ancestors = [code] if code in self._lives else []
        for name in ancestors:
            life = self._lives[name]
            ancestors += [other for other in (life.continues, *life.successor_of)
                      if other and other in self._lives and other not in ancestors]  # fmt: skip
        return ancestors

    def holders(self, code: str, day: str) -> list[str]:
        """The states that a shape stands for on a day."""
        life = self._lives.get(code)
        if life is None:
            return []
        if life.on(day) and not self._not_yet(code, day):
            return [code]
        before = [name for name in (life.continues, *life.successor_of) if name in self._lives]
        return sorted({holder for name in before for holder in self.holders(name, day)})

    def _not_yet(self, code: str, day: str) -> bool:
        """Whether it was still a part of a state that has ended since (Ukraine in 1985)."""
        if self._states[code].mode != "separation":
            return False
        return any(
            life.on(day) and life.end < OPEN_TEXT
            for name in self._lives[code].successor_of
            if (life := self._lives.get(name))
        )

    def _own(self, code: str, day: str) -> list[str]:
        return [code] if self._lives[code].on(day) and not self._not_yet(code, day) else []

    def _shown(self, code: str, day: str) -> list[str]:
        """The states of a shape; a part of a state that is bound in its own name (Ukraine in 1963) is itself."""
        life = self._lives.get(code)
        if life and life.on(day):
            rows = self._index.standings(line(self._lives, code), self._reading).get(self._instrument, ())
            if any(row.on(day) for row in rows):
                return [code]
        return self.holders(code, day)

    def undrawn(self) -> list[str]:
        """The states without a place of their own, nor one that stands for them on any day, in order of code."""
        drawn = {name for code in (*outlines().shapes, *outlines().dots) for name in self._ancestors(code)}
        absorbed = {code for code in drawn if code not in outlines().shapes and code not in outlines().dots}
        there = {code for code in absorbed if self._shown_ever(code)}
        return sorted(code for code in self._lives if code not in drawn or code in absorbed - there)

    def _shown_ever(self, code: str) -> bool:
        """Whether a shape stands for a state on its last day."""
        life = self._lives[code]
        last = (date.fromisoformat(life.end) - timedelta(days=1)).isoformat() if life.end < OPEN_TEXT else life.start
        return any(code in self.holders(place, last) for place in (*outlines().shapes, *outlines().dots))

    def _piece(self, holders: Sequence[str], start: str, end: str) -> MapSpell:
        states = tuple((self._lives[name].name, self._look(name, start)) for name in holders)
        looks = {look for _, look in states}
        return MapSpell(start, end, "nobody" if not looks else "mixed" if len(looks) > 1 else looks.pop(), states)

    def _look(self, code: str, day: str) -> str:
        key = code, day
        if key not in self._looks:
            when = date.fromisoformat(day)
            self._looks[key] = look_on(self._index, self._instrument, self._reading, code, when)
        return self._looks[key]
