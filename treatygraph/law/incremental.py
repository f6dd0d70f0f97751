"""After a change: standings derived anew for the instruments that it can reach, and for no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from treatygraph.law.contest import contested
from treatygraph.law.derivations import Corpus, Results
from treatygraph.law.readings import DEPOSITARY
from treatygraph.model.standings import Derivation

__all__ = ["rederived"]


def rederived(corpus: Corpus, touched: Set[str], before: Callable[[str], Results]) -> dict[str, Results]:
    """The results of the instruments touched, and of those whose standings depend on results that came out otherwise.

    Args:
        corpus: the facts as they are now.
        touched: instruments of which a card, a ledger, an assertion or anything else that they rest on is another.
        before: the results for an instrument before the change, disputes flagged; empty where it is new.

    Returns:
        By instrument, as :meth:`Corpus.derivations` has them. The results of all others are what they were.
    """
    needs = corpus.needed
    awaited = {need for name, needed in needs.items() if name not in touched for need in needed}
    plain: dict[str, Results] = {}
    found: dict[str, Results] = {}
    moved: set[str] = set()
    for name in corpus.order:
        if name not in touched and needs[name].isdisjoint(moved):
            continue
        related = {need: plain.get(need) or _undisputed(before(need)) for need in needs[name]}
        plain[name] = corpus.results(name, related)
        found[name] = _flagged(plain[name])
        if name in awaited and found[name] != before(name):
            moved.add(name)
    return found


def _flagged(results: Results) -> Mapping[str, Derivation]:
    others = [derived for reading, derived in results.items() if reading != DEPOSITARY]
    return {**results, DEPOSITARY: contested(results[DEPOSITARY], others)}


def _undisputed(results: Results) -> Results:
    """The results without the flags that :func:`contested` has put on them: no standing rests on one."""
    default = results[DEPOSITARY]
    flags = tuple(flag for flag in default.flags if flag.flag != "contested")
    return {**results, DEPOSITARY: replace(default, flags=flags)}
