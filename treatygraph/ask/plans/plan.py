"""What a plan is, and what plans share: days, spans, names, and sentences that say yes, no or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from treatygraph.answers.timeline import Entry
from treatygraph.answers.wording import UNVERIFIED, amount, authority_name, listed, number
from treatygraph.ask.frame import Frame, Piece, When
from treatygraph.ask.rows import begun, in_words, plain_rows
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY
from treatygraph.triplestore.sparql import Result

__all__ = [
    "FORMER",
    "MOST",
    "SILENT",
    "Asking",
    "Plan",
    "amount",
    "counted",
    "enumerated",
    "held_out",
    "left_open",
    "members_of",
    "sentence",
    "spanned",
]

MOST: Final = 12
"""So many are named in a sentence."""
FORMER: Final = ("former-party", "former-participant")
"""Standings of a state that is out."""
SILENT: Final = "The record does not say"
_KNOWING: Final = frozenset({"did-act", "did-act-then", "when-act", "when-joined", "how-long", "when-left",
                             "who-acted", "who-has-not", "signers"})  # fmt: skip
"""Plans whose replies say themselves what the record lacks."""
Words = tuple[str, ...]
Reply = Callable[[Sequence[object]], str]


@dataclass(frozen=True)
class Plan:
    """How a question is answered."""

    kind: str
    says: str
    """The question as understood."""
    commands: tuple[Words, ...]
    """The words of each command; two where a date was no day: for its first and its last day."""
    reply: Reply
    """The answer in a sentence or a few, from the answers of the commands."""
    uses: frozenset[str]
    """Keys of the pieces that it takes up, such as ``rel:party`` or ``topic``."""
    pieces: tuple[Piece, ...] = ()
    """The names that it takes up."""
    whens: tuple[When, ...] = ()
    """The dates that it takes up."""
    notes: tuple[str, ...] = ()

    def answer(self, answers: Sequence[object]) -> str:
        """The reply, what of it is unverified, and what a list of rows leaves open (rule K8): no row is no "no"."""
        told = self.reply(answers)
        if UNVERIFIED not in told.casefold() and (doubt := _unverified(answers)):
            told = f"{told} {doubt}"
        if self.kind in _KNOWING or told.startswith(SILENT):
            return told
        about_one = any(piece.kind == "instrument" for piece in self.pieces)
        of_it = [
            answer
            for words, answer in zip(self.commands, answers, strict=True)
            if not about_one or "--instrument" in words  # what all ledgers lack says nothing of this one
        ]
        return " ".join(dict.fromkeys((told, *(sentence(notes[0]) for notes in map(left_open, of_it) if notes))))

    def left_over(self, frame: Frame) -> Iterable[str]:
        """Words of the question that the plan does not take up."""
        for piece in frame.hard():
            if piece.key not in self.uses and piece not in self.pieces:
                yield piece.text
        for when in frame.whens:
            if when not in self.whens:
                yield when.text


@dataclass
class Asking:
    """One question while a plan is looked for: the frame, and where names are looked up."""

    frame: Frame
    index: Index
    today: date
    notes: list[str] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)

    def days(self, *, since: bool = True) -> tuple[date, ...]:
        """The day asked about: one, or the first and last of a date that is no day; today where none is named.

        Args:
            since: whether the first day of "since 2020" may be that day.
        """
        when = self.frame.when("on", "by", "until", *(("since",) if since else ()))
        known = self.frame.when("known")
        if when is None and known is not None:
            self.whens.append(known)
            self.notes.append(f"the day asked about is the day of the record, {long_form(known.last)}")
            return (known.last,)
        if when is None:
            self.notes.append(f"no day was given: today, {long_form(self.today)}, was taken")
            return (self.today,)
        self.whens.append(when)
        second = [one for one in self.frame.whens if one.role == "on" and one is not when]
        if when.role == "on" and len(second) == 1 and len(self.frame.whens) == 2:
            self.whens += second
            both = tuple(one.first for one in (when, *second))
            if not (when.is_day and second[0].is_day):
                self.notes.append(f"the first day of each was taken: {' and '.join(map(long_form, both))}")
            return both
        if when.is_day:
            if when.role != "on" and not any(letter.isdigit() for letter in when.text):
                self.notes.append(f"'{when.text}' was taken as {long_form(when.first)}")
            return (when.first,)
        last = when.last if when.first > self.today else min(when.last, self.today)
        ends = f"its last, {long_form(last)}" if last == when.last else "today"
        self.notes.append(f"'{when.text}' is not a day: answered for its first, {long_form(when.first)}, and {ends}")
        return (when.first, last)

    def span(self, *, ahead: bool = False) -> tuple[date | None, date | None]:
        """From which day to which the question reaches; None where it says nothing."""
        since = until = None
        for when in self.frame.whens:
            if when.role == "since":
                since = when.first
            elif when.role in ("until", "by"):
                until = when.last
            elif when.role == "on":
                since, until = when.first, when.last
            else:
                continue
            self.whens.append(when)
            if not any(letter.isdigit() for letter in when.text):
                days = dict.fromkeys((when.first, min(when.last, date(9999, 1, 1))))
                self.notes.append(f"'{when.text}' was taken as {' to '.join(map(long_form, days))}")
        if until is None and since is not None and not ahead:
            until = max(self.today, since)
        return since, until

    def name_of(self, piece: Piece) -> str:
        """The id of a power, or its title where a state and a group share the id: ``EU``."""
        kinds = {entry.kind for entry in self.index.named(piece.value)}
        group = self.index.group(piece.value) if piece.kind == "group" and len(kinds) > 1 else None
        return group.title if group else piece.value

    def known(self) -> Words:
        """The option for the day by which it was on record."""
        when = self.frame.when("known")
        if when is None:
            return ()
        if when not in self.whens:
            self.whens.append(when)
        return ("--known", when.last.isoformat())

    def reading(self) -> Words:
        """The option for whose legal view is asked for."""
        view = self.frame.view
        return ("--reading", view.value) if view else ()

    def said(self, text: str, days: Sequence[date]) -> str:
        """The question as understood, with its day, view and record."""
        where = f" on {' and on '.join(long_form(day) for day in days)}" if days else ""
        view, known = self.frame.view, self.frame.when("known")
        told = f", in the view of {view.shown}" if view else ""
        return f"{text}{where}{told}{f', as known by {long_form(known.last)}' if known else ''}"

    def plan(self, kind: str, says: str, commands: Iterable[Words], reply: Reply, uses: str, *pieces: Piece) -> Plan:
        """A plan of these parts, with the dates and notes that were taken up on the way."""
        keys = frozenset(uses.split()) | ({"view"} if self.frame.view else frozenset())
        view = (self.frame.view,) if self.frame.view and "--reading" in " ".join(" ".join(c) for c in commands) else ()
        return Plan(kind, says, tuple(commands), reply, keys, (*pieces, *view), tuple(self.whens), tuple(self.notes))


def held_out(it: Asking, instrument: str) -> Mapping[str, list[str]]:
    """States that some authority holds to have left, against the depositaries' record: who says since when, by code."""
    views: dict[str, list[str]] = {}
    for reading in it.index.readings(instrument):
        derived = None if reading == DEPOSITARY else it.index.own_derivation(instrument, reading)
        for one in derived.standings if derived else ():
            if one.standing in FORMER and one.start <= it.today < one.end:
                who = "the text of the clause alone" if reading == CLAUSE else authority_name(it.index, reading)
                views.setdefault(one.state, []).append(f"{who} holds it out since {in_words(one.since)}")
    for one in it.index.derivation(instrument).standings:
        if one.standing in FORMER and one.start <= it.today < one.end:
            views.pop(one.state, None)
    return views


def _unverified(answers: Sequence[object]) -> str:
    """How much of what rows and entries tell rests on general knowledge alone, as a sentence; empty of none."""
    marks = [mark for answer in answers for mark in _marks(answer)]
    if not any(marks):
        return ""
    if all(marks):
        return "This is unverified: it rests on general knowledge."
    count = sum(marks)
    return f"Of the {len(marks)} facts behind this, {number(count)} {'is' if count == 1 else 'are'} unverified."


def _marks(answer: object) -> Iterable[bool]:
    """Of each row of a named question, or entry of a timeline, whether general knowledge alone stands behind it."""
    if isinstance(answer, tuple):
        return [item.unverified for item in answer if isinstance(item, Entry)]
    if not isinstance(answer, Result):
        return ()
    cited = [row.get("sources") or row.get("source") for row in plain_rows(answer)]
    return [text.startswith(UNVERIFIED) and ";" not in text for text in cited if text]


def left_open(answer: object) -> tuple[str, ...]:
    """What the rows of a named question leave open; nothing of an answer of another kind."""
    return tuple(getattr(answer, "notes", None) or ()) if hasattr(answer, "columns") else ()


def spanned(since: date | None, until: date | None, today: date) -> str:
    """A span in words: "since 1 May 2017", "from 1 May 2017 to 3 June 2018"."""
    if since and until and since == until:
        return f" on {long_form(since)}"
    if since and (until is None or until == today):
        return f" since {long_form(since)}"
    if since and until:
        return f" from {long_form(since)} to {long_form(until)}"
    return f" by {long_form(until)}" if until else ""


def day_before(when: date) -> date:
    """The day before."""
    return when - timedelta(days=1)


def counted(count: int, singular: str, plural: str = "", *, least: bool = False) -> str:
    """``At least 12 states``, ``one state``."""
    many = plural or f"{singular}s"
    return f"{amount(count, least=least)} {singular if count == 1 else many}"


def members_of(shown: str) -> str:
    """The members of a group within a sentence; some are called by what they are."""
    return shown if "member" in shown or "states" in shown else f"the members of {shown}"


def enumerated(items: Sequence[str], most: int = MOST) -> str:
    """The first of them, and how many more."""
    more = [f"{len(items) - most} more"] if len(items) > most else []
    return listed([*items[:most], *more])


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return f"{begun(text.rstrip('.'))}." if text else ""
