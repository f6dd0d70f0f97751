"""Pictures that show themselves in a notebook: ``shown.timeline(graph, "US", "Russia")``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from treatygraph.answers.citation.works import CitedSubject, command
from treatygraph.draw import pictures
from treatygraph.model.dates import day

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["Picture", "heatmap", "network", "timeline"]


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of one file."""

    kind: str
    """``svg`` or ``html``."""
    content: bytes
    subject: CitedSubject
    """What a citation says of it: ``graph.cite(picture.subject)``."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """The picture, and what it is as text beside it."""
        text, title = self.content.decode(), self.subject.title
        if self.kind == "svg":
            return {"image/svg+xml": text, "text/plain": title}
        size = "width:100%;height:640px;border:0"
        frame = f'<iframe srcdoc="{escape(text)}" title="{escape(title)}" style="{size}"></iframe>'
        return {"text/html": frame, "text/plain": title}


def _day(graph: Graph, on: date | str | None) -> date:
    return graph.today() if on is None else day(on) if isinstance(on, str) else on


def timeline(
    graph: Graph, first: str, second: str, on: date | str | None = None, *, topic: str | None = None
) -> Picture:
    """Every instrument between two powers as a bar; ``on`` None: today."""
    when = _day(graph, on)
    content = pictures.timeline(graph, first, second, when, "svg", topic=topic)
    line = command("draw", "timeline", first, second, on=when.isoformat(), topic=topic or "")
    return Picture("svg", content, CitedSubject("picture", f"Timeline of {first} and {second}, {when}", "", line))


def heatmap(
    graph: Graph, on: date | str | None = None, *, group: str | None = None, states: Sequence[str] | None = None,
    since: date | str = "1945-12-31", topic: str | None = None,
) -> Picture:  # fmt: skip
    """Pairs of states by years; ``on`` None: today."""
    when, first = _day(graph, on), _day(graph, since)
    content = pictures.heatmap(graph, when, "svg", group=group, states=states, since=first, topic=topic)
    whom = group or ", ".join(states or ())
    line = command("draw", "heatmap", group=group or "", states=",".join(states or ()), on=when.isoformat(),
                   topic=topic or "")  # fmt: skip
    return Picture("svg", content, CitedSubject("picture", f"Pairs of {whom}, {when}", "", line))


def network(
    graph: Graph, on: date | str | None = None, *, states: Sequence[str] | None = None, group: str | None = None,
    topic: str | None = None,
) -> Picture:  # fmt: skip
    """States and instruments on a day (needs pyvis); ``on`` None: today."""
    when = _day(graph, on)
    content = pictures.network(graph, when, states=states, group=group, topic=topic)
    line = command("draw", "network", group=group or "", states=",".join(states or ()), on=when.isoformat(),
                   topic=topic or "")  # fmt: skip
    whom = group or ", ".join(states or ()) or "all states"
    return Picture("html", content, CitedSubject("picture", f"Network of {whom}, {when}", "", line))
