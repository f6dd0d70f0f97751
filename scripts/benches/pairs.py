"""Whom the questions are about: the two powers, and pairs of states whose answer is as long at every size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.texts import ON, OTHERS, POWERS, Pair

if TYPE_CHECKING:
    from treatygraph.build.cache import Build

EARLY = date(1960, 1, 1)
"""Both states of a pair have been there since, in their own person or in that of one they continue."""
MOST, NEAR = 10, 0.1
"""So many pairs at most, and by how much their answers may be longer or shorter."""


def home(folder: Path) -> Build:
    """The build under a folder of the bench."""
    from treatygraph.build.cache import Build

    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return Build(folder / "cache" / figures["folder"])


@dataclass(frozen=True)
class Pairs:
    """Pairs of states with their places among the lines of the arrays."""

    lines: dict[Pair, tuple[int, int]]

    @property
    def alike(self) -> list[Pair]:
        """The pairs whose answer is as long as that about the two powers in the record itself, the nearest first."""
        return [pair for pair in self.lines if pair not in (POWERS, OTHERS)] or [POWERS]

    def write(self, folder: Path) -> None:
        """Keep them beside the data."""
        found = [[pair.first, pair.second, places] for pair, places in self.lines.items()]
        (folder / "pairs.json").write_text(json.dumps(found), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Pairs:
        """The pairs of a folder."""
        found = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
        return cls({Pair(tuple(first), tuple(second)): tuple(places) for first, second, places in found})


def chosen(table: Any, size: int) -> Pairs:
    """The two powers, and the pairs with about ``size`` instruments between them, whichever states they are."""
    import numpy

    counts = table.matrix(ON)
    there = numpy.nonzero(table.alive(EARLY) & table.alive(ON))[0].tolist()
    powers = table.index(POWERS.first[0]), table.index(POWERS.second[0])
    found = sorted(
        (abs(int(counts[i, j]) - size), i, j)
        for i in there
        for j in there
        if i < j and abs(int(counts[i, j]) - size) <= NEAR * size and {i, j} != set(powers)
    )
    lines = {POWERS: powers, OTHERS: (table.index(OTHERS.first[0]), table.index(OTHERS.second[0]))}
    for _, i, j in found[:MOST]:
        codes = [tuple(code for code, _, _ in table.bearers[table.lines[place]]) for place in (i, j)]
        lines[Pair(codes[0], codes[1])] = (i, j)
    return Pairs(lines)
