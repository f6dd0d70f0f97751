"""What the record said on an earlier day: the facts from the index, derived as they were then known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from treatygraph.build.documents import DERIVED, derived
from treatygraph.build.index import Index
from treatygraph.build.rows import plain_objections
from treatygraph.build.storage import Document, OverlayStorage
from treatygraph.law.derivations import Corpus
from treatygraph.model.records import Facts

__all__ = ["facts_of", "index_known_by"]

_OBJECTIONS = "objections"


def facts_of(index: Index) -> Facts:
    """The facts that standings depend on."""
    return Facts(
        sources=index.sources(),
        states=index.states(),
        instruments=index.instruments(),
        acts={name: index.ledger(name) for name in index.actors()},
        assertions=index.assertions(),
        conflicts=index.conflicts(),
    )


def index_known_by(index: Index, by: date) -> Index:
    """The graph as it stood on the record by a day (rule R1)."""
    facts = facts_of(index)
    results = derived(facts, Corpus(facts, by).derivations())
    above = (*results, *_objections(facts, by))
    return Index(OverlayStorage(index.storage, above, whole=DERIVED | {_OBJECTIONS}))


def _objections(facts: Facts, by: date) -> Iterator[Document]:
    """The objections that had been made by a day."""
    for name, ledger in facts.acts.items():
        objections = plain_objections(act for act in ledger if act.known <= by)
        if objections:
            yield _OBJECTIONS, name, objections
