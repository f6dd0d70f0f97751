"""Which instruments hold only one of two states on a day."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.queries.computed._documents import held_on, line_on, standing_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which instruments hold only one of two states on a day, and how the other stands; where the record cannot
#   say whether they hold the other, they are left out and told in a note.
# theme: between
# answer: On {on}, {instrument|instruments} held only one of {a} and {b}.
# param: a line "US" A state, by any of its names; what it continues counts as the same state.
# param: b line "Russia" The other state.
# param: on date "2021-05-28" The day asked about.
# column: id The instrument's id.
# column: title Its short title.
# column: scope Bilateral, multilateral or unilateral.
# column: bound Code of the state that is held.
# column: other Standing of the other state; none where it has none.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each instrument, in order of the code of the state that is held, and of its id."""
    on = asked.day("on")
    lines = [line_on(index, asked[name], on) for name in ("a", "b")]
    one_sided: list[tuple[str, str, str, str, str]] = []
    for mine, theirs in (lines, reversed(lines)):
        for name, row in held_on(index, mine, asked["on"]).items():
            other, lack = standing_of(index, name, theirs, asked["on"])
            if row.binds and other is None and not lack:
                one_sided.append(_row(index, name, row.state, "none"))
            elif row.binds and other and not (other.binds or other.may_bind):
                one_sided.append(_row(index, name, row.state, other.standing))
    yield from sorted(one_sided, key=lambda row: (row[3], row[0]))


def _row(index: Index, name: str, bound: str, other: str) -> tuple[str, str, str, str, str]:
    summary = index.summary(name)
    return name, summary.title, summary.scope, bound, other
