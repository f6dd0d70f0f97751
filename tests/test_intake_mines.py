"""The Mine Ban Convention without its acts of 2025 and 2026, brought back from a page: what binds Poland and Finland."""

from __future__ import annotations

from pathlib import Path

import pytest

import intake_mines as mines
from treatygraph import cli
from treatygraph.graph import open_graph
from treatygraph.model.records import Facts

PLACE = "https://treaties.un.org/Pages/ViewDetails.aspx?mtdsg_no=XXVI-5"


def between(root: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """What binds the two on a day after all five had left, and what ended."""
    answer = open_graph(root).between("Poland", "Finland", on="2026-03-02").to_dict()
    return [item["id"] for item in answer["instruments"]], [(item["id"], item["until"]) for item in answer["ended"]]


def test_the_acts_of_two_years_come_back_from_a_page(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = mines.emptied(tmp_path / "graph", keep=("ccm",))
    page = tmp_path / "status.html"
    page.write_text(mines.status_page(facts), encoding="utf-8")
    bound, ended = between(root)
    assert "apmbc" in bound
    assert not ended

    words = ["intake", str(page), "--graph", str(root), "--source", "untc-2026-03", "--source-place", PLACE, "--write"]
    assert cli.run(words) == 0, "everything that is not new agrees"
    written = [
        line for line in (root / "acts/apmbc.csv").read_text(encoding="utf-8").splitlines() if "untc-2026-03" in line
    ]
    assert [line.split(",")[:4] for line in written] == [
        ["MHL", "ratification", "2025-03-12", ""],
        ["TON", "accession", "2025-06-25", ""],
        ["EST", "notice-of-withdrawal", "2025-06-27", "2025-12-27"],
        ["LTU", "notice-of-withdrawal", "2025-06-27", "2025-12-27"],
        ["LVA", "notice-of-withdrawal", "2025-06-27", "2025-12-27"],
        ["FIN", "notice-of-withdrawal", "2025-07-10", "2026-01-10"],
        ["UKR", "suspension", "2025-07-18", ""],
        ["POL", "notice-of-withdrawal", "2025-08-20", "2026-02-20"],
    ]
    bound, ended = between(root)
    assert "apmbc" not in bound
    assert ("apmbc", "2026-01-10") in ended


def test_who_left_without_a_note_is_a_finding(facts: Facts, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = mines.emptied(tmp_path / "graph", keep=("ccm",))
    page = tmp_path / "status.html"
    silent = mines.status_page(facts).replace("its decision to withdraw from the", "its views on the")
    page.write_text(silent, encoding="utf-8")
    assert cli.run(["intake", str(page), "--graph", str(root), "--format", "csv"]) == 1
    gone = [line.split(",")[1] for line in capsys.readouterr().out.splitlines() if line.startswith("gone")]
    assert gone == ["EST", "FIN", "LTU", "LVA", "POL"]
