"""The limits of a query at the command line: one that breaks them ends the process, with one line and exit code 2."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["ROWS", "SECONDS", "add_limits", "told", "watched"]

SECONDS = 60.0
"""How long a query may run, unless the user says otherwise."""
ROWS = 100_000
"""How many rows are read of a result, unless the user says otherwise."""
MEGABYTES = 4096
"""How much memory the process may take while a query runs."""


def add_limits(command: ArgumentParser) -> None:
    """``--timeout`` and ``--limit``: how long a query may run, and how many rows are read."""
    command.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=SECONDS,
        help=f"stop a query that runs longer; 0: never; default: {SECONDS:.0f}",
    )  # fmt: skip
    command.add_argument(
        "--limit", metavar="ROWS", type=_rows, default=ROWS,
        help=f"read at most so many rows; 0: all; default: {ROWS}",
    )  # fmt: skip


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < float("inf"):
        raise ArgumentTypeError(f"'{text}' is no number of seconds; write digits, for example 10.")
    return seconds


def _rows(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"'{text}' is no number of rows; write digits, for example 1000.")
    return int(text)


@contextmanager
def watched(options: Namespace) -> Iterator[None]:
    """Run what is inside, and end the process where it breaks a limit of the command line."""
    from treatygraph.triplestore import sandbox

    with sandbox.watched(options.timeout, MEGABYTES, _stop):
        yield


def _stop(message: str) -> None:
    os.write(2, f"treatygraph: {message}\n".encode())
    os._exit(2)


def told(complete: bool, limit: int) -> None:
    """Tell the user where rows were left out."""
    if not complete:
        print(f"treatygraph: only the first {limit} rows were read; ask for more with --limit.", file=sys.stderr)
