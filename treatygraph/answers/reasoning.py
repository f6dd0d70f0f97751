"""Standings with rules and acts, fetched one state at a time, and their reasons as JSON gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.model.standings import Because, Derivation, Flag, Standing
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["acts_of", "derivation", "flags_of", "standings_of"]

_NAMES = [item.name for item in fields(Derivation)]
_STANDINGS, _FLAGS = _NAMES.index("standings"), _NAMES.index("flags")


def _plain(shelf: Shelf, instrument: str, reading: str) -> Any:
    """The derivation as its document has it; what a reading does not change is as the depositaries have it."""
    found = shelf.get("derivation", f"{reading}/{instrument}")
    return found if found is not None else shelf.get("derivation", f"{DEPOSITARY}/{instrument}")


def derivation(shelf: Shelf, instrument: str, reading: str) -> Derivation:
    """All that a reading yields for an instrument; decoded once, then kept by the shelf."""
    asked = ("derivation", instrument, reading)
    if asked not in shelf.memo:
        shelf.memo[asked] = decode(Derivation, _plain(shelf, instrument, reading))
    found: Derivation = shelf.memo[asked]
    return found


def standings_of(shelf: Shelf, instrument: str, reading: str, state: str) -> list[Standing]:
    """The standings of one state under an instrument, without reading those of all the others."""
    rows = _plain(shelf, instrument, reading)[_STANDINGS]
    return [decode(Standing, row) for row in rows if row[0] == state]


def flags_of(shelf: Shelf, instrument: str, reading: str) -> list[Flag]:
    """Every flag under an instrument."""
    return [decode(Flag, row) for row in _plain(shelf, instrument, reading)[_FLAGS]]


def acts_of(because: Sequence[Because]) -> tuple[dict[str, Any], ...]:
    """The steps of a reasoning, each rule with each act once."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for step in because:
        sources = [item for item in step.sources if item != "treatygraph"]
        entry = {"rule": step.rule, "act": step.act or None, "date": step.date or None, "text": step.text or None,
                 "sources": sources}  # fmt: skip
        found.setdefault((step.rule, step.act, "" if step.act else step.text), entry)
    return tuple(found.values())
