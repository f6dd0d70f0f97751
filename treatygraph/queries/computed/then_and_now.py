"""What remained between two powers on an earlier day, and what remains of it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from treatygraph.answers.between import Between, Question, Remaining, between
from treatygraph.build.index import Index
from treatygraph.model.vocabulary import NOT_KNOWN
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What remained between two states on an earlier day, and which of it remains on a later one, with what
#   ended the rest.
# number: 3
# theme: between
# answer: Between {a} and {b}, {instrument held|instruments held} on {then}, on {on}, or on both days.
# param: a state "US" A state, by any of its names.
# param: b state "Russia" The other state.
# param: then date "2021-05-28" The earlier day.
# param: on date "2026-11-23" The later day.
# column: id The instrument's id.
# column: title Its short title.
# column: scope Bilateral or multilateral.
# column: binding Whether it binds in law: yes, no or disputed.
# column: topics Its topics, separated by spaces.
# column: then Whether it held both on the earlier day: yes, no or not-known.
# column: now Whether it holds both on the later day: yes, no or not-known.
# column: ended First day on which it no longer held both; empty while it holds.
# column: because What ended it.
# column: sources Titles of the sources of its end, or of its standing where it has not ended.
"""


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row for each instrument of either day, what ended first."""
    before, after = (_between(index, values, values.day(name)) for name in ("then", "on"))
    then, now = ({item.id: item for item in _each(one)} for one in (before, after))
    ended = {item.id: item for item in after.ended}
    doubtful = [{item.id for item in one.not_known} for one in (before, after)]
    numbered: list[tuple[str, Row]] = []
    for name, item in sorted((then | now).items()):
        end = ended.get(name)
        binds = {True: "yes", False: "no"}.get(item.binding, "disputed") if item.binding is not None else "disputed"
        row = (
            name, item.title, item.scope, binds, " ".join(item.topics), _word(name, then, doubtful[0]),
            _word(name, now, doubtful[1]), end.until if end else "", end.because if end else "",
            cited(index, end.sources if end else item.sources),
        )  # fmt: skip
        numbered.append((end.until if end else "9999", row))
    yield from (row for _, row in sorted(numbered, key=lambda one: (one[0], one[1][0] or "")))


def _word(name: str, held: Container[str], doubtful: Container[str]) -> str:
    return "yes" if name in held else NOT_KNOWN if name in doubtful else "no"


def _between(index: Index, asked: QuestionValues, on: date) -> Between:
    return between(index, asked["a"], asked["b"], Question((asked["a"], asked["b"]), on))


def _each(answer: Between) -> Iterator[Remaining]:
    pending = list(answer.instruments)
    while pending:
        item = pending.pop()
        yield item
        pending.extend(item.parts)
