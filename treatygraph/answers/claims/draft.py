"""A claim as somebody drafted it, before it is held against the record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType

from treatygraph.model.records import Claim
from treatygraph.model.termed import Termed, Terms

__all__ = ["Draft"]


@dataclass(frozen=True)
class Draft(Termed):
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

    def having(self, **terms: str | tuple[str, ...]) -> Draft:
        """The same claim with some terms replaced; an empty value takes the term away."""
        changed = {key: value for key, value in {**self.terms, **terms}.items() if value}
        return replace(self, terms=changed)

    @classmethod
    def of(cls, claim: Claim) -> Draft:
        """A claim of one of our own reports as a draft."""
        return cls(claim.id, claim.says, claim.check, claim.terms)
