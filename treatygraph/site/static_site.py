"""The site as a folder of files that any host can carry: pages, records as Turtle and JSON-LD beside them, dumps.

Every link is relative and leads to a file that is there; nothing is asked of another host. The folder appears whole or
not at all.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.export.writing import HOMEPAGE, MARK, whole_folder
from treatygraph.graph import Graph
from treatygraph.model.errors import TreatygraphError, UsageError
from treatygraph.model.terms import PREFIXES, iri
from treatygraph.model.version import VERSION
from treatygraph.site.feeds import FEED_FORMS, GENERAL, OF_PAGES
from treatygraph.site.forms import DATA, FIRST_PICTURE, data_of, drawing_of
from treatygraph.site.links import FILES, StaticLinks, file_of
from treatygraph.site.lists import EXAMPLES, LISTS
from treatygraph.site.pages import page
from treatygraph.site.records import SHOWN
from treatygraph.site.search import names_data
from treatygraph.site.setting import Setting
from treatygraph.site.sitemap import sitemap_of
from treatygraph.triplestore.graphs import PLAIN

__all__ = ["StaticSite", "write_site"]

_RDF: Final = {"ttl": pyoxigraph.RdfFormat.TURTLE, "jsonld": pyoxigraph.RdfFormat.JSON_LD}
"""The forms that stand beside the page of a record."""
_TOLD_EVERY: Final = 500
_FRAME: Final = ("site.css", "site.js", "icon.svg")
_PICTURES: Final = ("storyline", "storyline-narrow", "timeline")
"""The pictures of a pair; those of treaties are drawn by a server."""
_READERS: Final = {"instrument": "instrument", "state": "state", "group": "group", "official": "person"}


@dataclass(frozen=True)
class StaticSite:
    """What was written where."""

    path: Path
    files: int
    bytes: int


@dataclass(frozen=True)
class _Plan:
    """Every page that the site has: its path, what makes it, its arguments."""

    pages: Mapping[str, tuple[str, Mapping[str, str]]]
    data: frozenset[str]
    """Files that are no page."""
    readers: tuple[str, ...]
    """Paths of the pages for readers, for the map of the site."""
    pairs: Sequence[tuple[str, str]] = field(default=())
    feeds: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    """Every feed: its path without an ending, its name, whom it is about."""

    @property
    def files(self) -> frozenset[str]:
        """Every file of the site."""
        return frozenset(map(file_of, self.pages)) | self.data


def write_site(
    graph: Graph,
    folder: Path,
    today: date,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    address: str = "",
    contact: str = "",
    force: bool = False,
    talk: Callable[[str], None] = lambda _: None,
) -> StaticSite:
    """Write the site.

    Args:
        graph: whose record it shows.
        folder: where to.
        today: the day of pages that name none.
        pairs: two powers each, by any of their names, that get a page; none: those of the first page.
        address: under which the world will reach it, e.g. ``https://treaties.example``; empty: no page names itself.
        contact: where errors are reported: ``mailto:…`` or an address of the web.
        force: replace an older export.
        talk: told about what takes a while.

    Raises:
        UnknownName: a power of a pair is not on record.
        UsageError: something is at ``folder`` already, or a pair is one power twice.
        StoreError: it cannot be written.
    """
    index = graph.index()
    plan = _plan(index, today, _ids(index, pairs))
    address = address.rstrip("/")
    with whole_folder(folder, force=force) as place:
        written = _SiteWriter(place)
        _frame(graph, written, today)
        _pages(graph, plan, written, Setting(today, base=address, contact=contact), talk)
        _answers(graph, plan, written, Setting(today, base=address), today)
        _feeds(graph, plan, written, Setting(today, base=address, links=StaticLinks()))
        _rdf(graph, plan, written, talk)
        _dumps(graph, written, talk)
        if address:
            places = ["/" if path == "/" else f"/{file_of(path)}" for path in plan.readers]
            written.text("sitemap.xml", sitemap_of(places, address))
        robots = f"User-agent: *\nAllow: /\n{f'Sitemap: {address}/sitemap.xml' if address else ''}\n"
        written.text("robots.txt", robots)
        written.mark()
    return StaticSite(folder, len(written.names) + 1, written.bytes)


class _SiteWriter:
    """Writes files below a folder, and remembers which."""

    def __init__(self, place: Path) -> None:
        self._place, self.names, self.bytes = place, list[str](), 0

    def data(self, name: str, content: bytes) -> None:
        """Write bytes."""
        target = self._place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.names.append(name)
        self.bytes += len(content)

    def text(self, name: str, content: str) -> None:
        """Write text."""
        self.data(name, content.encode())

    def mark(self) -> None:
        """Write the list of what was written, by which a later export knows its own."""
        resources = [{"name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()), "path": name} for name in sorted(self.names)]
        descriptor = {
            "profile": "data-package", "name": "treatygraph-site", "title": "treatygraph: the site", "version": VERSION,
            "homepage": HOMEPAGE, "resources": resources,
            "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
                          "title": "Creative Commons Attribution 4.0"}],
        }  # fmt: skip
        content = json.dumps(descriptor, ensure_ascii=False, indent=1).encode() + b"\n"
        (self._place / MARK).write_bytes(content)
        self.bytes += len(content)


def _ids(index: Index, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs by their ids; those of the first page where none is named."""
    if not pairs:
        there = (*index.existences(), *index.groups())
        return [pair for pair in EXAMPLES if all(one in there for one in pair)]
    records = []
    for first, second in pairs:
        ids = tuple(find(index, name, ("state", "group"))[1] for name in (first, second))
        if ids[0] == ids[1]:
            raise UsageError(f"'{first}' and '{second}' are one power; name two.")
        records.append((ids[0], ids[1]))
    return list(dict.fromkeys(records))


def _plan(index: Index, today: date, pairs: Sequence[tuple[str, str]]) -> _Plan:
    pages: dict[str, tuple[str, Mapping[str, str]]] = {
        "/": ("home", {}), "/between": ("form", {}), "/records": ("records", {}), "/downloads": ("downloads", {}),
        "/report": ("report", {}), **{f"/records/{name}": ("records", {"list": name}) for name in LISTS},
        **{f"/topic/{name}": ("topic", {"topic": name}) for name in index.topics()},
    }  # fmt: skip
    data = {f"{FILES}/{name}" for name in _FRAME}
    data |= {"data/names.json", "data/treatygraph.nq.gz", "robots.txt", "explorer.html"}
    for kind in SHOWN:
        for name in _names(index, kind):
            if kind in _READERS:
                page_name = _READERS[kind]
                pages[f"/{page_name}/{name}"] = (page_name, {page_name: name})
            pages[f"/id/{kind}/{name}"] = ("record", {"kind": kind, "name": name})
            data |= {f"id/{kind}/{name}.{form}" for form in _RDF}
    day = today.isoformat()
    for first, second in pairs:
        path = f"/between/{first}/{second}"
        pages[path] = ("between", {"a": first, "b": second})
        pages[f"{path}/{day}"] = ("between", {"a": first, "b": second, "on": day})
        data |= {f"{path.strip('/')}/{day}.{form}" for form in (*DATA, "svg")}
        data |= {f"{path.strip('/')}/{day}/{picture}.svg" for picture in _PICTURES}
    feeds: dict[str, tuple[str, Mapping[str, str]]] = {f"/feeds/{name}": (name, {}) for name in GENERAL}
    feeds |= {
        path: (name, arguments) for path, (name, arguments) in pages.items()
        if name in OF_PAGES and "on" not in arguments
    }  # fmt: skip
    data |= {f"{path.strip('/')}.{form}" for path in feeds for form in FEED_FORMS}
    readers = tuple(path for path in pages if not path.startswith("/id/") and path != "/report")
    return _Plan(pages, frozenset(data), readers, tuple(pairs), feeds)


def _names(index: Index, kind: str) -> Iterator[str]:
    records: Mapping[str, Callable[[], Mapping[str, object]]] = {
        "instrument": index.summaries, "state": index.existences, "group": index.groups, "official": index.officials,
        "event": index.events, "source": index.sources,
    }  # fmt: skip
    yield from records[kind]()


def _frame(graph: Graph, written: _SiteWriter, today: date) -> None:
    """Style, scripts, names, and the explorer where it is installed."""
    here = files("treatygraph.site").joinpath("static")
    for name in _FRAME:
        written.data(f"{FILES}/{name}", here.joinpath(name).read_bytes())
    names = json.dumps(names_data(graph.index()), ensure_ascii=False, separators=(",", ":"))
    written.text("data/names.json", names)
    from treatygraph.draw.explorer import page as explorer

    written.text("explorer.html", explorer(graph, today))


def _pages(graph: Graph, plan: _Plan, written: _SiteWriter, setting: Setting, talk: Callable[[str], None]) -> None:
    version = f"{VERSION}-{graph.index().digest[:12]}" if graph.index().digest else VERSION
    names = plan.files
    talk(f"treatygraph: {len(plan.pages):,} pages …")
    for count, (path, (name, arguments)) in enumerate(plan.pages.items(), 1):
        if count % _TOLD_EVERY == 0:
            talk(f"treatygraph: {count:,} pages are written …")
        target = file_of(path)
        links = StaticLinks(version=version, page=target, files=names)
        try:
            built = page(graph, name, arguments, replace(setting, links=links))
        except TreatygraphError as problem:
            raise UsageError(f"the page {path} cannot be made: {problem}") from None
        written.text(target, built.html)


def _answers(graph: Graph, plan: _Plan, written: _SiteWriter, setting: Setting, today: date) -> None:
    """The pairs as data and as a picture."""
    from treatygraph.draw.svg import svg

    for first, second in plan.pairs:
        asked = {"a": first, "b": second, "on": today.isoformat()}
        place = f"between/{first}/{second}/{today.isoformat()}"
        for form in DATA:
            written.data(f"{place}.{form}", data_of(graph, "between", asked, form, setting))
        for picture in _PICTURES:
            drawn = svg(drawing_of(graph, "between", asked, picture, setting))
            written.text(f"{place}/{picture}.svg", drawn)
            if picture == FIRST_PICTURE["between"]:
                written.text(f"{place}.svg", drawn)


def _feeds(graph: Graph, plan: _Plan, written: _SiteWriter, setting: Setting) -> None:
    """What changed and what comes: of everything, and of each page that has a feed."""
    for path, (name, arguments) in plan.feeds.items():
        for form in FEED_FORMS:
            written.data(f"{path.strip('/')}.{form}", data_of(graph, name, arguments, form, setting))


def _rdf(graph: Graph, plan: _Plan, written: _SiteWriter, talk: Callable[[str], None]) -> None:
    """Each record with what is said of it and all that points to it: a folder has no pages of back-links."""
    talk("treatygraph: Turtle and JSON-LD of each record …")
    store = graph.home.engine().store
    for name, arguments in plan.pages.values():
        if name != "record":
            continue
        node = pyoxigraph.NamedNode(iri(arguments["kind"], arguments["name"]))
        spoken = {
            quad.triple
            for pattern in ((node, None, None, None), (None, None, node, None))
            for quad in store.quads_for_pattern(*pattern)
            if quad.graph_name in PLAIN
        }
        triples = sorted(spoken, key=str)
        for ending, form in _RDF.items():
            content = pyoxigraph.serialize(triples, format=form, prefixes=dict(PREFIXES)) or b""
            written.data(f"id/{arguments['kind']}/{arguments['name']}.{ending}", content)


def _dumps(graph: Graph, written: _SiteWriter, talk: Callable[[str], None]) -> None:
    from treatygraph.export.rdf import all_quads

    talk("treatygraph: the whole graph …")
    content = pyoxigraph.serialize(all_quads(graph.home.store), format=pyoxigraph.RdfFormat.N_QUADS) or b""
    written.data("data/treatygraph.nq.gz", gzip.compress(content, 6, mtime=0))
