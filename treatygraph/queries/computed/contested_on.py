"""Standings on which views differ: the views are those of the day, as the status of each instrument gives them."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.contested import contested
from treatygraph.build.index import Index
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which standings are contested on a day, by whom, and what that authority holds.
# theme: suspension and dispute
# answer: On {on}, {view of a standing differed|views of standings differed} from the record.
# param: on date "2026-01-01" The day asked about.
# column: id The instrument's id.
# column: title Its short title.
# column: state Code of the state whose standing it is; empty for the status of the instrument itself.
# column: by Whose reading differs.
# column: holds Which standing, or status, that reading holds on the day.
# column: since Since when it has held so.
# column: record Which standing or status the depositaries' record has.
# column: flags What qualifies the standing in that reading, such as a suspension.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each view that differs (rule K11)."""
    for item in contested(index, asked.day("on")).disputes:
        for view in item.views:
            life = index.existence(view.by)
            yield (
                item.instrument, item.title, item.state, life.name if life else view.by, view.holds, view.since,
                item.record_says, ", ".join(view.flags),
            )  # fmt: skip
