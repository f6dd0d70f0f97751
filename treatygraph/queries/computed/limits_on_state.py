"""What treaties allow a state, or allowed it: the numbers on record; how many arms it has is not."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.dates import OPEN_TEXT
from treatygraph.model.index_records import StandingRow
from treatygraph.model.records import Clause
from treatygraph.queries.computed._documents import cited, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What numbers of arms treaties allow a state, or once allowed it; how many arms a state has is not on record.
# theme: state of the world
# answer: {limit|limits} on record of treaties of {a}, some on others alone; how many arms it has is not on record.
# param: a line "Russia" A state, by any of its names; what it continues counts as the same state.
# option: of text "any" A word of what is counted: warheads, launchers, tanks; or any.
# param: on date "2026-12-31" Limits of treaties that held it on this day or before.
# column: id The instrument's id.
# column: title Its short title.
# column: item What is counted.
# column: number How many, at most unless the note says otherwise.
# column: unit Unit of the number.
# column: since Since when the instrument held the state.
# column: until Until when; empty where it still did on the day.
# column: gist What it says, in our own words.
# column: sources Titles of the sources.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each limit, those that stand on the day first, the latest before the earlier."""
    on = asked.day("on").isoformat()
    line = line_on(index, asked["a"], asked.day("on"))
    dated = []
    for name, standings in index.standings(line).items():
        bound = [row for row in standings if row.binds and row.start <= on]
        limits = list(_limits(index, name, asked["of"])) if bound else []
        if limits:
            until = _until(bound, on)
            dated += [(until or OPEN_TEXT, _row(index, name, clause, bound[0].since, until)) for clause in limits]
    yield from (row for _, row in sorted(dated, key=lambda item: (item[0], item[1][5]), reverse=True))


def _limits(index: Index, name: str, word: str) -> Iterator[Clause]:
    card = index.instrument(name)
    wanted = word.casefold().rstrip("s")
    for clause in card.clauses_of("limit") if card else ():
        item = f"{clause.get('item')} {clause.get('unit')}".replace("-", " ").casefold()
        if clause.get("number") and (word == "any" or wanted in item):
            yield clause


def _until(bound: list[StandingRow], on: str) -> str:
    last = max(bound, key=lambda row: row.end)
    return "" if last.end > on else last.until or last.end


def _row(index: Index, name: str, clause: Clause, since: str, until: str) -> tuple[str, ...]:
    item = clause.get("item").replace("-", " ")
    return (
        name, index.summary(name).title, item, clause.get("number"), clause.get("unit"), since, until,
        clause.get("gist"), cited(index, clause.cite.sources),
    )  # fmt: skip
