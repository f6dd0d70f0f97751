"""After a change: standings derived anew for the instruments that it can reach, and for no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace

from treatygraph.law.contest import contested
from treatygraph.law.derivations import Corpus, Results
from treatygraph.law.parents import stripped
from treatygraph.law.readings import DEPOSITARY

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
    moved: set[str] = set()
    for name in corpus.order:
        if name not in touched and needs[name].isdisjoint(moved):
            continue
        related = {need: plain.get(need) or _undisputed(before(need)) for need in needs[name]}
        plain[name] = corpus.results(name, related)
        if name in awaited and plain[name] != _undisputed(before(name)):
            moved.add(name)
    return _completed(corpus, plain, before)


def _completed(corpus: Corpus, plain: Mapping[str, Results], before: Callable[[str], Results]) -> dict[str, Results]:
    """The results with disputes flagged and with what amendments and protocols tell of their parents (K5)."""
    parents = {name for name, parts in corpus.parts.items() if not plain.keys().isdisjoint(parts)}
    completed_results: dict[str, Results] = {}
    for name in sorted({*plain, *parents}):
        results = plain.get(name) or _undisputed(before(name))
        parts = {
            part: (plain.get(part) or _undisputed(before(part)))[DEPOSITARY] for part in corpus.parts.get(name, ())
        }
        whole = {reading: corpus.completed(derived, parts) for reading, derived in results.items()}
        others = [derived for reading, derived in whole.items() if reading != DEPOSITARY]
        completed_results[name] = {**whole, DEPOSITARY: contested(whole[DEPOSITARY], others, corpus.said(name))}
    return completed_results


def _undisputed(results: Results) -> Results:
    """The results without the flags of disputes and without what parts tell: no standing rests on either."""
    if not results:
        return results
    default = results[DEPOSITARY]
    flags = tuple(flag for flag in default.flags if flag.flag != "contested")
    plain = {**results, DEPOSITARY: replace(default, flags=flags)}
    return {reading: stripped(derived) for reading, derived in plain.items()}
