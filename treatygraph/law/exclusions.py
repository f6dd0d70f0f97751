"""Between whom an instrument does not operate although it binds both: objections (R11) and denied participation (R12).

What follows from the readings and the ledger of one instrument, for all states and days at once. Whoever asks about
two states subtracts it from the days on which both are bound (:mod:`treatygraph.bonds.pairs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from treatygraph.model.dates import OPEN
from treatygraph.model.index_records import Exclusion
from treatygraph.model.intervals import common, merged, without
from treatygraph.model.records import Act
from treatygraph.model.standings import Derivation

__all__ = ["exclusions"]

_Days = tuple[date, date]


def exclusions(results: Mapping[str, Derivation], ledger: Iterable[Act]) -> list[Exclusion]:
    """Who denies whom the bond, and when, in order.

    Args:
        results: what each reading yields for the instrument.
        ledger: its acts, of which the objections count.
    """
    return sorted({*_not_accepted(results), *_objected(ledger)})


def _objected(ledger: Iterable[Act]) -> Iterator[Exclusion]:
    """From the last day on which an objection may have been made (VCLT 20(4)(b), R11)."""
    for act in ledger:
        if act.kind == "objection":
            for other in act.against:
                yield Exclusion(act.instrument, act.state, other, act.date.latest.isoformat(), OPEN.isoformat(), "R11")


def _not_accepted(results: Mapping[str, Derivation]) -> Iterator[Exclusion]:
    """The days on which a state, as an authority, sees itself bound but not another that others see bound (R12).

    A state that holds itself out as well denies nobody: it claims an end, which the flags tell (R39).
    """
    states = {standing.state for derivation in results.values() for standing in derivation.standings}
    for me, view in results.items():
        own = _bound(view, me)
        for other in sorted(states - {me}) if own else ():
            others = merged(days for derivation in results.values() for days in _bound(derivation, other))
            for start, end in without(common(own, others), _bound(view, other)):
                yield Exclusion(view.instrument, me, other, start.isoformat(), end.isoformat(), "R12")


def _bound(view: Derivation, state: str) -> list[_Days]:
    return merged((standing.start, standing.end) for standing in view.of(state) if standing.binds)
