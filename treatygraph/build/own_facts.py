"""The build of the record with a user's own facts laid over it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from treatygraph.build.cache import Build, built
from treatygraph.build.location import cache_folder
from treatygraph.facts import digest
from treatygraph.facts.overlay import Overlaid, lay_over
from treatygraph.model.errors import FactsError, UsageError
from treatygraph.model.folders import facts_folder

__all__ = ["FACTS_VARIABLE", "built_with_own", "merged_folder", "own_folder"]

FACTS_VARIABLE: Final = "TREATYGRAPH_FACTS"
"""Names a folder of own facts for every command, as ``--facts`` does for one."""
_KEPT: Final = 3
"""How many merged folders stay in the cache: each is as large as the record's facts, some 6 MB."""


def own_folder(facts: Path | str | None = None) -> Path | None:
    """The folder of own facts that is asked for, or that ``TREATYGRAPH_FACTS`` names; None: none."""
    named = facts or os.environ.get(FACTS_VARIABLE)
    return Path(named) if named else None


def merged_folder(own: Path, base: Path | None = None) -> tuple[Path, Overlaid | None]:
    """The folder of the record with own facts laid over it, made once for the same contents.

    Returns:
        The folder; what was laid over where it was made now, else None.

    Raises:
        UsageError: there is no such folder.
        FactsError: what it holds cannot be laid over the record; places are those of the own folder.
    """
    if not own.is_dir():
        raise UsageError(f"'{own}' is no folder; begin one with 'treatygraph new facts {own}'.")
    record = facts_folder(base)
    name = hashlib.sha256(f"{digest(record)}\0{digest(own)}\0{own.resolve().name}".encode()).hexdigest()[:24]
    home = cache_folder() / "own"
    home.mkdir(mode=0o700, exist_ok=True)
    folder = home / name / "graph"
    if folder.is_dir():
        os.utime(folder.parent)
        return folder, None
    with tempfile.TemporaryDirectory(prefix=".laying-", dir=home, ignore_cleanup_errors=True) as place:
        overlaid = lay_over(record, own, Path(place) / "graph")
        try:
            Path(place).replace(home / name)
        except OSError:  # another process was first
            if not folder.is_dir():
                raise
    _sweep(home, name)
    return folder, overlaid


def _sweep(home: Path, keep: str) -> None:
    folders = sorted((path for path in home.iterdir() if not path.name.startswith(".")), key=_used, reverse=True)
    for path in folders[_KEPT:]:
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def built_with_own(own: Path, base: Path | None = None, *, talk: Callable[[str], None] | None = None) -> Build:
    """The build of the record with own facts laid over it; what they do not touch is taken over from an earlier one.

    Raises:
        UsageError: there is no such folder.
        FactsError: the facts are broken; places in own files are named as such, ``FOLDER/acts/npt.csv:2``.
        StoreError: the build cannot be written.
    """
    folder, overlaid = merged_folder(own, base)
    try:
        return built(folder, talk=talk)
    except FactsError as problem:
        known = overlaid or _again(own, base)
        findings = [
            replace(finding, place=f"{own.resolve().name}/{place}")
            if (place := known.place(finding.place))
            else finding
            for finding in problem.findings
        ]
        raise FactsError(findings) from None


def _again(own: Path, base: Path | None) -> Overlaid:
    with tempfile.TemporaryDirectory(prefix="treatygraph-own-") as place:
        return lay_over(facts_folder(base), own, Path(place) / "graph")
