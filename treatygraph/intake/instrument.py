"""Which instrument a register is about: the card that is named, or the one whose title or acts the page has.

A page of another treaty is refused: by its title where that is in English, by the day on which the treaty was
concluded, and by its acts where the ledger has enough of them to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from treatygraph.intake.register import CONSENT, SIGNATURE, Register, category
from treatygraph.intake.states import StateNames
from treatygraph.model.errors import PageRefused, UnknownName
from treatygraph.model.names import key, names, unknown
from treatygraph.model.records import Facts, Instrument

__all__ = ["card_called", "card_of", "shared_acts"]

_SURE: Final = 90
"""How alike, of 100, two titles are that mean one instrument."""
_ALIKE: Final = 60
"""How alike two titles are at least that may mean one instrument, where the day of its conclusion agrees."""
_LEAD: Final = 4
"""By how much the best title must be ahead of the next."""
_ENOUGH: Final = 10
"""Acts that a list and a ledger must have of the same states before their days are held against each other."""
_SHARED: Final = 0.4
"""The share of those that falls on the same day at least, where both are about one instrument."""
_SHARED_UNTITLED: Final = 0.6
"""The same where the title does not tell, because it is another or in another language."""
_YEARS: Final = 3
"""A treaty may be opened for signature so many years after its text was adopted."""


def card_called(text: str, facts: Facts) -> Instrument:
    """The card with this id, title, abbreviation or alias.

    Raises:
        UnknownName: no instrument is called that, or several are.
    """
    known = [(name, code, shown) for name, kind, code, shown in names(facts) if kind == "instrument"]
    meant = {code for name, code, _ in known if name == key(text)}
    if len(meant) > 1:
        raise UnknownName("one instrument", text, sorted(meant))
    if not meant:
        raise unknown("instrument", text, [(name, code) for name, code, _ in known])
    return facts.instruments[meant.pop()]


def card_of(register: Register, facts: Facts, states: StateNames, name: str = "") -> Instrument:
    """The card that the register is about.

    Args:
        register: what the page says.
        facts: the record.
        states: what states are called.
        name: the instrument that the user names; empty: told from the page.

    Raises:
        UnknownName: no instrument is called ``name``.
        PageRefused: the page is about another instrument, or does not tell about which.
    """
    if name:
        card = card_called(name, facts)
        _hold(register, card, facts, states)
        return card
    likely = _by_title(register, facts) or _by_acts(register, facts, states)
    if likely is None:
        what = f"'{register.title}'" if register.title else "the page"
        raise PageRefused(f"no instrument on record has the title or the acts of {what}; name one with --instrument.")
    return likely


def _hold(register: Register, card: Instrument, facts: Facts, states: StateNames) -> None:
    """Raise where the page is about another instrument than ``card``."""
    same, both = shared_acts(register, card.id, facts, states)
    if both >= _ENOUGH:
        least = _SHARED if not register.title or _score(register.title, card) >= _ALIKE else _SHARED_UNTITLED
        if same < least * both:
            raise PageRefused(
                f"the page is not about {card.short}: of {both} states that it shares with the ledger only {same} have "
                f"an act on the same day. Expected a list of '{card.title}'; the page has '{register.title}'."
            )
        return
    best = _by_title(register, facts)
    if best is not None and best.id != card.id:
        raise PageRefused(
            f"the page is about {best.short} ('{register.title}'), not about {card.short}; expected '{card.title}'."
        )
    if (
        register.title
        and best is None
        and not _concluded_alike(register, card)
        and _score(register.title, card) < _ALIKE
    ):
        when = f", concluded {register.concluded}" if register.concluded else ""
        raise PageRefused(
            f"the page is about '{register.title}'{when}, which is not {card.short}; expected '{card.title}'"
            f"{f', signed or opened {card.signed}' if card.signed else ''}."
        )


def _concluded_alike(register: Register, card: Instrument) -> bool:
    """Whether the treaty was concluded on a day from which it may have been opened when the card says."""
    if register.concluded is None or card.signed is None:
        return False
    return abs(register.concluded.earliest.year - card.signed.earliest.year) <= _YEARS and (
        register.concluded.earliest <= card.signed.latest
    )


def _by_title(register: Register, facts: Facts) -> Instrument | None:
    """The card whose title comes closest, if it comes close enough and no other is near."""
    if not register.title:
        return None
    scores = sorted(((_scored(register, card), card.id) for card in facts.instruments.values()), reverse=True)
    (best, name), (next_best, _) = (*scores, (0.0, ""), (0.0, ""))[:2]
    return facts.instruments[name] if best >= _SURE and best - next_best >= _LEAD else None


def _scored(register: Register, card: Instrument) -> float:
    score = _score(register.title, card)
    same_day = register.concluded is not None and register.concluded == card.signed
    if same_day and score >= _ALIKE:
        score += 25
    if register.number and key(register.number) == key(card.id):
        score += 50
    return score


def _score(title: str, card: Instrument) -> float:
    """How alike the title is to the best of the card's names, of 100; a name's part in brackets may be missing."""
    from rapidfuzz import fuzz

    best = 0.0
    for name in {card.id.replace("-", " "), card.title, card.short, *card.aliases}:
        for form in _forms(name):
            for mine in _forms(title):
                best = max(best, fuzz.token_sort_ratio(mine, form))
    return best


def _forms(title: str) -> Iterable[str]:
    plain = key(title)
    yield plain
    without = key(re.sub(r"\([^)]*\)", " ", title))
    if without and without != plain:
        yield without


def shared_acts(register: Register, instrument: str, facts: Facts, states: StateNames) -> tuple[int, int]:
    """How many acts of the list stand in the ledger on the same day, of those whose state has such an act in both."""
    ours: dict[tuple[str, str], set[str]] = {}
    for act in facts.acts.get(instrument, ()):
        if category(act.kind) in {CONSENT, SIGNATURE}:
            for code in states.family(act.state):
                ours.setdefault((code, category(act.kind)), set()).add(act.date.text)
    same = both = 0
    for entry in register.entries:
        code = states.code(entry.state)
        days = ours.get((code, category(entry.act))) if code else None
        if days:
            both += 1
            same += entry.date.text in days
    return same, both


def _by_acts(register: Register, facts: Facts, states: StateNames) -> Instrument | None:
    """The one card whose ledger has most of the list's acts on the same days."""
    counted = [(shared_acts(register, name, facts, states), name) for name in facts.acts if name in facts.instruments]
    ranked: Sequence[tuple[tuple[int, int], str]] = sorted(counted, reverse=True)
    if not ranked or ranked[0][0][0] < _ENOUGH or ranked[0][0][0] < 0.6 * ranked[0][0][1]:
        return None
    if len(ranked) > 1 and ranked[1][0][0] > 0.5 * ranked[0][0][0]:
        return None
    return facts.instruments[ranked[0][1]]
