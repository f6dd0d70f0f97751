"""Whether the record knows enough to say that something did not happen (rules K1 to K3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Day  # noqa: N812 - as in the room's other modules

from treatygraph.answers.claims.evidence import Evidence
from treatygraph.model.act_words import JOINING, LEAVING
from treatygraph.model.coverage import Gap

__all__ = ["could_take_part", "ledger_proves"]

_SIGNING = frozenset({"signature", "definitive-signature"})


def ledger_proves(evidence: Evidence, instrument: str, state: str, kinds: Iterable[str], day: Day) -> bool:
    """Whether the absence of acts of some ``kinds`` from a ledger means that a state has not done them by a day.

    True up to the day through which the ledger is whole, but for its gaps; and of a state that could not take part.
    """
    wanted = frozenset(kinds)
    if wanted <= JOINING | _SIGNING and not could_take_part(evidence, instrument, state, day):
        return True
    card = evidence.card(instrument)
    through = card.coverage.through
    if through is None or day > min(through.latest, evidence.latest):
        return False
    return not any(_hides(evidence, gap, instrument, state, wanted, day) for gap in card.coverage.gaps)


def could_take_part(evidence: Evidence, instrument: str, state: str, day: Day) -> bool:
    """Whether an instrument was open to a state by a day: it was there, and is none of others alone."""
    card = evidence.card(instrument)
    line = evidence.line(state)
    named = set(card.participants)
    closed = named and card.scope == "bilateral"
    return not (closed and named.isdisjoint(line)) and any(evidence.states[code].start <= day for code in line)


def _hides(evidence: Evidence, gap: Gap, instrument: str, state: str, kinds: frozenset[str], day: Day) -> bool:
    """Whether a gap may hold an act of one of the kinds by the day."""
    line = evidence.line(state)
    others = "others" in gap.states and not evidence.acts(instrument, state)
    if not ("all" in gap.states or others or not set(gap.states).isdisjoint(line)):
        return False
    if gap.start and gap.start.earliest > day:
        return False
    return gap.acts == "any" or any(gap.acts == _category(kind) for kind in kinds)


def _category(kind: str) -> str:
    """The kind of missing act, as gaps name it, to which an act belongs."""
    if kind in JOINING and kind not in _SIGNING:
        return "consent"
    if kind in _SIGNING:
        return "signature"
    return "objection" if kind == "objection" else "exit" if kind in LEAVING else "any"
