"""Colours and their meaning, the same in every picture; told apart by the colour-blind, on light and on dark.

Any two families are at least 10 apart by CIEDE2000, as everybody sees them and under protanopia, deuteranopia and
tritanopia (Machado, Oliveira and Fernandes 2009); each is at least 3:1 from its ground. A test holds both. The letter
says the same where no colour does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["FAMILIES", "Family", "family_of"]


@dataclass(frozen=True)
class Family:
    """Topics that share a colour and a letter; ``dark`` is the colour's form on a dark ground."""

    id: str
    letter: str
    title: str
    light: str
    dark: str
    topics: tuple[str, ...]


FAMILIES: Final = (
    Family("strategic", "S", "Strategic and missile arms", "#0f60c2", "#3dade9",
           ("strategic-offensive-arms", "intermediate-range-missiles", "missile-defence", "missiles")),
    Family("nuclear", "N", "Nuclear testing, material, non-proliferation", "#c07500", "#fcb700",
           ("nuclear-testing", "nuclear-nonproliferation", "nuclear-weapon-free-zone", "nuclear-prohibition",
            "fissile-material", "nuclear-security", "nuclear")),
    Family("toxic", "B", "Chemical and biological", "#0d7961", "#44debb", ("chemical-weapons", "biological-weapons")),
    Family("conventional", "C", "Conventional arms", "#b24a04", "#f38952",
           ("conventional-forces", "inhumane-weapons", "landmines", "cluster-munitions", "small-arms", "arms-trade",
            "naval-arms")),
    Family("spaces", "E", "Space, seas, poles, environment", "#558c9f", "#b5edff",
           ("outer-space", "seabed", "antarctica", "environmental-modification")),
    Family("confidence", "R", "Confidence, risk, crisis lines", "#9e3f80", "#d28cb5",
           ("aerial-observation", "confidence-building", "risk-reduction", "crisis-communication")),
    Family("control", "X", "Export control, threat reduction", "#6f7644", "#d8d681",
           ("export-control", "threat-reduction")),
)  # fmt: skip
_OF: Final = {topic: family for family in FAMILIES for topic in family.topics}


def family_of(topics: Iterable[str]) -> Family:
    """The family of the first topic that has one; the last family where none has."""
    return next((_OF[topic] for topic in topics if topic in _OF), FAMILIES[-1])
