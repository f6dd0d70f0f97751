"""To which territories an instrument applies for a state on a day."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.queries.computed._documents import card, cited, held_on, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: To which territories an instrument applies for a state on a day, as far as the record tells.
# number: 28
# theme: state of the world
# answer: {line tells|lines tell} to what of {state} {instrument} applied on {on}.
# param: state state "Netherlands" The state, by any of its names.
# param: instrument instrument "BWC" The instrument, by id, title, abbreviation or alias.
# param: on date "2021-05-28" The day asked about.
# column: applies_to The territory, or the part of it or of the duties that an act names.
# column: basis The rule, or the act that says so.
# column: since Since when, in EDTF.
# column: standing How the state stands on the day.
# column: note A remark on the act; for the rule, what the record lacks.
# column: sources Titles of the sources.
"""
_GAP = "declarations on single territories are not on record, so an exclusion or a later extension cannot be shown"


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """The whole territory by default (rule R38), then every act that names a part."""
    on, name = values.day("on"), values["instrument"]
    line = line_on(index, values["state"], on)
    held = held_on(index, line, values["on"]).get(name)
    if held is None or not held.binds:
        standing = held.standing if held else "none"
        yield "nothing", "the state is not bound on the day", "", standing, "", ""
        return
    since = held.origin or held.since
    yield "the whole territory", "VCLT article 29 (R38)", since, held.standing, _GAP, cited(index, held.sources)
    for act in index.acts_of(name, line):
        if act.scope and act.date.earliest <= on:
            yield act.scope, act.kind, act.date.text, held.standing, act.note, cited(index, act.cite.sources)
    for clause in card(index, name).clauses:
        if "territor" in clause.get("gist").lower():
            place = f"article {clause.article}" if clause.article else "the text"
            yield clause.get("gist"), place, since, held.standing, "", cited(index, clause.cite.sources)
