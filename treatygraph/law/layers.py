"""Layers of standing, and how they are laid over one another so that a state has one standing a day.

Layers may overlap; the stronger standing prevails on each day (party over provisional over
contracting over former party over signatory). So a state's standings cannot overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from treatygraph.law.withdrawal import Exit
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.records import Act, Assertion, State
from treatygraph.model.standings import Because, Life, Standing
from treatygraph.model.vocabulary import BINDS_FIRMLY, NOT_KNOWN

__all__ = [
    "STRENGTH",
    "Layer",
    "Mark",
    "TreatyHistory",
    "cut",
    "flattened",
    "overridden",
    "standings_of",
    "within_life",
]

STRENGTH: Final = {
    "signatory": 1,
    "former-participant": 2,
    "former-party": 2,
    "contracting": 3,
    "provisional": 4,
    "participant": 5,
    "party": 5,
}
"""Standings that leave a former party behind when they end."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A standing from one boundary to another (None = no end known), with reasons."""

    standing: str
    start: Span
    end: Span | None
    because: tuple[Because, ...]
    ending: tuple[Because, ...] = ()

    @property
    def first(self) -> date:
        """The first day on which it may hold."""
        return self.start.earliest

    @property
    def last(self) -> date:
        """The day before which it may still hold."""
        return self.end.latest if self.end else OPEN


@dataclass(frozen=True, slots=True)
class Mark:
    """A qualification of the course over ``[start, end)``; ``act`` is what made it."""

    flag: str
    start: date
    end: date
    act: Act
    text: str = ""
    because: tuple[Because, ...] = ()
    against: tuple[str, ...] = ()
    """Towards whom; empty = towards every other party."""


@dataclass
class TreatyHistory:
    """What came of the acts: layers, marks, and the exits that other rules need."""

    layers: list[Layer] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def bound(self) -> list[Layer]:
        """The layers in which the instrument holds the state as a party or participant."""
        return [layer for layer in self.layers if layer.standing in BINDS_FIRMLY]


def cut(layer: Layer, end: Span, step: Because) -> Layer:
    """The layer up to a day at most."""
    if layer.last <= end.earliest:
        return layer
    return replace(layer, end=end, ending=(step,))


def within_life(layers: Iterable[Layer], life: Life) -> list[Layer]:
    """Layers within the life of the instrument; whoever was bound at its end is then a former party."""
    return list(layers) if life.end is None else [piece for layer in layers for piece in _ended(layer, life.end, life)]


def _ended(layer: Layer, end: Span, life: Life) -> list[Layer]:
    if layer.first >= end.latest:
        return []
    if layer.last < end.latest or layer.standing.startswith("former"):
        return [layer]
    cut_layers = [replace(layer, end=end, ending=life.end_because)]
    if layer.standing in BINDS_FIRMLY:
        cut_layers.append(Layer("former-" + layer.standing, end, None, life.end_because))
    return cut_layers


def overridden(layers: Sequence[Layer], view: Assertion) -> list[Layer]:
    """Layers as an authority holds them from a day on, whatever the acts before it say (R39).

    What rests on a later act than the view stands.
    """
    when = view.effective or view.said
    if view.holds not in STRENGTH and view.holds != "none":
        return list(layers)
    step = Because("R39", view.id, view.said.text, view.cite.sources, f"held by {view.authority}")
    later = [layer for layer in layers if layer.first > when.latest and _rests_on_later(layer, when)]
    cut_layers = [cut(layer, when, step) for layer in layers if layer.first < when.earliest]
    if view.holds in STRENGTH:
        first = min(later, key=lambda layer: layer.first, default=None)
        end, why = (first.start, first.because) if first else (None, ())
        cut_layers.append(Layer(view.holds, when, end, (step,), why))
    return [*cut_layers, *later]


def _rests_on_later(layer: Layer, when: Span) -> bool:
    """Whether the act behind a layer was made after a day."""
    days = [Span.parse(step.date) for step in layer.because[:1] if step.date]
    return any(day.earliest > when.latest for day in days)


def flattened(layers: Sequence[Layer]) -> list[Layer]:
    """Layers that do not overlap: on each day the strongest, and of equals the earliest."""
    edges = sorted({layer.first for layer in layers} | {layer.last for layer in layers})
    pieces: list[Layer] = []
    for start, end in pairwise(edges):
        here = [layer for layer in layers if layer.first <= start and end <= layer.last]
        if not here:
            continue
        best = max(here, key=lambda layer: (STRENGTH[layer.standing], -layer.first.toordinal()))
        piece = _piece(best, start, end)
        if pieces and pieces[-1].standing == piece.standing and pieces[-1].last == piece.first:
            pieces[-1] = replace(pieces[-1], end=piece.end, ending=piece.ending)
        else:
            pieces.append(_after(pieces, piece, start))
    for number, piece in enumerate(pieces[1:]):
        if not pieces[number].ending and pieces[number].last == piece.first:
            pieces[number] = replace(pieces[number], ending=piece.because)
    return pieces


def _piece(layer: Layer, start: date, end: date) -> Layer:
    """The part of a layer between two edges."""
    piece = layer if layer.first == start else replace(layer, start=Span.of(start))
    return piece if layer.last == end else replace(piece, end=Span.of(end), ending=())


def _after(pieces: Sequence[Layer], piece: Layer, start: date) -> Layer:
    """A weaker standing that comes back does so because the stronger one ended: that is told first (R41)."""
    before = pieces[-1] if pieces else None
    if (
        before is None
        or before.last != start
        or not before.ending
        or STRENGTH[before.standing] <= STRENGTH[piece.standing]
    ):
        return piece
    return replace(piece, because=tuple(dict.fromkeys((*before.ending, *piece.because))))


def standings_of(instrument: str, piece: Layer, state: State) -> Iterator[Standing]:
    """A layer cut to the life of the state that bears it (R33), and to the days on which it holds for certain (K17).

    Within an uncertain beginning or end the standing is not known: neither this one nor what came before or after it.
    """
    whole = _in_life(instrument, piece, state)
    if whole is None:
        return
    begun = min(whole.end, max(whole.start, piece.start.latest))
    if piece.end and piece.end.is_day and begun >= piece.end.latest:
        begun = max(whole.start, piece.end.latest - timedelta(days=1))  # what ended on a day had begun before it
    ends = max(begun, min(whole.end, piece.end.earliest)) if piece.end else whole.end
    former = f"former-{piece.standing}" if piece.standing in BINDS_FIRMLY else "none"
    if whole.start < begun:
        step = _unsure(piece.start, piece.because)
        yield _not_known(whole, whole.start, begun, step, ("none", piece.standing))
    if begun < ends:
        until = whole.until if ends == whole.end or piece.end is None else piece.end.text
        yield replace(whole, start=begun, end=ends, until=until)
    if ends < whole.end and piece.end:
        yield _not_known(whole, ends, whole.end, _unsure(piece.end, piece.ending), (piece.standing, former))


def _unsure(when: Span, because: tuple[Because, ...]) -> tuple[Because, ...]:
    act, sources = (because[0].act, because[0].sources) if because else ("", ())
    return (Because("K17", act, when.text, sources, "the day is not known"), *because)


def _not_known(whole: Standing, start: date, end: date, because: tuple[Because, ...], may: tuple[str, ...]) -> Standing:
    until = "" if end == OPEN else end.isoformat()
    return replace(
        whole, standing=NOT_KNOWN, start=start, end=end, since="" if start == BEGINNING else start.isoformat(),
        until=until, origin="", because=because, ending=() if end == OPEN else whole.because, may=may,
    )  # fmt: skip


def _in_life(instrument: str, piece: Layer, state: State) -> Standing | None:
    start, end = max(piece.first, state.start), min(piece.last, state.end)
    if start >= end:
        return None
    carried = start > piece.first
    because = piece.because
    if carried and state.continues:
        because = (Because("R33", text=f"{state.code} continues {state.continues}"), *because)
    outlived = end < piece.last
    return Standing(
        state=state.code,
        instrument=instrument,
        standing=piece.standing,
        start=start,
        end=end,
        since=start.isoformat() if carried else piece.start.text,
        until="" if end == OPEN else end.isoformat() if outlived or not piece.end else piece.end.text,
        origin=piece.start.text if piece.first != BEGINNING else "",
        because=because,
        ending=(Because("R33", text=f"end of {state.code}"),) if outlived else piece.ending,
    )
