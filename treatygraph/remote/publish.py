"""Lays a build down on a server: loaded beside what is there, counted, then put in its place.

Readers never see half of one: the index stands in a graph of its build's own, and while the facts and
standings are exchanged :data:`treatygraph.model.terms.CURRENT` names no build, so that a reader waits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from treatygraph.build.storage import Document
from treatygraph.model.errors import StoreError
from treatygraph.model.terms import BASE, CURRENT, DATASET, DERIVED, DOCUMENTS, FACTS, PREFIXES, READINGS
from treatygraph.remote.server import Server
from treatygraph.remote.storage import address

__all__ = ["Published", "current", "publish"]

_BATCH: Final = 1_000
"""Triples in one update: some servers refuse a longer text."""
_LONG: Final = 200_000
"""Characters in one update, counted from which a batch is not filled further."""
_FORM: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "rdf"))
Talk = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """What was laid down where."""

    server: str
    build: str
    counts: dict[str, int]
    already: bool

    @property
    def answer(self) -> str:
        """A sentence."""
        done = "holds" if self.already else "now holds"
        return f"{self.server} {done} the build {self.build}: {sum(self.counts.values())} triples in four graphs."

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {"answer": self.answer, "server": self.server, "build": self.build, "counts": dict(self.counts)}


def current(server: Server) -> str:
    """The build that the server holds; empty: none, or one is just being exchanged for another.

    Raises:
        StoreError: the server cannot be asked.
    """
    rows = server.query(f"{_FORM}SELECT ?build {{ <{DATASET}> dcterms:identifier ?build }}", (CURRENT,)).rows
    return str(rows[0][0]) if len(rows) == 1 else ""


def publish(
    build: str, store: pyoxigraph.Store, documents: Iterable[Document], server: Server, talk: Talk
) -> Published:
    """Lay a build down on a server, unless it holds it already.

    Args:
        build: its name.
        store: its quads.
        documents: its index.
        server: where to.
        talk: told about progress.

    Raises:
        StoreError: the server cannot be asked, refuses, or holds other numbers than were sent; what it
            held before is then still there.
    """
    parts: dict[str, Iterator[str]] = {
        FACTS: _lines(store.quads_for_pattern(None, None, None, NamedNode(FACTS))),
        DERIVED: _lines(store.quads_for_pattern(None, None, None, NamedNode(DERIVED))),
        READINGS: _lines(store.quads_for_pattern(None, None, None, NamedNode(READINGS))),
        f"{DOCUMENTS}/{build}": _documents(documents),
    }
    if current(server) == build:
        return Published(server.url, build, {graph: _count(server, graph) for graph in parts}, already=True)
    sent = {}
    for graph, lines in parts.items():
        aside = _aside(graph, build)
        server.update(f"CLEAR SILENT GRAPH <{aside}>")
        sent[graph] = _load(server, aside, lines, talk)
        held = _count(server, aside)
        if held != sent[graph]:
            raise StoreError(
                f"{server.url} holds {held} triples of {sent[graph]} in <{aside}>; what it held before is still there. "
                "Publish again."
            )
    _exchange(server, build)
    talk(f"{server.url}: {build} is in its place")
    return Published(server.url, build, sent, already=False)


def _aside(graph: str, build: str) -> str:
    """Where a graph is loaded: facts and standings beside the place that readers look at."""
    return graph if graph.startswith(f"{DOCUMENTS}/") else f"{graph}/{build}"


def _lines(quads: Iterable[pyoxigraph.Quad]) -> Iterator[str]:
    return (f"{quad.triple} ." for quad in quads)


def _documents(documents: Iterable[Document]) -> Iterator[str]:
    for kind, name, value in documents:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        said = {"dcterms:type": kind, "dcterms:identifier": name, "rdf:value": text}
        for term, literal in said.items():
            yield f"<{address(kind, name)}> {term} {Literal(literal)} ."


def _load(server: Server, graph: str, lines: Iterator[str], talk: Talk) -> int:
    """Send all lines in batches; returns their number."""
    sent = 0
    while batch := list(_batch(lines)):
        server.update(_FORM + "INSERT DATA { GRAPH <" + graph + "> {\n" + "\n".join(batch) + "\n} }")
        sent += len(batch)
        talk(f"{server.url}: {sent} triples into {graph.removeprefix(BASE)}")
    return sent


def _batch(lines: Iterator[str]) -> Iterator[str]:
    length = 0
    for line in islice(lines, _BATCH):
        yield line
        length += len(line)
        if length > _LONG:
            return


def _count(server: Server, graph: str) -> int:
    rows = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", (graph,)).rows
    try:
        return int(str(rows[0][0]))
    except (IndexError, ValueError):
        raise StoreError(f"{server.url} does not count what it holds; is it a SPARQL 1.1 server?") from None


def _exchange(server: Server, build: str) -> None:
    """Put the loaded graphs in the place of the old ones; the index of the build before the old one goes."""
    before = current(server)
    listed = f"{_FORM}SELECT ?build {{ <{DATASET}> dcterms:replaces ?build }}"
    older = [str(row[0]) for row in server.query(listed, (CURRENT,)).rows]
    server.update(f"CLEAR SILENT GRAPH <{CURRENT}>")
    for graph in (FACTS, DERIVED, READINGS):
        server.update(f"MOVE GRAPH <{_aside(graph, build)}> TO <{graph}>")
    replaced = f" ; dcterms:replaces {Literal(before)}" if before else ""
    server.update(
        f"{_FORM}INSERT DATA {{ GRAPH <{CURRENT}> {{ <{DATASET}> dcterms:identifier {Literal(build)}{replaced} }} }}"
    )
    for name in older:
        if name not in (build, before):
            server.update(f"DROP SILENT GRAPH <{DOCUMENTS}/{name}>")
