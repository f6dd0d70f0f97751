"""What the record lacks where an answer would else be "no": asked in one place for all plans (rules K3, K8, K16).

Every function gives what is missing, in words, and an empty text where nothing is: then "no" is what the record says.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from treatygraph.answers.status import InstrumentStatus
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import Asking
from treatygraph.bonds.unknowns import absence_of, open_spans
from treatygraph.law.succession import line
from treatygraph.model.dates import BEGINNING
from treatygraph.model.knowledge import Hole
from treatygraph.model.vocabulary import DEPOSITARY, NOT_KNOWN

__all__ = ["lack_of_absence", "lack_of_act", "lack_of_exit", "lack_of_past", "lack_of_rows", "missing_acts"]

_GAPS: Final = {"signed": "signature", "ratified": "consent", "joined": "consent", "objected": "objection"}
"""The kind of gap that may hold what was done; of all else an exit."""


def _line(it: Asking, code: str) -> tuple[str, ...]:
    return line(it.index.existences(), code)


def lack_of_absence(it: Asking, code: str, instrument: Piece, on: date) -> str:
    """Why it is not known whether a state without a standing on a day has one."""
    absence = absence_of(it.index, it.index.derivation(instrument.value), _line(it, code), on)
    return absence.because.text if absence.standing == NOT_KNOWN else ""


def lack_of_rows(it: Asking, code: str, instrument: Piece) -> str:
    """Why one of the standings of a state may bind it or not."""
    rows = it.index.standings(_line(it, code)).get(instrument.value, ())
    return next((row.lack for row in rows if row.may_bind and row.lack), "")


def lack_of_past(it: Asking, answer: InstrumentStatus, code: str) -> str:
    """Why the instrument may once have held a state, up to the day of the answer."""
    spans = open_spans(it.index, _line(it, code), answer.reading or DEPOSITARY).get(answer.instrument, ())
    return next((span.lack for span in spans if span.start <= answer.on.isoformat()), "")


def lack_of_exit(it: Asking, answer: InstrumentStatus) -> str:
    """Why one of the states of the answer may have left without the ledger telling it: a hole that names it."""
    known = it.index.knowledge(answer.instrument)
    lines = (_line(it, state.state) for state in answer.states)
    holes = (known.hole(chain, answer.on, ("exit", "any"), acting=True, by_name=True) for chain in lines)
    return next((hole.text for hole in holes if hole), "")


def lack_of_act(it: Asking, code: str, instrument: Piece, value: str, on: date) -> str:
    """Why an act of a state may be missing, done by a day; ``value`` is the relation that the question names."""
    name, chain = instrument.value, _line(it, code)
    known, kind = it.index.knowledge(name), _GAPS.get(value, "exit")
    acting = bool(it.index.acts_of(name, chain))
    hole = known.hole(chain, on, (kind, "any"), acting=acting)
    if hole is None and kind == "signature":  # a definitive signature is a consent
        hole = known.hole(chain, on, ("consent",), acting=True, by_name=True)
    if hole:
        return hole.text
    if not acting:
        return lack_of_absence(it, code, instrument, on)
    told_of = bool(known.closed_to and known.holes)  # of a closed circle the gaps say whose acts were not read
    if kind != "consent" or known.whole > BEGINNING or known.lists or told_of:
        return ""
    return f"no whole list of {'parties' if known.treaty else 'participants'} was read"


def missing_acts(it: Asking, instrument: Piece, value: str) -> list[Hole]:
    """The holes that may hold what any state did; empty where the list of those who did it is whole."""
    kinds = (_GAPS.get(value, "exit"), "any")
    return [hole for hole in it.index.knowledge(instrument.value).holes if hole.acts in kinds]
