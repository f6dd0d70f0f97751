"""The form of the files: each file of facts is written in its one canonical form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from treatygraph.facts.canonical import canonical, fact_files
from treatygraph.model.errors import FactsError, Finding

__all__ = ["not_canonical"]

_MEND = "run scripts/format-facts, which writes the canonical form."


def not_canonical(graph: Path) -> Iterator[Finding]:
    """A finding for the first line of each file that is not as ``scripts/format-facts`` writes it."""
    for name in fact_files(graph):
        try:
            text = canonical(graph, name)
        except FactsError as problem:
            yield from problem.findings
            continue
        written = (graph / name).read_bytes()
        if written != text.encode():
            line = _first_difference(written.decode(), text)
            message = "the file is not in its canonical form from this line on."
            yield Finding(f"{name}:{line}", "canonical-form", message, _MEND, record=name)


def _first_difference(actual: str, text: str) -> int:
    pairs = zip_longest(actual.splitlines(keepends=True), text.splitlines(keepends=True))
    return next((number for number, (here, there) in enumerate(pairs, 1) if here != there), 1)
