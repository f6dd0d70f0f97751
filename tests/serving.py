"""A server of the real graph, run by the command line as users run it."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final

import httpx

PATIENCE: Final = 300.0
"""Seconds that a test waits for what comes for certain, however busy the machine is."""
get = partial(httpx.get, timeout=PATIENCE)


@contextmanager
def serving(
    *options: str,
    found: list[subprocess.Popen[str]] | None = None,
    command: Sequence[str] = (sys.executable, "-m", "treatygraph"),
    folder: Path | None = None,
) -> Iterator[str]:
    """A server on a port of loopback that was free; ``found`` gets its process, ``folder`` is where it starts."""
    words = [*command, "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment,
                          cwd=folder) as process:  # fmt: skip
        assert process.stderr
        said: list[str] = []
        ready: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_listen, args=(process.stderr, said, ready), daemon=True)
        reader.start()
        if found is not None:
            found.append(process)
        try:
            yield ready.get(timeout=PATIENCE)
        finally:
            process.terminate()
            process.wait(PATIENCE)
            reader.join(5)
    assert "Traceback" not in "".join(said), "".join(said)


def _listen(stream: IO[str], said: list[str], ready: queue.Queue[str]) -> None:
    """Keep what a server says, and find its address in it."""
    for line in stream:
        said.append(line)
        address = re.search(r"running on (http://[0-9.]+:[0-9]+)", line)
        if address:
            ready.put(address[1])
