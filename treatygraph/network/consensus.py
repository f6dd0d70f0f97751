"""One partition of a network from many: what most runs of a method with another seed each agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy

from treatygraph.network.null_model import Numbers

if TYPE_CHECKING:
    from networkx import Graph

__all__ = ["Consensus", "alike", "consensus", "louvain"]

_HALF: Final = 0.5
_ROUNDS: Final = 10
Partition = list[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Consensus:
    """The parts, the largest first, and how far the runs agree."""

    parts: Partition
    stability: float
    """The adjusted Rand index of two runs, on average: 1 where all are the same, 0 for what chance gives."""
    together: tuple[float, ...]
    """Part by part: in which share of the runs two of its nodes were in one part, on average."""


def louvain(graph: Graph, resolution: float, seed: int) -> Partition:
    """One run, in order: the largest part first."""
    import networkx

    parts = networkx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
    return sorted((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part))


def consensus(graph: Graph, resolution: float, seed: int, runs: int) -> Consensus:
    """What ``runs`` runs agree on, the first with ``seed``, the others with the numbers after it.

    Two nodes are tied by the share of runs that put them together, ties of less than half are cut, and the method is
    run on these ties until all runs give the same (Lancichinetti and Fortunato 2012).
    """
    import networkx

    nodes = sorted(graph)
    first = [louvain(graph, resolution, seed + number) for number in range(runs)]
    shares = _together(nodes, first)
    ties, partitions = shares, first
    for _ in range(_ROUNDS):
        if all(partition == partitions[0] for partition in partitions):
            break
        agreed = networkx.Graph()
        agreed.add_nodes_from(nodes)
        pairs = numpy.argwhere(numpy.triu(ties >= _HALF, 1)).tolist()
        agreed.add_weighted_edges_from((nodes[one], nodes[other], float(ties[one, other])) for one, other in pairs)
        partitions = [louvain(agreed, 1.0, seed + number) for number in range(runs)]
        ties = _together(nodes, partitions)
    pairs_of_runs = [alike(one, other) for one, other in combinations(first, 2)]
    place = {name: number for number, name in enumerate(nodes)}
    return Consensus(
        partitions[0],
        float(numpy.mean(pairs_of_runs)) if pairs_of_runs else 1.0,
        tuple(_inside(shares, [place[name] for name in part]) for part in partitions[0]),
    )


def _together(nodes: Sequence[str], partitions: Sequence[Partition]) -> Numbers:
    """Nodes by nodes: in which share of the partitions they are in one part."""
    shares = numpy.zeros((len(nodes), len(nodes)))
    for partition in partitions:
        of = {name: number for number, part in enumerate(partition) for name in part}
        labels = numpy.array([of[name] for name in nodes])
        shares += labels[:, numpy.newaxis] == labels
    return shares / len(partitions)


def _inside(shares: Numbers, part: Sequence[int]) -> float:
    pairs = numpy.triu_indices(len(part), 1)
    return float(shares[numpy.ix_(part, part)][pairs].mean()) if len(part) > 1 else 1.0


def alike(one: Partition, other: Partition) -> float:
    """The adjusted Rand index of two partitions of the same nodes (Hubert and Arabie 1985)."""
    both = numpy.array([[len({*mine} & {*theirs}) for theirs in other] for mine in one], dtype=float)

    def pairs(counts: Numbers) -> float:
        return float((counts * (counts - 1) / 2).sum())

    mine, theirs, every = pairs(both.sum(axis=1)), pairs(both.sum(axis=0)), pairs(both.sum(keepdims=True))
    chance = mine * theirs / every if every else 0.0
    most = (mine + theirs) / 2
    return 1.0 if most == chance else (pairs(both) - chance) / (most - chance)
