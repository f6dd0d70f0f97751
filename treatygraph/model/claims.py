"""What a news report says, claim by claim, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treatygraph.model.cites import Cite
from treatygraph.model.dates import Span

__all__ = ["Claim", "Report"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a report says: in words, and as the check that the record can run on it."""

    id: str
    says: str
    check: str
    terms: Mapping[str, str | tuple[str, ...]]
    cite: Cite

    def get(self, key: str) -> str:
        """The text under ``key``, or the empty string."""
        value = self.terms.get(key, "")
        return value if isinstance(value, str) else ";".join(value)

    def many(self, key: str) -> tuple[str, ...]:
        """The values under ``key``."""
        value = self.terms.get(key, ())
        return (value,) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Report:
    """A news report whose claims are held against the record."""

    id: str
    title: str
    date: Span
    claims: tuple[Claim, ...]
    cites: Mapping[str, Cite]
