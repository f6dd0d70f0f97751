"""Under which reading of events the answer about two powers changes."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY
from treatygraph.queries.computed._documents import body_name, held_on, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Under which reading of events the answer about two states on a day changes, and how.
# number: 20
# theme: suspension and dispute
# answer: On {on}, the answer about {a} and {b} changes in {place|places} with the reading.
# param: a line "US" A state, by any of its names; what it continues counts as the same state.
# param: b line "North Korea" The other state.
# param: on date "2005-01-01" The day asked about.
# column: reading Whose reading it is.
# column: id Id of the instrument.
# column: title Its short title.
# column: change Whether the reading takes the instrument away between the two, adds it, or only qualifies it
#   otherwise.
# column: depositary_a How the first state stands in the depositaries' record, with what qualifies it.
# column: reading_a How it stands in the reading, with what qualifies it.
# column: depositary_b How the second state stands in the depositaries' record, with what qualifies it.
# column: reading_b How it stands in the reading, with what qualifies it.
"""
_KEPT = ("notice-pending", "suspended", "suspension-claimed")


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row for each reading and instrument that differ (rule R39), in order of reading and instrument."""
    on = values.day("on")
    lines = [line_on(index, values[name], on) for name in ("a", "b")]
    ours = [held_on(index, line, values["on"]) for line in lines]
    changed = index.disputed()
    for reading in sorted({one for readings in changed.values() for one in readings} - {DEPOSITARY}):
        theirs = [held_on(index, line, values["on"], reading) for line in lines]
        for name in sorted(changed):
            if reading not in index.disputes(name):
                continue
            mine, other = [held.get(name) for held in ours], [held.get(name) for held in theirs]
            before, after = ([_shown(row, values["on"]) for row in rows] for rows in (mine, other))
            if before == after:
                continue
            was, now = all(row and row.binds for row in mine), all(row and row.binds for row in other)
            if not (was or now):
                continue
            change = "takes it away" if was and not now else "adds it" if now and not was else "qualifies it otherwise"
            by = "the clauses alone" if reading == CLAUSE else body_name(index, reading)
            yield by, name, index.summary(name).title, change, before[0], after[0], before[1], after[1]


def _shown(row: StandingRow | None, on: str) -> str:
    if row is None:
        return "none"
    marks = sorted({flag.flag for flag in row.flags_on(on) if flag.flag in _KEPT})
    return f"{row.standing} ({', '.join(marks)})" if marks else row.standing
