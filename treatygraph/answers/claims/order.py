"""Claims about an order: the first state to leave, the fifth to ratify, the only one that signed."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - as in the room's other modules

from treatygraph.answers.claims.coverage import ledger_proves
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence, proof_of_act
from treatygraph.answers.claims.standings import day_of
from treatygraph.answers.claims.steps import effects, left_by
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
    best,
    capital,
)
from treatygraph.answers.wording import listed
from treatygraph.model.act_words import ACT_SYNONYMS, LEAVING, acts_meant
from treatygraph.model.dates import long_form
from treatygraph.model.quantities import LAST, ONLY, rank_of

__all__ = ["order_of"]

_SHOWN = 4


def order_of(evidence: Evidence, draft: Draft) -> Held:
    """``order-of``: which in order a state did an act; ``withdrawal`` is leaving by any act, once it works."""
    if draft.get("act") in ("ratification", "ratified"):
        # the count to which a treaty's own clause refers, and newsrooms with it, is of consents of every kind
        held = _ordered(evidence, draft)
        return held if held.verdict == CONFIRMED else best((held, _ordered(evidence, draft.having(act="consent"))))
    held = _ordered(evidence, draft)
    if draft.get("act") in ("signature", "signed") and held.verdict == CONTRADICTED:
        # who "signed" without a signature acceded: right in substance where it was that one to take part
        joined = _ordered(evidence, draft.having(act="consent"))
        signed = evidence.acts(draft.get("instrument"), draft.get("state"), kinds=tuple(acts_meant("signature")))
        if joined.verdict == CONFIRMED and not signed:
            return joined.graded(IMPRECISE, " It did not sign.")
    return held


def _ordered(evidence: Evidence, draft: Draft) -> Held:
    name, state, rank = draft.get("instrument"), draft.get("state"), rank_of(draft.get("rank"))
    on = day_of(evidence, draft)
    days = _days(evidence, draft, on)
    who, title = capital(evidence.named(state)), evidence.title(name)
    line = evidence.line(state)
    mine = next((code for code in days if code in line), "")
    shown = [f"{evidence.named(code)} ({long_form(day)})" for code, (day, _) in _shown(days, mine)]
    text = f"In order: {listed(shown)} ({title})."
    proofs = tuple(proof for _, (_, proof) in _shown(days, mine))
    if not mine:
        return _not_there(evidence, draft, on, who, title, text if days else "")
    day = days[mine][0]
    before = [code for code, (other, _) in days.items() if other < day]
    same = [code for code, (other, _) in days.items() if other == day and code != mine]
    after = [code for code, (other, _) in days.items() if other > day]
    right = {ONLY: not (before or same or after), LAST: not after}.get(
        rank, len(before) < rank <= len(before) + len(same) + 1
    )
    if not right:
        near = rank > 1 and rank != len(before) + 1 and abs(rank - len(before) - 1) == 1 and len(days) > 10
        return Held(IMPRECISE if near else CONTRADICTED, text, proofs)
    if draft.get("act") in ("withdrawal", "withdrew") and _earlier_elsewhere(evidence, name, day, mine):
        views = (
            Definition(definition="the depositaries' record", holds=True),
            Definition(definition="another reading", holds=False),
        )
        return Held(
            DEPENDS,
            f"{text} By another reading {listed(_earlier_elsewhere(evidence, name, day, mine))} left before.",
            proofs,
            views,
        )
    if same and rank not in (LAST, ONLY):
        return Held(
            CONFIRMED if rank != ONLY else CONTRADICTED,
            f"{text} On the same day: {listed([evidence.named(code) for code in same[:_SHOWN]])}.",
            proofs,
        )
    known = evidence.card(name).coverage
    short = known.through is None or any(gap.acts in ("any", "consent", "signature") for gap in known.gaps)
    return Held(
        NOT_ON_RECORD if short and not _is_exit(draft) else CONFIRMED, text, proofs, notes=evidence.coverage(name, on)
    )


def _is_exit(draft: Draft) -> bool:
    return bool(acts_meant(draft.get("act")) & LEAVING)


def _shown(days: dict[str, tuple[Day, Proof]], mine: str) -> list[tuple[str, tuple[Day, Proof]]]:
    """The first of the order, and the state itself with its neighbours."""
    dated = list(days.items())
    at = next((index for index, (code, _) in enumerate(dated) if code == mine), 0)
    return [item for index, item in enumerate(dated) if index < _SHOWN or abs(index - at) <= 1]


def _days(evidence: Evidence, draft: Draft, on: Day) -> dict[str, tuple[Day, Proof]]:
    """The first day of the act of each state by a day, in order."""
    name, kind = draft.get("instrument"), ACT_SYNONYMS.get(draft.get("act"), draft.get("act"))
    among = {code for group in draft.many("among") for code in evidence.power(group, on)}
    days: dict[str, tuple[Day, Proof]] = {}
    if kind == "withdrawal":
        states = {item.state for item in evidence.derivation(name).standings if item.standing.startswith("former")}
        for state in sorted(states):
            for item in left_by(evidence, name, state)[:1]:
                days[state] = (item.start, evidence.proof_of_standing(item))
    else:
        for act in evidence.acts(name, kinds=tuple(acts_meant(draft.get("act")))):
            if act.state not in days or act.date.latest < days[act.state][0]:
                days[act.state] = (act.date.latest, proof_of_act(act))
    kept = {
        code: item
        for code, item in days.items()
        if item[0] <= on and (not among or among & {code, *evidence.heirs(code)})
    }
    return dict(sorted(kept.items(), key=lambda item: (item[1][0], item[0])))


def _not_there(evidence: Evidence, draft: Draft, on: Day, who: str, title: str, others: str) -> Held:
    """The state has not done the act at all."""
    name, state, meant = draft.get("instrument"), draft.get("state"), acts_meant(draft.get("act"))
    kinds = LEAVING if meant & LEAVING else meant
    text = f"{who} has no {draft.get('act').replace('-', ' ')} on record ({title}). {others}".strip()
    bound = evidence.bound_on(name, state, on)
    proven = ledger_proves(evidence, name, state, kinds, on) or (
        meant & LEAVING and not bound and ledger_proves(evidence, name, state, ("ratification",), on)
    )
    if meant & LEAVING and any(effect for effect in effects(evidence, name, state).values()):
        return Held(DEPENDS, text)
    return Held(CONTRADICTED if proven else NOT_ON_RECORD, text)


def _earlier_elsewhere(evidence: Evidence, name: str, day: Day, mine: str) -> list[str]:
    """Who left before by the reading of another authority."""
    own = {view.authority for view in evidence.assertions(name) if view.authority == view.state and view.state != mine}
    return [
        evidence.named(code)
        for code in sorted(own)
        if any(item.start < day for item in left_by(evidence, name, code, code))
    ]
