"""Tables as files: CSV or Parquet, with a codebook and a Frictionless data package descriptor."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from treatygraph.export.croissant import croissant
from treatygraph.export.fields import Cell, Table
from treatygraph.export.writing import CROISSANT, HOMEPAGE, MARK
from treatygraph.model.version import Edition

if TYPE_CHECKING:
    from pyarrow import Array, DataType

__all__ = ["CODEBOOK", "codebook_rows", "write_package"]

CODEBOOK: Final = ("table", "column", "type", "description")
"""The columns of ``codebook.csv``; it has a row for every column of every table, its own too."""
_CODEBOOK_TABLE: Final = {
    "table": "Name of the table: its file without the ending.",
    "column": "Name of the column.",
    "type": "string, integer, boolean or date (YYYY-MM-DD).",
    "description": "What stands in it. An empty cell is absence.",
}
_BATCH: Final = 50_000
_TOLD_EVERY: Final = 200_000

Talk = Callable[[str], None]
Rows = Iterable[tuple[Cell, ...]]


def write_package(
    folder: Path, name: str, title: str, tables: Sequence[tuple[Table, Rows]], *, parquet: bool, talk: Talk,
    edition: Edition, notes: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write the tables, their codebook and the descriptor to a folder; rows are taken one by one."""
    resources = []
    for table, rows in tables:
        path = folder / f"{table.name}.{'parquet' if parquet else 'csv'}"
        counted = _counted(rows, table.name, talk)
        if parquet:
            _write_parquet(path, table, counted)
        else:
            _write_csv(path, [field.name for field in table.fields], counted)
        resources.append(_resource(table, path))
    book = folder / "codebook.csv"
    _write_csv(book, CODEBOOK, codebook_rows([table for table, _ in tables]))
    resources.append(_codebook_resource(book))
    descriptor = {
        "profile": "tabular-data-package" if not parquet else "data-package",
        "name": name,
        "title": title,
        "description": " ".join(notes),
        "version": edition.version,
        "edition": edition.to_dict(),
        "homepage": HOMEPAGE,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
                      "title": "Creative Commons Attribution 4.0"}],
        "resources": resources,
    }  # fmt: skip
    (folder / CROISSANT).write_text(_json(croissant(descriptor, edition)), encoding="utf-8")
    (folder / MARK).write_text(_json(descriptor), encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def codebook_rows(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """A row for every column of the tables, and for those of the codebook itself."""
    for table in tables:
        for field in table.fields:
            yield table.name, field.name, field.type, field.description
    for column in CODEBOOK:
        yield "codebook", column, "string", _CODEBOOK_TABLE[column]


def _counted(rows: Rows, name: str, talk: Talk) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, 1):
        if number % _TOLD_EVERY == 0:
            talk(f"treatygraph: {name}: {number:,} rows …")
        yield row


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(map(_written, rows))


def _written(row: Sequence[Cell]) -> list[str | int]:
    return [("true" if cell else "false") if isinstance(cell, bool) else "" if cell is None else cell for cell in row]


def _write_parquet(path: Path, table: Table, rows: Iterator[tuple[Cell, ...]]) -> None:
    import pyarrow
    from pyarrow import parquet

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    schema = pyarrow.schema([
        pyarrow.field(one.name, types[one.type], metadata={"description": one.description}) for one in table.fields
    ])  # fmt: skip
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [_array(types[f.type], f.type, column) for f, column in zip(table.fields, columns, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _array(type_of: DataType, name: str, column: Sequence[Cell]) -> Array:
    import pyarrow

    if name == "date":
        return pyarrow.array(column, pyarrow.string()).cast(type_of)
    return pyarrow.array(column, type_of)


def _resource(table: Table, path: Path) -> dict[str, Any]:
    fields = [{"name": f.name, "type": f.type, "description": f.description} for f in table.fields]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {**_file(path, table.name, table.title), "schema": schema}


def _codebook_resource(path: Path) -> dict[str, Any]:
    fields = [{"name": column, "type": "string", "description": _CODEBOOK_TABLE[column]} for column in CODEBOOK]
    return {**_file(path, "codebook", "A row for every column."), "schema": {"fields": fields}}


def _file(path: Path, name: str, title: str) -> dict[str, Any]:
    resource: dict[str, Any] = {"name": name, "path": path.name, "title": title}
    if path.suffix == ".csv":
        resource |= {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    else:
        resource |= {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {**resource, "bytes": path.stat().st_size, "hash": f"sha256:{digest}"}
