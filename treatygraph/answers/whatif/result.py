"""What suppositions come to, as values: one change per state and instrument, and the whole answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command
from treatygraph.answers.edition import Edition
from treatygraph.answers.reasoning import ReasonStep
from treatygraph.model.dates import long_form
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, key, plain, shown
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Change", "Deferral", "Dependent", "Supposed", "TopicPairs", "WayOut", "WhatIf"]


class WayOut(TypedDict):
    """One withdrawal clause."""

    article: str | None
    period: str | None
    """The notice due, as a duration (P3M)."""
    addressees: list[str]
    ground: str | None
    only: str | None
    """The only case in which it may be used."""
    tail: str | None
    """The armed conflict that defers the effect."""
    not_before: str | None
    at_end_of_term: bool
    ends_for_all: bool
    none: bool
    """Whether it says that nobody may withdraw."""
    sources: list[str]


class Deferral(TypedDict):
    """What defers the effect of a notice beyond its period."""

    due: str | None
    until: str | None
    text: str
    because: list[ReasonStep]


class Dependent(TypedDict):
    """What stands in a relation of dependence to the instrument, and what becomes of it for the state."""

    id: str
    title: str
    relation: str
    before: str
    after: str
    affected: bool
    because: list[ReasonStep]
    sources: list[str]


@dataclass(frozen=True)
class TopicPairs:
    """Pairs between which nothing on a topic is left, or something is for the first time."""

    topic: str
    """A topic of the scheme; ``any`` for all of them together."""
    change: str
    """``lost`` or ``gained``."""
    fewer: Annotated[int, key("affected")]
    """All pairs whose count changes in that direction, these among them."""
    pairs: tuple[tuple[str, str], ...]

    @property
    @shown
    def count(self) -> int:
        """How many pairs these are."""
        return len(self.pairs)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


@dataclass(frozen=True)
class Supposed:
    """What was asked."""

    suppositions: tuple[str, ...]
    on: date
    reading: str
    binding: bool


@dataclass(frozen=True)
class Change:
    """What one supposition would come to for one state."""

    state: str
    name: str
    verb: str
    """``leaves`` or ``joins``."""
    instrument: str
    title: str
    on: date
    """The day on which the notice is received or the instrument deposited."""
    act: Annotated[str, NULL_WHERE_EMPTY]
    """The act supposed; empty where there is nothing to do."""
    before: str
    """The standing on that day, as on record."""
    outcome: str
    """``out``, ``not-determinable``, ``deferred``, ``consent-withdrawn``, ``signature-disowned``, ``not-bound``,
    ``already-leaving``, ``already-disowned``, ``ends-first``; ``bound``, ``contracting``, ``already-bound``,
    ``closed`` (between two others), ``over`` (the instrument has ended)."""
    effective: date | None
    """The first day on which it is out, or bound; None where no day can be told."""
    since: Annotated[str, NULL_WHERE_EMPTY]
    """Since when it has been in the standing ``before``."""
    standing_because: tuple[ReasonStep, ...]
    """Why it is in the standing ``before``."""
    ways: tuple[WayOut, ...]
    """The withdrawal clauses, the one that counts first; for who joins, none."""
    deferred: Deferral | None
    because: tuple[ReasonStep, ...]
    status: str
    """What becomes of the instrument: ``goes on``, ``ends``, ``ends as on record``, ``enters into force``,
    ``not in force``."""
    status_from: date | None
    missing_before: Annotated[str, NULL_WHERE_EMPTY]
    missing_after: Annotated[str, NULL_WHERE_EMPTY]
    """What entry into force would still need; empty where it is in force, or nothing is known to be missing."""
    left: tuple[str, ...]
    """The states that the instrument binds on the effective day; of an exit without a day, had it taken effect."""
    contracting: int
    """How many states have consented that it does not bind yet, on the same day."""
    dependents: tuple[Dependent, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    unknown: Annotated[str, NULL_WHERE_EMPTY] = ""
    """What the record lacks where it does not know whether the instrument holds the state (rules K3, K17)."""
    left_complete: bool = True
    """Whether no other state may be bound on that day: else ``left`` are at least those."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


@dataclass(frozen=True)
class WhatIf(Citable):
    """What some suppositions together would come to."""

    answer: str
    suppositions: Annotated[tuple[str, ...], HIDDEN]
    on: Annotated[date, HIDDEN]
    reading: Annotated[str, HIDDEN]
    binding: Annotated[bool, HIDDEN]
    changes: tuple[Change, ...]
    counted_on: date
    """The day on which pairs are counted: the last of the effective days."""
    assumed: bool
    """Whether some exit has no day, so that the pairs are those that it would concern whenever it took effect."""
    counts_pairs: bool
    """Whether pairs were counted, which needs numpy; without it ``topics`` is empty."""
    topics: tuple[TopicPairs, ...]
    notes: tuple[str, ...]
    edition: Edition
    not_known: tuple[str, ...] = ()
    """Of groups: of which members the record cannot say whether they have anything to leave or join, in sentences."""

    @property
    @shown
    def question(self) -> Supposed:
        """What was asked."""
        return Supposed(self.suppositions, self.on, self.reading, self.binding)

    @property
    @shown
    def sources(self) -> tuple[str, ...]:
        """Every source of the changes, in order of id."""
        return tuple(sorted({source for item in self.changes for source in item.sources}))

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        reading = self.reading if self.reading != DEPOSITARY else ""
        options = {"on": self.on.isoformat(), "reading": reading, "binding": "true" if self.binding else ""}
        title = f"What would follow if {' and '.join(self.suppositions)}, {long_form(self.on)}"
        return CitedSubject("answer", title, "", command("whatif", *self.suppositions, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def to_frame(self) -> DataFrame:
        """One row per topic, direction and pair, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [
            {"topic": item.topic, "change": item.change, "a": first, "b": second, "on": self.counted_on.isoformat()}
            for item in self.topics
            for first, second in item.pairs
        ]
        return pandas.DataFrame(rows, columns=["topic", "change", "a", "b", "on"])
