"""Notifications of succession that work back, and what the tables said before them."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.checks.spans import apart
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import CONSENTS, DEPOSITARY
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.computed._former import standing_at_end
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which notifications of succession work back to an earlier day, and what the tables said of the state
#   until then.
# number: 26
# theme: succession
# answer: {notification of succession works|notifications of succession work} back to a day before they were made.
# option: topic topic "any" A topic, with all below it; or any.
# column: id The instrument's id.
# column: title Its short title.
# column: state Code of the state.
# column: works_from First day on which the state is bound by it.
# column: notified When the earliest notification was made, in EDTF.
# column: days The least number of days that it works back.
# column: before What the tables said of the state until then: the act of its own that stood in them, or: not listed.
# column: predecessor Code of the state whose row stood in the tables; empty where none of those it came after had
#   one.
# column: predecessor_was How that one stood on its last day.
# column: sources Titles of the sources of the notification.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each state and instrument, in their order (rules R34 and R37)."""
    wanted = set(index.topic(asked["topic"]) or ()) if asked["topic"] != "any" else None
    first: dict[tuple[str, str], Act] = {}
    for act in sorted(index.acts(("succession",)), key=lambda act: (act.date.latest, act.id)):
        if wanted is None or not wanted.isdisjoint(index.summary(act.instrument).topics):
            first.setdefault((act.state, act.instrument), act)
    for (state, name), act in sorted(first.items()):
        begun = next(
            (one for one in index.standings_of(name, DEPOSITARY, state) if one.binds or one.standing == "contracting"),
            None,
        )
        if begun is None or begun.start >= act.date.earliest:
            continue
        heir, was = _before(index, state, name)
        yield (
            name, index.summary(name).title, state, begun.start.isoformat(), act.date.text,
            str(apart(Span.of(begun.start), act.date)), _own(index, act), heir, was, cited(index, act.cite.sources),
        )  # fmt: skip


def _own(index: Index, act: Act) -> str:
    """An earlier act of the state itself that stood in the tables."""
    kinds = (*CONSENTS, "signature")
    earlier = (
        f"{own.kind} of {own.date.text}"
        for own in index.acts_of(act.instrument, (act.state,))
        if own.kind in kinds and own.kind != "succession" and own.date.text < act.date.text
    )
    return min(earlier, default="not listed")


def _before(index: Index, state: str, name: str) -> tuple[str, str]:
    for code in index.existences()[state].successor_of:
        was = standing_at_end(index, code, name)
        if was:
            return code, was
    return "", ""
