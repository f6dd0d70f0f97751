"""Claims about taking part: signature, ratification, accession, adoption, and laws at home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.model.act_words import JOINING
from treatygraph.read.clause import DraftedClaim, VerbClause

__all__ = ["adopt", "agree", "join", "open_for_signature", "ratify", "sign", "vote"]

_FAILED: Final = frozenset({"failed", "refused", "declined", "yet", "fail", "refuses"})
_CONSENTS: Final = JOINING - {"signature", "definitive-signature", "adoption"}
_LAWS: Final = re.compile(
    r"\s*(?:(?:a|an|the|this|that|into|such|on|for|against)\s+)?(?:[\w-]+\s+){0,2}?(law|laws|bill|bills|decree|"
    r"decrees|legislation|act|motion|resolution|order)\b"
)


def sign(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Signed, was signed, never signed."""
    verb = clause.verb
    if not clause.is_passive and (_LAWS.match(clause.tail(50)) or clause.says(r"^[^.;,]{0,30}\binto (?:law|force)\b")):
        yield from _law(clause)
        return
    if clause.is_fact and clause.day and clause.says(r"^\s*(?:the|its|an)\s+instruments?\s+of\s+ratification\b"):
        yield from _law(clause)
        return
    if (clause.target.noun and not clause.is_passive) or clause.says(r"^\s*off\b"):
        return
    if verb.mood == "infinitive" and verb.governor not in _FAILED and not clause.is_ranked:
        return
    if verb.negated or clause.actor.negated or (verb.mood == "infinitive" and not clause.is_ranked):
        yield from _without(clause, "none")
        return
    if not (
        clause.is_fact or clause.is_ranked or (verb.mood == "fact" and verb.passive and verb.tense != "progressive")
    ):
        return
    if verb.lemma == "initial":
        return
    instruments = clause.instruments or _context(clause)
    for instrument in instruments:
        yield from _signed(clause, instrument)


def _signed(clause: VerbClause, instrument: str) -> Iterator[DraftedClaim]:
    day, states = clause.day_of(instrument), clause.states
    if clause.verb.lemma == "conclude":
        if day:
            yield clause.made(
                "date-of-signature" if clause.is_treaty(instrument) else "adopted-on", instrument=instrument, on=day
            )
        return
    single = clause.is_bilateral(instrument) or not states or len(states) > 4
    if day and (single or clause.is_passive):
        yield clause.made("date-of-signature", instrument=instrument, on=day)
    elif day:
        yield from clause.of_each("date-of-signature", instrument, on=day)
    elif not clause.officials and states and not clause.is_passive and not _is_unratified(clause):
        yield from clause.of_each("act-on", instrument, act="signature")
    for official in clause.officials[:3]:
        state = clause.discourse.lexicon.states_of_officials.get(official, "")
        yield clause.made("act-on", act="signature", instrument=instrument, state=state, by=official, on=day)


def agree(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Reached, struck, agreed: the day of an instrument that is then signed, or adopted without a signature."""
    if not (clause.is_fact or (clause.verb.mood == "fact" and clause.verb.passive and not clause.verb.negated)):
        return
    if (clause.target.noun and not clause.is_passive) or not clause.day or len(clause.instruments) != 1:
        return
    if clause.when and clause.when.last > clause.discourse.day:
        return
    name = clause.instruments[0]
    yield clause.made("date-of-signature" if clause.is_treaty(name) else "adopted-on", instrument=name, on=clause.day)


def _is_unratified(clause: VerbClause) -> bool:
    """Whether the sentence goes on to say that they did not ratify: the claim is then the standing of a signatory."""
    return _NOT_PARTY.search(clause.tail(120)) is not None or any(
        v.act == "ratify" and (v.negated or v.governor in _FAILED) and v.start >= clause.verb.end
        for v in clause.sentence.verbs
    )


_NOT_PARTY: Final = re.compile(r"^[^.;]{0,60}\bbut\b[^.;]{0,20}\b(?:not|never)\b[^.;]{0,15}\bpart(?:y|ies)\b")


def _context(clause: VerbClause) -> tuple[str, ...]:
    """The instrument of the context, where the verb has neither subject nor object that names one."""
    if clause.is_passive or clause.target.noun:
        return ()
    previous = clause.discourse.previous
    return previous if len(previous) == 1 else (clause.discourse.main,) if clause.discourse.main in previous else ()


def ratify(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Ratified; approved by a parliament."""
    verb = clause.verb
    if verb.lemma in ("approve", "accept"):
        if clause.actor.is_body and verb.lemma == "approve" and clause.is_fact:
            yield from _law(clause)
        return
    yield from _consented(clause, "ratification")


def join(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Acceded to, joined, became a party."""
    if (clause.verb.act == "join" and clause.verb.lemma in ("enter", "adhere to")) or clause.target.noun:
        return
    if (
        clause.target.is_implicit
        and clause.verb.act == "join"
        and not (clause.verb.negated or clause.actor.negated)
        and not clause.day
    ):
        return
    yield from _consented(clause, "accession" if clause.verb.act == "accede" else "consent")


def _consented(clause: VerbClause, act: str) -> Iterator[DraftedClaim]:
    verb = clause.verb
    if clause.target.noun and not clause.is_passive:
        return
    if verb.negated and clause.when and clause.when.role == "until" and clause.when.last <= clause.discourse.day:
        for instrument in clause.instruments:  # "did not join until 1992" says that it joined in 1992
            for state in clause.states:
                kind = act if act != "consent" else _consent_of(clause, instrument, state)
                yield clause.made("act-on", act=kind, instrument=instrument, state=state, on=clause.day)
        return
    if verb.mood == "infinitive" and verb.governor not in _FAILED and not clause.is_ranked:
        return
    without = verb.mood == "gerund" and verb.governor in ("without", "ever")
    if verb.negated or clause.actor.negated or (verb.mood == "infinitive" and not clause.is_ranked) or without:
        signed = [v for v in clause.sentence.verbs if v.act == "sign" and v.end <= verb.start and not v.negated]
        yield from _without(clause, "signatory" if signed else "")
        return
    if not clause.is_fact and not clause.is_ranked and not (verb.mood == "fact" and verb.passive):
        return
    instruments = clause.instruments or (_context(clause) if not clause.actor.noun else ())
    for instrument in instruments:
        sides = clause.sides(instrument) if clause.is_passive and clause.day and not clause.states else ()
        for state in (*clause.states, *clause.actor.groups, *sides):
            kind = act if act != "consent" else _consent_of(clause, instrument, state)
            yield clause.made("act-on", act=kind, instrument=instrument, state=state, on=clause.day_of(instrument))


def _consent_of(clause: VerbClause, instrument: str, state: str) -> str:
    """By which act a state that "joined" did so: that on record, else accession."""
    acts = clause.discourse.index.acts_of(instrument, (state,))
    return next((act.kind for act in acts if act.kind in _CONSENTS), "accession")


def _without(clause: VerbClause, standing: str) -> Iterator[DraftedClaim]:
    """Never signed, has not ratified: no standing, or that of a signatory where the state has signed."""
    told = clause.when if clause.verb.governor != "yet" else None
    if told and told.role in ("on", "until", "before", "by") and told.last < clause.discourse.day:
        return  # "did not sign in 2017" leaves open what came later
    if (
        clause.verb.mood not in ("fact", "infinitive", "gerund")
        or clause.actor.noun
        or clause.actor.is_body
        or (clause.actor.instrument and not clause.verb.passive)
    ):
        return
    instruments = clause.instruments or _context(clause)
    for instrument in instruments[:2]:
        actor = clause.agents if clause.is_passive else clause.actor
        sides = _sides(clause, instrument) if not actor.states else ()
        for state in (*actor.states, *actor.groups, *sides):
            if clause.verb.act == "sign" and _joined_unsigned(clause, instrument, state):
                continue  # it is bound without a signature: what it did not sign says nothing of where it stands
            stands = standing or ("signatory" if _has_signed(clause, instrument, state) else "none")
            yield clause.made("standing-on", instrument=instrument, state=state, standing=stands, on=clause.today)


def _sides(clause: VerbClause, instrument: str) -> tuple[str, ...]:
    """Both sides of an instrument of two: "it has not been ratified by either side"."""
    said = re.search(
        r"\b(?:either|neither|both|any)(?:\s+of)?(?:\s+the)?(?:\s+two)?\s+(?:sides?|part(?:y|ies)|countr(?:y|ies)|them)\b",
        clause.sentence.quote,
        re.IGNORECASE,
    )
    undone = clause.is_passive and clause.verb.act == "ratify" and not re.match(r"\s*by\b", clause.tail(8))
    return clause.sides(instrument) if said or undone else ()


def _joined_unsigned(clause: VerbClause, instrument: str, state: str) -> bool:
    """Whether a state joined without a signature of its own."""
    kinds = {act.kind for act in clause.discourse.acts_by_then(instrument, state)}
    return bool(kinds) and "signature" not in kinds


def _has_signed(clause: VerbClause, instrument: str, state: str) -> bool:
    return any(act.kind == "signature" for act in clause.discourse.acts_by_then(instrument, state))


def adopt(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Adopted, of an instrument; passed, of a law."""
    if not clause.is_fact and not (clause.verb.mood == "fact" and clause.verb.passive and not clause.verb.negated):
        return
    if clause.is_passive:
        if clause.actor.instrument and clause.day and clause.verb.lemma == "adopt":
            yield clause.made("adopted-on", instrument=clause.actor.instrument, on=clause.day)
        return
    if _LAWS.match(clause.tail(60)):
        yield from _law(clause)
    elif clause.verb.lemma == "adopt" and clause.target.instruments and clause.day and not clause.target.is_implicit:
        yield clause.made("adopted-on", instrument=clause.instruments[0], on=clause.day)


def open_for_signature(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Opened for signature: the day of signature of the instrument."""
    instrument = clause.actor.instrument
    if instrument and clause.day and clause.verb.mood == "fact" and not clause.verb.negated:
        yield clause.made("date-of-signature", instrument=instrument, on=clause.day)


def vote(clause: VerbClause) -> Iterator[DraftedClaim]:
    """A parliament voted."""
    if clause.is_fact and clause.actor.is_body and clause.day:
        yield from _law(clause)


def _law(clause: VerbClause) -> Iterator[DraftedClaim]:
    """A law, a decree, a vote at home, on the instrument that the context speaks of."""
    if not clause.is_fact or not clause.day or not clause.states:
        return
    named = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids]
    previous = clause.discourse.previous
    instrument = named[0] if named else previous[0] if len(previous) == 1 else clause.discourse.main
    if instrument:
        for state in clause.states[:1]:
            yield clause.made("event-on", type="domestic-law", instrument=instrument, state=state, on=clause.day)
