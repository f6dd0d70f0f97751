"""The written pages: each is as its script writes it from the record of today, and every line of the tutorial runs."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from treatygraph.graph import Graph

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "five-questions.ipynb"
SURVIVAL = ROOT / "docs" / "who-leaves.ipynb"


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
    assert questions.page(graph) == found, "Fix: run scripts/questions with the Python of the environment."
    assert found.count("    $ treatygraph query ") == 40


@pytest.mark.parametrize("name", ["codebook.md", "commands.md", "glossary.md"])
def test_what_is_generated_from_code_and_ontology_is_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    page = script("generate").PAGES[name]
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(), "Fix: run scripts/generate."


def test_the_reference_of_the_api_is_current() -> None:
    api = script("api")
    assert api.page() == api.PAGE.read_text(encoding="utf-8"), (
        "Fix: run scripts/api with the Python of the environment."
    )


def test_the_reference_has_every_method() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name, member in vars(Graph).items():
        if not name.startswith("_"):
            assert f"### Graph.{name}" in page, name
            assert (getattr(member, "__doc__", None) or member.func.__doc__).strip(), f"Graph.{name} has no docstring"


def test_every_line_of_the_tutorial_runs(built_cache: Path) -> None:
    assert built_cache.is_dir()
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    lines = doctest.DocTestParser().get_doctest(text, {}, "tutorial", "docs/tutorial.md", 0)
    fenced = sum(block.count(">>> ") for block in text.split("```python")[1:])
    assert len(lines.examples) == fenced >= 40
    told: list[str] = []
    failed, tried = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(lines, out=told.append)
    assert (failed, tried) == (0, len(lines.examples)), "".join(told)


@pytest.mark.parametrize("notebook", [NOTEBOOK, SURVIVAL], ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(notebook: Path) -> None:
    """The same bytes whoever saved it: keys sorted, nothing of a run in it."""
    text = notebook.read_text(encoding="utf-8")
    book = json.loads(text)
    assert text == json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    for cell in book["cells"]:
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert (cell["execution_count"], cell["outputs"]) == (None, [])


def executed(
    notebook: Path, built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[dict[str, Any]]:
    """What the cells of a notebook show."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(built_cache))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    book = nbformat.read(notebook, as_version=4)
    nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    return [output.get("data", {}) for cell in book.cells for output in cell.get("outputs", ())]


def test_who_leaves(built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of survival by clause, and a regression without a hole."""
    shown = executed(SURVIVAL, built_cache, tmp_path, monkeypatch)
    assert sum("image/png" in data for data in shown) == 1
    text = "".join(str(data.get("text/plain", "")) for data in shown)
    assert "extraordinary events only" in text
    assert "nan" not in text.split("standard error")[1].lower()
    assert re.search(r"\d+ left in [\d,]+ years at risk, \d+ instruments", text)


def test_the_notebook_runs(built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = executed(NOTEBOOK, built_cache, tmp_path, monkeypatch)
    assert sum("image/png" in data for data in shown) == 5
    text = "".join(str(data.get("text/plain", "")) for data in shown)
    assert "New START" in text
    assert "2021-12-18" in text
    answer = next(data for data in shown if "<details" in data.get("text/html", ""))
    assert "lost (" in answer["text/html"]
    assert "record 2026" in answer["text/plain"]
    assert " lost " in answer["text/plain"]
    assert sum("image/svg+xml" in data for data in shown) == 1
    assert "@misc{treatygraph-" in text


def test_what_the_pages_show_is_what_is_printed(built_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built_cache.is_dir()
    examples = script("examples")
    monkeypatch.setenv("COLUMNS", examples.WIDTH)
    shown = 0
    for page in examples.pages():
        shown += sum(map(len, examples.shown(page.read_text(encoding="utf-8"))))
        for item, output in examples.differences(page):
            pytest.fail(
                f"{page.name}: $ {item.command}\n{output}\nFix: run scripts/examples --write, or the page by hand."
            )
    assert shown >= 12


@pytest.mark.parametrize(
    ("text", "output", "agree"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\n…\n", "one\ntwo\nthree\n", True),
        ("one\n…\nthree\n", "one\nthree\n", True),
        ("On 1 May, … bound.\n", "On 1 May, two instruments bound.\n", True),
        ("one\n", "one\ntwo\n", False),
        ("one … two\n", "one\ntwo\n", False),
        ("a.b\n", "axb\n", False),
    ],
)
def test_an_example_agrees_only_with_its_output(text: str, output: str, agree: bool) -> None:
    assert script("examples").agrees(text, output) is agree
