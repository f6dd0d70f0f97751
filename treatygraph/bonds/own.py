"""What holds a group in its own person: the European Union may be a party beside its members."""

from __future__ import annotations

from datetime import date

from treatygraph.bonds.pairs import mutual
from treatygraph.bonds.powers import Power, person_of
from treatygraph.build.index import Index

__all__ = ["own_bonds"]


def own_bonds(index: Index, group: Power, other: Power, reading: str, when: date, wanted: frozenset[str]) -> int:
    """How many of some instruments hold the group itself towards another power on a day.

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
        return 0
    bonds = mutual(index, (Power(code, life.name, (code,), ((code,),), (code,)), other), reading)
    return len([name for name, bond in bonds.items() if name in wanted and bond.on(day)])
