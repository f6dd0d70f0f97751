"""Claims about where an instrument or a state under it stands on a day, and what an authority holds of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Day  # noqa: N812 - as in the room's other modules
from typing import Final

from treatygraph.answers.claims.coverage import could_take_part, ledger_proves
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.leaving import reading_name
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    capital,
    dated,
)
from treatygraph.answers.wording import listed
from treatygraph.model.act_words import JOINING, LEAVING
from treatygraph.model.dates import BEGINNING, Span, long_form, within
from treatygraph.model.standings import Derivation, Standing, Status
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY, NOT_KNOWN

__all__ = ["day_of", "ended_for_all", "holds_that", "standing_on", "status_on"]

_SHOWN = 6
_NONE: Final = "none"
_SAME: Final = {"participant": "party", "former-participant": "former-party"}
"""What is no treaty has participants; a claim may use either word for how a state takes part."""
_OVER: Final = frozenset({"expired", "terminated", "superseded", "ended"})
_NEAR: Final = frozenset(
    {
        ("party", "contracting"), ("party", "provisional"), ("contracting", "party"), ("provisional", "party"),
        ("signatory", "party"), ("signatory", "contracting"), ("signatory", "provisional"),
        ("provisional", "signatory"), ("contracting", "provisional"), ("provisional", "contracting"),
        ("none", "signatory"), ("none", "former-party"),
    }
)  # fmt: skip
"""Claimed and recorded standings of which the one is a loose word for the other."""


_UNRATIFIED: Final = re.compile(
    r"\b(?:never|not|yet to|without|refus\w+ to|fail\w+ to|declin\w+ to)\b[^.;]{0,20}\bratif|"
    r"\bunratified\b|n['’]t (?:yet )?ratif",
    re.IGNORECASE,
)
"""Words that say that a state has not ratified."""


def day_of(evidence: Evidence, draft: Draft) -> Day:
    """The last day that a claim can mean: that of ``on``, or else of the report."""
    return Span.parse(draft.get("on")).latest if draft.get("on") else evidence.date


def _days(evidence: Evidence, draft: Draft, changes: Iterable[Day]) -> list[Day]:
    """The days on which a claim about a month or a year can hold: the last, the first, and those of a change."""
    if not draft.get("on"):
        return [evidence.date]
    said = Span.parse(draft.get("on"))
    return list(
        dict.fromkeys((said.latest, said.earliest, *(day for day in changes if said.earliest < day < said.latest)))
    )


def standing_on(evidence: Evidence, draft: Draft) -> Held:
    """``standing-on``: how a state stood on a day; it depends where legal views differ (rule R39)."""
    name, state = draft.get("instrument"), draft.get("state")
    days = _days(evidence, draft, (item.start for item in evidence.standings(name, state)))
    verdicts = [_standing_on(evidence, draft, day) for day in days]
    return next((held for held in verdicts if held.verdict == CONFIRMED), verdicts[0])


def _standing_on(evidence: Evidence, draft: Draft, on: Day) -> Held:
    name, state, claimed = draft.get("instrument"), draft.get("state"), draft.get("standing")
    views = {reading: evidence.standing_on(name, state, on, reading) for reading in evidence.readings_on(name, state)}
    held = {reading: view.standing if view else _NONE for reading, view in views.items()}
    mine = views[DEPOSITARY]
    text = f"{capital(evidence.named(state))} was {_a(held[DEPOSITARY])} {evidence.title(name)} on {long_form(on)}"
    text += f" (since {mine.origin or mine.since})" if mine and (mine.origin or mine.since) else ""
    other = [
        f"{reading_name(by)} holds {view.replace('-', ' ')}" for by, view in held.items() if view != held[DEPOSITARY]
    ]
    text += f"; {', '.join(other)}" if other else ""
    flags = _flags(evidence, name, state, on)
    text += "".join(f"; {item}" for item in flags.values())
    proofs = tuple(evidence.proof_of_standing(view, reading) for reading, view in views.items() if view)
    grades = {by: _grade(claimed, standing, set(flags)) for by, standing in held.items()}
    notes = evidence.coverage(name, on)
    if len(set(grades.values())) > 1 and CONFIRMED in grades.values():
        definitions = tuple(
            Definition(definition=reading_name(by), holds=grade == CONFIRMED, standing=held[by])
            for by, grade in grades.items()
        )
        return Held(DEPENDS, f"{text}.", proofs, definitions, notes)
    verdict = grades[DEPOSITARY]
    if (
        verdict == IMPRECISE
        and claimed == "signatory"
        and held[DEPOSITARY] == "party"
        and _UNRATIFIED.search(draft.says)
    ):
        verdict = CONTRADICTED  # a party has signed as well; but it has ratified
    if not _is_known(evidence, name, state, on, claimed, mine):
        return Held(NOT_ON_RECORD, f"{text}, as far as the record reaches.", proofs, notes=notes)
    return Held(verdict, f"{text}.", proofs, notes=notes)


def _grade(claimed: str, recorded: str, flags: set[str]) -> str:
    """How a claimed standing stands to the recorded one and its flags."""
    if claimed == recorded:
        return CONFIRMED
    said, standing = _SAME.get(claimed, claimed), _SAME.get(recorded, recorded)
    if said == standing:
        return IMPRECISE
    if said == "former-party" and flags & {"consent-revoked", "signature-duty-ended", "notice-pending"}:
        return IMPRECISE
    return IMPRECISE if (said, standing) in _NEAR else CONTRADICTED


def _flags(evidence: Evidence, name: str, state: str, on: Day) -> dict[str, str]:
    """What qualifies a standing on a day, by flag: in words."""
    line, flags = evidence.line(state), {}
    for flag in evidence.derivation(name).flags:
        if flag.state in line and within(on, flag.start, flag.end) and flag.flag in _FLAGS:
            text = _FLAGS[flag.flag]
            text += f" towards {listed(flag.against)}" if flag.against else ""
            text += f" (rejected by {listed(flag.rejected_by[:_SHOWN])})" if flag.rejected_by else ""
            flags[flag.flag] = text
    return flags


_FLAGS: Final = {
    "notice-pending": "its notice of withdrawal is pending",
    "suspension-claimed": "it claims a suspension",
    "suspended": "suspended",
    "consent-revoked": "it took back its consent to be bound",
    "signature-duty-ended": "it said that it would not become a party",
    "countermeasures": "it takes countermeasures",
}


def _is_known(evidence: Evidence, name: str, state: str, on: Day, claimed: str, mine: Standing | None) -> bool:
    """Whether the record reaches the standing that it has, or lacks, far enough to judge the claim (K3)."""
    standing = mine.standing if mine else _NONE
    if standing == NOT_KNOWN or not could_take_part(evidence, name, state, on):
        return standing != NOT_KNOWN
    known, line = evidence.knowledge(name), evidence.line(state)
    if standing == _NONE:
        first = min((item.start for item in evidence.standings(name, state)), default=None)
        absence = known.absence(line, on, first)
        return absence.standing == _NONE and (claimed == _NONE or not absence.as_of)
    if standing in ("signatory", "contracting"):
        if claimed == standing and on > known.whole > BEGINNING:  # it ends there, and so goes on as it was (K3)
            return not known.hole(line, on, ("consent", "any"), acting=True)
        return ledger_proves(evidence, name, state, JOINING, on)
    if mine and mine.binds and _SAME.get(claimed, claimed) == "former-party":
        return ledger_proves(evidence, name, state, LEAVING, on) or bool(_flags(evidence, name, state, on))
    return True


def _a(standing: str) -> str:
    """A standing with its article and the preposition before the instrument."""
    words = standing.replace("-", " ")
    if standing == _NONE:
        return "without a standing under"
    if standing == NOT_KNOWN:
        return "of a standing that the record does not tell under"
    if standing == "provisional":
        return "provisionally applying"
    return f"a {words} {'of' if standing == 'signatory' else 'state of' if standing == 'contracting' else 'to'}"


# ---------------------------------------------------------------------- of the instrument


def status_on(evidence: Evidence, draft: Draft) -> Held:
    """``status-on``: the instrument's own status on a day, under every reading; one way to end for another is loose."""
    name = draft.get("instrument")
    days = _days(evidence, draft, (item.start for item in evidence.derivation(name).statuses))
    verdicts = [_status_on(evidence, draft, day) for day in days]
    return next((held for held in verdicts if held.verdict == CONFIRMED), verdicts[0])


def _status_on(evidence: Evidence, draft: Draft, on: Day) -> Held:
    name, claimed = draft.get("instrument"), draft.get("status")
    views = {reading: status_of(evidence.derivation(name, reading), on) for reading in evidence.readings(name)}
    mine = views[DEPOSITARY]
    if mine is None:
        return _before(evidence, draft, on)
    if mine.status == NOT_KNOWN:
        lack = next((step.text for step in mine.because if step.rule == "K3"), "")
        text = f"The record does not tell the status of {evidence.title(name)} on {long_form(on)}: {lack}."
        return Held(NOT_ON_RECORD, text, notes=evidence.coverage(name, on))
    held = {reading: view.status if view else mine.status for reading, view in views.items()}
    text = f"{evidence.title(name)} was {mine.status.replace('-', ' ')} on {long_form(on)}, since {mine.since}"
    other = [f"{reading_name(by)}: {view.replace('-', ' ')}" for by, view in held.items() if view != mine.status]
    text += f"; {', '.join(other)}." if other else "."
    grades = {by: _status_grade(claimed, status) for by, status in held.items()}
    proofs, notes = (evidence.proof_of_status(mine),), evidence.coverage(name, on)
    if len(set(grades.values())) > 1:
        good = {by: grade in (CONFIRMED, IMPRECISE) for by, grade in grades.items()}
        if len(set(good.values())) > 1:
            definitions = tuple(
                Definition(definition=reading_name(by), holds=holds, standing=held[by]) for by, holds in good.items()
            )
            return Held(DEPENDS, text, proofs, definitions, notes)
    return Held(grades[DEPOSITARY], text, proofs, notes=notes)


def _before(evidence: Evidence, draft: Draft, on: Day) -> Held:
    """There is no status on the day: the instrument was not there yet, or the record does not reach it."""
    name, card = draft.get("instrument"), evidence.card(draft.get("instrument"))
    entry = evidence.life(name).entry
    text = f"The record has no status of {evidence.title(name)} on {long_form(on)}"
    begun = min((span for span in (card.signed, entry) if span), default=None)
    if begun and begun.earliest > on:
        verdict = CONFIRMED if draft.get("status") == "not-in-force" else CONTRADICTED
        return Held(verdict, f"{text}: it was made {dated(begun)}.")
    if card.is_treaty and entry is None and draft.get("status") == "not-in-force":
        return Held(CONFIRMED, f"{evidence.title(name)} never entered into force on record.")
    return Held(NOT_ON_RECORD, f"{text}.")


def _status_grade(claimed: str, recorded: str) -> str:
    if claimed == recorded:
        return CONFIRMED
    if {claimed, recorded} <= _OVER or {claimed, recorded} == {"in-force", "operative"}:
        return IMPRECISE
    if claimed == "not-in-force" and recorded in _OVER:
        return IMPRECISE
    return IMPRECISE if {claimed, recorded} == {"in-force", "provisional"} else CONTRADICTED


def status_of(derived: Derivation, on: Day) -> Status | None:
    """The status on a day; None where there is none."""
    return next((item for item in derived.statuses if within(on, item.start, item.end)), None)


def ended_for_all(evidence: Evidence, draft: Draft) -> Held:
    """``ended-for-all``: whether the instrument is gone for every party, by ``on`` or as far as the record reaches."""
    name = draft.get("instrument")
    on = Span.parse(draft.get("on")).latest if draft.get("on") else evidence.latest
    life, derived = evidence.life(name), evidence.derivation(name)
    when = f"on {long_form(on)}" if draft.get("on") or evidence.known else "as far as the record reaches"
    if life.end and life.end.latest <= on:
        return _ended(evidence, name, on)
    bound = [item for item in derived.standings if item.binds and within(on, item.start, item.end)]
    live = status_of(derived, on)
    if not bound or live is None:
        return Held(NOT_ON_RECORD, f"{evidence.title(name)} has never bound a party on record by {long_form(on)}.")
    left = sorted(_left(derived.standings, on), key=lambda item: (item.start, item.state))
    text = f"{evidence.title(name)} is {live.status.replace('-', ' ')} {when}: {len(bound)} states are still bound"
    gone = listed([f"{evidence.named(item.state)} ({long_form(item.start)})" for item in left[:_SHOWN]])
    text += f"; out {'is' if len(left) == 1 else 'are'} {gone}." if left else "."
    proofs = (evidence.proof_of_status(live), *map(evidence.proof_of_standing, left[:_SHOWN]))
    # a ledger known to be complete only up to some day may lack later exits, so the reader is told
    return Held(CONTRADICTED, text, proofs, notes=evidence.coverage(name, on))


def _ended(evidence: Evidence, name: str, on: Day) -> Held:
    """The instrument is over as the depositaries have it; others may hold that it goes on."""
    life, derived = evidence.life(name), evidence.derivation(name)
    assert life.end is not None  # asked only where it has ended
    ended = next((item for item in reversed(derived.statuses) if item.start == life.end.earliest), None)
    text = f"{evidence.title(name)} ended {dated(life.end)} ({life.how})"
    proofs = (evidence.proof_of_status(ended),) if ended else ()
    views = {by: status_of(evidence.derivation(name, by), on) for by in evidence.readings(name)}
    alive = {by: bool(view and view.status not in _OVER) for by, view in views.items()}
    if any(alive.values()):
        definitions = tuple(Definition(definition=reading_name(by), holds=not live) for by, live in alive.items())
        text += f"; {listed([reading_name(by) for by, live in alive.items() if live])} holds that it goes on"
        return Held(DEPENDS, f"{text}.", proofs, definitions)
    return Held(CONFIRMED, f"{text}.", proofs)


def _left(standings: Iterable[Standing], on: Day) -> Iterator[Standing]:
    return (item for item in standings if item.standing.startswith("former") and within(on, item.start, item.end))


# ---------------------------------------------------------------------- what an authority holds


def holds_that(evidence: Evidence, draft: Draft) -> Held:
    """``holds-that``: what an authority holds of a standing, whatever others hold (rule R39)."""
    name, authority, on = draft.get("instrument"), draft.get("authority"), day_of(evidence, draft)
    state, claimed = draft.get("state"), draft.get("standing")
    said = [view for view in evidence.assertions(name) if view.authority == authority]
    if authority not in (DEPOSITARY, CLAUSE) and not said:
        return Held(NOT_ON_RECORD, f"The record has no view of {authority} about {evidence.title(name)}.")
    about = [view for view in said if not state or not view.state or view.state in evidence.line(state)]
    if not about and authority not in (DEPOSITARY, CLAUSE):
        return Held(NOT_ON_RECORD, f"The record has no view of {authority} about {evidence.named(state)} there.")
    if not state:
        view = status_of(evidence.derivation(name, authority), on)
        held, words = (view.status, "status") if view else (_NONE, "status")
        verdict = _status_grade(claimed, held)
    else:
        item = evidence.standing_on(name, state, on, authority)
        held, words = item.standing if item else _NONE, f"standing of {evidence.named(state)}"
        verdict = _grade(claimed, held, set())
    text = f"On {long_form(on)}, by {reading_name(authority)}, the {words} under {evidence.title(name)} was "
    text += f"{held.replace('-', ' ')}."
    proofs = tuple(evidence.proof_of_view(view) for view in about)
    return Held(verdict, text, proofs)
