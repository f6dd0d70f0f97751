"""What happened, in order, each with its source: acts, events and the days on which standings moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - an entry has a field called 'date'
from typing import Annotated, Any

from treatygraph.bonds.powers import Power, find, life_of, power, whole_life
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import OPEN, Span
from treatygraph.model.display import bundle
from treatygraph.model.json_form import HIDDEN, plain, shown
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import DEPOSITARY, NOT_KNOWN

__all__ = ["Entries", "Entry", "offices_on", "timeline"]


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    date: str
    """When, as known (EDTF)."""
    precision: str
    type: str
    instruments: tuple[str, ...]
    states: tuple[str, ...]
    officials: tuple[dict[str, str], ...]
    text: str
    sources: tuple[str, ...]
    order: Annotated[Day, HIDDEN]
    record: str = ""
    """The id of the act or event."""

    @property
    @shown
    def instrument(self) -> str | None:
        """The first of the instruments."""
        return self.instruments[0] if self.instruments else None

    @property
    @shown
    def unverified(self) -> bool:
        """Whether nothing but general knowledge stands behind it."""
        return is_recall(self.sources)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


def timeline(
    index: Index, first: str, second: str | None = None, *, on: Day | None = None, since: Day | None = None
) -> tuple[Entry, ...]:
    """What happened to an instrument, or in the treaty relations of one or two powers.

    Args:
        index: the documents of the graph.
        first: an instrument, or a state or group.
        second: the other power; entries then concern both, or an instrument between both.
        on: nothing after this day.
        since: nothing before this day.

    Raises:
        UnknownName: nothing is called that.
    """
    kind, name = find(index, first, ("instrument", "state", "group") if second is None else ("state", "group"))
    if kind == "instrument":
        entries = _of_instrument(index, name)
    else:
        texts = [text for text in (first, second) if text]
        lives = {text: life for text in texts if on is None and (life := _ended(index, text))}
        for begun, ended in lives.values():  # without a day, what has ended has its life (rule K16)
            since, on = max(begun, since or begun), min(ended, on or ended)
        sides = [whole_life(index, text) if text in lives else power(index, text, on or _LATEST) for text in texts]
        entries = _of_states(index, sides)
    kept = [
        entry
        for entry in dict.fromkeys(entries)
        if (on is None or entry.order <= on) and (since is None or entry.order >= since)
    ]
    return Entries(sorted(kept, key=lambda entry: (entry.order, entry.type, entry.record)))


class Entries(tuple[Entry, ...]):
    """The entries of a timeline, in order; a notebook shows them as a table."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return bundle([entry.to_dict() for entry in self])


_LATEST = Day(9998, 12, 31)
"""A day on which every state without an end is there: names are taken as they are borne last."""


def _ended(index: Index, text: str) -> tuple[Day, Day] | None:
    """The life of a state or group that has ended; None where it is still there."""
    life = life_of(index, text)
    return life if life and life[1] < OPEN else None


def _of_instrument(index: Index, name: str) -> Iterable[Entry]:
    yield from map(_of_act, index.ledger(name))
    yield from _moves(index, name)
    for event in index.events_of(name):
        yield _of_event(index, event)


def _of_states(index: Index, sides: Sequence[Power]) -> Iterable[Entry]:
    """What concerns the sides; made once for the states that they stand for, whatever the days asked about."""
    codes = tuple(frozenset(code for chain in one.continuities for code in chain) for one in sides)
    return index.recent(
        ("timeline", codes), lambda: (*_of_instruments(index, codes), *_of_events(index, codes)), _TIMELINES
    )


_TIMELINES = 16
"""How many timelines are kept: one of two powers has a thousand entries."""


def _of_instruments(index: Index, codes: Sequence[frozenset[str]]) -> Iterator[Entry]:
    """The acts of any side under the instruments that concern all, and the course of the bilateral ones."""
    mine = sorted(frozenset[str]().union(*codes))
    concerned = (frozenset[str]().union(*map(index.concerned, of_one)) for of_one in codes)
    shared = sorted(frozenset.intersection(*concerned))
    index.load_summaries(shared)
    for name in shared:
        for code in mine:
            yield from map(_of_act, index.acts_by(code, name))
        if len(codes) == 2 and index.summary(name).scope == "bilateral":
            yield from _moves(index, name)


def _of_events(index: Index, codes: Sequence[frozenset[str]]) -> Iterator[Entry]:
    """The events that concern all sides, in order of id."""
    named = [{event for code in one for event in index.events_of(code)} for one in codes]
    events = sorted(set.intersection(*named))
    index.load_events(events)
    for event in events:
        yield _of_event(index, event)


def _moves(index: Index, name: str) -> Iterable[Entry]:
    """Entry into force and end of the instrument, as derived."""
    for item in index.statuses_of(name, DEPOSITARY):
        if item.status in ("not-in-force", NOT_KNOWN):
            continue
        span = Span.parse(item.since)
        sources = tuple(dict.fromkeys(source for step in item.because for source in step.sources))
        text = f"{index.summary(name).title}: {item.status.replace('-', ' ')}"
        yield Entry(
            item.since,
            span.precision,
            item.status,
            (name,),
            (),
            (),
            text,
            sources,
            span.earliest,
            f"status/{name}/{item.status}",
        )


def _of_act(act: Act) -> Entry:
    text = f"{act.state}: {act.kind.replace('-', ' ')}"
    text += f" ({act.scope})" if act.scope else ""
    text += f", effective {act.effective}" if act.effective else ""
    text += f", against {', '.join(act.against)}" if act.against else ""
    text += f" ({act.depositary})" if act.depositary else ""
    return Entry(
        date=act.date.text,
        precision=act.date.precision,
        type=act.kind,
        instruments=(act.instrument,),
        states=(act.state,),
        officials=(),
        text=text,
        sources=act.cite.sources,
        order=act.date.latest,
        record=act.id,
    )


def _of_event(index: Index, name: str) -> Entry:
    event = index.event(name)
    assert event is not None  # mentions name only events that have a document
    people = []
    for person in event.officials:
        official = index.official(person.official)
        office = "; ".join(offices_on(index, person.official, event.date.latest))
        people.append({"name": official.name if official else person.official, "office": office, "role": person.role,
                       "state": person.state})  # fmt: skip
    sources = dict.fromkeys(source for cite in event.cites.values() for source in cite.sources)
    return Entry(
        date=event.date.text,
        precision=event.date.precision,
        type=event.type,
        instruments=event.instruments,
        states=event.states,
        officials=_Hashed(people),
        text=event.text,
        sources=tuple(source for source in sources if source != "treatygraph"),
        order=event.date.latest,
        record=f"event/{name}",
    )


class _Hashed(tuple[dict[str, str], ...]):
    """A tuple of dicts that can stand in a frozen record."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple(tuple(sorted(item.items())) for item in self))


def offices_on(index: Index, official: str, when: Day) -> list[str]:
    """The offices that an official held on a day; empty when none is on record."""
    tenures = index.tenures(official)
    return [tenure.office for tenure in tenures if tenure.holds_on(when)]
