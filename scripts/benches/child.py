"""In a process of its own: opens one peer and puts the questions to it; a line of JSON for each answer."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benches import texts
from benches.memory import most_memory
from benches.peers import PEERS, Peer

ENOUGH = 2.0
"""Seconds after which a question is not asked once more."""


def tell(row: str, seconds: float | None, size: int = 0) -> None:
    """Report one figure."""
    print(json.dumps({"row": row, "seconds": seconds, "size": size}), flush=True)


def median(call: Callable[[], int], times: int) -> tuple[float, int]:
    """Median seconds of a call after one that is not counted, unless one takes long; and what it gave."""
    begun = time.perf_counter()
    size = call()
    found = [time.perf_counter() - begun]
    if found[0] < 10 * ENOUGH:  # what is read once, at the first call, is not counted unless nobody would ask again
        found = []
        until = time.perf_counter() + ENOUGH
        while len(found) < times and (not found or time.perf_counter() < until):
            start = time.perf_counter()
            call()
            found.append(time.perf_counter() - start)
    return statistics.median(found), size


def on_many_days(peer: Peer) -> tuple[float, int]:
    """Mean seconds of ``between`` on days not asked before; the number of instruments over the days that were asked."""
    peer.between(texts.ON)
    begun, size, asked = time.perf_counter(), 0, 0
    for day in texts.DAYS:
        size += peer.between(day)
        asked += 1
        if time.perf_counter() - begun > 4 * ENOUGH:
            break
    return (time.perf_counter() - begun) / asked, size if asked == len(texts.DAYS) else 0


def main() -> None:
    """Open the peer and ask; with ``once`` only one question, as a process that starts cold does."""
    name, folder, address, once = sys.argv[1:5]
    start = time.perf_counter()
    peer = PEERS[name](Path(folder), address)
    if once == "once":
        tell("cold", None, peer.between(texts.ON))
        return
    tell("opened", time.perf_counter() - start)
    tell("between, again", *median(lambda: peer.between(texts.ON), 200))
    tell("between, other days", *on_many_days(peer))
    tell("party count by month", *median(peer.parties, 50))
    tell("history by month", *median(peer.history, 50))
    if name != "numpy":
        tell("timeline", *median(peer.timeline, 50))
    tell("all pairs on a day", *median(peer.all_pairs, 50))
    tell("memory", most_memory("self"))


if __name__ == "__main__":
    main()
