"""How many states are listed as parties on a date, counted as depositaries count (R42, K17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from treatygraph.model.dates import Span
from treatygraph.model.records import Facts, Roster
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import VOUCHING

__all__ = ["CONSENTED", "days_of", "parties", "published"]

CONSENTED: Final = frozenset({"party", "contracting", "participant"})
"""Standings in which a state is listed with consent to be bound."""


def parties(derivation: Derivation, as_of: Span) -> set[int]:
    """Our numbers of parties on the days of ``as_of``: for certain, and with those that may be one.

    Parties are the states listed with consent to be bound on the day: also those for which the instrument is not yet
    in force, no longer those that left.
    """
    listed = [item for item in derivation.standings if item.standing in CONSENTED]
    perhaps = [item for item in derivation.standings if not CONSENTED.isdisjoint(item.may)]
    totals: set[int] = set()
    for when in days_of(as_of, (edge for item in (*listed, *perhaps) for edge in (item.start, item.end))):
        here = {item.state for item in listed if item.start <= when < item.end}
        totals |= {len(here), len(here | {item.state for item in perhaps if item.start <= when < item.end})}
    return totals


def days_of(as_of: Span, edges: Iterable[date]) -> list[date]:
    """The days within ``as_of`` on which a number can differ from that of the day before."""
    return sorted({as_of.earliest, as_of.latest, *(edge for edge in edges if as_of.earliest <= edge <= as_of.latest)})


def published(facts: Facts, instrument: str) -> list[Roster]:
    """The totals that depositaries publish of the parties to an instrument (rule K2)."""
    return [roster for roster in facts.rosters if roster.instrument == instrument and _by_depositary(roster, facts)]


def _by_depositary(roster: Roster, facts: Facts) -> bool:
    kinds = {facts.sources[source].kind for source in roster.cite.sources if source in facts.sources}
    return not kinds.isdisjoint(VOUCHING)
