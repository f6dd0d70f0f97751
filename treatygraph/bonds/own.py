"""What holds a group in its own person: the European Union may be a party beside its members."""

from __future__ import annotations

from datetime import date

from treatygraph.bonds.pairs import mutual
from treatygraph.bonds.powers import Power
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
    day, title = when.isoformat(), group.title.removesuffix(" members")
    persons = [life for life in index.existences().values() if life.name == title and life.on(day)]
    bonds = [
        mutual(index, (Power(life.code, title, (life.code,), ((life.code,),), (life.code,)), other), reading)
        for life in persons
    ]
    return len({name for of_one in bonds for name, bond in of_one.items() if name in wanted and bond.on(day)})
