"""What the rules yield, held against itself: one standing a day, within the state's life, under a law in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from treatygraph.model.dates import Span
from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation, Standing

__all__ = ["incoherent"]


def incoherent(facts: Facts, derivations: Iterable[Derivation]) -> Iterator[Finding]:
    """An error for each standing that cannot be, whatever the acts say."""
    for derived in derivations:
        place = facts.instruments[derived.instrument].cites["title"].place
        for rule, standing, message, mend in _faults(facts, derived):
            record = f"{derived.reading}/{derived.instrument}/{standing.state}"
            yield Finding(place, rule, f"{record}: {message}", mend, record=record)


def _faults(facts: Facts, derived: Derivation) -> Iterator[tuple[str, Standing, str, str]]:
    mine: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in derived.standings:
        mine[standing.state].append(standing)
        life = facts.states[standing.state]
        if standing.start < life.start or life.end < standing.end:
            message = f"{standing.standing} from {standing.start} until {standing.end}, beyond the life of the state."
            yield "standing-outside-life", standing, message, "check its life in states.csv, and who did its acts."
        if standing.standing == "party" and _too_early(derived, standing):
            message = f"party since {standing.since}, but the treaty is in force since {derived.life.entry or 'never'}."
            yield "bound-before-entry", standing, message, "check the entry into force, and the consents in the ledger."
    for standings in mine.values():
        for first, second in pairwise(sorted(standings, key=lambda standing: standing.start)):
            if second.start < first.end:
                message = f"{first.standing} and {second.standing} at once on {second.start}."
                yield "two-standings-at-once", second, message, "report it: the rules yielded what cannot be."


def _too_early(derived: Derivation, standing: Standing) -> bool:
    """Whether the state is bound for certain before the instrument is in force."""
    entry = derived.life.entry
    return entry is None or (standing.since != "" and Span.parse(standing.since).latest < entry.earliest)
