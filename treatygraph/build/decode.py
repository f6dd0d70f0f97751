"""The facts and the standings back from their documents, as they were before they became documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from treatygraph.build.codec import decode
from treatygraph.build.index import Index
from treatygraph.model.records import (
    Act,
    Assertion,
    Cite,
    Conflict,
    Event,
    Facts,
    Group,
    Instrument,
    Membership,
    Official,
    Report,
    Roster,
    Source,
    State,
    Tenure,
    Waiver,
)
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.model.wikidata_links import Article, Link

__all__ = ["derivations_in", "facts_in", "table_in"]

Record = TypeVar("Record")


class _Cited(Protocol):
    @property
    def cite(self) -> Cite: ...


Row = TypeVar("Row", bound=_Cited)


def facts_in(index: Index) -> Facts:
    """All facts, in the order in which reading their files yields them."""
    return Facts(
        sources=_keyed(index, "source", Source),
        states=_keyed(index, "state", State),
        groups=_keyed(index, "group", Group),
        memberships=_lists(index, "members", Membership),
        officials=_keyed(index, "official", Official),
        tenures=_lists(index, "tenures", Tenure),
        instruments=_by_file(index, "instrument", Instrument),
        acts={name: tuple(decode(Act, row) for row in index.once("ledger", name)) for name in _files(index, "ledger")},
        assertions=table_in(index, "assertions", Assertion),
        conflicts=table_in(index, "conflicts", Conflict),
        events=_by_file(index, "event", Event),
        reports=_by_file(index, "report", Report),
        rosters=table_in(index, "rosters", Roster),
        waivers=table_in(index, "waivers", Waiver),
        links=_lists(index, "links", Link),
        candidates=table_in(index, "candidates", Link),
        articles=_lists(index, "articles", Article),
    )


def derivations_in(index: Index) -> Iterator[Derivation]:
    """All results, in the order of :meth:`treatygraph.law.derivations.Corpus.derivations`, one after the other."""
    keys = (name.rpartition("/") for name in index.names("derivation"))
    for _, reading, name in sorted((reading != DEPOSITARY, reading, name) for reading, _, name in keys):
        yield decode(Derivation, index.once("derivation", f"{reading}/{name}"))


def table_in(index: Index, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """The rows of a table that is one document."""
    return tuple(decode(kind, row) for row in index.once("table", name) or ())


def _keyed(index: Index, room: str, kind: type[Row]) -> dict[str, Row]:
    found = {name: decode(kind, index.once(room, name)) for name in index.names(room)}
    return dict(sorted(found.items(), key=lambda item: _line(item[1])))


def _lists(index: Index, room: str, kind: type[Row]) -> tuple[Row, ...]:
    found = (decode(kind, row) for name in index.names(room) for row in index.once(room, name))
    return tuple(_in_order(found))


def _by_file(index: Index, room: str, kind: type[Record]) -> dict[str, Record]:
    return {name: decode(kind, index.once(room, name)) for name in _files(index, room)}


def _files(index: Index, room: str) -> list[str]:
    """The ids of records that have a file each, in the order of the files: ``a-b.yaml`` stands before ``a.yaml``."""
    return sorted(index.names(room), key=lambda name: f"{name}.")


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=_line)


def _line(row: _Cited) -> int:
    """The line of the table on which a row ends."""
    return int(row.cite.place.rpartition(":")[2])
