"""What the record does not know of who stands where under an instrument on a day (rules K3, K7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.knowledge import Absence
from treatygraph.model.standings import Because, Derivation, Outline

__all__ = ["absence_of", "lack_in_words", "open_standings"]


def absence_of(index: Index, derived: Outline | Derivation, chain: Sequence[str], on: date) -> Absence:
    """What it means that a line of states has no standing on a day under a reading."""
    starts = [item.start for code in chain for item in derived.of(code)]
    return index.knowledge(derived.instrument).absence(chain, on, min(starts, default=None))


def open_standings(index: Index, derived: Outline, on: date) -> frozenset[str]:
    """The standings that some state may have on a day without the record telling it; empty where it tells all."""
    key = ("open standings", derived.instrument, derived.reading, on)
    return index.recent(key, lambda: _open_standings(index, derived, on))


def _open_standings(index: Index, derived: Outline, on: date) -> frozenset[str]:
    rows = index.holdings(derived.instrument, derived.reading, on)
    may = {standing for item in rows for standing in item.may}
    lives, held, day = index.existences(), {item.state for item in rows}, on.isoformat()
    for code, life in lives.items():
        if code not in held and life.on(day) and held.isdisjoint(chain := line(lives, code)):
            may.update(absence_of(index, derived, chain, on).may)
    return frozenset(may)


def lack_in_words(step: Because) -> str:
    """What the record lacks, as a clause: a gap of a ledger is told as what is known of it."""
    if step.rule == "K3" and not step.text.startswith("the ledger"):
        return f"the ledger is incomplete ({step.text})"
    return step.text
