"""Ignorance is monotonic: what is taken out of the record turns no yes into a no, and no no into a yes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from treatygraph.law import standings
from treatygraph.law.derivations import Corpus
from treatygraph.law.knowledge import knowledge_of
from treatygraph.law.parents import first_day
from treatygraph.law.standings import Case, derive
from treatygraph.law.succession import line
from treatygraph.law.totals import published
from treatygraph.law.withdrawal import notice_given
from treatygraph.model.coverage import Gap, TextRead
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import Act, Facts
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import BINDS, CLAUSE, CONSENTS, DEPOSITARY, NOT_KNOWN

SEED = 20261130
TAKEN = 250
JOINING = CONSENTS | {"adherence", "adoption", "declaration", "waiver"}
LEAVING = {"notice-of-withdrawal", "withdrawal", "termination", "end-of-participation", "withdrawal-of-consent"}


def kind_of_gap(act: Act) -> str:
    """The narrowest word of a gap that covers the act."""
    if act.kind in ("signature", "objection"):
        return act.kind
    return "consent" if act.kind in JOINING else "exit" if act.kind in LEAVING else "any"


@dataclass(frozen=True)
class Told:
    """What the law tells of one instrument: the standing of any state on any day."""

    derived: Derivation
    case: Case
    facts: Facts

    def standing(self, code: str, when: date) -> str:
        row = next((item for item in self.derived.of(code) if item.start <= when < item.end), None)
        if row:
            return row.standing
        states, card = self.case.states, self.case.instrument
        known = knowledge_of(card, self.case.acts, self.derived, states, published(self.facts, card.id))
        return known.absence(line(states, code), when, first_day(self.derived, states, code)).standing


def opposed(before: str, after: str) -> bool:
    """Whether one says yes and the other no."""
    return NOT_KNOWN not in (before, after) and (before in BINDS) is not (after in BINDS)


def days(*derived: Derivation) -> list[date]:
    """Days of which one lies in every stretch on which no standing changes."""
    edges = {edge for item in derived for row in item.standings for edge in (row.start, row.end)}
    return sorted(edges - {BEGINNING, OPEN})


def without(case: Case, act: Act) -> Case:
    """The case with an act taken out of the ledger, and the gap on record."""
    card = case.instrument
    gap = Gap((act.state,), kind_of_gap(act), None, None, "taken out")
    coverage = replace(card.coverage, gaps=(*card.coverage.gaps, gap))
    acts = [item for item in case.acts if item is not act]
    return replace(case, instrument=replace(card, coverage=coverage), acts=acts)


def contradictions(case: Case, act: Act, facts: Facts, reading: str) -> Iterator[str]:
    whole, less = case, without(case, act)
    before, after = (Told(derive(item, reading), item, facts) for item in (whole, less))
    touched = {row.state for row in before.derived.standings} ^ {row.state for row in after.derived.standings}
    touched |= {row.state for row in set(before.derived.standings) ^ set(after.derived.standings)}
    for code in sorted(touched):
        state = case.states[code]
        for when in days(before.derived, after.derived):
            if state.start <= when < state.end:
                said = before.standing(code, when), after.standing(code, when)
                if opposed(*said):
                    yield f"{act.id}: {code} on {when} under {reading}: {said[0]}, and without it {said[1]}"


@pytest.fixture(scope="module")
def sample(facts: Facts) -> Sequence[Act]:
    """Acts of the real record, seeded: as many of each kind as of any other, as far as there are."""
    kinds: dict[str, list[Act]] = {}
    for ledger in facts.acts.values():
        for act in ledger:
            kinds.setdefault(act.kind, []).append(act)
    pick = random.Random(SEED)
    return [act for _, acts in sorted(kinds.items()) for act in pick.sample(acts, min(len(acts), TAKEN // len(kinds)))]


@pytest.mark.parametrize("reading", [DEPOSITARY, CLAUSE])
def test_an_act_taken_out_turns_no_yes_into_a_no(
    facts: Facts, corpus: Corpus, sample: Sequence[Act], reading: str
) -> None:
    assert len(sample) > TAKEN // 2
    wrong = [
        text
        for act in sample
        for text in contradictions(corpus.case(act.instrument, corpus.default), act, facts, reading)
    ]
    assert wrong == []


def test_without_k3_the_test_above_fails(
    facts: Facts, corpus: Corpus, sample: Sequence[Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standings, "doubted", lambda rows, _: list(rows))
    monkeypatch.setattr(Knowledge, "hole", lambda *_, **__: None)
    wrong = {
        act.kind
        for act in sample
        if any(contradictions(corpus.case(act.instrument, corpus.default), act, facts, DEPOSITARY))
    }
    assert wrong >= {"accession", "ratification", "withdrawal"}


def test_a_clause_taken_out_is_not_told_to_be_absent(facts: Facts) -> None:
    """Article 56 speaks only of a text that is known to have no clause (K9)."""
    tried = 0
    for card in facts.instruments.values():
        if not card.is_treaty:
            continue
        rest = tuple(clause for clause in card.clauses if clause.kind != "withdrawal")
        less = replace(card, clauses=rest, text=TextRead("part"))
        found = notice_given(less, Span.parse("2026-11-30"), card.entry_into_force, ())
        tried += 1
        assert [step.rule for step in found.because] == ["K9"], card.id
        assert "56" not in found.note + found.because[0].text, card.id
    assert tried > 100
