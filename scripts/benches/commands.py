"""Whole commands: as a user waits for them."""

from __future__ import annotations

import csv
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_BETWEEN = [sys.executable, "-m", "treatygraph", "between", "US", "Russia", "--on", "2021-05-28"]
_ASK = """import sys, treatygraph
print(treatygraph.open(sys.argv[1]).between("US", "Russia", on="2021-05-28").answer)"""


def _took(command: list[str], **more: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def against_import(times: int) -> dict[str, float]:
    """The command ``between`` as a whole process, in turn with ``python -c 'import rdflib'``."""
    peer = [sys.executable, "-c", "import rdflib"]
    _took(_BETWEEN), _took(peer)
    pairs = [(_took(peer), _took(_BETWEEN)) for _ in range(times)]
    return {
        "ours": statistics.median(mine for _, mine in pairs),
        "theirs": statistics.median(theirs for theirs, _ in pairs),
        "ratio": statistics.median(mine / theirs for theirs, mine in pairs),
        "times": times,
    }


def changed_card(folder: Path) -> float:
    """Seconds until a new process has answered about two powers after one ledger was changed; median of five."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "graph", folder / "graph")
    ledger, cache = folder / "graph" / "acts" / "new-start.csv", str(folder / "cache")
    command = [sys.executable, "-c", _ASK, str(folder / "graph")]
    _took(command, TREATYGRAPH_CACHE=cache)
    found = []
    for _ in range(5):
        with ledger.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        rows[-1]["note"] += " Changed."
        with ledger.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        found.append(_took(command, TREATYGRAPH_CACHE=cache))
    shutil.rmtree(folder)
    return statistics.median(found)


def version_of_virtuoso() -> str:
    """The release of the Virtuoso that is installed; a dash where none is."""
    if not shutil.which("virtuoso-t"):
        return "–"
    done = subprocess.run(["virtuoso-t", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"Version (\d+\.\d+\.\d+)", done.stdout + done.stderr)
    return found[1] if found else "–"
