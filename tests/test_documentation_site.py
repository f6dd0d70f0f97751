"""The documentation site: built with every broken link and anchor as an error, whole, and fetching nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FETCHED = re.compile(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(https?:)?//[^"]*"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("documentation") / "site"
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT, env=settings, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_every_page_of_the_docs_is_on_the_site(site: Path) -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / page.with_suffix(".html").name).is_file(), page.name
    for name in ("facts", "saved-queries", "changelog", "contributing", "security"):
        assert (site / f"{name}.html").is_file(), name


def test_the_reference_is_made_from_docstrings(site: Path) -> None:
    text = (site / "python.html").read_text(encoding="utf-8")
    assert 'id="treatygraph.graph.Graph.between"' in text
    assert "What remains between two powers on a day" in text


def test_no_page_fetches_anything_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert FETCHED.search(page.read_text(encoding="utf-8")) is None, page.name


def test_the_first_page_of_the_project_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
