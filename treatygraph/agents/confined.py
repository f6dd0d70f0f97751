"""Runs a query that anybody may have written, in a process of its own that is ended when it takes too much.

The engine has no time limit, and one legal query can take all memory. Run as a module, this is that process: it
reads a query from stdin and writes the rows to stdout.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import QueryRefused, TreatygraphError, UsageError
from treatygraph.triplestore.sandbox import PYTHON, child_environment, confine

__all__ = ["MOST_ROWS", "SECONDS", "confined"]

MOST_ROWS: Final = 500
SECONDS: Final = 10.0
_MEMORY: Final = 1 << 30
"""Bytes by which the process may grow once the store is open."""
_FLAG: Final = ", or allow it with --allow-service"
"""Advice for people at a command line; an agent has no such flag."""


def confined(store: Path, text: str, *, rows: int = MOST_ROWS, seconds: float = SECONDS) -> dict[str, Any]:
    """The first rows of a query.

    Returns:
        ``columns``, ``rows``, and ``left_out``: how many rows are not shown.

    Raises:
        QueryRefused: the query would reach another host, or write.
        UsageError: it cannot be read or answered, or takes too long or too much memory.
    """
    command = [*PYTHON, "-m", "treatygraph.agents.confined", str(store.absolute()), str(rows)]
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, encoding="utf-8", timeout=seconds, check=False,
            env=child_environment(), cwd=store.parent,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UsageError(f"the query took more than {seconds:g} seconds and was ended; ask for less.") from None
    with contextlib.suppress(ValueError):
        answer: dict[str, Any] = json.loads(done.stdout)
        if "refused" in answer:
            raise QueryRefused(answer["refused"])
        if "problem" in answer:
            raise UsageError(answer["problem"])
        return answer
    raise UsageError("the query took more memory than it may, or broke the engine; ask for less.")


def _main(store: str, rows: str) -> None:

    import concurrent.futures  # noqa: F401 - the same

    import rdflib.plugins.sparql.algebra
    import rdflib.plugins.sparql.parser  # noqa: F401 - the guard may need both, when nothing can be opened any more

    from treatygraph.triplestore.sparql import Local, run_text

    text = sys.stdin.read()
    try:
        engine = Local(Path(store))
        _ = engine.store  # open by now, as the cached one is found again without opening anything
        confine(_MEMORY)
        result = run_text(engine, text)
        shown = result.rows[: int(rows)]
        answer: dict[str, Any] = {
            "answer": result.answer,
            "columns": list(result.columns),
            "rows": [list(row) for row in shown],
            "left_out": len(result.rows) - len(shown),
        }
    except QueryRefused as problem:
        answer = {"refused": str(problem).replace(_FLAG, "")}
    except TreatygraphError as problem:
        answer = {"problem": str(problem)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
