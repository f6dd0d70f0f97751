"""Standings on record that a hole of the ledger may have made another: those days are not known (rule K3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from treatygraph.law.clauses import withdrawal_of
from treatygraph.law.knowledge import holes_of
from treatygraph.law.succession import line
from treatygraph.model.dates import OPEN
from treatygraph.model.knowledge import Hole
from treatygraph.model.records import Instrument, State
from treatygraph.model.standings import Because, Standing
from treatygraph.model.vocabulary import EVERY_STATE, NOT_KNOWN

__all__ = ["Doubts", "doubted", "following"]

_HELD: Final = ("party", "participant", "provisional", "contracting")
"""Standings that a missing exit or objection would have ended or cut."""
_FORMER: Final = frozenset({"former-party", "former-participant"})
_ENDING: Final = ("exit", "objection", "any")
_JOINING: Final = ("consent", "any")


@dataclass(frozen=True, slots=True)
class Doubts:
    """What makes the standings of one state under one instrument doubtful."""

    card: Instrument
    states: Mapping[str, State]
    code: str
    ended: date
    """The first day on which the instrument is gone; whoever was out by then is out."""
    views: tuple[date, ...] = ()
    """The days from which the reading's own authority holds something of the state."""

    def since(self, row: Standing, following: Standing | None) -> tuple[date, Hole] | None:
        """From which day on a standing is in doubt, and by which hole; None where it is certain."""
        acts = _ENDING if row.standing in _HELD else _JOINING
        doubts = [
            (max(row.start, hole.start), hole)
            for hole in holes_of(self.card, self.states)
            if hole.acts in acts and hole.start < row.end and self._covers(hole, row, following)
        ]
        return min(doubts, key=lambda item: item[0], default=None)

    def _covers(self, hole: Hole, row: Standing, following: Standing | None) -> bool:
        if EVERY_STATE.isdisjoint(hole.states):
            own = line(self.states, self.code)
            return not set(own).isdisjoint(hole.states) or (row.standing in _HELD and self._ends_for_all(hole))
        # Who has acts is none of the others; and an act on record that ends or follows it says what it was until then.
        return hole.states == ("all",) and not self._followed(row, following)

    def _followed(self, row: Standing, following: Standing | None) -> bool:
        """Whether an act of its own that is on record ends the standing, so that no missing one did before."""
        if following is None or following.start != row.end:
            return False
        if row.standing in _HELD:
            own = line(self.states, self.code)
            return any(set(step.act.split("/")[1:2]) & set(own) for step in row.ending)
        return following.standing in (*_HELD, NOT_KNOWN)

    def _ends_for_all(self, hole: Hole) -> bool:
        """Whether the exit of another would have ended the instrument for this state too (R20)."""
        rule = withdrawal_of(self.card)
        return hole.acts != "objection" and (self.card.scope == "bilateral" or bool(rule and rule.ends_for_all))


def doubted(rows: Sequence[Standing], doubts: Doubts) -> list[Standing]:
    """The standings of a state, in order of time, with the days on which a hole may have changed them as not known.

    What an authority holds of its own (R39) is no matter of the ledger, and stays.
    """
    if not doubts.card.coverage.gaps:
        return list(rows)
    standings: list[Standing] = []
    for row, following in pairwise([*rows, None]):
        if row is None:
            continue
        doubt = None if row.standing == NOT_KNOWN else doubts.since(row, following)
        standings += [row] if doubt is None else _cut(row, *doubt, doubts)
    return standings


def following(rows: Sequence[Standing], parents: Iterable[Standing]) -> list[Standing]:
    """The standings of a state where those under a framework, or under what it lives as long as, are in doubt.

    An exit that may be missing there takes this one along (rules R28 and R29), so that it is no more certain.
    """
    standings = list(rows)
    for parent in parents:
        if parent.standing == NOT_KNOWN and not _FORMER.isdisjoint(parent.may):
            standings = [part for row in standings for part in _in_doubt(row, parent)]
    return standings


def _in_doubt(row: Standing, parent: Standing) -> Iterable[Standing]:
    start, end = max(row.start, parent.start), min(row.end, parent.end)
    if row.standing not in _HELD or start >= end:
        return (row,)
    step = next((step for step in parent.because if step.rule == "K3"), parent.because[0])
    before = replace(row, end=start, until=start.isoformat(), ending=(step,))
    doubtful = replace(
        row, standing=NOT_KNOWN, start=start, end=end, since=start.isoformat() if row.start < start else row.since,
        until="" if end == OPEN else end.isoformat(), origin="", because=(step, *row.because),
        may=(row.standing, "none" if row.standing in ("contracting", "provisional") else f"former-{row.standing}"),
    )  # fmt: skip
    after = replace(row, start=end, since=end.isoformat())
    return (item for item in (before, doubtful, after) if item.start < item.end)


def _cut(row: Standing, since: date, hole: Hole, doubts: Doubts) -> list[Standing]:
    step = Because("K3", f"{row.instrument}#coverage", "", hole.sources, hole.text)
    ends = min((view for view in (*doubts.views, doubts.ended) if row.start <= view < row.end), default=row.end)
    if ends <= since:
        return [row]
    before = [replace(row, end=since, until=since.isoformat(), ending=(step,))] if row.start < since else []
    doubtful = replace(
        row, standing=NOT_KNOWN, start=since, end=ends, since=since.isoformat() if before else row.since,
        until="" if ends == OPEN else ends.isoformat(), origin="", because=(step, *row.because), may=_may(row, hole),
    )  # fmt: skip
    rest = [replace(row, start=ends, since=ends.isoformat())] if ends < row.end else []
    return [*before, doubtful, *rest]


def _may(row: Standing, hole: Hole) -> tuple[str, ...]:
    if row.standing in _HELD:
        left = "none" if row.standing in ("contracting", "provisional") else f"former-{row.standing}"
        return (row.standing,) if hole.acts == "objection" else (row.standing, left)
    bound = "participant" if row.standing == "former-participant" else "party"
    return row.standing, bound
