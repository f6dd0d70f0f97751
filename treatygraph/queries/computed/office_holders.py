"""Who held an office on a day."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.errors import UnknownName
from treatygraph.queries.computed._documents import body_name, cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Who held an office of a state or body on a day, as far as tenures are on record.
# theme: people and events
# answer: On {on}, {person is|persons are} on record in that office.
# param: body text "US" The state or body, by any of its names.
# param: office text "Secretary of State" The office, or a part of its name.
# param: on date "1987-12-08" The day asked about.
# column: official Id of the official.
# column: name Their name.
# column: office The office as the record has it.
# column: body Name of the state or body.
# column: from Since when, in EDTF; empty where that is not on record.
# column: until First day on which they no longer held it, in EDTF; empty where no end is on record.
# column: sources Titles of the sources.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each tenure, those whose office is called so and no more first."""
    on, wanted = asked.day("on"), names.key(asked["office"])
    try:
        _, body = find(index, asked["body"], ("state", "group"))
    except UnknownName:
        body = asked["body"]
    lines = [
        (names.key(term.office) != wanted, term)
        for official in index.officials()
        for term in index.tenures(official)
        if term.body == body and term.holds_on(on) and f" {wanted} " in f" {names.key(term.office)} "
    ]
    for _, term in sorted(lines, key=lambda item: (item[0], item[1].office, item[1].official)):
        person = index.official(term.official)
        yield (
            term.official, person.name if person else term.official, term.office, body_name(index, term.body),
            term.start.text if term.start else "", term.end.text if term.end else "", cited(index, term.cite.sources),
        )  # fmt: skip
