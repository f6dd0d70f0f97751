"""What was lost: which instruments ceased to bind whom, when, and through whose act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.reasoning import ReasonStep, acts_of
from treatygraph.answers.wording import listed, number
from treatygraph.bonds.matrix import Intervals
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import Span, long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.index_records import StandingRow
from treatygraph.model.standings import Because, Flag
from treatygraph.model.vocabulary import NOT_KNOWN
from treatygraph.network.snapshot import Selection, members_of

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["WHAT", "Erosion", "Loss", "erosion"]

WHAT = ("ended", "left", "consent-withdrawn", "signature-disowned", "suspension-claimed")
_FLAGS = {
    "consent-revoked": "consent-withdrawn",
    "signature-duty-ended": "signature-disowned",
    "suspension-claimed": "suspension-claimed",
}


@dataclass(frozen=True)
class Loss:
    """One instrument, one day: what ceased, through whose act."""

    date: str
    what: str
    """``ended`` (the instrument, for all), ``left`` (some states), ``consent-withdrawn`` (before it bound),
    ``signature-disowned``, or ``suspension-claimed`` (the bond stands; its keeping is claimed to be paused)."""
    instrument: str
    title: str
    states: tuple[str, ...]
    """Whom it bound until then; those who act, where nobody was bound."""
    by: tuple[str, ...]
    """Whose act brought it about; empty where none did (a term ran out)."""
    because: str
    pairs: int
    """Pairs of states between which it no longer holds; 0 where it bound nobody or still binds."""
    left: int
    """States that it still binds that day."""
    scope: str
    binding: bool | None
    topics: tuple[str, ...]
    acts: tuple[ReasonStep, ...]
    sources: tuple[str, ...]
    unverified: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "date": self.date,
            "what": self.what,
            "instrument": self.instrument,
            "title": self.title,
            "states": list(self.states),
            "by": list(self.by),
            "because": self.because,
            "pairs": self.pairs,
            "left": self.left,
            "scope": self.scope,
            "binding": self.binding,
            "topics": list(self.topics),
            "acts": [dict(item) for item in self.acts],
            "sources": list(self.sources),
            "unverified": self.unverified,
        }


@dataclass(frozen=True)
class Erosion(Citable):
    """The losses between two days, in order of time."""

    answer: str
    since: date
    selection: Selection
    losses: tuple[Loss, ...]
    notes: tuple[str, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "question": {**self.selection.to_dict(), "since": self.since.isoformat()},
            "losses": [item.to_dict() for item in self.losses],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per loss, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([item.to_dict() for item in self.losses]).drop(columns=["acts"], errors="ignore")


def erosion(index: Index, selection: Selection, *, since: date) -> Erosion:
    """What was lost from ``since`` on, up to the day of the selection (both days included).

    A loss is the end of a bond: a state was bound on the day before and is not on the day. What a later
    instrument replaced is among them, and ``because`` says so. The end of a state is not. A withdrawn
    ratification, a disowned signature and a claimed suspension are listed for what they are: they end no bond,
    so that no pair is counted. What it does not say: what was gained in the same time (``network history`` and
    ``network summary`` do), and how much a lost instrument had limited.

    Args:
        index: the documents of the graph.
        selection: its day is the last one; with a group, losses of and between members only.
        since: the first day.

    Raises:
        UnknownName: no topic or group is called that.
        UsageError: the time ends before it begins, or the selection is of a list of states, which changes meanwhile.
    """
    if selection.system != "all" or selection.organisations:
        raise UsageError("losses are those of all on record, or of a group: leave the list of states out.")
    if since > selection.on:
        raise UsageError(f"the time from {since} to {selection.on} ends before it begins.")
    lost = _Losses(index, selection, since)
    losses = sorted((*lost.bonds(), *lost.flags()), key=lambda loss: (loss.date, loss.instrument, loss.what, loss.by))
    recall = sorted({loss.instrument for loss in losses if loss.unverified})
    notes = [f"unverified (general knowledge): {', '.join(recall)}"] if recall else []
    if lost.uncertain:
        titles = listed([index.summary(name).title for name in sorted(lost.uncertain)])
        notes.append(
            f"{sum(lost.uncertain.values())} bonds ended on days that the record cannot tell and are not counted "
            f"as losses: {titles}"
        )
    disputed = sorted({loss.instrument for loss in losses if len(index.readings(loss.instrument)) > 1})
    if disputed:
        notes.append(f"other readings differ on {', '.join(disputed)}: see 'status' and --reading")
    answer = _sentence(since, selection, losses)
    return Erosion(answer, since, selection, tuple(losses), tuple(notes), edition_of(index))


class _Losses:
    """Finds the losses of one time."""

    def __init__(self, index: Index, selection: Selection, since: date) -> None:
        self._index, self._selection = index, selection
        self._table: Intervals = intervals(index, selection.reading)
        self._wanted = self._table.wanted(selection.topic, binding=selection.binding)
        self._from, self._to = since.toordinal(), selection.on.toordinal()
        members = members_of(index, selection.group, selection.on)
        self.uncertain: dict[str, int] = {}
        """Bonds that end on a day which the record cannot tell, by instrument; filled by :meth:`bonds`."""
        self._members = None if members is None else {self._table.index(code) for code in members}

    def bonds(self) -> Iterator[Loss]:
        """The bonds that ended, those under one instrument on one day together."""
        table = self._table
        inside = (self._from <= table.end) & (table.end <= self._to) & self._wanted[table.instrument]
        ended: dict[tuple[int, int], set[int]] = {}
        for row in numpy.nonzero(inside)[0].tolist():
            ended.setdefault((int(table.instrument[row]), int(table.end[row])), set()).add(int(table.line[row]))
        for (place, when), lines in sorted(ended.items()):
            after = self._bound(place, when)
            gone = {line for line in lines - after if table.bearer(line, date.fromordinal(when))}
            lost = {line for line in gone if not self._uncertain(place, line, when)}
            if lost != gone and (self._members is None or (gone - lost) & self._members):
                self.uncertain[table.instruments[place]] = self.uncertain.get(table.instruments[place], 0) + len(
                    gone - lost
                )
            if lost and (self._members is None or lost & self._members):
                yield self._loss(place, when, lost, after)

    def _uncertain(self, place: int, line: int, when: int) -> bool:
        """Whether the record cannot tell on that day: the end may come later, and is no event of one day (K17)."""
        day = date.fromordinal(when)
        rows = self._rows(self._table.bearer(line, day), self._table.instruments[place])
        return any(row.standing == NOT_KNOWN and row.on(day.isoformat()) for row in rows)

    def _bound(self, place: int, when: int) -> set[int]:
        table = self._table
        now = (table.instrument == place) & (table.start <= when) & (when < table.end)
        return set(table.line[now].tolist())

    def _loss(self, place: int, when: int, lost: set[int], after: set[int]) -> Loss:
        name = self._table.instruments[place]
        summary = self._index.summary(name)
        states = sorted(self._table.bearer(line, date.fromordinal(when - 1)) for line in lost)
        day = date.fromordinal(when).isoformat()
        rows = [row for code in states for row in self._rows(code, name) if row.binds and row.end == day]
        because = [
            step
            for row in rows
            for standing in self._index.standings_of(name, self._selection.reading, row.state)
            if standing.start.isoformat() == row.start
            for step in standing.ending
        ]
        sources = tuple(dict.fromkeys(source for row in rows for source in row.ending_sources))
        whole = bool(summary.end) and Span.parse(summary.end).latest.toordinal() <= when
        return Loss(
            date=day,
            what="ended" if whole else "left",
            instrument=name,
            title=summary.title,
            states=tuple(states),
            by=_by(because),
            because="; ".join(dict.fromkeys(row.reason for row in rows if row.reason)) or "ended",
            pairs=self._pairs(place, when, after),
            left=len(after if self._members is None else after & self._members),
            scope=summary.scope,
            binding=summary.binding,
            topics=summary.topics,
            acts=acts_of(because),
            sources=sources or summary.sources,
            unverified=is_recall(sources),
        )

    def _rows(self, code: str, name: str) -> Sequence[StandingRow]:
        return self._index.standings((code,), self._selection.reading).get(name, ())

    def _pairs(self, place: int, when: int, after: set[int]) -> int:
        """Pairs that the instrument bound to each other the day before, and no longer."""
        before = self._bound(place, when - 1)
        if self._members is not None:
            before = before & self._members
        still = len(before & after)
        denied = {
            (item.first, item.second)
            for item in self._table.denials
            if item.instrument == place and item.start < when <= item.end and {item.first, item.second} <= before
        }
        apart = sum(1 for pair in denied if not set(pair) <= after)
        return len(before) * (len(before) - 1) // 2 - still * (still - 1) // 2 - apart

    def flags(self) -> Iterator[Loss]:
        """Consents withdrawn, signatures disowned, suspensions claimed."""
        table = self._table
        for name, there in zip(table.instruments, self._wanted.tolist(), strict=True):
            if not there:
                continue
            raised: dict[tuple[str, str, int], Flag] = {}
            for flag in self._index.flags_of(name, self._selection.reading):
                when = flag.start.toordinal()
                mine = self._members is None or table.index(flag.state) in self._members
                if flag.flag in _FLAGS and self._from <= when <= self._to and mine and flag.state == flag.by:
                    raised.setdefault((flag.flag, flag.by, when), flag)
            for _, flag in sorted(raised.items()):
                yield self._flagged(name, flag)

    def _flagged(self, name: str, flag: Flag) -> Loss:
        summary = self._index.summary(name)
        sources = tuple(dict.fromkeys(s for step in flag.because for s in step.sources if s != "treatygraph"))
        text = _FLAGS[flag.flag].replace("-", " ")
        text += f" towards {', '.join(flag.against)}" if flag.against else ""
        text += f", accepted by {', '.join(flag.accepted_by)}" if flag.accepted_by else ""
        text += f", rejected by {', '.join(flag.rejected_by)}" if flag.rejected_by else ""
        return Loss(
            date=flag.start.isoformat(),
            what=_FLAGS[flag.flag],
            instrument=name,
            title=summary.title,
            states=(flag.state,),
            by=(flag.by,),
            because=text,
            pairs=0,
            left=len(self._bound(self._table.instruments.index(name), flag.start.toordinal())),
            scope=summary.scope,
            binding=summary.binding,
            topics=summary.topics,
            acts=acts_of(flag.because),
            sources=sources or summary.sources,
            unverified=is_recall(sources),
        )


def _by(because: Sequence[Because]) -> tuple[str, ...]:
    """Who made the acts that a reasoning rests on."""
    acting: dict[str, None] = {}
    for step in because:
        parts = step.act.split("/")
        if len(parts) > 3 and "#" not in step.act:
            acting[parts[1]] = None
    return tuple(sorted(acting))


def _sentence(since: date, selection: Selection, losses: Sequence[Loss]) -> str:
    count: Mapping[str, int] = Counter(loss.what for loss in losses)
    about = f" {selection.phrase}" if selection.phrase else ""
    binding = sum(1 for loss in losses if loss.what == "ended" and loss.binding is True)
    left = sum(len(loss.states) for loss in losses if loss.what == "left")
    ended = count.get("ended", 0)
    what = f"{number(ended)} {'legally binding ' if selection.binding else ''}instrument{'' if ended == 1 else 's'}"
    text = f"From {long_form(since)} to {long_form(selection.on)}, {what}{about} ended"
    text += f" ({number(binding)} of them legally binding)" if ended and not selection.binding else ""
    text += f", and states left others {number(left)} times" if left else ", and no state left another"
    more = [
        f"{number(count[what])} {phrase}{'' if count[what] == 1 else 's'}"
        for what, phrase in (
            ("consent-withdrawn", "withdrawn ratification"),
            ("signature-disowned", "disowned signature"),
            ("suspension-claimed", "claimed suspension"),
        )
        if count.get(what)
    ]
    return f"{text}; besides, {listed(more)}." if more else f"{text}."
