"""A claim as somebody drafted it, before it is held against the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from treatygraph.model.records import Claim

__all__ = ["Draft"]

Terms = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Draft:
    """One claim: what it says in words, and the check and the terms by which it can be judged.

    Names in ``terms`` are those of the graph, or as people type them; ``span`` (first character, and the first after
    it) and ``quote`` show where in a text it stands, and are None where there is no text.
    """

    id: str
    says: str
    check: str
    terms: Terms = field(default_factory=lambda: MappingProxyType({}))
    span: tuple[int, int] | None = None
    quote: str | None = None

    def get(self, key: str) -> str:
        """The text under ``key``, or the empty string."""
        value = self.terms.get(key, "")
        return value if isinstance(value, str) else ";".join(value)

    def many(self, key: str) -> tuple[str, ...]:
        """The values under ``key``; a single text is a list of one, absence is empty."""
        value = self.terms.get(key, ())
        return ((value,) if value else ()) if isinstance(value, str) else value

    def having(self, **terms: str | tuple[str, ...]) -> Draft:
        """The same claim with some terms replaced; an empty value takes the term away."""
        changed = {key: value for key, value in {**self.terms, **terms}.items() if value}
        return replace(self, terms=changed)

    @classmethod
    def of(cls, claim: Claim) -> Draft:
        """A claim of one of our own reports as a draft."""
        return cls(claim.id, claim.says, claim.check, claim.terms)
