"""A server of the real graph, run by the command line as users run it."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


@contextmanager
def serving(*options: str, found: list[subprocess.Popen[str]] | None = None) -> Iterator[str]:
    """A server on a port of loopback that was free; ``found`` gets its process."""
    command = [sys.executable, "-m", "treatygraph", "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
                          ) as process:  # fmt: skip
        assert process.stderr
        said: list[str] = []
        ready: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_listen, args=(process.stderr, said, ready), daemon=True)
        reader.start()
        if found is not None:
            found.append(process)
        try:
            yield ready.get(timeout=60)
        finally:
            process.terminate()
            process.wait(30)
            reader.join(5)
    assert "Traceback" not in "".join(said), "".join(said)


def _listen(stream: IO[str], said: list[str], ready: queue.Queue[str]) -> None:
    """Keep what a server says, and find its address in it."""
    for line in stream:
        said.append(line)
        address = re.search(r"running on (http://[0-9.]+:[0-9]+)", line)
        if address:
            ready.put(address[1])
