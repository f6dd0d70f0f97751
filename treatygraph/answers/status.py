"""How an instrument stands on a day, and every state under it: with readings and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from treatygraph.answers.edition import edition_of
from treatygraph.answers.own_facts import own_notes
from treatygraph.answers.reasoning import FlagDetail, ReasonStep, step_of
from treatygraph.answers.status_answer import (
    BoundSpan,
    InstrumentStatus,
    StateStatus,
    StateView,
    StatusHolders,
    StatusView,
    Territory,
)
from treatygraph.answers.status_wording import Totals, sentence
from treatygraph.answers.tense import tense_of
from treatygraph.answers.territories import territories_of, territory_notes
from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import Power, find, named, power_ever, power_under
from treatygraph.bonds.unknowns import absence_of, open_standings
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import BEGINNING, OPEN, long_form, within
from treatygraph.model.standings import Because, Flag, Holding, Outline, Standing, Status
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import BINDS, CLAUSE, DEPOSITARY, NOT_KNOWN, STATUSES

__all__ = ["InstrumentStatus", "StateStatus", "status"]

_SHOWN = 40


def status(
    index: Index,
    instrument: str,
    on: date | None = None,
    *,
    state: str | None = None,
    reading: str = DEPOSITARY,
    known: date | None = None,
    today: date | None = None,
) -> InstrumentStatus:
    """The status of the instrument called ``instrument`` on a day.

    Args:
        index: the documents of the graph.
        instrument: any of its names.
        on: the day asked about; None: today, and of a state or group that has ended, its last day (rule K16).
        state: only this state (or group); it is listed even when it has no standing.
        reading: whose legal view is asked for.
        known: told back in the answer; the index must have been made for it.
        today: the day of the one who asks; None: the day of the edition.

    Raises:
        UnknownName: no instrument or state is called that.
    """
    _, name = find(index, instrument, ("instrument",))
    only, day = _asked_about(index, name, state, on, today or EDITION_DAY)
    return _Answer(index, name, day, reading, known, only, today).result()


def _asked_about(index: Index, name: str, state: str | None, on: date | None, today: date) -> tuple[Power | None, date]:
    """The power asked about and the day on which it is looked at."""
    if state is None:
        return None, on or today
    if on:
        return power_under(index, state, on, name), on
    only, day = power_ever(index, state, today)
    return (power_under(index, state, day, name) if only.is_group else only), day


class _Answer:
    """Puts the documents of one instrument together for one day."""

    def __init__(
        self, index: Index, name: str, on: date, reading: str, known: date | None, only: Power | None,
        today: date | None,
    ) -> None:  # fmt: skip
        self._index, self._name, self._on, self._known, self._only = index, name, on, known, only
        self._reading, self._tense = reading, tense_of(on, today)
        self._summary, self._knowledge = index.summary(name), index.knowledge(name)
        self._default, *self._others = (index.outline(name, view) for view in index.readings(name))
        self._main = next((item for item in self._others if item.reading == reading), self._default)

    def _standings(self, view: Outline, *states: str) -> tuple[Standing, ...]:
        """The standings of some states with their reasons: those of all others are not read."""
        return self._index.standings_of(self._name, view.reading, *states)

    def _flags(self, view: Outline, code: str) -> list[Flag]:
        """The flags of a state on the day."""
        if code not in view.flagged:
            return []
        flags = self._index.flags_of(self._name, view.reading, code)
        return [flag for flag in flags if within(self._on, flag.start, flag.end)]

    def result(self) -> InstrumentStatus:
        now = _status_on(self._main, self._on)
        states = tuple(self._states())
        open_to = self._open_to
        answer = InstrumentStatus(
            answer="",
            instrument=self._name,
            title=self._summary.title,
            on=self._on,
            known=self._known,
            reading=self._reading,
            status=now.status if now else "not-in-force" if self._summary.is_treaty else "none",
            since=now.since if now else "",
            until=now.until if now else "",
            counts=self._counts(),
            states=states,
            readings=tuple(self._other_statuses(now)),
            because=tuple(step_of(item) for item in (now.because if now else ())),
            unverified=_unverified(now.because if now else ()),
            missing=self._main.missing,
            sources=tuple(self._summary.sources),
            notes=tuple(self._notes(states)),
            counts_complete=open_to.isdisjoint(BINDS),
            as_of=self._as_of,
            held=tuple(self._held(now)),
            edition=edition_of(self._index),
            state=self._only.id if self._only else "",
            state_name=self._only.name if self._only else "",
        )
        text = sentence(self._index, answer, self._only, self._tense, self._totals())
        return replace(answer, answer=text)

    # -- what the ledger knows ----------------------------------------------------------------------------------------

    @cached_property
    def _as_of(self) -> str:
        """The end of the ledger in words, where it lies before the day; empty of an instrument that ended by then."""
        ledger, end = self._knowledge, self._told_to
        day = min(self._on, ledger.ended - timedelta(days=1)) if ledger.ended < OPEN else self._on
        return long_form(end) if BEGINNING < end < day else ""

    @cached_property
    def _told_to(self) -> date:
        """The last day of which the ledger tells: up to which it is whole, or, where it never is, its last act."""
        if self._knowledge.whole > BEGINNING:
            return self._knowledge.whole
        acts = (act.date.latest for act in self._index.ledger(self._name))
        return max((day for day in acts if day <= self._on), default=BEGINNING)

    @cached_property
    def _open_to(self) -> frozenset[str]:
        """The standings that a state may have on the day without the record telling it."""
        return open_standings(self._index, self._main, self._on)

    @property
    def _held_now(self) -> Sequence[Holding]:
        return self._index.holdings(self._name, self._main.reading, self._on)

    def _totals(self) -> Totals:
        """How many we have, of how many by the latest total of another up to the day (rule K7)."""
        totals = [r for r in self._index.rosters() if r.instrument == self._name and r.parties]
        past = [roster for roster in totals if roster.as_of.latest <= self._on]
        last = max(past, key=lambda roster: roster.as_of.latest, default=None)
        bound = sum(item.binds for item in self._held_now)
        whole, as_of = ((last.parties or 0), last.as_of.text) if last else (0, "")
        return Totals(bound, whole, as_of, self._open_to)

    def _counts(self) -> dict[str, int]:
        held = Counter(item.standing for item in self._held_now)
        first, second = ("party", "signatory") if self._summary.is_treaty else ("participant", "former-participant")
        return {first: held.pop(first, 0), second: held.pop(second, 0), **dict(sorted(held.items()))}

    # -- states -------------------------------------------------------------------------------------------------------

    def _states(self) -> Iterable[StateStatus]:
        if self._only is None:
            for item in sorted(self._standings(self._main, *self._main.states), key=lambda item: item.state):
                if within(self._on, item.start, item.end):
                    yield self._state(item.state, (item.state,), item)
            return
        for member, chain in zip(self._only.members, self._only.continuities, strict=True):
            held = self._standings(self._main, *chain)
            now = next((item for item in held if within(self._on, item.start, item.end)), None)
            yield self._state(now.state if now else member, chain, now)

    def _state(self, code: str, chain: Sequence[str], now: Standing | None) -> StateStatus:
        if now is None:
            return self._without_standing(code, chain)
        flags = self._flags(self._main, code)
        ending: list[ReasonStep] = [{**step_of(item), "ends": True} for item in now.ending]
        return StateStatus(
            state=code,
            standing=now.standing,
            since=now.origin or now.since,
            until=now.until,
            flags=tuple(sorted({flag.flag for flag in flags})),
            details=tuple(_detail(flag) for flag in flags if flag.flag != "contested"),
            readings=tuple(self._views(code, now)),
            because=(*(step_of(item) for item in now.because), *ending),
            unverified=_unverified(now.because),
            may=now.may,
            as_of=self._as_of if now.start <= self._told_to else "",
            bound=self._bound(chain),
            territories=self._territories(chain, now) if now.binds else (),
        )

    def _territories(self, chain: Sequence[str], now: Standing) -> tuple[Territory, ...]:
        return tuple(territories_of(self._index, self._name, chain, now.origin or now.since, self._on))

    def _without_standing(self, code: str, chain: Sequence[str]) -> StateStatus:
        """A state without a standing on the day: out of it, or not known to be in it (rule K3)."""
        absence = absence_of(self._index, self._main, chain, self._on)
        return StateStatus(
            state=code,
            standing=absence.standing,
            since="",
            until="",
            flags=(),
            details=(),
            readings=tuple(self._views(code, None)),
            because=(step_of(absence.because),),
            unverified=False,
            may=absence.may,
            as_of=absence.as_of,
            bound=self._bound(chain),
        )

    def _bound(self, chain: Sequence[str]) -> tuple[BoundSpan, ...]:
        """When the instrument held the state, without breaks where one standing follows upon another."""
        spans: list[tuple[str, str, date]] = []
        rows = (item for item in self._standings(self._main, *chain) if item.binds)
        for item in sorted(rows, key=lambda item: item.start):
            if spans and item.start <= spans[-1][2]:
                spans[-1] = (spans[-1][0], item.until, item.end)
            else:
                spans.append((item.origin or item.since, item.until, item.end))
        return tuple(BoundSpan(since, until) for since, until, _ in spans)

    def _views(self, code: str, now: Standing | None) -> Iterable[StateView]:
        """What every other reading holds of the state on the day, where it differs."""
        mine = (now.standing if now else "none", self._material(self._main, code))
        disputes = [flag for flag in self._flags(self._main, code) if flag.flag == "contested"]
        for other in (self._default, *self._others):
            if other.reading == self._reading:
                continue
            standing = next((s.standing for s in other.of(code) if within(self._on, s.start, s.end)), "none")
            view = (standing, self._material(other, code))
            if view != mine:
                held = next((s for s in self._standings(other, code) if within(self._on, s.start, s.end)), None)
                rejecters = [who for flag in disputes if flag.by == other.reading for who in flag.rejected_by]
                yield {
                    "by": other.reading,
                    "standing": view[0],
                    "since": held.since if held else None,
                    "until": held.until or None if held else None,
                    "flags": list(view[1]),
                    "because": [step_of(item) for item in (held.because if held else ())],
                    "rejected_by": list(dict.fromkeys(rejecters)),
                }

    def _material(self, view: Outline, code: str) -> tuple[str, ...]:
        material = ("notice-pending", "suspended", "suspension-claimed")
        return tuple(sorted({flag.flag for flag in self._flags(view, code) if flag.flag in material}))

    # -- the instrument itself ----------------------------------------------------------------------------------------

    def _other_statuses(self, now: Status | None) -> Iterable[StatusView]:
        for other in self._others:
            held = _status_on(other, self._on)
            if held and (now is None or held.status != now.status):
                yield {"by": other.reading, "status": held.status, "since": held.since,
                       "because": [step_of(item) for item in held.because]}  # fmt: skip

    def _held(self, now: Status | None) -> Iterable[StatusHolders]:
        """Who holds what of the instrument where views differ on the day (K11): by status, the answer's own first."""
        views = [(other.reading, _status_on(other, self._on)) for other in (self._default, *self._others)]
        told = [(by, held) for by, held in views if held]
        if len({held.status for _, held in told}) < 2:
            return
        mine, spoken = _status_on(self._default, self._on), self._spoken()
        silent = {by for by, holds in spoken if mine and holds == mine.status} - {by for by, _ in views}
        told += [(by, mine) for by in sorted(silent) if mine]  # whose view changes nothing has no reading of its own
        groups: dict[str, list[tuple[str, Status]]] = {}
        for by, held in told:
            differs = mine is None or held.status != mine.status
            if by == CLAUSE or (by, held.status) in spoken or (differs and by != DEPOSITARY):
                groups.setdefault(held.status, []).append((by, held))
        for name in sorted(groups, key=lambda name: (now is None or name != now.status, name)):
            yield {"status": name, "by": [by for by, _ in groups[name]], "since": groups[name][0][1].since}

    def _spoken(self) -> set[tuple[str, str]]:
        """The authorities that had spoken of the instrument's own status by the day, each with what it held."""
        return {
            (item.authority, item.holds)
            for item in self._index.assertions()
            if item.instrument == self._name and item.holds in STATUSES and item.said.earliest <= self._on
        }

    def _notes(self, states: Sequence[StateStatus]) -> Iterable[str]:
        yield from self._only.notes if self._only else ()
        yield from own_notes(self._index, [self._name])
        if self._only:
            yield from (note for note in self._main.notes if note[:3] in self._only.continuities[0])
        else:
            yield from self._main.notes
        yield from self._lacks(states)
        if self._only:
            yield from (note for item in states for note in territory_notes(self._index, item.state, item.territories))
        recall = [named(self._index, item.state) for item in states if item.unverified]
        if recall:
            more = [f"{len(recall) - _SHOWN} more"] if len(recall) > _SHOWN else []
            yield f"what is told of {listed([*recall[:_SHOWN], *more])} rests on general knowledge alone (unverified)"

    def _lacks(self, states: Sequence[StateStatus]) -> Iterable[str]:
        """The gaps of the ledger that could change this answer: of one state or group those that may concern it."""
        if self._only is None or any(item.standing == NOT_KNOWN for item in states):
            yield from dict.fromkeys(hole.text for hole in self._knowledge.holes if hole.start <= self._on)
        if self._as_of:
            acts = f"the record has the acts under {self._summary.title} up to {self._as_of}"
            yield f"{acts}; a later one would be missing"


def _status_on(derived: Outline, on: date) -> Status | None:
    return next((item for item in derived.statuses if within(on, item.start, item.end)), None)


def _unverified(because: Iterable[Because]) -> bool:
    return is_recall([source for step in because for source in step.sources])


def _detail(flag: Flag) -> FlagDetail:
    detail: FlagDetail = {
        "flag": flag.flag,
        "by": flag.by,
        "since": flag.start.isoformat(),
        "until": None if flag.end == OPEN else flag.end.isoformat(),
    }
    if flag.against:
        detail["against"] = list(flag.against)
    if flag.accepted_by:
        detail["accepted_by"] = list(flag.accepted_by)
    if flag.rejected_by:
        detail["rejected_by"] = list(flag.rejected_by)
    if flag.text:
        detail["text"] = flag.text
    detail["because"] = [step_of(item) for item in flag.because]
    return detail
