"""The written pages: each is as its script writes it from the record of today, and every line of the tutorial runs."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

import treatygraph
from treatygraph.graph import Graph

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def graph(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = treatygraph.open()
    yield opened
    opened.close()


def script(name: str) -> ModuleType:
    """A script of the checkout as a module."""
    loader = SourceFileLoader(f"script_{name}", str(ROOT / "scripts" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_page_of_questions_is_current(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = script("questions")
    monkeypatch.setenv("COLUMNS", "132")
    found = questions.PAGE.read_text(encoding="utf-8")
    assert questions.page(graph) == found, "Mend: run scripts/questions with the Python of the environment."
    assert found.count("    $ treatygraph query ") == 40
