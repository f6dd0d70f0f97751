"""Which instruments hold a state on a day, which it has signed alone, and which it stays out of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatygraph.bonds.unknowns import absence_of
from treatygraph.build.index import Index
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN
from treatygraph.queries.computed._documents import held_on, line_on, until_text
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which instruments hold a state on a day, which it has signed, and which multilateral ones it is outside of.
# theme: state of the world
# answer: On {on}, {instrument is|instruments are} those of {a} that were asked for.
# param: a line "North Korea" The state, by any of its names; what it continues counts as the same state.
# param: how bound|signed|outside "bound" Those that hold it; that it has signed, bound or not; or in force and open
#   to many, of which it is no party.
# option: topic topic "any" A topic, with all below it; or any.
# param: on date "2026-11-23" The day asked about.
# column: id The instrument's id.
# column: title Its short title.
# column: scope Bilateral, multilateral or unilateral.
# column: standing How the state stands: party, signatory, none, or not-known where the record cannot tell.
# column: since Since when, in EDTF; empty for none.
# column: until First day on which it no longer holds; .. where no end is known.
"""
_STANDS: Final = ("in-force", "operative", "provisional")
_SIGNATURES: Final = ("signature", "definitive-signature")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each instrument, in order of id."""
    on, how = asked.day("on"), asked["how"]
    chain = line_on(index, asked["a"], on)
    held = held_on(index, chain, asked["on"])
    topics = None if asked["topic"] == "any" else {asked["topic"], *(index.topic(asked["topic"]) or ())}
    for name, summary in sorted(index.summaries().items()):
        if topics is not None and topics.isdisjoint(summary.topics):
            continue
        row = held.get(name)
        standing = row.standing if row else "none"
        if how == "outside" and (row is None or not row.binds):
            if summary.scope != "multilateral" or not _stands(index, name, asked["on"]):
                continue
            if row is None:
                standing = absence_of(index, index.derivation(name), chain, on).standing
        elif (
            (how == "bound" and not (row and (row.binds or (row.standing == NOT_KNOWN and row.may_bind))))
            or (
                how == "signed"
                and not any(act.kind in _SIGNATURES and act.date.latest <= on for act in index.acts_of(name, chain))
            )
            or (how == "outside" and standing in BINDS)
        ):
            continue
        since = (row.origin or row.since) if row else ""
        yield name, summary.title, summary.scope, standing, since, until_text(row.until if row else "")


def _stands(index: Index, name: str, on: str) -> bool:
    statuses = index.derivation(name).statuses
    return any(one.status in _STANDS and one.start.isoformat() <= on < one.end.isoformat() for one in statuses)
