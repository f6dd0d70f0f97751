"""What the record said on an earlier day: the facts from the index, derived as they were then known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from treatygraph.build.codec import decode
from treatygraph.build.documents import derived
from treatygraph.build.shelf import Document, MemoryShelf, Recent, Shelf
from treatygraph.law.derivations import Corpus
from treatygraph.model.records import (
    Act,
    Assertion,
    Conflict,
    Facts,
    Instrument,
    Source,
    State,
)

__all__ = ["facts_of", "shelf_known_by"]

Record = TypeVar("Record")
_DERIVED = frozenset({"derivation", "brief", "bearing", "bonds", "readings", "changed", "objections"})


def facts_of(shelf: Shelf) -> Facts:
    """The facts that standings depend on, back from their documents."""
    return Facts(
        sources=_keyed(shelf, "source", Source),
        states=_keyed(shelf, "state", State),
        instruments=_keyed(shelf, "instrument", Instrument),
        acts={name: tuple(decode(Act, row) for row in rows) for name, rows in shelf.all("ledger")},
        assertions=tuple(decode(Assertion, row) for row in shelf.get("table", "assertions") or ()),
        conflicts=tuple(decode(Conflict, row) for row in shelf.get("table", "conflicts") or ()),
    )


def _keyed(shelf: Shelf, kind: str, record: type[Record]) -> dict[str, Record]:
    return {name: decode(record, value) for name, value in shelf.all(kind)}


class _Overlaid:
    """A shelf whose derived documents are those of an earlier day."""

    def __init__(self, below: Shelf, above: MemoryShelf) -> None:
        self._below, self._above = below, above
        self.memo: dict[Any, Any] = {}
        self.recent = Recent()

    def get(self, kind: str, name: str) -> Any:
        return (self._above if kind in _DERIVED else self._below).get(kind, name)

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        return (self._above if kind in _DERIVED else self._below).all(kind)


def shelf_known_by(shelf: Shelf, by: date) -> Shelf:
    """The documents of the graph as they stood on the record by a day (rule R1)."""
    facts = facts_of(shelf)
    made = derived(facts, Corpus(facts, by).derivations())
    return _Overlaid(shelf, MemoryShelf((*made, *_objections(shelf, by.isoformat()))))


def _objections(shelf: Shelf, by: str) -> Iterator[Document]:
    """The objections that had been made by a day."""
    for name, rows in shelf.all("objections"):
        yield "objections", name, [row for row in rows if row[1] <= by]
