"""What is found in a text: names, days, numbers and acts, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Amount", "Mention", "TextDate", "VerbGroup"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the record in a text."""

    kind: str
    """``instrument``, ``state``, ``group``, ``official``, or ``body``: a parliament or seat of government."""
    ids: tuple[str, ...]
    """Ids of the records: several where states are named together; empty where a short form refers to nothing known."""
    start: int
    end: int
    text: str
    form: str = "name"
    """``name``; ``adjective`` ("Russian"); ``capital`` ("Moscow"); ``short`` ("the treaty", "it")."""
    year: str = ""
    """A year that stands before it: "the 1992 agreement"."""


@dataclass(frozen=True, slots=True)
class TextDate:
    """A day, month, year or stretch of time in a text, counted from the day of the text where need be."""

    value: str
    """EDTF."""
    first: date
    last: date
    start: int
    end: int
    role: str = "on"
    """``on``, ``since``, ``until``, ``by``, ``before`` or ``after``."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, in figures or words, with what qualifies it."""

    value: float
    text: str
    """As a claim takes it: ``34``, ``more than 160``, ``about 100``, ``2/3``."""
    start: int
    end: int
    is_ordinal: bool = False


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb of the field with its auxiliaries: which act it tells, and how sure it is of it."""

    act: str
    """A kind of act as :mod:`treatygraph.language.verbs` lists them."""
    lemma: str
    start: int
    end: int
    mood: str
    """``fact``, ``future``, ``possible`` (would, may, plans to, if), ``infinitive`` or ``gerund``."""
    tense: str
    """``past``, ``perfect``, ``present`` or ``progressive``."""
    negated: bool
    passive: bool
    governor: str = ""
    """The word before an infinitive or gerund: "decided" to leave, "after" leaving."""
