"""From a question to the story that a storyline draws, and the same in rows for those who read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from treatygraph.answers.wording import number, topic_name
from treatygraph.bonds.phases import HELD, courses
from treatygraph.bonds.powers import Power, insiders, power_ever
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.draw.html import HtmlTable
from treatygraph.draw.threads import Storyline, Thread, ribbons, threads
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["story", "tables"]

_FROM: Final = 1945
"""Time begins no earlier, unless it is asked for."""


def story(
    graph: Graph, powers: Sequence[str], on: date, *, since: date | None, topic: str | None, reading: str, binding: bool
) -> Storyline:
    """The story of two powers, or of the members of a group; see :func:`treatygraph.draw.pictures.storyline`.

    Raises:
        UnknownName: a name is not on record.
        UsageError: the powers are one, or neither two nor one group, or one was not there yet.
    """
    index, view = graph.index(), graph.reading(reading)
    topics = topics_under(index, topic)
    looked = [power_ever(index, name, on) for name in powers]
    named = [power for power, _ in looked]
    day = min((last for _, last in looked), default=on)
    _refuse(powers, named)
    if since and since >= day:
        raise UsageError(f"--since {since} is not before {day}, the day up to which it is drawn.")
    first, second = named[0], named[1] if len(named) == 2 else None
    items = threads(index, courses(index, first, second, view), day, topics=topics, binding=binding)
    if second:
        sentence = graph.between(powers[0], powers[1], day, topic=topic, reading=reading, binding=binding).answer
        title = f"{first.title} and {second.title}"
    else:
        sentence, title = _within(first, items, day, topic), f"Among {insiders(first)}"
    if day < on:
        sentence = f"{'; '.join(note for power in named for note in power.notes)}. {sentence}"
    begin = min((thread.phases[0].start for thread in items), default=f"{day.year - 20}")
    start = since or date(max(min(int(begin[:4]), day.year - 10), _FROM), 1, 1)
    about = f" on {topic_name(topic)}" if topic else ""
    what = "treaties" if binding else "treaties and commitments"
    heading = f"{title}: {what}{about} from {start.year} to {day.year}"
    return Storyline(heading, sentence, tuple(ribbons(items)), day, start, binding)


def _refuse(powers: Sequence[str], named: Sequence[Power]) -> None:
    if len(named) == 1 and not named[0].is_group:
        raise UsageError(f"'{powers[0]}' is one state; name two powers, or a group.")
    if len(named) not in (1, 2):
        raise UsageError("a storyline is of two powers, or of one group.")
    if len(named) == 2 and named[0].id == named[1].id:
        raise UsageError(f"'{powers[0]}' and '{powers[1]}' are both {named[0].title}; name two powers.")


def _within(group: Power, items: Sequence[Thread], on: date, topic: str | None) -> str:
    count = sum(thread.now in HELD for thread in items)
    least = "at least " if any(thread.now == "not-known" for thread in items) and count else ""
    about = f" on {topic_name(topic)}" if topic else ""
    return (
        f"On {long_form(on)}, {least}{number(count)} instrument{'' if count == 1 else 's'}{about} held two or more of "
        f"{insiders(group)}."
    )


def tables(index: Index, told: Storyline) -> Iterator[HtmlTable]:
    """What ended, what holds, what was only signed and what is not known, each in rows; none where nothing is."""
    items = [thread for ribbon in told.ribbons for thread in ribbon.threads]
    ended = sorted((thread for thread in items if thread.cut), key=lambda thread: thread.cut, reverse=True)
    rows = tuple((thread.title, thread.ended, thread.because, _source(index, thread.source)) for thread in ended)
    yield from _table("What ended", ("instrument", "when", "by what", "source"), rows)
    held = [thread for thread in items if thread.now in HELD]
    since = tuple((thread.title, thread.held[-1][0], _state(thread.now)) for thread in held)
    yield from _table("What holds", ("instrument", "since", "state"), since)
    for title, phase in (("Signed, not in force for both", "signed"), ("Not known", "not-known")):
        plain = tuple((thread.title, thread.phases[-1].start) for thread in items if thread.now == phase)
        yield from _table(title, ("instrument", "since"), plain)


def _table(title: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[HtmlTable]:
    if rows:
        yield HtmlTable(title, columns, rows)


def _state(phase: str) -> str:
    return {"suspended": "suspended, or claimed to be", "in-force": "in force"}.get(phase, phase)


def _source(index: Index, name: str) -> str:
    source = index.source(name)
    if source is None:
        return name
    address = source.place.split(" ")[0]
    return f"{address} {source.title}" if address.startswith(("http://", "https://")) else source.title
