"""Columns that several panels have: the codes of a state on a day, what an instrument is, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Field, of
from treatygraph.model.dates import BEGINNING, OPEN
from treatygraph.model.index_records import Summary
from treatygraph.model.records import State

__all__ = [
    "COUNTS", "DAYS", "FOLDED", "KNOWN", "LISTS", "UNDER", "Count", "Shown", "binding_of", "code_fields", "counts_of",
    "ends", "instrument_cells", "is_vague", "list_fields", "shown_on",
]  # fmt: skip

LISTS: Final = ("cow", "gw", "un")
_NAMES: Final = {"cow": "Correlates of War", "gw": "Gleditsch and Ward", "un": "United Nations"}
_WHOLE_DAY: Final = 10


class Shown(NamedTuple):
    """The codes of a state on a day, and which lists have it."""

    code: str
    cow: int | None
    gw: int | None
    iso3: str | None
    inside: tuple[bool, ...]
    """For each of :data:`LISTS`."""

    @property
    def order(self) -> tuple[int, str]:
        """By Correlates of War number, those without one last."""
        return (self.cow if self.cow is not None else 1000), self.code


def shown_on(state: State, on: date) -> Shown:
    """The codes of a state on a day."""
    cow, gw = (state.number_on(system, on) for system in ("cow", "gw"))
    inside = tuple(state.is_in(system, on) for system in LISTS)
    return Shown(state.code, int(cow) if cow else None, int(gw) if gw else None, state.identifiers.get("iso3"), inside)


def code_fields(side: str, what: str) -> tuple[Field, ...]:
    """The four codes of a state, filled by position."""
    return (
        of(f"state{side}", f"Code of {what} (table states of the export csv)."),
        *(
            of(f"{system}{side}",
               f"{_NAMES[system]} number of {what} on the day; before or after its time in that list the nearest one; "
               "empty where it never has one.", type="integer")
            for system in ("cow", "gw")
        ),
        of(f"iso3{side}", f"ISO 3166-1 alpha-3 code of {what}, also a former one; empty where it has none."),
    )  # fmt: skip


def list_fields(side: str, what: str) -> tuple[Field, ...]:
    """Whether each of the lists has a state on the day, filled by position."""
    names = {"cow": "the state system of Correlates of War (version 2016; members then are taken to have stayed)",
             "gw": "the list of independent states of Gleditsch and Ward (2017, without their small states)",
             "un": "the members of the United Nations"}  # fmt: skip
    return tuple(
        of(f"in_{system}{side}", f"Whether {what} is in {names[system]} that day.", type="boolean") for system in LISTS
    )


UNDER: Final = (
    of("instrument", "Id of the instrument."),
    of("title", "Its short title."),
    of(
        "scope",
        "bilateral, multilateral or unilateral (a commitment of one state), by whom it has bound.",
        formula="the card's scope; multilateral where more than two states, continuing ones as one, were ever bound",
    ),
    of("binding", "Whether it binds in law: yes, no or disputed."),
    of("topics", "Its topics, separated by ;."),
)
DAYS: Final = (
    of("from", "First day on which it holds; empty: before the record.", type="date"),
    of("until", "First day on which it no longer holds; empty: no end known. The day before is the last.", type="date"),
)
KNOWN: Final = (
    "yes: known to the day. since: it was so over these days, and began on a day that the record does not know, at the "
    "latest on the first of them. no: the record cannot tell."
)


class Count(NamedTuple):
    """A number of instruments that panels give: its column, what is counted, and which instruments count."""

    name: str
    what: str
    wanted: Callable[[Summary, str], bool]
    """Of an instrument and its scope by whom it binds."""


COUNTS: Final = (
    Count("instruments", "all, protocols and amendments too", lambda *_: True),
    Count("binding", "those that bind in law", lambda summary, _: summary.binding is True),
    Count("political", "those that do not bind in law, or of which that is disputed",
          lambda summary, _: summary.binding is not True),
    Count("bilateral", "those that have bound no third state", lambda _, scope: scope == "bilateral"),
    Count("multilateral", "those that have bound more than two", lambda _, scope: scope == "multilateral"),
)  # fmt: skip
"""By kind; the counts by topic come beside them."""
TOPICS: Final = ("strategic-offensive-arms", "nuclear", "wmd", "conventional", "confidence-and-communication")
FOLDED: Final = ("instruments", "binding")
"""The counts that are also given with parts folded into what they belong to."""


def topic_column(topic: str) -> str:
    """The name of a topic as a column."""
    return topic.replace("-", "_")


def count_names() -> tuple[str, ...]:
    """The columns of counts, in order."""
    return (*(count.name for count in COUNTS), *map(topic_column, TOPICS))


def count_fields(whom: str, kind: str) -> tuple[Field, ...]:
    """The columns of counts: what is known, what may be, and parts folded.

    Args:
        whom: whom the instruments hold, in words.
        kind: ``integer``, or ``number`` for shares of a year.
    """
    unit = "Number of instruments" if kind == "integer" else "Instrument-years"
    words = {count.name: count.what for count in COUNTS}
    words |= {topic_column(topic): f"those on {topic.replace('-', ' ')}, by topic or one below it" for topic in TOPICS}
    known = (of(name, f"{unit} that hold {whom}: {what}. What is not known is left out.", type=kind,
                formula="sum over the instruments of 1, or of the share of days, on which they are known to hold")
             for name, what in words.items())  # fmt: skip
    upper = (of(f"{name}_max", f"The same with those that may hold {whom} without the record telling.", type=kind,
                formula=f"{name} + those left open") for name in words)  # fmt: skip
    folded = (of(f"{name}_folded", f"{unit} that hold {whom}: {words[name]}; a part (protocol, amendment, extension) "
                 "counts with what it belongs to while that holds too.", type=kind,
                 formula=f"{name} less parts on days on which a parent holds") for name in FOLDED)  # fmt: skip
    return (*known, *upper, *folded)


def counts_of(index: Index, summaries: Mapping[str, Summary], scopes: Mapping[str, str]) -> list[list[bool]]:
    """For each column of counts which instruments count, in the order of the summaries."""
    masks = [[count.wanted(summary, scopes[name]) for name, summary in summaries.items()] for count in COUNTS]
    for topic in TOPICS:
        below = index.topic(topic) or frozenset()
        masks.append([not below.isdisjoint(summary.topics) for summary in summaries.values()])
    return masks


def instrument_cells(summary: Summary, scope: str) -> tuple[Cell, ...]:
    """The cells of :data:`UNDER`."""
    return summary.id, summary.title, scope, binding_of(summary), ";".join(summary.topics) or None


def binding_of(summary: Summary) -> str:
    """Whether an instrument binds in law, as a word."""
    return {True: "yes", False: "no", None: "disputed"}[summary.binding]


def ends(start: str, end: str) -> tuple[Cell, Cell]:
    """The days of an interval as cells: open ends are empty."""
    return None if start == BEGINNING.isoformat() else start, None if end == OPEN.isoformat() else end


def is_vague(since: str) -> bool:
    """Whether a beginning is known as an interval only, and not to the day."""
    return bool(since) and len(since) != _WHOLE_DAY


def texts(values: Sequence[str]) -> str | None:
    """Several values in one cell."""
    return ";".join(values) or None
