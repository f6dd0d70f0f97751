"""Where a fact stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["Cite", "is_recall"]

_OWN: Final = "treatygraph"
"""Our own reading or choice of words, which vouches for nothing."""


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a fact stands: its sources, the place in them, and the line that states it here."""

    sources: tuple[str, ...]
    at: str
    place: str = ""
    """``file:line`` relative to ``graph/``."""


def is_recall(sources: Iterable[str]) -> bool:
    """Whether nothing but general knowledge stands behind a fact, so that every answer built on it says "unverified".

    >>> is_recall(["recall"]), is_recall(["recall", "unoda-2018"]), is_recall([])
    (True, False, False)
    """
    return {name for name in sources if name != _OWN} == {"recall"}
