"""To which territories an instrument applies for a state on a day."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.territories import territories_of
from treatygraph.build.index import Index
from treatygraph.model.vocabulary import TERRITORIAL
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
# column: applies_to The territory, or the part of the duties that an act names; "not X" where X is excluded.
# column: basis The rule, or the act that says so.
# column: since Since when, in EDTF.
# column: standing How the state stands on the day.
# column: note A remark on the act; for the rule, what the record knows.
# column: sources Titles of the sources.
"""
_WHOLE = "the whole territory", "no act that names a territory is on record; whether one was made is not known"
_OTHERS = "every other territory", "unless another intention appears: the acts below name some territories only"


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """What the acts say of single territories, the rule for others (R38), then what concerns a part of the duties."""
    on, name = values.day("on"), values["instrument"]
    line = line_on(index, values["state"], on)
    held = held_on(index, line, values["on"]).get(name)
    if held is None or not held.binds:
        standing = held.standing if held else "none"
        yield "nothing", "the state is not bound on the day", "", standing, "", ""
        return
    since, acts = held.origin or held.since, index.acts_of(name, line)
    notes = {act.id: act.note for act in acts}
    territories = territories_of(index, name, line, since, on)
    for item in territories:
        where = item["territory"] if item["applies"] else f"not {item['territory']}"
        kind, note = item["act"].split("/")[2], notes[item["act"]]
        yield where, kind, item["since"], held.standing, note, cited(index, item["sources"])
    default, note = _OTHERS if territories else _WHOLE
    yield default, "VCLT article 29 (R38)", since, held.standing, note, cited(index, held.sources)
    for act in acts:
        if act.scope and act.kind not in TERRITORIAL and act.date.earliest <= on:
            yield act.scope, act.kind, act.date.text, held.standing, act.note, cited(index, act.cite.sources)
    for clause in card(index, name).clauses:
        if "territor" in clause.get("gist").lower():
            place = f"article {clause.article}" if clause.article else "the text"
            yield clause.get("gist"), place, since, held.standing, "", cited(index, clause.cite.sources)
