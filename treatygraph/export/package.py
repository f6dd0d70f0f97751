"""Tables as files: CSV, Parquet or Stata, with a codebook and a Frictionless data package descriptor."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from treatygraph.export.croissant import croissant
from treatygraph.export.fields import Cell, Field, Table
from treatygraph.export.writing import CROISSANT, HOMEPAGE, MARK
from treatygraph.model.version import Edition

if TYPE_CHECKING:
    from pyarrow import Array, DataType

__all__ = ["CODEBOOK", "write_package"]

CODEBOOK: Final = ("table", "column", "type", "n", "range", "example", "formula", "description")
"""The columns of ``codebook.csv``; it has a row for every column of every table, its own too."""
_CODEBOOK_TABLE: Final = {
    "table": "Name of the table: its file without the ending.",
    "column": "Name of the column.",
    "type": "string, integer, number, boolean or date (YYYY-MM-DD).",
    "n": "Number of cells of this file that are not empty.",
    "range": "Least and greatest value in this file; of texts and booleans all values, where there are few.",
    "example": "The first value in this file.",
    "formula": "How it is worked out from the standings; empty: it is a fact of the record.",
    "description": "What stands in it. An empty cell is absence.",
}
_BATCH: Final = 50_000
_TOLD_EVERY: Final = 200_000
_FEW: Final = 14
"""So many different texts are listed in the codebook."""

Talk = Callable[[str], None]
Rows = Iterable[tuple[Cell, ...]]


class _Column:
    """What the codebook says of the values of a column, gathered while they are written."""

    def __init__(self) -> None:
        self.number, self.example = 0, ""
        self._ends: tuple[Any, Any] | None = None
        self._texts: set[str] | None = set()

    def add(self, column: Sequence[Cell]) -> None:
        """Take in some more cells."""
        values: list[Any] = [cell for cell in column if cell is not None]
        if not values:
            return
        self.example = self.example or _text(values[0])
        self.number += len(values)
        least, most = min(values), max(values)
        self._ends = (min(self._ends[0], least), max(self._ends[1], most)) if self._ends else (least, most)
        if self._texts is not None:
            self._texts.update(map(_text, set(values)))
            self._texts = self._texts if len(self._texts) <= _FEW else None

    def range(self, kind: str) -> str:
        """The values in words."""
        if self._ends is None:
            return ""
        if kind in ("string", "boolean"):
            return "; ".join(sorted(self._texts)) if self._texts else ""
        return f"{_text(self._ends[0])} to {_text(self._ends[1])}"


def write_package(
    folder: Path, name: str, title: str, tables: Sequence[tuple[Table, Rows]], *, talk: Talk, edition: Edition,
    file: str = "csv", notes: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write the tables, their codebook and the descriptor to a folder; rows are taken one by one.

    Args:
        folder: where to; it is there.
        name: of the package.
        title: of the package.
        tables: each with its rows.
        talk: told about what takes a while.
        edition: of the record.
        file: ``csv``, ``parquet`` or ``stata``.
        notes: what who uses it must know.
    """
    resources, book_rows = [], []
    for table, rows in tables:
        path = folder / f"{table.name}.{_ENDINGS[file]}"
        columns = [_Column() for _ in table.fields]
        batches = _batches(rows, table.name, columns, talk)
        if file == "parquet":
            _write_parquet(path, table, batches)
        elif file == "stata":
            from treatygraph.export.stata import write_stata

            write_stata(path, table, batches, edition.label)
        else:
            _write_csv(path, [field.name for field in table.fields], (row for batch in batches for row in batch))
        resources.append(_resource(table, path))
        book_rows += [
            (table.name, field.name, field.type, column.number, column.range(field.type), column.example,
             field.formula, field.description)
            for field, column in zip(table.fields, columns, strict=True)
        ]  # fmt: skip
    book = folder / "codebook.csv"
    _write_csv(book, CODEBOOK, [*book_rows, *_own_rows()])
    resources.append(_codebook_resource(book))
    descriptor = {
        "profile": "tabular-data-package" if file == "csv" else "data-package",
        "name": name,
        "id": "/".join(part for part in (name, edition.version, edition.digest[:8]) if part),
        "title": title,
        "description": " ".join(notes),
        "version": edition.version,
        "edition": edition.to_dict(),
        "created": edition.day,
        "homepage": HOMEPAGE,
        "keywords": ["arms control", "disarmament", "treaties", "international relations"],
        "contributors": [{"title": _CREATOR, "role": "author"}],
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
                      "title": "Creative Commons Attribution 4.0"}],
        "datacite": _datacite(title, notes, edition),
        "resources": resources,
    }  # fmt: skip
    (folder / CROISSANT).write_text(_json(croissant(descriptor, edition)), encoding="utf-8")
    (folder / MARK).write_text(_json(descriptor), encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


_ENDINGS: Final = {"csv": "csv", "parquet": "parquet", "stata": "dta"}
_CREATOR: Final = "treatygraph contributors"


def _datacite(title: str, notes: Sequence[str], edition: Edition) -> dict[str, Any]:
    """What registering a DOI for this file needs (DataCite 4.5); the DOI itself comes with the registration."""
    return {
        "titles": [{"title": title}],
        "creators": [{"name": _CREATOR, "nameType": "Organizational"}],
        "publisher": "treatygraph",
        "publicationYear": int(edition.day[:4]),
        "version": edition.version,
        "dates": [{"date": edition.day, "dateType": "Valid"}],
        "types": {"resourceTypeGeneral": "Dataset"},
        "rightsList": [{"rightsIdentifier": "CC-BY-4.0"}],
        "descriptions": [{"description": " ".join(notes), "descriptionType": "Methods"}] if notes else [],
        "relatedIdentifiers": [{"relatedIdentifier": HOMEPAGE, "relatedIdentifierType": "URL",
                                "relationType": "IsDerivedFrom"}],
    }  # fmt: skip


def _own_rows() -> Iterator[tuple[Cell, ...]]:
    """The rows for the columns of the codebook itself."""
    for column in CODEBOOK:
        kind = "integer" if column == "n" else "string"
        yield "codebook", column, kind, None, None, None, None, _CODEBOOK_TABLE[column]


def _batches(
    rows: Rows, name: str, columns: Sequence[_Column], talk: Talk
) -> Iterator[list[tuple[Cell, ...]]]:  # fmt: skip
    """The rows in parts, of which the columns take note."""
    every, number = iter(rows), 0
    while batch := list(islice(every, _BATCH)):
        for column, cells in zip(columns, zip(*batch, strict=True), strict=True):
            column.add(cells)
        number += len(batch)
        if number % _TOLD_EVERY == 0:
            talk(f"treatygraph: {name}: {number:,} rows …")
        yield batch


def _text(value: Cell) -> str:
    """A value as CSV has it; R takes TRUE and FALSE for logical values, true and false for texts (R 4.2)."""
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else str(value)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(map(_written, rows))


def _written(row: Sequence[Cell]) -> list[str | int | float]:
    return [_text(cell) if isinstance(cell, bool) else "" if cell is None else cell for cell in row]


def _write_parquet(path: Path, table: Table, batches: Iterable[list[tuple[Cell, ...]]]) -> None:
    import pyarrow
    from pyarrow import parquet

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    schema = pyarrow.schema([
        pyarrow.field(one.name, types[one.type], metadata={"description": one.description}) for one in table.fields
    ])  # fmt: skip
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            columns = zip(*batch, strict=True)
            arrays = [_array(types[f.type], f.type, column) for f, column in zip(table.fields, columns, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _array(type_of: DataType, name: str, column: Sequence[Cell]) -> Array:
    import pyarrow

    if name == "date":
        return pyarrow.array(column, pyarrow.string()).cast(type_of)
    return pyarrow.array(column, type_of)


def _resource(table: Table, path: Path) -> dict[str, Any]:
    fields = [_described(field, table.key) for field in table.fields]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {**_file(path, table.name, table.title), "schema": schema}


def _described(field: Field, key: Sequence[str]) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.name in key and field.name not in ("cow", "cow_a", "cow_b", "from"):
        described["constraints"] = {"required": True}
    return described


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
