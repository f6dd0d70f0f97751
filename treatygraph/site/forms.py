"""An answer of the site as data: the JSON and CSV of the command line, and its pictures as drawings."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName
from treatygraph.render.between import VIEW as BETWEEN
from treatygraph.render.parts import Row
from treatygraph.render.status import VIEW as STATUS
from treatygraph.site.between import answer_of
from treatygraph.site.instrument import status_of
from treatygraph.site.preview import preview_of
from treatygraph.site.setting import Setting
from treatygraph.site.state import participation_of

if TYPE_CHECKING:
    from treatygraph.draw.shapes import Drawing

__all__ = ["DATA", "data_of", "drawing_of"]

DATA: Final[Mapping[str, str]] = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
"""The forms of an answer that are no picture."""
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
    "between": answer_of, "instrument": status_of, "state": participation_of,
}  # fmt: skip


def data_of(graph: Graph, name: str, arguments: Mapping[str, str], form: str, setting: Setting) -> bytes:
    """An answer as the bytes of a form of :data:`DATA`.

    Raises:
        UnknownName: the page has no such answer or form, or a name is not on record.
        UsageError: it cannot be asked.
    """
    if name not in _ANSWERS or form not in DATA:
        raise UnknownName("form of an answer", f"{name}.{form}", tuple(DATA))
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
    "between": BETWEEN.rows, "instrument": STATUS.rows, "state": _state_rows,
}  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def drawing_of(graph: Graph, name: str, arguments: Mapping[str, str], picture: str, setting: Setting) -> Drawing:
    """A picture of an answer: ``picture`` of the answer itself, or the ``preview`` that a shared link shows.

    Raises:
        UnknownName: the page has no such picture, or a name is not on record.
        UsageError: there is nothing to draw.
    """
    if picture == "preview":
        return preview_of(graph, name, arguments, setting)
    if name != "between":
        raise UnknownName("picture", f"{name}/{picture}", ("between", "preview"))
    from treatygraph.bonds.topics import topics_under
    from treatygraph.draw.timeline import timeline
    from treatygraph.model.dates import day

    on = day(arguments["on"]) if arguments.get("on") else setting.today
    index = graph.index()
    topics = topics_under(index, arguments.get("topic") or None)
    reading = graph.reading(arguments.get("reading") or "depositary")
    return timeline(index, arguments["a"], arguments["b"], on, topics=topics, reading=reading)
