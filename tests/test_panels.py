"""Every column of every panel, worked out anew from the standings: day by day, without the panels' own means."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from treatygraph.build.index import Index
from treatygraph.export.fields import Table
from treatygraph.export.panels import (
    DYADS,
    HAZARD,
    PANELS,
    STATES,
    WITHDRAWALS,
    dyad_intervals,
    dyad_years,
    hazard,
    instrument_state_years,
    state_intervals,
    state_years,
    withdrawals,
)
from treatygraph.export.panels.dyads import years_table
from treatygraph.export.panels.state_years import long_table, state_years_table
from treatygraph.export.selection import ExportSelection
from treatygraph.graph import Graph
from treatygraph.law.succession import line
from treatygraph.model.errors import UsageError
from treatygraph.model.index_records import StandingRow
from treatygraph.model.standings import Because
from treatygraph.model.version import EDITION_DAY

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


@pytest.fixture(scope="module")
def naive(graph: Graph) -> Naive:
    return Naive(graph.index())


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


YEARS_TRIED = [(1949, "end"), (1975, "end"), (1991, "end"), (2019, "end"), (2025, "end")]


@pytest.mark.parametrize(("year", "at"), YEARS_TRIED)
def test_dyad_years_are_the_days_counted(graph: Graph, naive: Naive, year: int, at: str) -> None:
    rows = named(years_table(at), dyad_years(graph.index(), Some(at=at), year, year))
    day = f"{year}-12-31"
    alive = [code for code in SOME if naive.there(code, day)]
    assert {frozenset((row["state_a"], row["state_b"])) for row in rows} == set(map(frozenset, combinations(alive, 2)))
    for row in rows:
        first, second = row["state_a"], row["state_b"]
        assert (row["cow_a"] or 1000, first) < (row["cow_b"] or 1000, second)
        counts = naive.counts(*pair_days(naive, first, second, [day])[0])
        left_open = counts["instruments_max"] - counts["instruments"]
        assert row == {
            "year": year, "on": day, **naive.codes(first, day, "_a"), **naive.codes(second, day, "_b"), **counts,
            "left_open": left_open, "known": "no" if left_open else "yes",
        }  # fmt: skip


@pytest.mark.parametrize("at", ["any", "share"])
def test_years_over_all_days(graph: Graph, naive: Naive, at: str) -> None:
    """1991: the Soviet Union goes, Estonia and Ukraine change; the two of a pair need only share a day."""
    rows = named(years_table(at), dyad_years(graph.index(), Some(at=at, topic="nuclear"), 1991, 1991))
    wanted = {("USA", "SUN"), ("USA", "RUS"), ("USA", "EST"), ("UKR", "SUN")}
    below = graph.index().topic("nuclear") or frozenset()
    names = {name for name, one in naive.summaries.items() if below & set(one.topics)}
    checked = 0
    for row in rows:
        if (row["state_a"], row["state_b"]) not in wanted | {(second, first) for first, second in wanted}:
            continue
        days = [day for day in days_of(1991, at)
                if naive.there(row["state_a"], day) and naive.there(row["state_b"], day)]  # fmt: skip
        each = [(yes & names, may & names) for yes, may in pair_days(naive, row["state_a"], row["state_b"], days)]
        counts = over_days(each, at, 365, naive)
        assert {key: row[key] for key in counts} == counts, row
        assert row["on"] is None
        checked += 1
    assert checked == len(wanted)


@pytest.mark.parametrize(("year", "at"), [(1949, "end"), (1991, "end"), (2025, "end"), (1991, "any"), (1991, "share")])
def test_state_years_and_the_long_form(graph: Graph, naive: Naive, year: int, at: str) -> None:
    index = graph.index()
    days = days_of(year, at)
    long = named(long_table(at), instrument_state_years(index, Some(at=at), year, year))
    by_key = {(row["state"], row["instrument"]): row for row in long}
    assert len(by_key) == len(long)
    some = SOME if at == "end" else ("EST", "SUN", "RUS", "PRK")
    for row in named(state_years_table(at), state_years(index, Some(at=at), year, year)):
        code = row["state"]
        if code not in some:
            continue
        here = [day for day in days if naive.there(code, day)]
        each, before = [], {"contracting": 0, "signatory": 0}
        stages: dict[str, set[str]] = {"contracting": set(), "signatory": set()}
        for day in here:
            held = {name: naive.bound(code, name, day) for name in naive.summaries}
            each.append(({name for name, one in held.items() if one == "yes"},
                         {name for name, one in held.items() if one == "may"}))  # fmt: skip
            for name in naive.summaries:
                now = naive.standing(code, name, day)
                if now and now.standing in stages:
                    stages[now.standing].add(name)
                    before[now.standing] += 1
        counts = over_days(each, at, len(days), naive)
        for stage, names in stages.items():
            counts[stage] = pytest.approx(before[stage] / len(days), abs=2e-6) if at == "share" else len(names)
        assert {key: row[key] for key in counts} == counts, code
        assert (row["known"] == "no") == any(may for _, may in each)
        assert {key: row[key] for key in naive.codes(code, here[-1])} == naive.codes(code, here[-1])
        for name in naive.summaries:
            known = index.knowledge(name)
            is_open = known.opened.isoformat() <= days[-1] and known.ended.isoformat() > days[0]
            closed = known.closed_to and not set(line(naive.lives, code)) & set(known.closed_to)
            one = by_key.get((code, name))
            if one is None:
                assert not is_open or closed, (code, name)
                continue
            yes, may = (sum(name in item[which] for item in each) for which in (0, 1))
            worth = (lambda number: round(number / len(days), 6)) if at == "share" else (lambda number: int(number > 0))
            assert one["bound_max"] == worth(yes + may), (code, name)
            assert one["bound"] == (worth(yes) if worth(yes) == worth(yes + may) else None), (code, name)
            assert (one["known"] == "no") == (one["bound"] is None)
            now = naive.standing(code, name, here[-1])
            word = now.standing if (now and now.standing in stages) or (each[-1][0] & {name} and now) else None
            assert one["standing"] == (word or ("not-known" if name in each[-1][1] else "none")), (code, name)
            assert {key: one[key] for key in naive.under(name)} == naive.under(name)
            assert one["as_of"] == (naive.summaries[name].coverage.rpartition("/")[2] or None)


def test_state_intervals_are_the_standings(graph: Graph, naive: Naive) -> None:
    index = graph.index()
    rows = named(STATES, state_intervals(index, Some()))
    keys = [(row["state"], row["instrument"], row["from"]) for row in rows]
    assert len(keys) == len(set(keys))
    stages = ("party", "participant", "provisional", "contracting", "signatory")
    shown = {(row["state"], row["instrument"], row["from"]): row for row in rows if row["standing"] != "not-known"}
    wanted = {
        (code, name, None if row.start == "0001-01-01" else row.start): row
        for (code, name), held in naive.rows.items() if code in SOME for row in held if row.standing in stages
    }  # fmt: skip
    assert shown.keys() == wanted.keys()
    for key, row in wanted.items():
        flags = sorted({flag.flag for flag in row.flags})
        notices = [act.date.latest.isoformat() for act in index.acts_by(row.state, row.instrument)
                   if act.kind == "succession"] if "by-succession" in flags else []  # fmt: skip
        codes = {name: value for name, value in naive.codes(row.state, row.start).items() if name[:3] != "in_"}
        assert shown[key] == {
            **codes, **naive.under(row.instrument), "standing": row.standing,
            "bound": row.standing in stages[:3], "from": key[2], "until": None if row.end == "9999-12-31" else row.end,
            "since": row.since or None, "notified": min(notices) if notices and min(notices) > row.start else None,
            "flags": ";".join(flags) or None, "reason": row.reason or None,
            "unverified": bool(row.sources) and set(row.sources) == {"recall"},
            "known": "yes" if not row.since or len(row.since) == 10 else "since",
        }, key  # fmt: skip
    for cells in rows:
        if cells["standing"] == "not-known":
            first, last = cells["from"] or naive.lives[cells["state"]].start, cells["until"] or "9999-12-31"
            assert (cells["bound"], cells["known"], cells["unverified"]) == (None, "no", False)
            for day in (first, (date.fromisoformat(last) - timedelta(1)).isoformat()):
                assert naive.bound(cells["state"], cells["instrument"], day) == "may", cells


def test_dyad_intervals_are_the_days_of_both(graph: Graph, naive: Naive) -> None:
    rows = named(DYADS, dyad_intervals(graph.index(), Some()))
    found: dict[tuple[str, str, str], list[tuple[Any, Any]]] = {}
    for row in rows:
        found.setdefault((row["state_a"], row["state_b"], row["instrument"]), []).append((row["from"], row["until"]))
        start = row["from"] or "0001-01-01"
        codes = naive.codes(row["state_a"], start, "_a") | naive.codes(row["state_b"], start, "_b")
        assert {key: row[key] for key in codes if key[:3] != "in_"} == {
            key: value for key, value in codes.items() if key[:3] != "in_"
        }
        assert {key: row[key] for key in naive.under(row["instrument"])} == naive.under(row["instrument"])
        begins = [one for code in (row["state_a"], row["state_b"])
                  for one in naive.rows[code, row["instrument"]] if one.start == start and one.binds]  # fmt: skip
        assert row["known"] == ("since" if any(len(one.since) not in (0, 10) for one in begins) else "yes"), row
    for first, second in combinations(SOME, 2):
        for name in naive.summaries:
            held = [*naive.rows.get((first, name), ()), *naive.rows.get((second, name), ())]
            edges = sorted({day for row in held for day in (row.start, row.end)}
                           | {day for one in naive.index.exclusions(name) for day in (one.start, one.end)})  # fmt: skip
            days = [day for day in edges if naive.both(first, second, name, day) == "yes"]
            spans = found.get((first, second, name), [])
            assert all(any((start or "") <= day < (end or "9999-12-31") for start, end in spans) for day in days)
            inside = [day for day in edges if any((s or "") <= day < (e or "9999-12-31") for s, e in spans)]
            assert inside == days, (first, second, name)


def _ending(index: Index, row: StandingRow) -> tuple[Because, ...]:
    """Why a standing ended, for certain; empty where its day is not known."""
    held = index.standings_of(row.instrument, "depositary", row.state)
    ending = next(one.ending for one in held if one.start.isoformat() == row.start)
    return () if any(step.rule == "K17" for step in ending) else ending


def test_the_hazard_table_is_the_course_of_standings(graph: Graph, naive: Naive) -> None:
    index = graph.index()
    rows = named(HAZARD, hazard(index, Some()))
    last = EDITION_DAY.isoformat()
    before: dict[str, Any] = {}
    for row in rows:
        code, name = row["state"], row["instrument"]
        final = (date.fromisoformat(row["stop"]) - timedelta(1)).isoformat()
        for day in (row["start"], final):
            is_bound = naive.bound(code, name, day)
            assert is_bound == ("yes" if row["risk"] == "leaving" else "no"), (row, day)
        assert row["start"] < row["stop"] <= (EDITION_DAY + timedelta(1)).isoformat()
        assert (
            row["t_stop"] - row["t_start"] == (date.fromisoformat(row["stop"]) - date.fromisoformat(row["start"])).days
        )
        assert bool(row["event"]) != bool(row["censored"]), row
        assert row["left"] == (row["event"] == "effect")
        if row["event"] == "bound":
            assert naive.bound(code, name, row["stop"]) == "yes", row
        elif row["censored"] == "not-known":
            now = naive.standing(code, name, row["stop"])
            assert naive.bound(code, name, row["stop"]) == "may" or (now and now.standing == "not-known"), row
        elif row["risk"] == "leaving" and row["event"] and row["event"] not in ("notice", "revocation"):
            gone = not naive.there(code, row["stop"]) or naive.bound(code, name, row["stop"]) == "no"
            assert gone or row["event"] == "effect", row
        if before.get("state") == code and before["instrument"] == name:
            assert before["stop"] <= row["start"], row
        before = row
    ends = {(code, name, row.end) for (code, name), held in naive.rows.items() if code in SOME for row in held
            if row.binds and row.end <= last
            and (not naive.there(code, row.end) or naive.bound(code, name, row.end) == "no" or
                 {"R3", "R23"} & {step.rule for step in _ending(index, row)})}  # fmt: skip
    told = {(row["state"], row["instrument"], row["stop"]) for row in rows
            if row["risk"] == "leaving" and row["event"] and row["event"] not in ("notice", "revocation")}  # fmt: skip
    assert told == {end for end in ends if naive.index.knowledge(end[1]).opened.isoformat() < end[2]}


def test_who_left_is_the_same_in_both_tables(graph: Graph) -> None:
    """A part that ends with its parent by an act of the state has that act, which stands under the parent."""
    index = graph.index()
    left = [row for row in named(HAZARD, hazard(index, ExportSelection())) if row["left"]]
    table = named(WITHDRAWALS, withdrawals(index, ExportSelection()))
    outcomes = {row["act"]: row["outcome"] for row in table}
    for row in left:
        acts = [act for act in row["acts"].split(";") if act in outcomes]
        assert acts, row
        assert any(outcomes[act] == "left" for act in acts), row
    done = {(row["state"], row["instrument"]) for row in left}
    exact = [row for row in table if row["effect_earliest"] == row["effect_latest"]]
    assert {(row["state"], row["instrument"]) for row in exact if row["outcome"] == "left"} <= done
    reasons = {(row["instrument"], row["state"]): row["outcome"] for row in table}
    assert reasons["npt", "PRK"] in ("open", "undone")
    assert reasons["open-skies", "RUS"] == "left"


def test_successions_are_no_exits(graph: Graph) -> None:
    rows = named(HAZARD, hazard(graph.index(), ExportSelection()))
    soviet = {row["event"] for row in rows if row["state"] == "SUN" and row["stop"] == "1991-12-26"}
    assert soviet <= {"succession", None}
    heir = next(row for row in rows if (row["state"], row["instrument"], row["stage"]) == ("RUS", "npt", "bound"))
    assert heir["entered"] == "1970-03-05"
    assert heir["t_start"] > 7000


def test_every_panel_describes_its_columns() -> None:
    for panel in PANELS.values():
        for table in panel.described:
            names = [field.name for field in table.fields]
            assert len(names) == len(set(names))
            assert set(table.key) <= set(names)
            assert all((len(name) <= 32 and name.isidentifier()) or name == "from" for name in names), table.name


def files(graph: Graph, folder: Path, **more: Any) -> Path:
    graph.export("state-years", folder, today="2026-11-30", since=2025, topic="nuclear", **more)
    return next(path for path in folder.iterdir() if path.stem == "state-years")


def test_types_come_through_every_file(graph: Graph, tmp_path: Path) -> None:
    """CSV, Parquet and Stata have the same cells; Namibia is NA, and what lacks is missing."""
    import pandas

    table = pandas.read_csv(files(graph, tmp_path / "csv"), keep_default_na=False, na_values=[""])
    typed = pandas.read_parquet(files(graph, tmp_path / "parquet", parquet=True))
    path = files(graph, tmp_path / "dta", stata=True)
    stata = pandas.read_stata(path, convert_categoricals=False)
    assert list(table.columns) == list(typed.columns) == list(stata.columns)
    assert "NAM" in set(stata["state"])
    for name in table.columns:
        kinds = {field.name: field.type for field in state_years_table().fields}
        if kinds[name] in ("integer", "boolean"):
            plain = [value if value == value else None for value in table[name].astype(float)]
            assert plain == [value if value == value else None for value in stata[name].astype(float)], name
            assert plain == [None if pandas.isna(value) else float(value) for value in typed[name]], name
    assert table["cow"].isna().any()
    assert str(stata["on"].dtype).startswith("datetime64")
    with pandas.io.stata.StataReader(path) as reader:
        labels = reader.variable_labels()
        assert labels["instruments"].startswith("Number of instruments that hold the state")
        assert reader.value_labels()["in_cow"] == {0: "no", 1: "yes"}
        assert reader.data_label.startswith("treatygraph record")


def test_stata_and_parquet_are_one_choice(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not as both"):
        graph.export("hazard", tmp_path / "out", today="2026-11-30", parquet=True, stata=True)
    with pytest.raises(UsageError, match="'world' is no value of system"):
        graph.export("hazard", tmp_path / "out", today="2026-11-30", system="world")
    with pytest.raises(UsageError, match="takes no --at"):
        graph.export("hazard", tmp_path / "out", today="2026-11-30", at="share")


R_READS = """
rows <- read.csv(commandArgs(TRUE)[1], na.strings = "")
cat(class(rows$year), class(rows$cow), class(rows$in_cow), class(rows$instruments), "\\n")
cat(nrow(rows), sum(is.na(rows$cow)), sum(is.na(rows$state)), sum(rows$state == "NAM"), "\\n")
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_r_reads_the_types(graph: Graph, tmp_path: Path) -> None:
    """With na.strings = "" Namibia's code is a text and an empty cell is missing; yes and no are logical."""
    path = files(graph, tmp_path / "csv")
    (tmp_path / "read.R").write_text(R_READS, encoding="utf-8")
    command = ["Rscript", "--vanilla", str(tmp_path / "read.R"), str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    without = sum(line.split(",")[3] == "" for line in lines)
    assert out[0].split() == ["integer", "integer", "logical", "integer"]
    assert out[1].split() == [str(len(lines)), str(without), "0", "1"]


def test_the_codebook_tells_what_is_in_the_file(graph: Graph, tmp_path: Path) -> None:
    files(graph, tmp_path / "csv")
    with (tmp_path / "csv" / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        book = {row["column"]: row for row in csv.DictReader(stream) if row["table"] == "state-years"}
    assert book["year"]["range"] == "2025 to 2025"
    assert book["known"]["range"] in ("no; yes", "no", "yes")
    assert int(book["cow"]["n"]) < int(book["state"]["n"])
    assert book["instruments_max"]["formula"] == "instruments + those left open"
    assert all(row["example"] for row in book.values() if int(row["n"]))


def test_known_by_gives_what_was_known_then(graph: Graph) -> None:
    """In 1985 nobody saw Dominica in the Biological Weapons Convention: it gave notice of its succession in 2016."""
    rows = {known: named(STATES, state_intervals(graph.index(known), ExportSelection(on=date(1985, 1, 1))))
            for known in (None, "1985-01-01")}  # fmt: skip
    bound = {known: {row["state"] for row in some if row["instrument"] == "bwc" and row["bound"]}
             for known, some in rows.items()}  # fmt: skip
    assert "DMA" in bound[None] - bound["1985-01-01"]
    told = next(row for row in rows[None] if (row["state"], row["instrument"]) == ("DMA", "bwc"))
    assert told["notified"] > "2000"


@pytest.mark.parametrize(("reading", "bound"), [("depositary", False), ("USA", True)])
def test_taiwan_goes_by_the_reading(graph: Graph, reading: str, bound: bool) -> None:
    selection = ExportSelection(on=date(2020, 1, 1), reading=reading)
    held = {row["state"] for row in named(STATES, state_intervals(graph.index(), selection))
            if row["instrument"] == "npt" and row["bound"]}  # fmt: skip
    assert ("TWN" in held) == bound


def test_start_is_between_five(graph: Graph) -> None:
    selection = ExportSelection(on=date(2000, 1, 1), topic="strategic-offensive-arms")
    rows = named(STATES, state_intervals(graph.index(), selection))
    assert {row["scope"] for row in rows if row["instrument"] == "start-1"} == {"multilateral"}
    assert len([row for row in rows if row["instrument"] == "start-1" and row["bound"]]) == 5


def test_the_test_ban_is_there(graph: Graph) -> None:
    rows = named(
        STATES, state_intervals(graph.index(), ExportSelection(on=date(2024, 11, 30), topic="nuclear-testing"))
    )
    assert sum(row["standing"] == "contracting" for row in rows if row["instrument"] == "ctbt") == 178


@pytest.mark.parametrize(("system", "number"), [("cow", 195), ("un", 193), ("gw", 174)])
def test_a_list_has_its_members_only(graph: Graph, system: str, number: int) -> None:
    rows = named(state_years_table(), state_years(graph.index(), ExportSelection(system=system), 2016, 2016))
    assert len(rows) == number
    assert all(row[f"in_{system}"] for row in rows)


def test_organisations_come_when_asked(graph: Graph) -> None:
    for asked in (False, True):
        rows = named(state_years_table(), state_years(graph.index(), ExportSelection(organisations=asked), 2020, 2020))
        assert ({row["state"] for row in rows} >= {"EUU", "EUE"}) == asked


PUBLISHED = [
    ("cwc", "1997-04-29", "1997-04-29", 87, 0, ""),
    ("cwc", "2002-04-29", "2002-04-29", 145, 0, ""),
    ("cwc", "2003-04-29", "2003-04-29", 151, 0, ""),
    ("cwc", "2004-12-31", "2004-12-31", 167, 0, ""),
    ("cwc", "2006-03-01", "2006-05-31", 178, 0, ""),
    ("bwc", "1975-12-31", "1975-12-31", 64, -1, "Taiwan, which ratified in 1973, is in the published count"),
    ("bwc", "1980-03-21", "1980-03-21", 87, 4, "four successions were notified later"),
    ("bwc", "2006-01-01", "2006-12-31", 155, 0, ""),
    ("bwc", "2013-04-01", "2013-04-30", 170, 0, ""),
    ("bwc", "2024-07-01", "2024-07-31", 187, 0, ""),
    ("npt", "2000-04-20", "2000-04-20", 188, -1, "Taiwan is in the published count"),
    ("npt", "2008-12-31", "2008-12-31", 189, 1, "North Korea is left out of the published count"),
    ("npt", "2016-12-31", "2016-12-31", 191, 0, ""),
    ("ctbt", "2001-09-01", "2001-09-30", 81, 0, ""),
    ("ctbt", "2001-11-26", "2001-11-26", 89, 0, ""),
    ("ctbt", "2002-09-01", "2002-09-30", 94, 0, ""),
    ("ctbt", "2003-09-01", "2003-09-30", 106, -1, "published by subtraction, one off"),
    ("ctbt", "2004-09-01", "2004-09-30", 117, 0, ""),
    ("ctbt", "2013-06-30", "2013-12-31", 159, 0, ""),
    ("ctbt", "2024-11-30", "2024-11-30", 178, 0, ""),
    ("apmbc", "1998-09-16", "1998-09-16", 40, 0, ""),
    ("apmbc", "2003-09-03", "2003-09-03", 136, 0, ""),
    ("apmbc", "2004-10-01", "2004-10-31", 143, 0, ""),
    ("tpnw", "2025-08-01", "2025-08-31", 73, 0, ""),
    (
        "geneva-protocol",
        "2014-01-01",
        "2014-01-01",
        139,
        -1,
        "not explained: one state fewer",
    ),
]
"""Counts that others published, of a day or of some time within it; by how much ours differs, and why."""
CONSENTED = {"ctbt", "apmbc", "tpnw"}
"""Of these the published number is of consents, not of states bound."""


@pytest.fixture(scope="module")
def intervals(graph: Graph) -> list[dict[str, Any]]:
    return named(STATES, state_intervals(graph.index(), ExportSelection()))


@pytest.mark.parametrize(("name", "first", "last", "published", "differs", "why"), PUBLISHED)
def test_published_counts(
    intervals: list[dict[str, Any]], name: str, first: str, last: str, published: int, differs: int, why: str
) -> None:
    stages = {"party"} | ({"contracting"} if name in CONSENTED else set())
    mine = [row for row in intervals if row["instrument"] == name and row["standing"] in stages]
    counts = [sum((row["from"] or "") <= day < (row["until"] or "9999") for row in mine) for day in (first, last)]
    assert min(counts) <= published + differs <= max(counts), (counts, why)
    assert bool(differs) == bool(why)
