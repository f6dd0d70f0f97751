"""Flags: what qualifies a standing without changing it (rules R5, R17, R24, R30 to R34, R42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from treatygraph.law.case import Docket
from treatygraph.law.layers import Mark, TreatyHistory
from treatygraph.law.readings import CLAUSE, DEPOSITARY, stances
from treatygraph.law.succession import identity
from treatygraph.model.dates import OPEN, after, within
from treatygraph.model.records import Act, Assertion
from treatygraph.model.standings import Because, Flag, Standing
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["flags_of"]

_BOUND_ONLY = ("notice-pending", "suspension-claimed", "suspended", "countermeasures")
_RULES = {
    "suspension-claimed": "R31",
    "countermeasures": "R32",
    "signature-duty-ended": "R5",
    "consent-revoked": "R17",
    "notice-pending": "R24",
}


def flags_of(docket: Docket, courses: Mapping[str, TreatyHistory], standings: Sequence[Standing]) -> tuple[Flag, ...]:
    """Every flag of every state, each within the standings that it qualifies."""
    flags: list[Flag] = []
    mine: dict[str, list[Standing]] = {code: [] for code in courses}
    for standing in standings:
        mine[standing.state].append(standing)
    for code, course in courses.items():
        for mark in course.marks:
            for flag in _read(docket, mark, code, courses):
                flags += _within(flag, mine[code])
        flags += _by_succession(mine[code])
        flags += _uncertain(mine[code])
    once = dict.fromkeys(flags)
    return tuple(sorted(once, key=lambda flag: (flag.state, flag.start, flag.flag, flag.by, flag.against)))


def _read(docket: Docket, mark: Mark, code: str, courses: Mapping[str, TreatyHistory]) -> Iterable[Flag]:
    """A mark as the reading sees it (R30, R31).

    A suspension is a claim; it counts as suspended while all agree, or where it is limited to named
    parties of a wider treaty and nobody has rejected it.
    """
    about = stances(docket.assertions, mark.act)
    flag = _flag(mark, code, about)
    if mark.flag == "suspension-claimed":
        yield from _suspension(docket, mark, flag, courses, about)
    else:
        yield flag
    when = mark.act.effective or mark.act.date
    if not when.is_day and mark.flag != "consent-revoked":
        yield replace(
            flag, flag="uncertain-date", start=when.earliest, end=min(after(when.latest), mark.end), text=when.text,
            because=(Because("R42", mark.act.id, when.text, mark.act.cite.sources, "the day is not known"),),
        )  # fmt: skip


def _flag(mark: Mark, code: str, about: Sequence[Assertion]) -> Flag:
    own = Because(_RULES[mark.flag], mark.act.id, mark.act.date.text, mark.act.cite.sources)
    return Flag(
        state=code,
        instrument=mark.act.instrument,
        flag=mark.flag,
        start=mark.start,
        end=mark.end,
        by=mark.act.state,
        against=mark.against,
        text=mark.text,
        because=mark.because or (own,),
        accepted_by=tuple(sorted({item.authority for item in about if item.stance == "accepts"})),
        rejected_by=tuple(sorted({item.authority for item in about if item.stance == "rejects"})),
    )


def _suspension(
    docket: Docket, mark: Mark, flag: Flag, courses: Mapping[str, TreatyHistory], about: Sequence[Assertion]
) -> Iterable[Flag]:
    reading = docket.reading
    if reading in flag.rejected_by:
        return
    own_view = reading not in (DEPOSITARY, CLAUSE)
    if own_view and (reading in flag.accepted_by or _claims(reading, mark.act, about)):
        yield replace(flag, flag="suspended")
        return
    yield flag
    if flag.rejected_by:
        return
    if mark.against and docket.card.scope != "bilateral":
        yield replace(flag, flag="suspended")
        return
    start, end = _agreed(docket, mark, flag.state, courses, about)
    if start < end:
        yield replace(flag, flag="suspended", start=start, end=end)


def _claims(reading: str, act: Act, about: Sequence[Assertion]) -> bool:
    return reading == act.state or any(item.authority == reading and item.stance == "claims" for item in about)


def _agreed(
    docket: Docket, mark: Mark, code: str, courses: Mapping[str, TreatyHistory], about: Sequence[Assertion]
) -> tuple[date, date]:
    """While every other party accepts the suspension or suspends too (R30, VCLT 57 and 58); empty if never."""
    start, end, others = mark.start, mark.end, 0
    for name, course in courses.items():
        if not _concerned(docket, mark, code, name, course):
            continue
        others += 1
        accepted = [
            (item.effective or item.said) for item in about if item.stance == "accepts" and item.authority == name
        ]
        paused = [
            (own.start, own.end) for own in course.marks if own.flag == "suspension-claimed" and own.end > mark.start
        ]
        if accepted:
            start = max(start, min(accepted).earliest)
        elif paused:
            start, end = max(start, min(paused)[0]), min(end, max(paused)[1])
        else:
            return OPEN, OPEN
    return (start, end) if others else (OPEN, OPEN)


def _concerned(docket: Docket, mark: Mark, code: str, name: str, course: TreatyHistory) -> bool:
    """Whether another state is a party on the day from which the suspension is claimed."""
    state = docket.states[name]
    if identity(docket.states, name) == identity(docket.states, code) or not within(mark.start, state.start, state.end):
        return False
    return any(within(mark.start, layer.first, layer.last) for layer in course.bound)


def _within(flag: Flag, standings: Sequence[Standing]) -> Iterable[Flag]:
    """The part of the flag that falls into standings which it can qualify."""
    for standing in standings:
        if standing.standing.startswith("former") or (flag.flag in _BOUND_ONLY and not standing.binds):
            continue
        if flag.flag in ("consent-revoked", "signature-duty-ended") and standing.standing != "signatory":
            continue
        start, end = max(flag.start, standing.start), min(flag.end, standing.end)
        if start < end:
            yield replace(flag, start=start, end=end)


def _by_succession(standings: Sequence[Standing]) -> Iterable[Flag]:
    """Whoever is bound through a succession of states (R34) or a union (R35)."""
    for standing in standings:
        steps = tuple(step for step in standing.because if step.rule in ("R34", "R35"))
        if steps and standing.binds:
            yield Flag(
                standing.state, standing.instrument, "by-succession", standing.start, standing.end,
                standing.state, (), "", steps,
            )  # fmt: skip


def _uncertain(standings: Sequence[Standing]) -> Iterable[Flag]:
    """The days on which a boundary is not known to the day (R42, K17): the standing may or may not hold."""
    for standing in standings:
        step = standing.because[0] if standing.because else None
        if standing.standing == NOT_KNOWN and step and step.rule == "K17":
            yield Flag(
                standing.state, standing.instrument, "uncertain-date", standing.start, standing.end, standing.state, (),
                step.date, (Because("R42", date=step.date, text="the day is not known"),),
            )  # fmt: skip
