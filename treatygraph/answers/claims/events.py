"""Claims about what happened: events, allegations and denials, and votes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from treatygraph.answers.claims.acts import judged_act
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence, actors, proof_of_event, proof_of_tenure
from treatygraph.answers.claims.leaving import reading_name
from treatygraph.answers.claims.people import same_office
from treatygraph.answers.claims.standings import status_of
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
    best,
    capital,
    dated,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.facts.claim_terms import WEEKDAYS
from treatygraph.model import names
from treatygraph.model.act_words import ACT_WORDS
from treatygraph.model.dates import BEGINNING, Period, Span
from treatygraph.model.quantities import Quantity
from treatygraph.model.records import Event, Participation, Tenure

__all__ = ["allegation", "denial", "event_on", "vote_was"]

_PERSONS: Final = ("speaker", "addressee", "official")
_SAID: Final = frozenset({"statement", "announcement", "denial", "violation-allegation", "moratorium"})
"""Kinds of event that are all statements: one may be told as the other."""
_KIN: Final = {
    "denunciation": frozenset({"denunciation", "termination"}),
    "termination": frozenset({"denunciation", "termination"}),
    "suspension": frozenset({"suspension", "notice-of-suspension"}),
    "notice-of-suspension": frozenset({"suspension", "notice-of-suspension"}),
    "statement": _SAID,
    "announcement": frozenset({"announcement", "statement"}),
}
_EFFECTS: Final = frozenset({"suspension", "snapback", "termination", "expiry", "withdrawal-effective"})
"""Kinds of event that claim to change what holds; authorities may deny it (rule R39)."""


def event_on(evidence: Evidence, draft: Draft) -> Held:
    """``event-on``: whether something happened, when, and who took part.

    What the claim is about is found by ``event``, or else by type, instrument, states and ``about``; persons and
    date are then held against it. A kind of event that is an act of a state is looked up in the ledgers too.
    """
    verdict = _by_event(evidence, draft)
    kind = draft.get("type")
    acting = kind in ACT_WORDS and draft.get("instrument") and draft.get("state") and not draft.get("event")
    if not acting or verdict.verdict in (CONFIRMED, DEPENDS):
        return verdict
    states = draft.many("state")
    acts = [judged_act(evidence, draft.having(state=state), kind) for state in states]
    worst = max(acts, key=lambda held: _ORDER.index(held.verdict))
    return best((verdict, worst))


_ORDER: Final = (CONFIRMED, DEPENDS, IMPRECISE, CONTRADICTED, NOT_ON_RECORD)


def _by_event(evidence: Evidence, draft: Draft) -> Held:
    matches = _events(evidence, draft)
    if not matches:
        return Held(NOT_ON_RECORD, "The record has no such event.")
    fitting = [event for event in matches if not _wrong_persons(evidence, draft, event)]
    if not fitting:
        return _by_others(evidence, draft, matches)
    on = [event for event in fitting if _verdict(evidence, draft, event) == CONFIRMED]
    if on:
        return _disputed(evidence, on[0], _held(evidence, draft, _weekday(draft, on[0]), on[0]))
    nearest = min(fitting, key=lambda event: _distance(draft, event))
    verdict = _verdict(evidence, draft, nearest)
    named = any(draft.get(term) for term in ("event", *_PERSONS))
    if verdict == IMPRECISE or (len(fitting) == 1 and named):
        return _held(evidence, draft, verdict, nearest)
    text = f"The record has no such event {dated(Span.parse(draft.get('on')))}; the nearest is {dated(nearest.date)}: "
    return Held(NOT_ON_RECORD, text + nearest.text, (proof_of_event(nearest),))


def _events(evidence: Evidence, draft: Draft) -> list[Event]:
    """The events that the claim can be about."""
    if draft.get("event"):
        event = evidence.event(draft.get("event"))
        events = [event] if event else []
    else:
        people = [name for role in _PERSONS for name in draft.many(role)]
        named = [*draft.many("instrument"), *draft.many("states")]
        events = evidence.events(*(named or people)) if named or people else evidence.events()
        for name in draft.many("instrument"):  # what befell an extension befell what it extends
            rest = [other for other in (named or people) if other != name]
            events += [event for part in evidence.extensions(name) for event in evidence.events(part.id, *rest)]
    return [event for event in events if _fits(evidence, draft, event)]


def _fits(evidence: Evidence, draft: Draft, event: Event) -> bool:
    """Whether the event is of the kind, and about what, the claim says; persons and date apart."""
    kind = draft.get("type")
    if kind and event.type != kind and event.type not in _KIN.get(kind, ()):
        return False
    acting = set(actors(event)) | (set(event.states) if draft.get("event") else set())
    if any(acting.isdisjoint(evidence.line(state)) for state in draft.many("state")):
        return False
    extended = (parent for name in event.instruments for parent in evidence.card(name).related("extends"))
    pairs = (("instrument", (*event.instruments, *extended)), ("states", event.states), ("about", event.about))
    return all(set(draft.many(term)) <= set(values) for term, values in pairs)


def _verdict(evidence: Evidence, draft: Draft, event: Event) -> str:
    if draft.get("on"):
        return verdict_on_date(Span.parse(draft.get("on")), event.date)
    return CONFIRMED if event.date.earliest <= evidence.date else CONTRADICTED


def _weekday(draft: Draft, event: Event) -> str:
    day = draft.get("weekday")
    right = not day or not event.date.is_day or WEEKDAYS[event.date.earliest.weekday()] == day
    return CONFIRMED if right else IMPRECISE


def _distance(draft: Draft, event: Event) -> int:
    if not draft.get("on"):
        return 0
    on = Span.parse(draft.get("on"))
    return abs((event.date.earliest - max(on.earliest, BEGINNING)).days)


def _disputed(evidence: Evidence, event: Event, held: Held) -> Held:
    """An event that claims to change what holds, where authorities differ on that day: it depends."""
    if event.type not in _EFFECTS or held.verdict != CONFIRMED:
        return held
    for name in event.instruments:
        rejecting = [
            view
            for view in evidence.assertions(name)
            if view.stance == "rejects" and view.state in event.states and view.act == event.type
        ]
        told = _statuses(evidence, name, event)
        if rejecting or len(set(told.values())) > 1:
            by = [view.authority for view in rejecting] or list(told)
            definitions = tuple(
                Definition(
                    definition=reading_name(who),
                    holds=False if rejecting else told[who] == event.type,
                    standing=told.get(who, ""),
                )
                for who in dict.fromkeys(by)
            )
            more = f" It is disputed: see {listed([reading_name(who) for who in dict.fromkeys(by)])}."
            return Held(DEPENDS, held.record + more, held.proofs, definitions, held.notes)
    return held


_SOON: Final = Period.parse("P60D")


def _statuses(evidence: Evidence, name: str, event: Event) -> dict[str, str]:
    """The status that each authority holds, on the day of an event or soon after: views are made known later."""
    for day in (event.date.latest, _SOON.after(event.date.latest)):
        views = {by: status_of(evidence.derivation(name, by), day) for by in evidence.readings(name)}
        told = {by: view.status if view else "none" for by, view in views.items()}
        if len(set(told.values())) > 1:
            return told
    return {}


def _wrong_persons(evidence: Evidence, draft: Draft, event: Event) -> list[str]:
    """The terms about persons that the event does not fulfil."""
    wrong = [
        term
        for term, role in (("speaker", "speaker"), ("addressee", "addressee"), ("official", ""))
        if not set(draft.many(term)) <= {person.official for person in _in_role(event, role)}
    ]
    if draft.get("office") and not _office_holders(evidence, draft, event):
        wrong.append("office")
    return wrong


def _in_role(event: Event, role: str) -> list[Participation]:
    return [person for person in event.officials if not role or person.role == role]


def _office_holders(evidence: Evidence, draft: Draft, event: Event) -> list[Tenure]:
    """The tenures by which those who spoke (or took part) held the claimed office on the day."""
    people = _in_role(event, "speaker") or event.officials
    return [
        tenure
        for person in people
        for tenure in evidence.tenures(person.official)
        if same_office(tenure.office, draft.get("office")) and tenure.holds_on(event.date.latest)
    ]


def _by_others(evidence: Evidence, draft: Draft, matches: Sequence[Event]) -> Held:
    """No event has the claimed persons: contradicted where the record names others, else not on record.

    A wrong office of the right person is imprecise; of several statements none excludes that another was made.
    """
    on = [event for event in matches if _verdict(evidence, draft, event) == CONFIRMED]
    if not on and not draft.get("event"):
        return Held(NOT_ON_RECORD, "The record has no such event with these persons.")
    event = (on or matches)[0]
    wrong = _wrong_persons(evidence, draft, event)
    roles = [term if term in ("speaker", "addressee") else "" for term in wrong]
    others = listed(list(dict.fromkeys(evidence.official(p.official) for role in roles for p in _in_role(event, role))))
    if not others:
        return _held(evidence, draft, NOT_ON_RECORD, event, f" The record names no {listed(wrong)}.")
    verdict = IMPRECISE if wrong == ["office"] and any(draft.get(term) for term in _PERSONS) else CONTRADICTED
    if event.type in _SAID and not draft.get("event") and not draft.get("on"):
        verdict = NOT_ON_RECORD
    return _held(evidence, draft, verdict, event, f" The record has {others} as {listed(wrong)}.")


def _held(evidence: Evidence, draft: Draft, verdict: str, event: Event, more: str = "") -> Held:
    day = f" (a {WEEKDAYS[event.date.earliest.weekday()]})" if draft.get("weekday") and event.date.is_day else ""
    text = f"{capital(dated(event.date))}{day}: {event.text}{more}"
    people = [person for term in _PERSONS for person in _claimed(draft, event, term)]
    proofs = [proof_of_event(event)]
    proofs += [Proof(event.id, f"{evidence.official(p.official)} as {p.role}", p.cite.sources) for p in people]
    offices = _office_holders(evidence, draft, event) if draft.get("office") else []
    return Held(verdict, text, (*proofs, *map(proof_of_tenure, offices)))


def _claimed(draft: Draft, event: Event, term: str) -> Iterable[Participation]:
    role = term if term != "official" else ""
    return (person for person in _in_role(event, role) if person.official in draft.many(term))


# ---------------------------------------------------------------------- allegation and denial


def allegation(evidence: Evidence, draft: Draft) -> Held:
    """``allegation``: whether a state alleged a breach; never whether there was one (rule R40)."""
    return _said(evidence, draft, "violation-allegation", "alleged a breach of")


def denial(evidence: Evidence, draft: Draft) -> Held:
    """``denial``: whether a state denied a breach."""
    return _said(evidence, draft, "denial", "denied a breach of")


def _said(evidence: Evidence, draft: Draft, kind: str, did: str) -> Held:
    name, state = draft.get("instrument"), draft.get("state")
    against = [evidence.line(code) if code in evidence.states else (code,) for code in draft.many("against")]
    events = [event for event in evidence.acted(name, state) if event.type == kind]
    events = [event for event in events if all(not set(event.states).isdisjoint(line) for line in against)]
    title, who = evidence.title(name), evidence.named(state)
    if not events:
        return Held(NOT_ON_RECORD, f"The record has no event in which {who} {did} {title}.")
    on = [event for event in events if _verdict(evidence, draft, event) == CONFIRMED]
    first, *again = on or events
    text = f"{capital(who)} {did} {title} {dated(first.date)}: {first.text}"
    text += f" It did so again {listed([dated(event.date) for event in again])}." if again else ""
    text += " Whether there was a breach does not follow from the record." if kind != "denial" else ""
    verdict = CONFIRMED if on else _verdict(evidence, draft, events[0]) if len(events) == 1 else NOT_ON_RECORD
    return Held(verdict, text, tuple(proof_of_event(event) for event in on or events))


# ---------------------------------------------------------------------- votes

_VOTE: Final = re.compile(r"\b(\d{1,3})\s*(?:to|-|–|:)\s*(\d{1,3})(?:\s*(?:to|-|–|,? with)\s*(\d{1,3}))?")
_COUNT: Final = (
    r"(\d+|no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
)
_SPOKEN: Final = re.compile(rf"\b{_COUNT} votes? to {_COUNT}\b(?:[^.]*?\bwith {_COUNT} abstention)?")
_UNANIMOUS: Final = re.compile(rf"\bwith all {_COUNT} votes\b")
_TERMS: Final = ("for", "against", "abstained")


def vote_was(evidence: Evidence, draft: Draft) -> Held:
    """``vote-was``: how a vote went, of those that the record has with their numbers."""
    if draft.get("event"):
        event = evidence.event(draft.get("event"))
        voted = [event] if event else []
    else:
        voted = evidence.events(draft.get("instrument")) if draft.get("instrument") else []
    votes = [(event, numbers) for event in voted if (numbers := _numbers(event))]
    if draft.get("on"):
        said = Span.parse(draft.get("on"))
        votes = [(event, n) for event, n in votes if verdict_on_date(said, event.date) in (CONFIRMED, IMPRECISE)]
    if draft.get("body"):
        votes = [(event, n) for event, n in votes if _voted(evidence, draft, event)]
    if not votes:
        return Held(NOT_ON_RECORD, "The record has no such vote with its numbers.")
    graded = [(_vote(draft, numbers), event) for event, numbers in votes]
    verdict, event = min(graded, key=lambda item: _ORDER.index(item[0]))
    if verdict in (CONTRADICTED, IMPRECISE) and not _is_meant(evidence, draft):
        text = f"The record has a vote {dated(event.date)}: {event.text} Whether it is the one meant is not said."
        return Held(NOT_ON_RECORD, text, (proof_of_event(event),))
    return Held(verdict, f"{capital(dated(event.date))}: {event.text}", (proof_of_event(event),))


def _is_meant(evidence: Evidence, draft: Draft) -> bool:
    """Whether a claim says which vote it means: its event, its day, or its body; a resolution is what was voted on."""
    return bool(draft.get("event") or draft.get("on") or draft.get("body")) or (
        evidence.card(draft.get("instrument")).kind == "resolution"
    )


def _voted(evidence: Evidence, draft: Draft, event: Event) -> bool:
    """Whether the words of an event name the body that a claim names; "the Council" votes on its resolutions."""
    body = names.key(draft.get("body"))
    name = draft.get("instrument")
    return body in names.key(event.text) or (
        body in ("council", "security council") and bool(name) and evidence.card(name).kind == "resolution"
    )


def _numbers(event: Event) -> dict[str, int]:
    """The numbers of a vote, as the words of an event give them; empty where they give none."""
    if unanimous := _UNANIMOUS.search(event.text):
        return {"for": _number(unanimous.group(1)), "against": 0, "abstained": 0}
    match = _SPOKEN.search(event.text) or _VOTE.search(event.text)
    return {term: _number(text) for term, text in zip(_TERMS, match.groups(), strict=True) if text} if match else {}


def _number(text: str) -> int:
    return int(Quantity.parse(text).value)


def _vote(draft: Draft, numbers: dict[str, int]) -> str:
    said = {term: Quantity.parse(draft.get(term)) for term in _TERMS if draft.get(term)}
    unknown = [term for term in said if term not in numbers]
    if any(not said[term].holds(numbers[term]) for term in said if term in numbers):
        near = all(said[term].is_near(numbers[term]) for term in said if term in numbers)
        return IMPRECISE if near else CONTRADICTED
    return NOT_ON_RECORD if unknown else CONFIRMED
