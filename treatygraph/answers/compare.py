"""Two days of a pair, or two pairs on a day, laid side by side: what both have, and what only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, NamedTuple

from treatygraph.answers.between import Between, Question, Remaining, between
from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.answers.reasoning import ReasonStep, acts_of
from treatygraph.answers.wording import UNVERIFIED, amount, listed, number, topic_name
from treatygraph.bonds.pairs import MutualInterval, Powers, mutual
from treatygraph.bonds.powers import power
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import Span, long_form
from treatygraph.model.errors import BadDate, UsageError
from treatygraph.model.index_records import StandingRow
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, SPREAD, plain, shown

__all__ = ["Comparison", "Difference", "Unsettled", "compare", "compare_pairs"]

_NAMED = 6
"""Up to so many instruments are named in the sentence."""


class Difference(NamedTuple):
    """An instrument that holds the powers on one side only, or on both; of days with the act that made the change."""

    id: str
    title: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    binding: bool | None
    part_of: Annotated[str, NULL_WHERE_EMPTY]
    """The instrument under which an answer lists it; empty for most."""
    since: Annotated[str, NULL_WHERE_EMPTY]
    until: Annotated[str, NULL_WHERE_EMPTY]
    because: Annotated[str, NULL_WHERE_EMPTY]
    """Of days: why it ended, in a few words; empty where it did not."""
    acts: tuple[ReasonStep, ...]
    """Of days: the steps that ended it or began it, each rule with its act, day and sources."""
    sources: tuple[str, ...]
    unverified: bool
    contested: tuple[str, ...] = ()
    """Of days: whose view it is that it still holds both."""

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return plain(self)


class Unsettled(NamedTuple):
    """An instrument that holds on one side and is not known to on the other."""

    id: str
    title: str


@dataclass(frozen=True)
class Comparison(Citable):
    """What two sides have in common and what only one has."""

    answer: str
    of: str
    """``days``: one pair on two days; ``pairs``: two pairs on one day."""
    questions: tuple[Question, Question]
    """The earlier day and the later; the first pair and the second."""
    title: Annotated[str, HIDDEN]
    """What it is about, as a citation says it."""
    titles: tuple[str, str]
    """How the two sides are called."""
    both: Annotated[tuple[Difference, ...], HIDDEN]
    """Kept, or common."""
    only_first: Annotated[tuple[Difference, ...], HIDDEN]
    """Lost, or of the first pair only."""
    only_second: Annotated[tuple[Difference, ...], HIDDEN]
    """Gained, or of the second pair only."""
    not_known: tuple[Unsettled, ...]
    """Id and title of what holds on one side and is not known to on the other: neither lost nor gained."""
    notes: tuple[str, ...]
    edition: Edition

    @property
    @shown
    def lists(self) -> Annotated[tuple[tuple[str, tuple[Difference, ...]], ...], SPREAD]:
        """What both sides have and what one has alone, by the names that the JSON gives them."""
        names = ("kept", "lost", "gained") if self.of == "days" else ("common", "only_first", "only_second")
        return tuple(zip(names, (self.both, self.only_first, self.only_second), strict=True))

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        first, second = self.questions
        options = {name: value for name, value in first.options.items() if name not in ("on", "known")}
        days = {"then": first.on.isoformat()} if self.of == "days" else {}
        days["on"] = second.on.isoformat()
        pairs = first.states if self.of == "days" else (*first.states, *second.states)
        address = path("api/compare", **dict(zip("abcd", pairs, strict=False)), **days, **options)
        return CitedSubject("answer", self.title, address, command("compare", *pairs, **days, **options))

    def to_dict(self) -> dict[str, object]:
        """The JSON form; the lists are called ``kept``, ``lost``, ``gained``, or ``common`` and ``only_…``."""
        return plain(self)


def compare(index: Index, first: str, second: str, question: Question, then: date, today: date | None = None
            ) -> Comparison:  # fmt: skip
    """What two powers have kept, lost and gained from one day to another.

    Args:
        index: the built graph.
        first: a state or group, by any of its names.
        second: the other one.
        question: the later day and what is wanted; its ``states`` are filled in.
        then: the earlier day.
        today: the day of the one who asks; None: that of the edition.

    Raises:
        UnknownName: a power, topic or scope is not on record.
        UsageError: the days are not in order, or a power did not exist on one of them.
    """
    if then >= question.on:
        raise UsageError(f"{then} is not before {question.on}; give the earlier day first.")
    was = between(index, first, second, replace(question, on=then), today)
    now = between(index, first, second, question, today)
    powers = power(index, first, question.on), power(index, second, question.on)
    steps = _Steps(index, powers, question.reading)
    sides = _Sides(was, now)
    views = {item.id: item.contested for item in now.ended}
    lost = tuple(steps.ended(item, question.on)._replace(contested=views.get(item[0].id, ())) for item in sides.only(0))
    gained = tuple(steps.begun(item, then) for item in sides.only(1))
    titles = (long_form(then), long_form(question.on))
    answer = _sentence_of_days(powers, now, sides, lost, gained, titles)
    title = f"What {powers[0].name} and {powers[1].name} kept, lost and gained, {titles[0]} to {titles[1]}"
    return _comparison("days", answer, title, sides, titles, lost, gained)


def compare_pairs(index: Index, pair: tuple[str, str], other: tuple[str, str], question: Question,
                  today: date | None = None) -> Comparison:  # fmt: skip
    """What two pairs have in common on a day, and what only one of them has.

    Args:
        index: the built graph.
        pair: two powers, by any of their names.
        other: two powers, of which one may be of the first pair.
        question: the day and what is wanted; its ``states`` are filled in.
        today: the day of the one who asks; None: that of the edition.

    Raises:
        UnknownName: a power, topic or scope is not on record.
        UsageError: both pairs are one, or a power did not exist on the day.
    """
    answers = tuple(between(index, *powers, question, today) for powers in (pair, other))
    if set(answers[0].question.states) == set(answers[1].question.states):
        raise UsageError("both pairs are one and the same; name two pairs, or give another day with --then.")
    sides = _Sides(answers[0], answers[1])
    titles = tuple(_pair_title(index, powers, question.on) for powers in (pair, other))
    only = [tuple(_plain(item, parent) for item, parent in sides.only(number)) for number in (0, 1)]
    answer = _sentence_of_pairs(question, sides, titles)
    title = f"{titles[0]} compared with {titles[1]}, {long_form(question.on)}"
    return _comparison("pairs", answer, f"{title[0].upper()}{title[1:]}", sides, (titles[0], titles[1]), *only)


def _pair_title(index: Index, pair: tuple[str, str], on: date) -> str:
    return listed([power(index, name, on).name for name in pair])


Item = tuple[Remaining, str]
"""An instrument and its parent in the answer; empty where it is listed for itself."""


class _Sides:
    """Two answers, instrument by instrument, parts too."""

    def __init__(self, first: Between, second: Between) -> None:
        self.answers = first, second
        self._items = (
            {item.id: (item, parent) for item, parent in _flat(first.instruments)},
            {item.id: (item, parent) for item, parent in _flat(second.instruments)},
        )
        self._open = tuple(frozenset(item.id for item in answer.not_known) for answer in self.answers)

    def both(self) -> list[Item]:
        """What is on both sides, as it stands on the second."""
        return [item for name, item in self._items[1].items() if name in self._items[0]]

    def only(self, side: int) -> list[Item]:
        """What is on one side, and is known not to be on the other."""
        other = 1 - side
        return [
            item for name, item in self._items[side].items()
            if name not in self._items[other] and name not in self._open[other]
        ]  # fmt: skip

    def not_known(self) -> tuple[tuple[str, str], ...]:
        """What is on one side and not known to be on the other."""
        pairs = [
            (name, item.title)
            for side in (0, 1) for name, (item, _) in self._items[side].items() if name in self._open[1 - side]
        ]  # fmt: skip
        return tuple(sorted(pairs))


def _flat(items: Sequence[Remaining], parent: str = "") -> Iterator[Item]:
    for item in items:
        yield item, parent
        yield from _flat(item.parts, item.id)


def _plain(item: Remaining, parent: str) -> Difference:
    return Difference(
        item.id, item.title, item.kind, item.scope, item.topics, item.binding, parent, item.since, item.until, "", (),
        item.sources, item.unverified,
    )  # fmt: skip


class _Steps:
    """The acts by which an instrument ceased to hold two powers, or came to."""

    def __init__(self, index: Index, powers: Powers, reading: str) -> None:
        self._index, self._reading = index, reading
        self._bonds = mutual(index, powers, reading)

    def ended(self, item: Item, by: date) -> Difference:
        """The instrument with the end of its last interval before a day."""
        plain, day = _plain(*item), by.isoformat()
        past = [part for part in self._intervals(item[0].id) if part.end <= day]
        if not past:
            return plain
        last = max(past, key=lambda part: part.end)
        if last.excluded_at:
            why = "one does not accept the participation of the other, or objects to it"
            return plain._replace(until=last.end, because=why)
        row = last.ending
        sources = row.ending_sources or plain.sources
        return plain._replace(
            until=row.until or row.end, because=row.reason or "ended", acts=self._acts(row, ending=True),
            sources=sources, unverified=is_recall(sources),
        )  # fmt: skip

    def begun(self, item: Item, after: date) -> Difference:
        """The instrument with the beginning of its first interval after a day."""
        plain, day = _plain(*item), after.isoformat()
        later = [part for part in self._intervals(item[0].id) if part.start > day]
        if not later:
            return plain
        first = min(later, key=lambda part: part.start)
        row = max((first.first, first.second), key=lambda one: one.start)
        return plain._replace(
            since=row.since, acts=self._acts(row, ending=False), sources=row.sources or plain.sources,
            unverified=is_recall(row.sources),
        )  # fmt: skip

    def _intervals(self, name: str) -> tuple[MutualInterval, ...]:
        bond = self._bonds.get(name)
        return bond.intervals if bond else ()

    def _acts(self, row: StandingRow, *, ending: bool) -> tuple[ReasonStep, ...]:
        standings = self._index.standings_of(row.instrument, row.reading, row.state)
        same = (one for one in standings if one.start.isoformat() == row.start)
        return next((acts_of(one.ending if ending else one.because) for one in same), ())


def _comparison(
    of: str, answer: str, title: str, sides: _Sides, titles: tuple[str, str], first: Sequence[Difference],
    second: Sequence[Difference],
) -> Comparison:  # fmt: skip
    was, now = sides.answers
    both = tuple(_plain(item, parent) for item, parent in sides.both())
    notes = tuple(dict.fromkeys((*was.notes, *now.notes)))
    order = sorted(first, key=lambda item: (item.until, item.id)) if of == "days" else first
    return Comparison(
        answer, of, (was.question, now.question), title, titles, both, tuple(order), tuple(second),
        tuple(Unsettled(*item) for item in sides.not_known()),
        notes, now.edition,
    )  # fmt: skip


# ---------------------------------------------------------------------- sentences


def _sentence_of_days(
    powers: Powers, now: Between, sides: _Sides, lost: Sequence[Difference], gained: Sequence[Difference],
    titles: tuple[str, str],
) -> str:  # fmt: skip
    was, question = sides.answers[0], now.question
    on = f" on {topic_name(question.topic)}" if question.topic else ""
    what = "legally binding instrument" if question.binding else "instrument"
    text = f"From {titles[0]} to {titles[1]}, {powers[0].name} and {powers[1].name} "
    text += (
        f"lost {_counted(lost, what, was)}{on}{_named(lost)} and gained {_counted(gained, what, now)}{_named(gained)}"
    )
    text += f"; {_total(now)} {'holds' if len(now.instruments) == 1 else 'hold'} them on {titles[1]}."
    doubtful = sides.not_known()
    if doubtful:
        text += f" Of {number(len(doubtful))} more the record does not say on both days."
    return text


def _total(answer: Between) -> str:
    """How many hold two powers, by the count of ``between``: parts with their parents."""
    binding = [item for item in answer.instruments if item.binding is True]
    text = amount(len(answer.instruments), least=bool(answer.not_known))
    if answer.question.binding or not binding or len(binding) == len(answer.instruments):
        return text
    least = any(item.binding is True for item in answer.not_known)
    return f"{text} ({amount(len(binding), least=least)} of them legally binding)"


def _counted(items: Sequence[Difference], what: str, answer: Between) -> str:
    """How many on one side alone; more where the record leaves some open there."""
    tops = _tops(items)
    return f"{amount(len(tops), least=bool(answer.not_known))} {what}{'' if len(tops) == 1 else 's'}"


def _tops(items: Sequence[Difference]) -> list[Difference]:
    """Without the parts of others: they count with their parents, as in ``between``."""
    return [item for item in items if not item.part_of]


def _named(items: Sequence[Difference]) -> str:
    """The first of them, and the parts of instruments that are on both sides."""
    tops, ids = _tops(items), {item.id for item in items}
    parts = [item for item in items if item.part_of and item.part_of not in ids]
    shown = [f"{item.title}{_when(item)}" for item in tops[:_NAMED]]
    more = [f"{number(len(tops) - _NAMED)} more"] if len(tops) > _NAMED else []
    text = f" ({listed([*shown, *more])})" if tops else ""
    if not parts:
        return text
    names = listed([item.title for item in parts[:_NAMED]]) if len(parts) <= _NAMED else ""
    count = f"{number(len(parts))} part{'' if len(parts) == 1 else 's'} of others"
    return f"{text} beside {count}{f' ({names})' if names else ''}"


def _when(item: Difference) -> str:
    """When it ended or began, and whether that is contested or unverified."""
    remarks = ["contested"] * bool(item.contested) + [UNVERIFIED] * item.unverified
    return f"{_day(item)}{f', {listed(remarks)}' if remarks else ''}"


def _day(item: Difference) -> str:
    text = item.until if item.because else item.since
    try:
        span = Span.parse(text)
    except BadDate:
        return ""
    if span.is_day:
        return f" on {long_form(span.latest)}"
    if span.precision == "interval":
        return f" at some time from {long_form(span.earliest)} to {long_form(span.latest)}"
    return f" in {text}"


def _sentence_of_pairs(question: Question, sides: _Sides, titles: Sequence[str]) -> str:
    on = f" on {topic_name(question.topic)}" if question.topic else ""
    what = "legally binding instruments" if question.binding else "instruments"
    first, second = sides.answers
    least = bool(first.not_known), bool(second.not_known)
    both, alone, other = (
        len([item for item, parent in items if not parent]) for items in (sides.both(), sides.only(0), sides.only(1))
    )
    text = (
        f"On {long_form(question.on)}, {amount(both, least=any(least))} {what}{on} held both {titles[0]} and "
        f"{titles[1]}; {amount(alone, least=least[0])} the first pair alone, "
        f"{amount(other, least=least[1])} the second alone. In all, {_total(first)} held {titles[0]} and "
        f"{_total(second)} {titles[1]}."
    )
    doubtful = len(sides.not_known())
    return f"{text} Of {number(doubtful)} more the record does not say for both." if doubtful else text
