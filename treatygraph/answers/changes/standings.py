"""Standings and statuses of two sides, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from treatygraph.answers.changes.items import InstrumentChange, StandingChange
from treatygraph.answers.changes.sides import Side, Wanted, heads_of
from treatygraph.answers.reasoning import acts_of
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.index_records import StandingRow
from treatygraph.model.standings import Status
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["changed_instruments", "changed_standings"]

Key = tuple[str, str]
"""The newest state of a continuity, and an instrument."""


def changed_standings(before: Side, after: Side, wanted: Wanted) -> Iterator[StandingChange]:
    """Every state that stands otherwise under an instrument, or with other flags, in order of instrument and state.

    A state that carries on the identity of another has not changed by that (R33). Where one side has no standing, it is
    told whether the ledger knows that there is none.
    """
    reading = wanted.scope.reading
    old, new = (_standings(side, reading) for side in (before, after))
    for name, summary in wanted.names.items():
        for head in sorted(old.get(name, {}).keys() | new.get(name, {}).keys()):
            was, now = old.get(name, {}).get(head), new.get(name, {}).get(head)
            code = now.state if now else was.state if was else head
            if not wanted.state(code):
                continue
            states = tuple(_standing(side, name, head, row) for side, row in ((before, was), (after, now)))
            flags = tuple(_flags(side, row) for side, row in ((before, was), (after, now)))
            if states[0] == states[1] and flags[0] == flags[1]:
                continue
            yield _change(before, after, code, summary.title, summary.topics, was, now, (states, flags), name)


def _standings(side: Side, reading: str) -> Mapping[str, Mapping[str, StandingRow]]:
    """By instrument and newest state: the standing on the day."""
    heads, day = heads_of(side.index), side.on.isoformat()
    by_state: dict[str, dict[str, StandingRow]] = {}
    for code, life in side.index.existences().items():
        if not life.on(day):
            continue
        for name, rows in side.index.standings((code,), reading).items():
            row = next((row for row in rows if row.on(day)), None)
            if row:
                by_state.setdefault(name, {})[heads[code]] = row
    return by_state


def _standing(side: Side, name: str, head: str, row: StandingRow | None) -> str:
    """The standing of a state; without one ``none``, or ``not-known`` where the ledger cannot tell."""
    if row:
        return row.standing
    if name not in side.index.summaries() or side.index.existence(head) is None:
        return "none"
    codes = line(side.index.existences(), head)
    rows = side.index.standings(codes, "depositary").get(name, ())
    first = date.fromisoformat(min(one.start for one in rows)) if rows else None
    absence = side.index.knowledge(name).absence(codes, side.on, first)
    return NOT_KNOWN if absence.may_bind else "none"


def _flags(side: Side, row: StandingRow | None) -> tuple[str, ...]:
    flags = row.flags_on(side.on.isoformat()) if row else ()
    return tuple(sorted({flag.flag for flag in flags}))


def _change(
    before: Side, after: Side, code: str, title: str, topics: tuple[str, ...], was: StandingRow | None,
    now: StandingRow | None, reasons: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], name: str,
) -> StandingChange:  # fmt: skip
    states, flags = reasons
    same = states[0] == states[1]
    ended = was is not None and not same and was.end <= after.on.isoformat() and before.index is after.index
    if same and now:
        day = next((flag.start for flag in now.flags if flag.flag in set(flags[1]) - set(flags[0])), "")
        sources, because, acts = now.sources, "", _flag_acts(after, now)
    elif now and not (ended and was and was.reason and not now.binds):
        day, sources, because = now.since, now.sources, ""
        acts = _acts(after.index, now, ending=False)
    elif was:
        day, sources, because = (was.until or was.end if ended else ""), was.ending_sources or was.sources, was.reason
        acts = _acts(before.index, was, ending=True)
    else:
        day, sources, because, acts = "", (), "", ()
    return StandingChange(
        code, name, title, states[0], states[1], flags[0], flags[1], day, because, acts, topics, sources
    )


def _acts(index: Index, row: StandingRow, *, ending: bool) -> tuple[dict[str, object], ...]:
    for item in index.standings_of(row.instrument, row.reading, row.state):
        if item.start.isoformat() == row.start:
            return tuple(dict(step) for step in acts_of(item.ending if ending else item.because))
    return ()


def _flag_acts(side: Side, row: StandingRow) -> tuple[dict[str, object], ...]:
    flags = side.index.flags_of(row.instrument, row.reading, row.state)
    steps = [step for flag in flags if flag.start <= side.on < flag.end for step in flag.because]
    return tuple(dict(step) for step in acts_of(steps))


def changed_instruments(before: Side, after: Side, wanted: Wanted) -> Iterator[InstrumentChange]:
    """Instruments of another status, in order of id; and those that are on one record only."""
    for name, summary in wanted.names.items():
        was, now = (_status(side, name, wanted.scope.reading) for side in (before, after))
        there = tuple(name in side.index.summaries() for side in (before, after))
        if wanted.codes is not None and wanted.codes.isdisjoint(_concerned(after if there[1] else before, name)):
            continue
        old, new = (item.status if item else "" for item in (was, now))
        if there[0] and there[1] and old == new:
            continue
        status = now or was
        change = "added" if not there[0] else "removed" if not there[1] else _kind(old, new)
        because = "; ".join(dict.fromkeys(step.text for step in (now.because if now else ()) if step.text.strip()))
        names = dict.fromkeys(source for step in (status.because if status else ()) for source in step.sources)
        yield InstrumentChange(
            change, name, summary.title, old, new, (now.since if now else ""), because, summary.binding,
            summary.topics, tuple(source for source in names if source != "treatygraph") or summary.sources,
        )  # fmt: skip


def _kind(old: str, new: str) -> str:
    live = ("in-force", "provisional", "operative")
    if new in live and old not in live:
        return "began"
    return "ended" if new and new not in (*live, "not-in-force") else "changed"


def _status(side: Side, name: str, reading: str) -> Status | None:
    if name not in side.index.summaries():
        return None
    statuses = side.index.statuses_of(name, reading)
    return next((item for item in statuses if item.start <= side.on < item.end), None)


def _concerned(side: Side, name: str) -> tuple[str, ...]:
    return (*side.index.actors().get(name, ()), *side.index.summary(name).participants)
