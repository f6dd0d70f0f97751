"""In a process of its own: opens one peer and puts the questions to it; a line of JSON for each answer."""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benches import texts
from benches.memory import most_memory
from benches.pairs import Pairs
from benches.peers import PEERS, Peer, Treatygraph
from benches.texts import Pair

ENOUGH = 2.0
"""Seconds after which a question is not asked once more."""
ORDER = (
    "opened", "between, again", "between, another day", "alike, again", "alike, another day", "alike, first time",
    "party count by month", "history by month", "timeline, first time", "timeline, again",
    "status, first time", "status, again", "memory",
    "all pairs on a day",
)  # fmt: skip
"""In which order the figures come: what takes long last."""


def tell(row: str, seconds: float | None, size: int = 0, check: Any = None) -> None:
    """Report one figure: of memory, MB. ``check`` is what the answers of two peers are compared by."""
    print(json.dumps({"row": row, "seconds": seconds, "size": size, "check": check}), flush=True)


def median(call: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Median seconds of a call after one that is not counted, unless one takes long; and what it gave."""
    begun = time.perf_counter()
    answer = call()
    found = [time.perf_counter() - begun]
    if found[0] < 10 * ENOUGH:  # what is read once, at the first call, is not counted unless nobody would ask again
        found = []
        until = time.perf_counter() + ENOUGH
        while len(found) < times and (not found or time.perf_counter() < until):
            start = time.perf_counter()
            call()
            found.append(time.perf_counter() - start)
    return statistics.median(found), answer


def digest(form: list[Any]) -> str:
    """A short text that is the same for the same answer."""
    return hashlib.sha256(json.dumps(form).encode()).hexdigest()[:16]


class Asking:
    """One peer, and the questions put to it."""

    def __init__(self, peer: Peer, pairs: Pairs) -> None:
        self._peer, self._pairs = peer, pairs

    def again(self, row: str, pair: Pair) -> None:
        """The same pair and day over and over."""
        seconds, answer = median(lambda: self._peer.between(pair, texts.ON), 200)
        form = self._peer.form("between", answer)
        tell(row, seconds, len(form), digest(form))

    def another_day(self, row: str, pair: Pair) -> None:
        """The same pair on days not asked before: the mean; compared by what was there on each day that was asked."""
        self._peer.anew()
        self._peer.between(pair, texts.ON)
        answers = []
        begun = time.perf_counter()
        for day in texts.DAYS:
            answers.append(self._peer.between(pair, day))
            if time.perf_counter() - begun > 4 * ENOUGH:
                break
        seconds = (time.perf_counter() - begun) / len(answers)
        forms = [self._peer.form("between", answer) for answer in answers]
        tell(row, seconds, sum(map(len, forms)) // len(forms), [digest(form) for form in forms])

    def first_time(self, row: str, pairs: list[Pair]) -> None:
        """Pairs that nobody has asked about, each with nothing kept of earlier questions but one about two others."""
        found: list[float] = []
        forms: list[list[Any]] = []
        until = time.perf_counter() + 4 * ENOUGH
        while not found or (len(found) < max(len(pairs), 3) and time.perf_counter() < until):
            self._peer.anew()
            self._peer.between(texts.OTHERS, texts.ON)
            start = time.perf_counter()
            answer = self._peer.between(pairs[len(found) % len(pairs)], texts.ON)
            found.append(time.perf_counter() - start)
            forms.append(self._peer.form("between", answer))
        tell(row, statistics.median(found), sum(map(len, forms)) // len(forms), [digest(form) for form in forms])

    def first_timeline(self, row: str) -> None:
        """The timeline with nothing kept of earlier questions but one about two others."""
        self._peer.anew()
        self._peer.between(texts.OTHERS, texts.ON)
        start = time.perf_counter()
        answer = self._peer.timeline()
        seconds = time.perf_counter() - start
        form = self._peer.form("timeline", answer)
        tell(row, seconds, len(form), digest(form))

    def statuses(self) -> None:
        """Standings one by one: nobody has asked about any state of the instrument, and each once more."""
        again: list[float] = []
        first: list[float] = []
        forms: list[list[Any]] = []
        for place in texts.PLACES:
            self._peer.anew()
            self._peer.status(texts.Place("abm", ("USA",)))
            for times in (first, again):
                start = time.perf_counter()
                answer = self._peer.status(place)
                times.append(time.perf_counter() - start)
            forms.append(self._peer.form("status", answer))
        for row, times in (("status, first time", first), ("status, again", again)):
            tell(row, statistics.median(times), len(forms), digest(forms))

    def one(self, row: str, question: str, call: Callable[[], Any]) -> None:
        """A question that is asked a few times."""
        seconds, answer = median(call, 50)
        form = self._peer.form(question, answer)
        size = sum(item[2] if isinstance(item, list) else 1 if isinstance(item, str) else item for item in form)
        tell(row, seconds, size, digest(form))


def main() -> None:
    """Open the peer and ask; with ``once`` only one question, as a process that starts cold does."""
    name, folder, address, once = sys.argv[1:5]
    start = time.perf_counter()
    peer, pairs = PEERS[name](Path(folder), address), Pairs.read(Path(folder))
    if once == "once":
        peer.between(texts.POWERS, texts.ON)
        return
    tell("opened", time.perf_counter() - start)
    if isinstance(peer, Treatygraph):
        start = time.perf_counter()
        peer.intervals()
        tell("arrays", time.perf_counter() - start)
    asking = Asking(peer, pairs)
    asking.again("between, again", texts.POWERS)
    asking.another_day("between, another day", texts.POWERS)
    asking.again("alike, again", pairs.alike[0])
    asking.another_day("alike, another day", pairs.alike[0])
    asking.first_time("alike, first time", pairs.alike)
    if isinstance(peer, Treatygraph):
        peer.intervals()  # it was made anew
    asking.one("party count by month", "parties", peer.parties)
    asking.one("history by month", "history", peer.history)
    if name != "numpy":
        asking.first_timeline("timeline, first time")
        asking.one("timeline, again", "timeline", peer.timeline)
        asking.statuses()
    if isinstance(peer, Treatygraph):
        peer.intervals()
    tell("memory", most_memory("self"))
    asking.one("all pairs on a day", "all_pairs", peer.all_pairs)
    tell("memory", most_memory("self"))


if __name__ == "__main__":
    main()
