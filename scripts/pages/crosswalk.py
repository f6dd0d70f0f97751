"""``docs/crosswalk.md``: which code of another list is which card, and which codes have none."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from pages import Record, paragraph, table

__all__ = ["crosswalk"]


def crosswalk(found: Record) -> Iterator[str]:
    """The blocks of the page."""
    on_cards = [
        (code, card)
        for card in found.facts.instruments.values()
        for scheme, code in card.identifiers
        if scheme == "aad"
    ]
    with (found.docs / "crosswalk.csv").open(encoding="utf-8", newline="") as stream:
        without = list(csv.DictReader(stream))
    yield "# Crosswalk to the Adversarial Agreements Dataset\n"
    yield paragraph(
        "Made by `scripts/record` from the cards and `docs/crosswalk.csv`; do not edit.",
        f"Of the {len(on_cards) + len(without)} codes of that list {len(on_cards)} stand on a card, as the identifier",
        f"of the scheme `aad`; {len(without)} have no card, each for the reason given.",
        "A card can carry two codes: the list counts the versions of some documents.",
    )
    yield table(("why there is no card", "codes"), Counter(row["reason"] for row in without).most_common())
    yield "## Codes with a card\n"
    yield table(
        ("code", "card", "title"),
        ((code, card.id, card.title) for code, card in sorted(on_cards, key=lambda p: _key(p[0]))),
    )
    yield "## Codes without a card\n"
    yield table(("code", "agreement", "reason"), ((row["code"], row["title"], row["reason"]) for row in without))


def _key(code: str) -> tuple[int, int]:
    year, _, number = code.partition(".")
    return int(year), int(number)
