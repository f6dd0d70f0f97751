"""What the project asks of itself, and whether the figures hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benches.table import Figures, shown

_LIMITS = (
    ("between, same size, x1", "1", "alike, again", 0.05e-3),
    ("between, same size, another day, x1", "1", "alike, another day", 0.5e-3),
    ("between, same size, x100", "100", "alike, again", 1e-3),
    ("between, same size, another day, x100", "100", "alike, another day", 1e-3),
    ("all pairs on a day, x1", "1", "all pairs on a day", 5e-3),
    ("all pairs on a day, x100", "100", "all pairs on a day", 50e-3),
    ("arrays read from the index, x100", "100", "arrays", 1.0),
    ("most memory of the build, x100", "100", "build, memory", 4096),
)
_TIMES = (
    ("rdflib in memory, `between`, x1", "rdflib", 100),
    ("Virtuoso over HTTP, `between`, x1", "virtuoso", 10),
)

_RATIOS = (
    ("between, same size, first time, to Virtuoso, x1", "1", "alike, first time", "virtuoso", 0.9),
    ("between, same size, another day, to Oxigraph, x1", "1", "alike, another day", "oxigraph", 0.04),
    ("timeline, first time, to Oxigraph, x1", "1", "timeline, first time", "oxigraph", 0.9),
    ("status of a state, first time, to Oxigraph, x1", "1", "status, first time", "oxigraph", 0.5),
    ("build, to Oxigraph's load of the finished quads, x1", "1", "build", "oxigraph", 1.7),
    ("cold start, to Oxigraph, x100", "100", "cold start", "oxigraph", 1.0),
    ("timeline, first time, to Oxigraph, x100", "100", "timeline, first time", "oxigraph", 1.0),
)
"""Of a row, how many times as long as a peer at most: first answers, which no cache makes fast."""


def of(kept: dict[str, Any]) -> Iterator[str]:
    """A table with a row for each bar of which there is a figure."""
    yield "| bar | asked | measured | |"
    yield "|---|---:|---:|---|"
    figures: Figures = kept["sizes"]
    for name, size, row, most in _LIMITS:
        found = _seconds(figures, size, "treatygraph", row)
        if found is not None:
            yield _line(name, f"≤ {shown(most, row)}", shown(found, row), holds=found <= most)
    for name, peer, least in _TIMES:
        mine, theirs = (_seconds(figures, "1", one, "between, again") for one in ("treatygraph", peer))
        if mine and theirs:
            yield _line(name, f"≥ {least}x", f"{theirs / mine:,.0f}x", holds=theirs / mine >= least)
    for name, size, row, peer, most in _RATIOS:
        mine, theirs = (_seconds(figures, size, one, row) for one in ("treatygraph", peer))
        if mine and theirs:
            yield _line(name, f"≤ {most}x", f"{mine / theirs:.2f}x", holds=mine / theirs <= most)
    for row, name in (("build", "build, x100 to x1"), ("build, processor", "build, x100 to x1, processor time")):
        small, large = (_seconds(figures, size, "treatygraph", row) for size in ("1", "100"))
        if small and large:
            yield _line(name, "≤ 110x", f"{large / small:.0f}x", holds=large / small <= 110)
    if whole := kept.get("process"):
        name = "whole process, x1, to `python -c 'import rdflib'`"
        yield _line(name, "≤ 0.8x", f"{whole['ratio']:.2f}x", holds=whole["ratio"] <= 0.8)
    if changed := kept.get("changed"):
        yield _line("one changed card, visible in a new process, x1", "≤ 1 s", shown(changed, ""), holds=changed <= 1)
    yield ""


def _seconds(figures: Figures, size: str, peer: str, row: str) -> float | None:
    found: float | None = figures.get(size, {}).get(peer, {}).get(row, {}).get("seconds")
    return found


def _line(name: str, asked: str, found: str, *, holds: bool) -> str:
    return f"| {name} | {asked} | {found} | {'holds' if holds else '**missed**'} |"
