"""Every column of every panel, worked out anew from the standings: day by day, without the panels' own means."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from panel_days import SOME, Naive, Some, days_of, named, over_days, pair_days
from treatygraph.build.index import Index
from treatygraph.export.panels import (
    DYADS,
    HAZARD,
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
from treatygraph.model.index_records import StandingRow
from treatygraph.model.standings import Because
from treatygraph.model.version import EDITION_DAY


@pytest.fixture(scope="module")
def naive(graph: Graph) -> Naive:
    return Naive(graph.index())


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
