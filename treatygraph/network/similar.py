"""Instruments with like parties, and states under like instruments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.bonds.matrix import Mask
from treatygraph.bonds.powers import find, with_article
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.network.likeness import agreement
from treatygraph.network.shared import two_mode
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Likeness", "Similar", "similar"]

_SHOWN = 15
_DIGITS = 4
_SLIGHT = 0.2
"""Agreement up to here is slight (Landis and Koch 1977)."""


@dataclass(frozen=True)
class Likeness:
    """How alike another instrument is by its parties, or another state by its instruments."""

    id: str
    title: str
    jaccard: float
    containment: float
    kappa: float
    pi: float
    both: int
    compared: int
    """Over how many states (instruments) the two are compared: those of which the record tells for both."""
    only_here: tuple[str, ...]
    """States (instruments) that the one asked about has, and this one has not."""
    only_there: tuple[str, ...]
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "id": self.id,
            "title": self.title,
            "jaccard": self.jaccard,
            "containment": self.containment,
            "kappa": self.kappa,
            "pi": self.pi,
            "both": self.both,
            "compared": self.compared,
            "only_here": list(self.only_here),
            "only_there": list(self.only_there),
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Similar(Citable):
    """Instruments or states by how alike they are to one."""

    answer: str
    selection: Selection
    instrument: str
    """Empty where a state is asked about."""
    state: str
    title: str
    states: int
    """How many states the instrument held, or how many multilateral instruments held the state."""
    similar: tuple[Likeness, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        asked = {"instrument": self.instrument or None, "state": self.state or None}
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), **asked},
            "instrument": self.instrument or None,
            "state": self.state or None,
            "title": self.title,
            "states": self.states if self.instrument else None,
            "instruments": self.states if self.state else None,
            "similar": [item.to_dict() for item in self.similar],
            "sources": list(self.sources),
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per instrument or state, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.similar])


class _Rows(NamedTuple):
    """What is compared: rows of yes and no, and where each is known."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    held: Mask
    known: Mask


def similar(index: Index, name: str, selection: Selection) -> Similar:
    """What is most like an instrument by its parties, or like a state by its instruments, on a day.

    Of an instrument, all others are compared over the states of the day; of a state, all others over the multilateral
    instruments, parts folded, to which both could belong. In order of ``kappa``, which takes off what the numbers alone
    give: any two treaties that nearly everybody joined have a high ``jaccard``. Ties go by ``jaccard``, then id; the
    measures are those of :class:`treatygraph.network.likeness.Agreement`.

    What it does not mean: likeness of parties, not of contents; of two states, that they joined the same, not why.

    Raises:
        UnknownName: no instrument, state, topic or group is called that.
        UsageError: the state was not there that day, or is not of the group.
    """
    kind, record = find(index, name, ("instrument", "state"))
    view = snapshot(index, selection)
    rows, mine, known = _of_instrument(view, record) if kind == "instrument" else _of_state(index, view, record)
    order = sorted(
        (_likeness(rows, mine, known, number) for number in range(len(rows.names))),
        key=lambda item: (-item.kappa, -item.jaccard, item.id),
    )
    shown = tuple(item for item in order if item.both)[:_SHOWN]
    summary = index.summary(record) if kind == "instrument" else None
    state = index.existences()[record].name if summary is None else ""
    return Similar(
        answer=_sentence(view, record, summary.title if summary else "", state, int(mine.sum()), shown),
        selection=selection,
        instrument=record if summary else "",
        state="" if summary else record,
        title=summary.title if summary else state,
        states=int(mine.sum()),
        similar=shown,
        sources=summary.sources if summary else (),
        notes=tuple(view.notes()),
        edition=edition_of(index),
    )


def _of_instrument(view: Snapshot, name: str) -> tuple[_Rows, Mask, Mask]:
    """The others by the states of the day; the one asked about may lie outside the topic, which is of the others."""
    lines = [view.table.index(code) for code in view.states]
    mine = view.table.held(view.selection.on)[lines, view.table.instruments.index(name)]
    others = [number for number, other in enumerate(view.instruments) if other != name]
    names = tuple(view.instruments[number] for number in others)
    known = ~numpy.array([[code in view.open.get(other, ()) for code in view.states] for other in names], dtype=bool)
    own = ~numpy.array([code in view.open.get(name, ()) for code in view.states], dtype=bool)
    rows = _Rows(
        names, tuple(view.titles[other] for other in names), tuple(view.summary(other).sources for other in names),
        view.states, view.held[:, others].T, known.reshape(len(names), len(view.states)),
    )  # fmt: skip
    return rows, mine, own


def _of_state(index: Index, view: Snapshot, code: str) -> tuple[_Rows, Mask, Mask]:
    """The others by the multilateral instruments that could hold both."""
    chain = line(index.existences(), code)
    here = next((number for number, other in enumerate(view.states) if other in chain), None)
    if here is None:
        among = f" in {view.selection.group}" if view.selection.group else " there"
        raise UsageError(f"{index.existences()[code].name} was not{among} on {long_form(view.selection.on)}.")
    modes = two_mode(index, view)
    known = modes.free | modes.held
    others = [number for number in range(len(view.states)) if number != here]
    names = tuple(view.states[number] for number in others)
    rows = _Rows(names, tuple(view.titles[other] for other in names), ((),) * len(names), modes.instruments,
                 modes.held[others], known[others])  # fmt: skip
    return rows, modes.held[here], known[here]


def _likeness(rows: _Rows, mine: Mask, known: Mask, number: int) -> Likeness:
    theirs, cells = rows.held[number], rows.known[number] & known
    same = agreement(mine, theirs, cells)
    return Likeness(
        id=rows.names[number],
        title=rows.titles[number],
        jaccard=round(same.jaccard, _DIGITS),
        containment=round(same.containment, _DIGITS),
        kappa=round(same.kappa, _DIGITS),
        pi=round(same.pi, _DIGITS),
        both=same.both,
        compared=same.compared,
        only_here=_named(rows, mine & ~theirs & cells),
        only_there=_named(rows, theirs & ~mine & cells),
        sources=rows.sources[number],
    )


def _named(rows: _Rows, which: Mask) -> tuple[str, ...]:
    return tuple(rows.columns[number] for number in numpy.nonzero(which)[0].tolist())


def _sentence(view: Snapshot, record: str, instrument: str, state: str, count: int, shown: tuple[Likeness, ...]) -> str:
    if instrument:
        what = "state" if count == 1 else "states"
        text, other = f"{instrument} held {count} {what}", "other instrument of this selection held any of them"
    else:
        what = "instrument" if count == 1 else "instruments"
        text = f"{count} multilateral {what} held {with_article(record, state)}"
        other = "other state was under any of them"
    text = f"On {long_form(view.selection.on)}, {text}"
    if not shown:
        return f"{text}; no {other}."
    first = shown[0]
    if first.kappa <= _SLIGHT:
        return f"{text}; none is like it by more than numbers alone give (kappa {first.kappa:.2f} at most)."
    name = first.title if instrument else with_article(first.id, first.title)
    held = f"which held {first.both} of them" if instrument else f"under {first.both} of them"
    by = "closest by its parties" if instrument else "most alike"
    return f"{text}; {by} was {name}, {held} (kappa {first.kappa:.2f}, {first.jaccard:.0%} of what either has)."
