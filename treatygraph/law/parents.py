"""Party to an amendment or protocol means party to what it amends, unless the instrument says otherwise (rule K5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from treatygraph.law.succession import line
from treatygraph.model.dates import OPEN
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import Instrument, State
from treatygraph.model.standings import Because, Derivation, Standing
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["completed", "first_day", "parents_of", "stripped"]

_RULE = "K5"


def parents_of(card: Instrument) -> tuple[str, ...]:
    """The instruments to which every party to this one is a party: what it amends, or is a protocol to."""
    relations = (item for item in card.relations if item.relation in ("amends", "protocol-to") and not item.apart)
    return tuple(dict.fromkeys(item.instrument for item in relations))


def first_day(derived: Derivation, states: Mapping[str, State], code: str) -> date | None:
    """The first day of the first standing of a state or of those it carries on; None where there is none."""
    rows = (row for name in line(states, code) for row in derived.of(name))
    return min((row.start for row in rows), default=None)


def completed(
    derived: Derivation, knowledge: Knowledge, parts: Iterable[Derivation], states: Mapping[str, State]
) -> Derivation:
    """What one reading yields, with the parties that are known only as parties to a later part of the instrument.

    Args:
        derived: what was derived from the instrument's own acts.
        knowledge: what its ledger knows: a standing is added only where the ledger may lack the act.
        parts: the default results of its amendments and protocols, as far as :func:`parents_of` names it for them.
        states: all states by code.

    Returns:
        Each such state as a party, since a day not known, for as long as it is a party to the part.
    """
    by_state: dict[str, list[Standing]] = {}
    for part in parts:
        for row in part.standings:
            if row.standing == "party" and derived.life.entry and row.state not in by_state:
                by_state[row.state] = list(_implied(derived, knowledge, part, row, states))
    rows = [row for state in by_state.values() for row in state]
    if not rows:
        return derived
    merged = sorted((*derived.standings, *rows), key=lambda row: (row.state, row.start))
    return replace(derived, standings=tuple(merged))


def _implied(
    derived: Derivation, knowledge: Knowledge, part: Derivation, row: Standing, states: Mapping[str, State]
) -> Iterator[Standing]:
    own = line(states, row.state)
    end = min(row.end, derived.life.ends_on)
    if row.start >= end or any(item.start < end for item in derived.of(row.state)):
        return
    first = first_day(derived, states, row.state)
    if knowledge.absence(own, row.start, first).standing != NOT_KNOWN:
        return
    step = Because(_RULE, f"{part.instrument}#party", row.since, _sources(row), f"party to {part.instrument}")
    born = max(knowledge.entry, states[row.state].start)
    if born < row.start:
        yield Standing(
            row.state, derived.instrument, NOT_KNOWN, born, row.start, born.isoformat(), row.start.isoformat(), "",
            (step,), (step,), ("none", "party"),
        )  # fmt: skip
    until = "" if end == OPEN else end.isoformat()
    yield Standing(
        row.state, derived.instrument, "party", row.start, end, f"/{row.start.isoformat()}", until, "",
        (step, *row.because), row.ending,
    )  # fmt: skip


def _sources(row: Standing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for step in row.because for source in step.sources))


def stripped(derived: Derivation) -> Derivation:
    """The results without what :func:`completed` has added."""
    rows = tuple(row for row in derived.standings if not row.because or row.because[0].rule != _RULE)
    return derived if len(rows) == len(derived.standings) else replace(derived, standings=rows)
