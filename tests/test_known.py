"""What was on record by a day: the same whenever it is asked, and kept only while there is room."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

import treatygraph
from treatygraph.graph import Graph

DAYS = [f"{year}-05-05" for year in range(1990, 2015)]


@pytest.fixture
def small(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = treatygraph.open(Path(__file__).parent / "small_graph")
    yield opened
    opened.close()


def test_of_many_days_the_last_few_are_kept(small: Graph) -> None:
    made = [weakref.ref(small.index(day)) for day in DAYS]
    gc.collect()
    kept = [day for day, index in zip(DAYS, made, strict=True) if index() is not None]
    assert 4 <= len(kept) <= 8
    assert kept == DAYS[-len(kept) :]
    assert small.index(DAYS[-1]) is made[-1](), "a day is derived once while it is kept"


def test_a_day_that_was_forgotten_gives_the_same_again(small: Graph) -> None:
    first = small.index(DAYS[0]).summaries()
    later = small.index(DAYS[-1]).summaries()
    for day in DAYS:
        small.index(day)
    assert small.index(DAYS[0]).summaries() == first != later
