"""The index on a server: documents fetched from the graph in which they were published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from treatygraph.model.errors import StoreError
from treatygraph.model.json import Json
from treatygraph.model.terms import DOCUMENTS, PREFIXES
from treatygraph.remote.server import Server

__all__ = ["RemoteStorage", "address"]

_WHOLE: Final = frozenset({"brief", "changed", "exclusions", "life", "readings", "topic"})
"""Kinds of which an answer needs many, each small: they are fetched all at once."""
_FORM: Final = f"PREFIX rdf: <{PREFIXES['rdf']}>\nPREFIX dcterms: <{PREFIXES['dcterms']}>\n"


def address(kind: str, name: str) -> str:
    """The address of a document."""
    return f"{DOCUMENTS}#{quote(kind)}/{quote(name)}"


class RemoteStorage:
    """The documents of the index on a server, as one build laid it down. Documents once fetched stay in memory."""

    def __init__(self, server: Server, build: str) -> None:
        self._server, self._graph = server, f"{DOCUMENTS}/{build}"
        self._seen: dict[tuple[str, str], Json] = {}
        self._whole: set[str] = set()

    def get(self, kind: str, name: str) -> Json:
        """The document, or None.

        Raises:
            StoreError: the server cannot be asked.
        """
        if kind in _WHOLE and kind not in self._whole:
            list(self.all(kind))
        if (kind, name) not in self._seen:
            self._seen[kind, name] = None if kind in self._whole else self._fetched(kind, name)
        return self._seen[kind, name]

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Json]:
        """Those of a kind that are there.

        Raises:
            StoreError: the server cannot be asked.
        """
        missing = [name for name in names if (kind, name) not in self._seen and kind not in self._whole]
        if missing and kind not in _WHOLE:
            values = " ".join(f"<{address(kind, name)}>" for name in missing)
            rest = "dcterms:identifier ?name ; rdf:value ?value"
            text = f"{_FORM}SELECT ?name ?value {{ VALUES ?document {{ {values} }} ?document {rest} }}"
            self._seen.update(dict.fromkeys(((kind, name) for name in missing), None))
            for name, value in self._server.query(text, (self._graph,)).rows:
                self._seen[kind, str(name)] = self._document(str(value))
        documents = {name: self.get(kind, name) for name in names}
        return {name: value for name, value in documents.items() if value is not None}

    def all(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Every document of a kind, in order of id.

        Raises:
            StoreError: the server cannot be asked.
        """
        if kind not in self._whole:
            rest = "dcterms:identifier ?name ; rdf:value ?value"
            text = f"{_FORM}SELECT ?name ?value {{ ?document dcterms:type {json.dumps(kind)} ; {rest} }}"
            for name, value in self._server.query(text, (self._graph,)).rows:
                self._seen[kind, str(name)] = self._document(str(value))
            self._whole.add(kind)
        yield from sorted((name, value) for (of, name), value in self._seen.items() if of == kind and value is not None)

    def close(self) -> None:
        """Nothing is held open."""

    def _fetched(self, kind: str, name: str) -> Json:
        text = f"{_FORM}SELECT ?value {{ <{address(kind, name)}> rdf:value ?value }}"
        rows = self._server.query(text, (self._graph,)).rows
        return self._document(str(rows[0][0])) if rows else None

    def _document(self, text: str) -> Json:
        try:
            value: Json = json.loads(text)
        except (ValueError, RecursionError):
            raise StoreError(
                f"{self._server.url} holds a document that cannot be read; publish the graph there again."
            ) from None
        return value
