"""Who is bound by one instrument and when, packed: a document per instrument that numpy reads as columns.

For each reading, a text of the codes of the states and a block of numbers, row by row: the first day and the day after
the last, as ordinals, and whether nothing but general knowledge stands behind it. The text and the block hold the
standings that bind, in the same order. The numbers are 32 bits wide, the low byte first, in base 64.
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Bound", "Packed", "block", "bonds_of", "packed"]

Packed = Sequence[str]
"""The codes of the states, apart by blanks, and the numbers."""


class Bound(NamedTuple):
    """A state is bound over ``[start, end)``, days as ordinals."""

    code: str
    start: int
    end: int
    unverified: bool


def packed(bonds: Iterable[Bound]) -> list[str]:
    """The bonds of one instrument under one reading, as a document holds them."""
    rows = list(bonds)
    numbers = [number for row in rows for number in (row.start, row.end, row.unverified)]
    return [" ".join(row.code for row in rows), b64encode(struct.pack(f"<{len(numbers)}i", *numbers)).decode("ascii")]


def block(packed_rows: Packed) -> bytes:
    """The numbers, three of 32 bits for each bond."""
    return b64decode(packed_rows[1])


def bonds_of(packed_rows: Packed) -> list[Bound]:
    """The bonds from their document."""
    codes, _ = packed_rows
    numbers = struct.iter_unpack("<3i", block(packed_rows))
    return [
        Bound(code, start, end, bool(recall)) for code, (start, end, recall) in zip(codes.split(), numbers, strict=True)
    ]
