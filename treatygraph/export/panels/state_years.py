"""The panels of states by year: counts for each state, and one row for each instrument and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from treatygraph.bonds.scope import scopes_by_bond
from treatygraph.bonds.unknowns import open_intervals
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Field, Table, of
from treatygraph.export.panels.columns import (
    FOLDED,
    KNOWN,
    UNDER,
    code_fields,
    count_fields,
    count_names,
    counts_of,
    instrument_cells,
    is_vague,
    list_fields,
)
from treatygraph.export.panels.years import Interval, Unit, Window, days_within, units, window, worth
from treatygraph.export.selection import STAGES, ExportSelection, held
from treatygraph.law.succession import line
from treatygraph.model.index_records import StandingRow
from treatygraph.model.intervals import merged, without

__all__ = ["INSTRUMENT_STATE_YEARS", "STATE_YEARS", "instrument_state_years", "long_table", "state_years",
           "state_years_table"]  # fmt: skip

_BEFORE: Final = ("contracting", "signatory")


def state_years_table(at: str = "end") -> Table:
    """The table of state-years; where shares of the year are counted, the counts are numbers with a fraction."""
    kind = "number" if at == "share" else "integer"
    return Table(
        "state-years",
        "How many instruments held each state in each year.",
        (
            *_subject(),
            *count_fields("the state", kind),
            of("contracting", "Number of instruments to which the state has consented without being bound yet.",
               type=kind, formula="standing is contracting"),
            of("signatory", "Number of instruments that it has signed and not consented to.", type=kind,
               formula="standing is signatory"),
            of("left_open", "Number of instruments of which the record cannot tell whether they held the state.",
               type=kind, formula="instruments_max - instruments"),
            of("known", "yes where nothing is left open: a zero is a zero. no: a zero may be more.",
               formula="yes if left_open = 0"),
        ),
        lambda _: (),
        ("year", "state", "cow"),
    )  # fmt: skip


def long_table(at: str = "end") -> Table:
    """The table of instruments and states by year."""
    kind = "number" if at == "share" else "integer"
    return Table(
        "instrument-state-years",
        "What each state was under each instrument in each year: the long form, with absence told from ignorance.",
        (
            *_subject(),
            *UNDER,
            of("standing", "party, participant, provisional, contracting, signatory, none or not-known, on the last of "
               "the days counted on which the state was there."),
            of("bound", "1 if the instrument held the state, 0 if not, empty (NA) where the record cannot tell; of "
               "shares of the year the part of its days.", type=kind,
               formula="1 or the share of days bound; NA where bound_max is more"),
            of("bound_max", "The same with days on which it may have been bound.", type=kind),
            of("known", KNOWN),
            of("as_of", "The last day, in EDTF, up to which the ledger is whole but for its gaps; empty: whole for no "
               "day."),
        ),
        lambda _: (),
        ("year", "instrument", "state", "cow"),
    )  # fmt: skip


def _subject() -> tuple[Field, ...]:
    return (
        of("year", "Year.", type="integer"),
        of("on", "Day counted: 31 December of the year; empty where every day of it is.", type="date"),
        *code_fields("", "the state"),
        *list_fields("", "the state"),
    )


class _StateDays(NamedTuple):
    """When an instrument holds a state, may hold it, and what it was before."""

    bound: Sequence[Interval]
    open: Sequence[Interval]
    stages: Mapping[str, Sequence[Interval]]
    """By standing."""
    vague: frozenset[str]
    """First days of stretches that began before, on a day that the record does not know."""

    def standing(self, day: str) -> str:
        """The standing on a day; ``not-known`` where it may be bound."""
        for name, days in self.stages.items():
            if days_within(days, day, _after(day)):
                return name
        return "not-known" if days_within(self.open, day, _after(day)) else "none"


_NOTHING: Final = _StateDays((), (), {}, frozenset())
_Held = dict[str, dict[str, _StateDays]]


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _held(index: Index, selection: ExportSelection) -> _Held:
    """By state and instrument, in days."""
    rows: dict[tuple[str, str], list[StandingRow]] = {}
    for row in held(index, selection, STAGES):
        rows.setdefault((row.state, row.instrument), []).append(row)
    doubtful: dict[tuple[str, str], list[Interval]] = {}
    wanted = set(selection.states(index))
    for item in open_intervals(index, selection.reading, selection.instruments(index)):
        if item.state in wanted:
            doubtful.setdefault((item.state, item.instrument), []).append((item.start, item.end))
    by_state: _Held = {}
    for state, name in rows.keys() | doubtful.keys():
        by_state.setdefault(state, {})[name] = _days_of(rows.get((state, name), ()), doubtful.get((state, name), ()))
    return by_state


def _days_of(rows: Sequence[StandingRow], doubtful: Sequence[Interval]) -> _StateDays:
    stages: dict[str, list[Interval]] = {}
    for row in rows:
        stages.setdefault(row.standing, []).append((row.start, row.end))
    bound = merged((row.start, row.end) for row in rows if row.binds)
    vague = frozenset(row.start for row in rows if row.binds and is_vague(row.since))
    return _StateDays(bound, doubtful, stages, vague)


def state_years(index: Index, selection: ExportSelection, since: int, until: int) -> Iterator[tuple[Cell, ...]]:
    """A row for every state that is there in a year."""
    summaries, by_state = selection.instruments(index), _held(index, selection)
    masks = counts_of(index, summaries, scopes_by_bond(index, selection.reading))
    counted = {name: [mask[number] for mask in masks] for number, name in enumerate(summaries)}
    parts = [count_names().index(name) for name in FOLDED]
    parents = {name: summary.parents for name, summary in summaries.items()}
    for year in range(since, until + 1):
        span = window(year, selection.at)
        for unit in sorted(units(index, selection, span), key=lambda unit: unit.shown.order):
            mine = by_state.get(unit.state, {})
            known, upper = [0.0] * len(masks), [0.0] * len(masks)
            whole, before = [0.0] * len(parts), [0.0] * len(_BEFORE)
            for name, days in mine.items():
                value, most = _values(days, unit, span)
                alone = _worth_alone(mine, name, parents[name], unit, span) if value else 0
                _add(known, counted[name], value)
                _add(upper, counted[name], most)
                _add(whole, [counted[name][number] for number in parts], alone)
                for number, stage in enumerate(_BEFORE):
                    before[number] += _worth(days.stages.get(stage, ()), unit, span)
            left_open = round(upper[0] - known[0], 6)
            cells = (_cell(value, span) for value in (*known, *upper, *whole, *before, left_open))
            yield (*_codes(unit, span), *cells, "no" if left_open else "yes")


def _values(days: _StateDays, unit: Unit, span: Window) -> tuple[float, float]:
    """What the days bound are worth, and with those on which it may have been."""
    return _worth(days.bound, unit, span), _worth((*days.bound, *days.open), unit, span)


def _worth(days: Sequence[Interval], unit: Unit, span: Window) -> float:
    return worth(days_within(days, unit.start, unit.end), span)


def _worth_alone(
    mine: Mapping[str, _StateDays], name: str, parents: Sequence[str], unit: Unit, span: Window
) -> float:  # fmt: skip
    """What the days are worth on which no parent of a part holds the state too."""
    whole = merged(days for parent in parents for days in mine.get(parent, _NOTHING).bound)
    return _worth(list(without(mine[name].bound, whole)), unit, span)


def _add(sums: list[float], counted: Sequence[bool], value: float) -> None:
    for number, counts in enumerate(counted):
        if counts:
            sums[number] += value


def _cell(value: float, span: Window) -> Cell:
    return round(value, 6) if span.at == "share" else int(value)


def _codes(unit: Unit, span: Window) -> tuple[Cell, ...]:
    return (span.year, span.on, *unit.shown[:4], *unit.shown.inside)


def instrument_state_years(
    index: Index, selection: ExportSelection, since: int, until: int
) -> Iterator[tuple[Cell, ...]]:
    """A row for every instrument, state and year in which the state could act under it.

    From the year in which the instrument was opened to the one in which it ended; of one made for some states only
    these and whoever has a standing.
    """
    summaries, by_state = selection.instruments(index), _held(index, selection)
    scopes, lives = scopes_by_bond(index, selection.reading), index.existences()
    for year in range(since, until + 1):
        span = window(year, selection.at)
        subjects = sorted(units(index, selection, span), key=lambda unit: unit.shown.order)
        for name, summary in summaries.items():
            known = index.knowledge(name)
            if known.opened.isoformat() >= span.end or known.ended.isoformat() <= span.start:
                continue
            under = (*instrument_cells(summary, scopes[name]),)
            as_of = summary.coverage.rpartition("/")[2] or None
            for unit in subjects:
                days = by_state.get(unit.state, {}).get(name)
                closed = known.closed_to and set(line(lives, unit.state)).isdisjoint(known.closed_to)
                if days is None and closed:
                    continue
                yield (*_codes(unit, span), *under, *_long(days or _NOTHING, unit, span), as_of)


def _long(days: _StateDays, unit: Unit, span: Window) -> tuple[Cell, ...]:
    """Standing, what the days bound are worth, the same at most, and whether it is known."""
    value, most = _values(days, unit, span)
    last = (date.fromisoformat(unit.end) - timedelta(1)).isoformat()
    if round(value, 6) != round(most, 6):
        return days.standing(last), None, _cell(most, span), "no"
    vague = value and any(start in days.vague for start, end in days.bound if start < unit.end and unit.start < end)
    return days.standing(last), _cell(value, span), _cell(most, span), "since" if vague else "yes"


INSTRUMENT_STATE_YEARS: Final = long_table()
STATE_YEARS: Final = state_years_table()
