"""What workers have from the process that they are forked from: a graph that is open, in memory, and warm."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph

from treatygraph.build.cache import Build
from treatygraph.build.index import Index
from treatygraph.build.index_file import IndexFile
from treatygraph.graph import Graph
from treatygraph.model.errors import StoreError
from treatygraph.triplestore.sparql import Local
from treatygraph.web.resident import copied, size_on_disk
from treatygraph.web.warming import warm

__all__ = ["announced", "graph_of", "prepare"]

_ANNOUNCED: Final = "TREATYGRAPH_SERVED_BUILD"
"""The variable that tells the process which build to read: it takes no arguments."""
_ready: dict[Path, tuple[Graph, _Resident]] = {}


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
