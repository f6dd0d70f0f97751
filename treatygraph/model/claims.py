"""What a news report says, claim by claim, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treatygraph.model.cites import Cite
from treatygraph.model.dates import Span
from treatygraph.model.termed import Termed, Terms

__all__ = ["Claim", "Report"]


@dataclass(frozen=True, slots=True)
class Claim(Termed):
    """One thing that a report says: in words, and as the check that the record can run on it."""

    id: str
    says: str
    check: str
    terms: Terms
    cite: Cite


@dataclass(frozen=True, slots=True)
class Report:
    """A news report whose claims are held against the record."""

    id: str
    title: str
    date: Span
    claims: tuple[Claim, ...]
    cites: Mapping[str, Cite]
