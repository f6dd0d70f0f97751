"""The facts and the standings back from their documents, as they were before they became documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from treatygraph.build.codec import decode
from treatygraph.build.index_file import IndexFile
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
    Origin,
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


def facts_in(file: IndexFile) -> Facts:
    """All facts, in the order in which reading their files yields them."""
    return Facts(
        sources=_keyed(file, "source", Source),
        states=_keyed(file, "state", State),
        groups=_keyed(file, "group", Group),
        memberships=_lists(file, "members", Membership),
        officials=_keyed(file, "official", Official),
        tenures=_lists(file, "tenures", Tenure),
        instruments=_by_file(file, "instrument", Instrument),
        acts={name: tuple(decode(Act, row) for row in file.get("ledger", name)) for name in _files(file, "ledger")},
        assertions=table_in(file, "assertions", Assertion),
        conflicts=table_in(file, "conflicts", Conflict),
        events=_by_file(file, "event", Event),
        reports=_by_file(file, "report", Report),
        rosters=table_in(file, "rosters", Roster),
        waivers=table_in(file, "waivers", Waiver),
        links=_lists(file, "links", Link),
        candidates=table_in(file, "candidates", Link),
        articles=_lists(file, "articles", Article),
        origins=tuple(decode(Origin, row) for row in file.get("origins", "records") or ()),
    )


def derivations_in(file: IndexFile) -> Iterator[Derivation]:
    """All results, in the order of :meth:`treatygraph.law.derivations.Corpus.derivations`, one after the other."""
    keys = (name.rpartition("/") for name in file.names("derivation"))
    for _, reading, name in sorted((reading != DEPOSITARY, reading, name) for reading, _, name in keys):
        yield decode(Derivation, file.get("derivation", f"{reading}/{name}"))


def table_in(file: IndexFile, name: str, kind: type[Record]) -> tuple[Record, ...]:
    """The rows of a table that is one document."""
    return tuple(decode(kind, row) for row in file.get("table", name) or ())


def _keyed(file: IndexFile, document: str, kind: type[Row]) -> dict[str, Row]:
    found = {name: decode(kind, file.get(document, name)) for name in file.names(document)}
    return dict(sorted(found.items(), key=lambda item: _line(item[1])))


def _lists(file: IndexFile, document: str, kind: type[Row]) -> tuple[Row, ...]:
    found = (decode(kind, row) for name in file.names(document) for row in file.get(document, name))
    return tuple(_in_order(found))


def _by_file(file: IndexFile, document: str, kind: type[Record]) -> dict[str, Record]:
    return {name: decode(kind, file.get(document, name)) for name in _files(file, document)}


def _files(file: IndexFile, document: str) -> list[str]:
    """The ids of records that have a file each, in the order of the files: ``a-b.yaml`` stands before ``a.yaml``."""
    return sorted(file.names(document), key=lambda name: f"{name}.")


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=_line)


def _line(row: _Cited) -> int:
    """The line of the table on which a row ends."""
    return int(row.cite.place.rpartition(":")[2])
