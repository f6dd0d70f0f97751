"""The answer about an instrument on a day, as values: the instrument itself, and every state under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import Subject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["InstrumentStatus", "StateStatus"]


@dataclass(frozen=True)
class StateStatus:
    """One state's standing on the day, with what other readings hold."""

    state: str
    standing: str
    since: str
    until: str
    flags: tuple[str, ...]
    details: tuple[dict[str, Any], ...]
    readings: tuple[dict[str, Any], ...]
    because: tuple[dict[str, Any], ...]
    unverified: bool
    may: tuple[str, ...] = ()
    """Where it is ``not-known``: the standings that it may be."""
    as_of: str = ""
    """Where the ledger ended before the day: the last day of which it tells, in words."""
    bound: tuple[tuple[str, str], ...] = ()
    """Since when and until when the instrument held it, as known; of any day, the first time first."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one state."""
        return {
            "state": self.state,
            "standing": self.standing,
            "since": self.since or None,
            "until": self.until or None,
            "flags": list(self.flags),
            "details": [dict(item) for item in self.details],
            "readings": [dict(item) for item in self.readings],
            "because": [dict(item) for item in self.because],
            "unverified": self.unverified,
            "may": list(self.may),
            "as_of": self.as_of or None,
            "bound": [{"since": since or None, "until": until or None} for since, until in self.bound],
        }


@dataclass(frozen=True)
class InstrumentStatus(Citable):
    """An instrument's status on a day, counts, and its states."""

    answer: str
    instrument: str
    title: str
    on: date
    known: date | None
    reading: str
    status: str
    since: str
    until: str
    counts: dict[str, int]
    states: tuple[StateStatus, ...]
    readings: tuple[dict[str, Any], ...]
    because: tuple[dict[str, Any], ...]
    missing: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    counts_complete: bool = True
    """Whether no other state may be bound on the day: else a count of the bound is "at least"."""
    as_of: str = ""
    """Where the ledger ended before the day: the last day of which it tells, in words."""
    edition: Edition | None = None
    """The release of the record that it rests on; None only while it is being made."""
    held: tuple[dict[str, Any], ...] = ()
    """Where the instrument's own status is contested on the day: who holds what."""
    state: str = ""
    """The id of the state or group asked about; empty: all."""
    state_name: str = ""
    """Its name."""

    @property
    def subject(self) -> Subject:
        """What a citation says of it."""
        reading = self.reading if self.reading != DEPOSITARY else ""
        known = self.known.isoformat() if self.known else ""
        options = {"on": self.on.isoformat(), "state": self.state, "known": known, "reading": reading}
        title = f"{self.title}: {f'standing of {self.state_name}' if self.state else 'status'}, {long_form(self.on)}"
        address = path("api/status", instrument=self.instrument, **options)
        return Subject("answer", title, address, command("status", self.instrument, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        return {
            "answer": self.answer,
            "instrument": self.instrument,
            "title": self.title,
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "reading": self.reading,
            "status": self.status,
            "since": self.since or None,
            "until": self.until or None,
            "counts": dict(self.counts),
            "counts_complete": self.counts_complete,
            "as_of": self.as_of or None,
            "states": [state.to_dict() for state in self.states],
            "readings": [dict(item) for item in self.readings],
            "because": [dict(item) for item in self.because],
            "held": [dict(item) for item in self.held],
            "missing": self.missing or None,
            "sources": list(self.sources),
            "notes": list(self.notes),
            "edition": self.edition.to_dict() if self.edition else None,
        }

    def to_frame(self) -> Any:
        """One row per state, as a pandas DataFrame (needs pandas)."""
        import pandas

        keep = ("state", "standing", "since", "until", "flags", "unverified")
        return pandas.DataFrame([{key: item.to_dict()[key] for key in keep} for item in self.states])
