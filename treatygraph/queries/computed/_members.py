"""The states among which a question counts: all that exist on a day, or the members of a group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.law.succession import line

__all__ = ["ANY_STATE", "lines_among"]

ANY_STATE: Final = "any"
_NO_STATES: Final = frozenset({"EUU", "EUE"})
"""Parties that are no states: where every state is counted they are not."""


def lines_among(index: Index, among: str, on: date) -> Mapping[str, tuple[str, ...]]:
    """Each state with those whose identity it carries on, by code.

    Args:
        index: the documents of the graph.
        among: a group by any of its names, or ``any``.
        on: the day on which they exist, and are members.

    Raises:
        UnknownName: no group is called that.
    """
    lives, day = index.existences(), on.isoformat()
    if among == ANY_STATE:
        members = [code for code, life in lives.items() if life.on(day) and code not in _NO_STATES]
    else:
        _, group = find(index, among, ("group",))
        members = [one.state for one in index.memberships(group) if one.holds_on(on) and lives[one.state].on(day)]
    return {code: line(lives, code) for code in sorted(members)}
