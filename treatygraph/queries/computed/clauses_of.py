"""What the clauses of an instrument say on leaving, lasting, entering into force and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.build.index import Index
from treatygraph.model.records import Clause
from treatygraph.queries.computed._documents import card, cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What the clauses of an instrument say: on leaving, lasting, entering into force, being extended or limited.
# theme: withdrawal
# param: instrument instrument "NPT" The instrument, by id, title, abbreviation or alias.
# param: clause any|withdrawal|duration|entry-into-force|extension|limit|depositary|reservation-ban|suspension
#   "withdrawal" Which kind of clause, or any.
# column: clause Kind of clause.
# column: article The article.
# column: period Length of notice or term, an ISO 8601 duration; empty where the clause has none.
# column: terms What else it says, as data.
# column: gist What it says, in our own words.
# column: sources Titles of the sources in which it was read.
"""
_MEANS: Final = {"withdrawal": ("withdrawal",), "limit": ("limit",)}
_PERIODS: Final = ("period", "term", "max", "delay")
_APART: Final = (*_PERIODS, "gist", "as")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each clause of that kind, in the order of the card."""
    for clause in card(index, asked["instrument"]).clauses:
        if asked["clause"] in ("any", clause.kind):
            period = next((clause.get(name) for name in _PERIODS if clause.get(name)), "")
            yield (
                clause.kind,
                clause.article,
                period,
                _terms(clause),
                clause.get("gist"),
                cited(index, clause.cite.sources),
            )


def sentence(asked: QuestionValues, given: Sequence[Row]) -> str:
    """How many clauses of the kind are on record."""
    what = "clauses" if asked["clause"] == "any" else f"clauses on {asked['clause'].replace('-', ' ')}"
    count = len(given) or "No"
    return f"{count} {what} of {asked.known('instrument')} {'is' if len(given) == 1 else 'are'} on record."


def _terms(clause: Clause) -> str:
    parts = (f"{name} {clause.get(name).replace(';', ', ')}" for name in clause.terms if name not in _APART)
    return "; ".join(part.replace("-", " ") for part in parts)
