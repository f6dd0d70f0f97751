"""The graph as it would be had the standings under some instruments been others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from treatygraph.build.documents import derived
from treatygraph.build.index import Index
from treatygraph.build.rows import instrument_in
from treatygraph.build.storage import Document, MemoryStorage, OverlayStorage
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation

__all__ = ["supposed"]

_STANDINGS = "bearing"
_BY_INSTRUMENT = ("derivation", "reasons", "brief", "bonds", "exclusions", "knowledge", "open")


def supposed(index: Index, facts: Facts, affected: Collection[str], results: Sequence[Derivation]) -> Index:
    """An index in which other results stand in the place of those under some instruments.

    Args:
        index: the index as it is, which stays so.
        facts: what the results were derived from.
        affected: the instruments whose results are replaced.
        results: every reading's result for each of them.
    """
    later = MemoryStorage(derived(facts, results))
    above: list[Document] = [(kind, name, value) for kind in _BY_INSTRUMENT for name, value in later.all(kind)]
    states = {name for storage in (index.storage, later) for name, _ in storage.all(_STANDINGS)}
    for state in sorted(states):
        kept = [row for row in index.storage.get(_STANDINGS, state) or () if instrument_in(row) not in affected]
        above.append((_STANDINGS, state, [*kept, *(later.get(_STANDINGS, state) or ())]))
    return Index(OverlayStorage(index.storage, above), index.digest)
