"""Figures as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By size, peer and row: seconds (of memory: MB) and the size of the answer; or why there is none."""

PEERS = ("treatygraph", "numpy", "oxigraph", "virtuoso", "rdflib")
HEADS = ("treatygraph", "numpy, bare", "Oxigraph, SPARQL", "Virtuoso, HTTP", "rdflib, in memory")
QUESTIONS = {
    "between, again": "the two powers, again",
    "between, another day": "the two powers, another day",
    "alike, again": "same size, again",
    "alike, another day": "same size, another day",
    "alike, first time": "same size, first time",
    "all pairs on a day": "all pairs on a day",
    "history by month": "history by month",
    "party count by month": "party count by month",
    "timeline, again": "timeline, again",
    "timeline, first time": "timeline, first time",
    "status, first time": "status of a state, first time",
    "status, again": "status of a state, again",
}
"""Each question and how the tables call it."""
OTHERS = {
    "build": "build",
    "build, processor": "build, processor time",
    "build, memory": "build, most memory",
    "cold start": "cold start",
    "memory": "answering, most memory",
}
ROWS = {**QUESTIONS, **OTHERS}


def shown(value: float, row: str) -> str:
    """A figure with three digits at most and its unit."""
    if "memory" in row:
        return f"{value:,.0f} MB"
    for limit, factor, unit in ((1e-3, 1e6, "µs"), (1, 1e3, "ms")):
        if value < limit:
            return f"{value * factor:.{0 if value * factor >= 100 else 1}f} {unit}"
    return f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def ratio(mine: float | None, theirs: float) -> str:
    """How many times as much as ours a peer needs."""
    if not mine:
        return ""
    times = theirs / mine
    return f" ({times:,.0f}x)" if times >= 10 else f" ({times:.1f}x)" if times >= 0.1 else f" ({max(times, 0.01):.2f}x)"


def _cell(found: Mapping[str, Mapping[str, Any]], peer: str, row: str) -> str:
    figure = found.get(peer, {}).get(row)
    if figure is None:
        return "–"
    if figure.get("seconds") is None:
        return str(figure.get("why", "–"))
    mine = found.get("treatygraph", {}).get(row, {}).get("seconds")
    return shown(figure["seconds"], row) + ("" if peer == "treatygraph" else ratio(mine, figure["seconds"]))


def _named(found: Mapping[str, Mapping[str, Any]], row: str) -> str:
    """A row's name with how much its answer holds."""
    size = next((figures[row]["size"] for figures in found.values() if figures.get(row, {}).get("size")), None)
    return f"{ROWS[row]} ({size:,})" if size else ROWS[row]


def of_size(size: str, found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The table of one size: each peer with its ratio to ours; in which answers the peers agree."""
    made = found["made"]["build"]
    yield (
        f"### x{size}: {made['instruments']:,} instruments, {made['acts']:,} acts, {made['standings']:,} standings, "
        f"{made['quads']:,} quads\n"
    )
    yield f"| | {' | '.join(HEADS)} |"
    yield "|---|" + "---:|" * len(HEADS)
    for row in ROWS:
        yield f"| {_named(found, row)} | {' | '.join(_cell(found, peer, row) for peer in PEERS)} |"
    yield ""
    yield from compared(found)
    yield ""


def compared(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Whether the answers of all who gave one are the same, question by question."""
    same, other = [], []
    for row, name in QUESTIONS.items():
        checks = {peer: found[peer][row]["check"] for peer in PEERS if found.get(peer, {}).get(row, {}).get("check")}
        differing = [peer for peer in checks if not alike(checks[peer], next(iter(checks.values())))]
        if differing:
            other.append(f"{name}: {', '.join(differing)}")
        elif len(checks) > 1:
            same.append(f"{name} ({len(checks)})")
    if same:
        yield f"Equal answers, and of how many peers: {'; '.join(same)}."
    if other:
        yield f"**Answers that differ from the first peer's:** {'; '.join(other)}."


def alike(one: str | Sequence[str], other: str | Sequence[str]) -> bool:
    """Whether two answers are the same: of many days, on those that both were asked about."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return all(mine == theirs for mine, theirs in zip(one, other, strict=False))


def growth(figures: Figures) -> Iterator[str]:
    """How each figure grows from the smallest size to each larger one."""
    sizes = sorted(figures, key=int)
    yield f"### Growth, from x{sizes[0]} to {' and '.join(f'x{size}' for size in sizes[1:])}\n"
    yield f"| | {' | '.join(HEADS)} |"
    yield "|---|" + "---:|" * len(HEADS)
    for row, name in ROWS.items():
        yield f"| {name} | {' | '.join(_grown(figures, sizes, peer, row) for peer in PEERS)} |"
    yield ""


def _grown(figures: Figures, sizes: list[str], peer: str, row: str) -> str:
    found = [figures[size].get(peer, {}).get(row, {}).get("seconds") for size in sizes]
    if not found[0] or not any(found[1:]):
        return "–"
    return ", ".join(f"{value / found[0]:.1f}x" if value else "–" for value in found[1:])
