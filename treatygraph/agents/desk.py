"""What the tools share: the graph, the clock, and names in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from treatygraph.agents.bounds import bounded
from treatygraph.bonds.powers import find, named
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.dates import long_form
from treatygraph.model.version import EDITION_DAY

__all__ = ["SCHEME", "Desk", "in_words"]

SCHEME = "treatygraph"
"""Of the addresses of resources."""


@dataclass(frozen=True)
class Desk:
    """A graph with a clock; ``offline`` refuses nothing more, and is for tests."""

    graph: Graph
    clock: Callable[[], date]

    @property
    def index(self) -> Index:
        """The built graph."""
        return self.graph.index()

    @property
    def today(self) -> date:
        """The day of the one who asks."""
        return self.clock()

    def topics(self) -> Sequence[str]:
        """Every topic."""
        return tuple(self.index.topics())

    def state_name(self, code: str) -> str:
        """The name of a state within a sentence."""
        return named(self.index, code)

    def instrument(self, text: str) -> str:
        """The id of the instrument that a text names.

        Raises:
            UnknownName: no instrument is called that.
        """
        bounded({"instrument": text})
        return find(self.index, text, ("instrument",))[1]

    def title(self, instrument: str) -> str:
        """The short title of an instrument."""
        return self.index.summary(instrument).title

    def address(self, kind: str, record: str) -> tuple[str, str]:
        """The address and the title of a record, as a link of an answer."""
        title = self.title(record) if kind == "instrument" else self.state_name(record) if kind == "state" else record
        return f"{SCHEME}://{kind}/{record}", title

    def assumes(self, on: date) -> str:
        """What a sentence about a day after the record's takes for granted; empty of other days."""
        if on <= EDITION_DAY:
            return ""
        return f"the record ends on {long_form(EDITION_DAY)}; of {long_form(on)} it says what holds if nothing changes"


def in_words(words: Iterable[str]) -> str:
    """Words of lists without hyphens, with commas."""
    return ", ".join(word.replace("-", " ") for word in words)
