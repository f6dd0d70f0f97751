"""An answer of the site as data: the JSON and CSV of the command line, and its pictures as drawings."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from treatygraph.bonds.topics import topics_under
from treatygraph.graph import Graph
from treatygraph.model.dates import day
from treatygraph.model.errors import UnknownName
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.render.between import VIEW as BETWEEN
from treatygraph.render.compare import VIEW as COMPARED
from treatygraph.render.parts import Row
from treatygraph.render.status import VIEW as STATUS
from treatygraph.site.between import answer_of
from treatygraph.site.comparison import comparison_of, is_comparison
from treatygraph.site.feeds import FEED_FORMS, feed_data
from treatygraph.site.instrument import status_of
from treatygraph.site.preview import preview_of
from treatygraph.site.setting import Setting
from treatygraph.site.state import participation_of

if TYPE_CHECKING:
    from treatygraph.draw.shapes import Drawing

__all__ = ["DATA", "FIRST_PICTURE", "MEDIA_TYPES", "PICTURES", "data_of", "drawing_of"]

DATA: Final[Mapping[str, str]] = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
"""The forms of an answer that are no picture."""
MEDIA_TYPES: Final[Mapping[str, str]] = {**DATA, **{name: form.media_type for name, form in FEED_FORMS.items()}}
"""The media type of each form that :func:`data_of` gives: an answer, or the feed that follows a page."""
_LISTS: Final = ("joined", "left", "ended", "pending", "not_known")
_COLUMNS: Final = (
    "list",
    "id",
    "title",
    "kind",
    "binding",
    "topics",
    "standing",
    "since",
    "until",
    "because",
    "act",
    "sources",
)

_ANSWERS: Final[Mapping[str, Callable[[Graph, Mapping[str, str], Setting], Any]]] = {
    "comparison": comparison_of, "between": answer_of, "instrument": status_of, "state": participation_of,
}  # fmt: skip


def data_of(graph: Graph, name: str, arguments: Mapping[str, str], form: str, setting: Setting) -> bytes:
    """An answer, or a feed, as the bytes of a form of :data:`MEDIA_TYPES`.

    Raises:
        UnknownName: the page has no such answer or form, or a name is not on record.
        UsageError: it cannot be asked.
    """
    if form in FEED_FORMS:
        return feed_data(graph, name, arguments, form, setting)
    if name not in _ANSWERS or form not in DATA:
        raise UnknownName("form of an answer", f"{name}.{form}", tuple(MEDIA_TYPES))
    if name == "between" and is_comparison(arguments):
        name = "comparison"
    plain = _ANSWERS[name](graph, arguments, setting).to_dict()
    if form == "json":
        return json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n"
    header, rows = _TABLES[name](plain)
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return target.getvalue().encode()


def _state_rows(answer: Mapping[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = []
    for name in _LISTS:
        for entry in answer[name]:
            values = {**entry, "list": name}
            rows.append([_cell(values[column]) for column in _COLUMNS])
    return _COLUMNS, rows


_TABLES: Final[Mapping[str, Callable[[Any], tuple[Row, list[Row]]]]] = {
    "between": BETWEEN.rows, "comparison": COMPARED.rows, "instrument": STATUS.rows, "state": _state_rows,
}  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


PICTURES: Final = ("preview", "storyline", "storyline-narrow", "timeline", "map")
"""What can be drawn of an answer, as the last part of its path."""
FIRST_PICTURE: Final = {"between": "storyline", "instrument": "map"}
"""The picture that an answer is as an SVG or PNG, where its path names none; of the others it is the preview."""


def drawing_of(graph: Graph, name: str, arguments: Mapping[str, str], picture: str, setting: Setting) -> Drawing:
    """A picture of an answer.

    Args:
        graph: the graph.
        name: the page.
        arguments: those of the page.
        picture: one of :data:`PICTURES`.
        setting: what the page is made with.

    Raises:
        UnknownName: the page has no such picture, or a name is not on record.
        UsageError: there is nothing to draw.
    """
    draws: Mapping[tuple[str, str], Callable[[], Drawing]] = {
        ("between", "storyline"): lambda: _storyline(graph, arguments, setting, narrow=False),
        ("between", "storyline-narrow"): lambda: _storyline(graph, arguments, setting, narrow=True),
        ("between", "timeline"): lambda: _timeline(graph, arguments, setting),
        ("instrument", "map"): lambda: _map(graph, arguments, setting),
    }
    if picture == "preview":
        return preview_of(graph, name, arguments, setting)
    if (name, picture) not in draws:
        raise UnknownName("picture", picture, tuple(of for page, of in draws if page == name) or ("preview",))
    return draws[name, picture]()


def _day(arguments: Mapping[str, str], setting: Setting) -> date:
    return day(arguments["on"]) if arguments.get("on") else setting.today


def _storyline(graph: Graph, arguments: Mapping[str, str], setting: Setting, *, narrow: bool) -> Drawing:
    from treatygraph.draw.storyline import storyline
    from treatygraph.draw.tale import story

    powers = arguments["a"], arguments["b"]
    told = story(
        graph, powers, _day(arguments, setting), since=None, topic=arguments.get("topic") or None,
        reading=arguments.get("reading") or DEPOSITARY, binding=True,
    )  # fmt: skip
    return storyline(graph.index(), told, narrow=narrow)


def _timeline(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Drawing:
    from treatygraph.draw.timeline import timeline

    index = graph.index()
    topics = topics_under(index, arguments.get("topic") or None)
    reading = graph.reading(arguments.get("reading") or DEPOSITARY)
    on = _day(arguments, setting)
    return timeline(index, arguments["a"], arguments["b"], on, topics=topics, reading=reading)


def _map(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Drawing:
    from treatygraph.draw.map import map_drawing, treaty

    on = _day(arguments, setting)
    reading = arguments.get("reading") or DEPOSITARY
    return map_drawing(graph.index(), treaty(graph, arguments["instrument"], on, reading=reading, since=on))
