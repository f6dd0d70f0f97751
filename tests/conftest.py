"""What tests ask for: a tiny record to break, a bench for a rule of the law, the real graph, a server, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from law_bench import Bench
from real_record import Record
from serving import PATIENCE, serving
from tiny_record import Tiny, write
from treatygraph.build.cache import built
from treatygraph.build.documents import documents
from treatygraph.build.index import Index
from treatygraph.build.storage import MemoryStorage
from treatygraph.facts import read
from treatygraph.graph import Graph, open_graph
from treatygraph.law.derivations import Corpus
from treatygraph.model.folders import room
from treatygraph.model.records import Facts
from treatygraph.triplestore.load import topics

if TYPE_CHECKING:
    from wikidata_world import MakeClient, Proxy

SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""A browser that talks to nobody of its own accord."""

# The suite tries the same cases every time; scripts/fuzz is for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A fresh tiny record, in which no check finds anything."""
    return write(tmp_path / "graph")


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The facts of the real graph, read once for all tests."""
    return read(room("graph"))


@pytest.fixture(scope="session")
def corpus(facts: Facts) -> Corpus:
    """The real graph, derived once for all tests."""
    return Corpus(facts)


@pytest.fixture(scope="session")
def graph_index(facts: Facts, corpus: Corpus) -> Index:
    """The documents of the real graph, made once for all tests."""
    return Index(MemoryStorage(documents(facts, corpus.derivations(), topics())))


@pytest.fixture(scope="session")
def record(facts: Facts, corpus: Corpus) -> Record:
    """The real record, asked instrument by instrument."""
    return Record(facts, corpus, {(item.reading, item.instrument): item for item in corpus.derivations()})


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Small cards and ledgers to try a rule on."""
    return Bench()


@pytest.fixture(scope="session")
def built_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache with the real graph built in it, once; commands of the session use it.

    ``TREATYGRAPH_TEST_CACHE`` names a folder in which builds stay from one run of the tests to the next. Without it,
    tests that run side by side in several processes share one: the first that needs the graph builds it.
    """
    kept = os.environ.get("TREATYGRAPH_TEST_CACHE")
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if os.environ.get("PYTEST_XDIST_WORKER") else here
    cache = Path(kept) if kept else shared / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYGRAPH_CACHE", str(cache))
        _ = built(talk=lambda _: None).store  # tests of what a command says and takes do not wait for it
        yield cache


@pytest.fixture(scope="session")
def graph(built_cache: Path) -> Iterator[Graph]:
    """The real graph, opened once."""
    assert built_cache.is_dir()
    opened = open_graph()
    yield opened
    opened.close()


# Not for the session: while it is open, no other test of the process can run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; a machine without one skips, unless everything is required."""
    path = shutil.which("chromium")
    if path is None:
        message = "chromium is not installed"
        pytest.fail(message) if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1" else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=list(SWITCHES), timeout=1000 * PATIENCE)
        yield running
        running.close()


@pytest.fixture(scope="session")
def web(built_cache: Path) -> Iterator[str]:
    """The address of a server of the real graph, run by the command line as users run it."""
    assert built_cache.is_dir()
    with serving("--max-rows", "20000", "--max-size", "4", "--max-seconds", "120") as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """Runs a server with options of one's own; gives its address."""
    return serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A query service that holds the small world of ``data/wikidata.ttl``, started once for all tests of Wikidata."""
    from wikidata_world import small_world

    with small_world(tmp_path_factory.mktemp("oxigraph") / "store") as address:
        yield address


@pytest.fixture
def proxy(server: str) -> Iterator[Proxy]:
    """Stands before that server."""
    from wikidata_world import standing_before

    with standing_before(server) as made:
        yield made


@pytest.fixture
def client(tmp_path: Path, server: str) -> Iterator[MakeClient]:
    """Makes clients that share one memory on disk, as runs of one user do."""
    from wikidata_world import clients_of

    with clients_of(server, tmp_path / "cache" / "answers.sqlite") as make:
        yield make
