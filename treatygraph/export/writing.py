"""Writes files and folders whole or not at all: beside their place first, then moved into it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from treatygraph.model.errors import StoreError, UsageError

__all__ = ["MARK", "whole_file", "whole_folder"]

MARK: Final = "datapackage.json"
"""The file by which a folder is known to be an export, so that it may be replaced."""


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[Path]:
    """A place to write a file to; it is moved to ``path`` when all went well.

    Raises:
        UsageError: there is something at ``path`` and ``force`` is not set, or it is a folder.
        StoreError: it cannot be written.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file.")
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; choose another place, or replace it with --force.")
    with _mishaps(path), _beside(path) as folder:
        made = folder / path.name
        yield made
        made.replace(path)


@contextlib.contextmanager
def whole_folder(path: Path, *, force: bool) -> Iterator[Path]:
    """A folder to write files to; it is moved to ``path`` when all went well.

    With ``force`` an older export is replaced; a folder that holds anything else is left alone.

    Raises:
        UsageError: there is something at ``path`` that may not be replaced.
        StoreError: it cannot be written.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; name a folder.")
    there = path.is_dir() and any(path.iterdir())
    if there and not force:
        raise UsageError(f"{path} is there already; choose another place, or replace it with --force.")
    if there and not (path / MARK).is_file():
        raise UsageError(f"{path} holds files that are no export (no {MARK}); choose another place.")
    with _mishaps(path), _beside(path) as folder:
        made = folder / "new"
        made.mkdir()
        yield made
        if path.exists():
            path.replace(folder / "old")
        made.replace(path)


@contextlib.contextmanager
def _mishaps(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreError(f"{path} cannot be written: {problem}; choose another place.") from None


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
