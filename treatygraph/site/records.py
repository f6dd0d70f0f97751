"""The page of a record, line by line, as the graph has it; the pages for readers lead here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError
from treatygraph.model.terms import iri
from treatygraph.site.setting import Page, Setting
from treatygraph.site.templating import rendered
from treatygraph.site.urls import Names, address, lines_of, local
from treatygraph.triplestore.describe import described

__all__ = ["READERS", "SHOWN", "record_page"]

SHOWN: Final = ("instrument", "state", "group", "official", "event", "source")
"""Kinds of record that have a page of their own; the others are shown as the graph has them."""
READERS: Final = {"instrument": "/instrument/", "state": "/state/", "group": "/group/", "official": "/person/"}
"""Where a kind of record has a page for readers."""


def record_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """The page of the record of a ``kind`` and ``name``; of status 404 where there is none."""
    kind, name = arguments["kind"], arguments["name"]
    try:
        record = graph.show(name)
    except UsageError:
        return Page("", "", 404)
    if record.kind != kind:
        return Page("", "", 404)
    if record.id != name:
        return Page("", "", 301, address(kind, record.id))
    status = graph.status(name, setting.today, today=setting.today).to_dict() if kind == "instrument" else None
    links = Names(graph.index())
    shown = record.to_dict()
    back = _back(graph, kind, name) if setting.links.is_served else []
    path = address(kind, name)
    html = rendered(
        "record.html", setting, record=shown, standing=status, sections=lines_of(shown, links), names=links, path=path,
        title=record.title, back=back, reader=f"{READERS[kind]}{name}" if kind in READERS else "",
    )  # fmt: skip
    return Page(path, html)


def _back(graph: Graph, kind: str, name: str) -> list[dict[str, Any]]:
    """What points to the record, by kind: the key of the pages that list it, and how much there is."""
    back = described(graph.home.engine().store, iri(kind, name)).back
    return [
        {"key": one.key, "kind": one.kind, "readings": one.readings, "count": one.count, "term": local(one.term)}
        for one in back
    ]
