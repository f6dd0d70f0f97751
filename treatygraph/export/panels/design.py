"""What the clauses of an instrument say, as covariates: the same words for every table that carries them."""

from __future__ import annotations

from typing import Final, NamedTuple

from treatygraph.export.fields import Cell, Field, of
from treatygraph.law.clauses import durations_of, withdrawal_of
from treatygraph.model.dates import Period
from treatygraph.model.dates import day as day_of
from treatygraph.model.records import Instrument
from treatygraph.model.vocabulary import TREATY_KINDS

__all__ = ["DESIGN", "design_cells"]

_SOME_DAY: Final = day_of("2001-01-01")

DESIGN: Final[tuple[Field, ...]] = (
    of("kind", "Kind of instrument: treaty, protocol, political-document and so on."),
    of("treaty", "Whether the law of treaties governs it.", type="boolean"),
    of("text_read", "How much of its text was read for the card: whole, part or no."),
    of("exit_clause", "Whether it has a withdrawal clause: yes, no (the text was read whole, or searched for it), or "
       "not-read.", formula="yes if the card has a clause; no if it says there is none or the text was read whole"),
    of("notice_days", "Days of notice by that clause, months counted from 1 January 2001; empty: none is given, or no "
       "clause is on record.", type="integer"),
    of("extraordinary", "Whether it allows withdrawal on extraordinary events only; empty: no clause on record.",
       type="boolean"),
    of("council_told", "Whether notice goes to the Security Council too; empty: no clause on record.", type="boolean"),
    of("conflict_tail", "What defers a withdrawal: named-conflict, any-conflict or occupation; empty: nothing on "
       "record."),
    of("term_days", "Days of the term it was made for, from its entry into force; empty: no term on record.",
       type="integer"),
    of("duration", "term, renewed (a term that renews itself), unlimited, tied (lives with another instrument), or "
       "empty: nothing on record."),
    of("verification", "Whether it has a verification clause: yes, no (the text was read whole), or not-read."),
)  # fmt: skip
"""Columns of :func:`design_cells`; nothing is taken to be absent because nobody read the text (rule K9)."""


class _Covariates(NamedTuple):
    kind: str
    treaty: bool
    text_read: str
    exit_clause: str
    notice_days: int | None
    extraordinary: bool | None
    council_told: bool | None
    conflict_tail: str | None
    term_days: int | None
    duration: str | None
    verification: str


def design_cells(card: Instrument) -> tuple[Cell, ...]:
    """The cells of :data:`DESIGN`."""
    rule = withdrawal_of(card)
    has_exit = rule is not None and not rule.none
    return _Covariates(
        card.kind,
        card.kind in TREATY_KINDS,
        card.text.read,
        "yes" if has_exit else "no" if rule or card.text.read == "whole" else "not-read",
        _length(rule.period) if rule else None,
        bool(rule.ground) if rule and has_exit else None,
        "security-council" in rule.addressees if rule and has_exit else None,
        rule.tail or None if rule else None,
        next((_length(item.term) for item in durations_of(card) if item.term), None),
        _duration(card),
        "yes" if card.clauses_of("verification") else "no" if card.text.read == "whole" else "not-read",
    )


def _length(period: Period | None) -> int | None:
    return None if period is None else (period.after(_SOME_DAY) - _SOME_DAY).days


def _duration(card: Instrument) -> str | None:
    rules = durations_of(card)
    if any(clause.get("unlimited") for clause in card.clauses_of("duration")):
        return "unlimited"
    if any(rule.lives_as for rule in rules):
        return "tied"
    terms = [rule for rule in rules if rule.term or rule.until]
    if not terms:
        return None
    return "renewed" if any(rule.renews for rule in terms) else "term"
