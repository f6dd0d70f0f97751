"""What the pages say can be followed: their links lead somewhere, and the command line takes their commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from treatygraph.cli import parser

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path for folder in ("", "docs", "graph", "queries", "ontology", "tests", "treatygraph")
    for path in (ROOT / folder).glob("*.md" if folder in ("", "docs") else "**/*.md")
)  # fmt: skip
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?(?:scripts/)?treatygraph ((?:.*\\\n)*.*)$", re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    heads = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    plain = FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", plain):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def commands(page: Path) -> Iterator[str]:
    for block in FENCED.findall(page.read_text(encoding="utf-8")):
        for found in COMMAND.findall(block):
            yield re.split(r"\s[|>#]|\s2>|&&", found.replace("\\\n", " "))[0].strip()


def is_taken(line: str) -> bool:
    try:
        parser().parse_known_args(shlex.split(line))
    except SystemExit as stopped:  # help ends with 0
        return stopped.code == 0
    return True


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_are_taken(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in commands(page):
        if re.search(r"[A-Z]{3,}\b \[|\.\.\.|…|\[--", line):  # the form of a command, not one to run
            continue
        assert is_taken(line), f"{line}\n{capsys.readouterr().err}"


def test_there_is_something_to_follow() -> None:
    assert sum(1 for page in PAGES for _ in commands(page)) >= 40
