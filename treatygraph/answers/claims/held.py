"""A claim with its verdict, as answers give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from treatygraph.answers.claims.verdicts import Definition
from treatygraph.model.json_form import ABSENT_WHERE_NONE, HIDDEN, NULL_WHERE_EMPTY, plain

__all__ = ["HeldClaim"]


@dataclass(frozen=True, kw_only=True)
class HeldClaim:
    """One claim with its verdict, the record in a sentence, and what both rest on."""

    id: str
    span: Annotated[tuple[int, int] | None, ABSENT_WHERE_NONE] = None
    """Where it stands in the text that was read; absent where there was none."""
    quote: Annotated[str | None, ABSENT_WHERE_NONE] = None
    """Those words of the text."""
    says: str
    check: str
    terms: Mapping[str, str | tuple[str, ...]]
    """The terms with the names resolved to ids; what nobody has stays as typed."""
    verdict: str
    """confirmed, imprecise, contradicted, depends or not-on-record."""
    record: str
    """What the record says, in a sentence."""
    fix: Annotated[str, NULL_WHERE_EMPTY]
    """The sentence that would be right; empty where the claim is, or where the record does not have it."""
    because: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: tuple[str, ...]
    """What rests on general knowledge alone; empty where everything was read in a source."""
    definitions: tuple[Definition, ...]
    notes: Annotated[tuple[str, ...], HIDDEN] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; ``span`` and ``quote`` only where a text was read."""
        return plain(self)
