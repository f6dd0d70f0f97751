"""The built graph on disk: the index, made once from the facts, and an Oxigraph store, made when a query asks for it.

A build goes into a folder of its own and is moved into place whole, so that readers never see
half of one; so does its store. Its name is a digest of the facts, the ontology and the code.
After a change of the facts, what the change cannot reach is taken over from an earlier build of the same code.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.build.location import cache_folder, is_own_folder, labels_file
from treatygraph.build.locks import alone, is_shared, shared
from treatygraph.model.errors import StoreError
from treatygraph.model.folders import facts_folder, room
from treatygraph.model.version import VERSION

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.triplestore.sparql import Local

__all__ = ["Build", "built", "cache_folder", "labels_file", "ready"]

Talk = Callable[[str], None]
_PACKAGE = Path(__file__).resolve().parent.parent
BUILD_DEPENDS = ("build", "checks", "facts", "labels", "law", "model", "triplestore/graphs.py", "triplestore/load.py",
                 "triplestore/quads")  # fmt: skip
"""What of the package a build depends on: a change in anything else needs no new build."""
_QUADS = "quads.txt"
"""The file beside a store that says how many quads it holds."""
_HELD = 400 << 20
"""Bytes of the largest index from which a changed one is made; a larger one is made anew, batch by batch."""
_KEPT = 3
"""How many older builds stay in the cache."""
_RECENT = 900
"""Seconds after its last use in which a build is not swept away."""
_IN_USE = "in-use"
"""The file in a build that is locked by whoever answers from it for long."""
_NAME = re.compile(r"graph-[0-9a-f]{24}")
"""The name of a build's folder."""
_TRIES = 3
"""How often a build is begun anew because the facts changed meanwhile."""


class Build:
    """A finished build: where the index is, and the store."""

    def __init__(self, folder: Path, talk: Talk | None = None) -> None:
        self.folder = folder
        self.index = folder / "index.sqlite"
        self._talk = talk or _to_stderr

    @property
    def store(self) -> Path:
        """The folder of the store, which is laid down when it is first asked for: that takes some seconds.

        Raises:
            StoreError: it cannot be written, or the index is damaged.
        """
        folder = self.folder / "store"
        if not folder.is_dir():
            _lay_down(self, folder, self._talk)
        return folder

    def open_index(self) -> Index:
        """The index, open for reading."""
        from treatygraph.build.index import Index
        from treatygraph.build.index_file import IndexFile

        return Index(IndexFile(self.index), self.folder.name.removeprefix("graph-"))

    def engine(self) -> Local:
        """Who answers queries."""
        from treatygraph.triplestore.sparql import Local

        return Local(self.folder / "store", lambda: self.store)

    @property
    def is_there(self) -> bool:
        """Whether the build is still in its place: a cleaner of temporary folders may have taken it."""
        return (self.folder / "manifest.json").is_file() and self.index.is_file()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep the build from being swept away for as long as something answers from it."""
        with contextlib.suppress(OSError), shared(self.folder / _IN_USE):
            yield
            return
        yield  # a folder that cannot be written: it is marked by its time alone

    @property
    def manifest(self) -> dict[str, object]:
        """What was built: version, digest of the code, counts of records, and of the quads in the store.

        Raises:
            StoreError: the store was not there yet and cannot be written.
        """
        return {**_made(self.folder), "quads": int((self.store.parent / _QUADS).read_text(encoding="ascii"))}


def built(graph: Path | None = None, *, again: bool = False, talk: Talk | None = None) -> Build:
    """The build of the facts in ``graph`` (default: those of this installation), made if need be.

    Args:
        graph: a folder of facts.
        again: build even if there is a build of these facts.
        talk: told about a build that takes a while; default: one line to stderr.

    Raises:
        UsageError: ``graph`` is no folder of facts.
        FactsError: the facts are broken; nothing is written and older builds stay.
        StoreError: the build cannot be written.
    """
    facts = facts_folder(graph)
    cache = cache_folder()
    stamped = _stamp(facts)
    stamp = cache / f"stamp-{stamped}"
    if not again and (stamped_build := _stamped(stamp, talk)):
        _mark_used(stamped_build)
        return stamped_build
    for _ in range(_TRIES):
        code = _code()
        build = Build(cache / f"graph-{_digest(facts, code)}", talk)
        if _is_there(facts, build, code, again=again, talk=talk or _to_stderr):
            if _stamp(facts) == stamped:
                _write_whole(stamp, build.folder.name)
            return build
    raise StoreError(f"the facts in {facts} change while they are read; ask again when they rest.")


def _is_there(facts: Path, build: Build, code: str, *, again: bool, talk: Talk) -> bool:
    """Make the build unless it is there; False when the facts or the code are others by now."""
    if not again and (build.folder / "manifest.json").is_file():
        return True
    with alone(build.folder.parent / "lock"):
        if not again and (build.folder / "manifest.json").is_file():
            return True
        return _make(facts, build, code, again=again, talk=talk)


def ready(graph: Path | None = None) -> Build | None:
    """The build of the facts in ``graph`` if it is there already; nothing is built, so it takes no time."""
    return _stamped(cache_folder() / f"stamp-{_stamp(graph or room('graph'))}")


def _stamped(stamp: Path, talk: Talk | None = None) -> Build | None:
    """The build that a stamp names, if it is there.

    Raises:
        StoreError: the build belongs to somebody else.
    """
    try:
        name = stamp.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return None
    build = Build(stamp.parent / name, talk)
    if not _NAME.fullmatch(name) or not build.is_there:
        return None
    if not is_own_folder(build.folder):
        raise StoreError(f"{build.folder} is a link or belongs to somebody else; delete it.")
    return build


def _to_stderr(message: str) -> None:
    print(message, file=sys.stderr)


def _files(graph: Path) -> Iterator[os.DirEntry[str]]:
    for folder in (graph, room("ontology")):
        yield from _below(str(folder))
    for name in BUILD_DEPENDS:
        if name.endswith(".py"):
            with os.scandir(_PACKAGE / Path(name).parent) as entries:
                yield from (entry for entry in entries if entry.name == Path(name).name)
        else:
            yield from _below(str(_PACKAGE / name))


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
    """A quick fingerprint from names, sizes, times and numbers of files: equal means that nothing was touched.

    The time of change and the number tell a file that was replaced by one of the same size and time (``rsync -t``).
    """
    state = hashlib.sha256(f"{VERSION}\0{sys.version}".encode())
    for line in sorted(map(_seen, _files(graph))):
        state.update(line.encode(errors="surrogateescape") + b"\n")
    return state.hexdigest()[:24]


def _seen(entry: os.DirEntry[str]) -> str:
    about = entry.stat()
    return "\0".join(map(str, (entry.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)))


def _digest(graph: Path, code: str) -> str:
    """The fingerprint of contents: the facts, and what derives from them."""
    from treatygraph.facts import digest

    return hashlib.sha256(f"{code}\0{digest(graph)}".encode()).hexdigest()[:24]


def _code() -> str:
    """The fingerprint of the ontology and of the code that derives standings from facts."""
    state = hashlib.sha256(f"{VERSION}\0{digest_of_ontology()}".encode())
    for name in BUILD_DEPENDS:
        for path in sorted((_PACKAGE / name).rglob("*.py")) or [_PACKAGE / name]:
            state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()[:24]


def digest_of_ontology() -> str:
    """The fingerprint of the ontology's files."""
    state = hashlib.sha256()
    for path in sorted(room("ontology").glob("*.ttl")):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


@contextlib.contextmanager
def _workshop(cache: Path) -> Iterator[Path]:
    """A folder to build in, which is gone afterwards; whoever works in it holds the lock.

    Raises:
        StoreError: what goes into it cannot be written.
    """
    import shutil
    import tempfile

    try:
        for left in cache.glob(".building-*"):  # by one that was killed: nobody else builds while the lock is held
            shutil.rmtree(left, ignore_errors=True)
        with (
            tempfile.TemporaryDirectory(prefix=".building-", dir=cache, ignore_cleanup_errors=True) as folder,
            _collected_young(),
        ):
            yield Path(folder)
    except (OSError, sqlite3.Error) as problem:
        raise StoreError(
            f"the build cannot be written: {problem}; free some space or set TREATYGRAPH_CACHE."
        ) from problem


def _make(graph: Path, build: Build, code: str, *, again: bool, talk: Talk) -> bool:
    """Make the build in place of one that may be there; False when the facts or the code are others by now."""
    import tempfile

    cache = build.folder.parent
    before = None if again else _before(cache, code)
    if before:
        talk("treatygraph: taking in what changed …")
    else:
        talk("treatygraph: building the graph from its facts (once, some seconds) …")
    with _workshop(cache) as folder:
        _fill(graph, Build(folder), before, code)
        if build.folder.name != f"graph-{_digest(graph, _code())}":
            return False
        if build.folder.exists():
            old = Path(tempfile.mkdtemp(prefix=".old-", dir=cache))
            build.folder.replace(old / "graph")
        folder.replace(build.folder)
    _sweep(cache, build)
    return True


def _before(cache: Path, code: str) -> Build | None:
    """The build by the same code that was used last, unless it is too large to be held in memory."""
    for folder in sorted(cache.glob("graph-*"), key=_last_use, reverse=True):
        with contextlib.suppress(OSError, ValueError):
            build = Build(folder)
            if _made(folder).get("code") == code:
                return build if build.index.stat().st_size <= _HELD else None
    return None


def _last_use(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _made(folder: Path) -> dict[str, object]:
    manifest: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _lay_down(build: Build, store: Path, talk: Talk) -> None:
    """Put the store of a finished build into place."""
    from treatygraph.build.pipeline import make_store

    cache = build.folder.parent
    _mark_used(build)
    with alone(cache / "lock"):
        if store.is_dir():
            return
        talk("treatygraph: laying down the graph for queries (once, some seconds) …")
        with _workshop(cache) as folder:
            quads = make_store(build.index, folder / "store", talk)
            (build.folder / _QUADS).write_text(f"{quads}\n", encoding="ascii")
            (folder / "store").replace(store)


@contextlib.contextmanager
def _collected_young() -> Iterator[None]:
    """Circles are looked for among new objects only: among all that a build keeps it takes a fifth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _fill(graph: Path, build: Build, before: Build | None, code: str) -> None:
    """Write the index, and what was counted."""
    from treatygraph.build.pipeline import make_index

    counts = make_index(graph, build.index, before.index if before else None)
    manifest = {"version": VERSION, "code": code, **counts}
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
    recent = time.time() - _RECENT
    gone = {
        path.name
        for path in builds[_KEPT:]
        if path != keep.folder and path.stat().st_mtime < recent and not is_shared(path / _IN_USE)
    }
    for name in gone:
        shutil.rmtree(cache / name, ignore_errors=True)
    for stamp in cache.glob("stamp-*"):
        if stamp.read_text(encoding="ascii", errors="replace").strip() in gone:
            stamp.unlink(missing_ok=True)
