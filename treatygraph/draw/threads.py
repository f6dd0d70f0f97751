"""What a storyline shows: instruments as threads, and the topics that they make up as ribbons.

Threads are the phases of :mod:`treatygraph.bonds.phases` up to a day. A protocol is no thread of its own while its
parent holds, as in the answer of ``between``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from treatygraph.answers.wording import listed, number, reason_named, topic_name
from treatygraph.bonds.phases import HELD, Course, Days, Phase, without
from treatygraph.build.index import Index
from treatygraph.draw.palette import FAMILIES, Family, family_of
from treatygraph.model.dates import Span, long_form
from treatygraph.model.index_records import Summary
from treatygraph.model.intervals import merged
from treatygraph.model.vocabulary import TOPICS

__all__ = ["Ribbon", "Storyline", "Thread", "ribbons", "threads"]

_FRAYED: Final = ("suspended", "contested")
_TOLD: Final = 3
"""How many ribbons that ended a story tells of."""
_PLAIN: Final = 26
"""Up to so many threads, each is named."""
_TRUST: Final = ("depositary", "depositary-copy", "official", "primary", "press", "reference", "dataset", "editorial")
"""Kinds of source, the one to cite first."""


@dataclass(frozen=True)
class Thread:
    """One instrument up to the day of the picture."""

    instrument: str
    title: str
    topics: tuple[str, ...]
    phases: tuple[Phase, ...]
    """In order of time; none reaches beyond the day."""
    now: str
    """The phase on the day itself; empty where there is none."""
    cut: str = ""
    """The first day on which it no longer held, by the day of the picture; empty while it holds, or never did."""
    ended: str = ""
    """That day in words, or what is known of it."""
    because: str = ""
    """By what it was cut: ``withdrawal of the United States``."""
    source: str = ""
    """The source to cite for that, by its id."""
    holders: tuple[tuple[str, str, int], ...] = ()

    @property
    def held(self) -> list[Days]:
        """The days on which it held."""
        return merged((phase.start, phase.end) for phase in self.phases if phase.phase in HELD)

    @property
    def tells(self) -> bool:
        """Whether something happened to it that a reader should see: it was cut, frayed, or never came to hold."""
        never = not self.held and self.now != "signed" and all(phase.phase != "not-known" for phase in self.phases)
        return bool(self.cut) or never or any(phase.phase in _FRAYED for phase in self.phases)


@dataclass(frozen=True)
class Ribbon:
    """The threads of a topic, or of the rest of a family of topics."""

    title: str
    family: Family
    named: tuple[Thread, ...]
    """Those that the picture names one by one, the first to begin first."""
    quiet: tuple[Thread, ...]
    """Those to which nothing happened."""

    @property
    def threads(self) -> tuple[Thread, ...]:
        """All of them."""
        return *self.named, *self.quiet

    @property
    def held(self) -> list[Days]:
        """The days on which one of them held at least."""
        return merged(days for thread in self.threads for days in thread.held)

    def count(self, *phases: str) -> int:
        """How many are in one of some phases on the day of the picture."""
        return sum(thread.now in phases for thread in self.threads)

    @property
    def ended(self) -> Thread | None:
        """The thread with whose cut the ribbon ended; None where something holds, may hold, or never held."""
        cut = [thread for thread in self.threads if thread.cut]
        open_still = self.count(*HELD, "not-known")
        return max(cut, key=lambda thread: (thread.cut, thread.instrument)) if cut and not open_still else None

    @property
    def status(self) -> tuple[str, bool]:
        """What holds of it on the day, in words, and whether it is nothing any more."""
        last = self.ended
        if last:
            return f"nothing since {last.ended}" if last.ended[
                0
            ].isdigit() else f"nothing left, ended {last.ended}", True
        count, signed, open_still = self.count(*HELD), self.count("signed"), self.count("not-known")
        frayed = self.count(*_FRAYED)
        parts = (
            [f"{count} in force" + (f", {frayed} of them contested or suspended" if frayed else "")] if count else []
        )
        parts += [f"{signed} signed only"] if signed else []
        parts += [f"{open_still} not known"] if open_still else []
        return listed(parts) or "never in force", False


@dataclass(frozen=True)
class Storyline:
    """What a storyline is about."""

    title: str
    sentence: str
    """What holds on the day, as ``between`` answers."""
    ribbons: tuple[Ribbon, ...]
    on: date
    since: date
    """Where the axis begins."""
    binding: bool = True
    """Whether what is not legally binding is left out."""

    @property
    def ended(self) -> str:
        """The topics on which nothing is left, in a sentence; empty where there is none."""
        held = [thread for ribbon in self.ribbons for thread in ribbon.threads if thread.now in (*HELD, "not-known")]
        left = {topic for thread in held for topic in thread.topics}
        over = [(ribbon, last) for ribbon, last in _endings(self.ribbons) if left.isdisjoint(last.topics[:1])]
        if not over:
            return ""
        told = [
            f"{_within(ribbon.title)} ({last.title}: {last.because}, {last.ended})" for ribbon, last in over[:_TOLD]
        ]
        more = f", and on {number(len(over) - _TOLD)} more" if len(over) > _TOLD else ""
        return f"Nothing{' binding' if self.binding else ''} is left on {'; '.join(told)}{more}."


def _within(title: str) -> str:
    return title[0].lower() + title[1:]


def threads(
    index: Index,
    courses: Mapping[str, Course],
    on: date,
    *,
    topics: AbstractSet[str] | None = None,
    binding: bool = True,
) -> list[Thread]:
    """The threads of some courses up to a day, in order of id.

    Args:
        index: the built graph.
        courses: what was between the two.
        on: the day of the picture.
        topics: only instruments of one of these; None takes all.
        binding: leave out what is not legally binding, or disputed to be.
    """
    wanted = {name: course for name, course in courses.items() if _wanted(index.summary(name), topics, binding=binding)}
    made = (_thread(index, index.summary(name), course, wanted, on) for name, course in wanted.items())
    return [thread for thread in made if thread]


def _wanted(summary: Summary, topics: AbstractSet[str] | None, *, binding: bool) -> bool:
    if summary.scope == "unilateral" or (binding and summary.binding is not True):
        return False
    return topics is None or not topics.isdisjoint(summary.topics)


def _thread(index: Index, summary: Summary, course: Course, courses: Mapping[str, Course], on: date) -> Thread | None:
    covered = merged(days for parent in summary.parents if parent in courses for days in courses[parent].held)
    own = tuple(
        Phase(phase.phase, start, end)
        for phase in course.phases
        for start, end in without([(phase.start, phase.end)], covered)
    )
    if covered and not any(phase.phase in HELD for phase in own):
        return None  # a protocol whose whole life lies within its parent's
    day, after = on.isoformat(), (on + timedelta(days=1)).isoformat()
    shown = tuple(phase._replace(end=min(phase.end, after)) for phase in own if phase.start <= day)
    if not any(phase.phase != "excluded" for phase in shown):
        return None
    now = next((phase.phase for phase in own if phase.on(day)), "")
    thread = Thread(summary.id, summary.title, summary.topics, shown, now, holders=course.holders)
    return _cut(index, thread, course) if thread.held and now not in HELD else thread


def _cut(index: Index, thread: Thread, course: Course) -> Thread:
    """The thread with what ended it."""
    cut = thread.held[-1][1]
    doubt = next((phase for phase in thread.phases if phase.phase == "not-known" and phase.start == cut), None)
    if doubt and thread.now == "not-known":
        return thread
    row = course.ending
    reason = reason_named(index, row.reason if row else "")
    if doubt:
        last = (date.fromisoformat(doubt.end) - timedelta(days=1)).isoformat()
        return replace(thread, cut=doubt.end, ended=f"between {_words(cut)} and {_words(last)}", because=reason)
    if not row or row.end != cut:
        return replace(thread, cut=cut, ended=_words(cut), because="no longer between these")
    sources = row.ending_sources or index.summary(thread.instrument).sources
    return replace(thread, cut=cut, ended=_words(row.until or cut), because=reason, source=_best(index, sources))


def _words(day: str) -> str:
    span = Span.parse(day)
    if span.is_day:
        return long_form(span.earliest)
    return day if span.precision == "year" else f"between {long_form(span.earliest)} and {long_form(span.latest)}"


def _best(index: Index, sources: Sequence[str]) -> str:
    """The source to cite: of the kind that vouches most, and one with an address before others."""

    def rank(name: str) -> tuple[int, bool, int]:
        source = index.source(name)
        kind = _TRUST.index(source.kind) if source and source.kind in _TRUST else len(_TRUST)
        return kind, not (source and source.place.startswith("http")), sources.index(name)

    return min(sources, key=rank, default="")


_TITLED: Final = 3
"""Up to so many topics make the name of a ribbon."""


def ribbons(items: Sequence[Thread]) -> list[Ribbon]:
    """The threads as ribbons, in the order of topics.

    A topic in which something ended or frayed has a ribbon of its own; what is left of its family has another.
    """
    all_named = len(items) <= _PLAIN
    telling = {_topic(thread) for thread in items if thread.tells}
    bundles: dict[tuple[str, str], list[Thread]] = {}
    for thread in items:
        topic = _topic(thread)
        own = topic in telling or all_named
        bundles.setdefault((family_of((topic,)).id, topic if own else ""), []).append(thread)
    order = [family.id for family in FAMILIES]

    def rank(key: tuple[str, str]) -> tuple[int, int]:
        return order.index(key[0]), TOPICS.index(key[1]) if key[1] else len(TOPICS)

    return [_ribbon(key[1], bundles[key], all_named=all_named) for key in sorted(bundles, key=rank)]


def _topic(thread: Thread) -> str:
    return next((topic for topic in thread.topics if topic in TOPICS), TOPICS[-1])


def _ribbon(topic: str, in_topic: Iterable[Thread], *, all_named: bool) -> Ribbon:
    items = sorted(in_topic, key=lambda thread: (thread.phases[0].start, thread.instrument))
    family = family_of((topic,)) if topic else family_of(items[0].topics)
    topics = [topic] if topic else sorted({_topic(thread) for thread in items}, key=TOPICS.index)
    title = listed([topic_name(name) for name in topics]) if len(topics) <= _TITLED else family.title
    named = tuple(thread for thread in items if thread.tells or all_named)
    return Ribbon(f"{title[0].upper()}{title[1:]}", family, named, tuple(item for item in items if item not in named))


def _endings(items: Iterable[Ribbon]) -> Iterator[tuple[Ribbon, Thread]]:
    """The ribbons that ended, in their order, with the thread that ended each."""
    for ribbon in items:
        if ribbon.ended:
            yield ribbon, ribbon.ended
