"""CSV read as text with places: exact columns, no repeats, no empty source."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from treatygraph.facts.sheets import Fact, Findings

__all__ = ["read_table"]


def read_table(
    path: Path, name: str, columns: Sequence[str], findings: Findings, *, cited: bool = True
) -> Iterator[Fact]:
    """The rows of a table; what is wrong with it goes to ``findings`` under ``name``.

    A file that does not exist has no rows. With ``cited`` each row needs a source and a place in it.
    """
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from _rows(csv.reader(stream, strict=True), name, list(columns), findings, cited=cited)
    except UnicodeDecodeError as problem:
        findings.add(f"{name}:1", "encoding", f"not UTF-8: {problem.reason}.", "save the file as UTF-8.")


def _rows(
    reader: Iterator[list[str]], name: str, columns: list[str], findings: Findings, *, cited: bool
) -> Iterator[Fact]:
    line = 1
    try:
        header = next(reader, [])
        if header != columns:
            wrong = ", ".join(sorted(set(header) ^ set(columns))) or "their order"
            findings.add(
                f"{name}:1", "unknown-column", f"the columns differ: {wrong}.", f"the header is {','.join(columns)}."
            )
            return
        for cells in reader:
            line = reader.line_num  # type: ignore[attr-defined]
            place = f"{name}:{line}"
            if len(cells) != len(columns):
                findings.add(
                    place, "cells", f"{len(cells)} cells for {len(columns)} columns.", "quote cells that hold a comma."
                )
                continue
            fact = Fact(dict(zip(columns, cells, strict=True)), place)
            if cited and not (fact.text("source") and fact.text("at")):
                findings.add(
                    place,
                    "missing-source",
                    "the row has no source or no place in it.",
                    "fill 'source' (an id of sources.csv) and 'at'.",
                )
            yield fact
    except csv.Error as problem:
        findings.add(f"{name}:{line + 1}", "csv", f"broken CSV: {problem}.", "close the quotation mark.")
