"""The answer about an instrument on a day, as values: the instrument itself, and every state under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NotRequired, TypedDict

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.answers.reasoning import FlagDetail, ReasonStep
from treatygraph.model.dates import long_form
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, plain
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["BoundSpan", "InstrumentStatus", "StateStatus", "StateView", "StatusHolders", "StatusView", "Territory"]


class StateView(TypedDict):
    """What another reading holds of a state, where it differs."""

    by: str
    standing: str
    since: str | None
    until: str | None
    flags: list[str]
    because: list[ReasonStep]
    rejected_by: list[str]


class StatusView(TypedDict):
    """What another reading holds of the instrument itself, where it differs."""

    by: str
    status: str
    since: str
    because: list[ReasonStep]


class StatusHolders(TypedDict):
    """A status of the instrument and who holds that it has it, where views differ."""

    status: str
    by: list[str]
    since: NotRequired[str]


class Territory(TypedDict):
    """A territory that an act of its state names, and whether the instrument applies there on the day."""

    territory: str
    applies: bool
    since: str
    act: str
    sources: list[str]


class BoundSpan(NamedTuple):
    """Since when and until when an instrument held a state, as known (EDTF)."""

    since: Annotated[str, NULL_WHERE_EMPTY]
    until: Annotated[str, NULL_WHERE_EMPTY]


@dataclass(frozen=True)
class StateStatus:
    """One state's standing on the day, with what other readings hold."""

    state: str
    standing: str
    since: Annotated[str, NULL_WHERE_EMPTY]
    until: Annotated[str, NULL_WHERE_EMPTY]
    flags: tuple[str, ...]
    details: tuple[FlagDetail, ...]
    readings: tuple[StateView, ...]
    because: tuple[ReasonStep, ...]
    unverified: bool
    """Whether nothing but general knowledge stands behind it."""
    may: tuple[str, ...] = ()
    """Where it is ``not-known``: the standings that it may be."""
    as_of: Annotated[str, NULL_WHERE_EMPTY] = ""
    """Where the ledger ended before the day: the last day of which it tells, in words."""
    bound: tuple[BoundSpan, ...] = ()
    """Since when and until when the instrument held it, as known; of any day, the first time first."""
    territories: tuple[Territory, ...] = ()
    """Of a state that is bound: its territories that an act names, and whether the instrument applies there."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


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
    since: Annotated[str, NULL_WHERE_EMPTY]
    until: Annotated[str, NULL_WHERE_EMPTY]
    counts: dict[str, int]
    """States by standing."""
    counts_complete: bool
    """Whether no other state may be bound on the day: else a count of the bound is "at least"."""
    as_of: Annotated[str, NULL_WHERE_EMPTY]
    """Where the ledger ended before the day: the last day of which it tells, in words."""
    states: tuple[StateStatus, ...]
    readings: tuple[StatusView, ...]
    because: tuple[ReasonStep, ...]
    held: tuple[StatusHolders, ...]
    """Where the instrument's own status is contested on the day: who holds what."""
    unverified: bool
    """Whether nothing but general knowledge stands behind its own status."""
    missing: Annotated[str, NULL_WHERE_EMPTY]
    """What is still missing for entry into force, where the clause can say it."""
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    edition: Edition
    state: Annotated[str, HIDDEN] = ""
    """The id of the state or group asked about; empty: all."""
    state_name: Annotated[str, HIDDEN] = ""
    """Its name."""

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        reading = self.reading if self.reading != DEPOSITARY else ""
        known = self.known.isoformat() if self.known else ""
        options = {"on": self.on.isoformat(), "state": self.state, "known": known, "reading": reading}
        title = f"{self.title}: {f'standing of {self.state_name}' if self.state else 'status'}, {long_form(self.on)}"
        address = path("api/status", instrument=self.instrument, **options)
        return CitedSubject("answer", title, address, command("status", self.instrument, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def to_frame(self) -> DataFrame:
        """One row per state, as a pandas DataFrame (needs pandas)."""
        import pandas

        keep = ("state", "standing", "since", "until", "flags", "unverified")
        return pandas.DataFrame([{key: item.to_dict()[key] for key in keep} for item in self.states])
