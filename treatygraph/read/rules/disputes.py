"""Claims about what one state holds against another: allegation, denial, objection, a view of a standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import Mention
from treatygraph.language.scanning import Sentence
from treatygraph.read.actors import actor_of, near_instrument
from treatygraph.read.clause import DraftedClaim, VerbClause, draft
from treatygraph.read.discourse import Discourse

__all__ = ["accuse", "because", "deny", "holds", "object_to", "reported"]

_BREACH: Final = re.compile(
    r"\b(?:violat|breach|cheat|non-?complian|not complying|break(?:ing)?\b|flout|infring|"
    r"(?:forbidden|banned|prohibited|illegal)\b)"
)


def accuse(clause: VerbClause) -> Iterator[DraftedClaim]:
    """One state accused another of breaking an instrument that the sentence names."""
    verb = clause.verb
    if verb.negated or verb.mood not in ("fact", "gerund") or not clause.states or not _BREACH.search(clause.tail(160)):
        return
    instruments = [m for m in clause.sentence.of_kind("instrument") if m.ids and m.start >= verb.start]
    near = "" if instruments else near_instrument(clause.sentence, verb, clause.discourse)
    if near:
        instruments = [Mention("instrument", (near,), verb.start, clause.sentence.end, "", "short")]
    against = tuple(m.ids[0] for m in clause.sentence.of_kind("state") if verb.end <= m.start <= verb.end + 30)[:1]
    for mention in instruments[:1]:
        for state in clause.states:
            yield draft(
                clause.sentence,
                clause.start,
                mention.end,
                "allegation",
                instrument=mention.ids[0],
                state=state,
                against=against or None,
            )


_BECAUSE: Final = re.compile(
    r"\b(?:because|saying|arguing|claiming|on the grounds)\s+(?:that\s+)?(?:of\s+)?(?:the\s+)?$", re.IGNORECASE
)
_BROKE: Final = re.compile(
    r"(?:\s+(?:had|has|was|were|is|repeatedly|persistently|openly|long|been|have)){0,3}\s+(?:violat(?:ed|ing)|"
    r"breach(?:ed|ing)|"
    r"broke(?:n)?|breaking|fail(?:ed|ing) to comply|cheat(?:ed|ing))\b|"
    r"(?:['’]s?)?\s+(?:\w+\s+)?(?:violations?|breach(?:es)?)\b",
    re.IGNORECASE,
)


def because(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """A state left, or said that it would, because another had broken the instrument: that it alleges so."""
    for accused in sentence.of_kind("state"):
        lead = _BECAUSE.search(sentence.text, sentence.start, accused.start)
        broke = _BROKE.match(sentence.text, accused.end)
        acts = [
            v for v in sentence.verbs if lead and v.end <= lead.start() and v.act in ("leave", "announce", "suspend")
        ]
        if not lead or not broke or not acts or acts[-1].mood != "fact" or acts[-1].negated:
            continue
        who = actor_of(sentence, acts[-1], discourse).states
        named = [m for m in sentence.of_kind("instrument") if m.ids]
        after = [m.ids[0] for m in named if m.start >= broke.end()]
        before = [m.ids[0] for m in named if m.end <= accused.start]
        instrument = (after[:1] or before[-1:] or [near_instrument(sentence, acts[-1], discourse)])[0]
        for state in who if instrument and accused.ids[0] not in who else ():
            yield draft(
                sentence, lead.start(), broke.end(), "allegation", instrument=instrument, state=state,
                against=accused.ids[:1],
            )  # fmt: skip


_REPORTED: Final = re.compile(
    r"\s+(?:is|was|were|are|has|had|have|remains?)\s+(?:been\s+|still\s+|also\s+)?(?:not (?:complying|in compliance)|"
    r"in (?:material |clear |serious )?(?:breach|violation)|violat(?:ing|ed)|breach(?:ing|ed)|fail(?:ing|ed) to "
    r"comply|out of compliance)\b"
)


def reported(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """One state said that another was not complying with an instrument."""
    for mention in sentence.of_kind("state"):
        match = _REPORTED.match(sentence.text, mention.end)
        says = [v for v in sentence.verbs if v.end <= mention.start and v.act in ("say", "announce", "accuse")]
        if not match or not says or says[-1].negated or says[-1].mood != "fact":
            continue
        who = actor_of(sentence, says[-1], discourse)
        near = next((m.ids[0] for m in sentence.of_kind("instrument") if m.ids and m.start >= match.start()), "")
        instrument = near or near_instrument(sentence, says[-1], discourse)
        for state in who.states if instrument and set(who.states) != set(mention.ids) else ():
            yield draft(
                sentence, says[-1].start, match.end(), "allegation", instrument=instrument, state=state,
                against=mention.ids[:1],
            )  # fmt: skip


def deny(clause: VerbClause) -> Iterator[DraftedClaim]:
    """A state denied that it had broken an instrument that the sentence names."""
    verb = clause.verb
    if (
        verb.negated
        or verb.mood != "fact"
        or not clause.states
        or clause.actor.is_body
        or verb.lemma in ("reject", "dismiss")
    ):
        return
    instruments = [m for m in clause.sentence.of_kind("instrument") if m.ids]
    if not _BREACH.search(clause.tail(90)) or not instruments:
        return
    near = min(instruments, key=lambda m: abs(m.start - verb.end))
    for state in clause.states:
        yield draft(
            clause.sentence, clause.start, max(near.end, verb.end), "denial", instrument=near.ids[0], state=state
        )


def object_to(clause: VerbClause) -> Iterator[DraftedClaim]:
    """States objected to a reservation, a suspension or the standing of another."""
    if not clause.is_fact or not clause.states or clause.verb.lemma == "protest":
        return
    named = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids]
    previous = clause.discourse.previous
    instrument = named[0] if named else previous[0] if len(previous) == 1 else ""
    if instrument and re.search(r"\b(?:suspension|reservation|accession|withdrawal|declaration)\b", clause.tail(80)):
        yield from clause.of_each("act-on", instrument, act="objection", on=clause.day)


_OUTSIDE: Final = re.compile(
    r"\b(?:counts|considers|regards|deems|holds|sees|calls)\s+itself\s+(?:to be\s+)?(?P<what>out|outside|"
    r"withdrawn|"
    r"no longer (?:bound|a party)|free of|still bound|bound|a party)\b"
)


_REJECTED: Final = re.compile(
    r"\b(?:has|have|had|does|did|do)\s+(?:never|not)\s+(?:accept|recogni[sz]|acknowledg)\w*\s+(?:the|this|that|"
    r"its|"
    r"[A-Z][\w ]+?['’]s)\s+(?:exit|withdrawal|departure)\b"
)


def _rejected(clause: VerbClause, instrument: str) -> Iterator[DraftedClaim]:
    """One state has never accepted that another is out: in its view the other is still a party."""
    sentence = clause.sentence
    match = _REJECTED.search(sentence.text, sentence.start, sentence.end)
    holders = [m for m in sentence.of_kind("state") if match and m.end <= match.start()]
    others = [m.ids[0] for m in sentence.of_kind("state") if match and match.start() <= m.start] or list(
        clause.discourse.states[:1]
    )
    if match and instrument and holders and others and others[0] != holders[0].ids[0]:
        yield draft(
            sentence,
            holders[0].start,
            match.end(),
            "holds-that",
            authority=holders[0].ids[0],
            instrument=instrument,
            state=others[0],
            standing="party",
            on=clause.today,
        )


def _unbound(clause: VerbClause, match: re.Match[str], instrument: str, state: str) -> Iterator[DraftedClaim]:
    """A state no longer considers itself bound: its statement of a day that is told, or of the day of the story."""
    sentence = clause.sentence
    past = [w for w in sentence.dates if w.first <= clause.discourse.day]
    says = [v for v in sentence.verbs if v.end <= match.start() and v.act in ("say", "announce") and not v.negated]
    when = past[0].value if past else clause.today if says and says[-1].tense == "present" else ""
    if when:
        lead = re.search(r"\b(?:no longer|not)\s+$", sentence.text[sentence.start : match.start()], re.IGNORECASE)
        start = sentence.start + lead.start() if lead else match.start()
        yield draft(sentence, start, match.end(), "event-on", instrument=instrument, state=state, on=when)


def holds(clause: VerbClause) -> Iterator[DraftedClaim]:
    """A state counts itself out: its own view of its standing."""
    sentence = clause.sentence
    match = _OUTSIDE.search(sentence.text, sentence.start, sentence.end)
    named = [m.ids[0] for m in sentence.of_kind("instrument") if m.ids]
    previous = clause.discourse.previous
    instrument = named[0] if named else previous[0] if len(previous) == 1 else clause.discourse.main
    yield from _rejected(clause, instrument)
    states = [m.ids[0] for m in sentence.of_kind("state") if match and m.end <= match.start()] or list(
        clause.discourse.states[:1]
    )
    if match and instrument and states:
        if re.search(r"\b(?:no longer|not)\s+$", sentence.text[sentence.start : match.start()], re.IGNORECASE):
            yield from _unbound(clause, match, instrument, states[-1])
            return
        standing = "party" if match["what"] in ("still bound", "bound", "a party") else "former-party"
        when = next((w for w in sentence.dates if w.start >= match.end()), None)
        yield draft(
            sentence,
            match.start(),
            when.end if when else match.end(),
            "holds-that",
            authority=states[-1],
            instrument=instrument,
            state=states[-1],
            standing=standing,
            on=when.first.isoformat() if when else clause.today,
        )
