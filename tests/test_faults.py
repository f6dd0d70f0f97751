"""What goes wrong around the graph, what is lost by it (nothing), and what the user sees."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import treatygraph
from treatygraph.build import cache as store
from treatygraph.build.index import Index
from treatygraph.model.errors import StoreError
from treatygraph.triplestore import sparql

ROOT = Path(__file__).resolve().parent.parent
SMALL = Path(__file__).resolve().parent / "small_graph"
ASK = "import sys, treatygraph; g = treatygraph.open(sys.argv[1]); print(len(list(g.shelf().all('state'))), len(g.dataset))"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "graph"))


def environment(cache: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        "TREATYGRAPH_CACHE": str(cache),
        **more,
    }


def asked(facts: Path, cache: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ASK, str(facts)]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, env=environment(cache), capture_output=True, text=True, timeout=120, check=False, **more
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the question answers when nothing goes wrong."""
    done = asked(SMALL, tmp_path_factory.mktemp("good"))
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_a_build_killed_at_any_moment_is_made_anew(facts: Path, tmp_path: Path, good: str) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    moments = random.Random(7)
    for _ in range(4):
        command = [sys.executable, "-c", ASK, str(facts)]
        running = subprocess.Popen(
            command, env=environment(cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.1, 1.2))
        running.send_signal(signal.SIGKILL)
        running.wait(20)
    done = asked(facts, cache)
    assert (done.returncode, done.stdout) == (0, good)
    assert asked(facts, cache).stdout == good
    assert not list(cache.glob(".building-*"))


@pytest.mark.parametrize("room", [1_000, 30_000, 100_000])
def test_a_full_disk_is_told_of_and_leaves_nothing_behind(facts: Path, tmp_path: Path, good: str, room: int) -> None:
    cache = tmp_path / "cache"
    full = asked(facts, cache, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert full.returncode != 0
    assert "StoreError: the build cannot be written" in full.stderr
    assert "free some space or set TREATYGRAPH_CACHE" in full.stderr
    for folder in cache.glob("graph-*"):  # the index found room, and the store did not
        assert room == 100_000
        assert sorted(path.name for path in folder.iterdir()) == ["index.sqlite", "manifest.json"], "no half build"
    assert not list(cache.glob(".building-*"))
    assert asked(facts, cache).stdout == good


def test_a_home_that_cannot_be_written(facts: Path, tmp_path: Path, good: str) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-c", ASK, str(facts)]
    place = environment(tmp_path, HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path / "tmp"))
    for name in ("TREATYGRAPH_CACHE", "XDG_CACHE_HOME"):
        place.pop(name, None)
    done = subprocess.run(command, env=place, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, good), done.stderr
    (spare,) = (tmp_path / "tmp").glob("treatygraph-*")
    assert spare.stat().st_mode & 0o077 == 0


def test_a_spare_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREATYGRAPH_CACHE", raising=False)
    (tmp_path / "home").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spare = store.cache_folder()
    spare.chmod(0o777)
    with pytest.raises(StoreError, match="TREATYGRAPH_CACHE"):
        store.cache_folder()


def test_a_card_replaced_while_it_is_read(facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    card = facts / "instruments" / "lake-treaty.yaml"
    before = card.read_text(encoding="utf-8")
    fill = store._fill
    made: list[int] = []

    def meddled(*given: Any) -> None:
        fill(*given)
        if not made:
            card.write_text(before.replace("Lake Treaty", "Pond Treaty"), encoding="utf-8")
        made.append(1)

    monkeypatch.setattr(store, "_fill", meddled)
    graph = treatygraph.open(facts)
    assert len(made) == 2, "what was read from two states of the facts is thrown away"
    assert "Pond Treaty" in str(graph.show("lake-treaty").to_dict())
    assert treatygraph.open(facts).home.folder == graph.home.folder


def test_facts_that_never_rest(facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    card = facts / "instruments" / "lake-treaty.yaml"
    fill = store._fill

    def meddled(*given: Any) -> None:
        fill(*given)
        card.write_text(card.read_text(encoding="utf-8").replace("Lake Treaty", "Lake Treaty,"), encoding="utf-8")

    monkeypatch.setattr(store, "_fill", meddled)
    with pytest.raises(StoreError, match="when they rest"):
        treatygraph.open(facts)
    assert not list((tmp_path / "cache").glob("graph-*"))


# ---------------------------------------------------------------------- while a change is taken in

CHANGED = "import sys, treatygraph; print(treatygraph.open(sys.argv[1]).show('lake-treaty').to_dict())"


def changed(facts: Path, name: str) -> None:
    """Let the card of a treaty and an act of its ledger say something else."""
    card = facts / "instruments" / "lake-treaty.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("Lake Treaty", name), encoding="utf-8")


def shown(facts: Path, cache: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHANGED, str(facts)]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, env=environment(cache), capture_output=True, text=True, timeout=120, check=False, **more
    )


def test_a_change_killed_at_any_moment_is_taken_in_anew(facts: Path, tmp_path: Path) -> None:
    cache, moments = tmp_path / "cache", random.Random(3)
    assert shown(facts, cache).returncode == 0
    changed(facts, "Pond Treaty")
    truth = shown(facts, tmp_path / "another").stdout
    for _ in range(6):
        command = [sys.executable, "-c", CHANGED, str(facts)]
        running = subprocess.Popen(
            command, env=environment(cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.1, 0.6))
        running.send_signal(signal.SIGKILL)
        running.wait(20)
    done = shown(facts, cache)
    assert (done.returncode, done.stdout) == (0, truth)
    assert "Pond Treaty" in truth
    assert not list(cache.glob(".building-*"))


def test_a_full_disk_while_a_change_is_taken_in_leaves_the_old_build(facts: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = shown(facts, cache).stdout
    card = facts / "instruments" / "lake-treaty.yaml"
    original = card.read_text(encoding="utf-8")
    changed(facts, "Pond Treaty")
    full = shown(facts, cache, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
    assert full.returncode != 0
    assert "StoreError: the build cannot be written" in full.stderr
    assert len(list(cache.glob("graph-*"))) == 1
    assert "Pond Treaty" in shown(facts, cache).stdout
    card.write_text(original, encoding="utf-8")
    again = shown(facts, cache)
    assert (again.stdout, again.stderr) == (before, ""), "the old build is as it was, and answers at once"


def test_a_change_seen_by_several_at_once_is_taken_in_once(facts: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert shown(facts, cache).returncode == 0
    changed(facts, "Pond Treaty")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(facts)], env=environment(cache), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    outcomes = [process.communicate(timeout=120) for process in running]
    assert len({out for out, _ in outcomes}) == 1, outcomes
    assert [process.returncode for process in running] == [0, 0, 0]
    said = "".join(err for _, err in outcomes)
    assert said.count("taking in what changed") == 1
    assert said.count("laying down the graph") == 1, "and the store is laid down once"


def test_a_mistake_in_a_changed_card_is_told_as_ever_and_leaves_the_old_build(facts: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert shown(facts, cache).returncode == 0
    before = sorted(path.name for path in cache.iterdir())
    card = facts / "instruments" / "lake-treaty.yaml"
    card.write_text(
        card.read_text(encoding="utf-8").replace("kind: {is: treaty", "kind: {is: treatise"), encoding="utf-8"
    )
    refused, anew = shown(facts, cache), shown(facts, tmp_path / "another")
    assert refused.returncode != 0
    assert "unknown-word: 'treatise' is not a kind of instrument." in refused.stderr
    assert refused.stderr.splitlines()[-1] == anew.stderr.splitlines()[-1]
    assert sorted(path.name for path in cache.iterdir()) == before


# ---------------------------------------------------------------------- a cache that is not what it was


def everything(build: store.Build) -> list[object]:
    index = Index(build.index)
    try:
        kinds = ("state", "name", "bearing", "bonds", "instrument", "derivation", "nothing")
        return [*index.documents(), *(list(index.all(kind)) for kind in kinds), index.get("state", "nobody")]
    finally:
        index.close()


def test_a_flipped_byte_is_found_out_or_harmless(facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    build = store.built(facts, talk=lambda _: None)
    whole, truth = build.index.read_bytes(), everything(build)
    places = random.Random(11)
    found = 0
    for _ in range(150):
        place = places.randrange(len(whole))
        damaged = bytearray(whole)
        damaged[place] ^= 1 << places.randrange(8)
        build.index.write_bytes(damaged)
        try:
            assert everything(build) == truth, f"byte {place}"
        except StoreError:
            found += 1
    assert found > 30


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [flipped, truncated, Path.unlink])
def test_a_damaged_store_is_named_and_made_anew(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    build = store.built(facts, talk=lambda _: None)
    # Without ORDER BY: there the engine would collect the same error without end, until a limit stops it.
    text = "CONSTRUCT WHERE { ?s ?p ?o }"
    truth = treatygraph.open(facts).sparql(text)
    for table in build.store.glob("*.sst"):
        damage(table)
    sparql._opened.cache_clear()  # the process would go on to read what it has open
    with pytest.raises(StoreError, match="build --again"):
        treatygraph.open(facts).sparql(text)
    store.built(facts, again=True, talk=lambda _: None)
    assert treatygraph.open(facts).sparql(text) == truth


@pytest.mark.parametrize("damage", [truncated, Path.unlink])
def test_a_damaged_index_is_named(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    build = store.built(facts, talk=lambda _: None)
    damage(build.index)
    with pytest.raises(StoreError, match="build"):
        treatygraph.open(facts).show("lake-treaty")


def test_a_flipped_byte_in_what_the_arrays_are_made_of_is_noticed(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    build = store.built(facts, talk=lambda _: None)
    assert len(treatygraph.open(facts).intervals().start) > 3
    whole = build.index.read_bytes()
    with contextlib.closing(sqlite3.connect(build.index)) as index:
        rows = index.execute("SELECT value FROM document WHERE kind = 'bonds' AND length(value) > 100").fetchall()
    assert rows
    for (value,) in rows:
        place = whole.index(value.encode()) + len(value) - 20  # among the numbers, which are base 64
        build.index.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(StoreError, match="not as it was written"):
            treatygraph.open(facts).intervals()


def test_a_build_of_another_version_is_not_read(facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    old = store.built(facts, talk=lambda _: None)
    monkeypatch.setattr(store, "VERSION", "99.0")
    talk: list[str] = []
    assert store.built(facts, talk=talk.append).folder != old.folder
    assert talk


# ---------------------------------------------------------------------- other clocks, languages and places


@pytest.mark.parametrize(
    "place",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Adak"},
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"COLUMNS": "20"},
        {"PYTHONHASHSEED": "42"},
    ],
    ids=str,
)
def test_an_answer_is_the_same_anywhere(built_cache: Path, place: dict[str, str]) -> None:
    command = [sys.executable, "-m", "treatygraph", "between", "US", "Russia", "--on", "2021-05-28"]
    home = subprocess.run([*command, "--format", "csv"], env=environment(built_cache), capture_output=True, check=True)
    there = subprocess.run(
        [*command, "--format", "csv"], env=environment(built_cache, **place), capture_output=True, check=True
    )
    assert there.stdout == home.stdout
    shown = subprocess.run(command, env=environment(built_cache, **place), capture_output=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith(b"On 28 May 2021, ")


def test_a_locale_of_the_program_around_it_changes_no_sentence() -> None:
    import calendar
    from datetime import date

    from treatygraph.model.dates import long_form

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar, "month_name", [""] + ["mois"] * 12)
        assert long_form(date(2021, 5, 28)) == "28 May 2021"
