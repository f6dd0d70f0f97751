"""What workers have from the process that they are forked from: a graph that is open, in memory, and warm.

That process imports this module, reads the build that was announced to it, and forks. The engine answers from memory in
about a third of the time that it takes on files. A store on files cannot be shared with a forked child, as the engine
reads it with threads of its own; a store in memory has none, and can.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import pyoxigraph

from treatygraph import answers, ask, draw, labels, language, law, read
from treatygraph.build.cache import Build
from treatygraph.build.index import Index
from treatygraph.build.index_file import IndexFile
from treatygraph.graph import Graph
from treatygraph.model.dates import Span
from treatygraph.model.errors import StoreError, TreatygraphError
from treatygraph.model.version import EDITION_DAY
from treatygraph.queries import computed
from treatygraph.queries.catalogue import catalogue
from treatygraph.site import pages, search, templating
from treatygraph.site.forms import PICTURES, drawing_of
from treatygraph.site.setting import Setting
from treatygraph.triplestore.guard import guard
from treatygraph.triplestore.sparql import Local

__all__ = ["PRELOADED", "announced", "copied", "graph_of", "prepare", "size_on_disk"]

PRELOADED: Final = __name__
"""What the process that workers are forked from imports before the first of them."""
_ANNOUNCED: Final = "TREATYGRAPH_SERVED_BUILD"
"""The variable that tells the process which build to read: it takes no arguments."""
_ready: dict[Path, tuple[Graph, _Resident]] = {}
_IMPORTED: Final = (
    "_strptime", "edtf", "rapidfuzz.fuzz", "rapidfuzz.process", "rapidfuzz.utils", "rdflib.plugins.sparql.algebra",
    "rdflib.plugins.sparql.parser", "treatygraph.build.as_known", "treatygraph.model.names",
)  # fmt: skip
"""What is imported only when something asks for it, beside the rooms below."""


@contextmanager
def announced(build: Build, limit: int) -> Iterator[None]:
    """Let the process that workers are forked from, if it is started meanwhile, read a build beforehand.

    Args:
        build: what it reads.
        limit: bytes; a store that takes more on disk stays there, and each worker opens it for itself.
    """
    if size_on_disk(build.store) > limit:
        yield
        return
    os.environ[_ANNOUNCED] = str(build.folder)
    try:
        yield
    finally:
        if os.environ.get(_ANNOUNCED) == str(build.folder):  # another build may have been announced since
            del os.environ[_ANNOUNCED]


def prepare() -> None:
    """Read the build that was announced, if one was; where it is damaged, the workers will say so."""
    place = os.environ.pop(_ANNOUNCED, None)
    store = copied(Build(Path(place)).store) if place else None
    if not (place and store is not None):
        return
    with contextlib.suppress(StoreError):
        build = _Resident(Path(place), store)
        graph = Graph(build)
        warm(graph)
        build.file.close()  # an open file of the index is not for two processes
        _ready[build.folder] = graph, build


def graph_of(build: Build) -> Graph:
    """A graph that is open and warm.

    Raises:
        StoreError: it cannot be read.
    """
    if build.folder in _ready:
        graph, resident = _ready[build.folder]
        resident.file.open()
        return graph
    graph = Graph(build)
    warm(graph)
    return graph


class _Resident(Build):
    """A build whose store is in memory, and whose index can be opened again by a forked child."""

    def __init__(self, folder: Path, store: pyoxigraph.Store) -> None:
        super().__init__(folder)
        self._engine = _InMemory(folder, store)
        self.file = IndexFile(self.index)
        self._read = Index(self.file, folder.name.removeprefix("graph-"))

    def open_index(self) -> Index:
        """The one index."""
        return self._read

    def engine(self) -> Local:
        """Who answers from memory."""
        return self._engine


class _InMemory(Local):
    """A store in memory."""

    def __init__(self, folder: Path, held: pyoxigraph.Store) -> None:
        super().__init__(folder)
        self._held = held

    @property
    def store(self) -> pyoxigraph.Store:
        """The store."""
        return self._held


def size_on_disk(store: Path) -> int:
    """Bytes that the folder of a store takes."""
    return sum(file.stat().st_size for file in store.iterdir())


def copied(store: Path) -> pyoxigraph.Store | None:
    """A copy in memory of the store in a folder; None where it cannot be read.

    A child reads the files and hands over what it finds, so that this process stays without threads.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _hand_over(store, writer)
    os.close(writer)
    found = pyoxigraph.Store()
    try:
        with os.fdopen(reader, "rb") as pipe:
            found.bulk_load(pipe, format=pyoxigraph.RdfFormat.N_QUADS)
    except (OSError, SyntaxError):
        return None
    finally:
        _, status = os.waitpid(child, 0)
    return None if status else found


def _hand_over(store: Path, writer: int) -> None:
    """Write all quads into a pipe and end: with 0 if they are all."""
    status = 1
    try:
        with os.fdopen(writer, "wb") as pipe:
            pyoxigraph.Store.read_only(str(store)).dump(pipe, format=pyoxigraph.RdfFormat.N_QUADS)
        status = 0
    finally:
        os._exit(status)


def warm(graph: Graph) -> None:
    """Make the graph answer one question of every kind."""
    for name in _IMPORTED:
        import_module(name)
    templating.load()
    for room in (answers, ask, draw, labels, language, law, read, computed):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            with contextlib.suppress(ImportError):  # a picture whose library is not installed
                import_module(module.name)
    guard("SELECT * FROM <https://w3id.org/treatygraph/graph/derived> { }", allow_service=False)
    graph.between("USA", "RUS", "2020-01-01")
    for name in ("npt", "RUS", "2021-05-open-skies", "a name in no language"):
        for question in (graph.show, graph.timeline, graph.claims):
            with contextlib.suppress(TreatygraphError):
                question(name)
    graph.ask("What remains between the US and Russia?")
    graph.ask("What if France leaves the NPT?")
    graph.read("Russia withdrew from the INF Treaty, which Ronald Reagan had signed in 1987.", date="2020-01-01")
    for named in catalogue():
        if named.function:
            graph.query(named.name, named.examples, limit=1)
    search.hits(graph.index(), "New START")
    for name in ("home", "records"):
        pages.page(graph, name, {}, Setting(EDITION_DAY))
    for place, asked in (("between", {"a": "USA", "b": "RUS"}), ("instrument", {"instrument": "npt"})):
        for picture in PICTURES:  # outlines of states are read from a file
            with contextlib.suppress(TreatygraphError, ImportError):
                drawing_of(graph, place, asked, picture, Setting(EDITION_DAY))
    Span.parse("1993-01/1993-03")
    graph.sparql("SELECT * { ?s a ?c } LIMIT 10")
    gc.collect()
    gc.freeze()


if _ANNOUNCED in os.environ:  # only where workers are forked: the server has imported this before it announces anything
    import_module("treatygraph.web.worker")  # so that no worker has to
    prepare()
