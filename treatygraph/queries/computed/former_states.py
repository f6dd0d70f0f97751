"""Former states that were bound to their last day, and who carries each participation on."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._former import standings_at_end
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which states that have ended were bound to the last, and who carries each participation on a day.
# number: 27
# theme: succession
# answer: {participation of a former state is|participations of former states are} on record, each with who carries
#   it on {on}.
# param: on date "2021-05-28" The day asked about.
# option: topic topic "any" A topic, with all below it; or any.
# column: former Code of the state that has ended.
# column: name Its name.
# column: ended The first day on which it was gone.
# column: id Id of an instrument that held it on its last day.
# column: title Short title of the instrument.
# column: continued_by Codes of the states that are the same legal person, and are held on the day.
# column: succeeded_by Codes of the states that came after it, and are held on the day by an act or a rule of
#   succession or their own act.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each former state and instrument (rules R33 to R35)."""
    known = index.existences()
    wanted = set(index.topic(asked["topic"]) or ()) if asked["topic"] != "any" else None
    for code, life in known.items():
        bound = sorted(row.instrument for row in standings_at_end(index, life) if row.binds)
        heirs = [heir for heir in known.values() if code in (heir.continues, *heir.successor_of)]
        held = {heir.code: _bound(index, heir.code, asked["on"]) for heir in heirs if bound}
        for name in bound:
            summary = index.summary(name)
            if wanted is not None and wanted.isdisjoint(summary.topics):
                continue
            there = [heir for heir in heirs if name in held[heir.code]]
            same = " ".join(heir.code for heir in there if heir.continues == code)
            after = " ".join(heir.code for heir in there if heir.continues != code)
            yield code, life.name, life.end, name, summary.title, same, after


def _bound(index: Index, code: str, on: str) -> set[str]:
    return {row.instrument for row in index.rows_of(code) if row.reading == DEPOSITARY and row.binds and row.on(on)}
