"""What happened, in order, each with its source: acts, events and the days on which standings moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date as Day  # noqa: N812 - an entry has a field called 'date'
from typing import Any

from treatygraph.bonds.powers import Side, find, side
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Recent, Shelf, fetch
from treatygraph.model.dates import Span
from treatygraph.model.records import Act, Event, Official, Tenure
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Entry", "offices_on", "timeline"]


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    date: str
    precision: str
    type: str
    instruments: tuple[str, ...]
    states: tuple[str, ...]
    officials: tuple[dict[str, str], ...]
    text: str
    sources: tuple[str, ...]
    order: Day
    record: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one entry."""
        return {
            "date": self.date,
            "precision": self.precision,
            "type": self.type,
            "instrument": self.instruments[0] if self.instruments else None,
            "instruments": list(self.instruments),
            "states": list(self.states),
            "officials": [dict(item) for item in self.officials],
            "text": self.text,
            "sources": list(self.sources),
            "unverified": all(source == "recall" for source in self.sources),
            "record": self.record,
        }


def timeline(
    shelf: Shelf, first: str, second: str | None = None, *, on: Day | None = None, since: Day | None = None
) -> tuple[Entry, ...]:
    """What happened to an instrument, or in the treaty relations of one or two powers.

    Args:
        shelf: the documents of the graph.
        first: an instrument, or a state or group.
        second: the other power; entries then concern both, or an instrument between both.
        on: nothing after this day.
        since: nothing before this day.

    Raises:
        UnknownName: nothing is called that.
    """
    kind, name = find(shelf, first, ("instrument", "state", "group") if second is None else ("state", "group"))
    if kind == "instrument":
        found = _of_instrument(shelf, name)
    else:
        sides = [side(shelf, text, on or _LATEST) for text in (first, second) if text]
        found = _of_states(shelf, sides)
    kept = [
        entry
        for entry in dict.fromkeys(found)
        if (on is None or entry.order <= on) and (since is None or entry.order >= since)
    ]
    return tuple(sorted(kept, key=lambda entry: (entry.order, entry.type, entry.record)))


_LATEST = Day(9998, 12, 31)
"""A day on which every state without an end is there: names are taken as they are borne last."""


def _of_instrument(shelf: Shelf, name: str) -> Iterable[Entry]:
    for value in shelf.get("ledger", name) or ():
        yield _of_act(decode(Act, value))
    yield from _moves(shelf, name)
    for event in shelf.get("mentions", name) or ():
        yield _of_event(shelf, event)


def _of_states(shelf: Shelf, sides: Sequence[Side]) -> Iterable[Entry]:
    """What concerns the sides; made once for the states that they stand for, whatever the days asked about."""
    codes = tuple(frozenset(code for chain in one.lines for code in chain) for one in sides)
    kept: _Courses = shelf.memo.setdefault("timelines", _Courses())
    found: tuple[Entry, ...] | None = kept.get(codes)
    if found is None:
        found = kept[codes] = (*_of_instruments(shelf, codes), *_of_events(shelf, codes))
    return found


class _Courses(Recent):
    """The timelines of those who were asked about last."""

    LIMIT = 16


def _of_instruments(shelf: Shelf, codes: Sequence[frozenset[str]]) -> Iterator[Entry]:
    """The acts of any side under the instruments that concern all, and the course of the bilateral ones."""
    mine = frozenset[str]().union(*codes)
    for name, there in _concerned(shelf).items():
        if any(there.isdisjoint(one) for one in codes):
            continue
        # The state of each act is read before the rest: of some hundred acts two or three are wanted.
        for value in shelf.get("ledger", name) or ():
            if value[_STATE_OF_ACT] in mine:
                yield _of_act(decode(Act, value))
        if len(codes) == 2 and shelf.get("brief", name)["scope"] == "bilateral":
            yield from _moves(shelf, name)


def _of_events(shelf: Shelf, codes: Sequence[frozenset[str]]) -> Iterator[Entry]:
    """The events that concern all sides, in order of id."""
    named = [{event for code in one for event in shelf.get("mentions", code) or ()} for one in codes]
    for event in sorted(set.intersection(*named)):
        yield _of_event(shelf, event)


_STATE_OF_ACT = [item.name for item in fields(Act)].index("state")
"""Where a document has it: it lists the fields of its record in order."""


def _concerned(shelf: Shelf) -> dict[str, frozenset[str]]:
    """The states that have acted or take part under each instrument; read once, then kept by the shelf."""
    found: dict[str, frozenset[str]] | None = shelf.memo.get("concerned")
    if found is None:
        acting = dict(shelf.all("acting"))
        found = {name: frozenset((*acting.get(name, ()), *brief["participants"])) for name, brief in shelf.all("brief")}
        shelf.memo["concerned"] = found
    return found


def _moves(shelf: Shelf, name: str) -> Iterable[Entry]:
    """Entry into force and end of the instrument, as derived."""
    derived = fetch(shelf, Derivation, "derivation", f"{DEPOSITARY}/{name}")
    for item in derived.statuses if derived else ():
        if item.status == "not-in-force":
            continue
        span = Span.parse(item.since)
        sources = tuple(dict.fromkeys(source for step in item.because for source in step.sources))
        text = f"{shelf.get('brief', name)['title']}: {item.status.replace('-', ' ')}"
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


def _of_event(shelf: Shelf, name: str) -> Entry:
    event = fetch(shelf, Event, "event", name)
    assert event is not None  # mentions name only events that have a document
    people = []
    for person in event.officials:
        official = fetch(shelf, Official, "official", person.official)
        office = "; ".join(offices_on(shelf, person.official, event.date.latest))
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


def offices_on(shelf: Shelf, official: str, when: Day) -> list[str]:
    """The offices that an official held on a day; empty when none is on record."""
    found = [decode(Tenure, value) for value in shelf.get("tenures", official) or ()]
    return [tenure.office for tenure in found if tenure.holds_on(when)]
