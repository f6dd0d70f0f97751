"""Tables and panels: they hold every record, agree with the answers, and have a word about every column."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from treatygraph.export import ExportSelection
from treatygraph.export.panels import DYADS, STATES, YEARS, dyad_intervals, dyad_years, state_intervals
from treatygraph.export.tables import TABLES
from treatygraph.graph import Graph

TODAY = "2026-11-23"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- tables


@pytest.fixture(scope="module")
def tables(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    graph.export("csv", folder / "csv", today=TODAY)
    graph.export("parquet", folder / "parquet", today=TODAY)
    return folder


def test_pandas_reads_csv_and_parquet_equal(tables: Path) -> None:
    import pandas

    for table in TABLES:
        text = pandas.read_csv(tables / "csv" / f"{table.name}.csv", dtype=str, keep_default_na=False)
        typed = pandas.read_parquet(tables / "parquet" / f"{table.name}.parquet", dtype_backend="pyarrow")
        assert list(text.columns) == list(typed.columns) == [one.name for one in table.fields]
        assert len(text) == len(typed) > 0, table.name
        for one in table.fields:
            back = [_text(value) for value in typed[one.name].tolist()]
            assert back == text[one.name].tolist(), f"{table.name}.{one.name}"


def _text(value: Any) -> str:
    import pandas

    if pandas.isna(value):
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)


def test_the_tables_hold_every_record(graph: Graph, tables: Path) -> None:
    counts = {
        name: len(rows_of(tables / "csv" / f"{name}.csv")) for name in ("acts", "instruments", "events", "sources")
    }
    manifest = graph.build.manifest
    assert counts == {name: manifest[name] for name in counts}
    assert len(rows_of(tables / "csv" / "standings.csv")) == manifest["standings"]


def test_keys_are_unique_and_references_hold(tables: Path) -> None:
    found = {table.name: rows_of(tables / "csv" / f"{table.name}.csv") for table in TABLES}
    for table in TABLES:
        if table.key:
            keys = [tuple(row[name] for name in table.key) for row in found[table.name]]
            assert len(keys) == len(set(keys)), table.name
    states, instruments = (
        {row[key] for row in found[name]} for name, key in (("states", "code"), ("instruments", "id"))
    )
    assert {row["state"] for row in found["acts"]} <= states
    assert {row["instrument"] for row in found["standings"]} <= instruments


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_codebook_has_a_row_for_every_column(tables: Path, kind: str) -> None:
    described = {(row["table"], row["column"]) for row in rows_of(tables / kind / "codebook.csv")}
    written: set[tuple[str, str]] = set()
    for path in sorted((tables / kind).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            written |= {(path.stem, column) for column in next(csv.reader(stream))}
    for path in sorted((tables / kind).glob("*.parquet")):
        from pyarrow import parquet

        written |= {(path.stem, column) for column in parquet.read_schema(path).names}
    assert described == written
    assert all(row["description"].endswith(".") and row["type"] for row in rows_of(tables / kind / "codebook.csv"))


def test_the_descriptor_tells_the_truth(tables: Path) -> None:
    package = json.loads((tables / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"] for resource in package["resources"]}
    assert listed == {path.name for path in (tables / "csv").iterdir()} - {"datapackage.json", "croissant.json"}
    for resource in package["resources"]:
        data = (tables / "csv" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = data.decode().split("\n", 1)[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


# --- panels


def test_dyad_intervals_agree_with_between(graph: Graph) -> None:
    """Pairs and days drawn with a seed; those that refuse each other are among them."""
    chance = random.Random(7)
    lives = graph.index().existences()
    group = [
        "USA",
        "RUS",
        "SUN",
        "CHN",
        "GBR",
        "FRA",
        "IND",
        "PAK",
        "PSE",
        "ISR",
        "CAN",
        "TWN",
        "PRK",
        "BLR",
        "POL",
        "KOR",
    ]
    wanted = {code: lives[code] for code in group if code in lives}
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in _only(graph, set(wanted)):
        at = dict(zip([one.name for one in DYADS.fields], row, strict=True))
        pair = str(at["state_a"]), str(at["state_b"])
        stretch = str(at["instrument"]), str(at["from"] or ""), str(at["until"] or "9999-12-31")
        found.setdefault(pair, []).append(stretch)
    tried = 0
    while tried < 150:
        first, second = sorted(chance.sample(sorted(wanted), 2))
        on = date.fromordinal(chance.randint(date(1963, 1, 1).toordinal(), date(2026, 11, 1).toordinal())).isoformat()
        if not all(lives[code].on(on) for code in (first, second)):
            continue
        answer = graph.between(first, second, on)
        said = {item.id for top in answer.instruments for item in _with_parts(top)}
        held = {name for name, start, end in found.get((first, second), []) if start <= on < end}
        assert held == said, f"{first} {second} {on}"
        tried += 1


def _only(graph: Graph, codes: set[str]) -> Iterator[tuple[Any, ...]]:
    class Some(ExportSelection):
        def states(self, index: Any, on: date | None = None) -> list[str]:
            assert index
            assert on is None
            return sorted(codes)

    return dyad_intervals(graph.index(), Some())


def _with_parts(item: Any) -> Iterator[Any]:
    yield item
    for part in item.parts:
        yield from _with_parts(part)


@pytest.fixture(scope="module")
def years(graph: Graph) -> list[dict[str, Any]]:
    names = [one.name for one in YEARS.fields]
    made = (
        *dyad_years(graph.index(), ExportSelection(), 1959, 1959),
        *dyad_years(graph.index(), ExportSelection(), 1991, 1992),
    )
    return [dict(zip(names, row, strict=True)) for row in made]


def test_dyad_years_join_on_cow_codes_without_duplicates(years: list[dict[str, Any]]) -> None:
    keys = [(row["year"], row["cow_a"], row["cow_b"]) for row in years if row["in_cow_a"] and row["in_cow_b"]]
    assert len(keys) == len(set(keys))
    assert all(row["cow_a"] < row["cow_b"] for row in years if row["cow_b"] is not None)
    soviet = [row for row in years if 365 in (row["cow_a"], row["cow_b"]) and 2 in (row["cow_a"], row["cow_b"])]
    assert [(row["year"], row["state_b"]) for row in soviet] == [(1959, "SUN"), (1991, "RUS"), (1992, "RUS")]
    german = {(row["year"], row["cow_b"]) for row in years if (row["state_a"], row["state_b"]) == ("USA", "DEU")}
    assert german == {(1959, 260), (1991, 255), (1992, 255)}


def test_dyad_years_agree_with_between(graph: Graph, years: list[dict[str, Any]]) -> None:
    chance = random.Random(11)
    for row in chance.sample(years, 80):
        answer = graph.between(row["state_a"], row["state_b"], row["on"])
        said = [item for top in answer.instruments for item in _with_parts(top)]
        assert row["instruments"] == len(said), row
        assert row["binding"] == sum(item.binding is True for item in said)
        assert row["instruments_folded"] == len(answer.instruments)
        topical = graph.between(row["state_a"], row["state_b"], row["on"], topic="nuclear")
        assert row["nuclear"] == sum(1 for top in topical.instruments for _ in _with_parts(top))


def test_state_intervals_agree_with_status(graph: Graph) -> None:
    names = [one.name for one in STATES.fields]
    rows = [
        dict(zip(names, row, strict=True))
        for row in state_intervals(graph.index(), ExportSelection(on=date(2023, 6, 1)))
    ]
    held = {row["state"] for row in rows if row["instrument"] == "cfe" and row["bound"]}
    status = graph.status("cfe", "2023-06-01")
    assert held == {state.state for state in status.states if state.standing == "party"}
    assert {row["flags"] for row in rows if row["instrument"] == "cfe" and row["state"] == "RUS"} != {None}


def test_a_panel_is_a_package(graph: Graph, tmp_path: Path) -> None:
    graph.export("dyad-years", tmp_path / "years", today=TODAY, group="P5", since=2024)
    rows = rows_of(tmp_path / "years" / "dyad-years.csv")
    assert [row["year"] for row in rows] == ["2024"] * 10 + ["2025"] * 10
    described = {row["column"] for row in rows_of(tmp_path / "years" / "codebook.csv") if row["table"] == "dyad-years"}
    assert described == set(rows[0])
    package = json.loads((tmp_path / "years" / "datapackage.json").read_text(encoding="utf-8"))
    assert "Bilateral instruments were not gathered evenly" in package["description"]
    assert package["datacite"]["version"] == package["version"]
    assert package["resources"][0]["schema"]["primaryKey"] == ["year", "state_a", "state_b", "cow_a", "cow_b"]


def test_croissant_tells_of_the_same_tables(tables: Path) -> None:
    """What ``mlcroissant validate`` accepts: every file with its checksum, every column out of its file."""
    package = json.loads((tables / "csv/datapackage.json").read_text(encoding="utf-8"))
    found = json.loads((tables / "csv/croissant.json").read_text(encoding="utf-8"))
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert found["version"] == package["version"]
    files = {one["@id"]: one["sha256"] for one in found["distribution"]}
    assert files == {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
    columns = {field["@id"]: field["source"] for table in found["recordSet"] for field in table["field"]}
    assert columns == {
        f"{one['name']}/{field['name']}": {"fileObject": {"@id": one["path"]}, "extract": {"column": field["name"]}}
        for one in package["resources"] for field in one["schema"]["fields"]
    }  # fmt: skip
    keys = {key["@id"] for table in found["recordSet"] for key in table.get("key", ())}
    assert keys <= columns.keys()
