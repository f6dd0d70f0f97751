"""Columns of the exported tables: name, type, meaning, and how the value is got from a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from treatygraph.build.index import Index
from treatygraph.model.dates import BEGINNING, OPEN, Span

__all__ = ["Cell", "Field", "Table", "cited", "days", "of", "span"]

Cell = str | int | float | bool | None

Getter = Callable[[Any], Any]
_ENDS: Final = (BEGINNING, OPEN)


@dataclass(frozen=True)
class Field:
    """One column; an empty cell is absence."""

    name: str
    type: str
    """``string``, ``integer``, ``number``, ``boolean`` or ``date`` (ISO day)."""
    description: str
    get: Getter
    formula: str = ""
    """How it is worked out from the standings, where it is."""


@dataclass(frozen=True)
class Table:
    """One file: its columns, and the records that become its rows, in order."""

    name: str
    title: str
    fields: tuple[Field, ...]
    records: Callable[[Index], Iterable[Any]]
    key: tuple[str, ...] = ()
    """The columns that name a row, where they do."""

    def rows(self, index: Index) -> Iterator[tuple[Cell, ...]]:
        """Every row."""
        return self.made(self.records(index))

    def made(self, records: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
        """The row of each record."""
        getters = [field.get for field in self.fields]
        for record in records:
            yield tuple(cell(get(record)) for get in getters)


def cell(value: object) -> Cell:
    """A value as a cell: lists joined by ``;``, days in ISO form, open ends and absence as None."""
    if value is None or value == "" or value in _ENDS:
        return None
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence | frozenset):
        return ";".join(map(str, value)) or None
    return str(value)


def of(name: str, description: str, get: str | Getter = "", type: str = "string", formula: str = "") -> Field:
    """A column that holds an attribute of the record (by default the one of its name)."""
    if callable(get):
        return Field(name, type, description, get, formula)
    attribute = get or name
    return Field(name, type, description, lambda record: getattr(record, attribute), formula)


def span(name: str, what: str, get: str | Getter = "") -> tuple[Field, ...]:
    """Three columns for a date as given: the text in EDTF, the first and the last day that it can mean."""
    read = get if callable(get) else of(name, "", get).get

    def end(which: str) -> Getter:
        def found(record: object) -> object:
            value: Span | None = read(record)
            return None if value is None else getattr(value, which)

        return found

    return (
        of(name, f"{what}, in EDTF as the source gives it.", end("text")),
        of(f"{name}_earliest", f"{what}: the first day that it can mean.", end("earliest"), "date"),
        of(f"{name}_latest", f"{what}: the last day that it can mean.", end("latest"), "date"),
    )


def days(what: str) -> tuple[Field, ...]:
    """Two columns for a half-open interval of days."""
    return (
        of("from", f"First day on which {what}; empty: before the record.", "start", "date"),
        of("until", "First day on which it no longer does; empty: no end known.", "end", "date"),
    )  # fmt: skip


def cited(get: str | Getter = "cite") -> tuple[Field, ...]:
    """Two columns for where it was read."""
    read = get if callable(get) else of("", "", get).get
    return (
        of("sources", "Ids of the sources in which it was read (table sources), separated by ;.",
           lambda record: read(record).sources),
        of("at", "The place in the source.", lambda record: read(record).at),
    )  # fmt: skip
