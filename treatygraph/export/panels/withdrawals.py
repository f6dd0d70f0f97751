"""All acts by which states left, or said that they would, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatygraph.bonds.exits import RecordedExit, exits
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table, cell, of, span
from treatygraph.export.panels.columns import code_fields, shown_on
from treatygraph.export.panels.design import DESIGN, design_cells
from treatygraph.export.selection import ExportSelection
from treatygraph.model.dates import Span
from treatygraph.model.version import EDITION_DAY

__all__ = ["WITHDRAWALS", "withdrawals"]

WITHDRAWALS: Final = Table(
    "withdrawals",
    "Every act by which a state left an instrument or took back a consent or signature, with its effect.",
    (
        of("act", "Key of the act (table acts)."),
        *code_fields("", "the state"),
        of("instrument", "Id of the instrument."),
        of("title", "Its short title."),
        of("act_kind", "notice-of-withdrawal, withdrawal, termination, end-of-participation, withdrawal-of-consent or "
           "intention-not-to-ratify."),
        *span("notice", "The day of the act: receipt of the notice, or the step itself"),
        *span("effect", "The first day on which it had worked; empty: it has not, or nothing tells"),
        of("outcome", "left: it ended the bond. pending: it will, on the day of effect. undone: it was taken back. "
           "no-bond: nothing held the state that it could end (a signature or consent taken back). ended-first: the "
           "instrument or the state was gone before. open: whether it worked is not known, or contested."),
        of("days", "Days from the act to its effect, where both are known to the day.", type="integer",
           formula="effect - notice"),
        of("note", "Note of the ledger."),
        of("sources", "Ids of the sources in which it was read (table sources), separated by ;."),
        of("at", "The place in the source."),
        *DESIGN,
    ),
    lambda _: (),
    ("act",),
)  # fmt: skip


def withdrawals(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every such act, by date."""
    names, states = selection.instruments(index), set(selection.states(index))
    for item in exits(index, selection.reading):
        act = item.act
        if act.instrument not in names or act.state not in states:
            continue
        effect = Span.parse(item.out) if item.out else None
        codes = shown_on(index.states()[act.state], act.date.earliest)[:4]
        exact = effect is not None and effect.is_day and act.date.is_day
        length = (effect.earliest - act.date.earliest).days if effect and exact else None
        cells = (
            act.id, *codes, act.instrument, names[act.instrument].title, act.kind, *_days(act.date), *_days(effect),
            _outcome(index, item, effect), length, act.note, act.cite.sources, act.cite.at,
        )  # fmt: skip
        yield (*map(cell, cells), *design_cells(index.instruments()[act.instrument]))


def _days(when: Span | None) -> tuple[object, ...]:
    return (when.text, when.earliest, when.latest) if when else (None, None, None)


def _outcome(index: Index, item: RecordedExit, effect: Span | None) -> str:
    act = item.act
    if not item.ends_a_bond:
        return "no-bond"
    if effect:
        return "left" if effect.latest <= EDITION_DAY else "pending"
    undone = (other for other in index.acts_by(act.state, act.instrument) if other.kind == "revocation-of-notice")
    if any(other.date.latest >= act.date.earliest for other in undone):
        return "undone"
    ended = index.knowledge(act.instrument).ended
    return "ended-first" if ended <= EDITION_DAY else "open"
