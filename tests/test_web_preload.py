"""The graph in memory: the same as on disk, and where it cannot be had, the server answers from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pyoxigraph

import treatygraph
from asking import examples
from serving import PATIENCE
from treatygraph.queries.catalogue import catalogue, prepared
from treatygraph.web.limits import Limits
from treatygraph.web.preload import announced, copied, prepare, size_on_disk


def test_the_copy_in_memory_holds_the_same_quads(built_cache: Path) -> None:
    store = treatygraph.open().home.store
    found = copied(store)
    assert found is not None
    assert set(found) == set(pyoxigraph.Store.read_only(str(store)))


def test_a_store_that_cannot_be_read_is_not_copied(built_cache: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store"
    shutil.copytree(treatygraph.open().home.store, broken)
    for file in broken.glob("*.sst"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
    assert copied(broken) is None
    (broken / "CURRENT").unlink()
    assert copied(broken) is None


def test_only_a_store_that_fits_is_announced(built_cache: Path) -> None:
    build = treatygraph.open().home
    size = size_on_disk(build.store)
    assert size <= Limits().resident, "the whole record is held in memory"
    with announced(build, size - 1):
        prepare()  # finds nothing to read, or this process would keep the graph
    from treatygraph.web import preload

    assert not preload._ready


def test_answers_are_the_same_from_disk(
    serve: Callable[..., AbstractContextManager[str]], web: str, built_cache: Path
) -> None:
    index = treatygraph.open().index()
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    with serve("--max-resident", "1", "--max-seconds", "120", "--max-workers", "1", "--max-long", "1") as disk:
        for question in catalogue():
            if not question.function:
                text = prepared(index, question.name, examples(question.name))
                found = [
                    httpx.post(f"{address}/sparql", content=text, headers=headers, timeout=PATIENCE)
                    for address in (disk, web)
                ]
                assert [one.status_code for one in found] == [200, 200], question.name
                assert found[0].content == found[1].content, question.name
            other = [
                httpx.get(f"{address}/api/query/{question.name}", params=question.examples, timeout=PATIENCE).json()
                for address in (disk, web)
            ]
            assert other[0] == other[1], question.name
