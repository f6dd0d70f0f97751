"""The hazard table: each state at risk of joining and of leaving each instrument, from day to day, with what happened.

A row is a stretch ``[start, stop)`` in one stage: none, signatory, contracting (consented, not bound yet), bound, or
noticed (bound, with a notice of withdrawal running). What ended it is the event; who was still there is censored.
Days of which the record cannot tell the stage are no days at risk: they have no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from treatygraph.bonds.scope import scopes_by_bond
from treatygraph.bonds.unknowns import open_intervals
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table, of
from treatygraph.export.panels.columns import UNDER, code_fields, instrument_cells, shown_on
from treatygraph.export.panels.design import DESIGN, design_cells
from treatygraph.export.panels.years import days_between
from treatygraph.export.selection import ExportSelection
from treatygraph.law.succession import line
from treatygraph.model.dates import within
from treatygraph.model.records import State
from treatygraph.model.standings import Because, Standing
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import BINDS, EXITS

__all__ = ["HAZARD", "hazard"]

_STAGES: Final[Mapping[str, str]] = {
    **dict.fromkeys(BINDS, "bound"), "contracting": "contracting", "signatory": "signatory", "not-known": "not-known",
}  # fmt: skip
"""What a standing is here; every other one is none."""
_BOUND: Final = ("bound", "noticed")
CODES: Final[Mapping[str, int]] = {
    "": 0, "signature": 1, "consent": 2, "bound": 3, "notice": 4, "effect": 5, "expiry": 6, "termination": 7,
    "supersession": 8, "succession": 9, "refused": 10, "revocation": 11, "end-of-provisional-application": 12,
    "completion": 13, "lapse": 14,
}  # fmt: skip
"""Events as numbers, for programs that want a competing risk as one."""
_BY_RULE: Final[Mapping[str, str]] = {
    "R12": "refused", "R33": "succession", "R35": "succession", "R21": "supersession", "R18": "expiry",
    "R16": "end-of-provisional-application",
}  # fmt: skip

_UNCERTAIN: Final = ("K9", "K17")
"""Rules by which an end is not known to the day, or at all."""
_BY_CARD: Final[Mapping[str, str]] = {
    "expired": "expiry", "superseded": "supersession", "completed": "completion", "lapsed": "lapse",
}  # fmt: skip
"""How the card says that an instrument ended (R20); otherwise it was terminated."""

HAZARD: Final = Table(
    "hazard",
    "Each state at risk of joining and of leaving each instrument: one row for each stretch in one stage.",
    (
        *code_fields("", "the state"),
        *UNDER,
        of("risk", "joining (it is not bound) or leaving (it is)."),
        of("stage", "none, signatory, contracting, bound, or noticed: bound, with its notice of withdrawal running."),
        of("spell", "Which time in a row that it is in this risk, from 1.", type="integer"),
        of("start", "First day of the stretch.", type="date"),
        of("stop", "First day after it: the day of the event, or on which it is no longer observed.", type="date"),
        of("entered", "Origin of time: the day from which the risk runs. Joining: the opening of the instrument, the "
           "beginning of the state, or the end of the bond before. Leaving: the day on which it, or the state whose "
           "identity it continues, was bound.", type="date"),
        of("t_start", "Days from entered to start.", type="integer", formula="start - entered"),
        of("t_stop", "Days from entered to stop.", type="integer", formula="stop - entered"),
        of("event", f"What ended the stretch: {', '.join(name for name in CODES if name)}. Empty: censored. bound: the "
           "day on which the instrument began to hold it."),
        of("event_code", "; ".join(f"{number} {name or 'censored'}" for name, number in CODES.items()) + ".",
           type="integer"),
        of("left", "1 if the stretch ended because the state itself left (event effect), else 0.", type="integer",
           formula="event = effect"),
        of("by", "Of an end of a bond through an act: the states that made it, separated by ;. Of a bond that began: "
           "consent, succession or continuity."),
        of("acts", "Keys of the acts and facts that it rests on (tables acts, instruments), separated by ;."),
        of("rules", "Rules of the record that it follows from, separated by ;."),
        of("censored", "Why nothing more is seen: edition (the record's last day), instrument-ended, state-ended or "
           "not-known (the record cannot tell what came next). Empty: an event."),
        *DESIGN,
    ),
    lambda _: (),
    ("state", "instrument", "start"),
)  # fmt: skip


class _Stretch(NamedTuple):
    """A time in one stage, and the standing that was held through it."""

    start: str
    end: str
    stage: str
    standing: Standing | None


class _Event(NamedTuple):
    name: str
    by: str = ""
    because: tuple[Because, ...] = ()
    censored: str = ""


def hazard(index: Index, selection: ExportSelection) -> Iterator[tuple[Cell, ...]]:
    """A row for every stretch, by state, instrument and time."""
    rows: list[tuple[Cell, ...]] = []
    doubtful: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for item in open_intervals(index, selection.reading):
        doubtful.setdefault((item.state, item.instrument), []).append((item.start, item.end))
    scopes = scopes_by_bond(index, selection.reading)
    for name, summary in selection.instruments(index).items():
        card = index.instruments()[name]
        tail = design_cells(card)
        under = instrument_cells(summary, scopes[name])
        for code in selection.states(index):
            state = index.states()[code]
            course = _Course(index, selection.reading, name, state, doubtful.get((code, name), ()))
            for cells, start in course.rows():
                rows.append((*shown_on(state, date.fromisoformat(start))[:4], *under, *cells, *tail))
    yield from sorted(rows, key=lambda row: (row[0], row[4], row[12]))


class _Course:
    """What one state was under one instrument, over the days on which it could be anything."""

    def __init__(
        self, index: Index, reading: str, name: str, state: State, doubtful: Sequence[tuple[str, str]]
    ) -> None:
        self._index, self._name, self._state, self._doubtful = index, name, state, doubtful
        self._lives = index.existences()
        self._known = index.knowledge(name)
        self._standings = index.derivation(name, reading).of(state.code)
        self._flags = [
            flag for flag in index.flags_of(name, reading, state.code) if flag.flag == "notice-pending"
        ] if self._standings else []  # fmt: skip
        self._last = (EDITION_DAY + timedelta(1)).isoformat()

    def rows(self) -> Iterator[tuple[tuple[Cell, ...], str]]:
        """The cells from ``risk`` to ``censored`` of each stretch, and its first day."""
        stretches = list(self._stretches())
        spells = {"joining": 0, "leaving": 0}
        entered, before = "", ""
        for number, here in enumerate(stretches):
            risk = "leaving" if here.stage in _BOUND else "joining"
            if here.stage == "not-known":
                before = ""
                continue
            if risk != before:
                spells[risk] += 1
                entered = self._origin(here) if risk == "leaving" else here.start
            before = risk
            following = stretches[number + 1] if number + 1 < len(stretches) else None
            event = self._event(here, following)
            yield (
                risk, here.stage, spells[risk], here.start, here.end, entered, days_between(entered, here.start),
                days_between(entered, here.end), event.name or None, CODES[event.name], int(event.name == "effect"),
                event.by or None, _joined(step.act for step in event.because), _joined(step.rule for step in
                event.because), event.censored or None,
            ), here.start  # fmt: skip

    # -- stages -------------------------------------------------------------------------------------------------------

    def _stretches(self) -> Iterator[_Stretch]:
        """The time from the opening to the end, cut where the stage changes."""
        first = max(self._known.opened, self._state.start).isoformat()
        last = min(self._known.ended.isoformat(), self._state.end.isoformat(), self._last)
        if first >= last or self._is_stranger():
            return
        edges = {first, last, *(day for span in self._doubtful for day in span)}
        edges |= {day.isoformat() for held in self._standings for day in (held.start, held.end)}
        edges |= {day.isoformat() for flag in self._flags for day in (flag.start, flag.end)}
        days = sorted(day for day in edges if first <= day <= last)
        pending: _Stretch | None = None
        for start, end in pairwise(days):
            stage, standing = self._stage(start)
            if pending and (pending.stage, _bond(pending)) == (stage, stage in _BOUND):
                pending = _Stretch(pending.start, end, stage, standing)
                continue
            if pending:
                yield pending
            pending = _Stretch(start, end, stage, standing)
        if pending:
            yield pending

    def _is_stranger(self) -> bool:
        """Whether it could never be anything under an instrument made for others."""
        closed = self._known.closed_to
        return not self._standings and bool(closed) and set(line(self._lives, self._state.code)).isdisjoint(closed)

    def _stage(self, day: str) -> tuple[str, Standing | None]:
        when = date.fromisoformat(day)
        held = next((item for item in self._standings if within(when, item.start, item.end)), None)
        stage = _STAGES.get(held.standing, "none") if held else "none"
        if stage != "bound" and any(start <= day < end for start, end in self._doubtful):
            return "not-known", held
        if stage == "bound" and any(within(when, flag.start, flag.end) for flag in self._flags):
            return "noticed", held
        return stage, held

    def _origin(self, here: _Stretch) -> str:
        """Since when it has been bound, in the person of a state that it continues too (R33)."""
        origin = here.standing.origin if here.standing else ""
        return origin if len(origin) == len(here.start) and origin < here.start else here.start

    # -- events -------------------------------------------------------------------------------------------------------

    def _event(self, here: _Stretch, following: _Stretch | None) -> _Event:
        if here.stage in _BOUND:
            return self._end_of_bond(here, following)
        if following is None:
            return _Event("", censored=self._why_no_more(here.end))
        if following.stage == "not-known":
            return _Event("", censored="not-known")
        return self._step_towards(following)

    def _why_no_more(self, day: str) -> str:
        if day == self._last:
            return "edition"
        return "state-ended" if day == self._state.end.isoformat() else "instrument-ended"

    def _step_towards(self, following: _Stretch) -> _Event:
        because = following.standing.because if following.standing else ()
        if following.stage in _BOUND:
            return _Event("bound", self._joined_by(because), because)
        name = {"signatory": "signature", "contracting": "consent"}.get(following.stage, "revocation")
        return _Event(name, "", because)

    @staticmethod
    def _joined_by(because: Iterable[Because]) -> str:
        steps = list(because)
        if any("/succession/" in step.act for step in steps):
            return "succession"
        return "continuity" if any(step.rule in ("R33", "R35") for step in steps) else "consent"

    def _end_of_bond(self, here: _Stretch, following: _Stretch | None) -> _Event:
        because = here.standing.ending if here.standing else ()
        makers = [maker for step in because if (maker := _leaver(step.act))]
        own = not set(line(self._lives, self._state.code)).isdisjoint(makers)
        # a day of effect that is itself unknown is no event of its last possible day (K17)
        sure = own and not any(step.rule in _UNCERTAIN for step in because)
        if following and following.stage == "not-known" and _may_be_bound(following) and not sure:
            return _Event("", censored="not-known")
        if following and following.stage == "noticed":
            flag = next(flag for flag in self._flags if flag.start.isoformat() == following.start)
            return _Event("notice", self._state.code, flag.because)
        if following and following.stage == "bound":
            return _Event("revocation", self._state.code)
        if here.end == self._last:
            return _Event("", censored="edition")
        if own:
            return _Event("effect", self._state.code, because)
        by_card = _BY_CARD.get(self._index.summary(self._name).how, "termination")
        by_rule = (_BY_RULE[step.rule] for step in because if step.rule in _BY_RULE)
        name = "termination" if makers else next(by_rule, by_card)
        if not because and here.end == self._state.end.isoformat():
            name = "succession"
        return _Event(name, _joined(makers) or "", because)


def _may_be_bound(stretch: _Stretch) -> bool:
    """Of a stretch that is not known: whether it may go on being bound."""
    return stretch.standing is None or not set(BINDS).isdisjoint(stretch.standing.may)


def _bond(stretch: _Stretch) -> bool:
    return stretch.stage in _BOUND


def _leaver(act: str) -> str:
    """The state that made an act of leaving, by the key of the act; empty where it is another act or none."""
    parts = act.split("/")
    return parts[1] if len(parts) > 2 and parts[2] in EXITS else ""


def _joined(values: Iterable[str]) -> str | None:
    return ";".join(dict.fromkeys(value for value in values if value)) or None
