"""A treaty as a work of its own: its full title, day and place, its number in a register, where its text is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.answers.citation.works import Work, key_of
from treatygraph.answers.wording import UNVERIFIED, listed, made_by
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.records import Instrument

__all__ = ["original_of"]

_REGISTER: Final = re.compile(r"\b(?:\d+ )?(?:UNTS|LNTS|TIAS|UST|Stat\.|ILM|ETS|UKTS) \d+(?:-\d+)*")
"""A place in a register of treaties, as the titles of sources have it: ``TIAS 12924``, ``36 Stat. 2277``."""
_FIELDS: Final = ("title", "signed", "entry_into_force", "text")


def original_of(index: Index, name: str) -> Work | None:
    """The instrument itself, to be cited beside the record of it; None where no instrument has that id.

    A day that rests on general knowledge alone is left out of the entry and told as unverified in its note.
    """
    card = index.instrument(name)
    if card is None:
        return None
    verified = card.signed is not None and not _is_recall(card, "signed")
    return Work(
        key=key_of(card.id, str(card.signed.latest.year) if card.signed and verified else ""),
        kind="treaty" if card.is_treaty else "document",
        title=card.title,
        author="",
        publisher="",
        container="",
        issued=card.signed.text if card.signed and verified else "",
        version="",
        address=card.text.link,
        place="",
        accessed="",
        note="; ".join(_notes(index, card)),
    )


def _is_recall(card: Instrument, field: str) -> bool:
    return field in card.cites and is_recall(card.cites[field].sources)


def _notes(index: Index, card: Instrument) -> Iterator[str]:
    made = made_by(card, index.ledger(card.id)).capitalize()
    if card.signed:
        place = f" at {listed(card.signed_place.split('; '))}" if card.signed_place else ""
        yield f"{made}{place}" if not _is_recall(card, "signed") else f"{made}{place}, {card.signed} ({UNVERIFIED})"
    if card.entry_into_force:
        doubt = f" ({UNVERIFIED})" if _is_recall(card, "entry_into_force") else ""
        yield f"entered into force {card.entry_into_force}{doubt}"
    yield from _registers(index, card)


def _registers(index: Index, card: Instrument) -> Iterator[str]:
    """Its numbers in registers, of the sources for its own days and text; no other treaty stands behind these."""
    names = (name for field in _FIELDS if field in card.cites for name in card.cites[field].sources)
    titles = (source.title for name in dict.fromkeys(names) if (source := index.source(name)))
    yield from dict.fromkeys(match[0] for title in titles if (match := _REGISTER.search(title)))
