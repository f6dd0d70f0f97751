"""Ignorance is monotonic at the doors: acts taken out of ledgers, with the gap on record, turn no yes into a no.

Over the real record, seeded: the consents of some states go, and what each door says of them is compared.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import treatygraph
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.unknowns import open_intervals, open_on
from treatygraph.build.index import Index
from treatygraph.export.panels import STATES, YEARS, dyad_years, state_intervals
from treatygraph.export.selection import ExportSelection
from treatygraph.graph import Graph
from treatygraph.model.folders import room
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.vocabulary import BINDS, CONSENTS
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

SEED = 20261130
TAKEN = 40
DAY = date(2020, 1, 1)
_LONG = 30
"""A ledger of so many lines is that of a treaty which many may join."""


def _plain(lines: list[dict[str, str]]) -> bool:
    """Whether a state has one consent and at most a signature: what follows from its absence is then plain."""
    kinds = [line["act"] for line in lines]
    return sum(kind in CONSENTS for kind in kinds) == 1 and set(kinds) <= CONSENTS | {"signature"}


def _candidates(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "acts").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        by_state: dict[str, list[dict[str, str]]] = {}
        for line in lines:
            by_state.setdefault(line["state"], []).append(line)
        if len(lines) >= _LONG:
            yield from ((path.stem, code) for code, own in sorted(by_state.items()) if _plain(own))


def _take_out(folder: Path, instrument: str, code: str) -> None:
    """The state's lines go from the ledger, and its card says that they are missing."""
    ledger = folder / "acts" / f"{instrument}.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if not line.startswith(f"{code},")), encoding="utf-8")
    card = folder / "instruments" / f"{instrument}.yaml"
    text = card.read_text(encoding="utf-8")
    said = f"coverage: {{gaps: [{{states: [{code}], acts: any}}], source: treatygraph, at: review-of-ledgers}}"
    rest = re.sub(r"^coverage:.*\n(?:[ \t-].*\n)*", "", text, flags=re.MULTILINE)
    card.write_text(f"{rest.rstrip()}\n{said}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def taken(graph: Graph) -> list[tuple[str, str]]:
    """Bonds of the day to be taken out, one for each instrument."""
    pick = random.Random(SEED)
    by_instrument: dict[str, list[str]] = {}
    for instrument, code in _candidates(room("graph")):
        by_instrument.setdefault(instrument, []).append(code)
    one_each = [(name, pick.choice(codes)) for name, codes in sorted(by_instrument.items())]
    pick.shuffle(one_each)
    lives, day = graph.index().existences(), DAY.isoformat()
    there = [(name, code) for name, code in one_each if lives[code].on(day)]
    bound = [(name, code) for name, code in there if _standing(graph, name, code) in BINDS]
    return bound[:TAKEN]


@pytest.fixture(scope="module")
def less(taken: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The record without them."""
    folder = tmp_path_factory.mktemp("less") / "graph"
    shutil.copytree(room("graph"), folder)
    for instrument, code in taken:
        _take_out(folder, instrument, code)
    return treatygraph.open(folder)


def _standing(graph: Graph, instrument: str, code: str) -> str:
    states = graph.status(instrument, on=DAY, state=code).to_dict()["states"]
    return str(states[0]["standing"]) if states else "none"


def _lost(whole: Index, less: Index) -> list[str]:
    """What holds a state in the network of the whole record, and neither holds it nor is open in the other."""
    first, second = snapshot(whole, Selection(DAY)), snapshot(less, Selection(DAY))
    still = {(code, name) for code, name in _held(second)}
    still |= {(code, name) for name, codes in second.open.items() for code in codes}
    return [f"{code} {name}" for code, name in _held(first) if (code, name) not in still]


def _held(found: Snapshot) -> Iterator[tuple[str, str]]:
    for row, code in enumerate(found.states):
        for column, name in enumerate(found.instruments):
            if found.held[row, column]:
                yield code, name


def test_enough_is_taken_out(taken: list[tuple[str, str]]) -> None:
    assert len(taken) >= TAKEN // 2


def test_status_says_not_known(taken: list[tuple[str, str]], less: Graph) -> None:
    said = {(name, code): _standing(less, name, code) for name, code in taken}
    assert {key: standing for key, standing in said.items() if standing not in ("not-known", *BINDS)} == {}


def test_the_network_leaves_it_open(graph: Graph, less: Graph) -> None:
    assert _lost(graph.index(), less.index()) == []


def test_without_k3_the_network_would_lose_it(
    graph: Graph, taken: list[tuple[str, str]], less: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Knowledge, "hole", lambda *_, **__: None)
    monkeypatch.setattr(Knowledge, "_doubtful", lambda self, *_: self._none("K3", "coverage", "switched off"))
    bare = Index(less.index().storage)
    assert len(_lost(graph.index(), bare)) > len(taken) // 2


def test_panels_tell_the_zero_from_the_unknown(graph: Graph, taken: list[tuple[str, str]], less: Graph) -> None:
    names = [field.name for field in STATES.fields]
    rows = [dict(zip(names, row, strict=True)) for row in state_intervals(less.index(), ExportSelection(on=DAY))]
    said = {(str(row["instrument"]), str(row["state"])): row["known"] for row in rows}
    assert [key for key in taken if key not in said] == []
    columns = [field.name for field in YEARS.fields]
    before, after = (
        {(row["state_a"], row["state_b"]): row for row in (dict(zip(columns, line, strict=True)) for line in lines)}
        for lines in (dyad_years(one.index(), ExportSelection(), 2019, 2019) for one in (graph, less))
    )
    fewer = [key for key, row in before.items() if int(str(after[key]["instruments"])) < int(str(row["instruments"]))]
    assert fewer
    for key in fewer:
        lost = int(str(before[key]["instruments"])) - int(str(after[key]["instruments"]))
        assert after[key]["known"] == "no", key
        assert int(str(after[key]["left_open"])) >= lost, key


@pytest.mark.parametrize("day", ["1950-01-01", "1991-12-25", "2026-11-30"])
def test_a_day_and_all_days_leave_the_same_open(graph: Graph, day: str) -> None:
    index = graph.index()
    found: dict[str, set[str]] = {}
    for item in open_intervals(index):
        if item.start <= day < item.end:
            found.setdefault(item.instrument, set()).add(item.state)
    assert found == open_on(index, day)


def test_what_is_open_is_not_held(graph: Graph) -> None:
    """An uncertain day counts neither as a yes nor as a no (K17)."""
    index = graph.index()
    table = intervals(index)
    held = table.held(DAY)
    for name, codes in open_on(index, DAY.isoformat()).items():
        for code in codes:
            assert not held[table.index(code), table.instruments.index(name)], (name, code)
