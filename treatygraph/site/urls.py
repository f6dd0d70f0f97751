"""Where the words of a record lead: the address of each name in a page, and how it is called there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from treatygraph.build.index import Index
from treatygraph.model.terms import BASE, ONTOLOGY, SCHEMES

__all__ = ["Hyperlink", "Names", "lines_of", "local"]

_LEADS: Final[Mapping[str, str]] = {
    "instrument/card/participants": "state",
    "instrument/card/depositaries": "state",
    "instrument/relations": "instrument",
    "instrument/acts/state": "state",
    "instrument/acts/id": "act",
    "instrument/events/id": "event",
    "state/card/continues": "state",
    "state/card/successor of": "state",
    "state/standings/name": "instrument",
    "state/events/id": "event",
    "group/members/name": "state",
    "official/card/state": "state",
    "official/offices/body": "state",
    "official/events/id": "event",
    "event/card/instruments": "instrument",
    "event/card/states": "state",
    "event/people": "official",
}
"""The kind of record that a value names: by kind of page, section, and line or column."""


@dataclass(frozen=True)
class Hyperlink:
    """A word of a page, and where it leads; None where it leads nowhere."""

    text: str
    address: str | None = None


class Names:
    """How records are called, by their ids."""

    def __init__(self, index: Index) -> None:
        self._titles: Mapping[str, Callable[[str], str | None]] = {
            "instrument": lambda name: one.title if (one := index.summaries().get(name)) else None,
            "state": lambda name: one.name if (one := index.existence(name)) else None,
            "official": lambda name: one.name if (one := index.official(name)) else None,
            "source": lambda name: one.title if (one := index.source(name)) else None,
            "group": lambda name: one.title if (one := index.group(name)) else None,
            "event": lambda name: one.id if (one := index.event(name)) else None,
        }

    def __call__(self, kind: str, name: str) -> Hyperlink:
        """The record as a link; the bare name where nothing on record is called that."""
        if kind not in self._titles:
            return Hyperlink(name, address(kind, name))
        title = self._titles[kind](name)
        return Hyperlink(title, address(kind, name)) if title else Hyperlink(name)

    def several(self, kind: str, names: Iterable[str]) -> list[Hyperlink]:
        """The same for each."""
        return [self(kind, name) for name in names]


def address(kind: str, name: str) -> str:
    """The address of a record's page on this server."""
    return f"/id/{kind}/{quote(name, safe='/')}"


def local(iri: str) -> Hyperlink:
    """An address of the graph as a link: to this server where it is ours, to the web where it is not."""
    if iri.startswith((f"{BASE}id/", SCHEMES, ONTOLOGY, f"{BASE}graph/", f"{BASE}dataset")):
        path = iri.removeprefix(BASE)
        return Hyperlink(path.removeprefix("id/").removeprefix("scheme/").removeprefix("ontology#"), f"/{path}")
    return Hyperlink(iri, iri if iri.startswith(("https://", "http://")) else None)


def lines_of(record: Mapping[str, Any], names: Names) -> list[tuple[str, list[str], list[list[list[Hyperlink]]]]]:
    """The sections of a record as tables: title, header, and cells of links."""
    rows = []
    for section, lines in record.items():
        if isinstance(lines, list) and lines:
            rows.append(_section(record["kind"], section, lines, names))
    return rows


def _section(kind: str, section: str, lines: list[Mapping[str, Any]], names: Names
             ) -> tuple[str, list[str], list[list[list[Hyperlink]]]]:  # fmt: skip
    keys = [key for key in dict.fromkeys(key for line in lines for key in line) if key != "terms"]
    keys = [key for key in keys if key == "sources" or any(line.get(key) not in (None, "", []) for line in lines)]
    rows = [[_cell(kind, section, line, key, names) for key in keys] for line in lines]
    return section, keys, rows


def _cell(kind: str, section: str, line: Mapping[str, Any], key: str, names: Names) -> list[Hyperlink]:
    value = line.get(key)
    values = [text for item in _each(value) if (text := _text(item))]
    if key == "sources":
        return names.several("source", values)
    lead = _LEADS.get(f"{kind}/{section}/{key}")
    if key == "value":
        lead = _LEADS.get(f"{kind}/{section}/{line['name']}") or _LEADS.get(f"{kind}/{section}") or lead
    if (kind, section, line.get("name"), key) == ("instrument", "card", "topics", "value"):
        return [local(f"{SCHEMES}topic/{text}") for text in values]
    return names.several(lead, values) if lead else [Hyperlink(text) for text in values]


def _each(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {text}" for key, text in value.items())
    return "" if value is None else str(value)
