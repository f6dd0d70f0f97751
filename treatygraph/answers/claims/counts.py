"""Claims about how many: parties, signatures, those still missing, those who left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - as in the room's other modules
from fractions import Fraction

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.leaving import reading_name
from treatygraph.answers.claims.standings import day_of
from treatygraph.answers.claims.steps import left_by
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
    capital,
)
from treatygraph.law.clauses import entry_of
from treatygraph.model.dates import Period, long_form, within
from treatygraph.model.quantities import Quantity
from treatygraph.model.records import Roster
from treatygraph.model.vocabulary import DEPOSITARY, NOT_KNOWN

__all__ = ["count_on"]

_PARTIES = ("party", "participant")
_CONSENTED = (*_PARTIES, "contracting", "provisional")
_WORDS = {
    "parties": "parties", "participants": "participants", "signatures": "signatures", "signatories": "signatories",
    "ratifications": "consents to be bound", "signatories-not-party": "signatories that are not parties",
    "withdrawn": "states that left", "missing-for-entry": "consents missing for entry into force",
}  # fmt: skip
_ROSTER = Period.parse("P18M")


@dataclass(frozen=True)
class _Tally:
    """How many there are by a reading, and whether there may be more."""

    number: int
    whole: bool
    """Whether the ledger is whole for them up to the day."""
    as_of: Day | None
    """The end of the ledger, where it lies before the day."""


def count_on(evidence: Evidence, draft: Draft) -> Held:
    """``count-on``: how many states, on a day; "at least" where the ledger is short of acts."""
    on, said = day_of(evidence, draft), Quantity.parse(draft.get("number"))
    members = _among(evidence, draft, on)
    if said.value < 1 and said.value > 0:
        return _share(evidence, draft, said, members, on)
    counts = {by: _count(evidence, draft, on, members, by) for by in _views(evidence, draft)}
    mine = counts[DEPOSITARY]
    text = _sentence(evidence, draft, on, mine, members)
    proof = _proof(evidence, draft.get("instrument"))
    grades = {by: _grade(said, count) for by, count in counts.items()}
    if len({grade == CONFIRMED for grade in grades.values()}) == 2:
        definitions = tuple(
            Definition(definition=reading_name(by), holds=grade == CONFIRMED, count=counts[by].number)
            for by, grade in grades.items()
        )
        text += "".join(f" By {reading_name(by)}: {count.number}." for by, count in counts.items() if by != DEPOSITARY)
        return Held(DEPENDS, text, proof, definitions)
    verdict = grades[DEPOSITARY]
    if verdict == CONFIRMED or members is not None:
        return Held(verdict, text, proof)
    return _by_others(evidence, draft, said, on, mine) or _another_count(
        evidence, draft, said, on, Held(verdict, text, proof)
    )


def _among(evidence: Evidence, draft: Draft, on: Day) -> list[str] | None:
    """The states among which it is counted; None for all."""
    if not draft.get("among"):
        return None
    return sorted({state for name in draft.many("among") for state in evidence.power(name, on)})


def _views(evidence: Evidence, draft: Draft) -> list[str]:
    """The readings that bear on a count: the depositaries', and those of states that hold themselves out.

    Who does not accept another state has no bond with it, but changes no count (rules R11 and R12).
    """
    name = draft.get("instrument")
    own = [view.authority for view in evidence.assertions(name) if view.authority == view.state]
    return [by for by in evidence.readings(name) if by == DEPOSITARY or by in own]


def _count(evidence: Evidence, draft: Draft, on: Day, members: Iterable[str] | None, reading: str) -> _Tally:
    name, of = draft.get("instrument"), draft.get("of")
    states = _counted(evidence, name, of, on, reading)
    if members is not None:
        lines = [set(evidence.line(state)) for state in members]
        states = {state for line in lines for state in sorted(states & line)[:1]}
    coverage = evidence.card(name).coverage
    through = coverage.through.latest if coverage.through else None
    kinds = {"signature", "any"} if of == "signatures" else {"consent", "any"}
    gaps = [gap for gap in coverage.gaps if gap.acts in kinds and not (gap.start and gap.start.earliest > on)]
    number = len(states) if of != "missing-for-entry" else _missing(evidence, name, states)
    rows = evidence.derivation(name, reading).standings
    doubtful = any(row.standing == NOT_KNOWN and within(on, row.start, row.end) for row in rows)
    whole = through is not None and not gaps and not (doubtful and of != "signatures")
    return _Tally(number, whole, through if through and through < on else None)


def _counted(evidence: Evidence, name: str, of: str, on: Day, reading: str) -> set[str]:
    """The states that are counted."""
    derived = evidence.derivation(name, reading)
    held = {item.state: item.standing for item in derived.standings if within(on, item.start, item.end)}
    if of == "signatures":
        return _signed(evidence, name, on)
    if of == "withdrawn":
        out = {state for state, standing in held.items() if standing.startswith("former")}
        return {state for state in out if any(item.start <= on for item in left_by(evidence, name, state, reading))}
    wanted = {"parties": _PARTIES, "participants": _PARTIES, "signatories-not-party": ("signatory",)}
    if of == "signatories":
        return _signed(evidence, name, on)
    return {state for state, standing in held.items() if standing in wanted.get(of, _CONSENTED)}


def _signed(evidence: Evidence, name: str, on: Day) -> set[str]:
    """The states with a signature by a day, those that continue or succeed to a signatory for it."""
    states = {
        act.state for act in evidence.acts(name, kinds=("signature", "definitive-signature")) if act.date.latest <= on
    }
    held = [item for item in evidence.derivation(name).standings if within(on, item.start, item.end)]
    heirs = {act.state for act in evidence.acts(name, kinds=("succession",)) if act.date.latest <= on}
    now = {item.state for item in held}
    living = {state for state in states if state in now or evidence.states[state].end > on}
    continued = {code for code, state in evidence.states.items() if state.continues in states and code in now}
    return living | continued | {state for state in heirs if state in now and not evidence.bound_on(name, state, on)}


def _missing(evidence: Evidence, name: str, consented: set[str]) -> int:
    """How many consents the clause on entry into force still lacks (rule R13)."""
    rule = entry_of(evidence.card(name))
    if rule is None:
        return 0
    named = [*rule.including, *(code for code in rule.all_of if code.isupper())]
    if "participants" in rule.all_of or not (named or rule.count or rule.some or rule.all_of):
        named += evidence.card(name).participants
    lacking = sum(1 for code in dict.fromkeys(named) if consented.isdisjoint(evidence.line(code)))
    return max(lacking, rule.count - len(consented), rule.some - len(consented & set(rule.of)))


def _grade(said: Quantity, count: _Tally) -> str:
    """A number held against ours: above a short ledger nothing is denied."""
    if said.holds(count.number) and (count.whole or said.sense in ("above", "least")):
        return CONFIRMED
    if said.holds(count.number):
        return NOT_ON_RECORD  # the ledger has as many by chance: it lacks acts
    if not count.whole:
        return NOT_ON_RECORD if said.could_exceed(count.number) else CONTRADICTED
    if said.is_near(count.number):
        return IMPRECISE
    if count.as_of and said.could_exceed(count.number) and said.value <= count.number * Fraction(11, 10):
        return NOT_ON_RECORD  # states may have joined since the ledger ends
    return CONTRADICTED


def _sentence(evidence: Evidence, draft: Draft, on: Day, count: _Tally, members: Sequence[str] | None) -> str:
    least = "" if count.whole else "at least "
    among = f" among {len(members)} members" if members is not None else ""
    title, what = capital(evidence.title(draft.get("instrument"))), _WORDS[draft.get("of")]
    text = f"{title} had {least}{count.number} {what}{among} on {long_form(on)}"
    return text + (f" (the ledger ends on {long_form(count.as_of)})." if count.as_of else ".")


def _proof(evidence: Evidence, name: str) -> tuple[Proof, ...]:
    card = evidence.card(name)
    cite = card.cites.get("coverage") or card.cites.get("title")
    return (Proof(f"{name}#count", "the count", cite.sources if cite else ()),)


def _another_count(evidence: Evidence, draft: Draft, said: Quantity, on: Day, held: Held) -> Held:
    """Consents told as parties, or parties as consents, are loose where the one is right."""
    other = {"parties": "ratifications", "ratifications": "parties", "signatories": "signatories-not-party"}
    of = other.get(draft.get("of"), "")
    if held.verdict not in (CONTRADICTED, NOT_ON_RECORD) or not of:
        return held
    count = _count(evidence, draft.having(of=of), on, None, DEPOSITARY)
    if said.holds(count.number) and count.whole:
        return held.graded(IMPRECISE, f" It had {count.number} {_WORDS[of]}.")
    return held


def _by_others(evidence: Evidence, draft: Draft, said: Quantity, on: Day, mine: _Tally) -> Held | None:
    """Where the ledger is short: the totals that others publish, nearest in time."""
    if mine.whole or draft.get("of") not in ("parties", "participants", "signatures", "signatories"):
        return None
    of_parties = draft.get("of") in ("parties", "participants")
    totals = [
        (roster, total)
        for roster in evidence.rosters(draft.get("instrument"))
        if (total := roster.parties if of_parties else roster.signatories)
    ]
    near = [(roster, total) for roster, total in totals if _is_near(roster, on)]
    if not near:
        return None
    right = [(roster, total) for roster, total in near if said.holds(total)]
    roster, total = (right or near)[0]
    title, what = capital(evidence.title(draft.get("instrument"))), _WORDS[draft.get("of")]
    text = f"{title} had {total} {what} as of {roster.as_of}, by a total that others publish."
    proof = Proof(f"{roster.instrument}/{roster.as_of}", "the total", roster.cite.sources)
    least, most = min(total for _, total in near), max(total for _, total in near)
    if right:
        return Held(CONFIRMED, text, (proof,))
    if any(said.is_near(total) for _, total in near):
        return Held(IMPRECISE, text, (proof,))
    # Of the days before the first total, and after the last, states may have joined or left since.
    days = [roster.as_of for roster, _ in near]
    within_totals = min(day.earliest for day in days) <= on <= max(day.latest for day in days)
    far = within_totals and not least * 0.9 <= said.value <= most * 1.1
    return Held(CONTRADICTED if far else NOT_ON_RECORD, text, (proof,))


def _is_near(roster: Roster, on: Day) -> bool:
    return _ROSTER.before(on) <= roster.as_of.latest <= _ROSTER.after(on)


def _share(evidence: Evidence, draft: Draft, said: Quantity, members: Sequence[str] | None, on: Day) -> Held:
    """A fraction of the states among which it is counted."""
    if not members:
        return Held(NOT_ON_RECORD, f"Of what “{draft.get('number')}” is a share the claim does not say ('among').")
    count = _count(evidence, draft, on, members, DEPOSITARY)
    share = Fraction(count.number, len(members))
    text = _sentence(evidence, draft, on, count, members)
    if said.holds(share):
        return Held(CONFIRMED, text, _proof(evidence, draft.get("instrument")))
    near = abs(share - said.value) <= Fraction(1, 20)
    return Held(
        IMPRECISE if near else CONTRADICTED if count.whole else NOT_ON_RECORD,
        text,
        _proof(evidence, draft.get("instrument")),
    )
