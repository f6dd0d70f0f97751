"""Ignorance is monotonic at every door, over the real record: `scripts/ignorance` does the same with more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import treatygraph
from ignorance import Records, pick, take_out, without_clauses
from ignorance_agents import DOORS
from silence import DENIALS, silent_pairs
from treatygraph.graph import Graph
from treatygraph.law import life, standings
from treatygraph.model.folders import room
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.version import EDITION_DAY

SEED = 20261130
ACTS = 24
CLAUSES = 10
DAY = date(2020, 1, 1)


def copied(folder: Path) -> Path:
    shutil.copytree(room("graph"), folder)
    return folder


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A copy of the record, and the instruments of which the withdrawal clauses are gone in it."""
    folder = copied(tmp_path_factory.mktemp("less") / "graph")
    return folder, without_clauses(folder, SEED, CLAUSES)


@pytest.fixture(scope="module")
def records(graph: Graph, cards: tuple[Path, list[str]]) -> Iterator[Records]:
    """The record, and the copy with acts taken out."""
    folder, _ = cards
    taken = pick(folder, SEED, ACTS)
    take_out(folder, taken)
    less = treatygraph.open(folder)
    yield Records(graph, less, taken, [DAY])
    less.close()


def test_acts_of_several_kinds_are_taken_out(records: Records) -> None:
    assert len(records.taken) >= ACTS // 2
    assert {item.acts for item in records.taken} >= {"consent", "exit", "signature"}


@pytest.mark.parametrize("door", sorted(DOORS))
def test_no_door_turns_a_yes_into_a_no(records: Records, door: str) -> None:
    less = records.taken[::3] if door in ("ask", "whatif") else records.taken
    asked = Records(records.whole, records.less, less, records.days)
    compared = list(DOORS[door](asked))
    assert len(compared) >= len(asked.taken) // 4
    assert [item for item in compared if item.turned] == []


def test_without_k3_the_doors_would_turn(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copied(tmp_path / "graph")
    taken = pick(folder, SEED + 1, ACTS)
    take_out(folder, taken)
    monkeypatch.setattr(standings, "doubted", lambda rows, _: list(rows))
    monkeypatch.setattr(life, "_doubted", lambda _, item, __: [item])
    monkeypatch.setattr(Knowledge, "hole", lambda *_, **__: None)
    monkeypatch.setattr(Knowledge, "_doubtful", lambda self, *_: self._none("K3", "coverage", "switched off"))
    with_k3_off = Records(graph, treatygraph.open(folder), taken, [DAY])
    for door in ("status", "between", "claims", "network", "panels"):
        assert any(item.turned for item in DOORS[door](with_k3_off)), door


def test_a_clause_that_is_gone_is_told_to_be_absent_by_no_sentence(
    records: Records, cards: tuple[Path, list[str]]
) -> None:
    """Only of a text that was read whole is a clause known to be absent (K9)."""
    tried = 0
    for name in cards[1]:
        index = records.less.index()
        party = next((row.state for row in index.derivation(name).standings
                      if row.standing == "party" and row.start <= DAY < row.end), "")  # fmt: skip
        if not party or tried == CLAUSES // 3:
            continue
        answer = records.less.whatif(f"{party} leaves {name}", on=DAY).answer
        assert not re.search(r"has no withdrawal clause|article 56", answer), answer
        assert name not in {row[0] for row in records.less.query("no-withdrawal-clause").rows}
        tried += 1
    assert tried == CLAUSES // 3


MANY = {"ask": 8, "whatif": 8, "questions": 30, "timeline": 30}
"""Of so many pairs a door that takes long is asked; `scripts/ignorance --pairs 200` asks each of all."""


@pytest.mark.parametrize("door", sorted(DENIALS))
def test_no_door_denies_what_a_short_ledger_does_not_tell(graph: Graph, door: str) -> None:
    pairs = silent_pairs(graph.index(), EDITION_DAY, MANY.get(door, 200), SEED)
    assert len(pairs) == MANY.get(door, 200)
    assert [(*pair, text) for pair in pairs if (text := DENIALS[door](graph, *pair, EDITION_DAY))] == []
