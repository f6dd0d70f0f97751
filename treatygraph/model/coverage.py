"""What the record knows of an instrument: how far its ledger is whole (K1), how much of its text was read (K9)."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.model.dates import Span

__all__ = ["Coverage", "Gap", "TextRead"]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a ledger lacks (rule K1): acts of some states, of some kind, over a time."""

    states: tuple[str, ...]
    """Codes, or ``all`` alone, or ``others`` alone: every state without an act in the ledger."""
    acts: str
    """``signature``, ``consent``, ``exit``, ``objection`` or ``any``."""
    start: Span | None
    """The first day from which acts are missing; None = from the beginning."""
    end: Span | None
    """The last day on which one may be missing; None = to this day."""
    note: str

    @property
    def words(self) -> str:
        """The gap in words, where it has no note of its own."""
        acts = "acts" if self.acts == "any" else f"acts of {self.acts}"
        return f"{acts} of {', '.join(self.states)}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a ledger knows (rule K1): up to which day it is whole, and what is missing from it."""

    through: Span | None = None
    """The last day up to which it is whole but for its gaps; None = whole for no day."""
    gaps: tuple[Gap, ...] = ()

    @property
    def words(self) -> str:
        """What is missing, in words; empty where nothing is said to be."""
        return "; ".join(dict.fromkeys(gap.note or gap.words for gap in self.gaps))


@dataclass(frozen=True, slots=True)
class TextRead:
    """How much of an instrument's text was read for its card (rule K9).

    Only of a text read ``whole`` is a clause that does not stand on the card known to be absent.
    """

    read: str = "no"
    """``whole``, ``part`` or ``no``."""
    articles: str = ""
    link: str = ""
