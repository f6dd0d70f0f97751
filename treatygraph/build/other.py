"""Another record than that of this installation: an earlier release or somebody's folder, built to be compared."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from treatygraph.build.cache import built
from treatygraph.build.index import Index
from treatygraph.build.location import cache_folder
from treatygraph.model.errors import FactsError, StoreError, UsageError
from treatygraph.model.version import RECORD_VERSION, Edition

__all__ = ["EDITION_FILE", "OtherRecord", "other_record"]

EDITION_FILE: Final = "edition.json"
"""Beside the tables of a released record: its version and day; the digest is worked out anew."""
_WHERE: Final = "TREATYGRAPH_RECORDS"


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """A record that is open for reading."""

    index: Index
    edition: Edition
    """Version and day are empty where the folder does not say them."""
    notes: tuple[str, ...]
    """What was read otherwise than it was written."""


@contextlib.contextmanager
def other_record(where: str) -> Iterator[OtherRecord]:
    """The record in a folder or an archive of a release, or of a version, open for reading.

    A folder is one of facts (``instruments/``, ``acts/`` …), or has one called ``graph``. A version is looked for in
    the folder that ``TREATYGRAPH_RECORDS`` names (default: ``records`` in the cache), as a folder ``VERSION`` or an
    archive ``treatygraph-facts-VERSION.tar.gz``, then among the tags ``record-VERSION`` of the checkout.

    Raises:
        UsageError: there is no such folder, or no record of that version.
        FactsError: the facts cannot be read, not as an older release wrote them either.
    """
    with contextlib.ExitStack() as stack:
        folder = _facts_in(_located(where, stack), where)
        index, notes = _opened(folder, stack)
        stack.callback(index.close)
        yield OtherRecord(index, _edition(folder, index), notes)


def _located(where: str, stack: contextlib.ExitStack) -> Path:
    """The folder that is meant, unpacked if need be."""
    path = Path(where)
    if path.is_dir():
        return path
    if path.is_file():
        return _unpacked(path, stack)
    if not where[:1].isdigit():
        raise UsageError(f"'{where}' is no folder; give a folder of facts, an archive of a release, or a version.")
    if where == RECORD_VERSION:
        raise UsageError(f"{where} is the version of the record that is here; give an earlier one, or a folder.")
    home = Path(os.environ.get(_WHERE) or cache_folder() / "records")
    for name in (where, f"treatygraph-facts-{where}.tar.gz"):
        if (home / name).is_dir():
            return home / name
        if (home / name).is_file():
            return _unpacked(home / name, stack)
    if tagged := _tagged(where, stack):
        return tagged
    raise UsageError(
        f"no record of version {where} is here; put treatygraph-facts-{where}.tar.gz of that release into {home}, or "
        "give its folder."
    )


def _unpacked(archive: Path, stack: contextlib.ExitStack) -> Path:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="treatygraph-record-")))
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as problem:
        raise UsageError(
            f"'{archive}' cannot be unpacked: {problem}; give a folder or an archive of a release."
        ) from None
    return folder


def _tagged(version: str, stack: contextlib.ExitStack) -> Path | None:
    """The facts of a tag of the checkout; None where this is no checkout, or it has no such tag."""
    root = Path(__file__).resolve().parent.parent.parent
    if not (root / ".git").exists():
        return None
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="treatygraph-record-")))
    packed = folder / "graph.tar"
    words = ["git", "-C", str(root), "archive", "--output", str(packed), f"record-{version}", "graph"]
    try:
        done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return _unpacked(packed, stack) if done.returncode == 0 else None


def _facts_in(folder: Path, where: str) -> Path:
    for place in (folder, folder / "graph", *sorted(folder.glob("*/graph")), *sorted(folder.glob("*"))):
        if (place / "instruments").is_dir() and (place / "sources.csv").is_file():
            return place
    raise UsageError(f"'{where}' has no facts; a folder of facts has sources.csv, instruments/ and acts/.")


def _opened(folder: Path, stack: contextlib.ExitStack) -> tuple[Index, tuple[str, ...]]:
    """The index of the facts: from the cache where they have the form of today, else in memory."""
    from treatygraph.facts.older import brought_up, is_older

    if not is_older(folder):
        try:
            return built(folder).open_index(), ()
        except FactsError:
            pass  # what the checks of today find in an older record does not keep it from being read
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="treatygraph-record-"))) / "graph"
    notes = brought_up(folder, place)
    return _in_memory(place), notes


def _in_memory(folder: Path) -> Index:
    from treatygraph.build.documents import documents
    from treatygraph.build.storage import MemoryStorage
    from treatygraph.facts import digest, read
    from treatygraph.law.derivations import Corpus
    from treatygraph.triplestore.load import topics

    facts = read(folder)
    storage = MemoryStorage(documents(facts, Corpus(facts).derivations(), topics()))
    return Index(storage, digest(folder)[:24])


def _edition(folder: Path, index: Index) -> Edition:
    for path in (folder / EDITION_FILE, folder.parent / EDITION_FILE):
        if path.is_file():
            try:
                said = json.loads(path.read_text(encoding="utf-8"))
                return Edition(str(said["version"]), str(said["day"]), index.digest)
            except (ValueError, KeyError, TypeError) as problem:
                raise StoreError(f"{path} does not say version and day of the record: {problem}.") from None
    return Edition("", "", index.digest)
