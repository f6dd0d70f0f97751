"""The page of figures, ``docs/speed.md``: as ``scripts/bench --write`` makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benches import bars, table

_HEAD = """# How fast, and at what size

`scripts/bench` grows the record to each size with `scripts/grow`, builds it, and puts the same questions over the same
data to treatygraph and to what a user would take instead: SPARQL written by hand on Oxigraph, on Virtuoso over HTTP and
on rdflib in memory; bare numpy arrays, with no names, reasons or sources, are the floor. Each peer is a process of its
own and starts from finished standings, so it does less: objections, flags, reasons, sources and events are left out.
This page is written by the last of these commands; grown facts and builds stay in the folder and are used again.

```console
$ .venv/test/bin/python scripts/bench --folder bench --sizes 1 10 --again
$ .venv/test/bin/python scripts/bench --folder bench --sizes 100 --again
$ .venv/test/bin/python scripts/bench --folder bench --write
```
"""
_ROWS = """\
The rows: **the two powers** are the United States and Russia on 28 May 2021. More instruments under the same states
make the answer about them as much longer. **Same size** is a pair of states whose answer is as long as theirs is in
the record itself, at every size; the number in parentheses says how much an answer holds. *Again* is the same pair
and day (median), *another day* the same pair on up to 120 other days (mean), *first time* a pair that nobody has asked
about, just after two others were (median of up to ten pairs). **History** counts the instruments between
the two powers, **party count** the states bound by the Non-Proliferation Treaty, on the first of every month since
1945. The **timeline** of the two powers holds their acts; treatygraph's holds events and the course of each treaty
besides. **Status** is one state's standing under one instrument, of fifteen (median), where nobody had asked about
the instrument before, and once more; treatygraph's comes with reasons, other views, totals and a sentence.
**Build**: treatygraph's begins with the facts and ends with index and store; the peers' begins with the finished
quads. **Cold start** is a process that opens what is there and answers once; of rdflib it contains the build.
In parentheses: how many times as long as treatygraph. Answers are compared by their contents, not their lengths; bonds
that one side denies the other, which the peers know nothing of, are counted in for that.
"""


def written(kept: dict[str, Any]) -> str:
    """The whole page."""
    return "\n".join(_lines(kept)).rstrip() + "\n"


def _lines(kept: dict[str, Any]) -> Iterator[str]:
    figures = kept["sizes"]
    yield _HEAD
    yield f"{kept['machine']} A question without an answer in {kept['patience']:.0f} s is given up.\n"
    yield "## What is asked of it\n"
    yield from bars.of(kept)
    yield "## The figures\n"
    yield _ROWS
    for size in sorted(figures, key=int):
        yield from table.of_size(size, figures[size])
    if len(figures) > 1:
        yield from table.growth(figures)
    if whole := kept.get("process"):
        yield "### The whole command\n"
        yield (
            f"`treatygraph between US Russia --on 2021-05-28` as a whole process takes {whole['ours'] * 1e3:.0f} ms, "
            f"`python -c 'import rdflib'` {whole['theirs'] * 1e3:.0f} ms, in turn, {whole['times']} pairs.\n"
        )
    yield "### How large\n"
    yield from _large(figures)
    yield "## Not measured\n"
    yield from _left_out(figures)


def _large(figures: table.Figures) -> Iterator[str]:
    yield "| | index made after | whole build | on disk | arrays read in |"
    yield "|---|---:|---:|---:|---:|"
    for size in sorted(figures, key=int):
        made = figures[size]["made"]["build"]
        arrays = figures[size].get("treatygraph", {}).get("arrays", {}).get("seconds")
        read = table.shown(arrays, "") if arrays else "–"
        whole = table.shown(made["seconds"], "")
        yield f"| x{size} | {table.shown(made['index'], '')} | {whole} | {made['disk']:,.0f} MB | {read} |"
    yield ""


def _left_out(figures: table.Figures) -> Iterator[str]:
    for size in sorted(figures, key=int):
        for peer, head in zip(table.PEERS, table.HEADS, strict=True):
            if reason := figures[size].get(peer, {}).get("left out", {}).get("why"):
                yield f"- x{size}, {head}: {reason}."
            elif "failed" in figures[size].get(peer, {}):
                yield f"- x{size}, {head}: failed before it had answered everything."
    yield (
        "\nA cluster. `scripts/bench-serve` times the web server under load ([serve.md](serve.md)); "
        "`scripts/bench-network` holds the\nmatrices against networkx ([network.md](network.md))."
    )
