"""What changed, as one answer: a sentence, acts, standings, instruments, pairs, and answers that are others now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Annotated

from treatygraph.answers.changes.acts import acts_between, acts_differing
from treatygraph.answers.changes.items import ActChange, AnswerChange, InstrumentChange, PairChange, StandingChange
from treatygraph.answers.changes.sides import ChangeScope, Side, Wanted
from treatygraph.answers.changes.standings import changed_instruments, changed_standings
from treatygraph.answers.changes.told import answers_changed
from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.answers.feeds import Feed, FeedEntry
from treatygraph.answers.wording import listed, number, topic_name
from treatygraph.model.dates import Span, long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.json_form import HIDDEN, plain, shown
from treatygraph.model.vocabulary import BINDS, DEPOSITARY, NOT_KNOWN

__all__ = ["Changes", "changes"]

_NAMED = 6


@dataclass(frozen=True)
class Changes(Citable):
    """What differs between two sides."""

    answer: str
    mode: Annotated[str, HIDDEN]
    """``days``, ``known`` or ``records``."""
    sides: Annotated[tuple[Side, Side], HIDDEN]
    scope: Annotated[ChangeScope, HIDDEN]
    acts: tuple[ActChange, ...]
    standings: tuple[StandingChange, ...]
    instruments: tuple[InstrumentChange, ...]
    pairs: tuple[PairChange, ...]
    answers: tuple[AnswerChange, ...]
    notes: tuple[str, ...]
    edition: Edition

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.acts or self.standings or self.instruments)

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        before, after = self.sides
        scope = {"state": self.scope.state, "instrument": self.scope.instrument, "topic": self.scope.topic,
                 "reading": self.scope.reading if self.scope.reading != DEPOSITARY else ""}  # fmt: skip
        if self.mode == "records":
            title = f"What changed from {_record(before.edition)} to {_record(after.edition)}"
            return CitedSubject("answer", title, "")
        if self.mode == "known":
            days = {"known_from": _iso(before), "known_to": _iso(after), "on": after.on.isoformat()}
            line = {"known-from": days["known_from"], "known-to": days["known_to"], "on": days["on"]}
            title = f"What changed on record, {before.title} and {after.title}"
            return CitedSubject(
                "answer", title, path("api/changes", **days, **scope), command("changes", **line, **scope)
            )
        days = {"since": before.on.isoformat(), "on": after.on.isoformat()}
        title = f"What changed from {before.title} to {after.title}"
        return CitedSubject("answer", title, path("api/changes", **days, **scope), command("changes", **days, **scope))

    @property
    def feed(self) -> Feed:
        """Instruments and standings that changed, the latest first, for a feed or a calendar."""
        entries: list[FeedEntry] = [item.entry for item in self.instruments]
        entries += [item.entry for item in self.standings]
        entries.sort(key=lambda entry: (entry.last.isoformat() if entry.last else "", entry.key), reverse=True)
        unique = {entry.key: entry for entry in entries}
        return Feed(self.subject.title, self.subject.path, Span.parse(self.edition.day).latest, tuple(unique.values()))

    @property
    @shown
    def question(self) -> dict[str, object]:
        """What was asked: the mode, the two sides and the scope."""
        before, after = self.sides
        return {"mode": self.mode, "from": before.to_dict(), "to": after.to_dict(), **self.scope.to_dict()}

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return plain(self)


def _iso(side: Side) -> str:
    return (side.known or side.on).isoformat()


def _record(edition: Edition) -> str:
    version = f"record {edition.version}" if edition.version else "an earlier record"
    return f"{version} ({edition.digest[:8]})" if edition.digest else version


def changes(
    before: Side, after: Side, mode: str, scope: ChangeScope | None = None, notes: Sequence[str] = ()
) -> Changes:
    """What differs between two sides.

    Args:
        before: the earlier day, the earlier state of knowledge, or the other record.
        after: the later one; its edition is that of the answer.
        mode: which of the three it is: ``days``, ``known`` or ``records``.
        scope: whom and what is asked about; None: everything.
        notes: what the reader must know of the sides.

    Raises:
        UnknownName: a state, instrument or topic is not on record.
        UsageError: the earlier day is not before the later.
    """
    if mode != "records" and (before.known or before.on) >= (after.known or after.on):
        raise UsageError(f"{_iso(before)} is not before {_iso(after)}; give the earlier day first.")
    scope = scope or ChangeScope()
    wanted = Wanted(before, after, scope)
    made = acts_differing(before, after, wanted) if mode == "records" else acts_between(before, after, wanted)
    acts = tuple(sorted(made, key=lambda item: (item.date, item.act))) if mode != "records" else tuple(made)
    standings = tuple(changed_standings(before, after, wanted))
    instruments = tuple(changed_instruments(before, after, wanted))
    counts = find_spec("numpy") is not None
    pairs: tuple[PairChange, ...] = ()
    if counts and (standings or instruments):
        from treatygraph.answers.changes.pairs import pair_changes

        pairs = tuple(pair_changes(before, after, wanted))
    changed = {item.instrument for item in standings} | {item.instrument for item in instruments}
    told = answers_changed(before, after, wanted, changed)
    more = [*notes, *([] if counts else ["pairs are not counted, which needs numpy"])]
    answer = _sentence(mode, (before, after), scope, (acts, standings, instruments, pairs))
    return Changes(
        answer, mode, (before, after), scope, acts, standings, instruments, pairs, told, tuple(more), after.edition
    )


_Lists = tuple[tuple[ActChange, ...], tuple[StandingChange, ...], tuple[InstrumentChange, ...], tuple[PairChange, ...]]


def _sentence(mode: str, sides: tuple[Side, Side], scope: ChangeScope, lists: _Lists) -> str:
    acts, standings, instruments, pairs = lists
    about = f" on {topic_name(scope.topic)}" if scope.topic else ""
    parts = [_of_acts(acts), *_of_instruments(instruments), *_of_standings(standings, mode)]
    lost = next((item for item in pairs if item.topic == "any" and item.change == "lost"), None)
    if lost:
        parts.append(f"{number(len(lost.pairs))} pairs of states lost their last mutual instrument{about}")
    begin = {
        "days": f"From {sides[0].title} to {sides[1].title}{about}",
        "known": f"Between what was known on {_long(sides[0])} and on {_long(sides[1])}{about}",
        "records": f"From {_record(sides[0].edition)} to {_record(sides[1].edition)}{about}, "
        f"as both tell of {long_form(sides[1].on)}",
    }[mode]
    clauses = [part for part in parts if part]
    return f"{begin}: {'; '.join(clauses)}." if clauses else f"{begin}: nothing changed."


def _long(side: Side) -> str:
    return long_form(side.known or side.on)


def _of_acts(acts: Sequence[ActChange]) -> str:
    counts = Counter(item.change for item in acts)
    words = {"made": "made", "added": "added", "removed": "taken out", "changed": "changed"}
    parts = [f"{counts[name]:,} {'act' if counts[name] == 1 else 'acts'} {word}" for name, word in words.items()
             if counts[name]]  # fmt: skip
    return listed(parts)


def _of_instruments(instruments: Sequence[InstrumentChange]) -> list[str]:
    words = {
        "added": "added",
        "removed": "taken out",
        "began": "began",
        "ended": "ended",
        "changed": "of another status",
    }
    phrases = []
    for change, word in words.items():
        titles = [item.title for item in instruments if item.change == change]
        if titles:
            more = [f"{number(len(titles) - _NAMED)} more"] if len(titles) > _NAMED else []
            what = "instrument" if len(titles) == 1 else "instruments"
            phrases.append(f"{number(len(titles))} {what} {word} ({listed([*titles[:_NAMED], *more])})")
    return phrases


def _of_standings(standings: Sequence[StandingChange], mode: str) -> list[str]:
    became = sum(item.before not in BINDS and item.after in BINDS for item in standings)
    left = [item for item in standings if item.before in BINDS and item.after not in BINDS]
    lost = sum(item.after != NOT_KNOWN for item in left)
    unsure = len(left) - lost
    known = sum(item.before == NOT_KNOWN and item.after != NOT_KNOWN for item in standings)
    times = (("a state {} bound", "is now" if mode == "records" else "came to be", became),
             ("a state {} bound", "is no longer" if mode == "records" else "ceased to be", lost),
             ("whether a state is bound {}", "is now known", known),
             ("whether a state is bound {}", "is no longer known", unsure))  # fmt: skip
    return [f"{text.format(verb)}: {count:,} times" if count > 1 else text.format(verb) for text, verb, count in times
            if count]  # fmt: skip
