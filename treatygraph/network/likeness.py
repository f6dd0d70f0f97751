"""How alike two rows of yes and no are, with and without what their numbers alone would give."""

from __future__ import annotations

from typing import NamedTuple

from treatygraph.bonds.matrix import Mask

__all__ = ["Agreement", "agreement"]


class Agreement(NamedTuple):
    """What two rows have in common over the cells that could be either in both.

    ``jaccard`` is the share of what either has that both have, ``containment`` the share of the smaller one's that the
    other has too. ``kappa`` (Cohen) and ``pi`` (Scott) count a common no as well, and take off the agreement that rows
    with so many would have by chance: 1 for the same, 0 for what chance gives, below 0 for less. Where chance leaves
    nothing to agree on (both have all, or nothing), they are 0.
    """

    both: int
    compared: int
    jaccard: float
    containment: float
    kappa: float
    pi: float


def agreement(one: Mask, other: Mask, known: Mask) -> Agreement:
    """The measures of two rows, over the cells that are ``known``."""
    first, second = one & known, other & known
    both, either, cells = int((first & second).sum()), int((first | second).sum()), int(known.sum())
    fewer = min(int(first.sum()), int(second.sum()))
    seen = (cells - either + both) / cells if cells else 0.0
    share, share_of_other = (int(row.sum()) / cells if cells else 0.0 for row in (first, second))
    mean = (share + share_of_other) / 2
    return Agreement(
        both,
        cells,
        both / either if either else 0.0,
        both / fewer if fewer else 0.0,
        _beyond(seen, share * share_of_other + (1 - share) * (1 - share_of_other)),
        _beyond(seen, mean**2 + (1 - mean) ** 2),
    )


def _beyond(seen: float, chance: float) -> float:
    """The agreement beyond chance as a share of what could lie beyond it."""
    return (seen - chance) / (1 - chance) if chance < 1 else 0.0
