"""The record at a size: grown, built by a process of its own, and laid down as each peer takes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benches.pairs import chosen, home
from benches.talk import say

ROOT = Path(__file__).resolve().parent.parent.parent
ALIKE = 72
"""How many instruments bind the two powers in the record itself: answers are as long at the other sizes too."""
_BUILD = """import json, resource, sys, time
from pathlib import Path
from treatygraph.build.cache import built
def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start = time.perf_counter()
build = built(Path(sys.argv[1]))
index = time.perf_counter() - start
build.store
found = {"folder": build.folder.name, "seconds": time.perf_counter() - start, "processor": spent(), "index": index}
found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
found["disk"] = sum(path.stat().st_size for path in build.folder.rglob("*") if path.is_file()) / 1e6
print(json.dumps({**build.manifest, **found}))"""
_READY = """import sys
from pathlib import Path
from treatygraph.build.cache import ready
found = ready(Path(sys.argv[1]))
print(found.folder.name if found else "")"""


def laid_down(size: int, folder: Path, *, again: bool) -> dict[str, Any]:
    """The record ``size`` times over under ``folder``; what is there already is not made again. Returns its figures.

    The grown facts stay; the build is made again when asked for, and after a change of the code.
    """
    told = folder / "figures.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "graph").is_dir():
        say(f"x{size}: growing")
        run = [sys.executable, str(ROOT / "scripts" / "grow"), str(size), str(folder / "grown")]
        subprocess.run(run, check=True, stderr=subprocess.DEVNULL)
        (folder / "grown").rename(folder / "graph")
    if again or not told.is_file() or _run(folder, _READY) != json.loads(told.read_text(encoding="utf-8"))["folder"]:
        for left in ("cache", "dump"):
            shutil.rmtree(folder / left, ignore_errors=True)
        (folder / "arrays.npz").unlink(missing_ok=True)
        say(f"x{size}: building")
        told.write_text(_run(folder, _BUILD), encoding="utf-8")
    if not (folder / "arrays.npz").is_file():
        say(f"x{size}: laying down arrays for the floor, and choosing pairs")
        _arrays(folder)
    figures: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return figures


def _run(folder: Path, program: str) -> str:
    environment = {**os.environ, "TREATYGRAPH_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", program, str(folder / "graph")]
    return subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.strip()


def dumped(folder: Path) -> None:
    """Lay down the quads of the finished store for the peers that load them; once."""
    import pyoxigraph

    from treatygraph.model.terms import DERIVED, FACTS

    if (folder / "dump").is_dir():
        return
    say("laying down quads for the peers that load them")
    store = pyoxigraph.Store.read_only(str(home(folder).store))
    made = folder / "dumping"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    store.dump(str(made / "quads.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    triples = pyoxigraph.RdfFormat.N_TRIPLES
    for name, graph in (("facts", pyoxigraph.NamedNode(FACTS)), ("derived", pyoxigraph.NamedNode(DERIVED))):
        store.dump(str(made / f"{name}.nt"), format=triples, from_graph=graph)
    made.rename(folder / "dump")


def _arrays(folder: Path) -> None:
    import numpy

    from benches.texts import INSTRUMENT
    from treatygraph.graph import Graph

    table = Graph(home(folder)).intervals()
    chosen(table, ALIKE).write(folder)
    names = {"lines": table.lines, "instruments": table.instruments}
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    numpy.savez(
        folder / "arrays.npz", line=table.line, instrument=table.instrument, start=table.start, end=table.end,
        wanted=table.wanted(), size=numpy.array([len(table.lines), len(table.instruments)]),
        one=numpy.array(table.instruments.index(INSTRUMENT)),
    )  # fmt: skip


_BULK = """import json, resource, sys, time, pyoxigraph
start = time.perf_counter()
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.optimize()
used = resource.getrusage(resource.RUSAGE_SELF)
took = time.perf_counter() - start
print(json.dumps({"seconds": took, "processor": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}))"""


def loaded_by_oxigraph(folder: Path, patience: float) -> dict[str, Any] | None:
    """How Oxigraph loads the finished quads into a store on disk: seconds and MB; None where it was stopped."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        run = [sys.executable, "-c", _BULK, str(folder / "dump" / "quads.nq"), f"{place}/store"]
        try:
            done = subprocess.run(run, check=True, capture_output=True, text=True, timeout=patience)
        except subprocess.TimeoutExpired:
            return None
        found: dict[str, Any] = json.loads(done.stdout)
        return found
