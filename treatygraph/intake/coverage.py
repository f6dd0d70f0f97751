"""How far a ledger is whole after a register has been laid beside it: the line of the card, old and new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import yaml

from treatygraph.intake.compare import Outcome
from treatygraph.intake.register import CONSENT, SIGNATURE, Register
from treatygraph.model import vocabulary
from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate

__all__ = ["card_text", "coverage_of", "moved"]

Terms = dict[str, object]
_KEY: Final = "coverage:"


def coverage_of(card: str) -> Terms:
    """The terms of a card's coverage as text; empty where the card has none."""
    line = next((line for line in card.splitlines() if line.startswith(_KEY)), "")
    value = yaml.load(line, Loader=yaml.BaseLoader).get("coverage") if line else {}
    return dict(value) if isinstance(value, dict) else {}


def moved(
    terms: Terms, register: Register, day: date | None, found: Sequence[Outcome], source: str, at: str
) -> tuple[Terms, str]:
    """The coverage after the register is taken in, and why it stays where it does.

    It moves to the day of the list where that is later than it reaches, and the list claims to hold every consent.
    What the list leaves open becomes gaps: acts by which states left, rows that could not be read, signatures where
    the list has none. What is known to be missing of other kinds of act (objections, exits) stays a gap.
    """
    if CONSENT not in register.holds:
        return terms, "it stays: this is no list of all who consented"
    if day is None:
        return terms, "it stays: the page does not tell its day; give it with --day"
    reached = _reached(terms)
    if reached is not None and reached >= day:
        return terms, f"it stays: the ledger is complete through {reached}, the list is of {day}"
    gaps = _gaps(register, found)
    kept = [gap for gap in _old_gaps(terms) if gap.get("acts") not in {CONSENT, *_signatures(register)}]
    later: Terms = {"through": day.isoformat()}
    if _knows_gaps():
        later |= {"gaps": [*kept, *gaps]} if kept or gaps else {}
    elif gaps:
        later["gap"] = "; ".join(str(gap["note"]) for gap in gaps)
    return {**later, "source": source, "at": at}, ""


def _signatures(register: Register) -> frozenset[str]:
    return frozenset({SIGNATURE}) & register.holds


def _knows_gaps() -> bool:
    """Whether the facts know gaps as data; an older form has them as one sentence."""
    return hasattr(vocabulary, "GAP_ACTS")


def _reached(terms: Terms) -> date | None:
    try:
        return Span.parse(str(terms["through"])).latest if terms.get("through") else None
    except BadDate:
        return None


def _old_gaps(terms: Terms) -> list[dict[str, object]]:
    gaps = terms.get("gaps")
    return [dict(gap) for gap in gaps if isinstance(gap, dict)] if isinstance(gaps, list) else []


def _gaps(register: Register, found: Sequence[Outcome]) -> list[dict[str, object]]:
    left = sorted({one.state for one in found if one.status == "gone" and one.state and one.act != SIGNATURE})
    unread = [one for one in found if one.status == "unreadable"]
    gaps: list[dict[str, object]] = []
    if left:
        note = f"not on the list any more, and the act by which they left is missing: {', '.join(left)}"
        gaps.append({"states": left, "acts": "exit", "note": note})
    if unread:
        codes = sorted({one.state for one in unread if one.state})
        whose = codes if len(codes) == len(unread) else "others"
        note = f"{len(unread)} row{'' if len(unread) == 1 else 's'} of the list could not be read"
        gaps.append({"states": whose, "acts": "consent", "note": note})
    if SIGNATURE not in register.holds:
        pass  # a list of consents says nothing of signatures: a ledger that has them is as whole as it was
    return gaps


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
