"""How long a change of the facts takes to be seen: one file edited, then `between` as a whole process.

Everything happens in a copy of the checkout in a temporary folder, with a cache of its own. Each figure is the
median of some runs, each from the same build; the edit is another one each time.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
_COPIED = ("treatygraph", "graph", "ontology", "queries")
_BETWEEN = ("between", "US", "Russia", "--on", "2021-05-28")
_QUERY = ("sparql", "ASK { ?s ?p ?o }")


def _nothing(graph: Path, number: int) -> None:
    assert graph.is_dir(), number


def _card(graph: Path, number: int) -> None:
    card = graph / "instruments" / "new-start.yaml"
    text = card.read_text(encoding="utf-8")
    card.write_text(re.sub(r"\{text: ?(['\"]?)New START", rf"{{text: \1New START {number}", text), encoding="utf-8")


def _much_named_card(graph: Path, number: int) -> None:
    card = graph / "instruments" / "npt.yaml"
    text = card.read_text(encoding="utf-8")
    text = re.sub(r"^short: \{text: [^,]*", f"short: {{text: NPT{number}", text, flags=re.MULTILINE)
    card.write_text(text, encoding="utf-8")


def _ledger(graph: Path, number: int) -> None:
    _noted(graph / "acts" / "new-start.csv", number)


def _long_ledger(graph: Path, number: int) -> None:
    _noted(graph / "acts" / "npt.csv", number)


def _source(graph: Path, number: int) -> None:
    _noted(graph / "sources.csv", number)


def _state(graph: Path, number: int) -> None:
    _noted(graph / "states.csv", number)


def _noted(path: Path, number: int) -> None:
    """Write another note into the last row."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[-1][rows[0].index("note")] = f"note {number}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


EDITS: dict[str, Callable[[Path, int], None]] = {
    "nothing": _nothing,
    "one card": _card,
    "one card that many others name": _much_named_card,
    "one line of a ledger": _ledger,
    "one line of a ledger of 200 states": _long_ledger,
    "one line of the sources": _source,
    "one line of the states: all is derived again": _state,
}


class _Copy:
    """A copy of the checkout, built once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in _COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        self._built, self.said = folder / "built", ""
        self.run(self._built, _BETWEEN)

    def run(self, cache: Path, words: tuple[str, ...]) -> tuple[float, float]:
        """Seconds of a whole process: on the clock, and of the processor."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": str(self.folder), "TREATYGRAPH_CACHE": str(cache)}
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "treatygraph", *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=self.folder)
        self.said = done.stderr
        taken, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def after(
        self, edit: Callable[[Path, int], None], number: int, *words: tuple[str, ...]
    ) -> list[tuple[float, float]]:
        """The figures of some commands, one after the other, after an edit; the edit is taken back."""
        cache, kept = self.folder / "cache", self.folder / "kept"
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(self._built, cache)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder / "graph", kept)
        try:
            edit(self.folder / "graph", number)
            return [self.run(cache, command) for command in words]
        finally:
            shutil.rmtree(self.folder / "graph")
            kept.rename(self.folder / "graph")


def changes(times: int = 5) -> dict[str, Any]:
    """Median seconds of `between` after each kind of edit and from nothing, and of the first query after an edit."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        copy = _Copy(Path(place))
        for name, edit in EDITS.items():
            found[name] = _medians([copy.after(edit, number, _BETWEEN)[0] for number in range(times)])
            assert ("taking in" in copy.said) == (edit is not _nothing), copy.said
        first = [copy.after(_card, number, _BETWEEN, _QUERY)[1] for number in range(min(times, 3))]
        found["one card, then the first query"] = _medians(first)
        whole = [copy.run(Path(place) / f"empty-{number}", _BETWEEN) for number in range(min(times, 3))]
        found["from nothing"] = _medians(whole)
    return found


def _medians(runs: list[tuple[float, float]]) -> dict[str, float]:
    return {
        "seconds": statistics.median(wall for wall, _ in runs), "processor": statistics.median(used for _, used in runs)
    }  # fmt: skip


def table(found: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = ["| what was edited before `between` | seconds | of the processor |", "|---|---:|---:|"]
    lines += [f"| {name} | {row['seconds']:.2f} | {row['processor']:.2f} |" for name, row in found.items()]
    return "\n".join(lines)
