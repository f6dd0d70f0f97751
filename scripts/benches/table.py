"""Figures as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By size, peer and row: seconds (of memory: MB) and the size of the answer; or why there is none."""

PEERS = ("treatygraph", "numpy", "oxigraph", "virtuoso", "rdflib")
HEADS = ("treatygraph", "numpy, bare", "Oxigraph, SPARQL", "Virtuoso, HTTP", "rdflib, in memory")
ROWS = (
    "between, again",
    "between, other days",
    "all pairs on a day",
    "history by month",
    "party count by month",
    "timeline",
    "build",
    "cold start",
    "memory",
)


def shown(value: float, row: str) -> str:
    """A figure with three digits at most and its unit."""
    if row == "memory":
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
    return f" ({times:,.0f}x)" if times >= 10 else f" ({times:.1f}x)" if times >= 0.1 else f" ({times:.2f}x)"


def _cell(found: Mapping[str, Mapping[str, Any]], peer: str, row: str) -> str:
    figure = found.get(peer, {}).get(row)
    if figure is None:
        return "–"
    if figure.get("seconds") is None:
        return str(figure.get("why", "–"))
    mine = found.get("treatygraph", {}).get(row, {}).get("seconds")
    return shown(figure["seconds"], row) + ("" if peer == "treatygraph" else ratio(mine, figure["seconds"]))


def of_size(size: str, found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The table of one size: each peer with its ratio to ours."""
    made = found["made"]["build"]
    yield (
        f"### x{size}: {made['instruments']:,} instruments, {made['acts']:,} acts, {made['standings']:,} standings, "
        f"{made['quads']:,} quads\n"
    )
    yield f"| | {' | '.join(HEADS)} |"
    yield "|---|" + "---:|" * len(HEADS)
    for row in ROWS:
        yield f"| {row} | {' | '.join(_cell(found, peer, row) for peer in PEERS)} |"
    yield ""
    yield f"Things in the answer: {'; '.join(_sizes(found))}.\n"


def _sizes(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for row in ROWS[:6]:
        sizes = {peer: found[peer][row]["size"] for peer in PEERS if found.get(peer, {}).get(row, {}).get("size")}
        alike = len(set(sizes.values())) == 1
        if sizes:
            listed = ", ".join(f"{peer} {size:,}" for peer, size in sizes.items())
            yield f"{row} {next(iter(sizes.values())):,}" if alike else f"{row} {listed}"


def growth(figures: Figures) -> Iterator[str]:
    """How each figure grows from the smallest size to each larger one."""
    sizes = sorted(figures, key=int)
    yield f"### Growth, from x{sizes[0]} to {' and '.join(f'x{size}' for size in sizes[1:])}\n"
    yield f"| | {' | '.join(HEADS)} |"
    yield "|---|" + "---:|" * len(HEADS)
    for row in ROWS:
        yield f"| {row} | {' | '.join(_grown(figures, sizes, peer, row) for peer in PEERS)} |"
    yield ""


def _grown(figures: Figures, sizes: list[str], peer: str, row: str) -> str:
    found = [figures[size].get(peer, {}).get(row, {}).get("seconds") for size in sizes]
    if not found[0]:
        return "–"
    return ", ".join(f"{value / found[0]:.1f}x" if value else "–" for value in found[1:]) or "–"
