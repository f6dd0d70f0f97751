"""A claim with its verdict, as answers give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["HeldClaim"]


@dataclass(frozen=True)
class HeldClaim:
    """One claim with its verdict, the record in a sentence, and what both rest on."""

    id: str
    says: str
    check: str
    terms: Mapping[str, str | tuple[str, ...]]
    """The terms with the names resolved to ids; what nobody has stays as typed."""
    verdict: str
    record: str
    fix: str
    """The sentence that would be right; empty where the claim is, or where the record does not have it."""
    because: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: tuple[str, ...]
    """What rests on general knowledge alone; empty where everything was read in a source."""
    definitions: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    """Where it stands in the text that was read; None where there was none."""
    quote: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one claim; ``span`` and ``quote`` only where a text was read."""
        place = {"span": list(self.span), "quote": self.quote} if self.span else {}
        return {
            "id": self.id,
            **place,
            "says": self.says,
            "check": self.check,
            "terms": {key: value if isinstance(value, str) else list(value) for key, value in self.terms.items()},
            "verdict": self.verdict,
            "record": self.record,
            "fix": self.fix or None,
            "because": list(self.because),
            "sources": list(self.sources),
            "unverified": list(self.unverified),
            "definitions": [dict(item) for item in self.definitions],
        }
