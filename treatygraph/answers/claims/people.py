"""Claims about who was who, and who did what: offices through tenures, and the persons of an act or an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Day  # noqa: N812 - as in the room's other modules
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence, proof_of_event, proof_of_tenure
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Held,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.model.dates import Span, long_form
from treatygraph.model.names import key
from treatygraph.model.records import Event, Tenure

__all__ = ["done_by", "member_on", "not_in_office", "office_on", "same_office"]

_STOP: Final = frozenset(
    ["of", "for", "the", "and", "affairs", "to", "us", "american", "russian", "soviet", "british", "french", "chinese"]
)
_WORDS: Final = {
    "defense": "defence",
    "secretary-general": "secretary general",
    "foreign secretary": "minister foreign",
}
_SPOKEN: Final = {
    "premier": "prime minister", "head state": "president", "defence secretary": "secretary defence",
    "envoy": "ambassador", "nsa": "national security advisor", "adviser": "advisor", "chair": "chairman",
}  # fmt: skip
_RANKS: Final = frozenset(
    {"deputy", "vice", "under", "assistant", "first", "former", "acting", "spokesperson", "spokesman"}
)


def _plain(title: str) -> frozenset[str]:
    """The words of a title that count: not their order, not the small words between, in one spelling."""
    text = key(title)
    for word, other in {**_WORDS, **_SPOKEN}.items():
        text = f" {text} ".replace(f" {key(word)} ", f" {other} ").strip()
    return frozenset(text.split()) - _STOP


def same_office(first: str, second: str) -> bool:
    """Whether two titles name the same office: "Minister of Foreign Affairs" is "Foreign Minister".

    >>> same_office("Minister of Foreign Affairs", "Foreign Minister"), same_office("President", "Vice President")
    (True, False)
    """
    mine, theirs = _plain(first), _plain(second)
    if mine == theirs:
        return True
    # "President of Russia" and "Secretary General of NATO" say besides whose office it is
    more = (mine | theirs) - (mine & theirs)
    return (
        bool(mine & theirs) and (mine <= theirs or theirs <= mine) and not more & _RANKS and bool(_heads(first, second))
    )


def _heads(first: str, second: str) -> bool:
    """Whether the longer title only adds "of somewhere" to the shorter one."""
    short, long = sorted((key(first), key(second)), key=len)
    return long.startswith(f"{short} of ") and _plain(short) == _plain(long.partition(" of ")[0])


def office_on(evidence: Evidence, draft: Draft) -> Held:
    """``office-on``: whether an official held an office on a day; another office that day is imprecise."""
    official, on = draft.get("official"), _day(evidence, draft)
    known = _of_body(evidence, draft)
    same = [item for item in known if same_office(item.office, draft.get("office"))]
    now = [item for item in evidence.tenures(official) if item.holds_on(on)]
    right = [item for item in same if item in now]
    shown = right or now or same
    who = evidence.official(official)
    if not shown:
        return _nobody(evidence, draft)
    text = f"{who} was {listed([_term(item) for item in shown])}."
    proofs = tuple(map(proof_of_tenure, shown))
    if right:
        if all(_unsure(item, on) for item in right):
            return Held(NOT_ON_RECORD, f"{text} The record does not say whether it covers {long_form(on)}.", proofs)
        return Held(CONFIRMED, text, proofs)
    if now:
        elsewhere = draft.get("state") and all(item.body != draft.get("state") for item in now)
        same_title = any(same_office(item.office, draft.get("office")) for item in now)
        return Held(CONTRADICTED if elsewhere and same_title else IMPRECISE, text, proofs)
    near = any(_is_beside(item, on) for item in same)
    return Held(IMPRECISE if near else CONTRADICTED, text, proofs)


def _is_beside(tenure: Tenure, on: Day) -> bool:
    """Whether a day lies just outside a tenure: an office is told by its last holder for some days."""
    said = Span.of(on)
    return any(edge and verdict_on_date(said, edge) == IMPRECISE for edge in (tenure.start, tenure.end))


def not_in_office(evidence: Evidence, draft: Draft) -> Held:
    """``not-in-office``: whether an official did not hold an office on a day, but did at another time."""
    on, who = _day(evidence, draft), evidence.official(draft.get("official"))
    same = [item for item in _of_body(evidence, draft) if same_office(item.office, draft.get("office"))]
    if not same:
        return Held(NOT_ON_RECORD, f"The record has no tenure of {who} as {draft.get('office')}.")
    right = [item for item in same if item.holds_on(on)]
    text = f"{who} was {listed([_term(item) for item in right or same])}."
    return Held(CONTRADICTED if right else CONFIRMED, text, tuple(map(proof_of_tenure, right or same)))


def _nobody(evidence: Evidence, draft: Draft) -> Held:
    """The official holds no office on that day: contradicted where others are known to have held the one claimed."""
    return Held(
        NOT_ON_RECORD,
        f"The record has no tenure of {evidence.official(draft.get('official'))} as {draft.get('office')}.",
    )


def _day(evidence: Evidence, draft: Draft) -> Day:
    return Span.parse(draft.get("on")).latest if draft.get("on") else evidence.date


def _of_body(evidence: Evidence, draft: Draft) -> list[Tenure]:
    """The tenures of the official, for the state that the claim names or one that it continues."""
    tenures = evidence.tenures(draft.get("official"))
    state = draft.get("state")
    if not state:
        return tenures
    line = evidence.line(state) if state in evidence.states else (state,)
    return [item for item in tenures if item.body in line]


def _unsure(tenure: Tenure, on: Day) -> bool:
    """Whether the day falls where the record knows an end of the tenure only vaguely."""
    return any(edge and not edge.is_day and edge.earliest <= on <= edge.latest for edge in (tenure.start, tenure.end))


def _term(item: Tenure) -> str:
    start = f"from {item.start.text}" if item.start else ""
    end = f"until {item.end.text}" if item.end else ""
    return f"{item.office} ({' '.join(part for part in (start, end) if part) or 'days not on record'})"


# ---------------------------------------------------------------------- who did it

_ROLES: Final = ("signatory", "speaker", "decision-maker")


def done_by(evidence: Evidence, draft: Draft, held: Held, kinds: Iterable[str]) -> Held:
    """The verdict on an act, with the persons of the claim (``by``) held against those of its event."""
    if held.verdict not in (CONFIRMED, DEPENDS, IMPRECISE):
        return held
    kinds, people = frozenset(kinds), draft.many("by")
    events = [event for event in _of_act(evidence, draft) if _tells(event, kinds)]
    there = [event for event in events if set(people) <= {person.official for person in event.officials}]
    if there:
        return Held(held.verdict, held.record, (*held.proofs, proof_of_event(there[0])), held.definitions, held.notes)
    names = listed([evidence.official(name) for name in people])
    others = list(
        dict.fromkeys(evidence.official(name) for event in events for name in _persons(evidence, draft, event))
    )
    if others:
        return held.graded(CONTRADICTED, f" The record has {listed(others)} for it, not {names}.")
    day = Span.parse(draft.get("on")).latest if draft.get("on") else None
    tenures = [item for name in people for item in evidence.tenures(name)]
    if day and tenures and not any(item.holds_on(day) for item in tenures):
        return held.graded(CONTRADICTED, f" {names} held no office then: {listed([_term(item) for item in tenures])}.")
    return held.graded(NOT_ON_RECORD, f" The record does not say whether {names} did it.")


def _of_act(evidence: Evidence, draft: Draft) -> list[Event]:
    events = evidence.acted(draft.get("instrument"), draft.get("state"))
    if not draft.get("on"):
        return events
    said = Span.parse(draft.get("on"))
    return [event for event in events if verdict_on_date(said, event.date) in (CONFIRMED, IMPRECISE)]


def _tells(event: Event, kinds: frozenset[str]) -> bool:
    """Whether an event is the act, or tells of it."""
    return event.type in kinds or bool(kinds & set(event.of)) or (event.type == "statement" and "signature" in kinds)


def _persons(evidence: Evidence, draft: Draft, event: Event) -> Sequence[str]:
    line = evidence.line(draft.get("state"))
    return [person.official for person in event.officials if person.role in _ROLES and person.state in ("", *line)]


# ---------------------------------------------------------------------- groups


def member_on(evidence: Evidence, draft: Draft) -> Held:
    """``member-on``: whether a state is in a group on a day."""
    group, state, on = draft.get("group"), draft.get("state"), _day(evidence, draft)
    line, title = evidence.line(state), evidence.group(group)
    mine = [item for item in evidence.members(group) if item.state in line]
    who = evidence.named(state)
    now = [item for item in mine if item.holds_on(on)]
    proofs = tuple(evidence.proof_of_member(item) for item in now or mine)
    if now:
        since = now[0].start
        return Held(CONFIRMED, f"{who[0].upper()}{who[1:]} was in {title}{f' since {since}' if since else ''}.", proofs)
    if mine:
        spans = listed([f"from {item.start or '?'} until {item.end or 'now'}" for item in mine])
        return Held(CONTRADICTED, f"{who[0].upper()}{who[1:]} was in {title} {spans}.", proofs)
    return Held(
        CONTRADICTED, f"{who[0].upper()}{who[1:]} is not on record in {title}, whose members are all on record."
    )
