"""States: their lives, and the lists of states that have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - as in the other records

from treatygraph.model.cites import Cite

__all__ = ["State", "SystemSpan"]


@dataclass(frozen=True, slots=True)
class SystemSpan:
    """A state in a list of states over ``[start, end)``: of Correlates of War, of Gleditsch and Ward, of the UN.

    The Correlates of War project numbers West Germany 260, and Germany before and after it 255.
    """

    system: str
    """One of :data:`treatygraph.model.vocabulary.STATE_LISTS`."""
    number: str
    """Its number there; empty where the list has none."""
    start: Day
    end: Day
    note: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class State:
    """A state and its life: half-open ``[start, end)``.

    ``continues`` is the state whose identity this one carries on (same legal person, rule R33);
    ``successor_of`` are states it succeeded without being them; ``mode`` says how: continuity,
    separation, union, absorption or independence.
    """

    code: str
    name: str
    start: Day
    end: Day
    continues: str
    successor_of: tuple[str, ...]
    mode: str
    aliases: tuple[str, ...]
    identifiers: Mapping[str, str]
    note: str
    cite: Cite
    systems: tuple[SystemSpan, ...] = ()
    """The lists of states it is in, in order of list and time."""

    @property
    def is_organisation(self) -> bool:
        """Whether it is no state: the European Union and Euratom, which are parties beside their members."""
        return any(span.system == "organisation" for span in self.systems)

    def is_in(self, system: str, on: Day) -> bool:
        """Whether a list of states has it on a day."""
        return any(span.system == system and span.start <= on < span.end for span in self.systems)

    def number_on(self, system: str, on: Day) -> str:
        """Its number in a list on a day (``cow``, ``gw``); empty where it never has one.

        On a day on which the list does not have it: the number under which it enters next, else its last one.
        """
        spans = [span for span in self.systems if span.system == system and span.number]
        following = (span.number for span in spans if on < span.end)
        last = spans[-1].number if spans else self.identifiers.get(system, "")
        return next(following, last)
