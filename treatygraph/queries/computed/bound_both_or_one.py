"""Which instruments bind both of two states on a day, and which only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.bonds.pairs import ExcludedInterval
from treatygraph.build.index import Index
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import NOT_KNOWN
from treatygraph.queries.computed._documents import held_on, line_on, standing_of
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which instruments hold both of two states towards each other on a day, and which hold only one of them.
# number: 2
# theme: between
# answer: On {on}, {instrument|instruments} held {a}, {b}, or both.
# param: a line "US" A state, by any of its names; what it continues counts as the same state.
# param: b line "Russia" The other state.
# param: on date "2021-05-28" The day asked about.
# column: id The instrument's id.
# column: title Its short title.
# column: holds Both, the code of the only one that is held, or: each, but not towards one another; of whom the record
#   cannot say whether it is held, that stands beside the other's code.
# column: scope Bilateral, multilateral or unilateral.
# column: binding Whether it binds in law: yes, no or disputed.
# column: standing_a How the first state stands; none where it has no standing; not-known where the record cannot say.
# column: standing_b How the second state stands.
# column: why Why it does not hold between the two although it holds each; empty otherwise.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each instrument that holds at least one of the two, in order of its id."""
    on = asked.day("on")
    lines = [line_on(index, asked[name], on) for name in ("a", "b")]
    sides = [held_on(index, line, on.isoformat()) for line in lines]
    for name in sorted(sides[0].keys() | sides[1].keys()):
        first, second = (one.get(name) for one in sides)
        summary = index.summary(name)
        binds = {True: "yes", False: "no", None: "disputed"}[summary.binding]
        how, why = _holds(index, name, asked, first, second)
        if how:
            stand = [
                _standing(index, name, row, line, asked["on"]) for row, line in zip((first, second), lines, strict=True)
            ]
            doubt = next((code for code, word in zip(("a", "b"), stand, strict=True) if word == NOT_KNOWN), "")
            how += f"; {asked[doubt]} not known" if doubt else ""
            yield name, summary.title, how, summary.scope, binds, *stand, why


def _holds(
    index: Index, name: str, asked: QuestionValues, first: StandingRow | None, second: StandingRow | None
) -> tuple[str, str]:
    if first and second and first.binds and second.binds:
        why = _denial(index, name, first, second, asked["on"])
        return ("each, but not towards one another" if why else "both"), why
    if first and first.binds:
        return asked["a"], ""
    return (asked["b"] if second and second.binds else ""), ""


def _denial(index: Index, name: str, first: StandingRow, second: StandingRow, on: str) -> str:
    """Which of the two denies the bond to the other, the first before the second; empty where neither does."""
    standing = [one for one in index.exclusions(name) if one.concerns(first.state, second.state)]
    for one in sorted(standing, key=lambda one: (one.by != first.state, one.rule != "R12")):
        if one.start <= on < one.end:
            return ExcludedInterval(first, second, one.start, one.end, one).why.partition(": ")[2]
    return ""


def _standing(index: Index, name: str, row: StandingRow | None, line: Sequence[str], on: str) -> str:
    if row:
        return row.standing
    _, lack = standing_of(index, name, line, on)
    return NOT_KNOWN if lack else "none"
