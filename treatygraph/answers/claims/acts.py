"""Claims about what a state did under an instrument: any act of the ledgers, and the steps of a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from treatygraph.answers.claims.coverage import could_take_part, ledger_proves
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.leaving import effect_of_withdrawal
from treatygraph.answers.claims.people import done_by
from treatygraph.answers.claims.steps import ANNOUNCED, BOUND, BOUND_THROUGH, LAW, OUT, ExitStep, phrase, steps_of
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    best,
    capital,
    dated,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.model import names
from treatygraph.model.act_words import ACT_SYNONYMS, JOINING, KINDRED, LEAVING, RATIFYING, acts_meant
from treatygraph.model.dates import Span
from treatygraph.model.records import Assertion

__all__ = ["act_on", "announcement_of_withdrawal", "judged_act", "notice_of_withdrawal"]

_SHOWN = 5
_WITHDRAWING = frozenset({"notice-of-withdrawal", "withdrawal"})
_AGREED = frozenset({"signature", "definitive-signature", "extension"})


def act_on(evidence: Evidence, draft: Draft) -> Held:
    """``act-on``: whether a state did an act, when, by whom and where; loose words for it are imprecise."""
    held = judged_act(evidence, draft, draft.get("act"))
    return done_by(evidence, draft, held, acts_meant(draft.get("act"))) if draft.get("by") else held


def notice_of_withdrawal(evidence: Evidence, draft: Draft) -> Held:
    """``notice-of-withdrawal``: when a state gave notice (rule R23)."""
    held = judged_act(evidence, draft, "notice-of-withdrawal")
    return done_by(evidence, draft, held, _WITHDRAWING) if draft.get("by") else held


def judged_act(evidence: Evidence, draft: Draft, word: str) -> Held:
    """An act, as a word names it, held against everything that the state did about the instrument."""
    kind = ACT_SYNONYMS.get(word, word)
    if kind == "withdrawal":
        return effect_of_withdrawal(evidence, draft)
    if kind == "extension":
        return _extension(evidence, draft)
    name, state = draft.get("instrument"), draft.get("state")
    steps, meant = steps_of(evidence, name, state), acts_meant(word)
    said = Span.parse(draft.get("on")) if draft.get("on") else None
    mine = [step for step in steps if step.kind in meant or (kind == "consent" and step.kind == BOUND)]
    mine = _by_day(evidence, mine)
    grades = [_grade(evidence, draft, step, said) for step in mine]
    if any(held.verdict in (CONFIRMED, DEPENDS) for held in grades):
        return best(grades)
    loose = [step for step in _loose(steps, kind, meant) if _same_time(said, step, evidence)]
    if mine and said and said.precision == "year":
        # of an act whose year is on record the year of the signature, or of its effect, is a wrong year
        loose = [step for step in loose if step.kind not in (BOUND, "signature")]
    elif not mine:
        loose = [step for step in loose if step.kind != BOUND]
    if loose:
        return _loosely(evidence, draft, kind, loose[0], mine)
    if grades:
        return best(grades)
    return _none(evidence, draft, kind, meant, steps)


def _by_day(evidence: Evidence, steps: Sequence[ExitStep]) -> list[ExitStep]:
    """The steps that a report could know of on its day."""
    known = [step for step in steps if step.date.earliest <= evidence.date]
    return known or list(steps)


def _same_time(said: Span | None, step: ExitStep, evidence: Evidence) -> bool:
    if said is None:
        return step.date.earliest <= evidence.date
    return verdict_on_date(said, step.date) == CONFIRMED


def _grade(evidence: Evidence, draft: Draft, step: ExitStep, said: Span | None) -> Held:
    name, state = draft.get("instrument"), draft.get("state")
    who, title = capital(evidence.named(state)), evidence.title(name)
    text = f"{who} {phrase(step)} ({title}) {dated(step.date)}"
    text += f"; {_note(step)}." if _note(step) else "."
    if said is None:
        verdict = CONFIRMED if step.date.earliest <= evidence.date else CONTRADICTED
    else:
        verdict = verdict_on_date(said, step.date)
    if verdict == CONFIRMED and (wrong := _wrong_depositary(draft, step)):
        return Held(CONTRADICTED, f"{text} It was done at {wrong}.", (step.proof,))
    if verdict in (CONFIRMED, IMPRECISE) and (views := _disputed(evidence, step)):
        return _contested(evidence, text, step, views, verdict)
    return Held(verdict, text, (step.proof,))


def _note(step: ExitStep) -> str:
    if step.act and step.act.against:
        return f"towards {listed(step.act.against)}"
    return ""


def _wrong_depositary(draft: Draft, step: ExitStep) -> str:
    """The depositary of the act, where the claim names another one."""
    said = names.key(draft.get("depositary"))
    there = step.act.depositary if step.act else ""
    return there if said and there and said not in names.key(there) and names.key(there) not in said else ""


def _disputed(evidence: Evidence, step: ExitStep) -> list[Assertion]:
    """Who rejects what an act claims to bring about: a suspension or an end that the other side denies (R31, R39)."""
    if step.act is None or step.kind not in ("suspension", "termination"):
        return []
    views = [view for view in evidence.assertions(step.act.instrument) if view.is_about(step.act)]
    return [view for view in views if view.stance == "rejects"]


def _contested(evidence: Evidence, text: str, step: ExitStep, views: Sequence[Assertion], verdict: str) -> Held:
    by = list(dict.fromkeys(view.authority for view in views))
    more = f" It is rejected by {listed(by[:_SHOWN])}{' and others' if len(by) > _SHOWN else ''}."
    definitions = (
        Definition(definition="the act as the state made it", holds=True, standing=step.kind),
        *(Definition(definition=f"the reading of {name}", holds=False, standing="without effect") for name in by),
    )
    proofs = (step.proof, *(evidence.proof_of_view(view) for view in views[:_SHOWN]))
    return Held(DEPENDS if verdict == CONFIRMED else verdict, text + more, proofs, definitions)


def _loose(exits: Sequence[ExitStep], kind: str, meant: frozenset[str]) -> list[ExitStep]:
    """The steps that a loose word may mean: acts of a kindred kind, the step as announced or decided, its effect."""
    kindred = KINDRED.get(kind, frozenset())
    wanted = meant | ({"withdrawal"} if meant & _WITHDRAWING else frozenset())
    steps = [step for step in exits if step.kind in kindred]
    steps += [step for step in exits if step.kind in (ANNOUNCED, LAW) and (not step.of or step.of & wanted)]
    if meant & JOINING:
        steps += [step for step in exits if step.kind == BOUND]
        steps += [step for step in exits if step.kind == "signature"]
    if meant & _WITHDRAWING or kind == "suspension":
        steps += [step for step in exits if step.kind == OUT]
    if kind == "signature":
        steps += [step for step in exits if step.kind in JOINING - RATIFYING]
    return steps


def _bound_by_exchange(evidence: Evidence, name: str, state: str, meant: Iterable[str]) -> bool:
    """Whether a state was a party to an instrument that binds by ratification alone, though no act of it has its day.

    The exchange of instruments of two states is then the day of entry into force, and stands on no ledger.
    """
    consents = JOINING - {"signature", "definitive-signature"}
    entry = evidence.card(name).clauses_of("entry-into-force")
    return (
        frozenset(meant) <= consents
        and any(clause.get("on") == "exchange" for clause in entry)
        and any(item.standing == "party" for item in evidence.standings(name, state))
        and not any(act.kind in consents for act in evidence.acts(name, state))
    )


def _loosely(evidence: Evidence, draft: Draft, kind: str, step: ExitStep, mine: Sequence[ExitStep]) -> Held:
    """The claim has the day of another step, or the word for another act."""
    who, title = capital(evidence.named(draft.get("state"))), evidence.title(draft.get("instrument"))
    word = f"the {kind.replace('-', ' ')}"
    if step.kind == "signature" and not mine:
        text = f"{who} signed {title} {dated(step.date)}; the record has no {kind.replace('-', ' ')} by it."
        proves = ledger_proves(evidence, draft.get("instrument"), draft.get("state"), acts_meant(kind), evidence.date)
        return Held(CONTRADICTED if proves else NOT_ON_RECORD, text, (step.proof,))
    if step.kind == BOUND_THROUGH and not mine:
        text = f"{who} did no such act: it was bound by {title} through another, {dated(step.date)} ({step.text})."
        return Held(CONTRADICTED, text, (step.proof,))
    text = f"{who} {phrase(step)} ({title}) {dated(step.date)}"
    text += f": {step.text.rstrip('.')}" if step.text else ""
    if mine:
        text += f"; {word} was {listed([dated(item.date) for item in mine[:_SHOWN]])}."
    else:
        text += f"; {word} is another thing, and is not on record."
    return Held(IMPRECISE, text, (step.proof, *(item.proof for item in mine[:_SHOWN])))


def _none(evidence: Evidence, draft: Draft, kind: str, meant: frozenset[str], steps: Sequence[ExitStep]) -> Held:
    """No such act is on record: contradicted where the ledger proves it, or shows another act at that time."""
    name, state = draft.get("instrument"), draft.get("state")
    who, title = capital(evidence.named(state)), evidence.title(name)
    said = Span.parse(draft.get("on")) if draft.get("on") else None
    day = min(said.latest, evidence.date) if said else evidence.date
    text = f"The record has no {kind.replace('-', ' ')} of {title} by {evidence.named(state)}"
    others = [step for step in steps if step.kind not in (BOUND, LAW) and step.date.earliest <= evidence.date]
    proofs = tuple(step.proof for step in others[:_SHOWN])
    if others:
        text += f"; what it has: {listed([f'{phrase(step)} {dated(step.date)}' for step in others[:_SHOWN]])}"
    if not could_take_part(evidence, name, state, day):
        return Held(CONTRADICTED, f"{text}. {who} is none of those that take part in it.", proofs)
    if _bound_by_exchange(evidence, name, state, meant):
        return Held(NOT_ON_RECORD, f"{text}. It was bound, as the treaty needs, by such an act.", proofs)
    if ledger_proves(evidence, name, state, meant, day):
        return Held(CONTRADICTED, f"{text}. The ledger is whole for it.", proofs)
    opposed = [
        step for step in others if said and step.kind in _OPPOSED.get(kind, ()) and _same_time(said, step, evidence)
    ]
    if opposed or (said and _signed_without(evidence, name, meant, said, others)):
        return Held(CONTRADICTED, f"{text}.", tuple(step.proof for step in opposed))
    return Held(NOT_ON_RECORD, f"{text}.", proofs, notes=evidence.coverage(name, day))


def _signed_without(
    evidence: Evidence, name: str, meant: frozenset[str], said: Span, others: Sequence[ExitStep]
) -> bool:
    """Whether the ledger has who signed then, and for this state another act of that time: it did not sign itself."""
    if not meant & {"signature"} or not any(_same_time(said, step, evidence) and step.act for step in others):
        return False
    return any(verdict_on_date(said, act.date) == CONFIRMED for act in evidence.acts(name, kinds=tuple(meant)))


_OPPOSED = {
    "termination": ("suspension", "countermeasure"),
    "notice-of-withdrawal": ("suspension", "countermeasure", "revocation-of-notice"),
    "intention-not-to-ratify": ("withdrawal-of-consent",),
    "withdrawal-of-consent": ("intention-not-to-ratify",),
    "countermeasure": ("notice-of-withdrawal",),
}
"""Acts on record that show that what happened then was another thing."""


def _extension(evidence: Evidence, draft: Draft) -> Held:
    """An extension is an instrument of its own, agreed and in force."""
    name, title = draft.get("instrument"), evidence.title(draft.get("instrument"))
    said = Span.parse(draft.get("on")) if draft.get("on") else None
    extensions = []
    for card in evidence.extensions(name):
        days = [day for day in (evidence.agreed(card), evidence.life(card.id).entry) if day]
        text = f"{title} was extended: {evidence.title(card.id)}, {' and in force '.join(dated(day) for day in days)}."
        verdict = best(Held(verdict_on_date(said, day), text) for day in days).verdict if said and days else CONFIRMED
        extensions.append(Held(verdict, text, (evidence.of_card(card.id, "signed", "the extension"),)))
    return best(extensions) if extensions else Held(NOT_ON_RECORD, f"The record has no extension of {title}.")


# ---------------------------------------------------------------------- announcements


def announcement_of_withdrawal(evidence: Evidence, draft: Draft) -> Held:
    """``announcement-of-withdrawal``: when a state said that it would leave.

    What announces something else (a suspension, a halt of inspections, that a signature is disowned) is no such
    announcement; where none is on record, none is denied: what a state says is not all on record.
    """
    held = _announced(evidence, draft)
    return done_by(evidence, draft, held, frozenset({ANNOUNCED})) if draft.get("by") else held


def _announced(evidence: Evidence, draft: Draft) -> Held:
    name, state = draft.get("instrument"), draft.get("state")
    who, title = evidence.named(state), evidence.title(name)
    said = Span.parse(draft.get("on")) if draft.get("on") else None
    steps = steps_of(evidence, name, state)
    mine = [step for step in steps if step.kind == ANNOUNCED and step.of & LEAVING]
    right = [step for step in mine if _same_time(said, step, evidence)]
    if right:
        return _told(
            right[0],
            who,
            title,
            CONFIRMED if right[0].of & _WITHDRAWING | right[0].of & {"end-of-participation"} else IMPRECISE,
        )
    near = [step for step in mine if said and verdict_on_date(said, step.date) == IMPRECISE]
    if near:
        return _told(near[0], who, title, IMPRECISE)
    loose = [step for step in steps if step.kind in (*LEAVING, OUT, LAW) and _same_time(said, step, evidence)]
    loose = [step for step in loose if step.kind != LAW or not step.of or step.of & LEAVING]
    path = [
        step
        for step in steps
        if step.kind in (ANNOUNCED, *LEAVING, OUT) and (step.kind != ANNOUNCED or step.of & LEAVING)
    ]
    told = listed([f"{phrase(step)} {dated(step.date)}" for step in path])
    proofs = tuple(step.proof for step in path)
    if loose and said:
        text = f"{capital(who)} {told} ({title})."
        if not mine and any(step.kind == "notice-of-withdrawal" for step in loose):
            return Held(CONFIRMED, f"{text} No earlier announcement is on record: the notice announced it.", proofs)
        text += f" The report gives for the announcement the day when it {phrase(loose[0])}."
        return Held(IMPRECISE, text, proofs)
    other = [
        step for step in steps if step.kind == ANNOUNCED and not step.of & LEAVING and _same_time(said, step, evidence)
    ]
    if other and said:
        text = f"What {who} announced about {title} {dated(other[0].date)} is no withdrawal: {other[0].text}"
        return Held(CONTRADICTED, text, (other[0].proof,))
    if not path:
        return Held(NOT_ON_RECORD, f"The record has no announcement of a withdrawal of {who} from {title}.")
    years = {year for step in path for year in (step.date.earliest.year, step.date.latest.year)}
    wrong = mine and said and years.isdisjoint({said.earliest.year, said.latest.year})
    text = f"The record has no such announcement; {who} {told} ({title})."
    return Held(CONTRADICTED if wrong else NOT_ON_RECORD, text, proofs)


def _told(step: ExitStep, who: str, title: str, verdict: str) -> Held:
    return Held(verdict, f"{capital(who)} {phrase(step)} {dated(step.date)} ({title}): {step.text}", (step.proof,))
