"""The picture that a shared link shows: what was asked, the answer in a sentence, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from treatygraph.answers.edition import edition_of
from treatygraph.graph import Graph
from treatygraph.model.dates import day, long_form
from treatygraph.site.between import answer_of, title_of
from treatygraph.site.instrument import status_of
from treatygraph.site.setting import Setting
from treatygraph.site.state import participation_of

if TYPE_CHECKING:
    from treatygraph.draw.shapes import Drawing

__all__ = ["SIZE", "preview_of"]

SIZE: Final = (1200, 630)
"""Width and height that services show whole."""
_MARGIN: Final = 64
_BIG, _SMALL = 44, 26
_LINES: Final = 7


def preview_of(graph: Graph, name: str, arguments: Mapping[str, str], setting: Setting) -> Drawing:
    """The drawing for the answer of a page; for any other page that of the site."""
    from treatygraph.draw.shapes import Box, Drawing, Label, Shape

    heading, sentence = _said(graph, name, arguments, setting)
    width, height = SIZE
    per_line = int((width - 2 * _MARGIN) / (_BIG * 0.52))
    lines = wrap(sentence, per_line)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1].rstrip(".,; ") + " …"]
    edition = edition_of(graph.index())
    shapes: list[Shape] = [
        Box(0, 0, 16, height, "family-strategic"),
        Label(_MARGIN, 84, heading, "soft", _SMALL),
        *(Label(_MARGIN, 160 + place * 58, line, "ink", _BIG, bold=True) for place, line in enumerate(lines)),
        Label(
            _MARGIN, height - 44, f"treatygraph · record of {long_form(day(edition.day))} · CC BY 4.0", "soft", _SMALL
        ),
    ]
    return Drawing(width, height, sentence, tuple(shapes))


def _said(graph: Graph, name: str, arguments: Mapping[str, str], setting: Setting) -> tuple[str, str]:
    index = graph.index()
    if name == "between":
        answer = answer_of(graph, arguments, setting)
        names = [title_of(index, arguments[side]) for side in ("a", "b")]
        return f"{names[0]} and {names[1]}, {long_form(answer.question.on)}", answer.answer
    if name == "instrument":
        status = status_of(graph, arguments, setting)
        return f"{status.title}, {long_form(status.on)}", status.answer
    if name == "state":
        lists = participation_of(graph, arguments, setting)
        return f"{lists.title}, {long_form(lists.on)}", lists.answer
    return "treatygraph", "Which arms control treaties remain between two powers, on any day, with reasons and sources."
