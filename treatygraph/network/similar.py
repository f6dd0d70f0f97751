"""Instruments with like parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.bonds.matrix import Mask
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Likeness", "Similar", "similar"]

_KEPT = 15
_DIGITS = 4


@dataclass(frozen=True)
class Likeness:
    """How alike the parties of another instrument are."""

    id: str
    title: str
    jaccard: float
    containment: float
    both: int
    only_here: tuple[str, ...]
    """States that the instrument asked about holds, and this one does not."""
    only_there: tuple[str, ...]
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "id": self.id,
            "title": self.title,
            "jaccard": self.jaccard,
            "containment": self.containment,
            "both": self.both,
            "only_here": list(self.only_here),
            "only_there": list(self.only_there),
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Similar(Citable):
    """Instruments by how alike their parties are to those of one."""

    answer: str
    selection: Selection
    instrument: str
    title: str
    states: int
    similar: tuple[Likeness, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), "instrument": self.instrument},
            "instrument": self.instrument,
            "title": self.title,
            "states": self.states,
            "similar": [item.to_dict() for item in self.similar],
            "sources": list(self.sources),
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per instrument, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.similar])


def similar(index: Index, instrument: str, selection: Selection) -> Similar:
    """The instruments whose parties on a day are most like those of ``instrument``.

    ``jaccard`` is the share of the states that either holds which both hold: 1 for the same parties, 0 for none
    in common. ``containment`` is the share of the smaller one's states that the other holds too: 1 for a
    protocol all of whose parties are parties to its parent. Ties go by id.

    What it does not mean: likeness of parties, not of contents; any two treaties that nearly everybody joined
    are alike.

    Raises:
        UnknownName: no instrument, topic or group is called that.
    """
    _, name = find(index, instrument, ("instrument",))
    found = snapshot(index, selection)
    title = index.summary(name).title
    sources = index.summary(name).sources
    # The instrument asked about may lie outside the topic: the topic is what it is compared with.
    table = found.table
    rows = [table.index(code) for code in found.states]
    mine = table.held(selection.on)[rows, table.instruments.index(name)]
    others = [number for number, other in enumerate(found.instruments) if other != name]
    likenesses = [_likeness(found, mine, number) for number in others] if mine.any() else []
    kept = sorted((item for item in likenesses if item.both), key=lambda item: (-item.jaccard, item.id))[:_KEPT]
    return Similar(
        answer=_sentence(found, title, int(mine.sum()), kept),
        selection=selection,
        instrument=name,
        title=title,
        states=int(mine.sum()),
        similar=tuple(kept),
        sources=sources,
        notes=tuple(found.notes()),
        edition=edition_of(index),
    )


def _likeness(found: Snapshot, mine: Mask, number: int) -> Likeness:
    theirs = found.held[:, number]
    both, either = int((mine & theirs).sum()), int((mine | theirs).sum())
    name = found.instruments[number]
    return Likeness(
        id=name,
        title=found.titles[name],
        jaccard=round(both / either, _DIGITS) if either else 0.0,
        containment=round(both / min(int(mine.sum()), int(theirs.sum())), _DIGITS) if both else 0.0,
        both=both,
        only_here=_named(found, mine & ~theirs),
        only_there=_named(found, theirs & ~mine),
        sources=found.summary(name).sources,
    )


def _named(found: Snapshot, which: Mask) -> tuple[str, ...]:
    return tuple(found.states[number] for number in numpy.nonzero(which)[0].tolist())


def _sentence(found: Snapshot, title: str, states: int, kept: list[Likeness]) -> str:
    text = f"On {long_form(found.selection.on)}, {title} held {states} state{'' if states == 1 else 's'}"
    if not kept:
        return f"{text}; no other instrument of this selection held any of them."
    first = kept[0]
    return f"{text}; closest by its parties was {first.title}, which held {first.both} of them ({first.jaccard:.0%})."
