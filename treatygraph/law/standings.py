"""Standings: a pure function from acts, clauses and assertions to intervals, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from treatygraph.dates import BEGINNING, OPEN, Span
from treatygraph.law.clauses import duration_of, durations_of, withdrawal_of
from treatygraph.law.course import STRENGTH, Course, Layer, run
from treatygraph.law.entry import CONSENTS, Entry, entry_into_force
from treatygraph.law.flags import flags_of
from treatygraph.law.readings import CLAUSE, DEPOSITARY, accepted, known_by
from treatygraph.law.results import Because, Derivation, Life, Standing, Status
from treatygraph.law.succession import carried_on_by, line, parts_of
from treatygraph.records import Act, Assertion, Cite, Conflict, Instrument, State

__all__ = ["Case", "derive"]


@dataclass(frozen=True)
class Case:
    """All that the standings under one instrument depend on."""

    instrument: Instrument
    acts: Sequence[Act]
    states: Mapping[str, State]
    assertions: Sequence[Assertion] = ()
    conflicts: Sequence[Conflict] = ()
    related: Mapping[str, Derivation] = field(default_factory=dict)
    """What was derived, under the same reading, for the instruments this one depends on."""
    extensions: Sequence[Instrument] = ()
    """Instruments that extend this one; their derivations are in ``related``."""
    superseders: Sequence[Instrument] = ()
    """Instruments whose entry into force ends this one by a clause of theirs."""


def derive(case: Case, reading: str = DEPOSITARY, known: date | None = None) -> Derivation:
    """The standings of all states under one instrument.

    Args:
        case: the instrument with its acts and surroundings.
        reading: whose legal view (rule R39): ``depositary``, ``clause``, or an authority.
        known: only what was on record by this day counts (rule R1); None = everything.

    Returns:
        Statuses of the instrument, standings and flags of every state, with rules and acts.
    """
    return _Derivation(case, reading, known).result()


class _Derivation:
    """One run of the rules over one instrument."""

    def __init__(self, case: Case, reading: str, known: date | None) -> None:
        self._case, self._reading, self._known = case, reading, known
        self._card, self._states = case.instrument, case.states
        self._assertions = [item for item in case.assertions if known is None or item.said.latest <= known]
        self._acts = accepted(known_by(case.acts, known), self._assertions, reading)
        self._entry = self._derived_entry()
        self._began = self._beginning()
        self._courses: dict[str, Course] = {}

    # ------------------------------------------------------------------ the instrument's own life

    def _derived_entry(self) -> Entry:
        gone = {(act.state, act.date) for act in self._acts if act.kind == "withdrawal-of-consent"}
        standing = [
            act
            for act in self._acts
            if not (act.kind in CONSENTS and any(s == act.state and act.date <= when for s, when in gone))
        ]
        entries = {name: other.life.entry for name, other in self._case.related.items()}
        found = entry_into_force(self._card, standing, self._states, entries)
        if found.date is None and not found.missing:
            return self._all_consented(standing)
        return found

    def _all_consented(self, acts: Sequence[Act]) -> Entry:
        """Without a clause: when all participants have consented (VCLT article 24(2))."""
        if not (self._card.is_treaty and self._card.participants) or self._card.clauses_of("entry-into-force"):
            return Entry(None, None, (), "")
        first: dict[str, Act] = {}
        for act in acts:
            if act.kind in CONSENTS:
                first.setdefault(act.state, act)
        if not set(self._card.participants) <= set(first):
            return Entry(None, None, (), "")
        last = max(first.values(), key=lambda act: act.date)
        return Entry(
            last.date, last.date, (Because("R13", last.id, last.date.text, last.cite.sources, "VCLT 24(2)"),), ""
        )

    def _stated(self, key: str, when: Span | None) -> Span | None:
        """A date that the card states, if it was known by then."""
        return when if when and (self._known is None or when.latest <= self._known) else None

    def _step(self, rule: str, key: str, text: str = "") -> Because:
        cite = self._card.cites.get(key, Cite((), ""))
        when = {"entry_into_force": self._card.entry_into_force, "ended": self._card.ended}.get(key)
        return Because(rule, f"{self._card.id}#{key}", when.text if when else "", cite.sources, text)

    def _beginning(self) -> tuple[Span | None, tuple[Because, ...]]:
        card = self._card
        if not card.is_treaty:
            stated = self._stated("operative", card.operative or card.signed)
            first = min((act.date for act in self._acts), default=None)
            return stated or first, (self._step("R3", "operative" if card.operative else "signed"),)
        stated = self._stated("entry_into_force", card.entry_into_force)
        if stated:
            return stated, (self._step("R13", "entry_into_force"), *self._entry.because)
        return self._entry.date, self._entry.because

    def _endings(self) -> Iterable[tuple[Span, str, tuple[Because, ...]]]:
        """Every way in which the instrument ends: when, how, why."""
        card = self._card
        yield from self._by_duration()
        for other in self._case.superseders:
            entry = self._case.related[other.id].life.entry
            if entry:
                step = Because("R21", f"{other.id}#supersession", entry.text, _sources(other, "supersession"))
                yield entry, "superseded", (step,)
        yield from self._by_exit()
        ended = self._stated("ended", card.ended)
        if ended:
            yield ended, card.ended_how or "ended", (self._step("R20", "ended", card.ended_how),)

    def _by_duration(self) -> Iterable[tuple[Span, str, tuple[Because, ...]]]:
        if self._began[0] is None:
            return
        for rule in durations_of(self._card):
            sources = rule.cite.sources
            if rule.lives_as:
                life = self._case.related[rule.lives_as].life
                if life.end:
                    step = Because("R29", f"{rule.lives_as}#life", life.end.text, sources, f"lives as {rule.lives_as}")
                    yield life.end, life.how, (step, *life.end_because)
                continue
            end = rule.until or (self._began[0].shift(rule.term) if rule.term else None)
            if end is None or (rule.renews and not rule.until):
                continue
            step = Because("R18", f"{self._card.id}#duration", end.text, sources, f"article {rule.article}")
            extended = self._extended(end)
            if extended is None:
                continue
            yield extended[0], "expired", (step, *extended[1])

    def _extended(self, end: Span) -> tuple[Span, tuple[Because, ...]] | None:
        """The end after extensions that were in force before it (R18); None = without limit."""
        steps: list[Because] = []
        for other in self._case.extensions:
            entry = self._case.related[other.id].life.entry
            if entry is None or (entry.latest > end.latest and other.is_treaty):
                continue
            step = Because(
                "R18", f"{other.id}#duration", entry.text, _sources(other, "duration"), f"extended by {other.id}"
            )
            untils = [rule.until for clause in other.clauses_of("duration") if (rule := duration_of(clause))]
            later = [until for until in untils if until]
            if not later:
                return None
            end = end.not_before(max(later))
            steps.append(step)
        return end, tuple(steps)

    def _by_exit(self) -> Iterable[tuple[Span, str, tuple[Because, ...]]]:
        """A bilateral instrument ends when one side is out (R20); some clauses end it for all."""
        rule = withdrawal_of(self._card)
        for_all = bool(rule and rule.ends_for_all)
        sides = set(self._card.participants) | {carried_on_by(self._states, code) for code in self._card.participants}
        for code, course in self._courses.items():
            for exit_ in course.exits:
                if exit_.day and (for_all or (self._card.scope == "bilateral" and code in sides)):
                    how = "terminated" if self._card.is_treaty else "ended"
                    yield exit_.day, how, (*exit_.because, Because("R20", text=f"withdrawal of {code}"))

    def _views(self, state: str) -> Iterable[Assertion]:
        """What the reading's own authority holds about a state's standing, or about the instrument itself."""
        for item in self._assertions:
            if item.authority == self._reading and not item.act and item.state == state and item.effective:
                yield item

    def _held(self) -> Iterable[tuple[Span, str, tuple[Because, ...]]]:
        """Endings, as the reading's own authority holds the instrument to have ended, or not (R39)."""
        found = list(self._endings())
        for view in self._views(""):
            when = view.effective or view.said
            if view.holds in ("in-force", "operative"):
                found = [item for item in found if item[0].latest < when.earliest]
            elif view.holds in _ENDED:
                step = Because("R39", view.id, view.said.text, view.cite.sources, f"held by {view.authority}")
                found.append((when, view.holds, (step,)))
        return found

    def _life(self) -> Life:
        entry, because = self._began
        endings = sorted(self._held(), key=lambda item: (item[0].latest, item[1]))
        endings = [item for item in endings if entry is None or item[0].latest >= entry.earliest]
        if not endings:
            return Life(entry, None, "", because)
        end, how, why = endings[0]
        return Life(entry, end, how, because, why)

    # ------------------------------------------------------------------ the states

    def _codes(self) -> list[str]:
        named = {act.state for act in self._acts} | set(self._card.participants)
        heirs = {code for code, state in self._states.items() if state.continues or state.mode == "union"}
        for code in sorted(heirs):
            if set(line(self._states, code)) & named or set(parts_of(self._states, code)) & named:
                named.add(code)
        return sorted(named & set(self._states), key=lambda code: (bool(parts_of(self._states, code)), code))

    def _course(self, code: str) -> Course:
        chain = line(self._states, code)
        acts = sorted((act for act in self._acts if act.state in chain), key=_order)
        conflicts = [item for item in self._case.conflicts if item.state in chain]
        course = run(self._card, self._states[code], acts, self._began[0], conflicts)
        self._imply(code, chain, acts, course)
        self._provisional_by_clause(acts, course)
        self._inherit(code, course)
        self._follow_parent(code, course)
        self._delist(acts, course)
        return course

    def _imply(self, code: str, chain: Sequence[str], acts: Sequence[Act], course: Course) -> None:
        """A closed instrument that entered into force did so by its participants' consent (R13)."""
        entry = self._began[0]
        if entry is None or not set(chain) & set(self._card.participants):
            return
        if any(act.kind in CONSENTS for act in acts) or any(
            layer.standing in ("party", "participant") for layer in course.layers
        ):
            return
        leaving = [act for act in acts if act.kind in _EXITS]
        stand_in = Act(
            self._card.id, code, "definitive-signature", entry, None, (), "", "", "",
            self._card.cites.get("entry_into_force", Cite((), "")),
        )  # fmt: skip
        implied = run(self._card, self._states[code], [stand_in, *leaving], entry, self._case.conflicts)
        because = self._began[1] or (self._step("R13", "entry_into_force"),)
        for layer in implied.layers:
            started = layer.standing in ("party", "participant")
            if layer.standing != "contracting":
                course.layers.append(replace(layer, because=because) if started else layer)
        course.marks += [mark for mark in implied.marks if mark.flag == "notice-pending"]
        course.exits += implied.exits
        course.notes += implied.notes

    def _provisional_by_clause(self, acts: Sequence[Act], course: Course) -> None:
        """Provisional application that the treaty gives its signatories until entry into force (R16)."""
        signed = [act for act in acts if act.kind in ("signature", *CONSENTS)]
        for clause in self._card.clauses_of("provisional-application"):
            if not clause.get("from") or not signed:
                continue
            start = Span.parse(clause.get("from")).not_before(signed[0].date)
            until = Span.parse(clause.get("until")) if clause.get("until") else self._began[0]
            because = (Because("R16", f"{self._card.id}#provisional-application", start.text, clause.cite.sources),)
            course.layers.append(Layer("provisional", start, until, because, because))

    def _inherit(self, code: str, course: Course) -> None:
        """A union of states takes over what its parts were bound by (R35)."""
        begun = Span.of(self._states[code].start)
        for part in parts_of(self._states, code):
            for layer in self._courses.get(part, Course()).layers:
                if layer.first <= begun.earliest <= layer.last and layer.standing in (
                    "party",
                    "contracting",
                    "signatory",
                ):
                    step = Because("R35", text=f"union: {part} was {layer.standing} since {layer.start.text}")
                    course.layers.append(Layer(layer.standing, begun, layer.end, (step, *layer.because), layer.ending))

    def _follow_parent(self, code: str, course: Course) -> None:
        """Leaving a framework takes its protocols along (R28)."""
        for parent in self._card.related("protocol-to"):
            derived = self._case.related.get(parent)
            gone = [s for s in derived.of(code) if s.standing == "former-party"] if derived else []
            if not gone:
                continue
            day = Span.of(gone[0].start)
            step = Because("R28", f"{parent}#withdrawal", day.text, text=f"withdrawal from {parent}")
            for number, layer in enumerate(course.layers):
                if layer.standing == "party" and layer.first < day.earliest < layer.last:
                    course.layers[number] = replace(layer, end=day, ending=(step, *gone[0].because))
                    course.layers.append(Layer("former-party", day, None, (step,)))

    def _delist(self, acts: Sequence[Act], course: Course) -> None:
        """A reading that stops recognising a participant from a day on (R12) cuts what it held."""
        for act in acts:
            if act.kind in _EXITS:
                continue
            for item in self._assertions:
                denies = item.stance in ("rejects", "not-recorded") and item.is_about(act)
                mine = self._reading != CLAUSE and item.authority in (self._reading, DEPOSITARY)
                if not (denies and mine and item.effective) or item.effective.earliest <= act.date.latest:
                    continue
                if item.authority == DEPOSITARY and self._speaks(act):
                    continue
                step = Because(
                    "R12", act.id, item.effective.text, item.cite.sources, f"no longer recognised by {item.authority}"
                )
                course.layers[:] = [_cut(layer, item.effective, step) for layer in course.layers]

    def _speaks(self, act: Act) -> bool:
        """Whether the reading's own authority has said something about the act."""
        return any(item.authority == self._reading != DEPOSITARY and item.is_about(act) for item in self._assertions)

    # ------------------------------------------------------------------ the result

    def result(self) -> Derivation:
        for code in self._codes():
            self._courses[code] = self._course(code)
        life = self._life()
        standings: list[Standing] = []
        for code in sorted(self._courses):
            standings += self._standings(code, life)
        flags = flags_of(self._card, self._states, self._courses, standings, self._assertions, self._reading)
        notes = dict.fromkeys(note for course in self._courses.values() for note in course.notes)
        return Derivation(
            instrument=self._card.id,
            reading=self._reading,
            life=life,
            statuses=tuple(self._statuses(life)),
            standings=tuple(standings),
            flags=flags,
            derived_entry=self._entry.date,
            missing="" if life.entry else self._entry.missing,
            notes=tuple(notes),
        )

    def _standings(self, code: str, life: Life) -> list[Standing]:
        state, layers = self._states[code], list(self._courses[code].layers)
        if life.end:
            layers = [layer for old in layers for layer in _ended(old, life)]
        for view in self._views(code):
            layers = _overridden(layers, view)
        pieces = _flatten(layers)
        return [
            _standing(self._card.id, code, piece, state, self._states)
            for piece in pieces
            if max(piece.first, state.start) < min(piece.last, state.end)
        ]

    def _statuses(self, life: Life) -> Iterable[Status]:
        card = self._card
        first = card.signed or min((act.date for act in self._acts), default=None) or life.entry
        if first is None:
            return
        begun, ended = life.entry, life.end
        before, live, gone = ("not-in-force", "in-force", life.how) if card.is_treaty else ("", "operative", "ended")
        for clause in card.clauses_of("provisional-application") if before else ():
            if clause.get("from"):
                begin = Span.parse(clause.get("from"))
                until = Span.parse(clause.get("until")) if clause.get("until") else begun
                yield _status(card.id, before, first, begin, (self._step("R15", "signed"),))
                yield _status(card.id, "provisional", begin, until, (Because("R16", sources=clause.cite.sources),))
                before = ""
        if before:
            yield _status(card.id, before, first, begun, (self._step("R15", "signed"),))
        if begun:
            yield _status(card.id, live, begun, ended, life.entry_because)
            if ended:
                yield _status(card.id, gone if gone in _ENDED else "terminated", ended, None, life.end_because)


_EXITS = (
    "notice-of-withdrawal", "withdrawal", "termination", "end-of-participation", "revocation-of-notice",
    "suspension-of-notice",
)  # fmt: skip
_ENDED = ("expired", "terminated", "superseded", "ended")


def _order(act: Act) -> tuple[Span, int, str]:
    """Signature before consent before exit on one day."""
    rank = 0 if act.kind == "signature" else 1 if act.kind in CONSENTS else 2
    return act.date, rank, act.id


def _sources(card: Instrument, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for clause in card.clauses_of(kind) for source in clause.cite.sources))


def _cut(layer: Layer, end: Span, step: Because) -> Layer:
    if layer.last <= end.earliest:
        return layer
    return replace(layer, end=end, ending=(step,))


def _ended(layer: Layer, life: Life) -> list[Layer]:
    """A layer within the life of the instrument; whoever was bound at its end is then a former party."""
    end = life.end
    if end is None or layer.last < end.latest or layer.standing.startswith("former"):
        return [layer]
    if layer.first >= end.latest:
        return []
    found = [replace(layer, end=end, ending=life.end_because)]
    if layer.standing in ("party", "participant"):
        former = "former-" + layer.standing
        found.append(Layer(former, end, None, life.end_because))
    return found


def _overridden(layers: Sequence[Layer], view: Assertion) -> list[Layer]:
    """Layers as an authority holds them from a day on, whatever the acts say (R39)."""
    when = view.effective or view.said
    if view.holds not in STRENGTH and view.holds != "none":
        return list(layers)
    step = Because("R39", view.id, view.said.text, view.cite.sources, f"held by {view.authority}")
    found = [_cut(layer, when, step) for layer in layers if layer.first < when.earliest]
    return [*found, Layer(view.holds, when, None, (step,))] if view.holds in STRENGTH else found


def _flatten(layers: Sequence[Layer]) -> list[Layer]:
    """Layers that do not overlap: on each day the strongest, and of equals the earliest."""
    edges = sorted({layer.first for layer in layers} | {layer.last for layer in layers})
    pieces: list[Layer] = []
    for start, end in zip(edges, edges[1:], strict=False):
        here = [layer for layer in layers if layer.first <= start and end <= layer.last]
        if not here:
            continue
        best = max(here, key=lambda layer: (STRENGTH[layer.standing], -layer.first.toordinal()))
        piece = replace(best, start=best.start if best.first == start else Span.of(start))
        if best.last != end:
            piece = replace(piece, end=Span.of(end), ending=())
        if pieces and pieces[-1].standing == piece.standing and pieces[-1].last == piece.first:
            pieces[-1] = replace(pieces[-1], end=piece.end, ending=piece.ending)
        else:
            pieces.append(piece)
    for number, piece in enumerate(pieces[1:]):
        if not pieces[number].ending and pieces[number].last == piece.first:
            pieces[number] = replace(pieces[number], ending=piece.because)
    return pieces


def _standing(instrument: str, code: str, piece: Layer, state: State, states: Mapping[str, State]) -> Standing:
    """A layer cut to the life of the state that bears it (R33)."""
    start, end = max(piece.first, state.start), min(piece.last, state.end)
    carried = start > piece.first
    because = piece.because
    if carried and state.continues:
        because = (Because("R33", text=f"{code} continues {state.continues}"), *because)
    outlived = end < piece.last
    return Standing(
        state=code,
        instrument=instrument,
        standing=piece.standing,
        start=start,
        end=end,
        since=start.isoformat() if carried else piece.start.text,
        until="" if end == OPEN else end.isoformat() if outlived or not piece.end else piece.end.text,
        origin=piece.start.text if piece.first != BEGINNING else "",
        because=because,
        ending=(Because("R33", text=f"end of {code}"),) if outlived else piece.ending,
    )


def _status(instrument: str, status: str, start: Span, end: Span | None, because: tuple[Because, ...]) -> Status:
    return Status(
        instrument, status, start.earliest, end.latest if end else OPEN, start.text, end.text if end else "", because
    )
