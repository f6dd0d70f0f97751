"""How many instruments bound two powers over time, by topic, and what came and went between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed
from treatygraph.bonds.matrix import Mask
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.pairs import Powers
from treatygraph.bonds.powers import power
from treatygraph.bonds.unknowns import unknowns
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.index_records import Summary
from treatygraph.network.snapshot import Selection
from treatygraph.network.steps import Spell, Step, spells, steps

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["EVERY", "History", "Point", "history", "points_in_time"]

EVERY = ("year", "month")
_FIRST = date(1945, 12, 31)
_NAMED = 4
"""How many instruments a note names."""


@dataclass(frozen=True)
class Point:
    """What bound both on a day."""

    on: date
    instruments: int
    """As ``between`` counts them: parts with their parent."""
    parts: int
    """Protocols, amendments and extensions beside a parent that bound both too."""
    binding: int
    """Of ``instruments`` and ``parts``, those that are legally binding."""
    bilateral: int
    """Of those that are binding, those between the two alone."""
    limits: int
    """Of those that are binding, those whose card states a limit: a number, a range or a yield."""
    topics: dict[str, int]
    """Of ``instruments`` and ``parts``, how many by topic; one can have several."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "on": self.on.isoformat(),
            "instruments": self.instruments,
            "parts": self.parts,
            "binding": self.binding,
            "bilateral": self.bilateral,
            "limits": self.limits,
            "topics": dict(self.topics),
        }


@dataclass(frozen=True)
class History(Citable):
    """Two powers over time."""

    answer: str
    states: tuple[str, str]
    since: date
    every: str
    selection: Selection
    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        asked = {"states": list(self.states), "since": self.since.isoformat(), "every": self.every}
        selection = {key: value for key, value in self.selection.to_dict().items() if key not in ("group", "on")}
        return {
            "answer": self.answer,
            "question": {**asked, "until": self.selection.on.isoformat(), **selection},
            "points": [item.to_dict() for item in self.points],
            "steps": [item.to_dict() for item in self.steps],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per day, a column per count and topic, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [{**item.to_dict(), **item.topics} for item in self.points]
        return pandas.DataFrame(rows).drop(columns=["topics"], errors="ignore").fillna(0)


def points_in_time(since: date, until: date, every: str) -> list[date]:
    """The last days of the years or months from ``since`` on, and ``until`` itself.

    Raises:
        UnknownName: ``every`` is neither ``year`` nor ``month``.
        UsageError: the time ends before it begins.
    """
    if every not in EVERY:
        raise UnknownName("step", every, EVERY)
    if until < since:
        raise UsageError(f"the time from {since} to {until} ends before it begins.")
    days, year, month = [], since.year, 12 if every == "year" else since.month
    while (last := _last_of(year, month)) < until:
        if last >= since:
            days.append(last)
        year, month = (year + 1, month) if every == "year" else (year + month // 12, month % 12 + 1)
    return [*days, until]


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def history(
    index: Index, first: str, second: str, selection: Selection, *, since: date | None = None, every: str = "year"
) -> History:
    """How many instruments bound two powers on the last day of every year or month, and each step between.

    Args:
        index: the documents of the graph.
        first: a state or group, by any of its names; a group is its members on the last day.
        second: the other one.
        selection: topic, binding nature and reading; its day is the last one.
        since: the first day; None: from before the first instrument that bound both, but not before the end of 1945.
            The sentence says from when on it counts, and how many bound both by then.
        every: ``year`` or ``month``.

    What counts on a day is what ``between`` lists then. What a count does not say: how much an instrument
    limits, whether it is kept, or whether one side claims that it is suspended (``between`` flags that).

    Raises:
        UnknownName: a power, topic or step is not on record.
        UsageError: both are the same power, or one did not exist on the last day.
    """
    until = selection.on
    sides = power(index, first, until), power(index, second, until)
    if sides[0].id == sides[1].id:
        raise UsageError(f"'{first}' and '{second}' are both {sides[0].title}; name two powers.")
    table = intervals(index, selection.reading)
    wanted = table.wanted(selection.topic, binding=selection.binding)
    series = _wanted(spells(index, sides, selection.reading), table.instruments, wanted)
    begun = since or _before_first(series, until)
    limits = {name for name in series if _sets_limits(index, name)}
    points = tuple(_point(day, series, index.summaries(), limits) for day in points_in_time(begun, until, every))
    made = steps(index, series, selection.reading, begun if since else begun - timedelta(days=1), until)
    names = {name for name, there in zip(table.instruments, wanted.tolist(), strict=True) if there}
    rows = [row for row in unknowns(index, sides, selection.reading, until) if row.instrument in names]
    doubtful = [index.summary(row.instrument) for row in rows]
    return History(
        answer=_sentence(sides, points, every, ever=bool(series), may=bool(doubtful)),
        states=(sides[0].id, sides[1].id),
        since=begun,
        every=every,
        selection=selection,
        points=points,
        steps=made,
        notes=(*_notes(sides, made, until), *_left_open(doubtful, until)),
        edition=edition_of(index),
    )


def _wanted(
    chosen: dict[str, tuple[Spell, ...]], instruments: tuple[str, ...], wanted: Mask
) -> dict[str, tuple[Spell, ...]]:
    kept = {name for name, there in zip(instruments, wanted.tolist(), strict=True) if there}
    return {name: some for name, some in chosen.items() if name in kept}


def _before_first(found: Mapping[str, tuple[Spell, ...]], until: date) -> date:
    """The end of the year before the first step, from 1945 on."""
    first = min((spell.start for some in found.values() for spell in some), default=until.toordinal())
    return min(max(_FIRST, date(max(date.fromordinal(first).year - 1, 1), 12, 31)), until)


def _sets_limits(index: Index, name: str) -> bool:
    card = index.instrument(name)
    return card is not None and bool(card.clauses_of("limit"))


def _point(
    on: date, found: Mapping[str, tuple[Spell, ...]], summaries: Mapping[str, Summary], limits: set[str]
) -> Point:
    when = on.toordinal()
    here = {name for name, some in found.items() if any(spell.start <= when < spell.end for spell in some)}
    parts = [name for name in here if not here.isdisjoint(summaries[name].parents)]
    binding = [name for name in here if summaries[name].binding is True]
    topics = Counter(topic for name in here for topic in summaries[name].topics)
    return Point(
        on=on,
        instruments=len(here) - len(parts),
        parts=len(parts),
        binding=len(binding),
        bilateral=sum(1 for name in binding if summaries[name].scope == "bilateral"),
        limits=sum(1 for name in binding if name in limits),
        topics=dict(sorted(topics.items())),
    )


def _notes(sides: Powers, made: tuple[Step, ...], until: date) -> list[str]:
    texts = [note for one in sides for note in one.notes]
    texts += [f"{one.title} is its members on {until} throughout" for one in sides if one.is_group]
    recall = sorted({step.instrument for step in made if step.unverified})
    if recall:
        texts.append(f"unverified (general knowledge): steps of {', '.join(recall)}")
    return texts


def _left_open(doubtful: Sequence[Summary], until: date) -> Iterator[str]:
    """Of what the record cannot say on the last day whether it held both (rule K8)."""
    if doubtful:
        titles = [summary.title for summary in doubtful]
        more = [f"{len(titles) - _NAMED} more"] if len(titles) > _NAMED else []
        yield (
            f"of {listed([*titles[:_NAMED], *more])} the record cannot say whether "
            f"{'it' if len(titles) == 1 else 'they'} held both on {long_form(until)}: counts are at least so many"
        )


def _sentence(sides: Powers, points: tuple[Point, ...], every: str, *, ever: bool, may: bool) -> str:
    """How many bind both now and at most, and from when on that was counted.

    ``ever``: something once bound both; ``may``: the record cannot say of more.
    """
    first, last = points[0], points[-1]
    both = f"{sides[0].name} and {sides[1].name}"
    if not ever:
        return f"Nothing on record bound {both} up to {long_form(last.on)}."
    if not any(point.instruments for point in points):
        if first is last:
            return f"Nothing on record bound {both} on {long_form(last.on)}."
        return (
            f"Nothing on record bound {both} at the end of any {every} from {long_form(first.on)} on, "
            f"or on {long_form(last.on)}."
        )
    count = f"{'at least ' if may and last.binding else ''}{last.binding or 'no'}"
    text = f"On {long_form(last.on)}, {count} legally binding instruments (parts counted) bound {both}"
    if first is last:
        return f"{text}."
    text += f", at most {_peak(points, 'binding')}"
    if any(point.bilateral for point in points):
        text += f"; between the two alone {last.bilateral or 'none'}, at most {_peak(points, 'bilateral')}"
    if any(point.limits for point in points):
        text += f"; with limits on arms or tests {last.limits or 'none'}, at most {_peak(points, 'limits')}"
    return (
        f"{text}. Counted at the end of each {every} from {long_form(first.on)} on, when {first.binding or 'none'} did."
    )


def _peak(points: tuple[Point, ...], key: str) -> str:
    """``7 (from 1995 to 2001)``: the highest count and its first and last years."""
    most = max(getattr(point, key) for point in points)
    years = [point.on.year for point in points if getattr(point, key) == most]
    when = f"in {years[0]}" if years[0] == years[-1] else f"first in {years[0]}, last in {years[-1]}"
    return f"{most} ({when})"
