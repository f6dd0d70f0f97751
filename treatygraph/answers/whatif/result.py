"""What suppositions come to, as values: one change per state and instrument, and the whole answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import Subject, command
from treatygraph.answers.edition import Edition
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from treatygraph.answers.whatif.pairs import TopicPairs

__all__ = ["Change", "WhatIf"]


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
    act: str
    """The act supposed; empty where there is nothing to do."""
    before: str
    """The standing on that day, as on record."""
    outcome: str
    """``out``, ``not-determinable``, ``deferred``, ``consent-withdrawn``, ``signature-disowned``, ``not-bound``,
    ``already-leaving``, ``already-disowned``, ``ends-first``; ``bound``, ``contracting``, ``already-bound``,
    ``closed`` (between two others), ``over`` (the instrument has ended)."""
    effective: date | None
    """The first day on which it is out, or bound; None where no day can be told."""
    since: str
    """Since when it has been in the standing ``before``."""
    standing_because: tuple[dict[str, Any], ...]
    """Why it is in the standing ``before``."""
    ways: tuple[dict[str, Any], ...]
    """The withdrawal clauses, the one that counts first; for who joins, none."""
    deferred: dict[str, Any] | None
    because: tuple[dict[str, Any], ...]
    status: str
    """What becomes of the instrument: ``goes on``, ``ends``, ``ends as on record``, ``enters into force``,
    ``not in force``."""
    status_from: date | None
    missing_before: str
    missing_after: str
    """What entry into force would still need; empty where it is in force, or nothing is known to be missing."""
    left: tuple[str, ...]
    """The states that the instrument binds on the effective day; of an exit without a day, had it taken effect."""
    contracting: int
    """How many states have consented that it does not bind yet, on the same day."""
    dependents: tuple[dict[str, Any], ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    unknown: str = ""
    """What the record lacks where it does not know whether the instrument holds the state (rules K3, K17)."""
    left_complete: bool = True
    """Whether no other state may be bound on that day: else ``left`` are at least those."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "state": self.state,
            "name": self.name,
            "verb": self.verb,
            "instrument": self.instrument,
            "title": self.title,
            "on": self.on.isoformat(),
            "act": self.act or None,
            "before": self.before,
            "since": self.since or None,
            "standing_because": [dict(step) for step in self.standing_because],
            "outcome": self.outcome,
            "effective": self.effective.isoformat() if self.effective else None,
            "ways": [dict(way) for way in self.ways],
            "deferred": dict(self.deferred) if self.deferred else None,
            "because": [dict(step) for step in self.because],
            "status": self.status,
            "status_from": self.status_from.isoformat() if self.status_from else None,
            "missing_before": self.missing_before or None,
            "missing_after": self.missing_after or None,
            "left": list(self.left),
            "left_complete": self.left_complete,
            "contracting": self.contracting,
            "dependents": [dict(item) for item in self.dependents],
            "sources": list(self.sources),
            "notes": list(self.notes),
            "unknown": self.unknown or None,
        }


@dataclass(frozen=True)
class WhatIf(Citable):
    """What some suppositions together would come to."""

    answer: str
    suppositions: tuple[str, ...]
    on: date
    reading: str
    binding: bool
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

    @property
    def subject(self) -> Subject:
        """What a citation says of it."""
        reading = self.reading if self.reading != DEPOSITARY else ""
        options = {"on": self.on.isoformat(), "reading": reading, "binding": "true" if self.binding else ""}
        title = f"What would follow if {' and '.join(self.suppositions)}, {long_form(self.on)}"
        return Subject("answer", title, "", command("whatif", *self.suppositions, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": {
                "suppositions": list(self.suppositions),
                "on": self.on.isoformat(),
                "reading": self.reading,
                "binding": self.binding,
            },
            "changes": [item.to_dict() for item in self.changes],
            "counted_on": self.counted_on.isoformat(),
            "assumed": self.assumed,
            "counts_pairs": self.counts_pairs,
            "topics": [item.to_dict() for item in self.topics],
            "sources": sorted({source for item in self.changes for source in item.sources}),
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> Any:
        """One row per topic, direction and pair, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [
            {"topic": item.topic, "change": item.change, "a": one, "b": other, "on": self.counted_on.isoformat()}
            for item in self.topics
            for one, other in item.pairs
        ]
        return pandas.DataFrame(rows, columns=["topic", "change", "a", "b", "on"])
