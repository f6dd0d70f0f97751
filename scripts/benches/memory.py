"""How much memory a process has held."""

from __future__ import annotations

from pathlib import Path


def most_memory(process: int | str) -> float:
    """The most that a process has held so far, in MB; what its parent held before it began does not count."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
