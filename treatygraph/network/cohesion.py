"""The core of the network: the states that are most densely tied to one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.network.graphs import states_graph
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

__all__ = ["Core", "core"]

_SAME = 0.85
_LITTLE = ", so the core tells little more than who joined most"


@dataclass(frozen=True)
class Core(Citable):
    """The innermost core of states, and how deep every other state lies."""

    answer: str
    selection: Selection
    at_least: int
    depth: int
    """Every state of the core has at least so many partners within it."""
    states: tuple[str, ...]
    common: tuple[dict[str, Any], ...]
    """Instruments that hold every state of the core."""
    numbers: dict[str, int]
    """The core number of every state."""
    partners: float
    """The share of all pairs that counts as partners."""
    of_most_joined: int
    """How many states of the core are among as many states that are under most instruments."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), "at_least": self.at_least},
            "depth": self.depth,
            "states": list(self.states),
            "common": [dict(item) for item in self.common],
            "numbers": dict(self.numbers),
            "partners": self.partners,
            "of_most_joined": self.of_most_joined,
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }


def core(index: Index, selection: Selection, *, at_least: int | None = None) -> Core:
    """The innermost k-core of the states, where partners are states with ``at_least`` so many instruments in common.

    The k-core is the largest set of states each of which has at least k partners in the set; a state's core
    number is the largest k for which it is in one. ``at_least`` None takes the 90th percentile of what pairs that
    share anything have in common, so that a tenth of these pairs, those closest, count as partners; more of them where
    many share just so much (``partners`` says how many of all).

    What it does not mean: the core is the part that is tied most densely, not the most powerful, nor the most
    restrained; another ``at_least`` gives another core, so say which was taken.

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: ``at_least`` is below one.
    """
    import networkx

    members = snapshot(index, selection)
    least = _usual(members) if at_least is None else at_least
    if least < 1:
        raise UsageError("--at-least takes a number from 1 on.")
    numbers: dict[str, int] = networkx.core_number(states_graph(members, least))
    depth = max(numbers.values(), default=0)
    states = tuple(name for name in members.states if depth and numbers[name] == depth)
    among = _most_joined(members, len(states))
    joined = len(among.intersection(states))
    ordered = dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))
    return Core(
        answer=_sentence(members, states, least, depth, joined),
        selection=selection,
        at_least=least,
        depth=depth,
        states=states,
        common=tuple(_common(members, states)),
        numbers=ordered,
        partners=_partners(members, least),
        of_most_joined=joined,
        notes=tuple(members.notes()),
        edition=edition_of(index),
    )


def _most_joined(view: Snapshot, count: int) -> set[str]:
    """The states under most instruments, so many; those level with the last of them, too."""
    degrees = view.held.sum(axis=1).tolist()
    bar = sorted(degrees, reverse=True)[count - 1] if count else None
    return {code for code, degree in zip(view.states, degrees, strict=True) if bar is not None and degree >= bar}


def _partners(view: Snapshot, least: int) -> float:
    pairs = view.shared[numpy.triu_indices(len(view.states), 1)]
    return round(float((pairs >= least).mean()), 4) if len(pairs) else 0.0


def _usual(network: Snapshot) -> int:
    shared = network.shared[numpy.triu_indices(len(network.states), 1)]
    shared = shared[shared > 0]
    return int(numpy.ceil(numpy.percentile(shared, 90))) if len(shared) else 1


def _common(instruments: Snapshot, states: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = [number for number, name in enumerate(instruments.states) if name in states]
    every: list[bool] = numpy.all(instruments.held[rows], axis=0).tolist() if rows else []
    return [
        {"id": name, "title": instruments.titles[name], "sources": list(instruments.summary(name).sources)}
        for name, there in zip(instruments.instruments, every, strict=bool(rows))
        if there
    ]


def _sentence(network: Snapshot, states: tuple[str, ...], least: int, depth: int, joined: int) -> str:
    about = f" {network.selection.phrase}" if network.selection.phrase else ""
    if not states:
        return f"On {long_form(network.selection.on)}, no two states shared {least} instruments{about}."
    plural = "" if least == 1 else "s"
    return (
        f"On {long_form(network.selection.on)}, the innermost core was {len(states)} states, each sharing at least "
        f"{least} instrument{plural}{about} with at least {depth} others of them; {joined} of them are among the "
        f"{len(states)} states under most instruments{_LITTLE if joined >= _SAME * len(states) else ''}."
    )
