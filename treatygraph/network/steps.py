"""When an instrument came to bind two powers and when it ceased to, and the act behind each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from treatygraph.answers.reasoning import acts_of, standings_of
from treatygraph.bonds.matrix import Intervals
from treatygraph.bonds.pairs import Stretch, pairings
from treatygraph.bonds.powers import Side
from treatygraph.bonds.standings import Bearing
from treatygraph.build.shelf import Shelf
from treatygraph.model.standings import Because, Standing

__all__ = ["Spell", "Step", "spells", "steps"]

_OPEN = date.max.toordinal()


@dataclass(frozen=True)
class Spell:
    """An instrument bound both sides over ``[start, end)`` (day ordinals) without a break."""

    instrument: str
    start: int
    end: int
    opening: tuple[Stretch, ...]
    """The stretches that begin it."""
    closing: tuple[Stretch, ...]
    """The stretches that end it."""


@dataclass(frozen=True)
class Step:
    """An instrument came to bind both sides, or ceased to."""

    date: str
    change: str
    """``began`` or ``ended``."""
    instrument: str
    title: str
    because: str
    acts: tuple[dict[str, Any], ...]
    """What it rests on: rule, act or fact of the card, day, sources."""
    scope: str
    binding: bool | None
    topics: tuple[str, ...]
    part_of: str
    """The instrument it is a part of; empty for most."""
    sources: tuple[str, ...]
    unverified: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "date": self.date,
            "change": self.change,
            "instrument": self.instrument,
            "title": self.title,
            "because": self.because,
            "acts": [dict(item) for item in self.acts],
            "scope": self.scope,
            "binding": self.binding,
            "topics": list(self.topics),
            "part_of": self.part_of or None,
            "sources": list(self.sources),
            "unverified": self.unverified,
        }


def spells(shelf: Shelf, sides: tuple[Side, Side], reading: str, table: Intervals) -> dict[str, tuple[Spell, ...]]:
    """The times in which each instrument bound both sides, one-sided pledges and denied bonds left out."""
    found = {}
    for name, stretches in pairings(shelf, sides, reading).items():
        if table.briefs[name]["scope"] != "unilateral":
            found[name] = tuple(_joined(name, list(_accepted(name, stretches, table))))
    return {name: some for name, some in found.items() if some}


def _accepted(name: str, stretches: Sequence[Stretch], table: Intervals) -> Iterator[tuple[int, int, Stretch]]:
    """The stretches without the days on which one state denies the other the bond."""
    number = table.instruments.index(name)
    denied = [item for item in table.denials if item.instrument == number]
    for stretch in stretches:
        start, end = _ordinal(stretch.start), _ordinal(stretch.end)
        lines = {table.index(stretch.first.state), table.index(stretch.second.state)} if denied else set()
        for item in sorted(denied, key=lambda item: item.start):
            if {item.first, item.second} == lines and item.start < end and start < item.end:
                if start < item.start:
                    yield start, item.start, stretch
                start = item.end
        if start < end:
            yield start, end, stretch


def _joined(name: str, pieces: list[tuple[int, int, Stretch]]) -> Iterator[Spell]:
    """Pieces that meet or overlap are one spell: the Soviet Union's and Russia's, or those of two members."""
    runs: list[list[tuple[int, int, Stretch]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[:2]):
        if runs and piece[0] <= max(end for _, end, _ in runs[-1]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    for run in runs:
        start, end = run[0][0], max(last for _, last, _ in run)
        opening = tuple(stretch for first, _, stretch in run if first == start)
        closing = tuple(stretch for _, last, stretch in run if last == end)
        yield Spell(name, start, end, opening, closing)


def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def steps(
    shelf: Shelf, found: dict[str, tuple[Spell, ...]], reading: str, since: date, until: date
) -> tuple[Step, ...]:
    """Every step after ``since`` up to ``until``, in order of time; an end before a beginning on one day."""
    made = []
    for name, some in found.items():
        for spell in some:
            if since.toordinal() < spell.start <= until.toordinal():
                made.append(_began(shelf, name, spell, reading))
            if since.toordinal() < spell.end <= until.toordinal():
                made.append(_ended(shelf, name, spell, reading))
    return tuple(sorted(made, key=lambda step: (step.date, step.change != "ended", step.instrument)))


def _began(shelf: Shelf, name: str, spell: Spell, reading: str) -> Step:
    day = date.fromordinal(spell.start).isoformat()
    rows = _rows(spell.opening, lambda row: row.start == day)
    because = [step for row in rows for item in _of(shelf, row, reading) for step in item.because]
    brief = shelf.get("brief", name)
    if not rows:
        phrase = "bond accepted by both"
    elif brief["entry"] == day:
        phrase = "entered into force" if brief["treaty"] else "became operative"
    elif all(row.standing == "provisional" for row in rows):
        phrase = "provisionally applied"
    else:
        phrase = _phrase(because) or "consent of both"
    return _step(brief, name, day, "began", phrase, because, [s for row in rows for s in row.sources])


def _ended(shelf: Shelf, name: str, spell: Spell, reading: str) -> Step:
    day = date.fromordinal(spell.end).isoformat()
    rows = _rows(spell.closing, lambda row: row.end == day)
    because = [step for row in rows for item in _of(shelf, row, reading) for step in item.ending]
    reasons = dict.fromkeys(row.reason for row in rows if row.reason)
    phrase = "; ".join(reasons) or ("ended" if rows else "bond no longer accepted by both")
    return _step(
        shelf.get("brief", name), name, day, "ended", phrase, because, [s for row in rows for s in row.ending_sources]
    )


def _rows(stretches: Sequence[Stretch], wanted: Any) -> list[Bearing]:
    return [row for row in dict.fromkeys(row for s in stretches for row in (s.first, s.second)) if wanted(row)]


def _of(shelf: Shelf, row: Bearing, reading: str) -> list[Standing]:
    found = standings_of(shelf, row.instrument, reading, row.state)
    return [item for item in found if item.start.isoformat() == row.start]


def _phrase(because: Sequence[Because]) -> str:
    """``ratification of RUS``, by the acts of the reasoning; empty where none is named."""
    found: dict[str, None] = {}
    for step in because:
        parts = step.act.split("/")
        if len(parts) > 3 and "#" not in step.act:
            found[f"{parts[2].replace('-', ' ')} of {parts[1]}"] = None
    return "; ".join(found)


def _step(
    brief: Any, name: str, day: str, change: str, because: str, steps: Sequence[Because], sources: Sequence[str]
) -> Step:
    own = tuple(dict.fromkeys(sources))
    return Step(
        date=day,
        change=change,
        instrument=name,
        title=brief["title"],
        because=because,
        acts=acts_of(steps),
        scope=brief["scope"],
        binding=brief["binding"],
        topics=tuple(brief["topics"]),
        part_of=brief["parents"][0] if brief["parents"] else "",
        sources=own or tuple(brief["sources"]),
        unverified=set(own) == {"recall"},
    )
