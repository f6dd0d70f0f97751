"""What two states would share by chance, given how much each joined and how many states each instrument holds.

The configuration model of a two-mode network, in two forms. With the degrees *fixed*, every matrix is as likely as any
other that has the same row and column sums; it is drawn by trades between pairs of rows (curveball: Strona and others
2014; all rows in one step: Carstens, Berger and Strona 2018). With the degrees right *on average*, each cell is an
independent draw whose probability follows from one number per state and one per instrument (bipartite configuration
model: Saracco and others 2015), so that the tail of a count is an exact Poisson binomial one. Cells that cannot be
filled, or of which the record does not tell, are kept out of both (edge constraints: Neal and Neal 2024).

The package ``bicm`` (3.4, looked at on 30 November 2026) fits the second form, but has no place for such cells, no
fixed degrees, and brings numba and llvmlite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy
from numpy.typing import NDArray

from treatygraph.bonds.matrix import Mask

__all__ = ["Chance", "Numbers", "average_tails", "drawn", "fixed_degrees", "in_both", "probabilities"]

Numbers = NDArray[numpy.float64]
_BURN_IN: Final = 200
_BETWEEN: Final = 5
"""Steps before the first draw, and from one draw to the next; in a step every row trades once."""
_ITERATIONS: Final = 100
_CLOSE: Final = 1e-9
_AT_ONCE: Final = 4000


@dataclass(frozen=True, eq=False)
class Chance:
    """Counts of pairs of rows under fixed degrees; pairs are in the order of ``numpy.triu_indices``."""

    expected: Numbers
    z: Numbers
    """How many standard deviations the count seen lies above what is expected; 0 where no draw differs."""
    q: Numbers
    """The share of false ones among the pairs at least as far above, as the draws have them: at most 1."""
    largest: Numbers
    """Draw by draw, the largest ``z`` of any pair."""


def fixed_degrees(held: Mask, free: Mask, draws: int, seed: int) -> Chance:
    """What rows share in matrices with the same row and column sums.

    Args:
        held: rows by columns.
        free: which cells may change; the others stay as they are.
        draws: how many matrices are drawn.
        seed: of the generator; the same seed gives the same draws.

    ``q`` compares the number of pairs above a threshold with its mean over the draws (Tusher, Tibshirani and Chu 2001):
    no distribution is assumed, and the dependence between pairs is that of the draws.
    """
    upper = numpy.triu_indices(len(held), 1)
    seen = in_both(held)[upper]
    counts = numpy.empty((draws, len(seen)), dtype=numpy.float32)
    for number, matrix in enumerate(drawn(held, free, draws, seed)):
        counts[number] = in_both(matrix)[upper]
    expected = counts.mean(axis=0, dtype=numpy.float64)
    spread = counts.std(axis=0, dtype=numpy.float64)
    scale = numpy.where(spread > 0, spread, numpy.inf)
    z = (seen - expected) / scale
    return Chance(expected, z, *_false_share(z, counts, expected, scale))


def drawn(held: Mask, free: Mask, draws: int, seed: int) -> Iterator[Mask]:
    """Matrices with the same row and column sums, one after the other in the same place: copy what is to last."""
    generator = numpy.random.default_rng(seed)
    matrix = held.copy()
    for _ in range(_BURN_IN):
        _trade(matrix, free, generator)
    for _ in range(draws):
        for _ in range(_BETWEEN):
            _trade(matrix, free, generator)
        yield matrix


def _trade(matrix: Mask, free: Mask, generator: numpy.random.Generator) -> None:
    """Pair the rows at random; each pair deals out anew what only one of the two has, both keeping their sums."""
    order = generator.permutation(len(matrix))
    half = len(matrix) // 2
    one, other = order[:half], order[half : 2 * half]
    movable = (matrix[one] ^ matrix[other]) & free[one] & free[other]
    keys = generator.random(movable.shape, dtype=numpy.float32)
    keys[~movable] = 2
    mine = (matrix[one] & movable).sum(axis=1)
    bars = numpy.sort(keys, axis=1)[numpy.arange(half), numpy.maximum(mine - 1, 0)]
    dealt = keys <= numpy.where(mine > 0, bars, -1)[:, numpy.newaxis]
    matrix[one] = numpy.where(movable, dealt, matrix[one])
    matrix[other] = numpy.where(movable, ~dealt, matrix[other])


def in_both(matrix: Mask) -> NDArray[numpy.float32]:
    """Rows by rows: in how many columns both are true. Exact in float32, no count being near 2^24."""
    plain = matrix.astype(numpy.float32)
    product: NDArray[numpy.float32] = plain @ plain.T
    return product


def _false_share(
    z: Numbers, counts: NDArray[numpy.float32], expected: Numbers, scale: Numbers
) -> tuple[Numbers, Numbers]:
    """The ``q`` of each pair, and the largest ``z`` of each draw."""
    order = numpy.argsort(z, kind="stable")
    bars = z[order]
    false = numpy.zeros(len(z))
    largest = numpy.zeros(len(counts))
    for number, count in enumerate(counts):
        drawn = numpy.sort((count - expected) / scale)
        largest[number] = drawn[-1]
        false += len(drawn) - numpy.searchsorted(drawn, bars, side="left")
    above = len(z) - numpy.searchsorted(bars, bars, side="left")
    share = numpy.minimum.accumulate(numpy.minimum(false / len(counts) / above, 1))
    q = numpy.empty(len(z))
    q[order] = share
    return q, largest


def probabilities(held: Mask, free: Mask) -> Numbers:
    """The probability of each cell where the degrees are right on average: the maximum of the likelihood.

    Cells that the degrees leave no choice, and those that are not free, have 0 or 1.
    """
    chances = numpy.where(held, 1.0, 0.0)
    open_ = _with_choice(held, free)
    rows, columns = len(held), held.shape[1]
    target = numpy.concatenate(((held & open_).sum(axis=1), (held & open_).sum(axis=0))).astype(float)
    weights = numpy.zeros(rows + columns)
    for _ in range(_ITERATIONS):
        cells = open_ / (1 + numpy.exp(-(weights[:rows, numpy.newaxis] + weights[rows:])))
        rest = target - numpy.concatenate((cells.sum(axis=1), cells.sum(axis=0)))
        if numpy.abs(rest).max(initial=0) < _CLOSE:
            break
        spread = cells * (1 - cells)
        curve = numpy.diag(numpy.concatenate((spread.sum(axis=1), spread.sum(axis=0))) + _CLOSE)
        curve[:rows, rows:], curve[rows:, :rows] = spread, spread.T
        # Steps are cut: where the degrees leave little choice, the weights run off to infinity.
        weights += numpy.clip(numpy.linalg.solve(curve, rest), -2, 2)
    return numpy.where(open_, cells, chances)


def _with_choice(held: Mask, free: Mask) -> Mask:
    """The free cells less those of rows and columns that are empty or full in what is left."""
    open_ = free.copy()
    while True:
        some = held & open_
        rows, columns = some.sum(axis=1), some.sum(axis=0)
        settled = (rows == 0) | (rows == open_.sum(axis=1))
        settled_columns = (columns == 0) | (columns == open_.sum(axis=0))
        gone = open_ & (settled[:, numpy.newaxis] | settled_columns)
        if not gone.any():
            return open_
        open_ &= ~gone


def average_tails(held: Mask, chances: Numbers) -> tuple[Numbers, Numbers]:
    """What each pair of rows is expected to share, and the probability that it shares at least what it does."""
    first, second = numpy.triu_indices(len(held), 1)
    seen = in_both(held)[first, second].astype(numpy.int64)
    expected = (chances @ chances.T)[first, second]
    tails = numpy.ones(len(first))
    for start in range(0, len(first), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        both = chances[first[some]] * chances[second[some]]
        spread = numpy.zeros((len(both), both.shape[1] + 1))
        spread[:, 0] = 1
        for column in range(both.shape[1]):
            chance = both[:, column : column + 1]
            spread[:, 1 : column + 2] = spread[:, 1 : column + 2] * (1 - chance) + spread[:, : column + 1] * chance
            spread[:, :1] *= 1 - chance
        upper = numpy.cumsum(spread[:, ::-1], axis=1)[:, ::-1]
        tails[some] = upper[numpy.arange(len(both)), seen[some]]
    return expected, numpy.clip(tails, 0, 1)
