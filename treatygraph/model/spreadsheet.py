"""Rows as CSV: as RFC 4180 has it for programs, and as Excel opens it by a double click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

__all__ = ["EXCEL", "SPREADSHEETS", "write_rows"]

_MARK: Final = "\ufeff"
"""The byte order mark, without which Excel takes UTF-8 for the code page of the machine: "Côte d'Ivoire"."""
EXCEL: Final = ("excel", "excel-semicolon")
"""Formats for Excel. With which separator it opens a file by itself depends on the country that the machine is set to:
a comma in English-speaking ones, a semicolon where the comma stands in decimal numbers."""
SPREADSHEETS: Final = ("csv", *EXCEL)
"""Every format that is rows."""


class _Stream(Protocol):
    def write(self, text: str, /) -> object: ...


def write_rows(stream: _Stream, rows: Iterable[Sequence[object]], form: str = "csv") -> None:
    """Write rows in one of :data:`SPREADSHEETS`; those for Excel begin with the mark and end lines as Windows does."""
    import csv  # the names of the formats are wanted at every start, the writer seldom

    if form in EXCEL:
        stream.write(_MARK)
    separator = ";" if form == "excel-semicolon" else ","
    csv.writer(stream, delimiter=separator, lineterminator="\r\n" if form in EXCEL else "\n").writerows(rows)
