"""Fills an Oxigraph store with the facts, the standings and the ontology."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pyoxigraph

from treatygraph.model.folders import room
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation
from treatygraph.triplestore.graphs import OF_FACTS
from treatygraph.triplestore.quads import quads

__all__ = ["load_store", "topics"]

_LEAST, _MOST = 100_000, 1_000_000
"""Quads loaded at once, at least and at most: the bulk loader holds a batch in memory, a kilobyte for each quad."""
_SHARE = 2
"""A batch is a share of what is there already: many small ones are merged again and again as the store grows."""
_SILENT = 15.0
"""Seconds after which one who waits is told how far it is."""
_SKOS = "http://www.w3.org/2004/02/skos/core#"


def load_store(
    path: Path, facts: Facts, derivations: Iterable[Derivation], talk: Callable[[str], None] = lambda _: None
) -> int:
    """Write a new store at ``path``; returns the number of quads in it, and tells how far it is if that takes long."""
    store = pyoxigraph.Store(str(path))
    for ontology in sorted(room("ontology").glob("*.ttl")):
        if ontology.name != "shapes.ttl":
            store.bulk_load(path=str(ontology), format=pyoxigraph.RdfFormat.TURTLE, to_graph=OF_FACTS)
    pending, count, since = quads(facts, derivations), 0, time.monotonic()
    # A list, as counting quad by quad while the loader asks for them took a twentieth of the build.
    while batch := list(islice(pending, min(max(_LEAST, count // _SHARE), _MOST))):
        store.bulk_extend(batch)
        count += len(batch)
        if time.monotonic() - since > _SILENT:
            since = time.monotonic()
            talk(f"treatygraph: {count:,} statements are in the store …")
    store.optimize()
    store.flush()
    return len(store)


def topics() -> dict[str, list[str]]:
    """Every topic with itself and all narrower ones, by their ids, as the SKOS scheme has them."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(room("ontology") / "schemes.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    query = f"""PREFIX skos: <{_SKOS}>
        SELECT ?wide ?narrow WHERE {{
          ?topic skos:inScheme <https://w3id.org/treatygraph/scheme/topic> ; skos:notation ?narrow .
          ?topic skos:broader* ?above .
          ?above skos:notation ?wide ; skos:inScheme <https://w3id.org/treatygraph/scheme/topic> }}"""
    topics: dict[str, list[str]] = {}
    for row in store.query(query):  # type: ignore[union-attr]
        wide, narrow = row["wide"].value, row["narrow"].value
        topics.setdefault(wide, []).append(narrow)
    return {wide: sorted(set(narrow)) for wide, narrow in sorted(topics.items())}
