"""Claims about leaving: withdrawal, suspension, denunciation, and what takes back a signature or consent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.scanning import Sentence
from treatygraph.read.clause import DraftedClaim, VerbClause, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.papers import instrument_near
from treatygraph.read.targets import date_of, target_of

__all__ = ["denounce", "departures", "finish", "follow", "leave", "pulled_out", "revoke", "suspend"]

_OBLIGATIONS: Final = re.compile(
    r"\s*(?:its|their|the|all|own|full)?\s*(?:\w+\s+)?(?:participation|obligations?|implementation|application|fulfill?ment|"
    r"commitments?|compliance|observance|role|membership)"
)

_SAID: Final = frozenset({"announce", "declare", "proclaim", "say", "tell", "confirm", "state", "reveal"})

_PLAIN: Final = frozenset({"leave", "quit", "exit"})
_IMPLICIT: Final = frozenset({"withdraw", "pull out", "opt out of", "unsign"})


def leave(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Withdrew, quit, pulled out of."""
    noun = clause.target.noun
    if noun in ("signature", "ratification", "notice", "consent"):
        yield from revoke(clause)
        return
    if noun or (not clause.states and not clause.actor.groups) or clause.actor.noun:
        return
    antecedent = clause.actor.antecedent
    if clause.target.is_implicit and antecedent and antecedent.instrument and clause.actor.states:
        yield from _left(clause, antecedent.instrument)  # "the pact, which the US left"
        return
    if clause.target.is_implicit and not _may_be_implicit(clause):
        return
    for instrument in clause.instruments:
        yield from _left(clause, instrument)


def _may_be_implicit(clause: VerbClause) -> bool:
    """Whether the treaty of the context is meant where the verb has no object: "Russia withdrew"."""
    governor, verb = clause.governor, clause.verb
    if governor is not None and governor.act == "announce" and verb.mood in ("future", "possible"):
        return True
    if verb.lemma in _PLAIN and clause.is_fact and clause.when and clause.says(r"^\s+(?:again\s+)?(?:in|on|last)\s"):
        return 0 <= clause.when.start - verb.end < 12  # "North Korea left in 2003"
    return verb.lemma in _IMPLICIT and not clause.says(r"^\s*(?:from|of|to)\s+(?!it\b)")


def _left(clause: VerbClause, instrument: str) -> Iterator[DraftedClaim]:
    verb, governor = clause.verb, clause.governor
    is_treaty = clause.is_treaty(instrument)
    if clause.is_fact or clause.is_presupposed:
        day = clause.day_of(instrument)
        if day or (is_treaty and verb.mood == "fact" and not clause.actor.groups):
            # what came to an end for all has former parties, but nobody who withdrew
            yield from clause.of_each("effect-of-withdrawal", instrument, on=day)
        elif verb.mood == "fact" and not clause.actor.groups:
            yield from clause.of_each("standing-on", instrument, standing="former-participant", on=clause.today)
    elif verb.mood == "fact" and verb.negated and verb.tense == "perfect":
        standing = "party" if is_treaty else "participant"
        yield from clause.of_each("standing-on", instrument, standing=standing, on=clause.today)
    elif (
        (verb.mood in ("future", "possible") or verb.tense == "progressive")
        and _is_intended(clause)
        and not verb.negated
        and governor is not None
        and _announces(governor)
    ):
        yield from _announced(clause, instrument)


def _is_intended(clause: VerbClause) -> bool:
    """Whether the verb says "will" or "would", not "may" or "could"."""
    words = clause.sentence.text[clause.verb.start : clause.verb.end].casefold()
    return re.match(r"(?:will|would|['’]ll|shall|is|are|was|were)\b", words) is not None


def finish(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Completed its withdrawal: the effect of it; of a parliament, its approval."""
    if (
        clause.is_fact
        and clause.actor.is_body
        and clause.day
        and clause.says(r"^\s*(?:its|the|their)\s+approval\b", 20)
    ):
        name = instrument_near(clause)
        for state in clause.states[:1] if name else ():
            yield clause.made("event-on", type="domestic-law", instrument=name, state=state, on=clause.day)
        return
    if not clause.is_fact or not clause.says(
        r"^\s*(?:its|the|their|a|his)?\s*(?:formal |official )?(?:withdrawal|pullout|exit|departure)\b", 45
    ):
        return
    instrument = instrument_near(clause)
    for state in clause.states if instrument else ():
        if clause.day or clause.is_treaty(instrument):
            yield clause.made("effect-of-withdrawal", instrument=instrument, state=state, on=clause.day)
        else:
            yield clause.made(
                "standing-on", instrument=instrument, state=state, standing="former-participant", on=clause.today
            )


def _announces(governor: object) -> bool:
    act, mood, negated = (getattr(governor, name) for name in ("act", "mood", "negated"))
    return act in ("announce", "say") and mood == "fact" and not negated and getattr(governor, "lemma", "") in _SAID


def _announced(clause: VerbClause, instrument: str) -> Iterator[DraftedClaim]:
    """Announced on Monday that it would leave: a statement, whatever came of it."""
    governor = clause.governor
    who = clause.governing_actor
    if governor is None or who is None or not set(who.states) & set(clause.states):
        return
    dates = [when for when in clause.sentence.dates if governor.end <= when.start < clause.verb.start]
    if not dates:
        dates = [
            when
            for when in clause.sentence.dates
            if when.end <= governor.start and when.start - clause.sentence.start < 14
        ]
    if not dates and clause.when and clause.when.last <= clause.discourse.day:
        dates = [clause.when]
    start = who.start if 0 <= who.start < clause.start else clause.start
    for state in (*clause.states, *clause.actor.groups):
        yield draft(
            clause.sentence,
            start,
            clause.end,
            "announcement-of-withdrawal",
            instrument=instrument,
            state=state,
            on=dates[0].value if dates else "",
        )


_SEVERAL: Final = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:countries|states|nations|governments|members|allies)\b", re.IGNORECASE
)


def departures(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[int, DraftedClaim]]:
    """Several states that are counted, not named, left on a day: how many, and the claim that each of them makes."""
    for verb in sentence.verbs:
        if verb.act != "leave" or verb.mood != "fact" or verb.negated or verb.tense not in ("past", "perfect"):
            continue
        number = next((n for n in reversed(sentence.numbers) if n.end <= verb.start and not n.is_ordinal), None)
        counted = _SEVERAL.match(sentence.text, number.end) if number else None
        target, day = target_of(sentence, verb, discourse), date_of(sentence, verb)
        if number is None or not counted or verb.start - counted.end() > 2 or not target.instruments or day is None:
            continue
        name = target.instruments[0].ids[0]
        made = draft(sentence, number.start, day.end, "effect-of-withdrawal", instrument=name, on=day.value)
        yield int(number.value), made


_TAKEN_OUT: Final = re.compile(r"(?:pulled|took|taken|withdrew|withdrawn|yanked)\s+(?:the\s+)?$")
_NOT_DONE: Final = re.compile(
    r"\b(?:would|will|could|may|might|to|not|never|nearly|almost|had)\s+(?:have\s+)?$"
    r"|\b(?:if|unless|whether|den(?:y|ies|ied|ying))\b"
)


def pulled_out(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Pulled the United States out of the treaty: who is out stands after the verb."""
    if sentence.is_question:
        return
    text = sentence.text
    for mention in sentence.of_kind("state"):
        head = text[max(sentence.start, mention.start - 24) : mention.start].casefold()
        verb = _TAKEN_OUT.search(head)
        if not verb or not re.match(r"\s+(?:out of|from)\b", text[mention.end : mention.end + 12]):
            continue
        before = text[sentence.start : mention.start - len(head) + verb.start()].casefold()
        near = (m for m in sentence.of_kind("instrument") if mention.end <= m.start <= mention.end + 40 and m.ids)
        instrument = next(near, None)
        if instrument is None or _NOT_DONE.search(before):
            continue
        day = next((when for when in sentence.dates if instrument.end <= when.start <= instrument.end + 20), None)
        start, end = mention.start - len(head) + verb.start(), day.end if day else instrument.end
        who = {"instrument": instrument.ids[0], "state": mention.ids[0]}
        if day or discourse.is_treaty(instrument.ids[0]):
            yield draft(sentence, start, end, "effect-of-withdrawal", **who, on=day.value if day else "")
        else:
            today = discourse.day.isoformat()
            yield draft(sentence, start, end, "standing-on", **who, standing="former-participant", on=today)


def suspend(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Suspended, froze its participation."""
    verb, target = clause.verb, clause.target
    of_duties = bool(_OBLIGATIONS.match(clause.tail()))
    if target.noun or not clause.states or verb.negated or (target.is_implicit and not of_duties):
        return
    if verb.lemma not in (
        "suspend",
        "freeze",
        "pause",
        "put on hold",
        "halt",
        "stop implementing",
        "cease implementing",
        "cease to implement",
        "stop applying",
        "cease applying",
        "cease to apply",
    ):
        return
    said = clause.governor if verb.tense == "progressive" and verb.mood == "fact" else None
    told = said is not None and said.act in ("say", "announce", "notify") and said.mood == "fact" and not said.negated
    for instrument in clause.instruments:
        if clause.is_fact or clause.is_presupposed:
            yield from clause.of_each("act-on", instrument, act="suspension", on=clause.day)
        elif told and said is not None:  # "told the depositary in July that it was suspending the convention"
            when = date_of(clause.sentence, said)
            yield from clause.of_each("act-on", instrument, act="suspension", on=when.value if when else "")


def denounce(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Denounced, terminated, declared void."""
    verb = clause.verb
    if (
        not clause.is_fact
        or (clause.target.noun and not clause.is_passive)
        or clause.says(r"^[^.;]{0,50}\bas\s+(?:a|an|un)")
    ):
        return
    if verb.passive and clause.actor.instrument and not clause.agents.states:
        yield clause.made("status-on", instrument=clause.actor.instrument, status="terminated", on=clause.today)
        return
    if clause.target.is_implicit and not clause.is_passive:
        return
    for instrument in clause.instruments:
        for state in (*clause.states, *clause.actor.groups):
            acts = clause.discourse.index.acts_of(instrument, (state,))
            ends = clause.is_bilateral(instrument) or any(act.kind == "termination" for act in acts)
            if ends or verb.lemma != "denounce":
                yield clause.made("act-on", instrument=instrument, state=state, act="termination", on=clause.day)
            else:  # to denounce a treaty of many is to give notice of leaving it
                yield clause.made("notice-of-withdrawal", instrument=instrument, state=state, on=clause.day)


def revoke(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Took back a signature or a ratification; an act of law of its own."""
    tail = clause.tail(70)
    what = re.match(r"[^.;,]{0,40}?\b(signature|ratification|accession|consent|notice)\b", tail)
    if not what or clause.verb.negated or not (clause.is_fact or clause.is_presupposed):
        return
    if what[1] == "notice":
        return
    act = "intention-not-to-ratify" if what[1] == "signature" else "withdrawal-of-consent"
    states = clause.states or clause.discourse.states
    near = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids] or list(clause.discourse.previous[:1])
    if clause.actor.is_body:
        return
    for state in states if near else ():
        yield clause.made("act-on", act=act, instrument=near[0], state=state, on=clause.day)


def follow(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Another state did the same: the last claim, of that state and day."""
    last = clause.discourse.last_claim
    if (
        last is None
        or not clause.is_fact
        or not clause.day
        or clause.target.noun
        or (clause.target.instruments and not clause.target.is_implicit)
    ):
        return
    for state in clause.actor.states:
        again = last.having(state=state, on=clause.day)
        yield clause.made(again.check, **again.terms)
