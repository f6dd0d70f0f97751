"""Pairs of states that share more than how much each joined, and how many states each instrument holds, explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed
from treatygraph.bonds.matrix import Mask
from treatygraph.bonds.powers import with_article
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.json_form import plain
from treatygraph.network.null_model import Chance, Numbers, average_tails, fixed_degrees, in_both, probabilities
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["DRAWS", "LEVEL", "BeyondChance", "Shared", "TwoMode", "shared", "two_mode"]

DRAWS: Final = 1000
LEVEL: Final = 0.05
_SHOWN: Final = 10
_TELLING: Final = 3
_FEWEST: Final = 100
_LEAST_STATES: Final = 3


class TwoMode(NamedTuple):
    """States by instruments made for several, parts folded into what they belong to."""

    instruments: tuple[str, ...]
    held: Mask
    free: Mask
    """Where the cell could be either: not where the instrument is closed to the state or the record does not tell."""
    closed: int
    not_known: int


@dataclass(frozen=True)
class BeyondChance:
    """Two states, what they share, and what chance would have them share."""

    states: tuple[str, str]
    shared: int
    expected: float
    z: float
    """How many standard deviations of the draws lie between."""
    q: float
    """The share of false ones among the pairs that stand out at least as much."""
    telling: tuple[str, ...]
    """Of the instruments that both are under, those that hold fewest states."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return plain(self)


@dataclass(frozen=True)
class Shared(Citable):
    """What degrees explain of what states share, and the pairs that stand out."""

    answer: str
    selection: Selection
    draws: int
    seed: int
    level: float
    states: int
    instruments: int
    tested: int
    """Pairs of states that are under something."""
    explained: float
    """The share of the variance of shared counts that the expected ones explain (R²)."""
    significant: int
    """Pairs with a ``q`` of at most ``level``, degrees being fixed."""
    average_explained: float
    average_significant: int
    """The same with degrees right on average only, by exact tails and Benjamini and Hochberg's rule."""
    chance_of_strongest: float
    """The share of draws in which some pair stands out as much as the strongest one does."""
    pairs: tuple[BeyondChance, ...]
    """The significant ones, the strongest first; at least the ten strongest."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        asked = {"draws": self.draws, "seed": self.seed, "level": self.level}
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), **asked},
            "states": self.states,
            "instruments": self.instruments,
            "tested": self.tested,
            "explained": self.explained,
            "significant": self.significant,
            "average_degrees": {"explained": self.average_explained, "significant": self.average_significant},
            "chance_of_strongest": self.chance_of_strongest,
            "pairs": [item.to_dict() for item in self.pairs],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per pair, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.pairs])


def shared(index: Index, selection: Selection, *, draws: int = DRAWS, seed: int = 0, level: float = LEVEL) -> Shared:
    """Which pairs of states share more multilateral instruments than degrees explain.

    Most of what two states share follows from how much each of them joins and from how many states each instrument
    holds. Matrices with the same two sums, drawn at random, say what is left: see
    :mod:`treatygraph.network.null_model`. Bilateral instruments are left out, having no choice of parties; parts are
    folded into what they belong to; an instrument that is closed to a state, or of which the record does not tell
    whether it binds it, is kept out of what is drawn.

    What it does not mean: that two states agreed to act alike, or that one followed the other; nor, where no pair
    stands out, that all are alike: few instruments cannot carry so many pairs.

    Args:
        index: the built graph.
        selection: which part of the network.
        draws: how many matrices are drawn.
        seed: of the generator; the same seed gives the same answer.
        level: the share of false ones among the pairs called significant (false discovery rate).

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: ``draws`` is below 100, or ``level`` is not between 0 and 1.
    """
    if draws < _FEWEST or not 0 < level < 1 or seed < 0:
        raise UsageError(
            f"--draws takes a number from {_FEWEST} on, --seed one from 0 on, --level one between 0 and 1."
        )
    view = snapshot(index, selection)
    network = two_mode(index, view)
    some: Mask = network.held.sum(axis=1) > 0
    states = tuple(code for code, there in zip(view.states, some.tolist(), strict=True) if there)
    held, free = network.held[some], network.free[some]
    if len(states) < _LEAST_STATES or not _can_vary(held, free):
        return _nothing(index, view, (draws, seed, level), len(states), len(network.instruments))
    chance = fixed_degrees(held, free, draws, seed)
    average, tails = average_tails(held, probabilities(held, free))
    counts = in_both(held)[numpy.triu_indices(len(states), 1)].astype(float)
    pairs = _pairs(network, states, held, counts, chance, level)
    result = Shared(
        answer="",
        selection=selection,
        draws=draws,
        seed=seed,
        level=level,
        states=len(states),
        instruments=len(network.instruments),
        tested=len(counts),
        explained=_explained(counts, chance.expected),
        significant=int((chance.q <= level).sum()),
        average_explained=_explained(counts, average),
        average_significant=_discoveries(tails, level),
        chance_of_strongest=float((chance.largest >= chance.z.max()).mean()),
        pairs=pairs,
        notes=(*_notes(network, draws, seed), *view.notes()),
        edition=edition_of(index),
    )
    return _answered(result, view)


def two_mode(index: Index, view: Snapshot) -> TwoMode:
    """The states of a day by the multilateral instruments that hold any of them."""
    columns = [number for number, name in enumerate(view.instruments) if view.summary(name).scope == "multilateral"]
    names = [view.instruments[number] for number in columns]
    place = {name: number for number, name in enumerate(names)}
    whole = view.held[:, columns]
    held = whole.copy()
    for name, number in place.items():
        for parent in view.summary(name).parents:
            if parent in place:
                held[:, number] &= ~whole[:, place[parent]]
    open_ = numpy.array([[code in view.open.get(name, ()) for name in names] for code in view.states], dtype=bool)
    closed = _closed(index, view, names) & ~whole
    some: Mask = held.sum(axis=0) > 0
    free = ~(open_.reshape(held.shape) | closed | (whole & ~held))[:, some]
    kept = tuple(name for name, there in zip(names, some.tolist(), strict=True) if there)
    outside = closed[:, some]
    return TwoMode(
        kept, held[:, some], free, int(outside.sum()), int((open_.reshape(held.shape)[:, some] & ~outside).sum())
    )


def _closed(index: Index, view: Snapshot, names: Sequence[str]) -> Mask:
    """Where an instrument is made for others."""
    closed = numpy.zeros((len(view.states), len(names)), dtype=bool)
    lines = [set(line(index.existences(), code)) for code in view.states]
    for number, name in enumerate(names):
        circle = index.knowledge(name).closed_to
        if circle:
            closed[:, number] = [chain.isdisjoint(circle) for chain in lines]
    return closed


def _can_vary(held: Mask, free: Mask) -> bool:
    """Whether any two rows have something to deal out anew between them."""
    chances = probabilities(held, free)
    return bool(((chances > 0) & (chances < 1)).any())


def _explained(seen: Numbers, expected: Numbers) -> float:
    about = float(((seen - seen.mean()) ** 2).sum())
    return round(1 - float(((seen - expected) ** 2).sum()) / about, 4) if about else 1.0


def _discoveries(tails: Numbers, level: float) -> int:
    from scipy.stats import false_discovery_control

    return int((false_discovery_control(tails) <= level).sum())


def _pairs(
    network: TwoMode, states: Sequence[str], held: Mask, counts: Numbers, chance: Chance, level: float
) -> tuple[BeyondChance, ...]:
    first, second = numpy.triu_indices(len(states), 1)
    order = numpy.lexsort((numpy.arange(len(counts)), -chance.z))
    wanted = max(_SHOWN, int((chance.q <= level).sum()))
    width = held.sum(axis=0)
    return tuple(
        BeyondChance(
            (states[first[number]], states[second[number]]),
            int(counts[number]),
            round(float(chance.expected[number]), 1),
            round(float(chance.z[number]), 2),
            round(float(chance.q[number]), 4),
            _telling(network.instruments, held[first[number]] & held[second[number]], width.tolist()),
        )
        for number in order[:wanted].tolist()
    )


def _telling(names: Sequence[str], both: Mask, width: Sequence[int]) -> tuple[str, ...]:
    mutual = sorted(numpy.nonzero(both)[0].tolist(), key=lambda number: (width[number], names[number]))
    return tuple(names[number] for number in mutual[:_TELLING])


def _notes(network: TwoMode, draws: int, seed: int) -> Iterator[str]:
    yield (
        f"{draws} matrices drawn with the sums of rows and columns kept (seed {seed}); another seed moves the pairs "
        "near the level"
    )
    if network.closed or network.not_known:
        yield (
            f"kept out of the draws: {network.closed} times an instrument closed to a state, {network.not_known} times "
            "one of which the record does not tell whether it bound it; an instrument whose circle is not on record "
            "counts as open to all, so what stands out can be a region"
        )


def _nothing(index: Index, view: Snapshot, asked: tuple[int, int, float], states: int, instruments: int) -> Shared:
    """The answer where sums leave no choice."""
    few = (
        f"On {long_form(view.selection.on)}, {states} states were under {instruments} multilateral instruments"
        f"{' ' + view.selection.phrase if view.selection.phrase else ''}: too few, or too much alike, for chance to "
        "have dealt them otherwise, so nothing can be said of what goes beyond it."
    )
    return Shared(
        few, view.selection, *asked, states, instruments, states * (states - 1) // 2, 1.0, 0, 1.0, 0, 1.0, (),
        tuple(view.notes()), edition_of(index),
    )  # fmt: skip


def _answered(result: Shared, view: Snapshot) -> Shared:
    """The result with its sentence."""
    about = f" {view.selection.phrase}" if view.selection.phrase else ""
    top = result.pairs[0]
    names = listed([with_article(code, view.titles[code]) for code in top.states])
    text = (
        f"On {long_form(view.selection.on)}, how much each of {result.states} states had joined and how many states "
        f"each of {result.instruments} multilateral instruments{about} held explain {result.explained:.0%} of what "
        "pairs shared"
    )
    share = f"{top.shared} shared, {top.expected} expected"
    if result.significant:
        text += (
            f"; {result.significant} of {result.tested} pairs shared more than "
            f"chance (false discovery rate {result.level:.0%}), {names} the most clearly ({share})."
        )
    else:
        text += (
            f"; no pair shared more than chance (false discovery rate {result.level:.0%} of {result.tested} pairs): "
            f"some pair stands out as much as {names} ({share}) in {result.chance_of_strongest:.0%} of random draws."
        )
    return replace(result, answer=text)
