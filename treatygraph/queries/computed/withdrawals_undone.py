"""Withdrawals that were notified and never took effect."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.bonds.exits import RecordedExit, exits
from treatygraph.build.index import Index
from treatygraph.model.dates import within
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import body_name, cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which withdrawals were notified but had not taken effect by a day: revoked, still running, deferred, or
#   not accepted.
# number: 13
# theme: withdrawal
# answer: {notice of withdrawal had|notices of withdrawal had} not taken effect by {on} in the depositaries' record.
# param: on date "2026-11-23" The day asked about.
# column: id The instrument's id.
# column: title Its short title.
# column: state Code of the state.
# column: notice When notice was given, in EDTF.
# column: fate Revoked, still running, deferred, or without effect in the depositaries' record.
# column: revoked When it was revoked, in EDTF; empty where it was not.
# column: otherwise Whose reading has the state out all the same, with the day; empty for none.
# column: note A remark on the act, where there is one.
# column: sources Titles of the sources of the notice.
"""


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row for each such notice given by the day, in order of date (rules R24 to R27)."""
    on = values.day("on")
    for one in exits(index):
        act = one.act
        if act.kind != "notice-of-withdrawal" or act.date.latest > on or (one.out and one.by.latest <= on):
            continue
        back = [own for own in index.acts_of(act.instrument, (act.state,)) if own.kind == "revocation-of-notice"]
        revoked = next((other.date.text for other in back if act.date <= other.date and other.date.latest <= on), "")
        fate = "revoked" if revoked else _running(index, one, values)
        yield (
            act.instrument, index.summary(act.instrument).title, act.state, act.date.text, fate, revoked,
            _otherwise(index, one, values), act.note, cited(index, act.cite.sources),
        )  # fmt: skip


def _running(index: Index, one: RecordedExit, values: QuestionValues) -> str:
    now = [
        flag
        for flag in index.flags_of(one.act.instrument, DEPOSITARY, one.act.state)
        if flag.flag == "notice-pending" and within(values.day("on"), flag.start, flag.end)
    ]
    if now:
        return "deferred" if not one.out else f"still running, to {one.out}"
    return "without effect in the depositaries' record"


def _otherwise(index: Index, one: RecordedExit, values: QuestionValues) -> str:
    """The readings in which the state ceased to be bound by this notice, with the day."""
    by_view: dict[str, list[str]] = {}
    for reading in index.readings(one.act.instrument):
        if reading == DEPOSITARY:
            continue
        for held in index.standings_of(one.act.instrument, reading, one.act.state):
            by_it = any(step.act == one.act.id for step in held.because)
            if by_it and held.standing.startswith("former") and held.start <= values.day("on"):
                by = "the clauses alone" if reading == "clause" else body_name(index, reading)
                by_view.setdefault(held.start.isoformat(), []).append(by)
    return "; ".join(f"{', '.join(who)}: {day}" for day, who in sorted(by_view.items()))
