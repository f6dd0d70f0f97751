"""Flags: what qualifies a standing without changing it (rules R5, R17, R24, R30 to R34, R42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from treatygraph.dates import BEGINNING, OPEN, Span, after
from treatygraph.law.course import Course, Mark
from treatygraph.law.readings import CLAUSE, DEPOSITARY, stances
from treatygraph.law.results import Because, Flag, Standing
from treatygraph.records import Act, Assertion, Instrument, State

__all__ = ["flags_of"]

_BOUND_ONLY = ("notice-pending", "suspension-claimed", "suspended", "countermeasures")


def flags_of(
    instrument: Instrument,
    states: Mapping[str, State],
    courses: Mapping[str, Course],
    standings: Sequence[Standing],
    assertions: Sequence[Assertion],
    reading: str,
) -> tuple[Flag, ...]:
    """Every flag of every state, each within the standings that it qualifies."""
    found: list[Flag] = []
    for code, course in courses.items():
        mine = [standing for standing in standings if standing.state == code]
        for mark in course.marks:
            for flag in _read(mark, code, instrument, courses, assertions, reading):
                found += _within(flag, mine)
        found += _by_succession(mine)
        found += _uncertain(mine)
    return tuple(sorted(set(found), key=lambda flag: (flag.state, flag.start, flag.flag, flag.by, flag.against)))


def _read(
    mark: Mark,
    code: str,
    instrument: Instrument,
    courses: Mapping[str, Course],
    assertions: Sequence[Assertion],
    reading: str,
) -> Iterable[Flag]:
    """A mark as the reading sees it (R30, R31).

    A suspension is a claim; it counts as suspended where all agree, or where it is limited to named
    parties of a wider treaty and nobody has rejected it.
    """
    about = stances(assertions, mark.act)
    accepting = tuple(sorted({item.authority for item in about if item.stance == "accepts"}))
    rejecting = tuple(sorted({item.authority for item in about if item.stance == "rejects"}))
    because = mark.because or (Because(_RULES[mark.flag], mark.act.id, mark.act.date.text, mark.act.cite.sources),)
    flag = Flag(
        state=code,
        instrument=mark.act.instrument,
        flag=mark.flag,
        start=mark.start,
        end=mark.end,
        by=mark.act.state,
        against=mark.act.against,
        text=mark.text or mark.act.note,
        because=because,
        accepted_by=accepting,
        rejected_by=rejecting,
    )
    if mark.flag != "suspension-claimed":
        yield flag
        return
    if reading in rejecting:
        return
    if reading not in (DEPOSITARY, CLAUSE) and (reading in accepting or _claims(reading, mark.act, about)):
        yield _as_suspended(flag)
        return
    yield flag
    inter_se = bool(mark.act.against) and instrument.scope != "bilateral"
    if not rejecting and (inter_se or _all_agree(code, courses, accepting)):
        yield _as_suspended(flag)


def _as_suspended(flag: Flag) -> Flag:
    return Flag(
        flag.state, flag.instrument, "suspended", flag.start, flag.end, flag.by, flag.against, flag.text,
        flag.because, flag.accepted_by, flag.rejected_by,
    )  # fmt: skip


_RULES = {
    "suspension-claimed": "R31",
    "countermeasures": "R32",
    "signature-duty-ended": "R5",
    "consent-revoked": "R17",
    "notice-pending": "R24",
}


def _claims(reading: str, act: Act, about: Sequence[Assertion]) -> bool:
    return reading == act.state or any(item.authority == reading and item.stance == "claims" for item in about)


def _all_agree(code: str, courses: Mapping[str, Course], accepting: Sequence[str]) -> bool:
    """Whether every other party has accepted the suspension or suspends itself (R30, VCLT articles 57 and 58)."""
    others = [name for name, course in courses.items() if name != code and _is_party(course)]
    return bool(others) and all(name in accepting or _suspends(courses[name]) for name in others)


def _is_party(course: Course) -> bool:
    return any(layer.standing in ("party", "participant") for layer in course.layers)


def _suspends(course: Course) -> bool:
    return any(mark.flag == "suspension-claimed" and mark.end == OPEN for mark in course.marks)


def _within(flag: Flag, standings: Sequence[Standing]) -> Iterable[Flag]:
    """The part of the flag that falls into standings which it can qualify."""
    for standing in standings:
        if standing.standing.startswith("former") or (flag.flag in _BOUND_ONLY and not standing.binds):
            continue
        if flag.flag in ("consent-revoked", "signature-duty-ended") and standing.standing != "signatory":
            continue
        start, end = max(flag.start, standing.start), min(flag.end, standing.end)
        if start < end:
            yield Flag(
                flag.state, flag.instrument, flag.flag, start, end, flag.by, flag.against, flag.text,
                flag.because, flag.accepted_by, flag.rejected_by,
            )  # fmt: skip


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
    """The days on which a boundary is not known to the day (R42): the standing may or may not hold."""
    for standing in standings:
        for text, edge in ((standing.since, standing.start), (standing.until, standing.end)):
            span = Span.parse(text) if text else None
            if span is None or span.is_day:
                continue
            start, end = max(span.earliest, standing.start), min(after(span.latest), standing.end)
            if start < end and edge != BEGINNING:
                yield Flag(
                    standing.state, standing.instrument, "uncertain-date", start, end, standing.state, (), text,
                    (Because("R42", date=text, text="the day is not known"),),
                )  # fmt: skip
