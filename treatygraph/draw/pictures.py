"""Each picture as the bytes of one file, from a graph and what a user asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from treatygraph.bonds.powers import find
from treatygraph.bonds.topics import topics_under
from treatygraph.draw.shapes import Drawing
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["KINDS", "explorer", "heatmap", "map_of", "network", "preview", "storyline", "timeline"]

KINDS: Mapping[str, tuple[str, ...]] = {
    "network": ("html",),
    "timeline": ("html", "svg", "png"),
    "heatmap": ("html", "svg", "png"),
    "explorer": ("html",),
    "storyline": ("html", "svg", "png"),
    "map": ("html", "svg", "png"),
}
"""The kinds of file that each picture comes as."""


def explorer(graph: Graph, today: date) -> bytes:
    """The explorer page; see :func:`treatygraph.draw.explorer.page`."""
    from treatygraph.draw.explorer import page

    return page(graph, today).encode()


def network(
    graph: Graph, on: date, *, states: Sequence[str] | None = None, group: str | None = None, topic: str | None = None
) -> bytes:
    """States and instruments on a day, as a page of HTML (needs pyvis).

    Args:
        graph: the graph.
        on: the day.
        states: only these, by any of their names.
        group: only its members on the day.
        topic: only this topic and those below it.

    Raises:
        UnknownName: a name is not on record; the nearest ones are listed.
        UsageError: nothing is left to draw.
    """
    from treatygraph.draw.credit import credit
    from treatygraph.draw.network import network as drawn
    from treatygraph.draw.network_data import network_data
    from treatygraph.draw.pyvis_page import pyvis_page

    shown = drawn(graph, on, states=states, group=group, topic=topic)
    return pyvis_page(shown, network_data(graph, shown, topic), credit(graph.index())).encode()


def timeline(
    graph: Graph,
    first: str,
    second: str,
    today: date,
    kind: str,
    *,
    topic: str | None = None,
    reading: str = DEPOSITARY,
) -> bytes:
    """Every instrument between two powers as a bar; ``kind`` is ``html``, ``svg`` or ``png`` (needs resvg)."""
    from treatygraph.draw.timeline import timeline as drawn

    answer = graph.between(first, second, today, topic=topic, reading=reading)
    drawing = drawn(
        graph.index(), first, second, today, topics=topics_under(graph.index(), topic), reading=graph.reading(reading)
    )
    return _painted(drawing, kind, answer.answer, answer.notes)


def storyline(
    graph: Graph,
    powers: Sequence[str],
    on: date,
    kind: str,
    *,
    since: date | None = None,
    topic: str | None = None,
    reading: str = DEPOSITARY,
    binding: bool = True,
    narrow: bool = False,
) -> bytes:
    """The storyline: each instrument a thread from signature, cut where it ended; each topic a ribbon.

    Args:
        graph: the graph.
        powers: two states or groups, by any of their names, or one group: what holds its members together.
        on: the day up to which it is drawn.
        kind: ``html``, ``svg`` or ``png`` (needs resvg).
        since: where time begins; None: with the first thread, not before 1945.
        topic: only this topic and those below it.
        reading: whose legal view.
        binding: leave out what is not legally binding.
        narrow: for a phone's width; a page of HTML has both forms.

    Raises:
        UnknownName: a name is not on record; the nearest ones are listed.
        UsageError: the powers are one and the same, or one was never there.
    """
    from treatygraph.draw.storyline import storyline as drawn
    from treatygraph.draw.tale import story, tables

    index = graph.index()
    told = story(graph, powers, on, since=since, topic=topic, reading=reading, binding=binding)
    if kind != "html":
        return _painted(drawn(index, told, narrow=narrow), kind, "", ())
    from treatygraph.draw.html import sheet

    sentence = f"{told.sentence} {told.ended}".strip()
    both = drawn(index, told), drawn(index, told, narrow=True)
    return sheet(both[0], sentence, (), narrow=both[1], tables=tables(index, told)).encode()


def preview(graph: Graph, powers: Sequence[str], on: date, kind: str = "png", *, topic: str | None = None) -> bytes:
    """A storyline in short, 1200 by 630 pixels, for whoever shows a link to an answer (``og:image``).

    Args:
        graph: the graph.
        powers: as for :func:`storyline`.
        on: the day up to which it is drawn.
        kind: ``svg`` or ``png`` (needs resvg; in a tenth of a second, without a browser).
        topic: only this topic and those below it.

    Raises:
        UnknownName: a name is not on record.
        UsageError: the powers are one and the same, or one was never there.
    """
    from treatygraph.draw.png import png
    from treatygraph.draw.preview import preview as drawn
    from treatygraph.draw.svg import svg
    from treatygraph.draw.tale import story

    told = story(graph, powers, on, since=None, topic=topic, reading=DEPOSITARY, binding=True)
    drawing = drawn(graph.index(), told)
    return svg(drawing).encode() if kind == "svg" else png(drawing, width=1200)


def map_of(graph: Graph, instrument: str, on: date, kind: str, *, reading: str = DEPOSITARY) -> bytes:
    """A map of the states of an instrument on a day, by standing; as a page of HTML, with a slider from its first day.

    Args:
        graph: the graph.
        instrument: any of its names.
        on: the day, and the last one of the slider.
        kind: ``html``, ``svg`` or ``png`` (needs resvg).
        reading: whose legal view.

    Raises:
        UnknownName: no instrument is called that; the nearest ones are listed.
        UsageError: nobody had a standing under it by the day.
    """
    from treatygraph.draw.map import map_drawing, treaty
    from treatygraph.draw.map_page import map_page

    since = None if kind == "html" else on
    shown = treaty(graph, instrument, on, reading=reading, since=since)
    if kind == "html":
        return map_page(graph.index(), shown).encode()
    return _painted(map_drawing(graph.index(), shown), kind, "", ())


def heatmap(
    graph: Graph,
    until: date,
    kind: str,
    *,
    group: str | None = None,
    states: Sequence[str] | None = None,
    every: str = "year",
    since: date = date(1945, 12, 31),
    topic: str | None = None,
    reading: str = DEPOSITARY,
) -> bytes:
    """Pairs of states by years; ``kind`` is ``html``, ``svg`` or ``png`` (needs resvg).

    Columns are the last days of years from ``since`` on, and ``until``.
    """
    from treatygraph.draw.heatmap import EVERY, heat_table, members
    from treatygraph.draw.heatmap import heatmap as drawn

    index = graph.index()
    if group is not None:
        title, codes = members(index, group)
        title = f"{title}, past and present"
    else:
        codes = list(dict.fromkeys(find(index, name, ("state",))[1] for name in states or ()))
        title = f"{len(codes)} states"
    title += f", {topic.replace('-', ' ')}" if topic else ""
    days = [*(date(year, 12, 31) for year in range(since.year, until.year, EVERY[every])), until]
    drawing = drawn(index, title, codes, days, topic=topic, reading=graph.reading(reading))
    pairs = len(list(combinations(codes, 2)))
    sentence = (
        f"For each of the {pairs} pairs of {title}: how many legally binding instruments held both on the last day of "
        f"a year, and on {until}. Protocols and amendments count with their parent."
    )
    if kind != "html":
        return _painted(drawing, kind, sentence, ())
    from treatygraph.draw.html import sheet

    tables = [heat_table(index, codes, days, topic, graph.reading(reading))]
    return sheet(drawing, sentence, (), tables=tables).encode()


def _painted(drawing: Drawing, kind: str, sentence: str, notes: Iterable[str]) -> bytes:
    if kind == "png":
        from treatygraph.draw.png import png

        return png(drawing)
    if kind == "svg":
        from treatygraph.draw.svg import svg

        return svg(drawing).encode()
    from treatygraph.draw.html import sheet

    return sheet(drawing, sentence, notes).encode()
