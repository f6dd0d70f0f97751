"""Tenures and memberships: terms that end before they begin, or that cannot both be true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final, TypeVar

from treatygraph.checks.spans import overlap
from treatygraph.model.dates import BEGINNING, OPEN
from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts, Membership, Tenure

__all__ = ["SINGLE_HOLDER", "memberships_outside_lives", "people_errors", "two_holders"]

SINGLE_HOLDER: Final = frozenset(
    {
        "Chancellor",
        "Chairman of the Council of Ministers",
        "Chairman of the Presidium of the Supreme Soviet",
        "Foreign Secretary",
        "Minister of Defence",
        "Minister of External Affairs",
        "Minister of Foreign Affairs",
        "Minister of National Defence",
        "Premier",
        "President",
        "Prime Minister",
        "Secretary of Defense",
        "Secretary of State",
        "Supreme Leader",
    }
)
"""Offices with one holder at a time: heads of state and government, ministers of foreign affairs and defence."""

Term = TypeVar("Term", Tenure, Membership)


def people_errors(facts: Facts) -> Iterator[Finding]:
    """Errors: a term that ends before it begins; two terms of one holder in one place that overlap."""
    for tenure in facts.tenures:
        yield from _reversed("tenure", tenure, _tenure(tenure))
    for member in facts.memberships:
        yield from _reversed("membership", member, _membership(member))
    for first, second in _overlapping(facts.tenures, lambda t: (t.official, t.office, t.body)):
        held = f"{second.official} is {second.office} ({second.body})"
        message = f"{held} twice at once; the other term is at {first.cite.place}."
        mend = "let the earlier term end where the later begins, or keep one row."
        yield Finding(second.cite.place, "tenures-overlap", message, mend, record=_tenure(second))
    for one, other in _overlapping(facts.memberships, lambda m: (m.group, m.state)):
        message = f"{other.state} is in {other.group} twice at once; the other term is at {one.cite.place}."
        mend = "let the earlier term end where the later begins, or keep one row."
        yield Finding(other.cite.place, "memberships-overlap", message, mend, record=_membership(other))


def memberships_outside_lives(facts: Facts) -> Iterator[Finding]:
    """A warning for each membership that begins before the state, or goes on after it."""
    for member in facts.memberships:
        state = facts.states[member.state]
        early = member.start is not None and member.start.latest < state.start
        late = state.end != OPEN and (member.end is None or member.end.earliest > state.end)
        if early or late:
            life = f"from {state.start.isoformat()}" if early else f"until {state.end.isoformat()}"
            yield Finding(
                member.cite.place,
                "membership-outside-life",
                f"{member.state} is in {member.group} from {member.start or '?'} until {member.end or '?'},"
                f" but {state.name} existed {life}.",
                "cut the membership to the life of the state, or put the rest under its predecessor or successor.",
                "warning",
                _membership(member),
            )


def two_holders(facts: Facts) -> Iterator[Finding]:
    """A warning for two officials who hold an office for one at the same time."""
    offices = [tenure for tenure in facts.tenures if tenure.office in SINGLE_HOLDER]
    for first, second in _overlapping(offices, lambda t: (t.office, t.body)):
        if first.official != second.official:
            yield Finding(
                second.cite.place,
                "two-holders",
                f"{second.official} and {first.official} ({first.cite.place}) are both {second.office} of {second.body}"
                f" on {_first_common_day(first, second)}.",
                "give the earlier holder the day on which the tenure ended.",
                "warning",
                _tenure(second),
            )


def _tenure(tenure: Tenure) -> str:
    return "/".join((tenure.official, tenure.office, tenure.body, tenure.start.text if tenure.start else ""))


def _membership(member: Membership) -> str:
    return "/".join((member.group, member.state, member.start.text if member.start else ""))


def _first_common_day(first: Tenure, second: Tenure) -> str:
    return max(term.start.latest for term in (first, second) if term.start).isoformat()


def _reversed(what: str, term: Tenure | Membership, record: str) -> Iterator[Finding]:
    """The end is the first day gone, so a term lasts at least from one day to the next."""
    if term.start and term.end and term.end.latest <= term.start.earliest:
        message = f"the {what} ends on {term.end}, not after it began on {term.start}."
        mend = "correct 'from' or 'until' (the first day on which it is over)."
        yield Finding(term.cite.place, f"{what}-ends-before-start", message, mend, record=record)


def _overlapping(terms: Iterable[Term], holder: Callable[[Term], Sequence[str]]) -> Iterator[tuple[Term, Term]]:
    """Pairs of terms of one holder that have a day in common, the earlier first."""
    by_office: dict[Sequence[str], list[Term]] = {}
    for term in terms:
        by_office.setdefault(holder(term), []).append(term)
    for mine in by_office.values():
        for first, second in combinations(mine, 2):
            if overlap((first.start, first.end), (second.start, second.end)):
                early, late = sorted((first, second), key=_beginning)
                yield early, late


def _beginning(term: Tenure | Membership) -> date:
    return term.start.earliest if term.start else BEGINNING
