"""How far a ledger is whole after a register has been laid beside it: the line of the card, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import yaml

from treatygraph.intake.compare import Outcome
from treatygraph.intake.register import CONSENT, SIGNATURE, Register
from treatygraph.model.dates import Span, after
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Act

__all__ = ["card_text", "coverage_of", "moved"]

Terms = dict[str, object]
_KEY: Final = "coverage:"


def coverage_of(card: str) -> Terms:
    """The terms of a card's coverage as text; empty where the card has none."""
    line = next((line for line in card.splitlines() if line.startswith(_KEY)), "")
    value = yaml.load(line, Loader=yaml.BaseLoader).get("coverage") if line else {}
    return dict(value) if isinstance(value, dict) else {}


def moved(
    terms: Terms,
    register: Register,
    results: Sequence[Outcome],
    ledger: Sequence[Act],
    source: str,
) -> tuple[Terms, str]:
    """The coverage after the register is taken in, and why it stays where it does.

    It moves to the day of the list where that is later than it reaches, and the list claims to hold every consent.
    What the list leaves open becomes gaps: acts by which states left, rows that could not be read, signatures where
    the list has none. Gaps of other kinds of act stay, for a list says nothing of objections.

    Args:
        terms: the coverage that the card has.
        register: the list, with its day.
        results: the list beside the ledger.
        ledger: the acts on record.
        source: the id of the source.
    """
    day = register.day
    if CONSENT not in register.holds:
        return terms, "it stays: this is no list of all who consented"
    if day is None:
        return terms, "it stays: the page does not tell its day; give it with --day"
    reached = _reached(terms)
    if reached is not None and reached >= day:
        return terms, f"it stays: the ledger is complete through {reached}, the list is of {day}"
    gaps = [*_old_gaps(terms, register), *_left_open(results, day)]
    if SIGNATURE not in register.holds and any(act.kind == "signature" for act in ledger):
        gaps.append(_unsigned(reached))
    later: Terms = {"through": day.isoformat()}
    if gaps:
        later["gaps"] = gaps
    return {**later, "source": source, "at": register.number or register.format}, ""


def _reached(terms: Terms) -> date | None:
    try:
        return Span.parse(str(terms["through"])).latest if terms.get("through") else None
    except BadDate:
        return None


def _old_gaps(terms: Terms, register: Register) -> Iterator[Terms]:
    """The gaps of the card that the list does not close; of a gap of any act, objections stay open."""
    gaps = terms.get("gaps")
    for gap in gaps if isinstance(gaps, list) else ():
        if not isinstance(gap, dict) or gap.get("acts") in register.holds:
            continue
        every = gap.get("acts") == "any" and {CONSENT, SIGNATURE} <= register.holds
        yield {**gap, "acts": "objection"} if every else dict(gap)


def _left_open(results: Sequence[Outcome], day: date) -> Iterator[Terms]:
    """What the list shows to be missing and does not tell, by its day."""
    left = sorted({one.state for one in results if one.status == "gone" and one.state and one.act != "signature"})
    if left:
        note = f"on record and not on the list of {day}: the acts by which they left, if they did"
        yield {"states": left, "acts": "exit", "until": day.isoformat(), "note": f"{', '.join(left)}: {note}"}
    unread = [one for one in results if one.status == "unreadable"]
    if unread:
        codes = sorted({one.state for one in unread if one.state})
        whose: object = codes if all(one.state for one in unread) else "others"
        note = f"{len(unread)} row{'' if len(unread) == 1 else 's'} of the list of {day} could not be read"
        yield {"states": whose, "acts": "consent", "until": day.isoformat(), "note": note}


def _unsigned(reached: date | None) -> Terms:
    since = {"from": after(reached).isoformat()} if reached else {}
    return {"states": "all", "acts": "signature", **since, "note": "the list has no signatures"}


def card_text(card: str, terms: Terms) -> str:
    """The card with its coverage put in place; the order and quotes of the canonical form are made afterwards."""
    lines = [line for line in card.splitlines() if not line.startswith(_KEY)]
    place = next((at for at, line in enumerate(card.splitlines()) if line.startswith(_KEY)), len(lines))
    lines.insert(place, f"{_KEY} {_flow(terms)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"
