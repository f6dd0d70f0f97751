"""Where builds are kept, and whether that place can be believed: whoever can write there can forge answers."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from treatygraph.model.errors import StoreError

__all__ = ["cache_folder", "is_own_folder", "labels_file"]


def cache_folder() -> Path:
    """Where builds are kept: ``$TREATYGRAPH_CACHE``, else the user's cache, else a temporary folder.

    Raises:
        StoreError: it cannot be written, or others can write there.
    """
    wanted = os.environ.get("TREATYGRAPH_CACHE")
    folder = Path(wanted) if wanted else _user_cache() / "treatygraph"
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.access(folder, os.W_OK):
            return _believed(folder.resolve())
    if wanted:
        raise StoreError(f"the folder {folder} of TREATYGRAPH_CACHE cannot be written; choose another.")
    return _spare()


def labels_file() -> Path:
    """Where labels taken in from Wikidata are kept: in the cache, beside the builds and never in them."""
    return cache_folder() / "wikidata" / "labels.csv"


def is_own_folder(folder: Path) -> bool:
    """Whether it is a folder, not a link to one, of this user or of the system."""
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and _is_owned(about)


def _user_cache() -> Path:
    """The user's cache; a relative ``$XDG_CACHE_HOME`` is ignored, as its specification asks."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or ".")
    return home if home.is_absolute() else Path("~/.cache").expanduser()


def _believed(folder: Path) -> Path:
    """The folder, if nobody but this user (or a group of this user's own) can write in it."""
    about = folder.stat()
    if not _is_owned(about):
        raise StoreError(f"the cache {folder} belongs to somebody else; set TREATYGRAPH_CACHE to a folder of your own.")
    by_others = about.st_mode & stat.S_IWOTH or (about.st_mode & stat.S_IWGRP and about.st_gid != _group())
    if os.name == "posix" and by_others:
        raise StoreError(
            f"others can write in the cache {folder}, so its answers cannot be believed; "
            f"delete it, or set TREATYGRAPH_CACHE to a folder that only you can write."
        )
    return folder


def _spare() -> Path:
    """A folder of the user's own among the temporary files, which others can write beside."""
    import tempfile  # an answer from a finished build does not need it

    folder = Path(tempfile.gettempdir()) / f"treatygraph-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
    except OSError as problem:
        raise StoreError(f"{folder} cannot be made ({problem.strerror}); set TREATYGRAPH_CACHE to a folder.") from None
    closed = os.name != "posix" or not about.st_mode & 0o077
    if not (stat.S_ISDIR(about.st_mode) and _is_owned(about) and closed):
        raise StoreError(f"{folder} does not belong to you alone; set TREATYGRAPH_CACHE to a folder that does.")
    return folder


def _is_owned(about: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or about.st_uid in (os.getuid(), 0)


def _group() -> int:
    return os.getgid() if hasattr(os, "getgid") else -1
