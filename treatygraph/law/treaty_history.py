"""The course of one state under one instrument: its acts in order, turned into layers of standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from treatygraph.law.clauses import entry_of, state_entry_of
from treatygraph.law.layers import STRENGTH, Layer, Mark, TreatyHistory, cut
from treatygraph.law.withdrawal import Exit, exit_of
from treatygraph.model.dates import BEGINNING, OPEN, Span, after
from treatygraph.model.records import Act, Conflict, Instrument, State
from treatygraph.model.standings import Because
from treatygraph.model.vocabulary import CONSENTS, EXITS

__all__ = ["STRENGTH", "Layer", "Mark", "TreatyHistory", "run"]

_JOINING: Final = frozenset({"adherence", "adoption", "declaration", "signature"}) | CONSENTS
_MARKS: Final = {
    "suspension": "suspension-claimed",
    "countermeasure": "countermeasures",
    "intention-not-to-ratify": "signature-duty-ended",
}


@dataclass
class _Spell:
    """One time of being bound: the consent that began it, and how it ended or will end."""

    consent: Act
    bound: Span | None
    because: tuple[Because, ...]
    notice: Act | None = None
    exit: Exit | None = None
    taken_back: Act | None = None
    waived: bool = False
    """Whether a waiver on record has bound it (rule R14)."""


def run(
    instrument: Instrument,
    line: Mapping[str, State],
    acts: Sequence[Act],
    entry: Span | None,
    conflicts: Sequence[Conflict],
    *,
    clause_first: bool = False,
) -> TreatyHistory:
    """The course of one state and of those whose identity it carries on, under ``instrument``.

    Args:
        instrument: the card.
        line: the states by code, as far as they have acts.
        acts: those of the state and of the states it continues, known and accepted, in order of time.
        entry: entry into force of the instrument (what is not a treaty: the day it became operative).
        conflicts: armed conflicts of the state.
        clause_first: whether no exit takes effect earlier than the withdrawal clause allows.
    """
    if not instrument.is_treaty:
        return _Pledge(entry).run(acts)
    return _Treaty(instrument, line, entry, conflicts, clause_first).run(acts)


def _because(rule: str, act: Act, text: str = "") -> Because:
    recorded = replace(act, kind="revocation-of-notice") if act.kind == "suspension-of-notice" else act
    return Because(rule, recorded.id, act.date.text, act.cite.sources, text)


class _Pledge:
    """What is not a treaty (R3): participation from joining to leaving."""

    def __init__(self, entry: Span | None) -> None:
        self._entry = entry
        self._course = TreatyHistory()

    def run(self, acts: Sequence[Act]) -> TreatyHistory:
        joined: Act | None = None
        for act in acts:
            if act.kind in _JOINING and joined is None:
                joined = act
            elif act.kind in EXITS and joined is not None:
                self._spell(joined, act)
                joined = None
            elif act.kind in ("suspension", "countermeasure"):
                self._course.marks.append(_mark(act))
            elif act.kind == "resumption":
                self._course.marks = _resumed(self._course.marks, act)
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


def _mark(act: Act) -> Mark:
    return Mark(_MARKS[act.kind], _effect(act), OPEN, act, act.note, (), act.against)


def _effect(act: Act) -> date:
    return (act.effective or act.date).earliest


def _resumed(marks: Sequence[Mark], act: Act) -> list[Mark]:
    """Marks after a resumption: suspensions and countermeasures towards the states it names end (R32).

    A resumption that names nobody ends them towards all; towards the others they go on.
    """
    marks_kept: list[Mark] = []
    ending = (_because("R32", act, "resumption"),)
    for mark in marks:
        paused = mark.flag in ("suspension-claimed", "countermeasures") and mark.end == OPEN
        named = set(act.against) & set(mark.against) if act.against and mark.against else set(mark.against)
        if not paused or (mark.against and not named) or (act.against and not mark.against):
            marks_kept.append(mark)
            continue
        marks_kept.append(replace(mark, end=_effect(act), because=ending, against=tuple(sorted(named))))
        rest = tuple(sorted(set(mark.against) - named))
        if rest:
            marks_kept.append(replace(mark, against=rest))
    return marks_kept


def _elsewhere(act: Act, first: Act) -> bool:
    """Whether the act deposits the same consent at another depositary (R8)."""
    return (
        act.kind == first.kind and "" not in (act.depositary, first.depositary) and act.depositary != first.depositary
    )


class _Treaty:
    """A treaty: signature, consent, being bound, notice, exit; again, if the state returns."""

    def __init__(
        self,
        instrument: Instrument,
        line: Mapping[str, State],
        entry: Span | None,
        conflicts: Sequence[Conflict],
        clause_first: bool,
    ) -> None:
        self._instrument, self._line, self._entry, self._conflicts = instrument, line, entry, conflicts
        self._clause_first = clause_first
        rule = entry_of(instrument)
        self._signature_binds = rule is not None and rule.on == "signature"
        self._binds_on_waiver = state_entry_of(instrument).on_waiver
        self._course = TreatyHistory()
        self._signed: Act | None = None
        self._spells: list[_Spell] = []

    def run(self, acts: Sequence[Act]) -> TreatyHistory:
        for act in acts:
            self._take(act)
        if self._signed:
            self._course.layers.append(
                Layer("signatory", self._signed.date, None, (_because("R5", self._signed, "signature"),))
            )
        self._course.layers = [self._until_bound(layer) for layer in self._course.layers]
        for number, spell in enumerate(self._spells):
            self._lay(spell, self._spells[number + 1].consent if number + 1 < len(self._spells) else None)
        return self._course

    def _take(self, act: Act) -> None:
        kind = act.kind
        if kind == "signature" and not self._signature_binds:
            self._signed = self._signed or act
        elif kind in CONSENTS or kind in ("signature", "waiver"):
            self._consent(act)
        elif kind in EXITS:
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
            self._course.marks.append(_mark(act))
            if kind == "intention-not-to-ratify":
                self._end_provisional(act)
        elif kind == "resumption":
            self._course.marks = _resumed(self._course.marks, act)

    @property
    def _open(self) -> _Spell | None:
        return self._spells[-1] if self._spells else None

    def _consent(self, act: Act) -> None:
        spell = self._open
        if spell and not spell.taken_back:
            gone = spell.exit.day if spell.exit else None
            if gone is None or act.date.latest < gone.earliest:
                if act.kind == "waiver":
                    self._waive(spell, act)
                elif _elsewhere(act, spell.consent):
                    spell.because = (*spell.because, _because("R8", act, "deposited at another place as well"))
                return
        if act.kind != "waiver":
            bound, because = self._bound(act)
            self._spells.append(_Spell(act, bound, because))

    def _waive(self, spell: _Spell, act: Act) -> None:
        """A waiver binds a state before the treaty's own conditions would (R14).

        Where the treaty binds each state only when it waives them, a waiver on record is what binds it, and nothing
        before; whoever has none on record waived with its consent.
        """
        waived = spell.consent.date.not_before(act.date)
        decides = self._binds_on_waiver and not spell.waived
        if decides and self._entry:
            waived = waived.not_before(self._entry)
        if decides or spell.bound is None or waived.latest < spell.bound.earliest:
            spell.bound, spell.waived = waived, True
            spell.because = (*spell.because, _because("R14", act, "waiver"))

    def _bound(self, act: Act) -> tuple[Span | None, tuple[Because, ...]]:
        """When consent given by this act makes the state a party (R7, R13, R14, R34)."""
        if act.kind == "succession":
            start = self._line[act.state].start
            begun = act.effective or (Span.of(start) if start != BEGINNING else act.date)
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
        leaving = exit_of(act, self._instrument, self._entry, self._conflicts, clause_first=self._clause_first)
        if spell.bound is None or (leaving.day and leaving.day.latest <= spell.bound.earliest):
            spell.taken_back = act
        elif spell.notice and spell.exit:
            self._pending(spell.notice, act.date.earliest, spell.exit.because, "followed by another notice")
        spell.notice, spell.exit = act, leaving
        if leaving.note:
            self._course.notes.append(f"{act.state}: {leaving.note}")

    def _revoke(self, act: Act) -> None:
        """A notice may be taken back until it takes effect (R27, VCLT article 68)."""
        spell = self._open
        if not spell or not spell.notice or not spell.exit:
            return
        if spell.exit.day and spell.exit.day.latest <= act.date.earliest:
            return
        because = (*spell.exit.because, _because("R27", act, "notice revoked"))
        self._pending(spell.notice, after(act.date.latest), because, "revoked")
        spell.notice, spell.exit, spell.taken_back = None, None, None

    def _rest(self, act: Act) -> None:
        """A notice held to be suspended, not revoked: no act of the law of treaties, so a view of its own (R27)."""
        spell = self._open
        if spell and spell.notice and spell.exit:
            spell.exit = Exit(None, (*spell.exit.because, _because("R27", act, "held to suspend the notice")))

    def _take_back(self, act: Act) -> None:
        """Consent withdrawn before it bound the state (R17); after that it is a withdrawal."""
        spell = self._open
        if spell and spell.bound and spell.bound.latest <= act.date.earliest:
            self._leave(act)
        elif spell and not (spell.exit and spell.exit.day and spell.exit.day.latest <= act.date.earliest):
            if spell.taken_back and not spell.exit:
                return
            spell.taken_back, spell.notice, spell.exit = act, None, None  # at once, whatever notice was still running

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

    def _until_bound(self, layer: Layer) -> Layer:
        """Provisional application ends when the state is bound, and does not come back when it leaves (R16)."""
        if layer.standing != "provisional":
            return layer
        begun = [spell for spell in self._spells if spell.bound and not self._taken_back(spell)]
        later = [spell for spell in begun if spell.bound and spell.bound.earliest >= layer.first]
        return cut(layer, later[0].bound, later[0].because[0]) if later and later[0].bound else layer

    def _taken_back(self, spell: _Spell) -> Act | None:
        return spell.taken_back or self._left_before_bound(spell)

    def _lay(self, spell: _Spell, again: Act | None) -> None:
        back = self._taken_back(spell)
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
            layers.append(Layer("former-party", gone, None, ending))

    @staticmethod
    def _left_before_bound(spell: _Spell) -> Act | None:
        """The notice of a state that is out before the treaty ever bound it: its consent lapses (R17)."""
        gone = spell.exit.day if spell.exit else None
        early = gone is not None and (spell.bound is None or gone.latest <= spell.bound.earliest)
        return spell.notice if early else None

    def _lay_taken_back(self, spell: _Spell, back: Act, again: Act | None) -> None:
        ended = (spell.exit.day if spell.exit else None) or back.effective or back.date
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
