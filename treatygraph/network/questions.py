"""The questions about the network that can be put to a graph: each imports what it needs when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from treatygraph.build.index import Index
from treatygraph.model.dates import day
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from networkx import Graph

    from treatygraph.bonds.matrix import Intervals
    from treatygraph.network import Selection
    from treatygraph.network.centrality import Centrality
    from treatygraph.network.cohesion import Core
    from treatygraph.network.communities import Communities
    from treatygraph.network.erosion import Erosion
    from treatygraph.network.history import History
    from treatygraph.network.pairs import Pairs
    from treatygraph.network.shared import Shared
    from treatygraph.network.similar import Similar
    from treatygraph.network.summary import NetworkSummary

__all__ = ["Asked", "NetworkQuestions"]

When = date | str | None


def _must(when: date | str) -> date:
    return day(when) if isinstance(when, str) else when


def _day(when: When) -> date | None:
    return None if when is None else _must(when)


class Asked(TypedDict, total=False):
    """Which part of the network is meant: topic, group of states, binding instruments only, whose reading."""

    topic: str | None
    group: str | None
    binding: bool
    reading: str


class AskedOfStates(Asked, total=False):
    """Which states, too: of a list (``cow``, ``gw``, ``un``; ``all``), with parties that are no states or without."""

    system: str
    organisations: bool


class NetworkQuestions:
    """What a graph answers about the network (needs numpy and networkx); days are dates or ``"YYYY-MM-DD"``."""

    def index(self, known: When = None) -> Index:
        """The documents of the graph; with ``known`` as they stood on the record by that day."""
        raise NotImplementedError

    def reading(self, text: str) -> str:
        """The id of a reading."""
        raise NotImplementedError

    def network(
        self,
        on: date | str,
        *,
        topic: str | None = None,
        kind: str = "bipartite",
        group: str | None = None,
        binding: bool = False,
        reading: str = DEPOSITARY,
        system: str = "all",
        organisations: bool = False,
        seed: int = 0,
    ) -> Graph:
        """The network on a day as a networkx graph (needs networkx).

        Args:
            on: the day.
            topic: only instruments of this topic and those below it.
            kind: ``bipartite`` (states and instruments), ``states`` (weighted by shared instruments),
                ``instruments`` (weighted by shared parties) or ``backbone`` (states that share more than chance).
            group: only states that are in this group on the day.
            binding: only legally binding instruments.
            reading: whose legal view.
            system: only states in this list on the day: ``cow``, ``gw``, ``un``; ``all``: every state on record.
            organisations: whether the European Union and Euratom come too.
            seed: of the draws behind a backbone.

        What nodes and edges carry is said at :func:`treatygraph.network.graphs.network`.
        """
        from treatygraph.network.graphs import network_of

        asked = {"topic": topic, "group": group, "binding": binding, "reading": reading}
        selection = self._selection(on, {**asked, "system": system, "organisations": organisations})
        return network_of(self.index(), selection, kind=kind, seed=seed)

    def intervals(self, *, reading: str = DEPOSITARY, known: When = None) -> Intervals:
        """All standings as numpy arrays, for counting over all pairs and days (needs numpy)."""
        from treatygraph.bonds.matrix_from_index import intervals

        return intervals(self.index(known), self.reading(reading))

    def _selection(self, on: date | str, asked: Mapping[str, Any]) -> Selection:
        from treatygraph.network import Selection

        given = dict(asked)
        return Selection(on=_must(on), reading=self.reading(given.pop("reading", DEPOSITARY)), **given)

    def summary(self, on: date | str, **asked: Unpack[AskedOfStates]) -> NetworkSummary:
        """The network on a day in a dozen figures; see :class:`treatygraph.network.summary.Summary`."""
        from treatygraph.network.summary import summary

        return summary(self.index(), self._selection(on, asked))

    def centrality(
        self,
        on: date | str,
        *,
        of: str = "states",
        by: str = "strength",
        at_least: int = 1,
        **asked: Unpack[AskedOfStates],
    ) -> Centrality:
        """States or instruments by how central they are; see :func:`treatygraph.network.centrality.centrality`."""
        from treatygraph.network.centrality import centrality

        return centrality(self.index(), self._selection(on, asked), of=of, by=by, at_least=at_least)

    def communities(
        self,
        on: date | str,
        *,
        resolution: float = 1.0,
        seed: int = 0,
        at_least: int = 1,
        runs: int = 20,
        **asked: Unpack[AskedOfStates],
    ) -> Communities:
        """States that share more with each other; see :func:`treatygraph.network.communities.communities`."""
        from treatygraph.network.communities import communities

        selection = self._selection(on, asked)
        return communities(self.index(), selection, resolution=resolution, seed=seed, at_least=at_least, runs=runs)

    def core(self, on: date | str, *, at_least: int | None = None, **asked: Unpack[AskedOfStates]) -> Core:
        """The states most densely tied to one another; see :func:`treatygraph.network.cohesion.core`."""
        from treatygraph.network.cohesion import core

        return core(self.index(), self._selection(on, asked), at_least=at_least)

    def shared(
        self, on: date | str, *, draws: int = 1000, seed: int = 0, level: float = 0.05, **asked: Unpack[AskedOfStates]
    ) -> Shared:
        """Pairs that share more than chance explains; see :func:`treatygraph.network.shared.shared`."""
        from treatygraph.network.shared import shared

        return shared(self.index(), self._selection(on, asked), draws=draws, seed=seed, level=level)

    def similar(self, name: str, on: date | str, **asked: Unpack[AskedOfStates]) -> Similar:
        """Instruments with like parties, or like states; see :func:`treatygraph.network.similar.similar`."""
        from treatygraph.network.similar import similar

        return similar(self.index(), name, self._selection(on, asked))

    def history(
        self,
        first: str,
        second: str,
        on: date | str,
        *,
        since: When = None,
        every: str = "year",
        topic: str | None = None,
        binding: bool = False,
        reading: str = DEPOSITARY,
    ) -> History:
        """What bound two powers over time, up to ``on``; see :func:`treatygraph.network.history.history`."""
        from treatygraph.network.history import history

        selection = self._selection(on, {"topic": topic, "binding": binding, "reading": reading})
        return history(self.index(), first, second, selection, since=_day(since), every=every)

    def pairs(
        self,
        group: str,
        on: date | str,
        *,
        since: When = None,
        every: str = "year",
        topic: str | None = None,
        binding: bool = False,
        reading: str = DEPOSITARY,
    ) -> Pairs:
        """What bound every two members of a group over time; see :func:`treatygraph.network.pairs.pairs`."""
        from treatygraph.network.pairs import pairs

        selection = self._selection(on, {"topic": topic, "binding": binding, "reading": reading})
        return pairs(self.index(), group, selection, since=_day(since), every=every)

    def erosion(self, since: date | str, on: date | str, **asked: Unpack[Asked]) -> Erosion:
        """What was lost between two days; see :func:`treatygraph.network.erosion.erosion`."""
        from treatygraph.network.erosion import erosion

        return erosion(self.index(), self._selection(on, asked), since=_must(since))
