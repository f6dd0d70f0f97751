"""What a build consists of: the index, made from the facts, and the store, made from the index when a query asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from treatygraph.build.documents import documents
from treatygraph.build.index import Index, write_index
from treatygraph.checks import stops
from treatygraph.facts import read
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import FactsError, StoreError
from treatygraph.model.records import Facts

__all__ = ["make_index", "make_store"]


def make_index(graph: Path, index: Path, before: Path | None) -> dict[str, int]:
    """Read the facts, derive the standings, and write the index.

    Args:
        graph: the folder of facts.
        index: the new file.
        before: an index of other facts made by the same code, from which what did not change is taken over;
            None, or a damaged one: all is made anew.

    Returns:
        How many records of which kind there are.

    Raises:
        FactsError: the facts are broken.
    """
    facts = read(graph)
    problems = stops(facts)
    if problems:
        raise FactsError(problems)
    standings = _changed(before, facts, index) if before else None
    if standings is None:
        standings = _whole(facts, index)
    return {
        "instruments": len(facts.instruments),
        "acts": sum(map(len, facts.acts.values())),
        "standings": standings,
        "events": len(facts.events),
        "sources": len(facts.sources),
    }


def _changed(before: Path, facts: Facts, index: Path) -> int | None:
    from treatygraph.build.incremental import rebuilt

    try:
        return rebuilt(before, facts, index)
    except StoreError:  # the index before is damaged, and this one need not be
        index.unlink(missing_ok=True)
        return None


def _whole(facts: Facts, index: Path) -> int:
    from treatygraph.triplestore.load import topics

    derivations = Corpus(facts).derivations()
    write_index(index, documents(facts, derivations, topics()))
    return sum(len(item.standings) for item in derivations)


def make_store(index: Path, store: Path, talk: Callable[[str], None]) -> int:
    """Write the store of the facts and standings in a finished index; returns how many quads it holds.

    One who waits for long is told how far it is.

    Raises:
        StoreError: the index is damaged.
    """
    from treatygraph.build.decode import derivations_in, facts_in
    from treatygraph.triplestore.load import load_store

    found = Index(index)
    try:
        return load_store(store, facts_in(found), derivations_in(found), talk)
    finally:
        found.close()
