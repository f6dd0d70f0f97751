"""How many states an instrument binds: for two or for more, by who is bound and not by what the card says alone.

START I was made by two and has bound five since the Lisbon Protocol: no bond under it is one between two alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["scopes_by_bond"]

_TWO = 2


def scopes_by_bond(index: Index, reading: str = DEPOSITARY) -> Mapping[str, str]:
    """The scope of every instrument: ``bilateral``, ``multilateral`` or ``unilateral``.

    That of its card, but one made for two that has bound more than two states is multilateral; states that continue
    each other (R33) are one.
    """
    return index.keep(("scopes by bond", reading), lambda: _scopes(index, reading))


def _scopes(index: Index, reading: str) -> dict[str, str]:
    lives = index.existences()
    bound: dict[str, set[str]] = {}
    for code in lives:
        for name, rows in index.standings((code,), reading).items():
            if any(row.binds for row in rows):
                bound.setdefault(name, set()).add(line(lives, code)[-1])
    return {
        name: "multilateral" if summary.scope == "bilateral" and len(bound.get(name, ())) > _TWO else summary.scope
        for name, summary in index.summaries().items()
    }
