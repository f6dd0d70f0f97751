"""Groups of states that share more with each other than with the rest, as far as many runs agree on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed, number
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.network.consensus import Consensus, consensus, louvain
from treatygraph.network.null_model import drawn, in_both
from treatygraph.network.shared import TwoMode, two_mode
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from networkx import Graph

    from treatygraph.bonds.matrix import Mask

__all__ = ["Communities", "Community", "communities"]

_MARKS: Final = 5
_RUNS: Final = 20
_STEADY: Final = 0.6
"""Runs that agree less than this on average (adjusted Rand index) do not carry one partition."""


@dataclass(frozen=True)
class Community:
    """Some states, and the instruments that mark them off from the rest."""

    states: tuple[str, ...]
    marks: tuple[dict[str, Any], ...]
    """Instruments that hold more of its states than of the others: ``inside`` and ``outside`` are shares."""
    stability: float
    """In which share of the runs two of its states were together, on average."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "states": list(self.states),
            "size": len(self.states),
            "stability": self.stability,
            "marks": [dict(item) for item in self.marks],
        }


@dataclass(frozen=True)
class Communities(Citable):
    """The communities of a day, the largest first."""

    answer: str
    selection: Selection
    resolution: float
    seed: int
    at_least: int
    runs: int
    modularity: float
    chance: tuple[float, float]
    """The modularity that the method finds in networks with the same degrees: the mean and the largest of the draws."""
    stability: float
    """How far two runs agree on average (adjusted Rand index): 1 where all runs give the same."""
    communities: tuple[Community, ...]
    alone: tuple[str, ...]
    """States that share too little with anybody to belong anywhere."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        asked = {"resolution": self.resolution, "seed": self.seed, "at_least": self.at_least, "runs": self.runs}
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), **asked},
            "modularity": self.modularity,
            "chance": {"mean": self.chance[0], "most": self.chance[1]},
            "stability": self.stability,
            "communities": [item.to_dict() for item in self.communities],
            "alone": list(self.alone),
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }


def communities(
    index: Index,
    selection: Selection,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    at_least: int = 1,
    runs: int = _RUNS,
) -> Communities:
    """Groups of states that share more instruments with each other than their totals would lead to expect.

    The Louvain method on the graph of states, weighted by the multilateral instruments that they share (parts folded),
    without the edges below ``at_least``; it is run with ``runs`` seeds from ``seed`` on, and what the runs agree on is
    given: see :mod:`treatygraph.network.consensus`. ``resolution`` above 1 gives smaller communities, below 1 larger
    ones. The same ``seed`` gives the same result. The same method on half as many networks with the same degrees, drawn
    at random, says which ``modularity`` means nothing.

    What it does not mean: a community is no alliance and no agreement; it is states with like treaties,
    mostly because they joined the same regional ones. Where the runs disagree, or chance gives as much, the sentence
    says that the record does not carry groups; the partition stands beside it all the same. A topic, or a higher
    ``at_least``, gives sharper ones.

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: ``resolution`` is not above zero, ``at_least`` is below one, or ``runs`` below two.
    """
    if resolution <= 0 or at_least < 1 or runs < 2 or seed < 0:
        raise UsageError(
            "--resolution takes a number above 0, --at-least one from 1 on, --runs one from 2 on, --seed one from 0 on."
        )
    view = snapshot(index, selection)
    modes = two_mode(index, view)
    graph = _graph(view.states, modes.held, at_least)
    alone = tuple(name for name in view.states if not graph.degree(name))
    graph.remove_nodes_from(alone)
    agreed = consensus(graph, resolution, seed, runs) if graph.number_of_edges() else Consensus([], 1.0, ())
    modularity = _modularity(graph, agreed.parts, resolution)
    chance = _by_chance(view.states, modes, at_least, resolution, seed, runs // 2) if agreed.parts else (0.0, 0.0)
    return Communities(
        answer=_sentence(view, agreed, modularity, chance),
        selection=selection,
        resolution=resolution,
        seed=seed,
        at_least=at_least,
        runs=runs,
        modularity=modularity,
        chance=chance,
        stability=round(agreed.stability, 4),
        communities=tuple(
            Community(part, tuple(_marks(view, part)), round(share, 4))
            for part, share in zip(agreed.parts, agreed.together, strict=True)
        ),
        alone=alone,
        notes=tuple(view.notes()),
        edition=edition_of(index),
    )


def _graph(states: Sequence[str], held: Mask, at_least: int) -> Graph:
    import networkx

    counts = in_both(held)
    graph = networkx.Graph()
    graph.add_nodes_from(states)
    pairs = numpy.argwhere(numpy.triu(counts >= at_least, 1)).tolist()
    graph.add_weighted_edges_from((states[one], states[other], int(counts[one, other])) for one, other in pairs)
    return graph


def _modularity(graph: Graph, parts: list[tuple[str, ...]], resolution: float) -> float:
    import networkx

    if not parts:
        return 0.0
    return round(float(networkx.community.modularity(graph, parts, weight="weight", resolution=resolution)), 4)


def _by_chance(
    states: Sequence[str], modes: TwoMode, at_least: int, resolution: float, seed: int, draws: int
) -> tuple[float, float]:
    """The mean and the largest modularity of one run on each of some networks with the same degrees."""
    values = []
    for matrix in drawn(modes.held, modes.free, draws, seed):
        graph = _graph(states, matrix, at_least)
        graph.remove_nodes_from([name for name in states if not graph.degree(name)])
        values.append(_modularity(graph, louvain(graph, resolution, seed), resolution) if graph else 0.0)
    return round(float(numpy.mean(values)), 4), max(values)


def _marks(view: Snapshot, group: tuple[str, ...]) -> list[dict[str, Any]]:
    here = [code in group for code in view.states]
    inside = view.held[here].mean(axis=0)
    others = [not member for member in here]
    outside = view.held[others].mean(axis=0) if any(others) else inside * 0
    order = sorted(
        range(len(view.instruments)), key=lambda at: (-float(inside[at] - outside[at]), view.instruments[at])
    )
    return [
        {
            "id": view.instruments[at],
            "title": view.titles[view.instruments[at]],
            "inside": round(float(inside[at]), 3),
            "outside": round(float(outside[at]), 3),
        }
        for at in order[:_MARKS]
        if inside[at] > outside[at]
    ]


def _sentence(view: Snapshot, agreed: Consensus, modularity: float, chance: tuple[float, float]) -> str:
    about = f" {view.selection.phrase}" if view.selection.phrase else ""
    day, groups = long_form(view.selection.on), agreed.parts
    if not groups:
        return f"On {day}, no two states shared enough{about} to form a community."
    figures = f"modularity {modularity:.2f}, {chance[0]:.2f} by chance; runs agree to {agreed.stability:.2f}"
    if len(groups) == 1:
        return f"On {day}, the instruments in common{about} made no parts: all {len(groups[0])} states stand together."
    sizes = listed([str(len(group)) for group in groups])
    many = f"{number(len(groups))} communities of {sizes} states"
    if modularity <= chance[1]:
        return (
            f"On {day}, the instruments in common{about} carry no communities: networks with the same degrees fall "
            f"apart as much ({figures})."
        )
    if agreed.stability < _STEADY:
        return (
            f"On {day}, the instruments in common{about} do not carry one partition: runs with other seeds disagree "
            f"({figures}); what most of them have is {many}."
        )
    weak = "weakly marked off" if modularity < 0.1 else "marked off" if modularity < 0.3 else "well marked off"
    return f"On {day}, the instruments in common{about} made {many}, {weak} ({figures})."
