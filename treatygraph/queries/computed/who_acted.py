"""Which states did something under an instrument: signed, ratified, joined, left, suspended, objected; and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from treatygraph.build.index import Index
from treatygraph.model.act_words import JOINING, LEAVING
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import CONSENTS
from treatygraph.queries.computed._documents import cited
from treatygraph.queries.computed._members import ANY_STATE, lines_among
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which states signed, ratified, joined, left or suspended an instrument, or objected, in order of time.
# theme: state of the world
# answer: {state|states} did so under {instrument} from {since} to {until}.
# param: instrument instrument "TPNW" The instrument, by id, title, abbreviation or alias.
# param: did signed|ratified|joined|left|suspended|objected "ratified" What was done; ratified takes every consent to be
#   bound, whatever its name, and joined what is no treaty as well.
# option: among text "any" The members of a group on the last day, or any.
# option: since date "1800-01-01" Only what was done on this day or later.
# param: until date "2026-12-31" Only what was done on this day or earlier.
# column: code Code of the state in whose name it was done.
# column: state Name of the state.
# column: act Kind of the first such act: ratification, accession, succession and so on.
# column: date When, in EDTF.
# column: undone What took it back later and when; empty where nothing did.
# column: sources Titles of the sources in which it was read.
"""
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "signed": frozenset({"signature", "definitive-signature"}),
    "ratified": CONSENTS - {"definitive-signature"} | {"adherence"},
    "joined": JOINING,
    "left": LEAVING - {"termination"} | {"withdrawal"},
    "suspended": frozenset({"suspension"}),
    "objected": frozenset({"objection"}),
}
_UNDOING: Final[Mapping[str, frozenset[str]]] = {
    "signed": frozenset({"intention-not-to-ratify"}),
    "ratified": LEAVING,
    "joined": LEAVING,
    "left": frozenset({"revocation-of-notice"}),
    "suspended": frozenset({"resumption"}),
    "objected": frozenset(),
}


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each state, by its first such act in that time; a deposit at several places is one act."""
    ledger, did = index.ledger(asked["instrument"]), asked["did"]
    until = asked.day("until")
    among = asked["among"]
    wanted = (
        None if among == ANY_STATE else {code for chain in lines_among(index, among, until).values() for code in chain}
    )
    first: dict[str, Act] = {}
    for act in sorted(ledger, key=lambda one: (one.date.latest, one.state, one.kind)):
        if act.kind in _KINDS[did] and (wanted is None or act.state in wanted):
            first.setdefault(act.state, act)
    for act in first.values():
        if not asked.day("since") <= act.date.latest <= until:
            continue
        later = [one for one in ledger if one.state == act.state and one.kind in _UNDOING[did]]
        later = [one for one in later if act.date.earliest <= one.date.latest <= until]
        undone = f"{later[-1].kind.replace('-', ' ')} on {later[-1].date.text}" if later else ""
        yield (
            act.state, index.existences()[act.state].name, act.kind, act.date.text, undone,
            cited(index, act.cite.sources),
        )  # fmt: skip
