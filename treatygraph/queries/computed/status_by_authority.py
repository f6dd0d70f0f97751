"""How a state stands under an instrument according to each authority."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.build.index import Index
from treatygraph.model.dates import within
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY
from treatygraph.queries.computed._documents import body_name, cited, line_on, until_text
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: How a state stands under an instrument on a day by the depositaries, by the clauses, and by each
#   authority that has spoken of it.
# number: 19
# theme: suspension and dispute
# answer: On {on}, {view of|views of} the standing of {state} under {instrument} are on record.
# param: state state "North Korea" The state, by any of its names.
# param: instrument instrument "NPT" The instrument, by id, title, abbreviation or alias.
# param: on date "2026-01-01" The day asked about.
# column: by Whose view: the depositaries' record, the clauses alone, or an authority.
# column: standing What the state is in that view.
# column: since Since when, in EDTF; continuity of states counts.
# column: until First day on which it no longer holds; .. where no end is known.
# column: stance What the authority did: accepts, rejects, claims or does not record; empty for depositaries and
#   clauses.
# column: said When it said so, in EDTF.
# column: sources Titles of the sources of the standing, or of what was said.
"""


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row for each view (rule R39): depositaries and clauses first, then authorities in order of their names."""
    on, name = values.day("on"), values["instrument"]
    line = line_on(index, values["state"], on)
    said = [one for one in index.assertions() if one.instrument == name and one.state in line]
    own = index.readings(name)
    spoken = {one.authority for one in said} | set(own)
    for reading in (DEPOSITARY, CLAUSE, *sorted(spoken - {DEPOSITARY, CLAUSE})):
        held = next(
            (one for one in index.standings_of(name, reading, *line) if within(on, one.start, one.end)),
            None,
        )
        words = [one for one in said if one.authority == reading and one.said.earliest <= on]
        if reading not in (DEPOSITARY, CLAUSE) and not words:
            continue
        sources = [source for one in words for source in one.cite.sources]
        if not words and held:
            sources = [source for step in held.because for source in step.sources]
        yield (
            {DEPOSITARY: "the depositaries' record", CLAUSE: "the clauses alone"}.get(reading)
            or body_name(index, reading),
            held.standing if held else "none",
            (held.origin or held.since) if held else "",
            until_text(held.until) if held else "",
            ", ".join(dict.fromkeys(one.stance for one in words)),
            ", ".join(dict.fromkeys(one.said.text for one in words)),
            cited(index, sources),
        )
