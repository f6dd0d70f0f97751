"""Which states have not: are no party to an instrument, have not signed or not ratified it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.bonds.unknowns import absence_of
from treatygraph.build.index import Index
from treatygraph.model.dates import within
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN
from treatygraph.queries.computed._members import lines_among
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which states are no party to an instrument on a day, have not signed it or not ratified it, among all states
#   or in a group.
# theme: state of the world
# answer: On {on}, {state was|states were} not or not certainly so under {instrument}.
# param: instrument instrument "CTBT" The instrument, by id, title, abbreviation or alias.
# param: what bound|signed|ratified "ratified" What they have not: not bound, not signed, or not ratified.
# option: among text "any" The members of a group on the day, or any.
# param: on date "2026-11-23" The day asked about.
# column: code Code of the state.
# column: state Name of the state.
# column: standing How it stands: none, signatory, former party, or not-known where the record cannot tell.
# column: since Since when, in EDTF; empty for none.
# column: why What the record lacks; empty where it is known.
"""
_CONSENTED: Final = (*BINDS, "contracting", "former-party", "former-participant")
_SIGNATURES: Final = ("signature", "definitive-signature")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each state, in order of code; a state that carries another on has done what that one did."""
    name, on, what = asked["instrument"], asked.day("on"), asked["what"]
    held = {one.state: one for one in index.derivation(name).standings if within(on, one.start, one.end)}
    signed = {act.state for act in index.ledger(name) if act.kind in _SIGNATURES and act.date.latest <= on}
    for code, chain in lines_among(index, asked["among"], on).items():
        one = next((held[other] for other in chain if other in held), None)
        absence = None if one else absence_of(index, index.derivation(name), chain, on)
        standing = one.standing if one else absence.standing if absence else "none"
        if not _is_lacking(what, standing, chain, signed):
            continue
        lack = absence.because.text if absence and standing == NOT_KNOWN else ""
        if what == "signed" and standing in _CONSENTED and not lack:
            lack = _unsigned(index, name, chain)
        yield code, index.existences()[code].name, standing, (one.origin or one.since) if one else "", lack


def _is_lacking(what: str, standing: str, chain: Sequence[str], signed: set[str]) -> bool:
    if what == "signed":
        return signed.isdisjoint(chain)
    return standing not in (BINDS if what == "bound" else _CONSENTED)


def _unsigned(index: Index, name: str, chain: Sequence[str]) -> str:
    """Why a state that is bound may have signed all the same: the ledger lacks signatures of it."""
    for hole in index.knowledge(name).holes:
        if hole.acts in ("signature", "any") and (hole.states[0] in ("all", "others") or set(hole.states) & set(chain)):
            return f"the ledger is incomplete ({hole.text})"
    return ""
