"""Panels worked out again from the standings, day by day, without the means of the panels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pytest

from treatygraph.build.index import Index
from treatygraph.export.fields import Table
from treatygraph.export.selection import ExportSelection
from treatygraph.law.succession import line
from treatygraph.model.index_records import StandingRow

SOME = ("CAN", "CHN", "DDR", "DEU", "EST", "IND", "PRK", "PSE", "RUS", "SUN", "TWN", "UKR", "USA", "ZAF")
TOPICS = {"strategic_offensive_arms": "strategic-offensive-arms", "nuclear": "nuclear", "wmd": "wmd",
          "conventional": "conventional", "confidence_and_communication": "confidence-and-communication"}  # fmt: skip


class Some(ExportSelection):
    """A selection of a few states, so that every day can be looked at."""

    def states(self, index: Index, on: date | None = None) -> list[str]:
        return [code for code in super().states(index, on) if code in SOME]


def named(table: Table, rows: Iterator[tuple[Any, ...]]) -> list[dict[str, Any]]:
    names = [field.name for field in table.fields]
    return [dict(zip(names, row, strict=True)) for row in rows]


class Naive:
    """What a state is under an instrument on a day, from its standings and what its ledger knows: nothing in between."""

    def __init__(self, index: Index) -> None:
        self.index, self.lives, self.states = index, index.existences(), index.states()
        self.summaries = index.summaries()
        self.rows: dict[tuple[str, str], list[StandingRow]] = {}
        for row in index.all_rows():
            if row.reading == "depositary" and row.start < row.end:
                self.rows.setdefault((row.state, row.instrument), []).append(row)
        self._bound: dict[tuple[str, str, str], str] = {}

    def standing(self, code: str, name: str, day: str) -> StandingRow | None:
        return next((row for row in self.rows.get((code, name), ()) if row.start <= day < row.end), None)

    def bound(self, code: str, name: str, day: str) -> str:
        """``yes``, ``no`` or ``may``."""
        key = code, name, day
        if key not in self._bound:
            self._bound[key] = self._bound_on(code, name, day)
        return self._bound[key]

    def _bound_on(self, code: str, name: str, day: str) -> str:
        row = self.standing(code, name, day)
        if row and row.standing in ("party", "participant", "provisional"):
            return "yes"
        chain = line(self.lives, code)
        held = [self.standing(other, name, day) for other in chain]
        if any(held):
            binding = {"party", "participant", "provisional"}
            return "may" if any(one and binding & set(one.may) for one in held) else "no"
        starts = [date.fromisoformat(one.start) for other in chain for one in self.rows.get((other, name), ())]
        absence = self.index.knowledge(name).absence(chain, date.fromisoformat(day), min(starts, default=None))
        return "may" if absence.may_bind else "no"

    def both(self, first: str, second: str, name: str, day: str) -> str:
        sides = {self.bound(first, name, day), self.bound(second, name, day)}
        if "no" in sides or self.summaries[name].scope == "unilateral":
            return "no"
        refused = (one for one in self.index.exclusions(name) if one.start <= day < one.end)
        if any({one.by, one.against} == {first, second} for one in refused):
            return "no"
        return "may" if "may" in sides else "yes"

    def alone(self, names: set[str]) -> int:
        return sum(not names & set(self.summaries[name].parents) for name in names)

    @cached_property
    def scopes(self) -> dict[str, str]:
        lines: dict[str, set[str]] = {}
        for (code, name), rows in self.rows.items():
            if any(row.standing in ("party", "participant", "provisional") for row in rows):
                lines.setdefault(name, set()).add(line(self.lives, code)[-1])
        return {name: "multilateral" if one.scope == "bilateral" and len(lines.get(name, ())) > 2 else one.scope
                for name, one in self.summaries.items()}  # fmt: skip

    def counts(self, yes: set[str], may: set[str]) -> dict[str, int]:
        """The columns of counts of one day."""
        tests = {
            "instruments": lambda _: True,
            "binding": lambda name: self.summaries[name].binding is True,
            "political": lambda name: self.summaries[name].binding is not True,
            "bilateral": lambda name: self.scopes[name] == "bilateral",
            "multilateral": lambda name: self.scopes[name] == "multilateral",
            **{column: self._about(topic) for column, topic in TOPICS.items()},
        }
        found = {name: sum(map(test, yes)) for name, test in tests.items()}
        found |= {f"{name}_max": sum(map(test, yes | may)) for name, test in tests.items()}
        whole = {name for name in yes if not yes & set(self.summaries[name].parents)}
        found |= {f"{name}_folded": sum(map(tests[name], whole)) for name in ("instruments", "binding")}
        return found

    def _about(self, topic: str) -> Any:
        below = self.index.topic(topic) or frozenset()
        return lambda name: bool(below & set(self.summaries[name].topics))

    def codes(self, code: str, day: str, side: str = "") -> dict[str, Any]:
        state, on = self.states[code], date.fromisoformat(day)
        numbers = {}
        for system in ("cow", "gw"):
            spans = sorted((one for one in state.systems if one.system == system), key=lambda one: one.start)
            here = [one.number for one in spans if on < one.end] or [one.number for one in spans[-1:]]
            number = here[0] if here else state.identifiers.get(system)
            numbers[f"{system}{side}"] = int(number) if number else None
        inside = {
            f"in_{system}{side}": any(one.system == system and one.start <= on < one.end for one in state.systems)
            for system in ("cow", "gw", "un")
        }
        return {f"state{side}": code, f"iso3{side}": state.identifiers.get("iso3"), **numbers, **inside}

    def under(self, name: str) -> dict[str, Any]:
        one = self.summaries[name]
        binding = {True: "yes", False: "no", None: "disputed"}[one.binding]
        return {"instrument": name, "title": one.title, "scope": self.scopes[name], "binding": binding,
                "topics": ";".join(one.topics) or None}  # fmt: skip

    def there(self, code: str, day: str) -> bool:
        life = self.lives[code]
        return life.start <= day < life.end


def days_of(year: int, at: str) -> list[str]:
    first = date(year, 12, 31) if at == "end" else date(year, 1, 1)
    return [(first + timedelta(number)).isoformat() for number in range((date(year + 1, 1, 1) - first).days)]


def over_days(each: Sequence[tuple[set[str], set[str]]], at: str, length: int, naive: Naive) -> dict[str, Any]:
    """The counts over days, each with what holds and what may: on the day, on any, or the shares of the year."""
    if at == "share":
        sums: dict[str, float] = {}
        for yes, may in each:
            for key, value in naive.counts(yes, may).items():
                sums[key] = sums.get(key, 0) + value
        return {key: pytest.approx(value / length, abs=2e-6) for key, value in sums.items()}
    yes = set().union(*(yes for yes, _ in each))
    may = set().union(*(may for _, may in each))
    counts = naive.counts(yes, may - yes)
    whole = set().union(*({name for name in day if not day & set(naive.summaries[name].parents)} for day, _ in each))
    counts["instruments_folded"] = len(whole)
    counts["binding_folded"] = sum(naive.summaries[name].binding is True for name in whole)
    return counts


def pair_days(naive: Naive, first: str, second: str, days: Sequence[str]) -> list[tuple[set[str], set[str]]]:
    each = []
    for day in days:
        held = {name: naive.both(first, second, name, day) for name in naive.summaries}
        each.append(({name for name, one in held.items() if one == "yes"},
                     {name for name, one in held.items() if one == "may"}))  # fmt: skip
    return each
