"""The network on a day in a dozen figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import with_article
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

__all__ = ["NetworkSummary", "summary"]

_SHOWN = 10


@dataclass(frozen=True)
class NetworkSummary(Citable):
    """Figures of the network on a day.

    ``density`` is the share of all pairs of states with at least one instrument between them. It does not say
    how much binds them: one treaty that everybody joined makes it 1. ``mean``, ``median``, ``least`` and
    ``most`` are mutual instruments per pair. None of these weighs an instrument by what it limits, nor says
    whether it is kept (R40).
    """

    answer: str
    selection: Selection
    states: int
    instruments: int
    bonds: int
    """How many times an instrument holds a state."""
    pairs: int
    connected: int
    """Pairs with at least one mutual instrument."""
    density: float
    mean: float
    median: float
    least: int
    most: int
    mean_folded: float
    """``mean`` with parts counted with what they belong to, where both hold both states."""
    most_folded: int
    isolates: tuple[str, ...]
    """States that no instrument holds."""
    topics: dict[str, int]
    """Instruments by topic; one instrument can have several."""
    closest: tuple[dict[str, Any], ...]
    """The pairs that share most."""
    widest: tuple[dict[str, Any], ...]
    """The instruments that hold most states."""
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": self.selection.to_dict(),
            "states": self.states,
            "instruments": self.instruments,
            "bonds": self.bonds,
            "pairs": self.pairs,
            "connected": self.connected,
            "density": self.density,
            "mean": self.mean,
            "median": self.median,
            "least": self.least,
            "most": self.most,
            "mean_folded": self.mean_folded,
            "most_folded": self.most_folded,
            "isolates": list(self.isolates),
            "topics": dict(self.topics),
            "closest": [dict(item) for item in self.closest],
            "widest": [dict(item) for item in self.widest],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }


def summary(index: Index, selection: Selection) -> NetworkSummary:
    """The figures of the network on a day.

    Raises:
        UnknownName: no topic or group is called that.
    """
    network = snapshot(index, selection)
    upper = numpy.triu_indices(len(network.states), 1)
    shared = network.shared[upper]
    folded = network.folded[upper]
    connected = int((shared > 0).sum())
    topics = Counter(topic for name in network.instruments for topic in network.summary(name).topics)
    held = network.held.sum(axis=1)
    pairs = len(shared)
    return NetworkSummary(
        answer=_sentence(network, connected, pairs, float(shared.mean()) if pairs else 0.0),
        selection=selection,
        states=len(network.states),
        instruments=len(network.instruments),
        bonds=int(network.held.sum()),
        pairs=pairs,
        connected=connected,
        density=round(connected / pairs, 4) if pairs else 0.0,
        mean=round(float(shared.mean()), 2) if pairs else 0.0,
        median=float(numpy.median(shared)) if pairs else 0.0,
        least=int(shared.min()) if pairs else 0,
        most=int(shared.max()) if pairs else 0,
        mean_folded=round(float(folded.mean()), 2) if pairs else 0.0,
        most_folded=int(folded.max()) if pairs else 0,
        isolates=tuple(code for code, count in zip(network.states, held, strict=True) if not count),
        topics=dict(sorted(topics.items(), key=lambda item: (-item[1], item[0]))),
        closest=tuple(_closest(network)),
        widest=tuple(_widest(network)),
        notes=tuple(network.notes()),
        edition=edition_of(index),
    )


def _closest(pairs: Snapshot) -> list[dict[str, Any]]:
    rows, columns = numpy.nonzero(numpy.triu(pairs.shared, 1))
    order = sorted(zip(rows.tolist(), columns.tolist(), strict=True), key=lambda pair: (-int(pairs.shared[pair]), pair))
    return [
        {"states": [pairs.states[one], pairs.states[other]], "instruments": int(pairs.shared[one, other])}
        for one, other in order[:_SHOWN]
    ]


def _widest(rows: Snapshot) -> list[dict[str, Any]]:
    held = rows.held.sum(axis=0)
    order = sorted(range(len(rows.instruments)), key=lambda number: (-int(held[number]), rows.instruments[number]))
    return [
        {
            "id": rows.instruments[number],
            "title": rows.titles[rows.instruments[number]],
            "states": int(held[number]),
            "binding": rows.summary(rows.instruments[number]).binding,
            "sources": list(rows.summary(rows.instruments[number]).sources),
        }
        for number in order[:_SHOWN]
    ]


def _sentence(network: Snapshot, connected: int, pairs: int, mean: float) -> str:
    what = "legally binding instruments" if network.selection.binding else "instruments"
    text = f"On {long_form(network.selection.on)}, {len(network.instruments)} {what}"
    text += f" {network.selection.phrase}" if network.selection.phrase else ""
    text += f" held one or more of {len(network.states)} states"
    if not pairs:
        return f"{text}."
    least = "at least " if network.open and connected < pairs else ""
    text += f"; {least}{connected} of {pairs} pairs of states shared at least one, {mean:.1f} on average"
    top = _closest(network)[:1]
    if top:
        first, second = (with_article(code, network.titles[code]) for code in top[0]["states"])
        text += f", {listed([first, second])} the most ({top[0]['instruments']})"
    return f"{text}."
