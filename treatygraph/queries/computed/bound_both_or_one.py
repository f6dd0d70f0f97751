"""Which instruments bind both of two states on a day, and which only one."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.bonds.pairs import Stretch, denial
from treatygraph.bonds.standings import Bearing
from treatygraph.build.shelf import Shelf
from treatygraph.queries.computed._documents import held_on, line_on
from treatygraph.queries.question import Asked, Row

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
# column: holds Both, the code of the only one that is held, or: each, but not towards one another.
# column: scope Bilateral, multilateral or unilateral.
# column: binding Whether it binds in law: yes, no or disputed.
# column: standing_a How the first state stands; none where it has no standing.
# column: standing_b How the second state stands.
# column: why Why it does not hold between the two although it holds each; empty otherwise.
"""


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each instrument that holds at least one of the two, in order of its id."""
    on = asked.day("on")
    sides = [held_on(shelf, line_on(shelf, asked[name], on), on.isoformat()) for name in ("a", "b")]
    for name in sorted(sides[0].keys() | sides[1].keys()):
        first, second = (one.get(name) for one in sides)
        brief = shelf.get("brief", name)
        binds = {True: "yes", False: "no"}.get(brief["binding"], "disputed")
        how, why = _holds(shelf, name, asked, first, second)
        if how:
            yield name, brief["title"], how, brief["scope"], binds, _standing(first), _standing(second), why


def _holds(shelf: Shelf, name: str, asked: Asked, first: Bearing | None, second: Bearing | None) -> tuple[str, str]:
    if first and second and first.binds and second.binds:
        between = Stretch(first, second, max(first.start, second.start), min(first.end, second.end), "")
        why = denial(shelf, name, between, asked["on"]).partition(": ")[2]
        return ("each, but not towards one another" if why else "both"), why
    if first and first.binds:
        return asked["a"], ""
    return (asked["b"] if second and second.binds else ""), ""


def _standing(row: Bearing | None) -> str:
    return row.standing if row else "none"
