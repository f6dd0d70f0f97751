"""When an instrument came to bind two powers and when it ceased to, and the act behind each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from treatygraph.answers.reasoning import ReasonStep, acts_of
from treatygraph.bonds.pairs import Bond, MutualInterval, Powers, mutual
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.index_records import StandingRow, Summary
from treatygraph.model.standings import Because, Standing

__all__ = ["Spell", "Step", "spells", "steps"]

_OPEN = date.max.toordinal()


@dataclass(frozen=True)
class Spell:
    """An instrument bound both sides over ``[start, end)`` (day ordinals) without a break."""

    instrument: str
    start: int
    end: int
    opening: tuple[MutualInterval, ...]
    """The stretches that begin it."""
    closing: tuple[MutualInterval, ...]
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
    acts: tuple[ReasonStep, ...]
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


def spells(index: Index, powers: Powers, reading: str) -> dict[str, tuple[Spell, ...]]:
    """The times in which each instrument bound both powers, one-sided pledges and denied bonds left out."""
    bonds = mutual(index, powers, reading)
    several = {name: tuple(_joined(bond)) for name, bond in bonds.items() if index.summary(name).scope != "unilateral"}
    return {name: some for name, some in several.items() if some}


def _joined(bond: Bond) -> Iterator[Spell]:
    """Intervals that meet or overlap are one spell: the Soviet Union's and Russia's, or those of two members."""
    for start, end in bond.days:
        inside = sorted(
            (part for part in bond.intervals if start <= part.start < end), key=lambda part: (part.start, part.end)
        )
        opening = tuple(part for part in inside if part.start == start)
        closing = tuple(part for part in inside if part.end == end)
        yield Spell(bond.instrument, _ordinal(start), _ordinal(end), opening, closing)


def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def steps(
    index: Index, changes: dict[str, tuple[Spell, ...]], reading: str, since: date, until: date
) -> tuple[Step, ...]:
    """Every step after ``since`` up to ``until``, in order of time; an end before a beginning on one day."""
    made = []
    for name, some in changes.items():
        for spell in some:
            if since.toordinal() < spell.start <= until.toordinal():
                made.append(_began(index, name, spell, reading))
            if since.toordinal() < spell.end <= until.toordinal():
                made.append(_ended(index, name, spell, reading))
    return tuple(sorted(made, key=lambda step: (step.date, step.change != "ended", step.instrument)))


def _began(index: Index, name: str, spell: Spell, reading: str) -> Step:
    day = date.fromordinal(spell.start).isoformat()
    rows = _rows(spell.opening, lambda row: row.start == day)
    because = [step for row in rows for item in _of(index, row, reading) for step in item.because]
    summary = index.summary(name)
    if not rows:
        phrase = "bond accepted by both"
    elif summary.entry == day:
        phrase = "entered into force" if summary.is_treaty else "became operative"
    elif all(row.standing == "provisional" for row in rows):
        phrase = "provisionally applied"
    else:
        phrase = _phrase(because) or "consent of both"
    return _step(summary, day, "began", phrase, because, [s for row in rows for s in row.sources])


def _ended(index: Index, name: str, spell: Spell, reading: str) -> Step:
    day = date.fromordinal(spell.end).isoformat()
    rows = _rows(spell.closing, lambda row: row.end == day)
    because = [step for row in rows for item in _of(index, row, reading) for step in item.ending]
    reasons = dict.fromkeys(row.reason for row in rows if row.reason)
    phrase = "; ".join(reasons) or ("ended" if rows else "bond no longer accepted by both")
    return _step(index.summary(name), day, "ended", phrase, because, [s for row in rows for s in row.ending_sources])


def _rows(stretches: Sequence[MutualInterval], wanted: Callable[[StandingRow], bool]) -> list[StandingRow]:
    return [row for row in dict.fromkeys(row for s in stretches for row in (s.first, s.second)) if wanted(row)]


def _of(index: Index, row: StandingRow, reading: str) -> list[Standing]:
    standings = index.standings_of(row.instrument, reading, row.state)
    return [item for item in standings if item.start.isoformat() == row.start]


def _phrase(because: Sequence[Because]) -> str:
    """``ratification of RUS``, by the acts of the reasoning; empty where none is named."""
    names: dict[str, None] = {}
    for step in because:
        parts = step.act.split("/")
        if len(parts) > 3 and "#" not in step.act:
            names[f"{parts[2].replace('-', ' ')} of {parts[1]}"] = None
    return "; ".join(names)


def _step(
    summary: Summary, day: str, change: str, because: str, steps: Sequence[Because], sources: Sequence[str]
) -> Step:
    own = tuple(dict.fromkeys(sources))
    return Step(
        date=day,
        change=change,
        instrument=summary.id,
        title=summary.title,
        because=because,
        acts=acts_of(steps),
        scope=summary.scope,
        binding=summary.binding,
        topics=summary.topics,
        part_of=summary.parents[0] if summary.parents else "",
        sources=own or summary.sources,
        unverified=is_recall(own),
    )
