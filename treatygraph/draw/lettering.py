"""How wide a text is in a drawing, and texts cut or wrapped to a width.

Widths are those of DejaVu Sans in twentieths of its size: nearly every other sans serif is narrower, so that what fits
here fits for every reader.
"""

from __future__ import annotations

from typing import Final

__all__ = ["shortened", "text_width", "wrapped"]

_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (0.25, "'"), (0.3, " ,.IJijl"), (0.35, "-/:;\\f|·"), (0.4, "!()[]rt"), (0.45, '"'), (0.5, "*_`sz"),
        (0.55, "?Lc"), (0.6, "FPTYaekovxy"), (0.7, "ABCRVXZ"), (0.75, "DGHNU"), (0.8, "&OQw"), (0.85, "#+<=>M^~"),
        (0.95, "%m"), (1.0, "@W—…"),
    ) for letter in letters
}  # fmt: skip
_OTHER: Final = 0.65
_BOLD: Final = 1.14


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, rather too much than too little."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * size * (_BOLD if bold else 1)


def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than ``width``; empty where nothing of it fits."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip(' ,;')}…" if text else ""


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most ``width``, broken between words; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
