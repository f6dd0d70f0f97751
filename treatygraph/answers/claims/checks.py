"""What runs each kind of check that the facts know, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from treatygraph.answers.claims import (
    acts,
    clauses,
    counts,
    events,
    extensions,
    instruments,
    leaving,
    only,
    order,
    people,
    since,
    standings,
)
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.verdicts import Held

__all__ = ["PER_STATE", "RUNNING"]

RUNNING: Final[Mapping[str, Callable[[Evidence, Draft], Held]]] = {
    "about-topic": instruments.about_topic,
    "act-on": acts.act_on,
    "adopted-on": instruments.adopted_on,
    "allegation": events.allegation,
    "announcement-of-withdrawal": acts.announcement_of_withdrawal,
    "binding-is": instruments.binding_is,
    "clause-says": clauses.clause_says,
    "count-on": counts.count_on,
    "date-of-end": instruments.date_of_end,
    "date-of-entry-into-force": instruments.date_of_entry,
    "date-of-signature": instruments.date_of_signature,
    "denial": events.denial,
    "effect-of-withdrawal": leaving.effect_of_withdrawal,
    "ended-for-all": standings.ended_for_all,
    "event-on": events.event_on,
    "extended-soon-after": extensions.extended_soon_after,
    "extended-to": extensions.extended_to,
    "holds-that": standings.holds_that,
    "limit-says": clauses.limit_says,
    "member-on": people.member_on,
    "none-left": since.none_left,
    "not-extended-under": extensions.not_extended_under,
    "not-in-office": people.not_in_office,
    "notice-of-withdrawal": acts.notice_of_withdrawal,
    "office-on": people.office_on,
    "only-instrument": only.only_instrument,
    "order-of": order.order_of,
    "original-term-ends": instruments.original_term_ends,
    "since-when": since.since_when,
    "standing-on": standings.standing_on,
    "status-on": standings.status_on,
    "stays-out": leaving.stays_out,
    "vote-was": events.vote_was,
}
"""The function of each check; every name of the table of checks stands here."""

PER_STATE: Final = frozenset(
    {"act-on", "allegation", "announcement-of-withdrawal", "date-of-entry-into-force", "date-of-signature", "denial",
     "effect-of-withdrawal", "holds-that", "member-on", "notice-of-withdrawal", "order-of", "standing-on", "stays-out"}
)  # fmt: skip
"""Checks that are about one state at a time: of several, and of a group, each member is judged."""
