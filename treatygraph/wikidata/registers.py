"""The registers that keep the acts under treaties, and the page that each has of a treaty.

What is proposed to Wikidata cites the register, never a copy of it: of a fact that was read in a copy it is the
register's own page that its editors can open. The id of a treaty in a register stands on its card (``identifiers``),
with the source in which it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from treatygraph.model.records import Instrument, Source

__all__ = ["REGISTERS", "TreatyRegister", "pages"]

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


class TreatyRegister(NamedTuple):
    """A register on the web."""

    scheme: str
    """The scheme of its ids on a card."""
    publishers: tuple[str, ...]
    """How the publisher of the register, or of a copy of it, begins in ``sources.csv``."""
    page: Callable[[str], str]
    """The address of its page of the treaty with this id."""


def _unoda(name: str) -> str:
    return f"https://treaties.unoda.org/t/{name}"


def _mtdsg(number: str) -> str:
    """The page of a treaty in "Multilateral Treaties Deposited with the Secretary-General", by chapter and number.

    >>> _mtdsg("XXVI-2-d")
    'https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XXVI-2-d&chapter=26&clang=_en'
    """
    chapter = _arabic(number.partition("-")[0])
    return f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}&chapter={chapter}&clang=_en"


def _arabic(roman: str) -> int:
    digits = [_ROMAN[letter] for letter in roman]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


REGISTERS: Final = (
    TreatyRegister("unoda", ("United Nations Office for Disarmament Affairs", "UNODA Treaties Database"), _unoda),
    TreatyRegister(
        "mtdsg",
        ("United Nations Treaty Section", "UN Treaty Collection", "UN MTDSG", "treaties.un.org", "Z. Jones (UN Treaty"),
        _mtdsg,
    ),
)
"""Those whose pages of treaties have addresses that follow from an id.

The form of the addresses was read in scripts that open these pages: github.com/arthuredelstein/survivalscores.org
(``treaties.unoda.org/t/…``, and ``ViewDetails.aspx`` with ``mtdsg_no`` and ``chapter``).
"""


def pages(card: Instrument, source: Source) -> Iterator[str]:
    """The pages of registers on which a fact stands that this source gives under this instrument, the nearest first.

    The register that the source is, or copies, comes first. The treaties deposited with the Secretary-General stand
    under the same days in both registers of the United Nations, so the page of the other serves where the card has
    no id in the first.
    """
    ids = dict(card.identifiers)
    own = [register for register in REGISTERS if source.publisher.startswith(register.publishers)]
    if own:
        for register in (*own, *(other for other in REGISTERS if other not in own)):
            if register.scheme in ids:
                yield register.page(ids[register.scheme])
