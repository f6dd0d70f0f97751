"""Colours of topics can be told apart by everybody, on both grounds; the letter says the same without colour."""

from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

import pytest

from treatygraph.draw.palette import FAMILIES

Colour = tuple[float, float, float]
LEAST: Final = 10
"""By CIEDE2000; 2 is what one sees side by side, 5 what one names apart."""
SIGHTS: Final[dict[str, tuple[Colour, Colour, Colour]]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    # Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def light_of(code: str) -> Colour:
    """The linear light of ``#rrggbb``."""
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def seen(light: Colour, sight: tuple[Colour, Colour, Colour]) -> Colour:
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, light, strict=True)), 0), 1) for row in sight
    )
    return red, green, blue


def lab(light: Colour) -> Colour:
    red, green, blue = light
    parts = (
        (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
        0.2126729 * red + 0.7151522 * green + 0.072175 * blue,
        (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first: Colour, second: Colour) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005)."""
    (light_1, a_1, b_1), (light_2, a_2, b_2) = first, second
    mean = (hypot(a_1, b_1) + hypot(a_2, b_2)) / 2
    more = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + 25**7))
    chroma_1, chroma_2 = hypot(a_1 * more, b_1), hypot(a_2 * more, b_2)
    hue_1, hue_2 = degrees(atan2(b_1, a_1 * more)) % 360, degrees(atan2(b_2, a_2 * more)) % 360
    turn = (hue_2 - hue_1 + 180) % 360 - 180
    hues = 2 * sqrt(chroma_1 * chroma_2) * sin(radians(turn / 2))
    light, chroma = (light_1 + light_2) / 2, (chroma_1 + chroma_2) / 2
    hue = (hue_1 + turn / 2) % 360
    tone = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.2 * cos(radians(4 * hue - 63))
    )
    by_light = (light_2 - light_1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma_2 - chroma_1) / (1 + 0.045 * chroma)
    by_hue = hues / (1 + 0.015 * chroma * tone)
    turned = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue)


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_the_published_one(first: Colour, second: Colour, published: float) -> None:
    assert distance(first, second) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_families_are_told_apart(sight: str, ground: str) -> None:
    colours = {family.id: light_of(family.light if ground == "light" else family.dark) for family in FAMILIES}
    near = {
        (first, second): round(gap, 1)
        for first, second in combinations(colours, 2)
        if (gap := distance(*(lab(seen(colours[name], SIGHTS[sight])) for name in (first, second)))) < LEAST
    }
    assert near == {}


def test_each_family_has_a_letter_of_its_own() -> None:
    letters = [family.letter for family in FAMILIES]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 and letter.isupper() for letter in letters)
