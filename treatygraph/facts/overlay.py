"""A user's own facts laid over the record: rows added or replaced, cards replaced, rows and files removed.

A folder of own facts has the files of ``graph/`` that it needs, in the same form. A row with the key of one on record
takes its place; a card, event or report takes that of the same name. ``removed.csv`` says what is left out. What comes
of it is a whole folder of facts, with a list of what is not as on record: so nothing that reads facts need know.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatygraph.facts.load import FILES, LEDGER
from treatygraph.model.errors import FactsError, Finding, UsageError

__all__ = ["ORIGIN", "ORIGIN_COLUMNS", "REMOVED", "REMOVED_COLUMNS", "Overlaid", "lay_over"]

REMOVED: Final = "removed.csv"
"""What an overlay leaves out of the record: a file, and the key of a row in it (empty: the whole file)."""
REMOVED_COLUMNS: Final = "file,key,reason"
ORIGIN: Final = "overlay.csv"
"""In a folder that was laid over the record: what is not as on record."""
ORIGIN_COLUMNS: Final = "kind,record,change,from"
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "sources.csv": ("id",),
    "states.csv": ("code",),
    "systems.csv": ("system", "state", "number", "from"),
    "groups.csv": ("group", "state", "from"),
    "group-titles.csv": ("group",),
    "officials.csv": ("id",),
    "tenures.csv": ("official", "office", "from"),
    "assertions.csv": ("authority", "stance", "instrument", "state", "act", "date", "said"),
    "conflicts.csv": ("state", "conflict"),
    "rosters.csv": ("instrument", "as_of", "source"),
    "articles.csv": ("kind", "record"),
    "exceptions.csv": ("rule", "record"),
}
"""What tells the rows of a table apart; of a ledger the state, the act, its date, whom it is against and where."""
_LEDGER_KEY: Final = ("state", "act", "date", "against", "depositary")
_KINDS: Final[Mapping[str, str]] = {
    "sources.csv": "source", "states.csv": "state", "systems.csv": "state", "groups.csv": "group",
    "group-titles.csv": "group", "officials.csv": "official", "tenures.csv": "official", "assertions.csv": "assertion",
    "conflicts.csv": "state", "rosters.csv": "instrument", "articles.csv": "article", "exceptions.csv": "exception",
}  # fmt: skip
_FOLDERS: Final[Mapping[str, str]] = {"instruments": "instrument", "events": "event", "reports": "report"}
"""The folders of files that are records of their own."""
_IGNORED: Final = frozenset({".md", ".txt", ""})

Row = tuple[str, ...]


@dataclass
class Overlaid:
    """What was laid over the record."""

    origin: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, record and change (``added``, ``replaced``, ``removed``) of each record that is not as on record."""
    lines: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    """Of each table: after how many lines of the merged file its own rows stand, and their lines in the own file."""

    def place(self, place: str) -> str | None:
        """Where a place of the merged folder is in the own one; None where it is on record."""
        name, _, line = place.rpartition(":")
        kind, _, file = name.partition("/")
        if kind in _FOLDERS:
            record = (_FOLDERS[kind], Path(file).stem)
            return place if any(item[:2] == record and item[2] != "removed" for item in self.origin) else None
        before, own = self.lines.get(name, (0, ()))
        number = int(line) - before - 1 if line.isdecimal() else -1
        return f"{name}:{own[number]}" if 0 <= number < len(own) else None


def lay_over(base: Path, own: Path, into: Path) -> Overlaid:
    """Write the record with a folder of own facts laid over it.

    Args:
        base: the facts on record.
        own: the folder of own facts.
        into: a folder that is not there yet.

    Raises:
        UsageError: there is no such folder.
        FactsError: it holds a file that is no part of a record, a table has other columns, or what is to be removed is
            not there; every place is named.
    """
    if not own.is_dir():
        raise UsageError(f"'{own}' is no folder; begin one with 'treatygraph new facts {own}'.")
    shutil.copytree(base, into, copy_function=shutil.copyfile)
    merger = _Merger(own, into)
    overlaid = merger.merge()
    if merger.findings:
        raise FactsError(merger.findings)
    rows = [(*item, own.resolve().name) for item in overlaid.origin]
    _write(into / ORIGIN, [tuple(ORIGIN_COLUMNS.split(",")), *rows])
    return overlaid


class _Merger:
    """Lays the files of one folder over another, one after the other."""

    def __init__(self, own: Path, into: Path) -> None:
        self._own, self._into = own, into
        self._overlaid = Overlaid()
        self.findings: list[Finding] = []

    def merge(self) -> Overlaid:
        """All of it: first what is removed, so that a row may be removed and another put in its place."""
        self._remove()
        for path in sorted(self._own.rglob("*")):
            name = path.relative_to(self._own).as_posix()
            if path.is_dir() or name == REMOVED or path.name.startswith(".") or path.suffix in _IGNORED:
                continue
            folder, _, file = name.rpartition("/")
            if folder in _FOLDERS and path.suffix == ".yaml":
                self._card(path, name, _FOLDERS[folder])
            elif folder == "acts" and path.suffix == ".csv":
                self._table(path, name, LEDGER, _LEDGER_KEY)
            elif not folder and file in _KEYS:
                self._table(path, name, FILES[file], _KEYS[file])
            else:
                self._find(f"{name}:1", "overlay", f"'{name}' is no file of a record.", _mend())
        return self._overlaid

    def _find(self, place: str, rule: str, message: str, mend: str) -> None:
        self.findings.append(Finding(place, rule, message, mend))

    def _card(self, path: Path, name: str, kind: str) -> None:
        target = self._into / name
        self._overlaid.origin.append((kind, path.stem, "replaced" if target.exists() else "added"))
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)

    def _table(self, path: Path, name: str, columns: str, key: Sequence[str]) -> None:
        header = columns.split(",")
        rows = list(self._rows(path, name, header))
        places = [header.index(column) for column in key]
        base = self._base(name, header)
        known = {_key(row, places): row for row in base}
        own = {_key(row, places): row for _, row in rows}
        kept = [row for row in base if _key(row, places) not in own]
        merged = [row for _, row in rows]
        self._overlaid.lines[name] = (_lines(header, kept), tuple(line for line, _ in rows))
        for _, row in rows:
            record = _record(name, row, header, key)
            before = known.get(_key(row, places))
            if before != row:
                self._overlaid.origin.append((*record, "replaced" if before else "added"))
        _write(self._into / name, [tuple(header), *kept, *merged])

    def _base(self, name: str, header: Sequence[str]) -> list[Row]:
        path = self._into / name
        if not path.is_file():
            path.parent.mkdir(exist_ok=True)
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [tuple(row) for row in csv.reader(stream)]
        return rows[1:] if rows and list(rows[0]) == list(header) else rows

    def _rows(self, path: Path, name: str, header: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Line and cells of each row of an own table."""
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                reader = csv.reader(stream, strict=True)
                first = next(reader, [])
                if first != list(header):
                    self._find(
                        f"{name}:1", "unknown-column", "the columns differ.", f"the header is {','.join(header)}."
                    )
                    return
                for row in reader:
                    if len(row) != len(header):
                        message = f"{len(row)} cells for {len(header)} columns."
                        self._find(f"{name}:{reader.line_num}", "cells", message, "quote cells that hold a comma.")
                    else:
                        yield reader.line_num, tuple(row)
        except (UnicodeDecodeError, csv.Error) as problem:
            self._find(f"{name}:1", "csv", f"it cannot be read: {problem}.", "save it as CSV in UTF-8.")

    # -- what is left out ---------------------------------------------------------------------------------------------

    def _remove(self) -> None:
        path = self._own / REMOVED
        if not path.is_file():
            return
        for line, (name, key, _) in self._rows(path, REMOVED, REMOVED_COLUMNS.split(",")):
            place = f"{REMOVED}:{line}"
            target = self._into / name
            if ".." in Path(name).parts or not target.is_file():
                self._find(place, "overlay", f"the record has no file '{name}'.", "name a file as graph/ has it.")
            elif key:
                self._remove_row(place, name, key)
            else:
                target.unlink()
                folder = name.partition("/")[0]
                kind = _FOLDERS.get(folder, "ledger" if folder == "acts" else "table")
                self._overlaid.origin.append((kind, Path(name).stem, "removed"))

    def _remove_row(self, place: str, name: str, key: str) -> None:
        ledger = name.startswith("acts/")
        if not ledger and name not in _KEYS:
            self._find(place, "overlay", f"'{name}' has no rows with keys.", "leave the key empty to remove the file.")
            return
        header = (LEDGER if ledger else FILES[name]).split(",")
        columns = _LEDGER_KEY if ledger else _KEYS[name]
        places = [header.index(column) for column in columns]
        rows = self._base(name, header)
        gone = [row for row in rows if _is_named(key, row, places)]
        if not gone:
            mend = f"write {'/'.join(columns)} of a row; what is empty at the end may be left out."
            self._find(place, "overlay", f"'{name}' has no row '{key}'.", mend)
            return
        _write(self._into / name, [tuple(header), *(row for row in rows if row not in gone)])
        self._overlaid.origin += [(*_record(name, row, header, columns), "removed") for row in gone]


def _mend() -> str:
    tables = ", ".join(sorted(_KEYS))
    return f"an overlay may hold instruments/, events/, reports/ (YAML), acts/ (CSV), {tables}, and {REMOVED}."


def _key(row: Row, places: Sequence[int]) -> Row:
    return tuple(row[place] for place in places)


def _is_named(key: str, row: Row, places: Sequence[int]) -> bool:
    """Whether a key names a row: its values joined by ``/``, those at the end left out or not."""
    whole = "/".join(part for part in _key(row, places) if part)
    return whole == key or whole.startswith(f"{key}/")


def _record(name: str, row: Row, header: Sequence[str], key: Sequence[str]) -> tuple[str, str]:
    """Kind and id of the record that a row makes or is about."""
    values = [row[header.index(column)] for column in key]
    if name.startswith("acts/"):
        return "act", "/".join([Path(name).stem, *(value for value in values if value)])
    kind = _KINDS[name]
    return kind, values[0] if kind in ("source", "state", "group", "official", "instrument") else "/".join(values)


def _lines(header: Sequence[str], rows: Sequence[Row]) -> int:
    return _text([tuple(header), *rows]).count("\n")


def _text(rows: Sequence[Row]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(_text(rows), encoding="utf-8")
