"""Panels as researchers use them: states and pairs of states over time, with COW and ISO codes.

Days are half-open: ``from`` is the first day, ``until`` the first day on which it is no longer so (rule R1).
What holds a pair is what ``between`` says: both are bound, and neither refuses the other (R11, R12).
One-sided commitments bind no pair and are left out of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Any, Final, NamedTuple

from treatygraph.bonds.pairs import Stretch, denial
from treatygraph.bonds.standings import Bearing, bearings, changes
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.export.fields import Cell, Field, Table, of
from treatygraph.export.selection import Selection, held
from treatygraph.model.records import State

__all__ = ["DYADS", "PANELS", "STATES", "YEARS", "dyad_intervals", "dyad_years", "state_intervals"]

_OPEN: Final = "9999-12-31"
_BEGINNING: Final = "0001-01-01"
FIRST_YEAR: Final = 1945


def _codes(side: str, what: str) -> tuple[Field, ...]:
    """The three codes of a state; they are filled by position."""
    return (
        of(f"state{side}", f"Code of {what} (table states of the export csv)."),
        of(f"cow{side}", f"Correlates of War number of {what}; empty where it has none.", type="integer"),
        of(f"iso3{side}", f"ISO 3166-1 alpha-3 code of {what}, also a former one; empty where it has none."),
    )


_UNDER: Final = (
    of("instrument", "Id of the instrument."),
    of("title", "Its short title."),
    of("scope", "Bilateral or multilateral (unilateral: a commitment of one state)."),
    of("binding", "Whether it binds in law: yes, no or disputed."),
    of("topics", "Its topics, separated by ;."),
)
_DAYS: Final = (
    of("from", "First day on which it holds; empty: before the record.", type="date"),
    of("until", "First day on which it no longer holds; empty: no end known. The day before is the last.", type="date"),
)

STATES: Final = Table(
    "state-intervals",
    "Which instrument held which state, from day to day.",
    (
        *_codes("", "the state"),
        *_UNDER,
        of("standing", "party, participant or provisional."),
        *_DAYS,
        of("since", "Since when, in EDTF, as known."),
        of(
            "flags", "What qualifies the standing at some time within it, separated by ;: suspension-claimed and so on."
        ),
        of("unverified", "Whether nothing but general knowledge stands behind it.", type="boolean"),
    ),
    lambda _: (),
    ("state", "instrument", "from"),
)
DYADS: Final = Table(
    "dyad-intervals",
    "Which instrument held both of two states towards each other, from day to day.",
    (
        *_codes("_a", "the first state"),
        *_codes("_b", "the second state, which comes after it by code"),
        *_UNDER,
        *_DAYS,
    ),
    lambda _: (),
    ("state_a", "state_b", "instrument", "from"),
)

_COUNTS: Final[tuple[tuple[str, str, Callable[[Any], bool]], ...]] = (
    ("instruments", "all that hold the pair, protocols and amendments too", lambda _: True),
    ("binding", "those that bind in law", lambda brief: brief["binding"] is True),
    (
        "political",
        "those that do not bind in law, or of which that is disputed",
        lambda brief: brief["binding"] is not True,
    ),
    ("bilateral", "those made for two", lambda brief: brief["scope"] == "bilateral"),
    ("multilateral", "those made for more than two", lambda brief: brief["scope"] == "multilateral"),
)
_TOPICS: Final = ("strategic-offensive-arms", "nuclear", "wmd", "conventional", "confidence-and-communication")


def _column(topic: str) -> str:
    return topic.replace("-", "_")


YEARS: Final = Table(
    "dyad-years",
    "How many instruments held each pair of states at the end of each year.",
    (
        of("year", "Year. The state of things is that of the day in the column on.", type="integer"),
        of("cow_a", "Correlates of War number of the first state: the smaller one.", type="integer"),
        of("cow_b", "Correlates of War number of the second state.", type="integer"),
        of("on", "Day counted: 31 December of the year.", type="date"),
        of("state_a", "Code of the first state; several that share its COW number that day, separated by ;."),
        of("state_b", "Code of the second state, likewise."),
        of("iso3_a", "ISO 3166-1 alpha-3 code of the first state, likewise; empty where it has none."),
        of("iso3_b", "ISO 3166-1 alpha-3 code of the second state, likewise."),
        *(of(name, f"Number of instruments: {what}.", type="integer") for name, what, _ in _COUNTS),
        *(of(_column(topic), f"Number of instruments on {topic.replace('-', ' ')}, by topic or one below it.",
             type="integer") for topic in _TOPICS),
    ),
    lambda _: (),
    ("year", "cow_a", "cow_b"),
)  # fmt: skip

PANELS: Final[Mapping[str, Table]] = {table.name: table for table in (STATES, DYADS, YEARS)}


class _Codes(NamedTuple):
    code: str
    cow: int | None
    iso3: str | None


def _states(shelf: Shelf) -> dict[str, _Codes]:
    found = {}
    for code, value in shelf.all("state"):
        known = decode(State, value).identifiers
        found[code] = _Codes(code, int(known["cow"]) if known.get("cow") else None, known.get("iso3") or None)
    return found


def _instrument(name: str, brief: Mapping[str, Any]) -> tuple[Cell, ...]:
    binding = {True: "yes", False: "no"}.get(brief["binding"], "disputed")
    return name, brief["title"], brief["scope"], binding, ";".join(brief["topics"]) or None


def _ends(start: str, end: str) -> tuple[Cell, Cell]:
    return None if start == _BEGINNING else start, None if end == _OPEN else end


def state_intervals(shelf: Shelf, selection: Selection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds a state."""
    codes, briefs = _states(shelf), selection.instruments(shelf)
    for row in held(shelf, selection):
        flags = ";".join(sorted({flag.flag for flag in row.flags})) or None
        unverified = bool(row.sources) and all(source == "recall" for source in row.sources)
        yield (*codes[row.state], *_instrument(row.instrument, briefs[row.instrument]), row.standing,
               *_ends(row.start, row.end), row.since or None, flags, unverified)  # fmt: skip


def dyad_intervals(shelf: Shelf, selection: Selection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds both states towards each other.

    Stretches that touch are one: that a state passes from provisional application to being a party breaks none.
    """
    codes, briefs = _states(shelf), selection.instruments(shelf)
    when = selection.on.isoformat() if selection.on else ""
    by_state = _by_state(held(shelf, selection))
    for first, second in combinations(sorted(by_state), 2):
        mine, theirs = by_state[first], by_state[second]
        for name in sorted(mine.keys() & theirs.keys()):
            if briefs[name]["scope"] == "unilateral":
                continue
            for start, end in _together(shelf, name, mine[name], theirs[name]):
                if not when or start <= when < end:
                    yield (*codes[first], *codes[second], *_instrument(name, briefs[name]), *_ends(start, end))


def _by_state(rows: Iterator[Bearing]) -> dict[str, dict[str, list[Bearing]]]:
    found: dict[str, dict[str, list[Bearing]]] = {}
    for row in rows:
        found.setdefault(row.state, {}).setdefault(row.instrument, []).append(row)
    return found


def _together(shelf: Shelf, name: str, mine: Sequence[Bearing], theirs: Sequence[Bearing]) -> Iterator[tuple[str, str]]:
    """The stretches in which both are held and neither refuses the other, joined where they touch."""
    contested = _contested(shelf, name)
    pending: tuple[str, str] | None = None
    for start, end in sorted(_accepted(shelf, name, mine, theirs, contested)):
        if pending and start <= pending[1]:
            pending = pending[0], max(end, pending[1])
            continue
        if pending:
            yield pending
        pending = start, end
    if pending:
        yield pending


def _accepted(
    shelf: Shelf, name: str, mine: Sequence[Bearing], theirs: Sequence[Bearing], contested: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for first in mine:
        for second in theirs:
            start, end = max(first.start, second.start), min(first.end, second.end)
            if start >= end:
                continue
            if first.state not in contested and second.state not in contested:
                yield start, end
            else:
                yield from _undenied(shelf, name, Stretch(first, second, start, end, start))


def _contested(shelf: Shelf, name: str) -> frozenset[str]:
    """The states that may refuse others under an instrument: they have a reading of their own, or have objected."""
    asked = ("contested", name)
    if asked not in shelf.memo:
        objecting = (row[0] for row in shelf.get("objections", name) or ())
        shelf.memo[asked] = frozenset((*changes(shelf, name), *objecting))
    found: frozenset[str] = shelf.memo[asked]
    return found


def _undenied(shelf: Shelf, name: str, stretch: Stretch) -> Iterator[tuple[str, str]]:
    """The parts of a stretch in which neither refuses the other: between the days on which that can change."""
    turns = {stretch.start, stretch.end}
    for me, other in ((stretch.first, stretch.second), (stretch.second, stretch.first)):
        for row in bearings(shelf, (other.state,), me.state).get(name, ()):
            turns |= {row.start, row.end}
    turns |= {row[1] for row in shelf.get("objections", name) or ()}
    days = sorted(day for day in turns if stretch.start <= day <= stretch.end)
    for start, end in pairwise(days):
        if not denial(shelf, name, stretch, start):
            yield start, end


def dyad_years(shelf: Shelf, selection: Selection, since: int, until: int) -> Iterator[tuple[Cell, ...]]:
    """A row for every pair of COW numbers and year, also where nothing holds the pair.

    The key is the COW number, so states without one are left out, and states that share one on the day
    (Egypt and the United Arab Republic) count as one: what holds either holds it.
    """
    codes, briefs = _states(shelf), selection.instruments(shelf)
    order = [name for name in sorted(briefs) if briefs[name]["scope"] != "unilateral"]
    bit = {name: 1 << number for number, name in enumerate(order)}
    masks = [sum(bit[name] for name in order if wanted(briefs[name])) for _, _, wanted in _COUNTS]
    masks += [_of_topic(shelf, topic, order, briefs, bit) for topic in _TOPICS]
    lives = dict(shelf.all("life"))
    rows = [row for row in held(shelf, selection) if row.instrument in bit]
    refusing = {name for name in order if _contested(shelf, name)}
    for year in range(since, until + 1):
        last = date(year, 12, 31)
        on = last.isoformat()
        there = [code for code in selection.states(shelf, last) if lives[code][1] <= on < lives[code][2]]
        actors = _actors(codes, there)
        holding: dict[str, dict[str, Bearing]] = defaultdict(dict)
        for row in rows:
            if row.on(on):
                holding[row.state][row.instrument] = row
        bits = {cow: _bits(holding, states, bit) for cow, states in actors.items()}
        for first, second in combinations(sorted(actors), 2):
            both = bits[first] & bits[second]
            if both:
                both = _less_refused(shelf, both, actors[first], actors[second], holding, refusing, bit, on)
            yield (year, first, second, on, *_shown(codes, actors[first], actors[second]),
                   *((both & mask).bit_count() for mask in masks))  # fmt: skip


def _of_topic(shelf: Shelf, topic: str, order: Sequence[str], briefs: Mapping[str, Any], bit: Mapping[str, int]) -> int:
    below = set(shelf.get("topic", topic) or ())
    return sum(bit[name] for name in order if not below.isdisjoint(briefs[name]["topics"]))


def _actors(codes: Mapping[str, _Codes], there: Sequence[str]) -> dict[int, list[str]]:
    """The states that are there, by COW number; those without one are left out."""
    found: dict[int, list[str]] = {}
    for code in there:
        cow = codes[code].cow
        if cow is not None:
            found.setdefault(cow, []).append(code)
    return found


def _bits(holding: Mapping[str, Mapping[str, Bearing]], states: Sequence[str], bit: Mapping[str, int]) -> int:
    found = 0
    for state in states:
        for name in holding.get(state, ()):
            found |= bit[name]
    return found


def _less_refused(
    shelf: Shelf, both: int, mine: Sequence[str], theirs: Sequence[str],
    holding: Mapping[str, Mapping[str, Bearing]], refusing: set[str], bit: Mapping[str, int], on: str,
) -> int:  # fmt: skip
    """The common instruments without those under which one refuses the other."""
    for name in refusing:
        if both & bit[name] and not _is_mutual(shelf, name, mine, theirs, holding, on):
            both &= ~bit[name]
    return both


def _is_mutual(
    shelf: Shelf, name: str, mine: Sequence[str], theirs: Sequence[str],
    holding: Mapping[str, Mapping[str, Bearing]], on: str,
) -> bool:  # fmt: skip
    contested = _contested(shelf, name)
    for one in mine:
        for other in theirs:
            first, second = holding.get(one, {}).get(name), holding.get(other, {}).get(name)
            if first is None or second is None:
                continue
            if contested.isdisjoint((one, other)):
                return True
            if not denial(shelf, name, Stretch(first, second, on, on, on), on):
                return True
    return False


def _shown(codes: Mapping[str, _Codes], mine: Sequence[str], theirs: Sequence[str]) -> tuple[Cell, ...]:
    iso = [";".join(codes[code].iso3 or "" for code in states).strip(";") or None for states in (mine, theirs)]
    return ";".join(mine), ";".join(theirs), iso[0], iso[1]
