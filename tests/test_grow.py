"""The record multiplied: a folder that the build takes, the same each time, with everything that makes it hard."""

from __future__ import annotations

import filecmp
import subprocess
import sys
from pathlib import Path

import pytest

from treatygraph.checks import stops
from treatygraph.facts import read
from treatygraph.model.records import Facts

ROOT = Path(__file__).resolve().parent.parent
TIMES = 3


def grow(folder: Path, *more: str) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "grow"), str(TIMES), str(folder), *more],
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown") / "graph"
    grow(folder)
    return folder


@pytest.fixture(scope="module")
def facts(grown: Path) -> Facts:
    return read(grown)


def test_what_is_grown_may_be_built(facts: Facts) -> None:
    assert stops(facts) == []


def test_it_holds_the_record_and_as_many_copies(grown: Path, facts: Facts) -> None:
    record = [path.stem for path in (ROOT / "graph" / "instruments").glob("*.yaml")]
    assert len(facts.instruments) == TIMES * len(record)
    for folder in ("acts", "instruments", "events"):
        names = [path.name for path in (ROOT / "graph" / folder).iterdir()]
        assert filecmp.cmpfiles(ROOT / "graph" / folder, grown / folder, names, shallow=False)[1:] == ([], [])


def test_a_copy_has_acts_disputes_and_successions_of_its_own(facts: Facts) -> None:
    ours, copied = facts.acts["npt"], facts.acts["npt-x1"]
    assert 0.5 * len(ours) < len(copied) <= 1.1 * len(ours)
    assert any(act.kind == "succession" for act in copied)
    assert any(view.instrument == "npt-x1" for view in facts.assertions)
    assert facts.instruments["new-start-x1"].related("supersedes") == ("sort-x1",)


def test_the_same_seed_gives_the_same_bytes(grown: Path, tmp_path: Path) -> None:
    grow(tmp_path / "again")
    for path in grown.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(grown)).read_bytes()


def test_another_seed_gives_others(grown: Path, tmp_path: Path) -> None:
    grow(tmp_path / "other", "--seed", "2")
    assert (grown / "acts/npt-x1.csv").read_bytes() != (tmp_path / "other/acts/npt-x1.csv").read_bytes()


def test_a_folder_that_is_there_is_left_alone(grown: Path) -> None:
    run = [sys.executable, str(ROOT / "scripts" / "grow"), "1", str(grown)]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "must not be there" in done.stderr
