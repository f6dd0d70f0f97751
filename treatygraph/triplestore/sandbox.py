"""How a child process of this program is started: it runs our code alone, whatever folder the user works in.

``python -m`` and ``python -c`` put the working folder first on the path. Editors start agents' tools in the open
workspace, so a ``json.py`` in a repository that somebody has merely opened would run with the user's rights.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["PYTHON", "child_environment", "safe_children"]

PYTHON: Final = (sys.executable, "-P")
"""The interpreter, without the working folder on its path."""
_PACKAGE: Final = str(Path(__file__).resolve().parents[2])


def child_environment() -> dict[str, str]:
    """The environment of a child: it finds what this process can import, but nothing in the working folder.

    An empty or relative entry of PYTHONPATH stands for the working folder too, and so is left out.
    """
    here = Path.cwd()
    paths = [path for path in sys.path if Path(path).is_absolute() and Path(path) != here]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([_PACKAGE, *paths])),
        "PYTHONSAFEPATH": "1",
    }


@contextmanager
def safe_children() -> Iterator[None]:
    """Give what is started meanwhile the environment of a child.

    For multiprocessing, whose forkserver is ``python -c …`` and takes neither options nor an environment.
    """
    before = dict(os.environ)
    os.environ.update(child_environment())
    try:
        yield
    finally:
        for name in ("PYTHONPATH", "PYTHONSAFEPATH"):
            os.environ.pop(name, None)
            if name in before:
                os.environ[name] = before[name]
