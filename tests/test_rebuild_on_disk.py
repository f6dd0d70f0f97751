"""Builds on disk after a change: what is taken in, what is laid down when, and what a damaged one before does."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

import treatygraph
from edits import rows_in
from treatygraph.build import cache as builds
from treatygraph.facts import read
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import StoreError
from treatygraph.triplestore.quads import nquads

SMALL = Path(__file__).resolve().parent / "small_graph"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, built."""
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    folder = Path(shutil.copytree(SMALL, tmp_path / "graph"))
    builds.built(folder, talk=lambda _: None)
    return folder


def reworded(folder: Path, name: str = "Pond Treaty") -> None:
    path = folder / "instruments" / "lake-treaty.yaml"
    text = path.read_text(encoding="utf-8")
    assert "Lake Treaty" in text or "Pond" in text
    path.write_text(re.sub("(Lake|Pond) Treaty", name, text), encoding="utf-8")


def test_a_change_is_taken_in_and_shows_in_every_answer(home: Path) -> None:
    reworded(home)
    talk: list[str] = []
    build = builds.built(home, talk=talk.append)
    assert talk == ["treatygraph: taking in what changed …"]
    graph = treatygraph.open(home)
    assert "Pond Treaty" in str(graph.show("lake-treaty").to_dict())
    assert "building" not in "".join(talk)
    query = "SELECT ?name WHERE { <https://w3id.org/treatygraph/id/instrument/lake-treaty> rdfs:label ?name }"
    assert "Pond Treaty" in str(graph.sparql(query).rows)
    changed, counts = quads_in(build), build.manifest
    whole = builds.built(home, again=True, talk=lambda _: None)
    assert whole.folder == build.folder
    assert quads_in(whole) == changed
    assert whole.manifest == counts
    facts = read(home)
    assert set(nquads(facts, Corpus(facts).derivations()).splitlines()) <= changed


def quads_in(build: builds.Build) -> set[bytes]:
    made = pyoxigraph.Store.read_only(str(build.store)).dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert made is not None
    return set(made.splitlines())


def test_a_question_that_needs_no_store_lays_none_down(home: Path) -> None:
    graph = treatygraph.open(home)
    graph.show("lake-treaty")
    graph.status("lake-treaty", "2001-01-01")
    assert not (graph.home.folder / "store").exists()
    graph.sparql("ASK { ?s ?p ?o }")
    assert (graph.home.folder / "store").is_dir()


def test_the_store_can_be_laid_down_before_the_first_query(home: Path) -> None:
    graph = treatygraph.open(home)
    functions = [question.name for question in graph.questions() if question.function]
    graph.prepare(functions[0])
    assert not (graph.home.folder / "store").exists(), "a function answers, so no query waits"
    graph.prepare()
    assert (graph.home.folder / "store").is_dir()


def falsify(index: Path) -> None:
    """Let a card say something else than its checksum knows of."""
    connection = sqlite3.connect(index)
    connection.execute("UPDATE document SET value = replace(value, 'Lake', 'Fake') WHERE kind = 'instrument'")
    connection.commit()
    connection.close()


def test_a_damaged_index_before_is_not_built_upon(home: Path) -> None:
    index = builds.built(home, talk=lambda _: None).index
    falsify(index)
    (home / "exceptions.csv").write_text("rule,record,reason,expires\nroster,x,why,2030-01-01\n", encoding="utf-8")
    build = builds.built(home, talk=lambda _: None)
    assert not any("Fake" in row[2] for row in rows_in(build.index))
    made = rows_in(build.index)
    assert made == rows_in(builds.built(home, again=True, talk=lambda _: None).index)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_without_the_index_before_all_is_made_anew(home: Path, damage: Callable[[Path], object]) -> None:
    damage(builds.built(home, talk=lambda _: None).index)
    reworded(home)
    assert "Pond Treaty" in str(treatygraph.open(home).show("lake-treaty").to_dict())


def test_a_build_by_other_code_is_not_built_upon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "VERSION", "99.0")
    reworded(home)
    talk: list[str] = []
    builds.built(home, talk=talk.append)
    assert "building the graph" in talk[0]


def test_an_index_too_large_for_memory_is_not_built_upon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "_HELD", 1)
    reworded(home)
    talk: list[str] = []
    builds.built(home, talk=talk.append)
    assert "building the graph" in talk[0]


def test_a_store_is_laid_down_from_its_own_build_though_the_facts_have_changed(home: Path) -> None:
    graph = treatygraph.open(home)
    reworded(home)
    query = "SELECT ?name WHERE { <https://w3id.org/treatygraph/id/instrument/lake-treaty> rdfs:label ?name }"
    assert "Lake Treaty" in str(graph.sparql(query).rows)


def test_a_store_is_not_laid_down_from_a_damaged_index(home: Path) -> None:
    build = builds.built(home, talk=lambda _: None)
    falsify(build.index)
    with pytest.raises(StoreError, match="build --again"):
        _ = build.store
    assert not (build.folder / "store").exists()
    assert not list(build.folder.parent.glob(".building-*"))
