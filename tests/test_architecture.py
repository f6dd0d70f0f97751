"""The map and the glossary of ``docs/architecture.md`` are those of the code; rooms can be taken away."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_rooms_and_directions import FLOORS, MODULES, imports, resolved, room_of

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
REMOVABLE = (
    "export", "remote", "network", "queries", "language", "ask", "read", "draw", "site", "web", "agents", "wikidata",
    "intake", "scaffold",
)  # fmt: skip
"""Rooms that the core does not need."""
CORE = ("model", "law", "facts", "build", "bonds", "render")
CORE_COMMANDS = ("between", "status", "timeline", "show")


def names() -> set[str]:
    """Every class and function at the top of a module of the package."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in MODULES.values())
    return {node.name for tree in trees for node in tree.body if isinstance(node, kinds)}


def test_the_map_is_that_of_the_floors() -> None:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", PAGE, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, len(FLOORS) + 1))
    assert [sorted(re.findall(r"`(\w+)`", rooms)) for _, rooms in rows] == [sorted(floor) for floor in FLOORS]


def test_what_the_page_points_at_is_there() -> None:
    known = names()
    for word in re.findall(r"`([\w/.]+)`", PAGE):
        if "/" in word or word.endswith((".py", ".md")):
            places = (ROOT / "treatygraph" / word, ROOT / word)
            pattern = word.replace("NAME", "between")
            assert any(place.exists() for place in places) or (ROOT / "treatygraph" / pattern).exists(), word
        elif word[0].isupper():
            assert word in known, f"{word} is no class. Fix: write the name that the code has."


def test_the_glossary_has_forty_words() -> None:
    words = re.findall(r"^\| ([a-z -]+) \| [^|]+ \| `[^`]+` \|$", PAGE.partition("## Words")[2], re.MULTILINE)
    assert len(words) == len(set(words)) == 40


def standing_on(room: str) -> set[str]:
    """The room, and every room and command that cannot do without it."""
    gone = {room}
    while True:
        more = {
            unit_of(module)
            for module, path in MODULES.items()
            for _, name in imports(path)
            if unit_of(resolved(name, MODULES)) in gone
        } - gone
        if not more:
            return gone
        gone |= more


def unit_of(module: str) -> str:
    """What is taken away at once: a room, or one module of the rooms that have one for each command."""
    room = room_of(module)
    return module if room in ("cli", "render", "answers") or module == "graph" else room


@pytest.mark.parametrize("room", REMOVABLE)
def test_the_core_does_not_need_it(room: str) -> None:
    """At the top of a module nothing of the core imports it; a method of the public face may, when it is called."""
    needed = {unit for unit in standing_on_at_import(room) if room_of_unit(unit) in CORE}
    commands = {f"answers.{name}" for name in CORE_COMMANDS} & standing_on_at_import(room)
    assert not needed | commands, f"{sorted(needed | commands)} cannot do without '{room}'"


def room_of_unit(unit: str) -> str:
    return "extra" if unit.startswith("render.") else unit.partition(".")[0]


def standing_on_at_import(room: str) -> set[str]:
    gone = {room}
    while True:
        more = {
            unit_of(module)
            for module, path in MODULES.items()
            for name in imported_at_the_top(path)
            if unit_of(resolved(name, MODULES)) in gone
        } - gone
        if not more:
            return gone
        gone |= more


def imported_at_the_top(path: Path) -> set[str]:
    """What a module imports when it is imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{node.module}.{alias.name}".removeprefix("treatygraph.")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "treatygraph"
        for alias in node.names
    }


def test_without_them_the_core_answers(tmp_path: Path) -> None:
    """All removable rooms taken away at once, in a copy: the core still builds and answers."""
    copy = tmp_path / "treatygraph"
    shutil.copytree(ROOT / "treatygraph", copy, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    for folder in ("ontology", "graph", "queries"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for room in REMOVABLE:
        shutil.rmtree(copy / room)
    code = """
from datetime import date
from treatygraph.build.cache import built
from treatygraph.answers.between import Question, between
from treatygraph.answers.show import show
from treatygraph.answers.status import status
from treatygraph.answers.timeline import timeline
index, on = built(talk=str).open_index(), date(2021, 5, 28)
print(len(between(index, "US", "Russia", Question(("", ""), on)).instruments) > 20,
      status(index, "NPT", on).status, len(timeline(index, "New START")) > 5, show(index, "npt").id)
"""
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "TREATYGRAPH_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, cwd=tmp_path
    )
    assert done.stdout.split() == ["True", "in-force", "True", "npt"], done.stderr
