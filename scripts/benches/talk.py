"""Progress, on stderr."""

from __future__ import annotations

import sys
import time

_BEGUN = time.monotonic()


def say(message: str) -> None:
    """One line, with the seconds since the beginning."""
    print(f"[{time.monotonic() - _BEGUN:5.0f} s] {message}", file=sys.stderr, flush=True)
