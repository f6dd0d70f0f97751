"""The network over time, for a page with a slider: states by community, instruments, and every tie with its days.

Nothing is worked out here but the looks of ties, by the same function that draws one day
(:func:`treatygraph.draw.network.look_of`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from treatygraph.bonds.pairs import ends_of
from treatygraph.bonds.topics import topics_under
from treatygraph.draw.network import LOOKS, Network, look_of
from treatygraph.draw.palette import FAMILIES, family_of
from treatygraph.model.index_records import StandingRow

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.graph import Graph

__all__ = ["NetworkData", "communities_of", "network_data"]

_FROM: Final = "1945-01-01"
_CITED: Final = 4
"""How many sources a tie names."""
_MANY: Final = 60
"""From so many states on, communities are sought a little smaller."""
_RUNS: Final = 4
"""For an order of names so many runs are enough; all states took 0.2 s a run (30 November 2026)."""
_SMALL: Final = 3
"""Communities of fewer states stand together as the others."""
Communities = list[tuple[str, list[str]]]


Tie = tuple[int, int, int, str, str, list[int]]
"""State, instrument and look by their places; first day, end (half-open), and sources by their places."""
InstrumentRow = tuple[str, str, str, int, list[str], bool, str, list[int]]
"""Id, title, kind, place of the family, topics, whether it binds in law, its days in words, sources by their places."""


@dataclass(frozen=True)
class NetworkData:
    """A network over time, lists in a fixed order."""

    until: str
    """The last day of the slider (ISO), as ``since`` is the first."""
    since: str
    least: int
    whom: str
    sentence: str
    groups: list[tuple[str, int]]
    """The communities: what marks each, and how many states it has."""
    states: list[tuple[str, str, int]]
    """Code, name, and the place of the community."""
    instruments: list[InstrumentRow]
    ties: list[Tie]
    sources: list[tuple[str, str]]
    """Words, and an address or nothing."""

    def to_dict(self) -> dict[str, object]:
        """Plain values, with the words for looks and the colours of families."""
        families = [[item.id, item.letter, item.title, item.light, item.dark] for item in FAMILIES]
        return {**self.__dict__, "looks": list(LOOKS), "families": families}


def network_data(graph: Graph, shown: Network, topic: str | None) -> NetworkData:
    """What the page needs.

    Args:
        graph: the graph.
        shown: the network of the last day of the slider.
        topic: only this topic and those below it.
    """
    index, until = graph.index(), shown.on.isoformat()
    topics = topics_under(index, topic)
    groups = communities_of(graph, shown, topic)
    order = [code for _, codes in groups for code in codes]
    sources = _Sources(index)
    stretches = [
        (place, stretch)
        for place, code in enumerate(order)
        for stretch in _stretches(index, shown.lines[code], topics, until)
    ]
    names = sorted({stretch.row.instrument for _, stretch in stretches})
    places = {name: place for place, name in enumerate(names)}
    ties = [
        (who, places[item.row.instrument], item.look, item.start, item.end, sources.places(item.row.sources))
        for who, item in stretches
    ]
    lives = index.existences()
    return NetworkData(
        until=until,
        since=max(_FROM, min((tie[3] for tie in ties), default=until)),
        least=shown.least,
        whom=shown.whom,
        sentence=shown.sentence,
        groups=[(title, len(codes)) for title, codes in groups],
        states=[(code, lives[code].name, number) for number, (_, codes) in enumerate(groups) for code in codes],
        instruments=[_instrument(index, name, sources) for name in names],
        ties=ties,
        sources=sources.rows,
    )


def communities_of(graph: Graph, shown: Network, topic: str | None) -> Communities:
    """The states of the network by community: those that share more with each other than with the rest stand together.

    Of four and fewer, and where the measures of networks are not installed, one community in the order of names.
    """
    lives = graph.index().existences()
    codes = sorted(shown.lines, key=lambda code: lives[code].name)
    if len(codes) <= 4:
        return [("", codes)]
    try:
        partition = graph.communities(
            shown.on, topic=topic, group=shown.group, resolution=1.05 if len(codes) > _MANY else 1.0, runs=_RUNS
        ).communities
    except ImportError:  # networkx or scipy is not there
        return [("", codes)]
    there: Communities = []
    for item in partition:
        members = [code for code in codes if code in item.states]
        if len(members) >= _SMALL:
            there.append((_title(item.marks), members))
    rest = [code for code in codes if all(code not in members for _, members in there)]
    return [*there, ("others", rest)] if rest else there


def _title(marks: Sequence[Mapping[str, object]]) -> str:
    return f"mostly in {marks[0]['title']}" if marks else "others"


class _Sources:
    """Sources that stand once and are pointed to by number."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._places: dict[str, int] = {}
        self.rows: list[tuple[str, str]] = []

    def places(self, names: Sequence[str]) -> list[int]:
        return [self._place(name) for name in names if name != "treatygraph"][:_CITED]

    def _place(self, name: str) -> int:
        if name not in self._places:
            self._places[name] = len(self.rows)
            source = self._index.source(name)
            address = source.place.split(" ")[0] if source else ""
            words = f"{source.publisher}: {source.title}" if source and source.publisher not in source.title else ""
            self.rows.append(
                (words or (source.title if source else name), address if address.startswith("http") else "")
            )
        return self._places[name]


class _TieStretch(NamedTuple):
    """A standing over days on which it looks the same."""

    row: StandingRow
    look: int
    start: str
    end: str


def _stretches(index: Index, chain: Sequence[str], topics: frozenset[str] | None, until: str) -> Iterator[_TieStretch]:
    """Every tie of a state by a day, in order of instrument and time."""
    for name, rows in sorted(index.standings(chain).items()):
        if topics is not None and topics.isdisjoint(index.summary(name).topics):
            continue
        for row in rows:
            inside = (edge for edge in ends_of((row,)) if row.start < edge < row.end)
            for start, end in pairwise(sorted({row.start, row.end, *inside})):
                if start <= until and end > _FROM:
                    yield _TieStretch(row, LOOKS.index(look_of(row, start)), start, end)


def _instrument(index: Index, name: str, sources: _Sources) -> InstrumentRow:
    summary = index.summary(name)
    span = " to ".join(part for part in (summary.entry or summary.signed, summary.end) if part)
    family = [item.id for item in FAMILIES].index(family_of(summary.topics).id)
    return (name, summary.title, summary.kind.replace("-", " "), family, list(summary.topics),
            summary.binding is True, span, sources.places(summary.sources))  # fmt: skip
