"""Panels as researchers use them: states and pairs of states over time, with COW and ISO codes.

Days are half-open: ``from`` is the first day, ``until`` the first day on which it is no longer so (rule R1).
What holds a pair is what ``between`` says: both are bound, and neither refuses the other (R11, R12).
One-sided commitments bind no pair and are left out of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from treatygraph.bonds.unknowns import OpenInterval, open_intervals
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Field, Table, of
from treatygraph.export.selection import ExportSelection, held
from treatygraph.model.cites import is_recall
from treatygraph.model.index_records import Exclusion, StandingRow, Summary
from treatygraph.model.intervals import merged, without
from treatygraph.model.records import State
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["DYADS", "PANELS", "STATES", "YEARS", "dyad_intervals", "dyad_years", "state_intervals"]

_OPEN: Final = "9999-12-31"
_BEGINNING: Final = "0001-01-01"
FIRST_YEAR: Final = 1945


def _codes(side: str, what: str) -> tuple[Field, ...]:
    """The three codes of a state; they are filled by position."""
    return (
        of(f"state{side}", f"Code of {what} (table states of the export csv)."),
        of(
            f"cow{side}",
            f"Correlates of War number of {what} on the first day; empty where it has none.",
            type="integer",
        ),
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
        of(
            "standing", "party, participant or provisional; not-known where the record cannot tell whether it is bound."
        ),
        *_DAYS,
        of("since", "Since when, in EDTF, as known."),
        of(
            "flags", "What qualifies the standing at some time within it, separated by ;: suspension-claimed and so on."
        ),
        of("unverified", "Whether nothing but general knowledge stands behind it.", type="boolean"),
        of(
            "known",
            "yes: the state was bound. no: the record cannot tell whether it was. A state and instrument without a row "
            "on a day up to the edition's: it was not bound.",
        ),
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
        of(
            "known",
            "yes: it held both. Pairs that may be held without the record telling have no row: their number is in "
            "dyad-years, and which state is in doubt is in state-intervals (known = no).",
        ),
    ),
    lambda _: (),
    ("state_a", "state_b", "instrument", "from"),
)

_COUNTS: Final[tuple[tuple[str, str, Callable[[Summary], bool]], ...]] = (
    ("instruments", "all that hold the pair, protocols and amendments too", lambda _: True),
    ("binding", "those that bind in law", lambda summary: summary.binding is True),
    (
        "political",
        "those that do not bind in law, or of which that is disputed",
        lambda summary: summary.binding is not True,
    ),
    ("bilateral", "those made for two", lambda summary: summary.scope == "bilateral"),
    ("multilateral", "those made for more than two", lambda summary: summary.scope == "multilateral"),
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
        of(
            "left_open",
            "Number of instruments of which the record cannot tell whether they held the pair that day; they are in no "
            "other count, so that each count is at least so many.",
            type="integer",
        ),
        of("known", "yes where nothing is left open: a zero is a zero. no: a zero may be more."),
    ),
    lambda _: (),
    ("year", "cow_a", "cow_b"),
)  # fmt: skip

PANELS: Final[Mapping[str, Table]] = {table.name: table for table in (STATES, DYADS, YEARS)}


class _Codes(NamedTuple):
    code: str
    cow: int | None
    iso3: str | None


def _states(index: Index, on: date) -> dict[str, _Codes]:
    return {code: _codes_on(state, on) for code, state in index.states().items()}


def _codes_at(state: State, start: str) -> _Codes:
    """Its codes on the first day of an interval."""
    return _codes_on(state, date.fromisoformat(start))


def _codes_on(state: State, on: date) -> _Codes:
    """The codes of a state on a day: some have another number for a time."""
    cow = state.number_on("cow", on)
    return _Codes(state.code, int(cow) if cow else None, state.identifiers.get("iso3"))


def _instrument(summary: Summary) -> tuple[Cell, ...]:
    binding = {True: "yes", False: "no", None: "disputed"}[summary.binding]
    return summary.id, summary.title, summary.scope, binding, ";".join(summary.topics) or None


def _ends(start: str, end: str) -> tuple[Cell, Cell]:
    return None if start == _BEGINNING else start, None if end == _OPEN else end


def state_intervals(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds a state."""
    states, summaries = index.states(), selection.instruments(index)
    rows = [_held_row(states, summaries, row) for row in held(index, selection)]
    rows += [_open_row(states, summaries, item) for item in _open(index, selection)]
    yield from sorted(rows, key=lambda row: (row[0], row[3], row[9] or "", row[8]))


def _held_row(states: Mapping[str, State], summaries: Mapping[str, Summary], row: StandingRow) -> tuple[Cell, ...]:
    flags = ";".join(sorted({flag.flag for flag in row.flags})) or None
    return (*_codes_at(states[row.state], row.start), *_instrument(summaries[row.instrument]), row.standing,
            *_ends(row.start, row.end), row.since or None, flags, is_recall(row.sources), "yes")  # fmt: skip


def _open_row(states: Mapping[str, State], summaries: Mapping[str, Summary], item: OpenInterval) -> tuple[Cell, ...]:
    return (*_codes_at(states[item.state], item.start), *_instrument(summaries[item.instrument]), NOT_KNOWN,
            *_ends(item.start, item.end), None, None, False, "no")  # fmt: skip


def _open(index: Index, selection: ExportSelection) -> Iterator[OpenInterval]:
    """The open intervals of the selection that begin up to the day of the edition: later ones are the future's."""
    names, states = selection.instruments(index), set(selection.states(index))
    when = selection.on.isoformat() if selection.on else ""
    for item in open_intervals(index, selection.reading, names):
        if item.state in states and (item.start <= when < item.end if when else item.start <= EDITION_DAY.isoformat()):
            yield item


def dyad_intervals(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds both states towards each other.

    Stretches that touch are one: that a state passes from provisional application to being a party breaks none.
    """
    states, summaries = index.states(), selection.instruments(index)
    when = selection.on.isoformat() if selection.on else ""
    by_state = _by_state(held(index, selection))
    for first, second in combinations(sorted(by_state), 2):
        mine, theirs = by_state[first], by_state[second]
        for name in sorted(mine.keys() & theirs.keys()):
            if summaries[name].scope == "unilateral":
                continue
            for start, end in _together(index, name, mine[name], theirs[name]):
                if not when or start <= when < end:
                    yield (*_codes_at(states[first], start), *_codes_at(states[second], start),
                           *_instrument(summaries[name]), *_ends(start, end), "yes")  # fmt: skip


def _by_state(rows: Iterator[StandingRow]) -> dict[str, dict[str, list[StandingRow]]]:
    found: dict[str, dict[str, list[StandingRow]]] = {}
    for row in rows:
        found.setdefault(row.state, {}).setdefault(row.instrument, []).append(row)
    return found


def _together(
    index: Index, name: str, mine: Sequence[StandingRow], theirs: Sequence[StandingRow]
) -> Iterator[tuple[str, str]]:
    """The stretches in which both are held and neither refuses the other, joined where they touch."""
    return iter(merged(_accepted(index.exclusions(name), mine, theirs)))


def _accepted(
    exclusions: Sequence[Exclusion], mine: Sequence[StandingRow], theirs: Sequence[StandingRow]
) -> Iterator[tuple[str, str]]:
    for first in mine:
        for second in theirs:
            start, end = max(first.start, second.start), min(first.end, second.end)
            if start < end:
                meant = (one for one in exclusions if one.concerns(first.state, second.state))
                yield from without([(start, end)], merged((one.start, one.end) for one in meant))


def dyad_years(index: Index, selection: ExportSelection, since: int, until: int) -> Iterator[tuple[Cell, ...]]:
    """A row for every pair of COW numbers and year, also where nothing holds the pair.

    The key is the COW number, so states without one are left out, and states that share one on the day
    (Egypt and the United Arab Republic) count as one: what holds either holds it.
    """
    summaries = selection.instruments(index)
    order = [name for name in sorted(summaries) if summaries[name].scope != "unilateral"]
    bit = {name: 1 << number for number, name in enumerate(order)}
    masks = [sum(bit[name] for name in order if wanted(summaries[name])) for _, _, wanted in _COUNTS]
    masks += [_of_topic(index, topic, order, summaries, bit) for topic in _TOPICS]
    lives = index.existences()
    rows = [row for row in held(index, selection) if row.instrument in bit]
    unknown = [item for item in open_intervals(index, selection.reading, bit) if item.start <= f"{until}-12-31"]
    refusing = {name for name in order if index.exclusions(name)}
    for year in range(since, until + 1):
        last = date(year, 12, 31)
        on = last.isoformat()
        there = [code for code in selection.states(index, last) if lives[code].on(on)]
        codes = _states(index, last)
        actors = _actors(codes, there)
        holding: dict[str, dict[str, StandingRow]] = defaultdict(dict)
        for row in rows:
            if row.on(on):
                holding[row.state][row.instrument] = row
        doubtful: dict[str, int] = defaultdict(int)
        for item in unknown:
            if item.start <= on < item.end:
                doubtful[item.state] |= bit[item.instrument]
        may = {cow: _either(doubtful, states) for cow, states in actors.items()}
        bits = {cow: _bits(holding, states, bit) for cow, states in actors.items()}
        for first, second in combinations(sorted(actors), 2):
            both = bits[first] & bits[second]
            left_open = ((bits[first] | may[first]) & (bits[second] | may[second]) & ~both).bit_count()
            if both:
                both = _less_refused(index, both, actors[first], actors[second], holding, refusing, bit, on)
            yield (year, first, second, on, *_shown(codes, actors[first], actors[second]),
                   *((both & mask).bit_count() for mask in masks), left_open, "no" if left_open else "yes")  # fmt: skip


def _of_topic(
    index: Index, topic: str, order: Sequence[str], summaries: Mapping[str, Summary], bit: Mapping[str, int]
) -> int:
    below = index.topic(topic) or frozenset()
    return sum(bit[name] for name in order if not below.isdisjoint(summaries[name].topics))


def _actors(codes: Mapping[str, _Codes], there: Sequence[str]) -> dict[int, list[str]]:
    """The states that are there, by COW number; those without one are left out."""
    found: dict[int, list[str]] = {}
    for code in there:
        cow = codes[code].cow
        if cow is not None:
            found.setdefault(cow, []).append(code)
    return found


def _bits(holding: Mapping[str, Mapping[str, StandingRow]], states: Sequence[str], bit: Mapping[str, int]) -> int:
    found = 0
    for state in states:
        for name in holding.get(state, ()):
            found |= bit[name]
    return found


def _either(doubtful: Mapping[str, int], states: Sequence[str]) -> int:
    """The instruments that may hold any of some states."""
    found = 0
    for state in states:
        found |= doubtful.get(state, 0)
    return found


def _less_refused(
    index: Index, both: int, mine: Sequence[str], theirs: Sequence[str],
    holding: Mapping[str, Mapping[str, StandingRow]], refusing: set[str], bit: Mapping[str, int], on: str,
) -> int:  # fmt: skip
    """The common instruments without those under which one refuses the other."""
    for name in refusing:
        if both & bit[name] and not _is_mutual(index, name, mine, theirs, holding, on):
            both &= ~bit[name]
    return both


def _is_mutual(
    index: Index, name: str, mine: Sequence[str], theirs: Sequence[str],
    holding: Mapping[str, Mapping[str, StandingRow]], on: str,
) -> bool:  # fmt: skip
    now = [one for one in index.exclusions(name) if one.start <= on < one.end]
    held = [
        (one, other) for one in mine for other in theirs if _holds(holding, one, name) and _holds(holding, other, name)
    ]
    return any(not any(exclusion.concerns(*pair) for exclusion in now) for pair in held)


def _holds(holding: Mapping[str, Mapping[str, StandingRow]], state: str, name: str) -> bool:
    return name in holding.get(state, ())


def _shown(codes: Mapping[str, _Codes], mine: Sequence[str], theirs: Sequence[str]) -> tuple[Cell, ...]:
    iso = [";".join(codes[code].iso3 or "" for code in states).strip(";") or None for states in (mine, theirs)]
    return ";".join(mine), ";".join(theirs), iso[0], iso[1]
