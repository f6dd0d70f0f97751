"""The record at a size: grown, built by a process of its own, and laid down as each peer takes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benches.talk import say

ROOT = Path(__file__).resolve().parent.parent.parent
_BUILD = """import json, resource, sys, time
from pathlib import Path
from treatygraph.store import built
start = time.perf_counter()
found = built(Path(sys.argv[1]), talk=lambda _: None).manifest
found["seconds"] = time.perf_counter() - start
found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(found))"""


def laid_down(size: int, folder: Path) -> dict[str, Any]:
    """The record ``size`` times over under ``folder``; what is there already is not made again. Returns its figures."""
    told = folder / "figures.json"
    if not told.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "graph").is_dir():
            say(f"x{size}: growing")
            run = [sys.executable, str(ROOT / "scripts" / "grow"), str(size), str(folder / "graph")]
            subprocess.run(run, check=True, stderr=subprocess.DEVNULL)
        say(f"x{size}: building")
        found = subprocess.run(
            [sys.executable, "-c", _BUILD, str(folder / "graph")], check=True, capture_output=True, text=True,
            env={**os.environ, "TREATYGRAPH_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        told.write_text(found.stdout, encoding="utf-8")
    if not (folder / "arrays.npz").is_file():
        say(f"x{size}: laying down arrays for the floor")
        _arrays(folder)
    figures: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return figures


def dumped(folder: Path) -> None:
    """Lay down the quads of the finished store for the peers that load them; once."""
    import pyoxigraph

    from treatygraph.terms import DERIVED

    if (folder / "triples" / "derived.nt").is_file():
        return
    say("laying down quads for the peers that load them")
    store = pyoxigraph.Store.read_only(str(next(folder.glob("cache/graph-*")) / "store"))
    store.dump(str(folder / "quads.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    triples = pyoxigraph.RdfFormat.N_TRIPLES
    (folder / "triples").mkdir(exist_ok=True)
    for name, graph in (("facts", pyoxigraph.DefaultGraph()), ("derived", pyoxigraph.NamedNode(DERIVED))):
        store.dump(str(folder / "triples" / f"{name}.nt"), format=triples, from_graph=graph)


def _arrays(folder: Path) -> None:
    import numpy

    from benches.texts import FIRST, INSTRUMENT, SECOND
    from treatygraph.graph import Graph
    from treatygraph.store import Build

    table = Graph(Build(next(folder.glob("cache/graph-*")))).intervals()
    numpy.savez(
        folder / "arrays.npz", line=table.line, instrument=table.instrument, start=table.start, end=table.end,
        wanted=table.wanted(), size=numpy.array([len(table.lines), len(table.instruments)]),
        pair=numpy.array([table.index(FIRST[0]), table.index(SECOND[0])]),
        one=numpy.array(table.instruments.index(INSTRUMENT)),
    )  # fmt: skip


_BULK = """import sys, time, pyoxigraph
start = time.perf_counter()
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.optimize()
print(time.perf_counter() - start)"""


def loaded_by_oxigraph(folder: Path, patience: float) -> float | None:
    """Seconds in which Oxigraph loads the finished quads into a store on disk; None where it was stopped."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        run = [sys.executable, "-c", _BULK, str(folder / "quads.nq"), f"{place}/store"]
        try:
            return float(subprocess.run(run, check=True, capture_output=True, text=True, timeout=patience).stdout)
        except subprocess.TimeoutExpired:
            return None
