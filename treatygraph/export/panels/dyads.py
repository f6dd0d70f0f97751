"""The panels of pairs of states: intervals, and years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table, of
from treatygraph.export.panels.columns import DAYS, UNDER, code_fields, count_fields, list_fields
from treatygraph.export.selection import ExportSelection

__all__ = ["DYADS", "YEARS", "dyad_intervals", "dyad_years", "years_table"]

DYADS: Final = Table(
    "dyad-intervals",
    "Which instrument held both of two states towards each other, from day to day.",
    (
        *code_fields("_a", "the first state"),
        *code_fields("_b", "the second state, which comes after it by code"),
        *UNDER,
        *DAYS,
        of(
            "known",
            "yes: it held both. since: so it did, and from a day that the record does not know, at the latest "
            "the first of these. Pairs that may be held without the record telling have no row: their number is in "
            "dyad-years, and which state is in doubt is in state-intervals (known = no).",
        ),
    ),
    lambda _: (),
    ("state_a", "state_b", "instrument", "from"),
)


def years_table(at: str = "end") -> Table:
    """The table of dyad-years; where shares of the year are counted, the counts are numbers with a fraction."""
    kind = "number" if at == "share" else "integer"
    return Table(
        "dyad-years",
        "How many instruments held each pair of states in each year.",
        (
            of("year", "Year.", type="integer"),
            of("on", "Day counted: 31 December of the year; empty where every day of it is.", type="date"),
            *code_fields("_a", "the first state: the one with the smaller Correlates of War number"),
            *code_fields("_b", "the second state"),
            *list_fields("_a", "the first state"),
            *list_fields("_b", "the second state"),
            *count_fields("the pair", kind),
            of("left_open", "Number of instruments of which the record cannot tell whether they held the pair.",
               type=kind, formula="instruments_max - instruments"),
            of("known", "yes where nothing is left open: a zero is a zero. no: a zero may be more.",
               formula="yes if left_open = 0"),
        ),
        lambda _: (),
        ("year", "state_a", "state_b", "cow_a", "cow_b"),
    )  # fmt: skip


YEARS: Final = years_table()


def dyad_intervals(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch in which an instrument holds both states towards each other."""
    from treatygraph.export.panels.dyad_rows import interval_rows  # needs numpy, which the list of formats does not

    yield from interval_rows(index, selection)


def dyad_years(index: Index, selection: ExportSelection, since: int, until: int) -> Iterator[tuple[Cell, ...]]:
    """A row for every pair of states that are there in a year, also where nothing holds the pair."""
    from treatygraph.export.panels.dyad_rows import year_rows

    yield from year_rows(index, selection, since, until)
