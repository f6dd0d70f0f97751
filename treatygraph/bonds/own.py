"""What holds a group in its own person: the European Union may be a party beside its members."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from treatygraph.bonds.pairs import mutual
from treatygraph.bonds.powers import Power, person_of
from treatygraph.bonds.unknowns import unknowns
from treatygraph.build.index import Index

__all__ = ["OwnBonds", "own_bonds"]


class OwnBonds(NamedTuple):
    """How many instruments hold a group itself towards another power on a day."""

    held: int
    open: int
    """Of how many more the record cannot say."""


def own_bonds(index: Index, group: Power, other: Power, reading: str, when: date, wanted: frozenset[str]) -> OwnBonds:
    """How many of some instruments hold the group itself towards another power on a day, and of how many none can say.

    Args:
        index: the built graph.
        group: a group; it is a person where the record has a power of the same name.
        other: the other power.
        reading: whose legal view.
        when: the day.
        wanted: the instruments that count.
    """
    day, code = when.isoformat(), person_of(index, group.id)
    life = index.existence(code) if code else None
    if life is None or not life.on(day):
        return OwnBonds(0, 0)
    pair = (Power(code, life.name, (code,), ((code,),), (code,)), other)
    held = {name for name, bond in mutual(index, pair, reading).items() if bond.on(day)} & wanted
    doubtful = {row.instrument for row in unknowns(index, pair, reading, when)} & wanted
    return OwnBonds(len(held), len(doubtful - held))
