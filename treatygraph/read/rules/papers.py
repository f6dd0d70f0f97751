"""Claims about papers and statements on leaving: notices, letters, instruments deposited, announcements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from treatygraph.read.clause import DraftedClaim, VerbClause
from treatygraph.read.rules.joining import agree

__all__ = ["announce", "hand_over", "instrument_near", "notify"]

_LEAVING: Final = re.compile(
    r"\b(?:withdr\w+|pull(?:ing|ed)? out|pullout|leav(?:e|ing)|exit\w*|quit\w*|departure|depart|terminat\w+|"
    r"denounc\w+|denunciation|abandon\w*)\b"
)


def notify(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Notified the depositary that it would leave; gave notice."""
    if not (clause.is_fact or clause.is_presupposed) or not clause.states:
        return
    instrument = instrument_near(clause)
    if not instrument:
        return
    tail = clause.tail(200)
    act = ""
    if re.search(
        r"\bnot\s+(?:intend|mean|plan|wish)\w*\s+to\s+(?:become|ratify|be)\b|no\s+intention\s+of\s+becoming", tail
    ):
        act = "intention-not-to-ratify"
    elif re.search(r"\b(?:revok\w+|withdr\w+)\s+(?:of\s+)?(?:its\s+)?ratification", tail):
        act = "withdrawal-of-consent"
    elif "suspen" in re.split(r"\b(?:but|and|then)\b", tail)[0]:
        act = "suspension"
    elif (
        _LEAVING.search(tail)
        or "notice" in clause.verb.lemma
        or (
            (clause.discourse.last_act == "leave" or _is_of_leaving(clause))
            and not re.search(r"\b(?:of|that|about|on the)\b", tail)
        )
    ):
        yield from clause.of_each("notice-of-withdrawal", instrument, on=clause.day)
        return
    if act:
        yield from clause.of_each("act-on", instrument, act=act, on=clause.day)


def _is_of_leaving(clause: VerbClause) -> bool:
    """Whether the story has just told of a notice or an exit: whoever "notified" besides did the same."""
    last = clause.discourse.last_claim
    return last is not None and last.check in ("notice-of-withdrawal", "effect-of-withdrawal")


def hand_over(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Delivered its notice; deposited its instrument of accession; the notice reached the depositary."""
    verb = clause.verb
    if verb.lemma == "reach" and not clause.actor.noun and (clause.is_passive or clause.target.instruments):
        yield from agree(clause)
        return
    if (
        clause.is_fact
        and clause.day
        and clause.states
        and clause.says(r"^\s*(?:a|the|its|this)?\s*(?:draft\s+)?bill\b", 25)
    ):
        bill = instrument_near(clause)
        if bill:
            yield clause.made("event-on", type="domestic-law", instrument=bill, state=clause.states[0], on=clause.day)
        return
    if not (clause.is_fact or clause.is_presupposed or (verb.mood == "fact" and verb.passive and not verb.negated)):
        return
    around = (
        clause.sentence.text[clause.sentence.start : verb.start].casefold()[-60:]
        if clause.is_passive or verb.lemma in ("reach", "receive")
        else ""
    )
    tail = clause.tail(130)
    joined = re.search(
        (
            r"instruments?\s+of\s+(accession|ratification|acceptance|approval|succession)|\b(ratification)s?\b|"
            r"instruments?\s+of\s+(withdrawal)"
        ),
        tail,
    )
    states = (
        clause.actor.states
        if (clause.actor.states and not clause.actor.noun) or clause.actor.noun in ("notice", "letter", "notification")
        else ()
    )
    states = (
        states or (clause.actor.states if verb.lemma not in ("reach", "receive") else ()) or clause.discourse.states
    )
    instrument = instrument_near(clause)
    if not instrument or not states:
        return
    if (
        joined
        and not joined[3]
        and verb.lemma in ("deposit", "submit", "hand over", "deliver", "lodge", "file", "present", "transmit")
    ):
        act = joined[1] or joined[2]
        for state in states:
            yield clause.made("act-on", act=act, instrument=instrument, state=state, on=clause.day)
        return
    of_notice = re.search(r"^[^.;,]{0,90}?\b(notice|notification|communication|letter|note)\b", tail)
    as_subject = re.search(r"\b(notice|notification|communication|letter|note)\b[^.;,]{0,25}$", around)
    found = of_notice or as_subject
    if found and (clause.day or re.search(r"withdraw|formal", tail)):
        explicit = bool(_LEAVING.search(tail)) or found[1] == "notice"
        if found[1] in ("letter", "note") and not explicit and not clause.day:
            return
        for state in states:
            yield _of_paper(clause, instrument, state, explicit=explicit)


def _of_paper(clause: VerbClause, instrument: str, state: str, *, explicit: bool) -> DraftedClaim:
    """A claim about a paper whose kind the text does not say: the kind of the nearest such act that is on record."""
    day = clause.day or ("" if not explicit else clause.today if clause.verb.tense == "perfect" else "")
    kind = "notice-of-withdrawal"
    if not explicit and clause.when:
        kind = _nearest_paper(clause, instrument, state) or kind
    if kind == "notice-of-withdrawal":
        return clause.made(kind, instrument=instrument, state=state, on=day)
    return clause.made("act-on", act=kind, instrument=instrument, state=state, on=day)


def _nearest_paper(clause: VerbClause, instrument: str, state: str) -> str:
    kinds = ("notice-of-withdrawal", "withdrawal-of-consent", "intention-not-to-ratify", "suspension", "objection")
    when = clause.when
    acts = clause.discourse.index.ledger(instrument)
    near = [
        act
        for act in acts
        if when
        and act.state == state
        and act.kind in kinds
        and act.date.earliest - timedelta(400) <= when.first <= act.date.latest + timedelta(400)
    ]
    return min(near, key=lambda act: abs((act.date.earliest - when.first).days)).kind if near and when else ""


def announce(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Announced that it would leave; declared it void; announced the decision."""
    verb = clause.verb
    if not clause.is_fact:
        return
    tail = clause.tail(150)
    states = clause.states
    if verb.lemma == "declare" and re.search(r"^[^.;]{0,60}\b(?:null and )?void\b", tail):
        instruments = [
            m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids and verb.end <= m.start <= verb.end + 50
        ]
        for state in states if instruments else ():
            yield clause.made("act-on", act="termination", instrument=instruments[0], state=state, on=clause.day)
        return
    if verb.passive and re.match(r"\s*(?:null and )?(?:void|dead|invalid)\b", tail) and clause.actor.instrument:
        for state in clause.agents.states:
            yield clause.made(
                "act-on", act="termination", instrument=clause.actor.instrument, state=state, on=clause.day
            )
        return
    instrument = instrument_near(clause)
    if not instrument or not states:
        return
    if _LIKEWISE.search(tail):
        is_exit = clause.discourse.last_act in ("leave", "denounce")
        yield from clause.of_each("announcement-of-withdrawal", instrument, on=clause.day) if is_exit else ()
        return
    yield from _announced(clause, instrument)


_LIKEWISE: Final = re.compile(r"^[^.;,]{0,40}\b(?:do|doing) (?:the same|so|likewise)\b|\bfollow(?:ing)? suit\b")
"""What another has announced before."""


def _announced(clause: VerbClause, instrument: str) -> Iterator[DraftedClaim]:
    """What a state announced about an instrument: that it leaves, a decision told before, a suspension."""
    verb, tail = clause.verb, clause.tail(150)
    others = [other for other in clause.sentence.verbs if other is not verb]
    if any(other.act == "finish" and other.start > verb.start for other in others):
        return  # "announced that it had completed its withdrawal" tells of the end, not of a plan
    follows = [
        o
        for o in others
        if o.act == "leave" and (o.mood in ("future", "possible", "infinitive") or o.tense == "progressive")
    ]
    by_verb = bool(follows) and not any(o.act in ("suspend", "revoke") and o.start > verb.start for o in others)
    if re.search(r"^[^.;,]{0,60}\b(?:withdrawal|exit|departure|pullout)\b", tail) or (
        by_verb and (follows[0].start > verb.start or _ends_sentence(clause))
    ):
        if (
            by_verb
            and follows[0].mood in ("future", "possible")
            and follows[0].start > verb.start
            and clause.sentence.verbs.index(follows[0]) == clause.sentence.verbs.index(verb) + 1
        ):
            return  # the leaving verb drafts it, with this one as its governor
        yield from clause.of_each("announcement-of-withdrawal", instrument, on=clause.day)
    elif (
        re.match(r"\s+(?:the|that|this|its|their|his)\s+(?:decision|move|step|plan)\b", tail)
        and clause.discourse.acts & {"leave", "revoke", "suspend"}
        and clause.day
    ):
        if clause.officials:
            yield clause.made(
                "event-on", type="announcement", instrument=instrument, speaker=clause.officials[0], on=clause.day
            )
        elif "leave" in clause.discourse.acts:
            yield from clause.of_each("announcement-of-withdrawal", instrument, on=clause.day)
    elif re.match(r"[^.;,]{0,30}\bsuspension\b", tail) and clause.day:
        yield from clause.of_each("event-on", instrument, type="announcement", on=clause.day)


def _ends_sentence(clause: VerbClause) -> bool:
    """Whether the verb of saying stands at the end: "… is leaving the deal, he announced on Tuesday"."""
    return not any(m.start > clause.verb.end for m in clause.sentence.of_kind("instrument"))


def instrument_near(clause: VerbClause) -> str:
    """The instrument that a clause about a paper or a statement means: one it names, or that of the context."""
    named = [m for m in clause.sentence.of_kind("instrument") if m.ids]
    after = [m.ids[0] for m in named if m.start >= clause.verb.start]
    before = [m.ids[0] for m in named if m.start < clause.verb.start]
    if after or before:
        return (after[:1] or before[-1:])[0]
    previous = clause.discourse.previous
    if len(previous) == 1:
        return previous[0]
    return clause.discourse.main if clause.discourse.main in previous or not previous else ""
