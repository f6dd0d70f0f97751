"""The rooms of the package: who may import whom, and how large a module may grow, those of the tests too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "treatygraph"
TESTS = {path.name: path for path in sorted(Path(__file__).parent.glob("*.py"))}
LIMIT = 400
FLOORS = [
    ["model"],
    ["law", "labels"],
    ["facts", "triplestore"],
    ["checks"],
    ["build", "intake", "scaffold"],
    ["bonds", "language", "remote"],
    ["answers", "export"],
    ["queries", "read", "wikidata"],
    ["ask", "network"],
    ["graph"],
    ["draw", "render"],
    ["site"],
    ["web"],
    ["agents"],
    ["cli"],
]
"""Lowest floor first: the rooms of the package, and its public face ``graph``.

A module imports from lower floors, and within its own room. What stands on one floor does not import each other.
"""
TOP = {"__init__", "__main__", "graph"}
"""The only modules at the top of the package."""

DOORS = {"__init__": "graph", "__main__": "cli"}
"""The two modules that only lead in, and the floor that each stands on."""


def modules() -> dict[str, Path]:
    """Every module of the package by its name without ``treatygraph.``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] == "data":
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found[name] = path
    return found


def room_of(module: str) -> str:
    """The entry of FLOORS that covers the module."""
    module = DOORS.get(module, module)
    room = module.split(".")[0]
    assert any(room in floor for floor in FLOORS), (
        f"treatygraph/{module.replace('.', '/')}.py stands on no floor. "
        f"Fix: add '{room}' to FLOORS in {Path(__file__).name}, above everything it imports."
    )
    return room


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each import from the package, wherever it stands in the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] == "treatygraph" and isinstance(node, ast.stmt):
                yield node.lineno, name.removeprefix("treatygraph").lstrip(".")


def resolved(name: str, known: dict[str, Path]) -> str:
    """The module that an imported name lies in."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or "__init__"


MODULES = modules()


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    room = room_of(module)
    for line, name in imports(MODULES[module]):
        target = room_of(resolved(name, MODULES))
        assert target == room or floor_of(target) < floor_of(room), (
            f"{MODULES[module].relative_to(PACKAGE.parent)}:{line}: '{room}' imports '{target}', not below it. "
            "Fix: move what is needed to a lower floor, or hand it over as an argument."
        )


def test_no_module_imports_itself_by_way_of_others() -> None:
    arrows = {
        module: {resolved(name, MODULES) for _, name in imports(path)} - {module, *parents(module)}
        for module, path in MODULES.items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as problem:
        pytest.fail(f"a circle of imports: {' -> '.join(problem.args[1])}. Fix: move what both need to a third module.")


def parents(module: str) -> set[str]:
    """The packages that the module lies in: that one of them hands out its parts is no circle."""
    parts = module.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts))}


def test_the_top_of_the_package_is_its_table_of_contents() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} == TOP
    assert sum(len(floor) for floor in FLOORS) <= 32
    assert len(FLOORS) <= 15


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_small(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LIMIT, f"{module} has {lines} lines, over {LIMIT}. Fix: split it by reason to change."


@pytest.mark.parametrize("name", TESTS)
def test_files_of_tests_stay_small(name: str) -> None:
    lines = len(TESTS[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LIMIT, f"tests/{name} has {lines} lines, over {LIMIT}. Fix: split it by theme."
