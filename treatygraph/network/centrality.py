"""Who stands in the middle of the network on a day, by which measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.bonds.matrix import Counts
from treatygraph.bonds.powers import with_article
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.network.graphs import instruments_graph, states_graph
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

if TYPE_CHECKING:
    from networkx import Graph
    from pandas import DataFrame

__all__ = ["MEASURES", "OF", "Centrality", "Place", "centrality"]

OF = ("states", "instruments")
MEASURES = ("degree", "partners", "strength", "eigenvector", "betweenness")
_DIGITS = 6
_STEPS = 2000
_SAME = 0.95
"""From this rank correlation on, an order is that of degree."""


@dataclass(frozen=True)
class Place:
    """Where one state or instrument stands; see :func:`centrality` for the measures."""

    id: str
    title: str
    degree: int
    partners: int
    strength: int
    eigenvector: float
    betweenness: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "id": self.id,
            "title": self.title,
            "degree": self.degree,
            "partners": self.partners,
            "strength": self.strength,
            "eigenvector": self.eigenvector,
            "betweenness": self.betweenness,
        }


@dataclass(frozen=True)
class Centrality(Citable):
    """States or instruments in order of a measure."""

    answer: str
    selection: Selection
    of: str
    by: str
    at_least: int
    like_degree: float | None
    """How far the order is that of ``degree`` (Spearman's rank correlation); None where either has all alike."""
    places: tuple[Place, ...]
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), "of": self.of, "by": self.by, "at_least": self.at_least},
            "like_degree": self.like_degree,
            "places": [item.to_dict() for item in self.places],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per state or instrument, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.places])


def centrality(
    index: Index, selection: Selection, *, of: str = "states", by: str = "strength", at_least: int = 1
) -> Centrality:
    """States or instruments by how central they are on a day.

    Of states (of instruments read the words in brackets):

    ``degree``
        Instruments that hold the state (states that the instrument holds).
    ``partners``
        States with which it shares ``at_least`` so many instruments (instruments with so many states in common).
    ``strength``
        The sum of shared instruments over all other states (of shared states over all other instruments).
    ``eigenvector``
        A state is central that shares much with central states: the first eigenvector of the matrix of shared
        counts, of length 1. Isolates have 0.
    ``betweenness``
        How often it lies on a shortest path between two others, in the graph with an edge for every two that
        share ``at_least`` so many; edges are not weighted. Worked out only when asked for: it takes seconds.

    What they do not mean: nothing here weighs an instrument by what it limits, or asks whether it is kept
    (R40). A microstate that joined every open treaty has a higher strength than a nuclear power outside
    some of them. Since nearly all states share some treaty, ``partners`` and ``betweenness`` say nothing at
    ``at_least=1``: raise it until the graph is sparse.

    The sentence names a first place only where one stands alone or ties are told, and says so where the order is that
    of ``degree``: then the measure tells who joined most, and no more.

    Raises:
        UnknownName: no topic, group, ``of`` or ``by`` is called that.
        UsageError: ``at_least`` is below one.
    """
    if of not in OF:
        raise UnknownName("kind of node", of, OF)
    if by not in MEASURES:
        raise UnknownName("measure", by, MEASURES)
    if at_least < 1:
        raise UsageError("--at-least takes a number from 1 on.")
    ordered = snapshot(index, selection)
    places = _places(ordered, of, by, at_least)
    places.sort(key=lambda item: (-(getattr(item, by) or 0), item.id))
    like_degree = _like_degree(places, by)
    return Centrality(
        answer=_sentence(ordered, of, by, places, like_degree),
        selection=selection,
        of=of,
        by=by,
        at_least=at_least,
        like_degree=like_degree,
        places=tuple(places),
        notes=tuple(ordered.notes()),
        edition=edition_of(index),
    )


def _places(places: Snapshot, of: str, by: str, at_least: int) -> list[Place]:
    if of == "states":
        nodes, counts, degree = places.states, places.shared, places.held.sum(axis=1)
    else:
        nodes, counts, degree = places.instruments, places.parties, places.held.sum(axis=0)
    eigen = _eigenvector(places, of)
    between = _betweenness(places, of, at_least) if by == "betweenness" else {}
    partners: Counts = (counts >= at_least).sum(axis=1)
    strength: Counts = counts.sum(axis=1, dtype=numpy.int64)
    return [
        Place(
            id=name,
            title=places.titles[name],
            degree=int(degree[number]),
            partners=int(partners[number]),
            strength=int(strength[number]),
            eigenvector=round(eigen.get(name, 0.0), _DIGITS),
            betweenness=round(between[name], _DIGITS) if name in between else None,
        )
        for number, name in enumerate(nodes)
    ]


def _graph(found: Snapshot, of: str, at_least: int = 1) -> Graph:
    return states_graph(found, at_least) if of == "states" else instruments_graph(found, at_least)


def _eigenvector(found: Snapshot, of: str) -> Mapping[str, float]:
    import networkx

    graph = _graph(found, of)
    if not graph.number_of_edges():
        return {}
    values: dict[str, float] = networkx.eigenvector_centrality(graph, max_iter=_STEPS, tol=1e-9, weight="weight")
    return {name: value for name, value in values.items() if graph.degree(name)}


def _betweenness(found: Snapshot, of: str, at_least: int) -> Mapping[str, float]:
    import networkx

    values: dict[str, float] = networkx.betweenness_centrality(_graph(found, of, at_least))
    return values


def _like_degree(places: list[Place], by: str) -> float | None:
    """The rank correlation of a measure with degree."""
    values = [float(getattr(item, by) or 0) for item in places]
    degrees = [float(item.degree) for item in places]
    if len(set(values)) < 2 or len(set(degrees)) < 2:
        return None
    from scipy.stats import spearmanr

    return round(float(spearmanr(values, degrees).statistic), 3)


def _sentence(found: Snapshot, of: str, by: str, places: list[Place], like_degree: float | None) -> str:
    text = f"On {long_form(found.selection.on)}, "
    if not places:
        return f"{text}there was nothing to measure."
    what = {"states": "state", "instruments": "instrument"}[of]
    about = f" {found.selection.phrase}" if found.selection.phrase else ""
    values = [getattr(item, by) or 0 for item in places]
    if len(values) > 1 and values[0] == values[-1]:
        return f"{text}all {len(values)} {of}{about} tie by {by} ({values[0]}): nothing to rank."
    first = with_article(places[0].id, places[0].title)
    tied = values.count(values[0]) - 1
    more = f", level with {tied} {'other' if tied == 1 else 'others'}" if tied else ""
    same = ""
    if by != "degree" and like_degree is not None and like_degree >= _SAME:
        most = "joined most" if of == "states" else "hold most"
        same = f"; the order is that of degree (rank correlation {like_degree:.2f}), so it tells which {of} {most}"
    return f"{text}the most central {what}{about} by {by} was {first} ({values[0]}{more}){same}."
