"""Files of panels: types, codebooks, lists of states, published counts."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from panel_days import named
from treatygraph.export.panels import (
    PANELS,
    STATES,
    state_intervals,
    state_years,
)
from treatygraph.export.panels.state_years import state_years_table
from treatygraph.export.selection import ExportSelection
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError


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
