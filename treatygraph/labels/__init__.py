"""Names in other languages: those of states that ship with the package, and those taken from Wikidata into the cache.

They are no facts of ours and stand beside them. A name is looked up here only when no record of ours bears it; a name
that two records share in any language leads nowhere.

The shipped names are Unicode's (CLDR, by way of Babel), and each is held against the names of territories in rigour;
``scripts/labels`` makes the file. Unicode's licence, which asks to be kept with them, is beside it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from treatygraph.model.names import key

__all__ = ["COLUMNS", "FILE", "ForeignName", "called", "labels_of", "read_labels"]

COLUMNS: Final = ("kind", "record", "language", "label", "origin", "confirmed")
"""The columns of a file of labels: whose label it is, in which language, where it is from and what confirms it."""
FILE: Final = Path(__file__).resolve().parent / "states.csv"
"""The names of states that ship with the package."""


@dataclass(frozen=True, slots=True)
class ForeignName:
    """What a record is called in another language."""

    kind: str
    record: str
    language: str
    label: str
    origin: str
    """Where it is from, with version or day; ``Wikidata`` at the start where it is Wikidata's."""
    confirmed: str
    """What else has the same name for the same state; empty where nothing was found that has."""


def read_labels(path: Path) -> Iterator[ForeignName]:
    """The labels of a file; none where there is no file, or one of another form."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            if tuple(next(rows, ())) == COLUMNS:
                yield from (ForeignName(*row) for row in rows if len(row) == len(COLUMNS))
    except OSError:
        return


@lru_cache(maxsize=4)
def _index(path: Path, stamp: int) -> tuple[ForeignName, ...]:
    del stamp
    return tuple(read_labels(path))


def _all(more: Path | None) -> Iterator[ForeignName]:
    for path in (FILE, *((more,) if more else ())):
        if path.is_file():
            yield from _index(path, path.stat().st_mtime_ns)


def labels_of(kind: str, record: str, more: Path | None = None) -> list[ForeignName]:
    """The labels of a record, by language.

    Args:
        kind: the kind of record.
        record: its id.
        more: a file of labels besides the shipped one.
    """
    labels = [label for label in _all(more) if (label.kind, label.record) == (kind, record)]
    return sorted(labels, key=lambda label: (label.language, label.origin, label.label))


def called(text: str, kinds: Iterable[str], more: Path | None = None) -> tuple[str, str] | None:
    """Kind and id of the one record that is called this in some language; None where there is none, or several."""
    wanted, kinds = key(text), tuple(kinds)
    records = {(label.kind, label.record) for label in _all(more) if key(label.label) == wanted}
    here = [one for one in records if one[0] in kinds]
    return here[0] if wanted and len(here) == 1 else None
