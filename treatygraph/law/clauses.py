"""Final clauses as rules that can be computed with: entry into force, withdrawal, duration.

A clause on a card is a line of keys; here it becomes a typed rule. The rules' meaning follows
VCLT articles 24 (entry into force), 54 to 56 (termination and withdrawal) and the clause itself,
which always comes first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from treatygraph.model.dates import Period, Span, day
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Cite, Clause, Instrument

__all__ = [
    "CLAUSE_KEYS",
    "DurationRule",
    "EntryRule",
    "StateEntryRule",
    "WithdrawalRule",
    "borrowing",
    "duration_of",
    "entry_of",
    "problem_of",
    "state_entry_of",
    "withdrawal_of",
]

CLAUSE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "entry-into-force": (
        "on", "count", "acts", "including", "others", "all_of", "some", "of", "fraction", "of_parties_to",
        "delay", "start", "not_before", "after",
    ),
    "state-entry-into-force": ("on", "delay", "start", "applies"),
    "withdrawal": (
        "period", "from", "addressees", "ground", "tail", "not_before", "only", "at_end_of", "ends", "as", "none",
    ),
    "duration": ("term", "until", "through", "renews", "unlimited", "as"),
    "extension": ("by", "max", "times"),
    "supersession": ("ends", "by"),
    "provisional-application": ("from", "until", "by", "extent"),
    "suspension": ("none", "period", "addressees"),
    "amendment-entry": ("number", "unit"),
    "reservation-ban": (),
    "verification": ("number", "unit"),
    "depositary": ("is",),
    "limit": ("number", "unit", "item", "deadline"),
}  # fmt: skip
"""The keys that each kind of clause knows, besides article, gist and the citation."""

_PERIODS = ("delay", "period", "term", "renews", "max")
_NUMBERS = ("count", "some", "times")


def problem_of(clause: Clause) -> str:
    """What is wrong with a clause as written; the empty string when nothing is."""
    known = CLAUSE_KEYS.get(clause.kind)
    if known is None:
        return f"'{clause.kind}' is not a kind of clause."
    for key in clause.terms:
        if key not in (*known, "gist"):
            return f"'{key}' is not a key of a {clause.kind} clause."
    try:
        for key in _PERIODS:
            if clause.get(key):
                Period.parse(clause.get(key))
        for key in ("until", "through", "deadline"):
            if clause.get(key).startswith("P"):
                Period.parse(clause.get(key))
            elif clause.get(key):
                Span.parse(clause.get(key))
    except BadDate as problem:
        return str(problem)
    for key in _NUMBERS:
        if clause.get(key) and not clause.get(key).isdecimal():
            return f"'{key}' is '{clause.get(key)}', not a number."
    return ""


def _period(clause: Clause, key: str) -> Period | None:
    return Period.parse(clause.get(key)) if clause.get(key) else None


@dataclass(frozen=True, slots=True)
class EntryRule:
    """When an instrument enters into force: a predicate over consents, and a delay (rule R13)."""

    on: str
    """``deposit``, ``exchange``, ``notification`` or ``signature``."""
    count: int
    acts: tuple[str, ...]
    """Kinds of consent that count; empty = every kind."""
    including: tuple[str, ...]
    others: bool
    """The count is of states besides those in ``including``."""
    all_of: tuple[str, ...]
    """State codes, or ``signatories`` or ``participants``."""
    some: int
    of: tuple[str, ...]
    delay: Period | None
    first_of_month: bool
    not_before: date | None
    after: str
    """An instrument that must be in force first."""
    uncountable: bool
    """The threshold is a share of another instrument's parties: not counted here."""
    article: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class StateEntryRule:
    """When an instrument enters into force for a state that consents later."""

    delay: Period | None
    first_of_month: bool
    after_entry: bool
    """The delay is for consents after entry into force; else for consents after the decisive one."""
    on_waiver: bool
    """A state is bound when it waives the conditions of entry into force, not by its consent alone (rule R14)."""
    article: str
    cite: Cite | None


@dataclass(frozen=True, slots=True)
class WithdrawalRule:
    """How a party leaves: notice, period, what defers the effect (rules R23 to R26)."""

    period: Period | None
    addressees: tuple[str, ...]
    ground: str
    tail: str
    """``named-conflict``, ``any-conflict``, ``occupation`` or empty (rule R25)."""
    not_before: Period | None
    only: str
    at_end_of_term: bool
    ends_for_all: bool
    none: bool
    """The text was searched and has no clause: VCLT article 56 (rule R26)."""
    article: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class DurationRule:
    """How long an instrument lives (rule R18)."""

    term: Period | None
    until: Span | None
    """First day on which it is no longer in force."""
    renews: Period | None
    lives_as: str
    """An instrument whose life it shares (rule R29)."""
    article: str
    cite: Cite


def entry_of(instrument: Instrument) -> EntryRule | None:
    """The instrument's entry-into-force rule, or None when its card has none."""
    for clause in instrument.clauses_of("entry-into-force"):
        if not set(clause.terms) - {"gist"}:
            continue
        return EntryRule(
            on=clause.get("on") or "deposit",
            count=int(clause.get("count") or 0),
            acts=clause.many("acts"),
            including=clause.many("including"),
            others=clause.get("others") == "yes",
            all_of=clause.many("all_of"),
            some=int(clause.get("some") or 0),
            of=clause.many("of"),
            delay=_period(clause, "delay"),
            first_of_month=clause.get("start") == "first-of-month",
            not_before=day(clause.get("not_before")) if clause.get("not_before") else None,
            after=clause.get("after"),
            uncountable=bool(clause.get("fraction")),
            article=clause.article,
            cite=clause.cite,
        )
    return None


def state_entry_of(instrument: Instrument) -> StateEntryRule:
    """The rule for later consents; without a clause the consent works at once (VCLT 24(3))."""
    for clause in instrument.clauses_of("state-entry-into-force"):
        if set(clause.terms) - {"gist"}:
            return StateEntryRule(
                delay=_period(clause, "delay"),
                first_of_month=clause.get("start") == "first-of-month",
                after_entry=clause.get("applies") == "after-entry",
                on_waiver=clause.get("on") == "waiver",
                article=clause.article,
                cite=clause.cite,
            )
    return StateEntryRule(None, False, False, False, "", None)


def withdrawal_of(instrument: Instrument) -> WithdrawalRule | None:
    """The ordinary way out; None when the card has no withdrawal clause.

    Of several clauses the first with a period and no bar to ordinary use counts.
    """
    best: WithdrawalRule | None = None
    for clause in instrument.clauses_of("withdrawal"):
        rule = WithdrawalRule(
            period=_period(clause, "period"),
            addressees=clause.many("addressees"),
            ground=clause.get("ground"),
            tail=clause.get("tail"),
            not_before=_period(clause, "not_before"),
            only=clause.get("only"),
            at_end_of_term=bool(clause.get("at_end_of")),
            ends_for_all=clause.get("ends") == "all",
            none=clause.get("none") == "yes",
            article=clause.article,
            cite=clause.cite,
        )
        if rule.period and not rule.only:
            return rule
        best = best if best and best.period else rule
    return best


def borrowing(instrument: Instrument, instruments: Mapping[str, Instrument]) -> Instrument:
    """The card, with each "same way out as that instrument" (``as``) replaced by that instrument's own clauses.

    Where the other has none of its own, or is not on record, the clause stays as it is.
    """
    if not any(clause.kind == "withdrawal" and clause.get("as") for clause in instrument.clauses):
        return instrument
    clauses: list[Clause] = []
    for clause in instrument.clauses:
        lender = instruments.get(clause.get("as")) if clause.kind == "withdrawal" else None
        lent = [item for item in lender.clauses_of("withdrawal") if not item.get("as")] if lender else []
        clauses += [_lent(clause, item) for item in lent] or [clause]
    return replace(instrument, clauses=tuple(clauses))


def _lent(clause: Clause, other: Clause) -> Clause:
    sources = tuple(dict.fromkeys((*clause.cite.sources, *other.cite.sources)))
    terms = {key: value for key, value in other.terms.items() if key != "gist"}
    return replace(
        clause, article=clause.article or other.article, terms=terms, cite=replace(clause.cite, sources=sources)
    )


def durations_of(instrument: Instrument) -> tuple[DurationRule, ...]:
    """Every duration clause that computes something."""
    return tuple(rule for clause in instrument.clauses_of("duration") if (rule := duration_of(clause)))


def duration_of(clause: Clause) -> DurationRule | None:
    """The rule in a duration clause; None when it sets no limit."""
    until = Span.parse(clause.get("until")) if clause.get("until") else None
    if clause.get("through"):
        until = Span.parse(clause.get("through")).shift(Period.parse("P1D"))
    rule = DurationRule(
        term=_period(clause, "term"),
        until=until,
        renews=_period(clause, "renews"),
        lives_as=clause.get("as"),
        article=clause.article,
        cite=clause.cite,
    )
    return rule if rule.term or rule.until or rule.lives_as else None
