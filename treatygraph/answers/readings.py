"""Whose legal view is asked for, by the name a user types."""

from __future__ import annotations

from treatygraph.bonds.powers import find
from treatygraph.build.shelf import Shelf
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["reading"]


def reading(shelf: Shelf, text: str) -> str:
    """The id of a reading: ``depositary``, ``clause``, or an authority that has asserted something.

    Raises:
        UnknownName: no authority of that name has asserted anything; those that have are listed.
    """
    if text in (DEPOSITARY, CLAUSE):  # almost every question; the assertions are many
        return text
    spoken = sorted({item[0] for item in shelf.get("table", "assertions") or ()})
    if text in spoken:
        return text
    try:
        _, code = find(shelf, text, ("state",))
    except UsageError:
        code = ""
    if code not in spoken:
        raise UnknownName("reading", text, (DEPOSITARY, CLAUSE, *spoken))
    return code
