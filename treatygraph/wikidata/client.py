"""Asks a query service about many items, politely: in batches, one at a time, with patience, and nothing twice.

The rules are those of Wikidata's query service: a User-Agent that says who asks, no two questions at once, and after
HTTP 429 no question before the time it names has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final, Protocol

from treatygraph.model.errors import RemoteError
from treatygraph.wikidata.memory import Memory
from treatygraph.wikidata.questions import ItemQuery
from treatygraph.wikidata.wire import Busy, Faulty, Row, ask

__all__ = ["WIKIDATA", "Client", "Counter", "agent"]

WIKIDATA: Final = "https://query.wikidata.org/sparql"
"""Wikidata's own query service."""
_LONGEST: Final = 600.0
"""Seconds that a server may make us wait; it is told to the user when it wants more."""
_UNSAID: Final = 60.0
"""Seconds to wait after a 429 that names no time."""


def agent(version: str, contact: str) -> str:
    """The User-Agent: the tool, its address, and whom to write to about the questions it asks."""
    about = "https://w3id.org/treatygraph/"
    return f"treatygraph/{version} ({about}; {contact})" if contact else f"treatygraph/{version} ({about})"


class Counter(Protocol):
    """Shows how far a run has come."""

    def update(self, n: float | None = 1) -> object:
        """Count ``n`` more items."""


def _no_progress(total: int, what: str) -> AbstractContextManager[Counter | None]:
    del total, what
    return nullcontext()


@dataclass
class Client:
    """A query service and the manners with which it is asked.

    The day, the pauses and the chance of the jitter are arguments, so that a test needs no waiting.
    """

    endpoint: str
    agent: str
    memory: Memory
    today: date
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    """A number from 0 to 1: by how much a pause is longer than it must be."""
    timeout: float = 60.0
    attempts: int = 4
    pause: float = 1.0
    """Seconds before the second attempt; each later one waits twice as long."""
    batch: int = 40
    fresh: timedelta = timedelta(days=30)
    """How long an answer on disk is as good as a new one; a zero asks again about what was not asked today."""
    progress: Callable[[int, str], AbstractContextManager[Counter | None]] = _no_progress
    talk: Callable[[str], None] = field(default=lambda _: None)

    def answers(self, question: ItemQuery, items: Sequence[str]) -> dict[str, list[Row]]:
        """The rows about each item; an item about which nothing is known has none.

        What is on disk and fresh is not asked again, so a run that was broken off goes on where it stopped.

        Raises:
            RemoteError: the service gives no usable answer, after every attempt.
            UsageError: the service refuses the question.
        """
        items = list(dict.fromkeys(items))
        name = Memory.name(self.endpoint, question.text)
        remembered = self.memory.known(name, items, self.today - self.fresh)
        missing = [item for item in items if item not in remembered]
        with self.progress(len(items), question.what) as counter:
            if counter is not None and remembered:
                counter.update(len(remembered))
            for batch in _batches(missing, self.batch):
                for part, answers in self._asked(question, batch):
                    self.memory.keep(name, answers, self.today)
                    remembered.update(answers)
                    if counter is not None:
                        counter.update(len(part))
        return {item: remembered[item] for item in items}

    def asked_on(self, question: ItemQuery, item: str) -> str:
        """The day on which the service answered about an item; empty when it has not."""
        return self.memory.asked(Memory.name(self.endpoint, question.text), item)

    def _asked(self, question: ItemQuery, batch: Sequence[str]) -> Iterator[tuple[Sequence[str], dict[str, list[Row]]]]:
        """Ask about a batch; one that is too much for the server is halved."""
        try:
            rows = self._patiently(question.filled(batch))
        except Faulty as problem:
            if not (problem.splits and len(batch) > 1):
                raise RemoteError(
                    f"{self.endpoint}: {problem}, {self.attempts} times; what was answered before is kept, "
                    "so run the command again later and it goes on from there."
                ) from None
            middle = len(batch) // 2
            for half in (batch[:middle], batch[middle:]):
                yield from self._asked(question, half)
            return
        yield batch, _by_item(question, batch, rows)

    def _patiently(self, query: str) -> list[Row]:
        for attempt in range(1, self.attempts + 1):
            last = attempt == self.attempts
            try:
                return ask(self.endpoint, query, agent=self.agent, timeout=self.timeout)
            except Busy as problem:
                self._wait_for(problem, last=last)
            except Faulty as problem:
                if last:
                    raise
                self.talk(f"{problem}; trying again")
                self.sleep(self.pause * 2 ** (attempt - 1) * (1 + self.chance()))
        raise AssertionError("every last attempt returns or raises")

    def _wait_for(self, problem: Busy, *, last: bool) -> None:
        seconds = _UNSAID if problem.seconds is None else problem.seconds
        if last or seconds > _LONGEST:
            raise RemoteError(
                f"{self.endpoint} is busy and asks to wait {seconds:g} seconds; what was answered is kept, "
                "so run the command again then and it goes on from there."
            ) from None
        self.talk(f"{problem}; waiting {seconds:g} seconds")
        self.sleep(seconds + self.chance())


def _batches(items: Sequence[str], size: int) -> Iterator[list[str]]:
    pending = iter(items)
    while batch := list(islice(pending, size)):
        yield batch


def _by_item(question: ItemQuery, batch: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, list[Row]]:
    by_item: dict[str, list[Row]] = {item: [] for item in batch}
    for row in rows:
        item = question.item(row.get("key", ""))
        if item in by_item:
            by_item[item].append({name: value for name, value in row.items() if name != "key"})
    return by_item
