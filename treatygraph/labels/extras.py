"""Coordinates, portraits and holders of offices, as Wikidata has them: kept in the cache, no facts of ours."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

__all__ = ["EXTRAS", "extras_of"]

EXTRAS: Final = "extras.json"
"""The name of the file; it stands in addition of the labels taken in."""


def extras_of(folder: Path, kind: str, record: str) -> dict[str, Any]:
    """What was taken in about a record besides labels, with ``origin``; empty when nothing was."""
    path = folder / EXTRAS
    if not path.is_file():
        return {}
    extras = _index(path, path.stat().st_mtime_ns).get(f"{kind}/{record}", {})
    return dict(extras) if isinstance(extras, dict) else {}


@lru_cache(maxsize=2)
def _index(path: Path, stamp: int) -> dict[str, Any]:
    del stamp
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return index if isinstance(index, dict) else {}
