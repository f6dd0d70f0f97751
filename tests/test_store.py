"""Builds: made once, whole or not at all, safe for several processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import treatygraph
from treatygraph.build import cache as builds
from treatygraph.model.errors import FactsError, StoreError

ROOT = Path(__file__).resolve().parent.parent
SMALL = Path(__file__).resolve().parent / "small_graph"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(folder))
    return folder


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "graph"))


def test_a_second_opening_does_not_build(cache: Path, facts: Path) -> None:
    talk: list[str] = []
    first = builds.built(facts, talk=talk.append)
    second = builds.built(facts, talk=talk.append)
    assert first.folder == second.folder
    assert len(talk) == 1
    assert treatygraph.open(facts).home.folder == first.folder


def test_a_changed_fact_is_seen(cache: Path, facts: Path) -> None:
    first = builds.built(facts, talk=print)
    sources = facts / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace(",,", ",,", 1) + "", encoding="utf-8")
    os.utime(sources, (1, 1))
    assert builds.built(facts, talk=print).folder == first.folder, "touched, but the same content"
    extra = facts / "exceptions.csv"
    extra.write_text("rule,record,reason,expires\nroster,x,why,2030-01-01\n", encoding="utf-8")
    assert builds.built(facts, talk=print).folder != first.folder


def test_broken_facts_leave_the_old_build_and_nothing_else(cache: Path, facts: Path) -> None:
    old = builds.built(facts, talk=print)
    before = sorted(path.name for path in cache.iterdir())
    card = next((facts / "instruments").glob("*.yaml"))
    card.write_text(card.read_text(encoding="utf-8") + "title: {text: again, source: x, at: y}\n", encoding="utf-8")
    with pytest.raises(FactsError, match="stands twice"):
        builds.built(facts, talk=print)
    assert (old.folder / "manifest.json").is_file()
    assert sorted(path.name for path in cache.iterdir()) == before


def test_the_same_facts_give_the_same_bytes(cache: Path, facts: Path) -> None:
    first = builds.built(facts, talk=print)
    index = first.index.read_bytes()
    assert builds.built(facts, again=True, talk=print).index.read_bytes() == index


def test_two_builds_at_once(cache: Path, facts: Path) -> None:
    code = "import sys, treatygraph; print(treatygraph.open(sys.argv[1]).build.folder)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TREATYGRAPH_CACHE": str(cache)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(facts)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    outcomes = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], outcomes
    assert len({out for out, _ in outcomes}) == 1
    assert sum("building" in err for _, err in outcomes) == 1
    assert not list(cache.glob(".building-*"))


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(StoreError, match="TREATYGRAPH_CACHE"):
        builds.cache_folder()


def test_a_damaged_index_is_named(cache: Path, facts: Path) -> None:
    build = builds.built(facts, talk=print)
    build.index.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="build --again"):
        treatygraph.open(facts).show("npt")


def test_what_a_build_depends_on_is_in_its_fingerprint(facts: Path, tmp_path: Path) -> None:
    code = """import sys
from treatygraph.build.cache import built
built(talk=str).store
open(f"{sys.argv[1]}/sources.csv", "a").write("another,Another,,,https://another.invalid,press,,\\n")
built(talk=str)
print(*sys.modules)"""
    done = subprocess.run(
        [sys.executable, "-c", code.replace("built(", "built(__import__('pathlib').Path(sys.argv[1]), "), str(facts)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": str(tmp_path)},
    )
    used = {name for name in done.stdout.split() if name.startswith("treatygraph.")}
    asking = {"treatygraph.triplestore", "treatygraph.triplestore.sparql", "treatygraph.triplestore.guard"}
    covered = tuple("treatygraph." + name.removesuffix(".py").replace("/", ".") for name in builds.BUILD_DEPENDS)
    assert not [name for name in sorted(used - asking) if not name.startswith(covered)], "add to BUILD_DEPENDS"


def test_the_store_is_loaded_in_batches_and_one_who_waits_is_told(
    cache: Path, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from treatygraph.facts import read
    from treatygraph.law.derivations import Corpus
    from treatygraph.triplestore import load as loading

    record = read(facts)
    derivations = Corpus(record).derivations()
    talk: list[str] = []
    whole = loading.load_store(tmp_path / "whole", record, derivations, talk.append)
    assert talk == [], "a short build says nothing"
    monkeypatch.setattr(loading, "_LEAST", 50)
    monkeypatch.setattr(loading, "_MOST", 120)
    monkeypatch.setattr(loading, "_SILENT", 0.0)
    assert loading.load_store(tmp_path / "batches", record, derivations, talk.append) == whole
    assert talk[0] == "treatygraph: 50 statements are in the store …"
    assert len(talk) > 3
