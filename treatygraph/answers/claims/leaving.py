"""Claims that a state is out: the first day on which it is, whether it stays so, and what is no withdrawal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.answers.claims.coverage import could_take_part, ledger_proves
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.steps import ANNOUNCED, LAW, OUT, ExitStep, effects, phrase, steps_of
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
    dated,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.model.act_words import LEAVING
from treatygraph.model.dates import Span, long_form
from treatygraph.model.standings import Standing
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["effect_of_withdrawal", "reading_name", "stays_out"]

_NEVER_BOUND = frozenset({"withdrawal-of-consent", "intention-not-to-ratify"})
_OTHER = ("suspension", "countermeasure")


def effect_of_withdrawal(evidence: Evidence, draft: Draft) -> Held:
    """``effect-of-withdrawal``: the first day on which a state is out, by an act of its own.

    The day of another step is imprecise; a suspension, a notice that was taken back, or an end that came to all
    alike is no withdrawal; where legal views differ, it depends (rule R39).
    """
    name, state = draft.get("instrument"), draft.get("state")
    said = Span.parse(draft.get("on")) if draft.get("on") else None
    out = effects(evidence, name, state)
    grades = {reading: _grade(evidence, said, standings) for reading, standings in out.items()}
    if CONFIRMED in grades.values():
        return _confirmed(evidence, draft, out, grades)
    steps = steps_of(evidence, name, state)
    if (loose := _loose(evidence, said, steps, out)) is not None:
        return _loosely(evidence, draft, loose, steps, any(out.values()))
    if any(grade == IMPRECISE for grade in grades.values()):
        return Held(IMPRECISE, _path(evidence, draft, steps), _proofs(steps))
    if any(out.values()):
        grade = NOT_ON_RECORD if NOT_ON_RECORD in grades.values() else CONTRADICTED
        return Held(grade, _path(evidence, draft, steps), _proofs(steps))
    return _never_out(evidence, draft, said, steps)


def _grade(evidence: Evidence, said: Span | None, standings: Sequence[Standing]) -> str:
    """How the claim stands under one reading; empty where nobody is out under it."""
    if said is None:
        return CONFIRMED if any(item.start <= evidence.date for item in standings) else ""
    grades = [verdict_on_date(said, Span.of(item.start)) for item in standings]
    return next((grade for grade in (CONFIRMED, IMPRECISE, NOT_ON_RECORD, CONTRADICTED) if grade in grades), "")


def _confirmed(evidence: Evidence, draft: Draft, out: dict[str, list[Standing]], grades: dict[str, str]) -> Held:
    who, title = capital(evidence.named(draft.get("state"))), evidence.title(draft.get("instrument"))
    proofs = tuple(evidence.proof_of_standing(item, by) for by, standings in out.items() for item in standings)
    holding = {by: grade == CONFIRMED for by, grade in grades.items()}
    days = {by: [long_form(item.start) for item in standings] for by, standings in out.items() if standings}
    if all(holding.values()):
        first = next(iter(days.values()))
        return Held(CONFIRMED, f"{who} has been out of {title} since {listed(first)}.", proofs)
    definitions = tuple(_definition(by, holds, days.get(by, [])) for by, holds in holding.items())
    parts = [f"{reading_name(by)}: {'out since ' + listed(days[by]) if by in days else 'still in'}" for by in holding]
    return Held(
        DEPENDS,
        f"Whether {evidence.named(draft.get('state'))} left {title} is contested. {capital('; '.join(parts))}.",
        proofs,
        definitions,
    )


def _definition(by: str, holds: bool, days: Sequence[str]) -> Definition:
    return {
        "definition": reading_name(by),
        "holds": holds,
        "standing": "former" if days else "bound",
        "since": list(days),
    }


def reading_name(by: str) -> str:
    """Whose view it is, in words."""
    return {DEPOSITARY: "the depositaries' record", CLAUSE: "the clause alone"}.get(by, f"the reading of {by}")


def _loose(
    evidence: Evidence, said: Span | None, steps: Sequence[ExitStep], out: dict[str, list[Standing]]
) -> ExitStep | None:
    """The step on the way out whose day the claim gives for that of the effect; None where there is none."""
    gone = any(out.values())
    for step in steps:
        if said is not None and verdict_on_date(said, step.date) != CONFIRMED:
            continue
        if said is None and step.date.earliest > evidence.date:
            continue
        if step.kind in _NEVER_BOUND or (step.kind == "termination" and step.act is not None):
            return step
        on_the_way = step.kind in ("notice-of-withdrawal", "withdrawal", "end-of-participation")
        if on_the_way and _stands(evidence, step):
            return step
        if gone and step.kind in (ANNOUNCED, LAW) and (not step.of or step.of & LEAVING):
            return step
    return None


def _stands(evidence: Evidence, step: ExitStep) -> bool:
    """Whether a notice has not been taken back: it has worked, or its effect lies ahead or is not known."""
    act = step.act
    if act is None:
        return True
    taken_back = evidence.acts(act.instrument, act.state, ("revocation-of-notice",))
    return not any(item.date >= act.date for item in taken_back)


def _loosely(evidence: Evidence, draft: Draft, step: ExitStep, steps: Sequence[ExitStep], gone: bool) -> Held:
    who, title = capital(evidence.named(draft.get("state"))), evidence.title(draft.get("instrument"))
    if step.kind in _NEVER_BOUND:
        text = f"{who} {phrase(step)} ({title}) {dated(step.date)}. It was not bound, so it left nothing."
        return Held(IMPRECISE, text, (step.proof,))
    text = _path(evidence, draft, steps)
    if gone or step.kind in ("notice-of-withdrawal", "withdrawal"):
        text += f" The report gives for the effect the day when it {phrase(step)}."
    return Held(IMPRECISE, text, _proofs(steps))


def _path(evidence: Evidence, draft: Draft, steps: Sequence[ExitStep]) -> str:
    who, title = capital(evidence.named(draft.get("state"))), evidence.title(draft.get("instrument"))
    shown = [
        step
        for step in steps
        if step.kind in (*LEAVING, OUT, "revocation-of-notice") or (step.kind == ANNOUNCED and step.of & LEAVING)
    ]
    return f"{who} {listed([f'{phrase(step)} {dated(step.date)}' for step in shown])} ({title})."


def _proofs(steps: Sequence[ExitStep]) -> tuple[Proof, ...]:
    return tuple(step.proof for step in steps if step.kind in (ANNOUNCED, OUT, "revocation-of-notice", *LEAVING))


def _never_out(evidence: Evidence, draft: Draft, said: Span | None, steps: Sequence[ExitStep]) -> Held:
    """The state is out under no reading: contradicted where the record excludes it."""
    name, state = draft.get("instrument"), draft.get("state")
    who, title = capital(evidence.named(state)), evidence.title(name)
    day = min(said.latest, evidence.date) if said else evidence.date
    held = [item for item in evidence.standings(name, state) if item.binds]
    ended = [item for item in held if said and verdict_on_date(said, Span.of(item.end)) == CONFIRMED]
    if ended:
        life = evidence.life(name)
        ending = f"{dated(life.end)} ({life.how})" if life.end else "then"
        text = f"{who} was bound by {title} until it ended for all {ending}; it did not withdraw."
        return Held(IMPRECISE, text, (evidence.proof_of_standing(ended[0]),))
    others = [step for step in steps if step.kind in (*LEAVING, *_OTHER, "revocation-of-notice")]
    others = [step for step in others if step.date.earliest <= evidence.date]
    happened = listed([f"{phrase(step)} {dated(step.date)}" for step in others])
    proofs = (*(step.proof for step in others), *(evidence.proof_of_standing(item) for item in held[-1:]))
    if not held:
        text = f"{who} was never bound by {title}, so it left nothing."
        proven = ledger_proves(evidence, name, state, ("ratification",), day) or not could_take_part(
            evidence, name, state, day
        )
        return Held(CONTRADICTED if proven else NOT_ON_RECORD, text, proofs, notes=evidence.coverage(name, day))
    text = f"{who} has not left {title} on record" + (f"; it {happened}." if happened else ".")
    at_that_time = any(said is None or verdict_on_date(said, step.date) == CONFIRMED for step in others)
    if at_that_time or ledger_proves(evidence, name, state, LEAVING, day):
        return Held(CONTRADICTED, text, tuple(proofs))
    return Held(NOT_ON_RECORD, text, tuple(proofs), notes=evidence.coverage(name, day))


def stays_out(evidence: Evidence, draft: Draft) -> Held:
    """``stays-out``: whether a state that had left by a day has not come back since."""
    name, state = draft.get("instrument"), draft.get("state")
    on = Span.parse(draft.get("on")).latest if draft.get("on") else evidence.date
    title, who = evidence.title(name), capital(evidence.named(state))
    bound = [item for item in evidence.standings(name, state) if item.binds and item.start <= evidence.latest]
    if not bound:
        return Held(IMPRECISE, f"{who} was never bound by {title}, so there was nothing to come back to.")
    notes = evidence.coverage(name, evidence.latest)
    after = next((item for item in bound if item.end > on), None)
    if after:
        text = f"{who} is bound by {title} since {after.since}" + (f" until {after.until}." if after.until else ".")
        return Held(CONTRADICTED, text, (evidence.proof_of_standing(after),), notes=notes)
    last = max(bound, key=lambda item: item.end)
    out = next(_after(evidence, name, state, last))
    text = f"{who} has been out of {title} since {long_form(last.end)}, and the record has no return."
    return Held(CONFIRMED, text, (evidence.proof_of_standing(out),), notes=notes)


def _after(evidence: Evidence, name: str, state: str, last: Standing) -> Iterator[Standing]:
    """The standing that follows the last one in which a state was bound: whoever was bound is former."""
    return (item for item in evidence.standings(name, state) if item.start == last.end)
