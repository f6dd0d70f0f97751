"""What a register says, as one typed value, whatever form it was published in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from treatygraph.model.dates import Span
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["CATEGORIES", "CONSENT", "EXIT", "SIGNATURE", "Register", "RegisterEntry", "Remark", "Unread", "category"]

SIGNATURE: Final = "signature"
CONSENT: Final = "consent"
EXIT: Final = "exit"
CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(sorted(CONSENTS), CONSENT),
        "adherence": CONSENT,
        "signature": SIGNATURE,
        "notice-of-withdrawal": EXIT,
        "withdrawal": EXIT,
        "end-of-participation": EXIT,
    }
)
"""What registers name differently and mean alike: a ratification here is an acceptance or approval there."""


def category(act: str) -> str:
    """The group of acts that ``act`` is compared within; the act itself where it stands alone."""
    return CATEGORIES.get(act, act)


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One act of one state, as a list has it."""

    state: str
    """The name as written, without marks and brackets."""
    act: str
    """A kind of act of the vocabulary."""
    date: Span
    at: str
    """The place in the source."""
    effective: Span | None = None
    depositary: str = ""
    """Empty where the list does not tell."""
    exact: bool = True
    """Whether the list tells this kind of act from its sisters (ratification, acceptance, approval)."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or a cell that could not be read, and why."""

    at: str
    text: str
    why: str
    state: str = ""
    """The name in the row, where it has one: the state is on the list, whatever its act."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Prose that stands beside the list and is for a person to read."""

    at: str
    text: str
    states: tuple[str, ...] = ()
    """The states at whose names it is flagged."""


@dataclass(frozen=True, slots=True)
class Register:
    """One list, or one notification, of one instrument."""

    format: str
    title: str
    """The instrument's title as the page has it; empty where it has none."""
    entries: tuple[RegisterEntry, ...]
    number: str = ""
    """The page's own number of the instrument, which begins every place in it."""
    day: date | None = None
    """The day of the list; None where the page does not tell."""
    concluded: Span | None = None
    depositary: str = ""
    """Who keeps the instrument, as ledgers name it; empty where entries tell, or nobody does."""
    publisher: str = ""
    holds: frozenset[str] = frozenset()
    """The categories of acts of which the list claims to hold all: what is missing from it is a finding."""
    departed: tuple[str, ...] = ()
    """Names that the list keeps in brackets: states that left."""
    listed: tuple[str, ...] = ()
    """Every name of the list, also those without an act."""
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    """The page's own totals, by ``signatories`` and ``parties``."""
