"""What the built index holds beside the facts: one typed row for each thing that answers read.

Days are ISO texts, half-open ``[start, end)``; an open end is ``9999-12-31``. Texts of whole days compare as days do.
"""

from __future__ import annotations

from typing import NamedTuple

from treatygraph.model.vocabulary import BINDS

__all__ = ["Exclusion", "Existence", "FlagRow", "NameEntry", "OpenLedger", "OpenSpan", "StandingRow",
           "Summary"]  # fmt: skip


class FlagRow(NamedTuple):
    """A flag that qualifies a standing over ``[start, end)``."""

    flag: str
    start: str
    end: str
    by: str
    against: tuple[str, ...]
    """Towards whom; empty: towards all."""
    accepted_by: tuple[str, ...]
    rejected_by: tuple[str, ...]


class StandingRow(NamedTuple):
    """One standing of one state under one instrument and reading, with what its reasons rest on."""

    state: str
    reading: str
    instrument: str
    standing: str
    start: str
    end: str
    since: str
    """Since when, as known (EDTF)."""
    until: str
    """Until when, as known; empty while no end is known."""
    origin: str
    """Since when the state whose identity this one continues stood so (R33); empty where it continues none."""
    reason: str
    """Why it ended, in a few words; empty while no end is known."""
    sources: tuple[str, ...]
    ending_sources: tuple[str, ...]
    flags: tuple[FlagRow, ...]
    may: tuple[str, ...] = ()
    """Where it is ``not-known``: the standings that it may be."""
    lack: str = ""
    """Where it is ``not-known``: what the record lacks, in a few words."""

    @property
    def may_bind(self) -> bool:
        """Whether the instrument may hold the state although the record does not tell."""
        return not set(BINDS).isdisjoint(self.may)

    @property
    def binds(self) -> bool:
        """Whether the instrument holds the state."""
        return self.standing in BINDS

    def on(self, when: str) -> bool:
        """Whether it holds on a day."""
        return self.start <= when < self.end

    def flags_on(self, when: str) -> tuple[FlagRow, ...]:
        """The flags that qualify it on a day."""
        return tuple(flag for flag in self.flags if flag.start <= when < flag.end)


class Summary(NamedTuple):
    """What an answer says of an instrument, without its acts."""

    id: str
    title: str
    """The short title."""
    full_title: str
    kind: str
    is_treaty: bool
    scope: str
    binding: bool | None
    """None where it is disputed."""
    topics: tuple[str, ...]
    parents: tuple[str, ...]
    """The instruments under which an answer lists this one."""
    participants: tuple[str, ...]
    signed: str
    """The day as known; empty where there is none, as with the next two."""
    entry: str
    end: str
    how: str
    """How it ended: ``expired``, ``terminated``, ``superseded``, ``completed``, ``lapsed`` or empty."""
    coverage: str
    """The last day for which its ledger is complete; empty where it is for none."""
    gap: str
    """What the ledger lacks, in words."""
    sources: tuple[str, ...]


class Existence(NamedTuple):
    """The life of a state, and whom it follows."""

    code: str
    name: str
    start: str
    end: str
    continues: str
    """The state whose identity it carries on (R33), or empty."""
    successor_of: tuple[str, ...]

    def on(self, when: str) -> bool:
        """Whether it existed on a day."""
        return self.start <= when < self.end


class OpenSpan(NamedTuple):
    """The record cannot tell over ``[start, end)`` whether an instrument binds a state."""

    start: str
    end: str
    lack: str
    """What the record lacks, in words."""


class OpenLedger(NamedTuple):
    """What a ledger leaves open, in short; :class:`treatygraph.model.knowledge.Knowledge` says all."""

    instrument: str
    known_of: frozenset[str]
    """The states of which it knows something of their own, by a hole or a statement."""
    closed_to: frozenset[str]
    """The states it is made for; empty = open to others."""
    spans: tuple[OpenSpan, ...]
    """When a state that never acted, and is neither known of nor one of those it is made for, may be bound."""


class NameEntry(NamedTuple):
    """A record that a name leads to."""

    kind: str
    record: str
    shown: str
    """The name as the record writes it."""


class Exclusion(NamedTuple):
    """Two states are not bound to each other under an instrument over ``[start, end)``, bound though both are.

    One of them denies the other the bond: it objected (R11), or it does not accept its participation (R12).
    """

    instrument: str
    by: str
    against: str
    start: str
    end: str
    rule: str
    """``R11`` or ``R12``."""

    def concerns(self, first: str, second: str) -> bool:
        """Whether it stands between these two, in either order."""
        return {self.by, self.against} == {first, second}
