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
        if self.states == ("all",):
            return f"no {acts} were read" if self.start is None else f"later {acts} were not read"
        if self.states == ("others",):
            return f"{acts} of further states may be missing"
        return f"{acts} of {', '.join(self.states)} are missing"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a ledger knows (rule K1): up to which day it is whole, and what is missing from it."""

    through: Span | None = None
    """The last day up to which it is whole but for its gaps; None = whole for no day."""
    gaps: tuple[Gap, ...] = ()
    open_to: tuple[str, ...] = ()
    """The states that could be parties, by its opening or a clause that was read; empty = none is shut out.

    Unlike the participants of a closed instrument they need not all be parties.
    """

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
