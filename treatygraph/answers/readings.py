"""Whose legal view is asked for, by the name a user types."""

from __future__ import annotations

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["reading"]


def reading(index: Index, text: str) -> str:
    """The id of a reading: ``depositary``, ``clause``, or an authority that has asserted something.

    Raises:
        UnknownName: no authority of that name has asserted anything.
    """
    if text in (DEPOSITARY, CLAUSE):  # almost every question; the assertions are many
        return text
    spoken = sorted({item.authority for item in index.assertions()})
    if text in spoken:
        return text
    try:
        _, code = find(index, text, ("state",))
    except UsageError:
        code = ""
    if code not in spoken:
        near = names.nearest(text, [(names.key(name), name) for name in (DEPOSITARY, CLAUSE, *spoken)])
        raise UnknownName("reading", text, near or (DEPOSITARY, CLAUSE))
    return code
