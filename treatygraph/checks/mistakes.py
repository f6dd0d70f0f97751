"""Mistakes that other collections make, each as a rule of its own.

A signature dated after the consent; a day that has not come; a title with the remains of a web page; an abbreviation
that the literature uses for two treaties; memory taken for a source. What a query can find over the finished graph
stands in ``queries/verify/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from treatygraph.facts.references import citations
from treatygraph.model.errors import Finding
from treatygraph.model.names import AMBIGUOUS, key
from treatygraph.model.records import Act, Facts
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["RECALL_SHARE", "mistakes", "not_yet"]

RECALL_SHARE: Final = 0.05
"""The largest share of facts that may rest on general knowledge."""
_REMAINS: Final = re.compile(
    r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|[ÃÂ][\u0080-\u00bf]|\ufffd|<[a-z/][^>]*>", re.IGNORECASE
)
_LEAVING: Final = frozenset({"withdrawal", "notice-of-withdrawal", "withdrawal-of-consent"})


def mistakes(facts: Facts) -> Iterator[Finding]:
    """A warning for each mistake that needs no derivation."""
    for ledger in facts.acts.values():
        yield from _signed_after_consent(ledger)
    yield from _remains(facts)
    yield from _ambiguous(facts)
    yield from _recall(facts)


def not_yet(facts: Facts, today: date) -> Iterator[Finding]:
    """An error for each act, event or statement dated after ``today``: what is only announced has not been done."""
    cited = [(act.cite.place, act.id, act.date) for ledger in facts.acts.values() for act in ledger]
    cited += [(event.cites["date"].place, event.id, event.date) for event in facts.events.values()]
    cited += [(view.cite.place, view.id, view.said) for view in facts.assertions]
    for place, record, when in cited:
        if when.earliest > today:
            message = f"dated {when}, which is after {today}."
            yield Finding(
                place, "not-yet", message, "record the announcement; add the act when it is done.", record=record
            )


def _signed_after_consent(ledger: Sequence[Act]) -> Iterator[Finding]:
    """A state signs before it consents, at each depositary (VCLT articles 12 to 15)."""
    consents: dict[tuple[str, str], Act] = {}
    left = {act.state for act in ledger if act.kind in _LEAVING}
    for act in ledger:
        where = (act.state, act.depositary)
        if act.kind in CONSENTS - {"succession"}:
            consents.setdefault(where, act)
        elif act.kind == "signature" and act.state not in left:
            consent = consents.get(where)
            if consent and consent.date.latest < act.date.earliest:
                yield Finding(
                    act.cite.place,
                    "signed-after-consent",
                    f"{act.state} signs on {act.date}, after its {consent.kind} of {consent.date}.",
                    "correct one of the two days, or name the kind of act as the depositary does.",
                    "warning",
                    act.id,
                )


def _texts(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Place, record and text of everything that a reader sees."""
    for card in facts.instruments.values():
        for name in ("title", "short", "description"):
            if name in card.cites:
                yield card.cites[name].place, card.id, getattr(card, name)
        yield from ((clause.cite.place, card.id, clause.get("gist")) for clause in card.clauses)
    for event in facts.events.values():
        yield event.cites["text"].place, event.id, event.text
    for state in facts.states.values():
        yield state.cite.place, state.code, ";".join((state.name, *state.aliases))
    for official in facts.officials.values():
        yield official.cite.place, official.id, official.name
    for source in facts.sources.values():
        yield source.cite.place, source.id, source.title


def _remains(facts: Facts) -> Iterator[Finding]:
    for place, record, text in _texts(facts):
        remains = _REMAINS.search(text)
        if remains:
            message = f"'{remains[0]}' is left over from a web page or a wrong encoding."
            yield Finding(place, "broken-text", message, "write the letter that it stands for.", "warning", record)


def _ambiguous(facts: Facts) -> Iterator[Finding]:
    names = {key(name): (name, meant.said) for name, meant in AMBIGUOUS.items()}
    for card in facts.instruments.values():
        for alias in (card.short, *card.aliases):
            if key(alias) in names:
                name, meant = names[key(alias)]
                yield Finding(
                    card.cites["short" if alias == card.short and "short" in card.cites else "title"].place,
                    "ambiguous-name",
                    f"'{name}' is used for {meant}.",
                    "take it off the card: whoever asks for it should be asked which one is meant.",
                    "warning",
                    card.id,
                )


def _recall(facts: Facts) -> Iterable[Finding]:
    cites = list(citations(facts))
    recall = sum(1 for cite in cites if facts.is_unverified(cite.sources))
    if cites and recall > RECALL_SHARE * len(cites):
        share = f"{100 * recall / len(cites):.1f} %"
        message = f"{recall:,} of {len(cites):,} facts ({share}) rest on general knowledge."
        yield Finding("sources.csv:1", "too-much-recall", message, "find sources for them.", "warning", "recall")
