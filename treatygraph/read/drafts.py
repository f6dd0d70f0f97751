"""A claim as drafted from a text: the check that it asks for, with its terms and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Draft", "Terms"]

Terms = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing that a text says, as the check that the record can run on it."""

    check: str
    terms: Terms
    start: int
    end: int
    says: str
    """The claim in a few plain words."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two drafts the same claim."""
        return self.check, tuple(sorted((name, str(value)) for name, value in self.terms.items()))
