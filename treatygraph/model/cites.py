"""Where a fact stands."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cite"]


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a fact stands: its sources, the place in them, and the line that states it here."""

    sources: tuple[str, ...]
    at: str
    place: str = ""
    """``file:line`` relative to ``graph/``."""
