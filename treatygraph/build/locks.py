"""Locks in the cache: one process builds at a time, and a build that is answered from is not swept away."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from treatygraph.model.errors import StoreError

__all__ = ["alone", "is_shared", "shared"]

try:
    import fcntl
except ImportError:
    _HAS_LOCKS = False  # not a POSIX system: two builds at once cost time, not safety
else:
    _HAS_LOCKS = True


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that nobody else holds; waits for it.

    Raises:
        StoreError: there is a link in its place, which might lead to any file.
        OSError: it cannot be made.
    """
    with _opened(path) as handle:
        if _HAS_LOCKS:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold a lock that others may share.

    Raises:
        StoreError: there is a link in its place.
        OSError: it cannot be made.
    """
    with _opened(path) as handle:
        if _HAS_LOCKS:
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def is_shared(path: Path) -> bool:
    """Whether somebody holds the lock; a file that is not there is held by nobody."""
    if not _HAS_LOCKS or not path.exists():
        return False
    with _opened(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The lock's file, made if need be; what it holds is never touched."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as problem:
        if path.is_symlink():
            raise StoreError(f"{path} is a link; somebody else may have put it there: delete it.") from problem
        raise
    try:
        yield handle
    finally:
        os.close(handle)
