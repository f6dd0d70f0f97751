"""A Virtuoso of one's own for the time of a run: Debian's ``virtuoso-t``, filled by its bulk loader."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benches.memory import most_memory
from treatygraph.model.terms import DERIVED, FACTS

_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = ., {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
"""
BUFFERS = 170_000
"""Pages of 8 kB: what Virtuoso's own manual gives a machine of 2 GB."""


@dataclass
class Served:
    """A running server."""

    address: str
    loaded: float
    """Seconds in which it loaded the finished triples."""
    cold: float
    """Seconds from its start, filled, to the first answer that it can give."""
    process: int

    @property
    def memory(self) -> float:
        """Most memory that it has held, in MB."""
        return most_memory(self.process)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def _running(place: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with (place / "out").open("wb") as out, subprocess.Popen(command, cwd=place, stdout=out, stderr=out) as process:
        try:
            for _ in range(1200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def served(folder: Path, patience: float) -> Iterator[Served | None]:
    """A server that holds the triples of ``folder``; None where Virtuoso is not installed or takes too long."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        yield None
        return
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place, http, sql, triples = Path(name), _free(), _free(), folder / "dump"
        (place / "virtuoso.ini").write_text(
            _INI.format(sql=sql, http=http, folder=triples, buffers=BUFFERS, dirty=BUFFERS * 3 // 4), encoding="ascii"
        )
        steps = "".join(
            f"ld_dir('{triples}', '{part}.nt', '{graph}');" for part, graph in (("facts", FACTS), ("derived", DERIVED))
        )
        fill = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={steps} rdf_loader_run(); checkpoint;"]
        try:
            with _running(place, http):
                start = time.perf_counter()
                subprocess.run(fill, check=True, stdout=subprocess.DEVNULL, timeout=patience)
                loaded = time.perf_counter() - start
        except subprocess.TimeoutExpired:
            yield None
            return
        start = time.perf_counter()
        with _running(place, http) as process:
            yield Served(f"127.0.0.1:{http}", loaded, time.perf_counter() - start, process.pid)
