"""Groups of states that share more with each other than with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed, number
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.network.graphs import states_graph
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

__all__ = ["Communities", "Community", "communities"]

_MARKS = 5


@dataclass(frozen=True)
class Community:
    """Some states, and the instruments that mark them off from the rest."""

    states: tuple[str, ...]
    marks: tuple[dict[str, Any], ...]
    """Instruments that hold more of its states than of the others: ``inside`` and ``outside`` are shares."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {"states": list(self.states), "size": len(self.states), "marks": [dict(item) for item in self.marks]}


@dataclass(frozen=True)
class Communities(Citable):
    """The communities of a day, the largest first."""

    answer: str
    selection: Selection
    resolution: float
    seed: int
    at_least: int
    modularity: float
    communities: tuple[Community, ...]
    alone: tuple[str, ...]
    """States that share too little with anybody to belong anywhere."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        asked = {"resolution": self.resolution, "seed": self.seed, "at_least": self.at_least}
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), **asked},
            "modularity": self.modularity,
            "communities": [item.to_dict() for item in self.communities],
            "alone": list(self.alone),
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }


def communities(
    index: Index, selection: Selection, *, resolution: float = 1.0, seed: int = 0, at_least: int = 1
) -> Communities:
    """Groups of states that share more instruments with each other than their totals would lead to expect.

    The Louvain method on the graph of states, weighted by shared instruments, without the edges below
    ``at_least``. ``resolution`` above 1 gives smaller communities, below 1 larger ones. The same ``seed``
    gives the same result: the nodes are in order.

    What it does not mean: a community is no alliance and no agreement; it is states with like treaties,
    mostly because they joined the same regional ones. ``modularity`` near 0 (usual here, since universal
    treaties tie everybody to everybody) says that the borders are weak: another seed may draw them
    elsewhere. A topic, or a higher ``at_least``, gives sharper ones.

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: ``resolution`` is not above zero, or ``at_least`` is below one.
    """
    if resolution <= 0 or at_least < 1:
        raise UsageError("--resolution takes a number above 0, --at-least one from 1 on.")
    import networkx

    found = snapshot(index, selection)
    graph = states_graph(found, at_least)
    alone = tuple(name for name in found.states if not graph.degree(name))
    graph.remove_nodes_from(alone)
    groups: list[tuple[str, ...]] = []
    modularity = 0.0
    if graph.number_of_edges():
        parts = networkx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
        groups = sorted((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part))
        modularity = networkx.community.modularity(graph, groups, weight="weight", resolution=resolution)
    return Communities(
        answer=_sentence(found, groups, modularity),
        selection=selection,
        resolution=resolution,
        seed=seed,
        at_least=at_least,
        modularity=round(float(modularity), 4),
        communities=tuple(Community(group, tuple(_marks(found, group))) for group in groups),
        alone=alone,
        notes=tuple(found.notes()),
        edition=edition_of(index),
    )


def _marks(found: Snapshot, group: tuple[str, ...]) -> list[dict[str, Any]]:
    here = [code in group for code in found.states]
    inside = found.held[here].mean(axis=0)
    others = [not member for member in here]
    outside = found.held[others].mean(axis=0) if any(others) else inside * 0
    order = sorted(
        range(len(found.instruments)), key=lambda at: (-float(inside[at] - outside[at]), found.instruments[at])
    )
    return [
        {
            "id": found.instruments[at],
            "title": found.titles[found.instruments[at]],
            "inside": round(float(inside[at]), 3),
            "outside": round(float(outside[at]), 3),
        }
        for at in order[:_MARKS]
        if inside[at] > outside[at]
    ]


def _sentence(found: Snapshot, groups: list[tuple[str, ...]], modularity: float) -> str:
    about = f" {found.selection.phrase}" if found.selection.phrase else ""
    if not groups:
        return f"On {long_form(found.selection.on)}, no two states shared enough{about} to form a community."
    sizes = listed([str(len(group)) for group in groups])
    weak = "weakly marked off" if modularity < 0.1 else "marked off" if modularity < 0.3 else "well marked off"
    many = f"{number(len(groups))} communit{'y' if len(groups) == 1 else 'ies'} of {sizes} states"
    return (
        f"On {long_form(found.selection.on)}, the instruments in common{about} made {many}, {weak} "
        f"(modularity {modularity:.2f})."
    )
