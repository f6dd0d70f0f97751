"""The questions as a user would write them by hand: SPARQL over the finished standings.

The peers do less than treatygraph: objections, participations not accepted, flags, reasons and sources are left out.
Each state's half stands in a sub-select of its own, which is many times faster on Oxigraph. Days are compared as
``xsd:date``, or as texts for Virtuoso, whose release 7.2.5 overlooks some typed days before 1945.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

INSTRUMENT = "npt"
"""The instrument whose parties are counted."""
MONTHS = tuple(date(year, month, 1) for year in range(1945, 2027) for month in range(1, 13))
DAYS = tuple(date(1960 + number * 13 % 66, 1 + number * 5 % 12, 1 + number * 7 % 28) for number in range(120))
"""Days spread over the years in no order."""
ON = date(2021, 5, 28)


class Pair(NamedTuple):
    """Two states, each with the states that it continues, newest first."""

    first: tuple[str, ...]
    second: tuple[str, ...]


class Place(NamedTuple):
    """A state under an instrument."""

    instrument: str
    state: tuple[str, ...]
    """The state with the states that it continues, newest first."""


PLACES = tuple(
    Place(instrument, state)
    for instrument in ("npt", "cwc", "bwc", "ctbt", "outer-space")
    for state in (("FRA",), ("PRK",), ("RUS", "SUN", "RUE"))
)
"""Standings that are asked for one by one."""
POWERS = Pair(("USA",), ("RUS", "SUN", "RUE"))
OTHERS = Pair(("AUS",), ("NZL",))
"""Two who are asked about before a pair is asked about for the first time."""

_HEAD = """PREFIX graph: <https://w3id.org/treatygraph/graph/>
PREFIX reading: <https://w3id.org/treatygraph/scheme/reading/>
PREFIX scope: <https://w3id.org/treatygraph/scheme/scope/>
PREFIX standing: <https://w3id.org/treatygraph/scheme/standing/>
PREFIX tg: <https://w3id.org/treatygraph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_HELD = """GRAPH graph:derived {{ ?one{n} tg:state ?p{n} ; tg:instrument ?instrument ; tg:reading reading:depositary ;
  tg:standing ?h{n} ; tg:from ?s{n} ; tg:until ?e{n} . }}
  FILTER(?h{n} IN (standing:party, standing:participant, standing:provisional))"""
_MUTUAL = "?instrument tg:instrumentScope ?of . FILTER(?of != scope:unilateral)"


class Texts:
    """The texts, in one of the two ways to compare days."""

    def __init__(self, *, typed: bool = True) -> None:
        self._typed = typed

    def _day(self, variable: str) -> str:
        return variable if self._typed else f"STR({variable})"

    def _half(self, number: int, codes: Sequence[str], on: date | None, shown: str) -> str:
        chosen = _values(f"p{number}", codes) if codes else ""
        day = f'"{on}"^^xsd:date' if self._typed else f'"{on}"'
        start, end = self._day(f"?s{number}"), self._day(f"?e{number}")
        when = f"FILTER({start} <= {day} && {day} < {end})" if on else ""
        return f"{{ SELECT {shown} WHERE {{ {chosen} {_HELD.format(n=number)} {when} }} }}"

    def between(self, pair: Pair, on: date) -> str:
        """The instruments that bind both powers on a day."""
        halves = self._half(1, pair.first, on, "?instrument") + self._half(2, pair.second, on, "?instrument")
        return f"{_HEAD}SELECT DISTINCT ?instrument WHERE {{ {halves} {_MUTUAL} }}"

    def all_pairs(self, on: date) -> str:
        """How many instruments bind each two states on a day."""
        halves = self._half(1, (), on, "?instrument ?p1") + self._half(2, (), on, "?instrument ?p2")
        return (
            f"{_HEAD}SELECT ?p1 ?p2 (COUNT(DISTINCT ?instrument) AS ?count) WHERE {{ {halves} {_MUTUAL} "
            "FILTER(STR(?p1) < STR(?p2)) } GROUP BY ?p1 ?p2"
        )

    def spells(self, pair: Pair) -> str:
        """When each instrument bound both powers; months are then counted by the asker, not by the engine."""
        halves = self._half(1, pair.first, None, "?instrument ?s1 ?e1")
        halves += self._half(2, pair.second, None, "?instrument ?s2 ?e2")
        s1, e1, s2, e2 = (self._day(name) for name in ("?s1", "?e1", "?s2", "?e2"))
        meet = f"FILTER({s1} < {e2} && {s2} < {e1})"
        return f"{_HEAD}SELECT ?instrument ?s1 ?e1 ?s2 ?e2 WHERE {{ {halves} {_MUTUAL} {meet} }}"

    def timeline(self, pair: Pair) -> str:
        """The acts of either power under instruments under which both have acted or take part, in order."""
        halves = "".join(
            f"{{ SELECT DISTINCT ?instrument WHERE {{ {_values(name, codes)} {{ ?{name}act tg:state ?{name} ; "
            f"tg:instrument ?instrument ; tg:actKind ?{name}kind . }} UNION "
            f"{{ ?instrument tg:participant ?{name} }} }} }}"
            for name, codes in (("a", pair.first), ("b", pair.second))
        )
        return (
            f"{_HEAD}SELECT ?act ?who ?kind ?on WHERE {{ {halves} {_values('who', pair.first + pair.second)} "
            "?act tg:state ?who ; tg:instrument ?instrument ; tg:actKind ?kind ; tg:dateLatest ?on . } "
            "ORDER BY ?on ?act"
        )

    def status(self, place: Place, on: date) -> str:
        """How a state stands under an instrument on a day."""
        day = f'"{on}"^^xsd:date' if self._typed else f'"{on}"'
        start, end = self._day("?s"), self._day("?e")
        return (
            f"{_HEAD}SELECT ?h ?s ?e WHERE {{ {_values('p', place.state)} GRAPH graph:derived {{ ?one tg:state ?p ; "
            f"tg:instrument <https://w3id.org/treatygraph/id/instrument/{place.instrument}> ; "
            "tg:reading reading:depositary ; tg:standing ?h ; tg:from ?s ; tg:until ?e . } "
            f"FILTER({start} <= {day} && {day} < {end}) }}"
        )

    def parties(self) -> str:
        """Who was bound by one instrument, and when."""
        bound = _HELD.format(n=1).replace("?instrument", f"<https://w3id.org/treatygraph/id/instrument/{INSTRUMENT}>")
        return f"{_HEAD}SELECT ?p1 ?s1 ?e1 WHERE {{ {bound} }}"


def _values(name: str, codes: Sequence[str]) -> str:
    named = " ".join(f"<https://w3id.org/treatygraph/id/state/{code}>" for code in codes)
    return f"VALUES ?{name} {{ {named} }}"


def counted_by_month(rows: list[tuple[Any, ...]]) -> list[int]:
    """How many different things hold on the first of each month; a row is a thing, and the texts of two days."""
    return [len({name for name, start, end in rows if start <= day < end}) for day in map(str, MONTHS)]
