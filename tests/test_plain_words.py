"""Plain English for readers: phrases that pages, help, messages and the explorer should lose, each with an allowance.

``tests/data/plain_words.csv`` has the phrase, what to write instead, and how often it may still stand. An allowance only
falls: a page that uses a phrase less lowers it.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GENERATED = {"accounting", "api", "codebook", "commands", "crosswalk", "glossary", "questions", "record", "rosters"}
"""Pages that are made from docstrings, facts and definitions, which are counted there or are no prose."""
SLACK = 5


def texts() -> Iterator[str]:
    """What a reader sees: written pages, texts of the code that are no docstrings, templates and the ontology's words."""
    pages = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        ROOT / "graph" / "README.md",
        ROOT / "queries" / "README.md",
    ]
    for page in pages:
        if page.stem not in GENERATED and page.name != "CHANGELOG.md":
            yield page.read_text(encoding="utf-8")
    for path in sorted((ROOT / "treatygraph").rglob("*.py")):
        yield from _messages(ast.parse(path.read_text(encoding="utf-8")))
    for pattern in ("site/templates/*.html", "draw/page/*.html"):
        for path in sorted((ROOT / "treatygraph").glob(pattern)):
            yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        yield from re.findall(r'"((?:[^"\\]|\\.)*)"@en', path.read_text(encoding="utf-8"))


def _messages(tree: ast.Module) -> Iterator[str]:
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


@pytest.fixture(scope="module")
def whole() -> str:
    return "\n".join(texts())


def allowances() -> list[dict[str, str]]:
    with (ROOT / "tests" / "data" / "plain_words.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", allowances(), ids=lambda row: row["phrase"])
def test_a_phrase_is_not_used_more_than_it_was(row: dict[str, str], whole: str) -> None:
    count = sum(1 for _ in re.finditer(row["pattern"], whole))
    assert count <= int(row["allowed"]), f"Fix: write '{row['use']}' instead of '{row['phrase']}'."
    assert count >= int(row["allowed"]) - SLACK, f"Fix: lower the allowance of '{row['phrase']}' to {count}."


def test_what_is_counted_is_what_readers_see(whole: str) -> None:
    assert "Which arms-control treaties bind two countries" in whole
    assert "names several" in whole, "a message"
    assert "Withholds some performance to answer a breach" in whole, "a definition"
