"""A table as a Stata file (.dta, version 118: Stata 14 and later), with labels on data, columns and yes-no values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from treatygraph.export.fields import Cell, Field, Table

if TYPE_CHECKING:
    from pandas import Series

__all__ = ["write_stata"]

_LABEL: Final = 80
_SHORT: Final = 2045
"""Longer texts are of the kind strL, which takes any length."""
_STAMP: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same facts give the same bytes


def write_stata(path: Path, table: Table, batches: Iterable[Sequence[tuple[Cell, ...]]], label: str) -> None:
    """Write the rows; days are Stata days, booleans 0 and 1 with labels, numbers that lack are missing."""
    import pandas

    columns: list[list[Cell]] = [[] for _ in table.fields]
    for batch in batches:
        for column, cells in zip(columns, zip(*batch, strict=True), strict=True):
            column.extend(cells)
    frame = pandas.DataFrame({
        field.name: _series(field, column) for field, column in zip(table.fields, columns, strict=True)
    })  # fmt: skip
    yes_no = {field.name: {0: "no", 1: "yes"} for field in table.fields if field.type == "boolean"}
    long = [field.name for field in table.fields if field.type == "string" and _is_long(frame[field.name])]
    frame.to_stata(
        path, write_index=False, version=118, data_label=label[:_LABEL], time_stamp=_STAMP,
        variable_labels={field.name: _short(field.description) for field in table.fields},
        convert_dates={field.name: "td" for field in table.fields if field.type == "date"},
        convert_strl=long, value_labels={name: words for name, words in yes_no.items() if len(frame)},
    )  # fmt: skip


def _series(field: Field, column: Sequence[Cell]) -> Series[Any]:
    import pandas

    if field.type == "string":
        return pandas.Series(["" if cell is None else str(cell) for cell in column], dtype=object)
    if field.type == "date":
        return pandas.Series(pandas.to_datetime(pandas.Series(column, dtype=object), format="%Y-%m-%d"))
    if any(cell is None for cell in column) or field.type == "number":
        return pandas.Series([float("nan") if cell is None else float(cell) for cell in column], dtype="float64")
    return pandas.Series([int(cell or 0) for cell in column], dtype="int8" if field.type == "boolean" else "int32")


def _is_long(texts: Series[Any]) -> bool:
    return bool(len(texts)) and int(texts.str.encode("utf-8").str.len().max()) > _SHORT


def _short(description: str) -> str:
    """The first sentence, as far as a label holds it."""
    sentence = description.partition(". ")[0].rstrip(".")
    return sentence if len(sentence) <= _LABEL else f"{sentence[: _LABEL - 1].rstrip()}…"
