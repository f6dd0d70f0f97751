"""Standings: a pure function from acts, clauses and assertions to intervals, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from treatygraph.law.case import Case, Docket, docket
from treatygraph.law.clauses import durations_of
from treatygraph.law.doubt import Doubts, doubted, following
from treatygraph.law.flags import flags_of
from treatygraph.law.layers import Layer, TreatyHistory, cut, flattened, overridden, standings_of, within_life
from treatygraph.law.life import Beginning, beginning, derived_entry, life_of, statuses
from treatygraph.law.readings import CLAUSE, DEPOSITARY
from treatygraph.law.succession import line, parts_of
from treatygraph.law.treaty_history import run
from treatygraph.model.dates import BEGINNING, Span
from treatygraph.model.records import Act, Assertion, Cite, Instrument
from treatygraph.model.standings import Because, Derivation, Life, Standing
from treatygraph.model.vocabulary import BINDS_FIRMLY, CONSENTS, EXITS

__all__ = ["Case", "derive", "frameworks_of"]


def derive(case: Case, reading: str = DEPOSITARY, known: date | None = None) -> Derivation:
    """The standings of all states under one instrument.

    Args:
        case: the instrument with its acts and surroundings.
        reading: whose legal view (rule R39): ``depositary``, ``clause``, or an authority.
        known: only what was on record by this day counts (rule R1); None = everything.

    Returns:
        Statuses of the instrument, standings and flags of every state, with rules and acts.
    """
    heard = docket(case, reading, known)
    entry = derived_entry(heard)
    began = beginning(heard, entry)
    courses = _Courses(heard, began).all()
    life = life_of(heard, began, courses)
    standings = [item for code in sorted(courses) for item in _standings(heard, code, courses[code], life)]
    notes = dict.fromkeys(note for _, course in sorted(courses.items()) for note in course.notes)
    return Derivation(
        instrument=heard.card.id,
        reading=reading,
        life=life,
        statuses=tuple(statuses(heard, life)),
        standings=tuple(standings),
        flags=flags_of(heard, courses, standings),
        derived_entry=entry.date,
        missing="" if life.entry else entry.missing,
        notes=tuple(notes),
    )


def frameworks_of(card: Instrument) -> tuple[str, ...]:
    """The instruments that a state cannot leave without leaving this one: a protocol's or amendment's parents.

    What extends or ends an instrument is no part of it: that one's life depends on this one.
    """
    amended = card.related("amends") if card.kind == "amendment" else ()
    moved = {*card.related("extends"), *card.related("supersedes")}
    moved.update(clause.get("ends") for clause in card.clauses_of("supersession"))
    return tuple(name for name in dict.fromkeys((*card.related("protocol-to"), *amended)) if name not in moved)


def _standings(heard: Docket, code: str, course: TreatyHistory, life: Life) -> Iterable[Standing]:
    """The standings of one state; what its authority holds of the time after the end of the instrument stands."""
    state = heard.states[code]
    ends = life.ends_on
    views = sorted(heard.views(code), key=_held_from)
    # A treaty that had ended before a union of states is none that its parts could hand over (R35, VCSS article 31).
    layers: Sequence[Layer] = [] if state.mode == "union" and ends <= state.start else course.layers
    for view in views:
        layers = overridden(layers, view) if _held_from(view).earliest < ends else layers
    layers = within_life(layers, life)
    for view in views:
        layers = overridden(layers, view) if _held_from(view).earliest >= ends else layers
    standings = [item for piece in flattened(layers) for item in standings_of(heard.card.id, piece, state)]
    doubts = Doubts(heard.card, heard.states, code, ends, tuple(_held_from(view).earliest for view in views))
    return following(doubted(standings, doubts), _parents_of(heard, code))


def _parents_of(heard: Docket, code: str) -> Iterable[Standing]:
    """The state's standings under the frameworks of an instrument, and under what it lives as long as."""
    lives = (rule.lives_as for rule in durations_of(heard.card) if rule.lives_as)
    for name in dict.fromkeys((*frameworks_of(heard.card), *lives)):
        if derived := heard.related.get(name):
            yield from derived.of(code)


def _held_from(view: Assertion) -> Span:
    return view.effective or view.said


class _Courses:
    """The course of every state: by its own acts, its predecessors', and those of the framework."""

    def __init__(self, heard: Docket, began: Beginning) -> None:
        self._heard, self._card, self._states = heard, heard.card, heard.states
        self._entry, self._entry_because = began
        self._courses: dict[str, TreatyHistory] = {}
        self._acts: dict[str, list[Act]] = {}
        for act in heard.acts:
            self._acts.setdefault(act.state, []).append(act)
        self._delisting = [item for item in heard.assertions if self._may_end_recognition(item)]

    def all(self) -> Mapping[str, TreatyHistory]:
        """The courses by state; the parts of a union come before it."""
        for code in self._codes():
            self._courses[code] = self._course(code)
        return self._courses

    def _codes(self) -> list[str]:
        named = {act.state for act in self._heard.acts} | set(self._card.participants) | self._heard.viewed()
        heirs = [code for code, state in self._states.items() if state.continues or state.mode == "union"]
        for code in sorted(heirs, key=lambda code: (self._states[code].start, code)):
            if set(line(self._states, code)) & named or set(parts_of(self._states, code)) & named:
                named.add(code)
        return sorted(named & set(self._states), key=lambda code: (self._states[code].start, code))

    def _course(self, code: str) -> TreatyHistory:
        chain = line(self._states, code)
        acts = sorted((act for name in chain for act in self._acts.get(name, ())), key=_order)
        course = self._run(chain, acts)
        self._imply(code, chain, acts, course)
        self._provisional_by_clause(acts, course)
        for name in chain:
            self._inherit(name, course)
        self._follow_framework(code, course)
        self._delist(acts, course)
        return course

    def _run(self, chain: Sequence[str], acts: Sequence[Act]) -> TreatyHistory:
        conflicts = [item for item in self._heard.conflicts if item.state in chain]
        members = {name: self._states[name] for name in chain if name in self._states}
        return run(self._card, members, acts, self._entry, conflicts, clause_first=self._heard.by_clause)

    def _imply(self, code: str, chain: Sequence[str], acts: Sequence[Act], course: TreatyHistory) -> None:
        """A closed instrument that entered into force did so by its participants' consent (R13)."""
        entry = self._entry
        if entry is None or not set(chain) & set(self._card.participants):
            return
        if any(act.kind in CONSENTS for act in acts) or course.bound:
            return
        leaving = [act for act in acts if act.kind in _EXITS]
        stand_in = Act(
            self._card.id, code, "definitive-signature", entry, None, (), "", "", "",
            self._card.cites.get("entry_into_force", Cite((), "")),
        )  # fmt: skip
        implied = self._run(chain, [stand_in, *leaving])
        because = self._entry_because or (self._heard.step("R13", "entry_into_force"),)
        for layer in implied.layers:
            if layer.standing != "contracting":
                course.layers.append(replace(layer, because=because) if layer.standing in BINDS_FIRMLY else layer)
        course.marks += [mark for mark in implied.marks if mark.flag == "notice-pending"]
        course.exits += implied.exits
        course.notes += implied.notes

    def _provisional_by_clause(self, acts: Sequence[Act], course: TreatyHistory) -> None:
        """Provisional application that the treaty gives its signatories (R16).

        It lasts until entry into force, or until a signatory says that it will not become a party.
        """
        signed = [act for act in acts if act.kind in ("signature", *CONSENTS)]
        stopped = [act for act in acts if act.kind in ("intention-not-to-ratify", "end-of-provisional-application")]
        for clause in self._card.clauses_of("provisional-application"):
            if not clause.get("from") or not signed:
                continue
            start = Span.parse(clause.get("from")).not_before(signed[0].date)
            until = Span.parse(clause.get("until")) if clause.get("until") else self._entry
            extent = "some provisions" if clause.get("extent") == "part" else "provisional application"
            text = f"article {clause.article}: {extent}" if clause.article else extent
            because = (
                Because("R16", f"{self._card.id}#provisional-application", start.text, clause.cite.sources, text),
            )
            layer = Layer("provisional", start, until, because, because)
            for act in stopped[:1]:
                ended = act.effective or act.date
                layer = cut(layer, ended, Because("R16", act.id, act.date.text, act.cite.sources))
            course.layers.append(layer)

    def _inherit(self, code: str, course: TreatyHistory) -> None:
        """A union of states takes over what its parts were bound by, each since its own consent (R35).

        What followed from the acts of a part, had it gone on, follows for the union: it becomes a party where
        the part's consent was waiting for entry into force, and is out where the part had given notice.
        """
        begun = self._states[code].start if code in self._states else BEGINNING
        for part in parts_of(self._states, code):
            layers = self._courses[part].layers if part in self._courses else []
            held = [layer for layer in flattened(_firm(layers)) if layer.first <= begun < layer.last]
            if not held or held[0].standing not in _INHERITED:
                continue
            step = Because("R35", text=f"union: {part} was {held[0].standing} since {held[0].start.text}")
            for layer in layers:
                if layer.last > begun and layer.standing in (*_INHERITED, "former-party"):
                    course.layers.append(replace(layer, because=(step, *layer.because)))

    def _follow_framework(self, code: str, course: TreatyHistory) -> None:
        """Leaving a framework takes its protocols along (R28)."""
        for parent in frameworks_of(self._card):
            derived = self._heard.related.get(parent)
            for left in derived.of(code) if derived else ():
                if left.standing == "former-party":
                    self._leave_with(parent, left, course)

    def _leave_with(self, parent: str, left: Standing, course: TreatyHistory) -> None:
        day = Span.parse(left.origin or left.since)
        step = Because("R28", f"{parent}#withdrawal", day.text, text=f"withdrawal from {parent}")
        for number, layer in enumerate(course.layers):
            if layer.standing in ("party", "provisional", "contracting") and layer.first < day.earliest < layer.last:
                course.layers[number] = replace(layer, end=day, ending=(step, *left.because))
                if layer.standing == "party":
                    course.layers.append(Layer("former-party", day, None, (step, *left.because)))

    def _delist(self, acts: Sequence[Act], course: TreatyHistory) -> None:
        """A reading that stops recognising a participant from a day on (R12) cuts what it held."""
        for act in acts:
            for item in self._delisting if act.kind not in _EXITS else ():
                if self._ends_recognition(item, act) and item.effective:
                    text = f"no longer recognised by {item.authority}"
                    step = Because("R12", act.id, item.effective.text, item.cite.sources, text)
                    course.layers[:] = [cut(layer, item.effective, step) for layer in course.layers]

    def _may_end_recognition(self, item: Assertion) -> bool:
        """Whether the assertion denies something for this reading, from some day on."""
        reading = self._heard.reading
        heeded = reading != CLAUSE and item.authority in (reading, DEPOSITARY)
        return heeded and item.stance in ("rejects", "not-recorded") and item.effective is not None

    def _ends_recognition(self, item: Assertion, act: Act) -> bool:
        """Whether the assertion denies the act, from a day after the act on."""
        if item.effective is None or not item.is_about(act):
            return False
        own = item.authority == self._heard.reading or not self._speaks(act)
        return own and item.effective.earliest > act.date.latest

    def _speaks(self, act: Act) -> bool:
        """Whether the reading's own authority has said something about the act."""
        reading = self._heard.reading
        return any(item.authority == reading and item.is_about(act) for item in self._heard.assertions)


_EXITS = EXITS | {"revocation-of-notice", "suspension-of-notice"}
_INHERITED = ("party", "contracting", "signatory")


def _firm(layers: Sequence[Layer]) -> list[Layer]:
    """The layers that rest on signature and consent; provisional application is no part of what a union takes over."""
    return [layer for layer in layers if layer.standing != "provisional"]


def _order(act: Act) -> tuple[Span, int, str]:
    """Signature before consent before exit on one day."""
    rank = 0 if act.kind == "signature" else 1 if act.kind in CONSENTS else 2
    return act.date, rank, act.id
