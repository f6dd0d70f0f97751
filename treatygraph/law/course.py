"""The course of one state under one instrument: its acts in order, turned into layers of standing.

Layers may overlap; the stronger standing prevails on each day (party over provisional over
contracting over former party over signatory). So a state's standings cannot overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from treatygraph.dates import BEGINNING, OPEN, Span, after
from treatygraph.law.clauses import entry_of, state_entry_of
from treatygraph.law.results import Because
from treatygraph.law.withdrawal import Exit, exit_of
from treatygraph.records import Act, Conflict, Instrument, State
from treatygraph.vocabulary import CONSENTS

__all__ = ["Course", "Layer", "Mark", "run"]

STRENGTH: Final = {
    "signatory": 1,
    "former-participant": 2,
    "former-party": 2,
    "contracting": 3,
    "provisional": 4,
    "participant": 5,
    "party": 5,
}
_JOINING: Final = frozenset({"adherence", "adoption", "declaration", "signature"}) | CONSENTS
_LEAVING: Final = frozenset({"notice-of-withdrawal", "withdrawal", "termination", "end-of-participation"})


@dataclass(frozen=True, slots=True)
class Layer:
    """A standing from one boundary to another (None = no end known), with reasons."""

    standing: str
    start: Span
    end: Span | None
    because: tuple[Because, ...]
    ending: tuple[Because, ...] = ()

    @property
    def first(self) -> date:
        """The first day on which it may hold."""
        return self.start.earliest

    @property
    def last(self) -> date:
        """The day before which it may still hold."""
        return self.end.latest if self.end else OPEN


@dataclass(frozen=True, slots=True)
class Mark:
    """A qualification of the course over ``[start, end)``; ``act`` is what made it."""

    flag: str
    start: date
    end: date
    act: Act
    text: str = ""
    because: tuple[Because, ...] = ()


@dataclass
class Course:
    """What came of the acts: layers, marks, and the exits that other rules need."""

    layers: list[Layer] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Spell:
    """One time of being bound: the consent that began it, and how it ended or will end."""

    consent: Act
    bound: Span | None
    because: tuple[Because, ...]
    notice: Act | None = None
    exit: Exit | None = None
    taken_back: Act | None = None


def run(
    instrument: Instrument,
    state: State,
    acts: Sequence[Act],
    entry: Span | None,
    conflicts: Sequence[Conflict],
) -> Course:
    """The course of the line of ``state`` under ``instrument``.

    Args:
        acts: those of the state and of the states it continues, known and accepted, in order of time.
        entry: entry into force of the instrument (what is not a treaty: the day it became operative).
    """
    if not instrument.is_treaty:
        return _Pledge(instrument, entry).run(acts)
    return _Treaty(instrument, state, entry, conflicts).run(acts)


def _because(rule: str, act: Act, text: str = "") -> Because:
    return Because(rule, act.id, act.date.text, act.cite.sources, text)


class _Pledge:
    """What is not a treaty (R3): participation from joining to leaving."""

    def __init__(self, instrument: Instrument, entry: Span | None) -> None:
        self._instrument, self._entry = instrument, entry
        self._course = Course()

    def run(self, acts: Sequence[Act]) -> Course:
        joined: Act | None = None
        for act in acts:
            if act.kind in _JOINING and joined is None:
                joined = act
            elif act.kind in _LEAVING and joined is not None:
                self._spell(joined, act)
                joined = None
            elif act.kind in ("suspension", "countermeasure"):
                self._course.marks.append(Mark(_MARKS[act.kind], _effect(act), OPEN, act))
        if joined is not None:
            self._spell(joined, None)
        return self._course

    def _spell(self, joined: Act, left: Act | None) -> None:
        start = joined.effective or joined.date
        if self._entry:
            start = start.not_before(self._entry)
        end = (left.effective or left.date) if left else None
        ending = (_because("R3", left, "participation ended"),) if left else ()
        self._course.layers.append(
            Layer("participant", start, end, (_because("R3", joined, "not a treaty: participation"),), ending)
        )
        if left and end:
            self._course.layers.append(Layer("former-participant", end, None, ending))
            self._course.exits.append(Exit(end, ending))


_MARKS: Final = {
    "suspension": "suspension-claimed",
    "countermeasure": "countermeasures",
    "intention-not-to-ratify": "signature-duty-ended",
}


def _effect(act: Act) -> date:
    return (act.effective or act.date).earliest


class _Treaty:
    """A treaty: signature, consent, being bound, notice, exit; again, if the state returns."""

    def __init__(self, instrument: Instrument, state: State, entry: Span | None, conflicts: Sequence[Conflict]) -> None:
        self._instrument, self._state, self._entry, self._conflicts = instrument, state, entry, conflicts
        rule = entry_of(instrument)
        self._signature_binds = rule is not None and rule.on == "signature"
        self._course = Course()
        self._signed: Act | None = None
        self._spells: list[_Spell] = []

    def run(self, acts: Sequence[Act]) -> Course:
        for act in acts:
            self._take(act)
        if self._signed:
            self._course.layers.append(
                Layer("signatory", self._signed.date, None, (_because("R5", self._signed, "signature"),))
            )
        for number, spell in enumerate(self._spells):
            self._lay(spell, self._spells[number + 1].consent if number + 1 < len(self._spells) else None)
        return self._course

    def _take(self, act: Act) -> None:
        kind = act.kind
        if kind == "signature" and not self._signature_binds:
            self._signed = self._signed or act
        elif kind in CONSENTS or kind in ("signature", "waiver"):
            self._consent(act)
        elif kind in ("notice-of-withdrawal", "withdrawal", "termination", "end-of-participation"):
            self._leave(act)
        elif kind == "revocation-of-notice":
            self._revoke(act)
        elif kind == "suspension-of-notice":
            self._rest(act)
        elif kind == "withdrawal-of-consent":
            self._take_back(act)
        elif kind == "provisional-application":
            self._provisional(act)
        elif kind == "end-of-provisional-application":
            self._end_provisional(act)
        elif kind in _MARKS:
            self._course.marks.append(Mark(_MARKS[kind], _effect(act), OPEN, act, act.note))
        elif kind == "resumption":
            self._resume(act)

    @property
    def _open(self) -> _Spell | None:
        return self._spells[-1] if self._spells else None

    def _consent(self, act: Act) -> None:
        spell = self._open
        if spell and not spell.taken_back:
            gone = spell.exit.day if spell.exit else None
            if gone is None or act.date.latest < gone.earliest:
                if act.kind == "waiver":
                    spell.bound = spell.consent.date.not_before(act.date)
                return
        if act.kind != "waiver":
            bound, because = self._bound(act)
            self._spells.append(_Spell(act, bound, because))

    def _bound(self, act: Act) -> tuple[Span | None, tuple[Because, ...]]:
        """When consent given by this act makes the state a party (R7, R13, R14, R34)."""
        if act.kind == "succession":
            begun = act.effective or (Span.of(self._state.start) if self._state.start != BEGINNING else act.date)
            because = _because("R34", act, "succession with effect from the succession of states")
            return (begun.not_before(self._entry) if self._entry else None), (because,)
        because = _because("R8" if act.depositary else "R7", act, act.kind.replace("-", " "))
        if self._entry is None:
            return None, (because,)
        if act.effective is not None:
            return act.effective.not_before(self._entry), (because,)
        rule = state_entry_of(self._instrument)
        when = act.date
        if rule.delay and not (rule.after_entry and act.date.latest < self._entry.earliest):
            when = when.shift(rule.delay, first_of_month=rule.first_of_month)
            sources = rule.cite.sources if rule.cite else ()
            step = Because("R14", act.id, act.date.text, sources, f"article {rule.article}: {rule.delay.text}")
            return when.not_before(self._entry), (because, step)
        return when.not_before(self._entry), (because,)

    def _leave(self, act: Act) -> None:
        spell = self._open
        if spell is None or spell.taken_back:
            return
        if spell.exit and spell.exit.day and spell.exit.day.latest <= act.date.earliest:
            return
        if spell.notice and spell.exit:
            self._pending(spell.notice, act.date.earliest, spell.exit.because, "followed by another notice")
        spell.notice = act
        spell.exit = exit_of(act, self._instrument, self._entry, self._conflicts)
        if spell.exit.note:
            self._course.notes.append(f"{act.state}: {spell.exit.note}")

    def _revoke(self, act: Act) -> None:
        """A notice may be taken back until it takes effect (R27, VCLT article 68)."""
        spell = self._open
        if not spell or not spell.notice or not spell.exit:
            return
        if spell.exit.day and spell.exit.day.latest <= act.date.earliest:
            return
        because = (*spell.exit.because, _because("R27", act, "notice revoked"))
        self._pending(spell.notice, after(act.date.latest), because, "revoked")
        spell.notice, spell.exit = None, None

    def _rest(self, act: Act) -> None:
        """A notice held to be suspended, not revoked: no act of the law of treaties, so a view of its own (R27)."""
        spell = self._open
        if spell and spell.notice and spell.exit:
            spell.exit = Exit(None, (*spell.exit.because, _because("R27", act, "held to suspend the notice")))

    def _take_back(self, act: Act) -> None:
        """Consent withdrawn before it bound the state (R17); after that it is a withdrawal."""
        spell = self._open
        if not spell:
            return
        if spell.bound and spell.bound.latest <= act.date.earliest:
            spell.notice, spell.exit = act, Exit(act.effective or act.date, (_because("R23", act),))
        else:
            spell.taken_back = act

    def _provisional(self, act: Act) -> None:
        because = (_because("R16", act, "provisional application"),)
        self._course.layers.append(Layer("provisional", act.effective or act.date, None, because))

    def _end_provisional(self, act: Act) -> None:
        for number, layer in enumerate(self._course.layers):
            if layer.standing == "provisional" and layer.end is None:
                ended = act.effective or act.date
                self._course.layers[number] = Layer(
                    layer.standing, layer.start, ended, layer.because, (_because("R16", act),)
                )

    def _resume(self, act: Act) -> None:
        for number, mark in enumerate(self._course.marks):
            same = not act.against or set(act.against) == set(mark.act.against)
            if mark.flag == "suspension-claimed" and mark.end == OPEN and same:
                self._course.marks[number] = Mark(
                    mark.flag, mark.start, _effect(act), mark.act, mark.text, (_because("R32", act, "resumption"),)
                )

    def _lay(self, spell: _Spell, again: Act | None) -> None:
        back = spell.taken_back
        if back:
            self._lay_taken_back(spell, back, again)
            return
        layers = self._course.layers
        dated = spell.consent.date.earliest > BEGINNING
        if dated and (spell.bound is None or spell.consent.date < spell.bound):
            step = (_because("R9", spell.consent, "consent before entry into force for it"), *spell.because)
            layers.append(Layer("contracting", spell.consent.date, spell.bound, step, spell.because))
        gone = spell.exit.day if spell.exit else None
        ending = spell.exit.because if spell.exit else ()
        if spell.bound is not None:
            layers.append(Layer("party", spell.bound, gone, spell.because, ending))
        if spell.exit and spell.notice:
            self._course.exits.append(spell.exit)
            if spell.notice.kind != "withdrawal":
                self._pending(spell.notice, gone.latest if gone else OPEN, ending, "")
        if gone:
            layers.append(Layer("former-party", gone, again.date if again else None, ending))

    def _lay_taken_back(self, spell: _Spell, back: Act, again: Act | None) -> None:
        ended = back.effective or back.date
        because = (_because("R17", back, "consent withdrawn before entry into force"),)
        self._course.layers.append(Layer("contracting", spell.consent.date, ended, spell.because, because))
        end = again.date.latest if again else OPEN
        self._course.marks.append(Mark("consent-revoked", ended.earliest, end, back, "", because))

    def _pending(self, notice: Act, end: date, because: tuple[Because, ...], text: str) -> None:
        start = notice.date.earliest
        if start < end:
            self._course.marks.append(
                Mark("notice-pending", start, end, notice, text, (_because("R24", notice, "notice given"), *because))
            )
