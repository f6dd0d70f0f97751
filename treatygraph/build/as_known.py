"""What the record said on an earlier day: the facts from the index, derived as they were then known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from treatygraph.build.documents import DERIVED, derived
from treatygraph.build.index import Index
from treatygraph.build.storage import OverlayStorage
from treatygraph.law.derivations import Corpus
from treatygraph.model.records import Facts

__all__ = ["facts_of", "index_known_by"]


def facts_of(index: Index) -> Facts:
    """The facts that standings depend on."""
    return Facts(
        sources=index.sources(),
        states=index.states(),
        instruments=index.instruments(),
        acts={name: index.ledger(name) for name in index.actors()},
        assertions=index.assertions(),
        conflicts=index.conflicts(),
        rosters=index.rosters(),
    )


def index_known_by(index: Index, by: date) -> Index:
    """The graph as it stood on the record by a day (rule R1)."""
    facts = facts_of(index)
    then = {name: tuple(act for act in ledger if act.known <= by) for name, ledger in facts.acts.items()}
    results = derived(replace(facts, acts=then), Corpus(facts, by).derivations(), by)
    return Index(OverlayStorage(index.storage, results, whole=DERIVED), index.digest)
