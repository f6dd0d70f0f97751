"""The built graph on disk: an Oxigraph store and the index beside it, made once from the facts.

A build goes into a folder of its own and is moved into place whole, so that readers never see
half of one. Its name is a digest of the facts, the ontology and the version of this package.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.errors import FactsError, StoreError
from treatygraph.rooms import room
from treatygraph.version import VERSION

if TYPE_CHECKING:
    from treatygraph.index import Index
    from treatygraph.sparql import Engine

__all__ = ["Build", "built", "cache_folder", "labels_file", "ready"]

Talk = Callable[[str], None]
_PACKAGE = Path(__file__).resolve().parent
DERIVING = (
    "bonds", "checks", "cites", "codec", "dates", "documents", "errors", "facts", "index", "law", "links", "loading",
    "names", "quads", "reasons", "records", "rooms", "shelf", "store", "terms", "version", "vocabulary",
)  # fmt: skip
"""The rooms of the package that a build depends on: a change in any other needs no new build."""
_KEPT = 3
"""How many older builds stay in the cache."""
_IN_USE = 900
"""Seconds after its last use in which a build is not swept away."""
_TRIES = 3
"""How often a build is begun anew because the facts changed meanwhile."""


class Build:
    """A finished build: where the store and the index are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.index = folder / "index.sqlite"

    def shelf(self) -> Index:
        """The index, open for reading."""
        from treatygraph.index import Index

        return Index(self.index)

    def engine(self) -> Engine:
        """Who answers queries."""
        from treatygraph.sparql import Local

        return Local(self.store)

    @property
    def manifest(self) -> dict[str, object]:
        """What was built from which facts: digest, version, counts."""
        found: dict[str, object] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return found


def cache_folder() -> Path:
    """Where builds are kept: ``$TREATYGRAPH_CACHE``, else the user's cache, else a temporary folder."""
    wanted = os.environ.get("TREATYGRAPH_CACHE")
    home = os.environ.get("XDG_CACHE_HOME")
    folder = Path(wanted) if wanted else (Path(home) if home else Path("~/.cache").expanduser()) / "treatygraph"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder.resolve()
    if wanted:
        raise StoreError(f"the folder {folder} of TREATYGRAPH_CACHE cannot be written; choose another.")
    return _spare()


def _spare() -> Path:
    """A folder of the user's own among the temporary files, which others can write beside."""
    import tempfile  # here and below: an answer from a finished build needs neither of the two

    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"treatygraph-{'user' if user is None else user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if user is not None and (not stat.S_ISDIR(found.st_mode) or found.st_uid != user or found.st_mode & 0o077):
        raise StoreError(f"{folder} does not belong to you alone; set TREATYGRAPH_CACHE to a folder that does.")
    return folder


def labels_file() -> Path:
    """Where labels taken in from Wikidata are kept: in the cache, beside the builds and never in them."""
    return cache_folder() / "wikidata" / "labels.csv"


def built(graph: Path | None = None, *, again: bool = False, talk: Talk | None = None) -> Build:
    """The build of the facts in ``graph`` (default: those of this installation), made if need be.

    Args:
        graph: a folder of facts.
        again: build even if there is a build of these facts.
        talk: told about a build that takes a while; default: one line to stderr.

    Raises:
        FactsError: the facts are broken; nothing is written and older builds stay.
        StoreError: the build cannot be written.
    """
    facts = graph or room("graph")
    cache = cache_folder()
    stamped = _stamp(facts)
    stamp = cache / f"stamp-{stamped}"
    if not again and stamp.is_file():
        build = Build(cache / stamp.read_text(encoding="ascii").strip())
        if (build.folder / "manifest.json").is_file():
            _mark_used(build)
            return build
    for _ in range(_TRIES):
        build = Build(cache / f"graph-{_digest(facts)}")
        if _is_there(facts, build, cache, again=again, talk=talk or _to_stderr):
            if _stamp(facts) == stamped:
                _write_whole(stamp, build.folder.name)
            return build
    raise StoreError(f"the facts in {facts} change while they are read; ask again when they rest.")


def _is_there(facts: Path, build: Build, cache: Path, *, again: bool, talk: Talk) -> bool:
    """Make the build unless it is there; False when the facts are others by now."""
    if not again and (build.folder / "manifest.json").is_file():
        return True
    with _lock(cache):
        if not again and (build.folder / "manifest.json").is_file():
            return True
        return _make(facts, build, cache, talk)


def ready(graph: Path | None = None) -> Build | None:
    """The build of the facts in ``graph`` if it is there already; nothing is built, so it takes no time."""
    stamp = cache_folder() / f"stamp-{_stamp(graph or room('graph'))}"
    build = Build(stamp.parent / stamp.read_text(encoding="ascii").strip()) if stamp.is_file() else None
    return build if build and (build.folder / "manifest.json").is_file() else None


def _to_stderr(message: str) -> None:
    print(message, file=sys.stderr)


def _files(graph: Path) -> Iterator[os.DirEntry[str]]:
    for folder in (graph, room("ontology")):
        yield from _below(str(folder))
    with os.scandir(_PACKAGE) as entries:
        for entry in entries:
            if entry.name.removesuffix(".py") in DERIVING:
                yield from _below(entry.path) if entry.is_dir() else (entry,)


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                elif entry.name.endswith((".yaml", ".csv", ".tsv", ".ttl", ".py")):
                    yield entry


def _stamp(graph: Path) -> str:
    """A quick fingerprint from names, sizes and times: equal means that nothing was touched."""
    found = hashlib.sha256(f"{VERSION}\0{sys.version}".encode())
    for line in sorted(f"{e.path}\0{e.stat().st_size}\0{e.stat().st_mtime_ns}" for e in _files(graph)):
        found.update(line.encode(errors="surrogateescape") + b"\n")
    return found.hexdigest()[:24]


def _digest(graph: Path) -> str:
    """The fingerprint of contents: facts, ontology, and the code that derives from them."""
    from treatygraph.facts import digest

    found = hashlib.sha256(f"{VERSION}\0{digest(graph)}\0{digest_of_ontology()}".encode())
    for name in DERIVING:
        for path in sorted((_PACKAGE / name).rglob("*.py")) or [_PACKAGE / f"{name}.py"]:
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:24]


def digest_of_ontology() -> str:
    """The fingerprint of the ontology's files."""
    found = hashlib.sha256()
    for path in sorted(room("ontology").glob("*.ttl")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@contextlib.contextmanager
def _lock(cache: Path) -> Iterator[None]:
    """One build at a time; a second one waits and then finds the work done."""
    try:
        import fcntl
    except ImportError:  # not a POSIX system: two builds at once cost time, not safety
        yield
        return
    with (cache / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(graph: Path, build: Build, cache: Path, talk: Talk) -> bool:
    import shutil
    import tempfile

    talk("treatygraph: building the graph from its facts (once, some seconds) …")
    for left in cache.glob(".building-*"):  # by one that was killed: nobody else builds while the lock is held
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=cache))
    try:
        with _collected_young():
            _fill(graph, Build(folder), talk)
        if build.folder.name != f"graph-{_digest(graph)}":
            return False
        if build.folder.exists():
            old = Path(tempfile.mkdtemp(prefix=".old-", dir=cache))
            build.folder.replace(old / "graph")
        folder.replace(build.folder)
    except (OSError, sqlite3.Error) as problem:
        raise StoreError(
            f"the build cannot be written: {problem}; free some space or set TREATYGRAPH_CACHE."
        ) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _sweep(cache, build)
    return True


@contextlib.contextmanager
def _collected_young() -> Iterator[None]:
    """Circles are looked for among new objects only: among all that a build keeps it takes a fifth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _fill(graph: Path, build: Build, talk: Talk) -> None:
    """Read the facts, derive the standings, write the store and the index."""
    from treatygraph.checks import stops
    from treatygraph.documents import documents
    from treatygraph.facts import read
    from treatygraph.index import write_index
    from treatygraph.law.corpus import Corpus
    from treatygraph.loading import load_store, topics

    facts = read(graph)
    problems = stops(facts)
    if problems:
        raise FactsError(problems)
    corpus = Corpus(facts)
    derivations = corpus.derivations()
    triples = load_store(build.store, facts, derivations, talk)
    write_index(build.index, documents(facts, derivations, topics()))
    manifest = {
        "version": VERSION,
        "quads": triples,
        "instruments": len(facts.instruments),
        "acts": sum(map(len, facts.acts.values())),
        "standings": sum(len(item.standings) for item in derivations),
        "events": len(facts.events),
        "sources": len(facts.sources),
    }
    (build.folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")


def _write_whole(path: Path, text: str) -> None:
    import tempfile

    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=".stamp-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(text)
        Path(name).replace(path)


def _mark_used(build: Build) -> None:
    """Note that somebody reads a build now, so that no other build sweeps it away."""
    with contextlib.suppress(OSError):
        os.utime(build.folder)


def _sweep(cache: Path, keep: Build) -> None:
    """Remove what older builds left; the few that were used last stay, and all that were used a moment ago."""
    import shutil

    for path in cache.glob(".old-*"):
        shutil.rmtree(path, ignore_errors=True)
    builds = sorted(cache.glob("graph-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    recent = time.time() - _IN_USE
    gone = {path.name for path in builds[_KEPT:] if path != keep.folder and path.stat().st_mtime < recent}
    for name in gone:
        shutil.rmtree(cache / name, ignore_errors=True)
    for stamp in cache.glob("stamp-*"):
        if stamp.read_text(encoding="ascii", errors="replace").strip() in gone:
            stamp.unlink(missing_ok=True)
