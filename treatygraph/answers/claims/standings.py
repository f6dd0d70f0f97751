"""Claims about where an instrument or a state under it stands: status, standing, and the steps of a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from treatygraph.answers.claims.record import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Dossier,
    Held,
    Proof,
    capital,
    dated,
    proof_of_act,
    proof_of_event,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.model.dates import OPEN, Span, long_form, within
from treatygraph.model.records import Claim
from treatygraph.model.standings import Standing
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = [
    "announcement_of_withdrawal",
    "effect_of_withdrawal",
    "ended_for_all",
    "notice_of_withdrawal",
    "standing_on",
    "status_on",
    "stays_out",
]

_SHOWN = 6


def standing_on(dossier: Dossier, claim: Claim) -> Held:
    """``standing-on``: how a state stood on a day; it depends where legal views differ (rule R39)."""
    name, state, on = claim.get("instrument"), claim.get("state"), Span.parse(claim.get("on")).latest
    views = {reading: dossier.standing_on(name, state, on, reading) for reading in _readings(dossier, name)}
    held = {reading: view.standing if view else "none" for reading, view in views.items()}
    definitions = tuple(
        {"definition": _reading(reading), "holds": standing == claim.get("standing"), "standing": standing}
        for reading, standing in held.items()
    )
    mine = views[DEPOSITARY]
    text = f"{capital(dossier.named(state))} was {_a(held[DEPOSITARY])} {dossier.title(name)} on {long_form(on)}"
    text += f" (since {mine.origin or mine.since})" if mine and (mine.origin or mine.since) else ""
    other = [f"{_reading(by)} holds {view.replace('-', ' ')}" for by, view in held.items() if view != held[DEPOSITARY]]
    text += f"; {', '.join(other)}." if other else "."
    proofs = [dossier.proof_of_standing(view, reading) for reading, view in views.items() if view]
    right = {item["holds"] for item in definitions}
    verdict = DEPENDS if len(right) == 2 else CONFIRMED if True in right else CONTRADICTED
    differ = definitions if verdict == DEPENDS else ()
    return Held(verdict, text, tuple(proofs), differ, dossier.coverage(name, on))


def _readings(dossier: Dossier, name: str) -> list[str]:
    return list(dict.fromkeys((DEPOSITARY, *(dossier.shelf.get("readings", name) or ()))))


def _reading(by: str) -> str:
    return {DEPOSITARY: "the depositaries' record", CLAUSE: "the clause alone"}.get(by, f"the reading of {by}")


def _a(standing: str) -> str:
    """A standing with its article and the preposition before the instrument."""
    words = standing.replace("-", " ")
    if standing == "none":
        return "without a standing under"
    if standing == "provisional":
        return "provisionally applying"
    return f"a {words} {'of' if standing == 'signatory' else 'state of' if standing == 'contracting' else 'to'}"


def status_on(dossier: Dossier, claim: Claim) -> Held:
    """``status-on``: the instrument's own status on a day."""
    name, on = claim.get("instrument"), Span.parse(claim.get("on")).latest
    found = next((item for item in dossier.derivation(name).statuses if within(on, item.start, item.end)), None)
    if found is None:
        return Held(NOT_ON_RECORD, f"The record has no status of {dossier.title(name)} on {long_form(on)}.")
    text = f"{dossier.title(name)} was {found.status.replace('-', ' ')} on {long_form(on)}, since {found.since}."
    verdict = CONFIRMED if found.status == claim.get("status") else CONTRADICTED
    return Held(verdict, text, (dossier.proof_of_status(found),), notes=dossier.coverage(name, on))


def ended_for_all(dossier: Dossier, claim: Claim) -> Held:
    """``ended-for-all``: whether the instrument is gone for every party, by ``on`` or as far as the record reaches."""
    name = claim.get("instrument")
    on = Span.parse(claim.get("on")).latest if claim.get("on") else dossier.latest
    life, derived = dossier.life(name), dossier.derivation(name)
    when = f"on {long_form(on)}" if claim.get("on") or dossier.known else "as far as the record reaches"
    if life.end and life.end.latest <= on:
        ended = next((item for item in reversed(derived.statuses) if item.start == life.end.earliest), None)
        text = f"{dossier.title(name)} ended {dated(life.end)} ({life.how})."
        return Held(CONFIRMED, text, (dossier.proof_of_status(ended),) if ended else ())
    bound = [item for item in derived.standings if item.binds and within(on, item.start, item.end)]
    live = next((item for item in derived.statuses if within(on, item.start, item.end)), None)
    if not bound or live is None:
        return Held(NOT_ON_RECORD, f"{dossier.title(name)} has never bound a party on record by {long_form(on)}.")
    left = sorted(_left(derived.standings, on), key=lambda item: (item.start, item.state))
    text = f"{dossier.title(name)} is {live.status.replace('-', ' ')} {when}: {len(bound)} states are still bound"
    gone = listed([f"{dossier.named(item.state)} ({long_form(item.start)})" for item in left[:_SHOWN]])
    text += f"; out {'is' if len(left) == 1 else 'are'} {gone}." if left else "."
    proofs = (dossier.proof_of_status(live), *map(dossier.proof_of_standing, left[:_SHOWN]))
    # a ledger known to be complete only up to some day may lack later exits, so the reader is told
    return Held(CONTRADICTED, text, proofs, notes=dossier.coverage(name, on))


def _left(standings: Iterable[Standing], on: date) -> Iterator[Standing]:
    return (item for item in standings if item.standing.startswith("former") and within(on, item.start, item.end))


def stays_out(dossier: Dossier, claim: Claim) -> Held:
    """``stays-out``: whether a state that had left by a day has not come back since."""
    name, state, on = claim.get("instrument"), claim.get("state"), Span.parse(claim.get("on")).latest
    title, who = dossier.title(name), capital(dossier.named(state))
    bound = [item for item in dossier.standings(name, state) if item.binds and item.start <= dossier.latest]
    if not bound:
        return Held(IMPRECISE, f"{who} was never bound by {title}, so there was nothing to come back to.")
    notes = dossier.coverage(name, dossier.latest)
    after = next((item for item in bound if item.end > on), None)
    if after:
        text = f"{who} is bound by {title} since {after.since}" + (f" until {after.until}." if after.until else ".")
        return Held(CONTRADICTED, text, (dossier.proof_of_standing(after),), notes=notes)
    last = max(bound, key=lambda item: item.end)
    out = next(item for item in dossier.standings(name, state) if item.start == last.end)  # whoever was bound is former
    text = f"{who} has been out of {title} since {long_form(last.end)}, and the record has no return."
    return Held(CONFIRMED, text, (dossier.proof_of_standing(out),), notes=notes)


# ---------------------------------------------------------------------- the steps of a withdrawal


@dataclass(frozen=True)
class _Step:
    """One step on the way out: what it is, when, and the record of it."""

    kind: str
    date: Span
    proof: Proof


_ANNOUNCED, _NOTIFIED, _EFFECTIVE = "announcement", "notice", "effect"
_WORDS = {_ANNOUNCED: "was announced", _NOTIFIED: "was notified", _EFFECTIVE: "took effect"}


def announcement_of_withdrawal(dossier: Dossier, claim: Claim) -> Held:
    """``announcement-of-withdrawal``: when a state said that it would leave; the notice, where nothing is announced."""
    return _withdrawal(dossier, claim, _ANNOUNCED)


def notice_of_withdrawal(dossier: Dossier, claim: Claim) -> Held:
    """``notice-of-withdrawal``: when a state gave notice (rule R23)."""
    return _withdrawal(dossier, claim, _NOTIFIED)


def effect_of_withdrawal(dossier: Dossier, claim: Claim) -> Held:
    """``effect-of-withdrawal``: the first day on which a state is out."""
    return _withdrawal(dossier, claim, _EFFECTIVE)


def _withdrawal(dossier: Dossier, claim: Claim, asked: str) -> Held:
    """Announcement, notice and effect are kept apart (rule R2); one taken for another is imprecise."""
    name, state = claim.get("instrument"), claim.get("state")
    steps = sorted(_steps(dossier, name, state), key=lambda step: (step.date, list(_WORDS).index(step.kind)))
    if asked == _ANNOUNCED and not any(step.kind == asked for step in steps):
        asked = _NOTIFIED
    who, title = dossier.named(state), dossier.title(name)
    if not any(step.kind == asked for step in steps):
        return Held(NOT_ON_RECORD, f"The record has no {asked} of a withdrawal of {who} from {title}.")
    told = listed([f"{_WORDS[step.kind]} {dated(step.date)}" for step in steps])
    text = f"The withdrawal of {who} from {title} {told}."
    said = Span.parse(claim.get("on"))
    verdicts = {verdict_on_date(said, step.date) for step in steps if step.kind == asked}
    verdict = next(item for item in (CONFIRMED, IMPRECISE, NOT_ON_RECORD, CONTRADICTED) if item in verdicts)
    taken = next((s for s in steps if s.kind != asked and verdict_on_date(said, s.date) == CONFIRMED), None)
    if verdict == CONTRADICTED and taken:
        verdict, text = IMPRECISE, f"{text} The report gives the day of the {taken.kind} for that of the {asked}."
    return Held(verdict, text, tuple(step.proof for step in steps))


def _steps(dossier: Dossier, name: str, state: str) -> Iterator[_Step]:
    acts = dossier.acts(name, state, ("notice-of-withdrawal", "withdrawal", "end-of-participation"))
    for act in acts:
        if act.kind == "notice-of-withdrawal":
            yield _Step(_NOTIFIED, act.date, proof_of_act(act))
    ids = {act.id for act in acts}
    out = [item for item in dossier.standings(name, state) if ids & {step.act for step in item.because}]
    out = [item for item in out if item.standing.startswith("former")]
    for item in out:
        yield _Step(_EFFECTIVE, Span.of(item.start), dossier.proof_of_standing(item))
    first_out = min((item.start for item in out), default=OPEN)
    for event in dossier.acted(name, state):
        if event.type == "announcement" and event.date.earliest <= first_out:
            yield _Step(_ANNOUNCED, event.date, proof_of_event(event))
