"""Colours and their meaning, the same in every picture; told apart by the colour-blind, on light and on dark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["FAMILIES", "Family", "family_of"]


@dataclass(frozen=True)
class Family:
    """Topics that share a colour (after Okabe and Ito); ``dark`` is its form on a dark ground."""

    id: str
    title: str
    light: str
    dark: str
    topics: tuple[str, ...]


FAMILIES: Final = (
    Family("strategic", "Strategic and missile arms", "#0067a6", "#5ab4f0",
           ("strategic-offensive-arms", "intermediate-range-missiles", "missile-defence", "missiles")),
    Family("nuclear", "Nuclear testing, material, non-proliferation", "#b26a00", "#f0b13c",
           ("nuclear-testing", "nuclear-nonproliferation", "nuclear-weapon-free-zone", "nuclear-prohibition",
            "fissile-material", "nuclear-security")),
    Family("toxic", "Chemical and biological", "#00805f", "#3fd0a6", ("chemical-weapons", "biological-weapons")),
    Family("conventional", "Conventional arms", "#c04a00", "#ff8f5a",
           ("conventional-forces", "inhumane-weapons", "landmines", "cluster-munitions", "small-arms", "arms-trade",
            "naval-arms")),
    Family("spaces", "Space, seas, poles, environment", "#3d7f95", "#8cd3e8",
           ("outer-space", "seabed", "antarctica", "environmental-modification")),
    Family("confidence", "Confidence, risk, crisis lines", "#a8477f", "#ee9cc8",
           ("aerial-observation", "confidence-building", "risk-reduction", "crisis-communication")),
    Family("control", "Export control, threat reduction", "#6b6b1f", "#d4cf5a", ("export-control", "threat-reduction")),
)  # fmt: skip
_OF: Final = {topic: family for family in FAMILIES for topic in family.topics}


def family_of(topics: Iterable[str]) -> Family:
    """The family of the first topic that has one; the last family where none has."""
    return next((_OF[topic] for topic in topics if topic in _OF), FAMILIES[-1])
