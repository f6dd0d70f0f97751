"""Totals that depositaries and references give, held against ours, counted as they count.

Parties are the states listed with consent to be bound on the day: also those for which the
instrument is not yet in force, no longer those that left. Signatories are the states that ever
signed and are still in the table: a state that left is taken out of it, and who continues a
signatory, or united with another in it, stands in its place (practice of the United Nations).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.law.derivations import Corpus
from treatygraph.law.succession import parts_of
from treatygraph.law.totals import CONSENTED, days_of, parties
from treatygraph.model.dates import Span
from treatygraph.model.errors import Finding
from treatygraph.model.records import Act, Facts, Instrument, Roster, State
from treatygraph.model.standings import Derivation, Standing

__all__ = ["Total", "differing_totals", "totals"]

_LISTED: Final = CONSENTED | {"signatory", "provisional"}
_SIGNING: Final = frozenset({"signature", "definitive-signature"})


@dataclass(frozen=True)
class Total:
    """One number of a roster beside ours: what is counted, ours at least and at most, and theirs."""

    card: Instrument
    roster: Roster
    what: str
    """``parties`` or ``signatories``."""
    ours: tuple[int, int]
    theirs: int

    @property
    def record(self) -> str:
        """The key by which ``exceptions.csv`` names it."""
        when = self.roster.as_of.text.replace("/", "--")
        return f"{self.card.id}/{self.what}/{when}/{self.roster.cite.sources[0]}"

    @property
    def agrees(self) -> bool:
        """Whether theirs is one of ours on some day of the roster's date."""
        return self.ours[0] <= self.theirs <= self.ours[1]

    @property
    def is_beyond(self) -> bool:
        """Whether the ledger does not claim to be complete on the roster's date."""
        return self.card.through is None or self.card.through.latest < self.roster.as_of.earliest

    @property
    def coverage(self) -> str:
        """How far the ledger is complete, as words."""
        return f"only through {self.card.through}" if self.card.through else "through no stated day"

    def __str__(self) -> str:
        return "-".join(str(number) for number in sorted(set(self.ours)))


def totals(facts: Facts, corpus: Corpus) -> Iterator[Total]:
    """Every number that a roster gives, beside ours on the same date, in the order of ``rosters.csv``."""
    for roster in facts.rosters:
        card = facts.instruments[roster.instrument]
        derivation = corpus.default[card.id]
        if roster.parties is not None:
            ours = parties(derivation, roster.as_of)
            yield Total(card, roster, "parties", (min(ours), max(ours)), roster.parties)
        if roster.signatories is not None:
            ours = _signatories(facts.acts.get(card.id, ()), derivation, facts.states, roster.as_of)
            yield Total(card, roster, "signatories", (min(ours), max(ours)), roster.signatories)


def differing_totals(facts: Facts, corpus: Corpus) -> Iterator[Finding]:
    """A warning for each total that ours does not reach on any day of the roster's date."""
    return (_finding(total) for total in totals(facts, corpus) if not total.agrees)


def _finding(total: Total) -> Finding:
    card, roster = total.card, total.roster
    sources = ", ".join(roster.cite.sources)
    message = f"{card.id} on {roster.as_of}: {total.what} {total} (ours) / {total.theirs} ({sources})."
    if total.is_beyond:
        message += f" Our ledger is complete {total.coverage}."
    return Finding(
        roster.cite.place,
        "roster-beyond-coverage" if total.is_beyond else "roster",
        message,
        "find the act that is missing or too much, or permit the difference in exceptions.csv with its reason.",
        "warning",
        total.record,
    )


def _signatories(ledger: Iterable[Act], derivation: Derivation, states: Mapping[str, State], as_of: Span) -> set[int]:
    """Our numbers of signatories on the days of ``as_of``."""
    signed = [act for act in ledger if act.kind in _SIGNING]
    listed = [item for item in derivation.standings if item.standing in _LISTED]
    edges = (edge for item in listed for edge in (item.start, item.end))
    return {len(_signers(signed, listed, states, when)) for when in days_of(as_of, edges)}


def _signers(signed: Iterable[Act], listed: Iterable[Standing], states: Mapping[str, State], when: date) -> set[str]:
    """The states that had signed by a day, as whoever bears their identity on it and is still in the table."""
    here = {item.state for item in listed if item.start <= when < item.end}
    return here & {_bearer(states, act.state, when) for act in signed if act.date.earliest <= when}


def _bearer(states: Mapping[str, State], code: str, when: date) -> str:
    """The state itself, or who continues it, or the union it went into; empty where nobody does."""
    state = states[code]
    if when < state.end:
        return code
    for heir in states.values():
        if heir.continues == code or code in parts_of(states, heir.code):
            return _bearer(states, heir.code, when)
    return ""
