"""What would follow if a state left or joined an instrument: when, what defers it, what it would undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from treatygraph.answers.edition import edition_of
from treatygraph.answers.reasoning import acts_of
from treatygraph.answers.whatif.acts import (
    Position,
    conditions,
    deferral,
    is_closed_to,
    joining_act,
    leaving_act,
    position,
    ways_out,
)
from treatygraph.answers.whatif.overlay import Ground, ground
from treatygraph.answers.whatif.parse import Proposal, proposals
from treatygraph.answers.whatif.result import Change, Dependent, WhatIf
from treatygraph.answers.whatif.wording import sentence
from treatygraph.answers.wording import authority_name, listed, the
from treatygraph.bonds.powers import named
from treatygraph.bonds.unknowns import absence_of, open_standings
from treatygraph.build.index import Index
from treatygraph.law.clauses import durations_of
from treatygraph.model.cites import is_recall
from treatygraph.model.dates import BEGINNING, OPEN, after, within
from treatygraph.model.records import Act
from treatygraph.model.standings import Because, Derivation, Standing
from treatygraph.model.vocabulary import BINDS, CLAUSE, DEPOSITARY, NOT_KNOWN

if TYPE_CHECKING:
    from treatygraph.answers.whatif.result import TopicPairs

__all__ = ["Change", "WhatIf", "whatif"]

# The days, reasons and conditions need nothing but the law; the count of all pairs needs arrays.
_CAN_COUNT = find_spec("numpy") is not None
_NAMED = 4
"""Up to so many members of a group are named where the record does not tell of them."""
_DEPENDS = ("protocol-to", "amends", "extends", "part-of", "implements")


def whatif(index: Index, texts: Sequence[str], on: date, *, reading: str = DEPOSITARY, binding: bool = False) -> WhatIf:
    """What would follow if states left or joined instruments, all on one day, all else being as on record.

    The supposed acts are added to the ledgers and the same rules derive the standings anew: nothing of the law
    is written here a second time. What the same state did later to join or leave the same instrument is set
    aside. Whether a ground is given or a condition met is no question of law that the
    record can answer (R40): conditions are told, not judged. Nor is it whether an instrument is open to a state.

    Args:
        index: the documents of the graph.
        texts: suppositions, ``A leaves INSTRUMENT`` or ``A joins INSTRUMENT``; a text may hold several with
            ``and`` between them; a group stands for its members.
        on: the day on which the notices are received and the instruments deposited.
        reading: whose legal view.
        binding: whether only legally binding instruments count where pairs are counted.

    Raises:
        UnknownName: a state or instrument is not on record.
        UsageError: a text supposes nothing, or a state did not exist that day.
    """
    return _Supposition(index, proposals(index, texts, on), on, reading, binding).result()


@dataclass(frozen=True)
class _Move:
    """One state's supposed move."""

    proposal: Proposal
    where: Position
    act: Act | None

    @property
    def leaves(self) -> bool:
        return self.proposal.verb == "leaves"


class _Outcome(NamedTuple):
    """What a move comes to, from when, and why."""

    kind: str
    effective: date | None
    because: Sequence[Because]

    @property
    def has_no_day(self) -> bool:
        return self.kind in ("not-determinable", "deferred")


class _Supposition:
    """Compares the record as it is with the record as supposed."""

    def __init__(self, index: Index, asked: Sequence[Proposal], on: date, reading: str, binding: bool) -> None:
        self._before, self._on, self._reading, self._binding = index, on, reading, binding
        self._asked = asked
        self._ground: Ground = ground(index)
        self._silent: list[str] = []
        self._moves = [move for proposal in asked for move in self._moves_of(proposal)]
        acts = [move.act for move in self._moves if move.act]
        self._after: Index = self._ground.supposing(acts) if acts else index
        self._outcomes = [self._outcome(move) for move in self._moves]
        # An exit without a day can be shown on none: what it would undo is what it would, had it taken effect.
        self._assumed = any(item.has_no_day for item in self._outcomes)
        self._later: Index = self._ground.supposing(self._assumed_acts()) if self._assumed else self._after

    def _moves_of(self, proposal: Proposal) -> Iterable[_Move]:
        """The moves of each member; of a group, those members that have something to do."""
        card = self._ground.card(proposal.instrument)
        one, silent = proposal.side, []
        for bearer, line in zip(one.holders, one.continuities, strict=True):
            where = position(self._before, card.id, self._reading, bearer, line, self._on)
            make = leaving_act if proposal.verb == "leaves" else joining_act
            act = make(card, where, self._on) if not self._is_over(proposal) else None
            if act or not one.is_group:
                yield _Move(proposal, where, act)
            elif self._unknown(where, self._before.derivation(card.id, self._reading)):
                silent.append(named(self._before, bearer))
        if silent:
            title = the(self._before.summary(card.id).title)
            self._silent.append(f"the record does not say whether {title} held {_some(silent)}")

    def _is_over(self, proposal: Proposal) -> bool:
        end = self._before.derivation(proposal.instrument, self._reading).life.end
        return proposal.verb == "joins" and end is not None and end.latest <= self._on

    def _assumed_acts(self) -> list[Act]:
        return [
            replace(move.act, kind="withdrawal") if outcome.has_no_day else move.act
            for move, outcome in zip(self._moves, self._outcomes, strict=True)
            if move.act
        ]

    def result(self) -> WhatIf:
        """The answer."""
        pairs = zip(self._moves, self._outcomes, strict=True)
        changes = tuple(self._change(move, outcome) for move, outcome in pairs)
        counted = max([self._on, *(item.effective for item in changes if item.effective and item.act)])
        answer = WhatIf(
            answer="",
            suppositions=tuple(proposal.text for proposal in self._asked),
            on=self._on,
            reading=self._reading,
            binding=self._binding,
            changes=changes,
            counted_on=counted,
            assumed=self._assumed,
            counts_pairs=_CAN_COUNT,
            topics=self._pairs(counted),
            notes=tuple(dict.fromkeys(self._notes())),
            not_known=tuple(self._silent),
            edition=edition_of(self._before),
        )
        return replace(answer, answer=sentence(answer, self._asked))

    def _pairs(self, counted: date) -> tuple[TopicPairs, ...]:
        """The pairs that lose their last or gain their first instrument of a topic."""
        names = self._changed() if _CAN_COUNT else ()
        if not names:
            return ()
        from treatygraph.answers.whatif.pairs import last_pairs

        return last_pairs(self._before, self._later, names, counted, self._reading, binding=self._binding)

    def _changed(self) -> list[str]:
        """The instruments whose standings differ."""
        acted = sorted({move.act.instrument for move in self._moves if move.act})
        names = self._ground.dependants(acted) if acted else ()
        return [name for name in names if self._before.derivation(name) != self._later.derivation(name)]

    def _notes(self) -> Iterable[str]:
        if not _CAN_COUNT:
            yield "pairs of states are not counted: that needs numpy (pip install 'treatygraph[network]')"
        for proposal in self._asked:
            yield from proposal.side.notes
            if proposal.side.is_group and not any(move.proposal == proposal for move in self._moves):
                yield f"no member of {proposal.side.title} has anything to do for '{proposal.text}'"
        for act in self._ground.overtaken([move.act for move in self._moves if move.act]):
            yield f"set aside, being later than what is supposed: {act.id}"
        for name in dict.fromkeys(move.proposal.instrument for move in self._moves):
            title = self._before.summary(name).title
            yield from self._lacks(name, title)
            sources = [source for way in ways_out(self._ground.card(name))[:1] for source in way["sources"]]
            if is_recall(sources):
                yield f"the withdrawal clause of {title} rests on general knowledge alone (unverified)"
            others = [item for item in self._before.readings(name) if item not in (DEPOSITARY, self._reading)]
            if others:
                who = listed(
                    ["the clauses alone" if by == CLAUSE else authority_name(self._before, by) for by in others]
                )
                yield f"{title} is read differently by {who}: see 'status {name}' and --reading"

    def _lacks(self, name: str, title: str) -> Iterable[str]:
        """What the ledger lacks that could change this answer: acts of those who move, or of who is left."""
        known = self._before.knowledge(name)
        yield from dict.fromkeys(f"{title}: {hole.text}" for hole in known.holes if hole.start <= self._on)
        if BEGINNING < known.whole < min(self._on, known.ended):
            yield f"the record has the acts under {title} up to {known.whole_text}; a later one would be missing"

    # ------------------------------------------------------------------ what a move comes to

    def _outcome(self, move: _Move) -> _Outcome:
        name = move.proposal.instrument
        was, now = self._before.derivation(name, self._reading), self._after.derivation(name, self._reading)
        if move.act is None:
            return self._idle(move, was)
        return self._left(move.where, was, now) if move.leaves else self._joined(move.where, now)

    def _idle(self, move: _Move, was: Derivation) -> _Outcome:
        """Where there is nothing to do."""
        held = move.where.held
        because = held.because if held else ()
        if move.leaves and move.where.pending and held:
            return _Outcome("already-leaving", held.end if held.end < OPEN else None, held.ending)
        if move.leaves:
            return _Outcome("already-disowned" if move.where.disowned else "not-bound", None, because)
        if self._is_over(move.proposal):
            return _Outcome("over", None, was.life.end_because)
        closed = is_closed_to(self._ground.card(move.proposal.instrument), move.where.line)
        return _Outcome("closed" if closed else "already-bound", None, because)

    def _left(self, where: Position, was: Derivation, now: Derivation) -> _Outcome:
        mine = [flag for flag in now.flags if flag.state == where.state and flag.start == self._on]
        kinds = {"contracting": "consent-withdrawn", "signatory": "signature-disowned"}
        if where.standing in kinds:
            return _Outcome(kinds[where.standing], self._on, [step for flag in mine for step in flag.because])
        end, ending = _end_of(now.of(where.state), self._on)
        if end == OPEN:
            steps = [step for flag in mine if flag.flag == "notice-pending" for step in flag.because]
            deferred = any(step.rule == "R25" for step in steps)
            return _Outcome("deferred" if deferred else "not-determinable", None, steps)
        same = (end, ending) == _end_of(was.of(where.state), self._on)
        return _Outcome("ends-first" if same else "out", end, ending)

    def _joined(self, where: Position, now: Derivation) -> _Outcome:
        mine = sorted(now.of(where.state), key=lambda item: item.start)
        begun = next((s for s in mine if s.binds and s.end > self._on and s.standing != "provisional"), None)
        if begun is not None:
            return _Outcome("bound", max(begun.start, self._on), begun.because)
        held = next((item for item in mine if within(after(self._on), item.start, item.end)), None)
        return _Outcome("contracting", None, held.because if held else ())

    # ------------------------------------------------------------------ one change in full

    def _change(self, move: _Move, outcome: _Outcome) -> Change:
        name, where = move.proposal.instrument, move.where
        brief, card = self._before.summary(name), self._ground.card(name)
        was, now = self._before.derivation(name, self._reading), self._later.derivation(name, self._reading)
        ways = ways_out(card) if move.leaves else ()
        day = outcome.effective or self._on
        there = [item for item in now.standings if within(day, item.start, item.end)]
        steps = acts_of(outcome.because)
        standing = acts_of(where.held.because) if where.held else ()
        cited = [source for step in (*steps, *standing) for source in step["sources"]]
        cited += [source for way in ways[:1] for source in way["sources"]]
        status, when = _status(was, now)
        depends = tuple(self._dependents(move, day))
        told = [
            *conditions(brief, move.proposal.verb, where, ways, outcome.kind),
            *_orphans(brief.title, depends, there),
        ]
        return Change(
            state=where.state,
            name=self._before.existences()[where.state].name,
            verb=move.proposal.verb,
            instrument=name,
            title=brief.title,
            on=self._on,
            act=move.act.kind if move.act else "",
            before=where.standing,
            outcome=outcome.kind,
            effective=outcome.effective,
            since=(where.held.origin or where.held.since) if where.held else "",
            standing_because=standing,
            ways=ways,
            deferred=deferral(self._ground, card, where, self._on, was.life.entry)
            if outcome.kind == "deferred"
            else None,
            because=steps,
            status=status,
            status_from=when,
            missing_before=was.missing,
            missing_after=now.missing,
            left=tuple(item.state for item in there if item.binds),
            contracting=sum(1 for item in there if item.standing == "contracting"),
            dependents=depends,
            sources=tuple(dict.fromkeys((*cited, *brief.sources))),
            notes=tuple(told),
            unknown=self._unknown(where, was),
            left_complete=open_standings(self._later, self._later.outline(name, self._reading), day).isdisjoint(BINDS),
        )

    def _unknown(self, where: Position, was: Derivation) -> str:
        """What the record lacks where it does not know whether the state is bound on the day; else empty."""
        if where.held:
            doubts = (step.text for step in where.held.because if step.rule.startswith("K"))
            return next(doubts, "its standing is not known") if where.standing == NOT_KNOWN else ""
        absence = absence_of(self._before, was, where.line, self._on)
        return absence.because.text if absence.standing == NOT_KNOWN else ""

    def _dependents(self, move: _Move, day: date) -> Iterable[Dependent]:
        """What stands in a relation of dependence to the instrument, and what becomes of it for the state."""
        for other, relation in sorted(self._related(move.proposal.instrument).items()):
            was = self._before.standings_of(other, self._reading, move.where.state)
            now = self._later.standings_of(other, self._reading, move.where.state)
            before, later = _on(was, self._on), _on(now, day)
            if before not in BINDS and later not in BINDS:
                continue
            ended = [step for item in now if item.end == day for step in item.ending]
            brief = self._before.summary(other)
            yield {
                "id": other,
                "title": brief.title,
                "relation": relation,
                "before": before,
                "after": later,
                "affected": was != now,
                "because": list(acts_of(ended)) if was != now else [],
                "sources": list(brief.sources),
            }

    def _related(self, name: str) -> dict[str, str]:
        related: dict[str, str] = {}
        for card in self._ground.cards.values():
            for relation in _DEPENDS:
                if name in card.related(relation):
                    related.setdefault(card.id, relation)
            if any(rule.lives_as == name for rule in durations_of(card)):
                related[card.id] = "lives-as"
        return related


def _some(names: Sequence[str]) -> str:
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])


def _orphans(title: str, depends: Sequence[Dependent], there: Sequence[Standing]) -> Iterable[str]:
    """What no clause ends although its parent holds nobody any more: it still counts where pairs are counted."""
    if any(item.binds for item in there):
        return
    for item in depends:
        if item["after"] in BINDS:
            yield f"no clause on record ends {item['title']} with {title}: it still counts where pairs are counted"


def _end_of(standings: Sequence[Standing], on: date) -> tuple[date, tuple[Because, ...]]:
    """When a state stops being bound without a break from a day on, and why."""
    end: date = on
    ending: tuple[Because, ...] = ()
    for item in sorted(standings, key=lambda item: item.start):
        if item.binds and item.start <= end <= item.end:
            end, ending = item.end, item.ending
    return end, ending


def _on(standings: Sequence[Standing], when: date) -> str:
    return next((item.standing for item in standings if within(when, item.start, item.end)), "none")


def _status(was: Derivation, now: Derivation) -> tuple[str, date | None]:
    """What becomes of the instrument itself, and from when where that differs from the record."""
    if now.life.end and now.life.end != was.life.end:
        return "ends", now.life.end.latest
    if now.life.entry and not was.life.entry:
        return "enters into force", now.life.entry.earliest
    if now.life.entry is None:
        return "not in force", None
    if now.life.end:
        return "ends as on record", now.life.end.latest
    return "goes on", None
