"""When a state would be out of an instrument if it gave notice on a day: the clause, applied to nothing but that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from treatygraph.answers.sides import side
from treatygraph.codec import decode
from treatygraph.dates import Span, long_form, within
from treatygraph.graph import Graph
from treatygraph.law.results import Because, Derivation
from treatygraph.law.withdrawal import Exit, notice_given
from treatygraph.records import Conflict, Instrument
from treatygraph.shelf import Shelf, fetch
from treatygraph.vocabulary import DEPOSITARY

__all__ = ["Notice", "if_notice_given"]

_PERIOD: Final = re.compile(r"\bP(\d+)([DMY])\b")
"""A period of one unit, as clauses mostly have it."""


@dataclass(frozen=True)
class Notice:
    """When a state would be out, and why; ``out`` is empty where the law gives no day."""

    answer: str
    state: str
    instrument: str
    notice: date
    out: str
    note: str
    because: tuple[Because, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the clause, and what defers it, was read."""
        found = dict.fromkeys(source for step in self.because for source in step.sources)
        return tuple(source for source in found if source != "treatygraph")

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        steps = [{"rule": step.rule, "text": step.text, "sources": list(step.sources)} for step in self.because]
        return {
            "answer": self.answer,
            "state": self.state,
            "instrument": self.instrument,
            "notice": self.notice.isoformat(),
            "out": self.out or None,
            "note": self.note or None,
            "because": steps,
            "unverified": bool(self.sources) and all(source == "recall" for source in self.sources),
            "sources": list(self.sources),
        }


def if_notice_given(graph: Graph, state: str, instrument: str, notice: date) -> Notice:
    """When the state would be out of the instrument (rules R23 to R26).

    Args:
        graph: the graph.
        state: its code.
        instrument: its id.
        notice: the day on which notice would be received.

    Raises:
        UsageError: the state does not exist that day.
    """
    shelf = graph.shelf()
    card = fetch(shelf, Instrument, "instrument", instrument)
    derived = fetch(shelf, Derivation, "derivation", f"{DEPOSITARY}/{instrument}")
    assert card is not None
    assert derived is not None  # both documents stand for every instrument
    who = side(shelf, state, notice)
    held = [one for one in derived.standings if one.state in who.lines[0] and within(notice, one.start, one.end)]
    if not any(one.binds for one in held):
        text = f"On {long_form(notice)} {card.short} did not hold {who.name}, so there is nothing to leave."
        return Notice(text, state, instrument, notice, "", "not held", ())
    found = notice_given(card, Span.of(notice), derived.life.entry, _conflicts(shelf, who.bearers[0]))
    day = found.day.text if found.day else ""
    return Notice(_sentence(who.name, card.short, notice, found), state, instrument, notice, day, found.note,
                  found.because)  # fmt: skip


def _in_words(period: re.Match[str]) -> str:
    """``P3M`` as ``3 months``."""
    unit = {"D": "day", "M": "month", "Y": "year"}[period[2]]
    return f"{period[1]} {unit}" if period[1] == "1" else f"{period[1]} {unit}s"


def _conflicts(shelf: Shelf, state: str) -> list[Conflict]:
    found = [decode(Conflict, value) for value in shelf.get("table", "conflicts") or ()]
    return [one for one in found if one.state == state]


def _sentence(who: str, title: str, notice: date, found: Exit) -> str:
    lead = f"If {who} gave notice on {long_form(notice)}, it would be out of {title}"
    if found.day is None:
        return f"{lead} on no day that can be told: {found.note or 'the clause gives none'}."
    when = long_form(found.day.earliest) if found.day.is_day else f"between {found.day.text.replace('/', ' and ')}"
    reasons = "; ".join(_PERIOD.sub(_in_words, step.text) for step in found.because if step.text)
    deferred = f" ({found.note})" if found.note else ""
    return f"{lead} on {when}{deferred}" + (f", by {reasons}." if reasons else ".")
