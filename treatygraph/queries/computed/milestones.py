"""Which instruments were signed, entered into force or ended in a time."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.dates import Span
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which instruments were signed or agreed, entered into force, or ended, from one day to another.
# theme: state of the world
# answer: {instrument|instruments} from {since} to {until}.
# param: what signed|entered|ended "entered" Signed, adopted or agreed; entered into force or taking effect; or gone.
# option: topic topic "any" A topic, with all below it; or any.
# option: since date "1800-01-01" This day or later.
# param: until date "2026-12-31" This day or earlier.
# column: id The instrument's id.
# column: title Its short title.
# column: kind Treaty, protocol, political document and so on.
# column: scope Bilateral, multilateral or unilateral.
# column: date When, in EDTF.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each instrument, in order of time."""
    topics = None if asked["topic"] == "any" else {asked["topic"], *(index.topic(asked["topic"]) or ())}
    lines = []
    for name, summary in index.summaries().items():
        text = {"signed": summary.signed, "entered": summary.entry, "ended": summary.end}[asked["what"]]
        if not text or (topics is not None and topics.isdisjoint(summary.topics)):
            continue
        when = Span.parse(text)
        if asked.day("since") <= when.earliest and when.latest <= asked.day("until"):
            lines.append((when.latest, name, summary.title, summary.kind, summary.scope, text))
    for _, *cells in sorted(lines):
        yield tuple(cells)
