"""What is due after a day: notices that take effect, terms that expire, bonds that begin; and what waits without a day.

Everything is told as it is if no act comes (rule K10): what is on record, and what follows from it by the clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import date as Day  # noqa: N812 - what is due has a field called 'date'
from typing import Annotated, Final, NamedTuple

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command, key_of, path
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.feeds import Feed, FeedEntry
from treatygraph.answers.reasoning import ReasonStep, acts_of
from treatygraph.answers.wording import listed, number, topic_name
from treatygraph.bonds.powers import find, named, power
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import OPEN, Period, Span, long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, SPREAD, plain, shown
from treatygraph.model.records import Clause, Instrument
from treatygraph.model.standings import Because, Flag, Standing
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["MONTHS", "TYPES", "Due", "Scope", "Upcoming", "upcoming"]

MONTHS: Final = 24
"""How far ahead it looks by default."""
TYPES: Final = ("exit", "end", "begins", "bound", "event", "notice-without-a-day")
"""A state is out; an instrument ends; one enters into force; a state becomes bound; an event; a notice that waits."""
_NAMED: Final = 6
_WAITS: Final[Mapping[str, str]] = {
    "named-conflict": "put off while the state is in an armed conflict of the kind that the article names",
    "any-conflict": "put off while the state is party to an armed conflict",
    "occupation": "put off while the state is in an armed conflict or an occupation goes on",
}
"""What a clause on withdrawal may put the day of effect off for (rule R25)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom and what is asked about; what is empty narrows nothing."""

    state: Annotated[str, NULL_WHERE_EMPTY] = ""
    """A state or group, by any of its names."""
    instrument: Annotated[str, NULL_WHERE_EMPTY] = ""
    """An instrument, by any of its names."""
    topic: Annotated[str, NULL_WHERE_EMPTY] = ""
    """A topic, with those below it."""
    reading: str = DEPOSITARY

    def to_dict(self) -> dict[str, str | None]:
        """The JSON form."""
        return plain(self)


class Due(NamedTuple):
    """Something that is due."""

    date: Annotated[str, NULL_WHERE_EMPTY]
    """In EDTF; empty where it waits without a day."""
    type: str
    """One of :data:`TYPES`."""
    instrument: Annotated[str, NULL_WHERE_EMPTY]
    title: str
    states: tuple[str, ...]
    text: str
    """What will be, in a few words."""
    conditions: tuple[str, ...]
    """What may put it off or undo it, as the clauses have it."""
    because: tuple[ReasonStep, ...]
    """The steps of the reasoning: rule, act, day, sources."""
    binding: bool | None
    topics: tuple[str, ...]
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return plain(self)

    @property
    @shown
    def unverified(self) -> bool:
        """Whether nothing but general knowledge stands behind it."""
        return is_recall(self.sources)

    @property
    def entry(self) -> FeedEntry:
        """The entry of a feed."""
        first, last = self.days or (None, None)
        title = f"{self.text[0].upper()}{self.text[1:]}".rstrip(".")
        lines = [title, *(f"May change it: {text}." for text in self.conditions)]
        lines += [f"Sources: {', '.join(self.sources)}."] if self.sources else []
        key = key_of(self.type, self.instrument, *self.states, self.date)
        return FeedEntry(
            key, title, "\n".join(lines), first, last, f"id/instrument/{self.instrument}" if self.instrument else ""
        )

    @property
    def days(self) -> tuple[Day, Day] | None:
        """The first and the last day on which it may be; None where it waits without one."""
        span = Span.parse(self.date) if self.date else None
        return (span.earliest, span.latest) if span else None


@dataclass(frozen=True)
class UpcomingQuestion:
    """What was asked: a time, and whom and what it is about."""

    on: date
    until: date
    months: int
    known: date | None
    scope: Annotated[tuple[tuple[str, str | None], ...], SPREAD]


@dataclass(frozen=True)
class Upcoming(Citable):
    """What is due within a time, in order of its days, and what waits without a day."""

    answer: str
    on: Annotated[date, HIDDEN]
    until: Annotated[date, HIDDEN]
    months: Annotated[int, HIDDEN]
    known: Annotated[date | None, HIDDEN]
    scope: Annotated[Scope, HIDDEN]
    items: tuple[Due, ...]
    waiting: tuple[Due, ...]
    notes: tuple[str, ...]
    edition: Edition

    @property
    @shown
    def question(self) -> UpcomingQuestion:
        """What was asked."""
        return UpcomingQuestion(self.on, self.until, self.months, self.known, tuple(self.scope.to_dict().items()))

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        known = self.known.isoformat() if self.known else ""
        options = {
            "on": self.on.isoformat(), "months": str(self.months), "known": known,
            "state": self.scope.state, "instrument": self.scope.instrument, "topic": self.scope.topic,
            "reading": self.scope.reading if self.scope.reading != DEPOSITARY else "",
        }  # fmt: skip
        title = f"What is due from {long_form(self.on)} to {long_form(self.until)}"
        return CitedSubject("answer", title, path("api/upcoming", **options), command("upcoming", **options))

    @property
    def feed(self) -> Feed:
        """Its entries, for a feed or a calendar; what waits without a day is in the feed alone."""
        entries = tuple(item.entry for item in (*self.items, *self.waiting))
        return Feed(self.subject.title, self.subject.path, Span.parse(self.edition.day).latest, entries)

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return plain(self)


def upcoming(
    index: Index, on: date, *, months: int = MONTHS, scope: Scope | None = None, known: date | None = None
) -> Upcoming:
    """What ends, takes effect or begins within some months after a day, as it stands on record.

    Args:
        index: the built graph; with ``known`` that of the day, so that later acts do not show.
        on: the day after which it is due.
        months: how many months ahead.
        scope: whom and what is asked about; None: everything.
        known: told back in the answer.

    Raises:
        UnknownName: a state, instrument or topic is not on record.
        UsageError: the number of months is below one.
    """
    if months < 1:
        raise UsageError(f"{months} months is no time ahead; give one or more.")
    scope = scope or Scope()
    until = Period(0, months, 0, "").after(on)
    finder = _Finder(index, on, until, scope)
    items = tuple(sorted(finder.due(), key=lambda item: (_last(item), item.instrument, item.type, item.states)))
    waiting = tuple(sorted(finder.waiting(), key=lambda item: (item.instrument, item.states)))
    answer = _sentence(on, until, scope, items, waiting)
    return Upcoming(answer, on, until, months, known, scope, items, waiting, finder.notes(items), edition_of(index))


def _last(item: Due) -> date:
    return item.days[1] if item.days else OPEN


class _Finder:
    """Looks through the results of a reading for days that lie ahead."""

    def __init__(self, index: Index, on: date, until: date, scope: Scope) -> None:
        self._index, self._on, self._until, self._scope = index, on, until, scope
        topics = topics_under(index, scope.topic or None)
        only = find(index, scope.instrument, ("instrument",))[1] if scope.instrument else ""
        whom = power(index, scope.state, on) if scope.state else None
        self._codes = frozenset(code for line in whom.continuities for code in line) if whom else None
        self._names = [
            name for name, summary in sorted(index.summaries().items())
            if (not only or name == only) and (topics is None or not topics.isdisjoint(summary.topics))
        ]  # fmt: skip

    def due(self) -> Iterator[Due]:
        """What has a day, or an uncertain one, in the time."""
        for name in self._names:
            if not self._concerns(name):
                continue
            yield from self._of_instrument(name)
            yield from self._of_states(name)
        yield from self._events()

    def waiting(self) -> Iterator[Due]:
        """Notices that are pending and of which no day of effect can be told."""
        for name in self._names:
            for flag in self._index.flags_of(name, self._scope.reading):
                if flag.flag == "notice-pending" and flag.start <= self._on < flag.end == OPEN and self._is_of(flag):
                    yield self._waiting(name, flag)

    def notes(self, items: Sequence[Due]) -> tuple[str, ...]:
        """What the reader must know."""
        unsure = [item.title for item in items if item.days and item.days[0] != item.days[1]]
        return (f"the day is uncertain of {listed(unsure)}",) if unsure else ()

    def _within(self, first: date, last: date) -> bool:
        return self._on < first <= self._until and last < OPEN

    def _is_of(self, item: Standing | Flag) -> bool:
        return self._codes is None or item.state in self._codes

    def _concerns(self, name: str) -> bool:
        """Whether the instrument binds the state asked about, or comes to."""
        if self._codes is None:
            return True
        standings = self._index.standings_of(name, self._scope.reading, *self._codes)
        return any(item.binds and item.end > self._on for item in standings)

    def _of_instrument(self, name: str) -> Iterator[Due]:
        """Its entry into force, and its end."""
        summary, card = self._index.summary(name), self._index.instrument(name)
        for status in self._index.statuses_of(name, self._scope.reading):
            since = Span.parse(status.since) if status.since else Span.of(status.start)
            if status.status == "not-in-force" or not self._within(since.earliest, since.latest):
                continue
            begins = status.status in ("in-force", "provisional", "operative")
            words = {"in-force": "enters into force", "provisional": "is applied provisionally", "operative": "begins",
                     "expired": "expires", "terminated": "is terminated", "superseded": "is superseded"}  # fmt: skip
            bound = self._bound(name)
            yield Due(
                since.text, "begins" if begins else "end", name, summary.title, bound,
                f"{summary.title} {words.get(status.status, 'ends')}", () if begins else _extensions(card),
                acts_of(status.because), summary.binding, summary.topics, _sources(status.because, summary.sources),
            )  # fmt: skip

    def _bound(self, name: str) -> tuple[str, ...]:
        """Whom it binds on the day, where these are few."""
        summary = self._index.summary(name)
        return summary.participants if summary.scope == "bilateral" else ()

    def _of_states(self, name: str) -> Iterator[Due]:
        """States that come to be bound, and that cease to be by an act of their own."""
        summary, card = self._index.summary(name), self._index.instrument(name)
        ends = {status.start for status in self._index.statuses_of(name, self._scope.reading)}
        for item in self._index.standings_of(name, self._scope.reading):
            if not item.binds or not self._is_of(item):
                continue
            who = named(self._index, item.state)
            until = Span.parse(item.until) if item.until else Span.of(item.end)
            if self._within(until.earliest, until.latest) and item.start <= self._on and item.end not in ends:
                yield Due(
                    until.text, "exit", name, summary.title, (item.state,), f"{who} is out of {summary.title}",
                    (*_tails(card), "the notice may be revoked before it takes effect (VCLT 68)"),
                    acts_of(item.ending), summary.binding, summary.topics, _sources(item.ending, summary.sources),
                )  # fmt: skip
            since = Span.parse(item.since) if item.since else Span.of(item.start)
            if self._within(since.earliest, since.latest) and item.start > self._on and item.start not in ends:
                yield Due(
                    since.text, "bound", name, summary.title, (item.state,), f"{summary.title} binds {who}", (),
                    acts_of(item.because), summary.binding, summary.topics, _sources(item.because, summary.sources),
                )  # fmt: skip

    def _waiting(self, name: str, flag: Flag) -> Due:
        summary = self._index.summary(name)
        text = f"notice of {named(self._index, flag.state)} to leave {summary.title}, of {long_form(flag.start)}"
        return Due(
            "", "notice-without-a-day", name, summary.title, (flag.state,), text,
            _tails(self._index.instrument(name)) or ("no day of effect follows from the clauses on record",),
            acts_of(flag.because), summary.binding, summary.topics, _sources(flag.because, summary.sources),
        )  # fmt: skip

    def _events(self) -> Iterator[Due]:
        names = set(self._names)
        for event in self._index.events().values():
            if event.date.earliest <= EDITION_DAY or not self._within(event.date.earliest, event.date.latest):
                continue  # what has happened was not due
            about = [name for name in event.instruments if name in names]
            narrow = self._scope.topic or self._scope.instrument
            if (narrow and not about) or (self._codes is not None and self._codes.isdisjoint(event.states)):
                continue
            sources = tuple(dict.fromkeys(name for cite in event.cites.values() for name in cite.sources))
            first = about[0] if about else ""
            summary = self._index.summary(first) if first else None
            yield Due(
                event.date.text, "event", first, summary.title if summary else "", event.states, event.text, (), (),
                summary.binding if summary else None, summary.topics if summary else (), sources,
            )  # fmt: skip


def _sources(because: Iterable[Because], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    names = dict.fromkeys(name for step in because for name in step.sources if name != "treatygraph")
    return tuple(names) or otherwise


def _tails(card: Instrument | None) -> tuple[str, ...]:
    """What may put an exit off, by the clauses on withdrawal."""
    clauses = card.clauses_of("withdrawal") if card else ()
    return tuple(dict.fromkeys(_WAITS.get(tail, tail) for clause in clauses if (tail := clause.get("tail"))))


def _extensions(card: Instrument | None) -> tuple[str, ...]:
    """How its life may go on, by the clauses on extension."""
    clauses = card.clauses_of("extension") if card else ()
    return tuple(dict.fromkeys(_extension(clause) for clause in clauses))


def _extension(clause: Clause) -> str:
    article = f" (article {clause.article})" if clause.article else ""
    return f"{clause.get('gist').rstrip('.') or 'may be extended'}{article}"


# ---------------------------------------------------------------------- the sentence


def _sentence(on: date, until: date, scope: Scope, items: Sequence[Due], waiting: Sequence[Due]) -> str:
    about = f" on {topic_name(scope.topic)}" if scope.topic else ""
    span = f"From {long_form(on)} to {long_form(until)}"
    if not items:
        text = f"{span}, nothing{about} is due on record"
    else:
        change = "change comes" if len(items) == 1 else "changes come"
        past = "change came" if len(items) == 1 else "changes came"
        what = f"{change} if no act is made" if until > EDITION_DAY else past
        shown = [f"{item.text} ({_day(item.date)})" for item in items[:_NAMED]]
        more = [f"{number(len(items) - _NAMED)} more"] if len(items) > _NAMED else []
        text = f"{span}, {number(len(items))} {what}{about}: {listed([*shown, *more])}"
    if waiting:
        count = len(waiting)
        text += f"; {number(count)} notice{'' if count == 1 else 's'} to leave {'waits' if count == 1 else 'wait'} "
        text += "without a day"
    return f"{text}."


def _day(text: str) -> str:
    span = Span.parse(text)
    return long_form(span.latest) if span.is_day else text
