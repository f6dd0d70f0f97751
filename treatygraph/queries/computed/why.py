"""A standing with the chain of rules and the documents that entail it."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.dates import within
from treatygraph.model.standings import Because
from treatygraph.queries.computed._documents import line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: How a state stands under an instrument on a day, with every rule, act and document that entails it.
# number: 37
# theme: sources
# answer: {step entails|steps entail} how {state} stood under {instrument} on {on}, in {reading}.
# param: state state "US" The state, by any of its names.
# param: instrument instrument "Open Skies" The instrument, by id, title, abbreviation or alias.
# param: on date "2021-05-28" The day asked about.
# option: reading reading "depositary" Whose legal view: depositary, clause, or an authority that has asserted
#   something.
# column: about What the step is about: the instrument, the standing, its end, or a flag on it.
# column: holds The status, standing or flag that follows.
# column: rule The rule, as docs/law.md numbers it.
# column: record The act or the fact on the card that it was applied to; empty where the rule stands alone.
# column: date Date of that act, in EDTF.
# column: text What the step says.
# column: source Title of a document; a step with several has a row for each.
# column: kind How far that document stands from the act: primary, depositary, official, press and so on.
# column: place Where it is kept.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """The steps in their order, a row for each document (rule R41)."""
    on, name, reading = asked.day("on"), asked["instrument"], asked["reading"]
    line = line_on(index, asked["state"], on)
    for status in index.statuses_of(name, reading):
        if within(on, status.start, status.end):
            yield from _steps(index, "instrument", status.status, status.because)
    for one in index.standings_of(name, reading, *line):
        if within(on, one.start, one.end):
            yield from _steps(index, "standing", one.standing, one.because)
            yield from _steps(index, "end of the standing", f"until {one.until}", one.ending)
    for flag in index.flags_of(name, reading, *line):
        if within(on, flag.start, flag.end):
            yield from _steps(index, "flag", flag.flag, flag.because)


def _steps(index: Index, about: str, holds: str, because: tuple[Because, ...]) -> Iterator[Row]:
    for step in because:
        told = (about, holds, step.rule, step.act, step.date, step.text)
        read = [name for name in step.sources if name != "treatygraph"]
        for name in read or [""]:
            source = index.source(name) if name else None
            yield *told, *((source.title, source.kind, source.place) if source else ("", "", ""))
