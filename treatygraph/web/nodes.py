"""What a worker makes of one thing in the graph: RDF of its description, or the values of a page about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Store, Triple

from treatygraph.model.terms import BASE, PREFIXES
from treatygraph.triplestore.describe import (
    PAGE,
    Description,
    Pointing,
    described,
    label_of,
    pointing,
    triples_of,
    triples_of_page,
)
from treatygraph.web.media_types import GRAPHS
from treatygraph.web.problems import Refusal

__all__ = ["node_of"]

_LAST: Final = 10_000
"""Pages of back-links, at most."""


def node_of(store: Store, job: Mapping[str, Any]) -> bytes | None:
    """The description of a node, or a page of what points to it; None where the graph has no such node.

    Args:
        store: the graph.
        job: ``node``, the ``document`` about it, a ``form`` of RDF or ``text/html`` for plain values as JSON, and for
            a page of back-links their key as ``links``, and its number as ``page``.

    Raises:
        Refusal: there is no such page.
    """
    address, document, form = job["node"], job["document"], job["form"]
    if job.get("links"):
        page = int(job["page"])
        body = pointing(store, address, job["links"], page) if 1 <= page <= _LAST else None
        if body is None:
            raise Refusal("not-found", f"nothing of the kind '{job['links']}' points to it on a page {page}.")
        if form == "text/html":
            return _json(_page(store, address, body))
        return _rdf(triples_of_page(body, address, document, job["links"], page), form)
    description = described(store, address)
    if description.is_empty:
        return None
    if form == "text/html":
        return _json(_values(store, address, description))
    return _rdf(triples_of(description, address, document), form)


def _rdf(triples: Iterable[Triple], form: str) -> bytes:
    ordered = sorted(set(triples), key=str)
    return pyoxigraph.serialize(ordered, format=GRAPHS[form], prefixes=dict(PREFIXES)) or b""


def _values(store: Store, address: str, values: Description) -> dict[str, Any]:
    return {
        "title": label_of(store, address),
        "own": [_row(one, values.labels) for one in values.own],
        "parts": [
            {"address": name, "rows": [_row(one, values.labels) for one in part]} for name, part in values.parts.items()
        ],
        "back": [
            {"key": one.key, "kind": one.kind, "term": one.term, "readings": one.readings, "count": one.count}
            for one in values.back
        ],
    }


def _row(triple: Triple, labels: Mapping[str, str]) -> tuple[str, str, str, bool]:
    """The property, the value, what it is called or in which language it is, and whether it is an address."""
    value = triple.object
    if isinstance(value, NamedNode):
        return triple.predicate.value, value.value, labels.get(value.value, ""), True
    assert isinstance(value, Literal)  # the graph has no blank nodes
    return triple.predicate.value, value.value, value.language or "", False


def _page(store: Store, address: str, page: Pointing) -> dict[str, Any]:
    return {
        "title": label_of(store, address) or address.removeprefix(BASE),
        "subjects": page.subjects, "term": page.term, "count": page.count, "pages": page.pages, "each": PAGE,
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
