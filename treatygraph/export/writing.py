"""Writes files and folders whole or not at all: beside their place first, then moved into it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from treatygraph.model.errors import StoreError, UsageError

__all__ = ["CROISSANT", "HOMEPAGE", "MARK", "whole_file", "whole_folder"]

MARK: Final = "datapackage.json"
"""The file that lists what an export wrote: the standard name of a data package, so others write it too."""
CROISSANT: Final = "croissant.json"
"""The same tables in the words of Croissant: no table itself, which is all that a tabular data package may list."""
HOMEPAGE: Final = "https://w3id.org/treatygraph/"
"""What the descriptor of every export of ours names, beside its own name."""
_OURS: Final = r"treatygraph(-[a-z0-9-]+)?"
_DEEP: Final = "treatygraph-site"
"""The one export with folders of its own; the list of another that names a file in a folder is not believed."""


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[Path]:
    """A place to write a file to; it is moved to ``path`` when all went well.

    Raises:
        UsageError: there is something at ``path`` and ``force`` is not set, or it is a folder.
        StoreError: it cannot be written.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}; make it, or choose another.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no ordinary file; name another one.")
    if os.path.lexists(path) and not force:
        raise UsageError(f"{path} is there already; choose another place, or replace it with --force.")
    with _mishaps(path), _beside(path) as folder:
        target = folder / path.name
        yield target
        target.replace(path)


@contextlib.contextmanager
def whole_folder(path: Path, *, force: bool) -> Iterator[Path]:
    """A folder to write files to; it is moved to ``path`` when all went well.

    With ``force`` the files of an older export are replaced, as its own descriptor lists them. Whatever else lies in
    the folder stays; where a file would have to take its place, nothing is written.

    Raises:
        UsageError: there is something at ``path`` that may not be replaced.
        StoreError: it cannot be written.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; name a folder.")
    older = _older_export(path, force=force)
    with _mishaps(path), _beside(path) as folder:
        target = folder / "new"
        target.mkdir()
        yield target
        _put(target, path, older, folder / "old")


def _older_export(path: Path, *, force: bool) -> set[str]:
    """The names of the files and folders of an older export in a folder.

    Raises:
        UsageError: the folder is not empty, and ``force`` is not set or it holds no export of ours.
    """
    if not path.is_dir() or not any(path.iterdir()):
        return set()
    if not force:
        raise UsageError(f"{path} is there already; choose another place, or replace it with --force.")
    try:
        descriptor = json.loads((path / MARK).read_text(encoding="utf-8"))
        listed = {str(resource["path"]) for resource in descriptor["resources"]} | {MARK, CROISSANT}
        is_ours = re.fullmatch(_OURS, descriptor["name"]) and descriptor["homepage"] == HOMEPAGE
        if descriptor["name"] != _DEEP:
            listed = {name for name in listed if "/" not in name}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        is_ours, listed = None, set()
    if not is_ours:
        raise UsageError(f"{path} holds files that are no export of treatygraph; choose another place.")
    return {entry.name for entry in path.iterdir() if _is_listed(entry, path, listed)}


def _is_listed(entry: Path, path: Path, listed: set[str]) -> bool:
    """Whether an entry is a file of the older export, or a folder that holds nothing else."""
    if entry.is_symlink() or not entry.is_dir():
        return _is_plain(entry) and entry.relative_to(path).as_posix() in listed
    return all(_is_listed(inner, path, listed) for inner in entry.iterdir())


def _put(target: Path, path: Path, older: set[str], aside: Path) -> None:
    """Move a finished export into its place: at once where nothing else is there, else file by file, its list last."""
    present = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    if not present - older:
        if path.exists():
            path.replace(aside)
        target.replace(path)
        return
    names = sorted((entry.name for entry in target.iterdir()), key=lambda name: (name == MARK, name))
    taken = [name for name in names if name in present - older]
    if taken:
        raise UsageError(f"{path / taken[0]} is no file of an older export and stands in the way; move it away.")
    aside.mkdir()
    for name in names:
        if (path / name).is_dir():  # a folder takes the place of an empty one only
            (path / name).replace(aside / name)
        (target / name).replace(path / name)
    for name in older - set(names):
        (path / name).replace(aside / name)


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@contextlib.contextmanager
def _mishaps(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreError(f"{path} cannot be written: {problem.strerror or problem}; choose another place.") from None


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A temporary folder on the same disk, with the permissions that a new folder gets."""
    folder = Path(tempfile.mkdtemp(prefix=".treatygraph-", dir=path.absolute().parent))
    try:
        mask = os.umask(0)
        os.umask(mask)
        folder.chmod(0o777 & ~mask)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
