"""States and instruments on a day as a network to be drawn: who is held by what, and how, each at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

from treatygraph.answers.wording import listed, number, topic_name
from treatygraph.bonds.powers import find, insiders, power
from treatygraph.bonds.topics import topics_under
from treatygraph.draw.palette import FAMILIES, family_of
from treatygraph.law.succession import line
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.index_records import StandingRow
from treatygraph.model.vocabulary import NOT_KNOWN

if TYPE_CHECKING:
    from treatygraph.answers.between_answer import Ended
    from treatygraph.build.index import Index
    from treatygraph.graph import Graph

__all__ = ["LOOKS", "Edge", "Network", "Node", "look_of", "network"]

LOOKS = ("party", "signatory", "notice pending", "suspended", "former", "not known")
"""How an edge looks, the first for every standing in which the instrument holds the state."""


_NAMED = 4
"""How many of what ended the sentence names."""
_ROW, _WIDE, _NARROW = 54, 255, 185
"""Height of a row, width of a column of instruments and of states."""


@dataclass(frozen=True)
class Node:
    """A ``state``, or an instrument of a ``family`` of topics, at a place in pixels."""

    id: str
    title: str
    family: str
    """Empty for a state."""
    binding: bool
    tip: str
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class Edge:
    """A state's standing under an instrument on the day."""

    state: str
    instrument: str
    look: str
    tip: str


@dataclass(frozen=True)
class Network:
    """What is drawn, and the sentence that it shows."""

    sentence: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    on: date
    lines: Mapping[str, tuple[str, ...]]
    """The states that are asked for, each with those whose identity it carries on."""
    group: str | None
    least: int
    """To how many of them an instrument must be tied to be shown."""
    whom: str
    """The states in words."""
    ended: bool = False
    """Whether nothing that binds in law is left, and what ended is shown too."""


def network(
    graph: Graph,
    on: date,
    *,
    states: Sequence[str] | None = None,
    group: str | None = None,
    topic: str | None = None,
) -> Network:
    """The network of a day.

    With ``states`` or a ``group``: what at least two of them are tied to, by any standing.

    Raises:
        UnknownName: a state, group or topic is not on record.
        UsageError: nothing is left, or a state was not there that day.
    """
    index = graph.index()
    lines, whom = _whom(index, on, states, group)
    topics = topics_under(index, topic)
    rows = {code: list(_there(index, chain, on)) for code, chain in lines.items()}
    least = min(2, len(lines)) if states or group else 1
    kept = _kept(index, rows, least, topics)
    edges = tuple(_edge(index, code, row, on) for code in sorted(rows) for row in rows[code] if row.instrument in kept)
    tied = {edge.state for edge in edges}
    if states and len(lines) > 1 and not any(index.summary(name).binding is True for name in kept):
        return _with_ended(graph, on, edges, lines, topic, whom)
    if not edges:
        raise UsageError(f"nothing on record held {whom} on {on}.")
    shown = [code for code in lines if code in tied or states]
    if not states:
        shown.sort(key=lambda code: str(index.existences()[code].name))
    nodes = [_state(index, code, edges) for code in shown]
    nodes += [_instrument(index, name, edges) for name in sorted(kept)]
    sentence = _sentence(graph, on, edges, topic, states, whom)
    return Network(sentence, tuple(_placed(nodes)), edges, on, lines, group, least, whom)


def _with_ended(
    graph: Graph, on: date, standing: Sequence[Edge], lines: dict[str, tuple[str, ...]], topic: str | None, whom: str
) -> Network:
    """A picture where nothing that binds in law is left among some states: also what ended, when, by whose act."""
    index, codes = graph.index(), tuple(lines)
    over: dict[str, Ended] = {}
    edges = {(edge.state, edge.instrument): edge for edge in standing}
    for first, second in combinations(codes, 2):
        for item in graph.between(first, second, on, topic=topic).ended:
            over[item.id] = item
            for code in (first, second):
                tip = f"{index.existences()[code].name} – {item.title}\nended {item.until}: {item.because}"
                edges[code, item.id] = Edge(code, item.id, "former", f"{tip}\nsources: {listed(item.sources[:4])}")
    if not edges:
        raise UsageError(f"nothing on record held {whom} on {on}, and nothing had ended between them.")
    ties = tuple(edges[key] for key in sorted(edges))
    nodes = [_state(index, code, ties) for code in codes]
    nodes += [_instrument(index, name, ties) for name in sorted({edge.instrument for edge in ties})]
    about = f" on {topic_name(topic)}" if topic else ""
    last = sorted(over.values(), key=lambda item: (item.until, item.id), reverse=True)
    ended = listed([f"{item.title} ({item.until}: {item.because})" for item in last[:_NAMED]])
    more = f", and {number(len(last) - _NAMED)} before" if len(last) > _NAMED else ""
    first = f"On {long_form(on)}, nothing on record{about} that binds in law held {whom}."
    if len(codes) == 2:
        first = graph.between(codes[0], codes[1], on, topic=topic).answer
    said = f"{first} What ended: {ended}{more}." if over else first
    return Network(said, tuple(_placed(nodes)), ties, on, lines, None, 2, whom, ended=True)


def _sentence(
    graph: Graph, on: date, edges: Sequence[Edge], topic: str | None, states: Sequence[str] | None, whom: str
) -> str:
    """What the picture says; of two powers, what ``between`` answers."""
    if states and len(states) == 2:
        return graph.between(states[0], states[1], on, topic=topic).answer
    bound = [edge for edge in edges if edge.look in ("party", "notice pending", "suspended")]
    held = Counter(edge.instrument for edge in bound)
    about = f" on {topic.replace('-', ' ')}" if topic else ""
    if whom == "states":
        return f"On {long_form(on)}, {len(held)} instruments{about} held {len({edge.state for edge in bound})} states."
    count = sum(times > 1 for times in held.values())
    what = f"{number(count)} instrument{'' if count == 1 else 's'}{about}"
    return f"On {long_form(on)}, {what} held two or more of {whom}."


def _whom(
    index: Index, on: date, states: Sequence[str] | None, group: str | None
) -> tuple[dict[str, tuple[str, ...]], str]:
    """The lines of the states to draw, by the code that bore each on the day, and what to call them."""
    if states:
        sides = [power(index, name, on) for name in states]
        if any(one.is_group for one in sides):
            raise UsageError("--states takes states; name a group with --group.")
        return {one.holders[0]: one.continuities[0] for one in sides}, listed([one.name for one in sides])
    if group:
        find(index, group, ("group",))
        one = power(index, group, on)
        return dict(zip(one.members, one.continuities, strict=True)), insiders(one)
    lives = index.existences()
    there = [code for code, life in lives.items() if life.on(on.isoformat())]
    return {code: line(lives, code) for code in there}, "states"


def _there(index: Index, chain: Sequence[str], on: date) -> Iterator[StandingRow]:
    for rows in index.standings(chain).values():
        yield from (row for row in rows if row.on(on.isoformat()))


def _kept(index: Index, rows: dict[str, list[StandingRow]], least: int, topics: frozenset[str] | None) -> set[str]:
    """Instruments that are alive for one of the states at least, and tied to as many as are wanted."""
    tied: dict[str, list[StandingRow]] = {}
    for held in rows.values():
        for row in held:
            tied.setdefault(row.instrument, []).append(row)
    return {
        name
        for name, ties in tied.items()
        if len(ties) >= least
        and any(row.binds for row in ties)
        and (topics is None or not topics.isdisjoint(index.summary(name).topics))
    }


def _edge(index: Index, code: str, row: StandingRow, on: date) -> Edge:
    flags = {flag.flag for flag in row.flags_on(on.isoformat())}
    look = look_of(row, on.isoformat())
    span = f"{row.since} to {row.until}" if row.until else f"since {row.since}"
    lines = [f"{index.existences()[code].name} – {index.summary(row.instrument).title}"]
    lines.append(f"{row.standing.replace('-', ' ')}, {span}")
    lines += sorted(flag.replace("-", " ") for flag in flags)
    lines.append(f"sources: {', '.join(row.sources[:4]) or 'none'}")
    return Edge(code, row.instrument, look, "\n".join(lines))


def look_of(row: StandingRow, day: str) -> str:
    """How a standing looks on a day: one of :data:`LOOKS`."""
    flags = {flag.flag for flag in row.flags_on(day)}
    if row.standing == NOT_KNOWN:
        return "not known"
    if row.standing.startswith("former"):
        return "former"
    if not row.binds:
        return "signatory"
    if flags & {"suspended", "suspension-claimed"}:
        return "suspended"
    return "notice pending" if "notice-pending" in flags else "party"


def _state(index: Index, code: str, edges: Sequence[Edge]) -> Node:
    title, count = index.existences()[code].name, sum(edge.state == code for edge in edges)
    return Node(code, title, "", True, f"{title} ({code})\n{count} ties")


def _instrument(index: Index, name: str, edges: Sequence[Edge]) -> Node:
    summary = index.summary(name)
    count = sum(edge.instrument == name for edge in edges)
    span = " to ".join(part for part in (summary.entry or summary.signed, summary.end) if part)
    tip = "\n".join(
        (
            summary.title,
            f"{summary.kind.replace('-', ' ')}, {', '.join(summary.topics).replace('-', ' ')}",
            f"{span}; {count} ties" if span else f"{count} ties",
            f"sources: {', '.join(summary.sources[:4]) or 'none'}",
        )
    )
    return Node(name, summary.title, family_of(summary.topics).id, summary.binding is True, tip)


def _placed(nodes: Sequence[Node]) -> Iterator[Node]:
    """States in columns at both sides, in their order; instruments in columns between them, by family."""
    states = [node for node in nodes if not node.family]
    order = [family.id for family in FAMILIES]
    instruments = sorted(
        (node for node in nodes if node.family), key=lambda node: (order.index(node.family), node.title)
    )
    tall = _tall(len(states), len(instruments))
    columns = ceil(len(instruments) / tall)
    yield from _columns(instruments, columns, -(columns - 1) / 2 * _WIDE, _WIDE, _ROW)
    half = ceil(len(states) / 2)
    edge = columns * _WIDE / 2 + 160
    for part, direction in ((states[:half], -1), (states[half:], 1)):
        wide = max(1, ceil(len(part) / tall))
        first = -edge - (wide - 1) * _NARROW if direction < 0 else edge
        rows = max(ceil(len(part) / wide), 1)
        yield from _columns(part, wide, first, _NARROW, max(_ROW, min(tall * _ROW / rows, 2 * _ROW)))


def _tall(states: int, instruments: int) -> int:
    """How many rows make the whole about twice as wide as high."""
    for tall in range(10, 80):
        width = ceil(instruments / tall) * _WIDE + 2 * ceil(states / 2 / tall) * _NARROW + 320
        if width <= 1.9 * tall * _ROW:
            return tall
    return 80


def _columns(nodes: Sequence[Node], columns: int, first: float, apart: float, row: float) -> Iterator[Node]:
    rows = ceil(len(nodes) / max(columns, 1))
    for place, node in enumerate(nodes):
        column, down = divmod(place, rows)
        there = min(rows, len(nodes) - column * rows)
        yield replace(node, x=first + column * apart, y=(down - (there - 1) / 2) * row)
