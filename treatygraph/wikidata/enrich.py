"""Takes in what Wikidata has and we do not collect: labels, coordinates, portraits, holders of offices.

All of it goes into the cache, beside the facts and never among them, with the day on which it was asked and the mark
that it is Wikidata's (CC0). Labels then name records: ``between США Россия`` works with no network.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from treatygraph.build.index import Index
from treatygraph.labels import COLUMNS
from treatygraph.labels.extras import EXTRAS
from treatygraph.model import names
from treatygraph.model.errors import StoreError
from treatygraph.model.wikidata_links import ENTITY
from treatygraph.wikidata.client import Client
from treatygraph.wikidata.questions import DESCRIBED, HOLDERS, LANGUAGES

__all__ = ["ORIGIN", "Enrichment", "enrich", "write"]

ORIGIN: Final = "Wikidata"
"""How everything that is taken in begins to say whose it is."""


@dataclass(frozen=True)
class Enrichment:
    """What was taken in."""

    records: int
    labels: tuple[tuple[str, ...], ...]
    """Rows of a file of labels; one that two records share in any language is left out."""
    extras: Mapping[str, Mapping[str, Any]]
    """By ``kind/record``: coordinates, portrait, holders, and whose they are."""

    @property
    def answer(self) -> str:
        """One sentence."""
        return (
            f"{len(self.labels)} labels in {len(LANGUAGES)} languages and more about {len(self.extras)} of "
            f"{self.records} linked records, taken from Wikidata into the cache."
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        labels = [dict(zip(COLUMNS, row, strict=True)) for row in self.labels]
        return {"answer": self.answer, "labels": labels, "extras": dict(self.extras)}


def enrich(index: Index, client: Client, kinds: Sequence[str]) -> Enrichment:
    """Ask about every linked record of these kinds.

    Raises:
        RemoteError: the service gives no usable answer.
    """
    linked = list(_linked(index, kinds))
    described = client.answers(DESCRIBED, [item for _, _, item in linked])
    posts = [item for kind, _, item in linked if kind == "office"]
    holders = client.answers(HOLDERS, posts)
    labels: list[tuple[str, ...]] = []
    extras: dict[str, dict[str, Any]] = {}
    for kind, record, item in linked:
        origin = f"{ORIGIN} {item} (CC0), asked {client.asked_on(DESCRIBED, item)}"
        more: dict[str, Any] = {}
        for row in described[item]:
            if row["what"] == "label":
                labels.append((kind, record, row["language"], row["value"], origin, ""))
            elif row["what"] == "coordinates":
                more["coordinates"] = row["value"]
            else:
                more["portrait"] = row["value"].rpartition("/")[2]
        if holders.get(item):
            more["holders"] = sorted(
                (_holder(row) for row in holders[item]), key=lambda one: (one["from"], one["item"])
            )
        if more:
            extras[f"{kind}/{record}"] = {**dict(sorted(more.items())), "origin": origin}
    return Enrichment(len(linked), tuple(sorted(set(_unshared(labels)))), dict(sorted(extras.items())))


def _linked(index: Index, kinds: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for link in index.all_links():
        if link.kind in kinds and not link.rejected and link.predicate == "exactMatch":
            yield link.kind, link.record, link.item


def _holder(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "item": row["holder"].removeprefix(ENTITY),
        "name": row.get("label", ""),
        "from": row.get("from", "")[:10],
        "until": row.get("until", "")[:10],
    }


def _unshared(labels: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The labels that name one record of their kind and no other."""
    rows = list(labels)
    owners: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        owners.setdefault((row[0], names.key(row[3])), set()).add(row[1])
    yield from (row for row in rows if len(owners[row[0], names.key(row[3])]) == 1)


def write(enrichment: Enrichment, labels: Path) -> None:
    """Write labels and extras into the cache; each file is replaced whole.

    Raises:
        StoreError: they cannot be written.
    """
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *enrichment.labels])
    try:
        labels.parent.mkdir(parents=True, exist_ok=True)
        _replace(labels, stream.getvalue())
        _replace(labels.with_name(EXTRAS), json.dumps(enrichment.extras, ensure_ascii=False, indent=1, sort_keys=True))
    except OSError as problem:
        raise StoreError(f"{labels.parent} cannot be written: {problem}; set TREATYGRAPH_CACHE.") from None


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
