"""The sampling frame: which instruments are in the population, and how evenly pairs of states are covered.

The inclusion rule stands in ``docs/population.md``. What the record gathers between two states alone is uneven, and
every panel that counts it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from treatygraph.bonds.scope import scopes_by_bond
from treatygraph.bonds.unknowns import open_on
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table, cell, of
from treatygraph.export.panels.columns import UNDER, instrument_cells
from treatygraph.export.panels.design import DESIGN, design_cells
from treatygraph.export.selection import ExportSelection
from treatygraph.law.succession import carried_on_by
from treatygraph.model.version import EDITION_DAY

__all__ = ["FRAME_INSTRUMENTS", "FRAME_PAIRS", "frame_instruments", "frame_pairs", "unevenness"]

_TWO: Final = 2

FRAME_INSTRUMENTS: Final = Table(
    "frame-instruments",
    "The population: every instrument, and how far the record knows it.",
    (
        *UNDER,
        of("signed", "Signature or adoption, in EDTF."),
        of("entry", "Entry into force or beginning of operation, in EDTF; empty: none."),
        of("ended", "End, in EDTF; empty: none known."),
        of("made_for", "Number of states that it is made for; empty: open to others.", type="integer"),
        of("bound_ever", "Number of states that it is known to have bound, former ones for themselves.",
           type="integer"),
        of("bound", "Number of states that it is known to bind on the edition's day.", type="integer"),
        of("left_open", "Number of states of which the record cannot tell that day whether it binds them.",
           type="integer"),
        of("complete", "Whether the record tells of every state that day.", type="boolean", formula="left_open = 0"),
        of("as_of", "The last day up to which the ledger is whole but for its gaps; empty: whole for no day."),
        of("gap", "What the ledger lacks, in words."),
        *DESIGN,
    ),
    lambda _: (),
    ("instrument",),
)  # fmt: skip

FRAME_PAIRS: Final = Table(
    "frame-pairs",
    "Pairs of states by the instruments between them alone that are on record: how unevenly these were gathered.",
    (
        of("state_a", "Code of the first state, as it is called today."),
        of("state_b", "Code of the second state."),
        of("bilateral", "Number of instruments on record that were made for the two alone, or for their predecessors.",
           type="integer"),
        of("binding", "Those that bind in law.", type="integer"),
        of("first_signed", "The earliest signature among them, in EDTF."),
        of("last_signed", "The latest signature among them, in EDTF."),
        of("share", "Their part of all bilateral instruments on record.", type="number",
           formula="bilateral / sum of bilateral over all pairs"),
        of("instruments", "Their ids, separated by ;."),
    ),
    lambda _: (),
    ("state_a", "state_b"),
)  # fmt: skip


class _Pair(NamedTuple):
    states: tuple[str, str]
    instruments: tuple[str, ...]


def frame_instruments(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every instrument, by id."""
    day, scopes = EDITION_DAY.isoformat(), scopes_by_bond(index, selection.reading)
    doubtful = open_on(index, day, selection.reading)
    bound: dict[str, set[str]] = {}
    today: dict[str, set[str]] = {}
    for code in selection.states(index):
        for name, rows in index.standings((code,), selection.reading).items():
            if any(row.binds for row in rows):
                bound.setdefault(name, set()).add(code)
            if any(row.binds and row.on(day) for row in rows):
                today.setdefault(name, set()).add(code)
    states = set(selection.states(index))
    for name, one in selection.instruments(index).items():
        left_open = len(doubtful.get(name, frozenset()) & states)
        cells = (one.signed, one.entry, one.end, len(one.participants) or None, len(bound.get(name, ())),
                 len(today.get(name, ())), left_open, not left_open, one.coverage, one.gap)  # fmt: skip
        yield (*instrument_cells(one, scopes[name]), *map(cell, cells), *design_cells(index.instruments()[name]))


def frame_pairs(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every pair that has a bilateral instrument on record, those with most first."""
    pairs = _pairs(index, selection)
    every = sum(len(pair.instruments) for pair in pairs)
    for pair in sorted(pairs, key=lambda pair: (-len(pair.instruments), pair.states)):
        briefs = [index.summary(name) for name in pair.instruments]
        signed = sorted(one.signed for one in briefs if one.signed) or [""]
        number = len(pair.instruments)
        yield (*pair.states, number, sum(one.binding is True for one in briefs), signed[0] or None, signed[-1] or None,
               round(number / every, 6), ";".join(pair.instruments))  # fmt: skip


def _pairs(index: Index, selection: ExportSelection) -> list[_Pair]:
    """Who is party to, or has acted under, each bilateral instrument, by the states of today."""
    names: dict[tuple[str, str], list[str]] = {}
    states, wanted = index.states(), set(selection.states(index))
    for name, scope in scopes_by_bond(index, selection.reading).items():
        if scope != "bilateral" or name not in selection.instruments(index):
            continue
        sides = index.summary(name).participants or index.actors().get(name, ())
        heads = sorted({carried_on_by(states, code) for code in sides if code in wanted})
        if len(heads) == _TWO:
            for first, second in combinations(heads, 2):
                names.setdefault((first, second), []).append(name)
    return [_Pair(pair, tuple(sorted(some))) for pair, some in names.items()]


def unevenness(index: Index, selection: ExportSelection) -> str:
    """The warning that goes with every count of bilateral instruments across pairs."""
    pairs = _pairs(index, selection)
    every = sum(len(pair.instruments) for pair in pairs)
    great = sum(len(pair.instruments) for pair in pairs if not {"USA", "RUS"}.isdisjoint(pair.states))
    return (
        f"Bilateral instruments were not gathered evenly: of {every} on record, between {len(pairs)} pairs, {great} "
        "are of the United States or Russia; no pair was searched to the end. Compare 'bilateral' within a pair over "
        "time, not across pairs (table frame-pairs of the export frame)."
    )
