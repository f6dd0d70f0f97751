"""Readings: whose legal view is asked for, and how it changes which acts count (rule R39).

``depositary`` is the record as depositaries keep it, and the default. ``clause`` applies the
instrument's own clauses to every act as it was made, whoever disputes it. Every other reading is
that of an authority that has asserted something; where it has not, it follows the depositaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from treatygraph.model.records import Act, Assertion
from treatygraph.model.vocabulary import CLAUSE, CONSENTS, DEPOSITARY, EXITS

__all__ = ["CLAUSE", "DEPOSITARY", "accepted", "authorities", "known_by", "stances", "widened"]

_DENIED = ("rejects", "not-recorded")
_EXITS = EXITS | {"withdrawal-of-consent"}
_GONE = ("former-party", "former-participant", "none", "terminated", "ended", "expired")


def known_by(acts: Sequence[Act], known: date | None) -> list[Act]:
    """The acts that were on record by a day (rule R1); all of them when no day is given."""
    return [act for act in acts if known is None or act.known <= known]


def stances(assertions: Sequence[Assertion], act: Act) -> list[Assertion]:
    """Every assertion about an act, or about all acts of its state under the instrument."""
    return [item for item in assertions if item.is_about(act)]


def widened(assertions: Sequence[Assertion], acts: Sequence[Act]) -> list[Assertion]:
    """Assertions about a consent, each for every place at which that consent was deposited (rule R8).

    Whoever rejects an accession rejects it wherever the instrument lies.
    """
    views = list(assertions)
    for item in assertions:
        if item.act not in CONSENTS:
            continue
        places = {act.depositary for act in acts if item.is_about(act) and act.depositary}
        days = {act.date.text for act in acts if _again(act, item) and act.depositary and act.depositary not in places}
        views += [replace(item, act_date=day) for day in sorted(days - {item.act_date})] if places else []
    return views


def _again(act: Act, item: Assertion) -> bool:
    return (act.instrument, act.state, act.kind) == (item.instrument, item.state, item.act)


def authorities(assertions: Sequence[Assertion]) -> list[str]:
    """Whoever has asserted something, in order of name; the depositaries are not listed."""
    return sorted({item.authority for item in assertions} - {DEPOSITARY})


def accepted(acts: Sequence[Act], assertions: Sequence[Assertion], reading: str) -> list[Act]:
    """The acts that count under a reading, with the day of effect that it asserts."""
    if reading == CLAUSE:
        return list(acts)
    acts_accepted: list[Act] = []
    disputed = {(item.state, item.act) for item in assertions}
    for act in acts:
        counted = _as_held(act, assertions, reading) if (act.state, act.kind) in disputed else act
        if counted is not None:
            acts_accepted.append(counted)
    return acts_accepted


def _as_held(act: Act, assertions: Sequence[Assertion], reading: str) -> Act | None:
    if act.kind in ("suspension", "resumption", "countermeasure"):
        return act
    for authority in dict.fromkeys((reading, DEPOSITARY)):
        for item in stances(assertions, act):
            if item.authority != authority:
                continue
            return _denied(act, item) if item.stance in _DENIED else _granted(act, item)
    return act


def _granted(act: Act, view: Assertion) -> Act:
    """An act as its supporter sees it: with the day of exit that it asserts, or as a mere pause of a notice."""
    if act.kind == "revocation-of-notice" and view.holds == "notice-pending":
        return replace(act, kind="suspension-of-notice")
    if act.kind in _EXITS and view.holds in _GONE and view.effective:
        return replace(act, effective=view.effective)
    return act


def _denied(act: Act, denial: Assertion) -> Act | None:
    """An act that is denied from the start does not count.

    A denial with a later day of its own (a depositary that stopped listing a participant) is
    handled where the standings are cut; the act still counts before that day. Whoever denies that a
    notice was revoked, and yet holds the state to be a party, denies its words and not its effect.
    """
    if act.kind == "revocation-of-notice" and denial.holds == "party":
        return act
    later = denial.effective is not None and denial.effective.earliest > act.date.latest
    return act if later and act.kind in (*CONSENTS, "signature", "adherence", "adoption") else None
