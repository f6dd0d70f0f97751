"""Claims about what happened and who was who: events, allegations and denials, offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from treatygraph.answers.claims.record import (
    CONFIRMED,
    CONTRADICTED,
    IMPRECISE,
    NOT_ON_RECORD,
    Dossier,
    Held,
    Proof,
    actor,
    capital,
    dated,
    proof_of_event,
    proof_of_tenure,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.facts.claim_terms import WEEKDAYS
from treatygraph.model.dates import BEGINNING, Span, long_form
from treatygraph.model.names import key
from treatygraph.model.records import Claim, Event, Participation, Tenure

__all__ = ["allegation", "denial", "event_on", "not_in_office", "office_on"]


_PERSONS = ("speaker", "addressee", "official")


def event_on(dossier: Dossier, claim: Claim) -> Held:
    """``event-on``: whether something happened, when, and who took part.

    What the claim is about is found by ``event``, or else by type, instrument, states and ``about``; the
    persons and the date are then held against it. Another date contradicts the claim only where ``event`` or
    a person shows which event is meant; elsewhere the record lacks one on that date.
    """
    found = _events(dossier, claim)
    if not found:
        return Held(NOT_ON_RECORD, "The record has no such event.")
    told = [event for event in found if not _wrong_persons(dossier, claim, event)]
    if not told:
        return _by_others(dossier, claim, found)
    on = [event for event in told if _verdict(claim, event) == CONFIRMED]
    if on:
        return _held(dossier, claim, _weekday(claim, on[0]), on[0])
    nearest = min(told, key=lambda event: _distance(claim, event))
    if len(told) == 1 and any(claim.get(term) for term in ("event", *_PERSONS)):
        return _held(dossier, claim, _verdict(claim, nearest), nearest)
    text = f"The record has no such event {dated(Span.parse(claim.get('on')))}; the nearest is {dated(nearest.date)}: "
    return Held(NOT_ON_RECORD, text + nearest.text, (proof_of_event(nearest),))


def _events(dossier: Dossier, claim: Claim) -> list[Event]:
    """The events that the claim can be about."""
    if claim.get("event"):
        event = dossier.event(claim.get("event"))
        found = [event] if event else []
    else:
        people = [claim.get(role) for role in _PERSONS if claim.get(role)]
        named = [*claim.many("instrument"), *claim.many("state"), *claim.many("states")]
        found = dossier.events(*(named or people))
    return [event for event in found if _fits(claim, event)]


def _fits(claim: Claim, event: Event) -> bool:
    """Whether the event is of the kind, and about what, the claim says; persons and date apart."""
    if claim.get("type") not in ("", event.type) or claim.get("state") not in ("", actor(event)):
        return False
    pairs = (("instrument", event.instruments), ("states", event.states), ("about", event.about))
    return all(set(claim.many(term)) <= set(values) for term, values in pairs)


def _verdict(claim: Claim, event: Event) -> str:
    return verdict_on_date(Span.parse(claim.get("on")), event.date) if claim.get("on") else CONFIRMED


def _weekday(claim: Claim, event: Event) -> str:
    day = claim.get("weekday")
    right = not day or not event.date.is_day or WEEKDAYS[event.date.earliest.weekday()] == day
    return CONFIRMED if right else IMPRECISE


def _distance(claim: Claim, event: Event) -> int:
    on = Span.parse(claim.get("on"))
    return abs((event.date.earliest - max(on.earliest, BEGINNING)).days)


def _wrong_persons(dossier: Dossier, claim: Claim, event: Event) -> list[str]:
    """The terms about persons that the event does not fulfil."""
    wrong = [
        term
        for term, role in (("speaker", "speaker"), ("addressee", "addressee"), ("official", ""))
        if not set(claim.many(term)) <= {person.official for person in _in_role(event, role)}
    ]
    if claim.get("office") and not _office_holders(dossier, claim, event):
        wrong.append("office")
    return wrong


def _in_role(event: Event, role: str) -> list[Participation]:
    return [person for person in event.officials if not role or person.role == role]


def _office_holders(dossier: Dossier, claim: Claim, event: Event) -> list[Tenure]:
    """The tenures by which those who spoke (or took part) held the claimed office on the day."""
    people = _in_role(event, "speaker") or event.officials
    return [
        tenure
        for person in people
        for tenure in dossier.tenures(person.official)
        if _same_office(tenure.office, claim.get("office")) and tenure.holds_on(event.date.latest)
    ]


def _by_others(dossier: Dossier, claim: Claim, found: Sequence[Event]) -> Held:
    """No event has the claimed persons: contradicted where the record names others, else not on record."""
    on = [event for event in found if _verdict(claim, event) == CONFIRMED]
    if not on and not claim.get("event"):
        return Held(NOT_ON_RECORD, "The record has no such event with these persons.")
    event = (on or found)[0]
    wrong = _wrong_persons(dossier, claim, event)
    roles = [term if term in ("speaker", "addressee") else "" for term in wrong]
    others = listed(list(dict.fromkeys(dossier.official(p.official) for role in roles for p in _in_role(event, role))))
    if not others:
        return _held(dossier, claim, NOT_ON_RECORD, event, f" The record names no {listed(wrong)}.")
    return _held(dossier, claim, CONTRADICTED, event, f" The record has {others} as {listed(wrong)}.")


def _held(dossier: Dossier, claim: Claim, verdict: str, event: Event, more: str = "") -> Held:
    day = f" (a {WEEKDAYS[event.date.earliest.weekday()]})" if claim.get("weekday") and event.date.is_day else ""
    text = f"{capital(dated(event.date))}{day}: {event.text}{more}"
    people = [person for term in _PERSONS for person in _claimed(claim, event, term)]
    proofs = [proof_of_event(event)]
    proofs += [Proof(event.id, f"{dossier.official(p.official)} as {p.role}", p.cite.sources) for p in people]
    offices = _office_holders(dossier, claim, event) if claim.get("office") else []
    return Held(verdict, text, (*proofs, *map(proof_of_tenure, offices)))


def _claimed(claim: Claim, event: Event, term: str) -> Iterable[Participation]:
    role = term if term != "official" else ""
    return (person for person in _in_role(event, role) if person.official in claim.many(term))


# ---------------------------------------------------------------------- allegation and denial


def allegation(dossier: Dossier, claim: Claim) -> Held:
    """``allegation``: whether a state alleged a breach; never whether there was one (rule R40)."""
    return _said(dossier, claim, "violation-allegation", "alleged a breach of")


def denial(dossier: Dossier, claim: Claim) -> Held:
    """``denial``: whether a state denied a breach."""
    return _said(dossier, claim, "denial", "denied a breach of")


def _said(dossier: Dossier, claim: Claim, kind: str, did: str) -> Held:
    name, state = claim.get("instrument"), claim.get("state")
    against = set(claim.many("against"))
    found = [event for event in dossier.acted(name, state) if event.type == kind and against <= set(event.states)]
    title, who = dossier.title(name), dossier.named(state)
    if not found:
        return Held(NOT_ON_RECORD, f"The record has no event in which {who} {did} {title}.")
    on = [event for event in found if _verdict(claim, event) == CONFIRMED]
    first, *again = on or found
    text = f"{capital(who)} {did} {title} {dated(first.date)}: {first.text}"
    text += f" It did so again {listed([dated(event.date) for event in again])}." if again else ""
    text += " Whether there was a breach does not follow from the record." if kind != "denial" else ""
    verdict = CONFIRMED if on else _verdict(claim, found[0]) if len(found) == 1 else CONTRADICTED
    return Held(verdict, text, tuple(proof_of_event(event) for event in on or found))


# ---------------------------------------------------------------------- offices


_STOP = frozenset({"of", "for", "the", "and", "affairs", "to"})


def _same_office(first: str, second: str) -> bool:
    """Whether two titles name the same office: "Minister of Foreign Affairs" is "Foreign Minister".

    The words of a title count, not their order, and the word "affairs" and the small words between do not.
    """
    mine, theirs = (sorted(set(key(title).split()) - _STOP) for title in (first, second))
    return mine == theirs


def office_on(dossier: Dossier, claim: Claim) -> Held:
    """``office-on``: whether an official held an office on a day."""
    return _office(dossier, claim, holds=True)


def not_in_office(dossier: Dossier, claim: Claim) -> Held:
    """``not-in-office``: whether an official did not hold an office on a day, but did at another time."""
    return _office(dossier, claim, holds=False)


def _office(dossier: Dossier, claim: Claim, *, holds: bool) -> Held:
    official, on = claim.get("official"), Span.parse(claim.get("on")).latest
    known = [item for item in dossier.tenures(official) if item.body in (claim.get("state") or item.body)]
    same = [item for item in known if _same_office(item.office, claim.get("office"))]
    now = [item for item in known if item.holds_on(on)]
    right = [item for item in same if item in now]
    shown = right or (now if holds and now else same)
    who = dossier.official(official)
    if not shown:
        return Held(NOT_ON_RECORD, f"The record has no tenure of {who} as {claim.get('office')}.")
    text = f"{who} was {listed([_term(item) for item in shown])}."
    verdict = CONFIRMED if bool(right) == holds else CONTRADICTED
    if verdict == CONFIRMED and holds and any(_unsure(item, on) for item in right):
        verdict, text = NOT_ON_RECORD, f"{text} The record does not say whether it covers {long_form(on)}."
    return Held(verdict, text, tuple(map(proof_of_tenure, shown)))


def _unsure(tenure: Tenure, on: date) -> bool:
    """Whether the day falls where the record knows an end of the tenure only vaguely."""
    return any(edge and not edge.is_day and edge.earliest <= on <= edge.latest for edge in (tenure.start, tenure.end))


def _term(tenure: Tenure) -> str:
    start = f"from {tenure.start.text}" if tenure.start else ""
    end = f"until {tenure.end.text}" if tenure.end else ""
    return f"{tenure.office} ({' '.join(part for part in (start, end) if part) or 'days not on record'})"
