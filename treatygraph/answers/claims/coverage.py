"""Whether the record knows enough to say that something did not happen (rules K1 to K3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Day  # noqa: N812 - as in the room's other modules

from treatygraph.answers.claims.evidence import Evidence
from treatygraph.model.act_words import JOINING, LEAVING

__all__ = ["could_take_part", "ledger_proves"]

_SIGNING = frozenset({"signature", "definitive-signature"})


def ledger_proves(evidence: Evidence, instrument: str, state: str, kinds: Iterable[str], day: Day) -> bool:
    """Whether the absence of acts of some ``kinds`` from a ledger means that a state has not done them by a day.

    True up to the day through which the ledger is whole, but for its gaps; and of a state that could not take part.
    """
    wanted = frozenset(kinds)
    if wanted <= JOINING | _SIGNING and not could_take_part(evidence, instrument, state, day):
        return True
    known = evidence.knowledge(instrument)
    line, acting = evidence.line(state), bool(evidence.acts(instrument, state))
    if day > evidence.latest or known.hole(line, day, sorted({"any", *map(_category, wanted)}), acting=acting):
        return False
    listed = any(begun <= day <= last for begun, last in known.lists)
    return day <= known.whole or (listed and wanted <= JOINING)


def could_take_part(evidence: Evidence, instrument: str, state: str, day: Day) -> bool:
    """Whether an instrument was open to a state by a day: it was there, and is none of others alone.

    A gap of the ledger that names the state says that it may have been.
    """
    card = evidence.card(instrument)
    line = evidence.line(state)
    if evidence.knowledge(instrument).hole(line, day, ("consent", "signature", "any"), by_name=True):
        return True
    named = set(card.participants)
    closed = named and card.scope == "bilateral"
    return not (closed and named.isdisjoint(line)) and any(evidence.states[code].start <= day for code in line)


def _category(kind: str) -> str:
    """The kind of missing act, as gaps name it, to which an act belongs."""
    if kind in JOINING and kind not in _SIGNING:
        return "consent"
    if kind in _SIGNING:
        return "signature"
    return "objection" if kind == "objection" else "exit" if kind in LEAVING else "any"
