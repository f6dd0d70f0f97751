"""Claims about the life of an instrument: entry into force, term, extension, end; and who stays bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.scanning import Sentence
from treatygraph.model.dates import Span
from treatygraph.read.clause import DraftedClaim, VerbClause, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.periods import period_in
from treatygraph.read.rules.figures import instrument_at
from treatygraph.read.targets import date_of

__all__ = ["bind", "brought", "enter", "expire", "extend", "return_", "stay", "supersede"]

_OUT: Final = re.compile(r"withdraw|exit|departure|pullout|termination|denunciation")


def enter(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Entered into force, took effect; of a withdrawal: is final."""
    verb, noun = clause.verb, clause.actor.noun
    if noun:
        if _OUT.search(noun) and not verb.negated and verb.mood in ("fact", "future"):
            yield from _out(clause)
        return
    instrument = clause.actor.instrument
    if not instrument or clause.actor.states:
        return
    if verb.negated:
        if verb.mood == "fact":
            yield clause.made("status-on", instrument=instrument, status="not-in-force", on=clause.today)
        return
    if verb.mood not in ("fact", "future") or _counts_on(clause):
        return
    told = clause.when
    if verb.lemma == "be in force" and verb.tense == "present" and told and told.end <= verb.start:
        # "which took effect in June 1988, is in force": the day is that of the clause before
        yield clause.made("status-on", instrument=instrument, status="in-force", on=clause.today)
        return
    if verb.lemma in ("be in force", "be in effect") and verb.tense == "past" and told and told.role in ("on", "by"):
        # "in 2012 New START was in force" tells of a day in its life, and not of its first
        yield clause.made("status-on", instrument=instrument, status="in-force", on=clause.day)
        return
    if clause.when and clause.when.role in ("on", "since", "by"):
        of = re.match(r"\s+for\s+(?:the\s+)?", clause.tail(12))
        state = next((m.ids[0] for m in clause.sentence.of_kind("state") if of and m.start == verb.end + of.end()), "")
        yield clause.made("date-of-entry-into-force", instrument=instrument, state=state, on=clause.day)
    elif verb.lemma in ("be in force", "be in effect") and not clause.day and verb.tense == "present":
        yield clause.made("status-on", instrument=instrument, status="in-force", on=clause.today)


def _counts_on(clause: VerbClause) -> bool:
    """Whether what follows is a rule ("three months later", "90 days after the fiftieth ratification"), not a day."""
    when = clause.when
    counted = "later" in clause.tail(30) and not (clause.is_fact and clause.verb.tense == "past")
    is_told = when is not None and 0 <= when.start - clause.verb.end < 8 and not counted
    return not is_told and bool(period_in(clause.tail(30), at_start=True))


def _out(clause: VerbClause) -> Iterator[DraftedClaim]:
    near = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids and m.end <= clause.verb.start]
    previous = clause.discourse.previous
    instrument = near[-1] if near else previous[0] if len(previous) == 1 else ""
    states = clause.actor.states or clause.discourse.states
    counted = _counts_on(clause)
    later = next(
        (
            w
            for w in clause.sentence.dates
            if w.start >= clause.verb.end and not re.search(r"later|after", clause.sentence.text[w.start : w.end])
        ),
        None,
    )
    when = later if counted else clause.when
    for state in states if instrument and when else ():
        yield draft(
            clause.sentence,
            clause.start,
            when.end if when else clause.end,
            "effect-of-withdrawal",
            instrument=instrument,
            state=state,
            on=when.value if when else "",
        )


def expire(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Expired, lapsed; runs out, runs until."""
    verb, instrument = clause.verb, clause.actor.instrument
    if verb.negated or not instrument or clause.actor.states or clause.actor.noun:
        return
    head = clause.sentence.text[max(clause.sentence.start, verb.start - 14) : verb.end].casefold()
    if clause.is_fact and clause.day and re.search(r"\b(?:originally|initially)\b", head):
        yield clause.made("original-term-ends", instrument=instrument, on=clause.day)
    elif clause.is_fact and not verb.lemma.startswith("run "):
        if clause.day and clause.when and clause.when.first <= clause.discourse.day:
            yield clause.made("date-of-end", instrument=instrument, on=clause.day)
        elif not clause.day and verb.lemma in ("expire", "lapse"):
            yield clause.made("status-on", instrument=instrument, status="expired", on=clause.today)
    elif (
        clause.day
        and verb.mood in ("fact", "future", "infinitive")
        and verb.lemma in ("expire", "lapse", "end", "run out", "run until", "run through", "run to", "last until")
    ):
        yield _ends(clause, instrument)


def _ends(clause: VerbClause, instrument: str) -> DraftedClaim:
    """The end of a term to come: of the first one, until an extension was agreed."""
    if clause.verb.lemma == "end":
        return clause.made("date-of-end", instrument=instrument, on=clause.day)
    if clause.when and clause.when.first <= clause.discourse.day <= clause.when.last:
        return clause.made("date-of-end", instrument=instrument, on=clause.day)  # "lapses today"
    if clause.when and clause.when.last < clause.discourse.day:
        return clause.made("original-term-ends", instrument=instrument, on=clause.day)
    agreed = [span for span in _extensions(clause, instrument) if span.earliest <= clause.discourse.day]
    if agreed:
        return clause.made("extended-to", instrument=instrument, until=clause.day)
    return clause.made("original-term-ends", instrument=instrument, on=clause.day)


def _extensions(clause: VerbClause, instrument: str) -> Iterator[Span]:
    index = clause.discourse.index
    for other, brief in index.summaries().items():
        if instrument in brief.parents:
            card = clause.discourse.card(other)
            if card and card.signed and instrument in card.related("extends"):
                yield card.signed


def extend(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Extended: until when, by how long, or without end."""
    verb = clause.verb
    instrument = (
        clause.actor.instrument
        if clause.is_passive
        else next(iter(clause.instruments if clause.target.instruments and not clause.target.is_implicit else ()), "")
    )
    if not instrument or verb.negated:
        return
    tail = clause.tail(70)
    period = period_in(re.split(r"[,;]|\d\.(?:\s|$)", tail)[0])
    if (verb.mood == "possible" and clause.verb.passive) or re.search(
        r"\bmay be\b|\bcan be\b", clause.sentence.text[verb.start : verb.end].casefold()
    ):
        if period:
            times = "1" if re.match(r"\s+(?:only\s+)?once\b", tail) else ""
            yield clause.made("clause-says", instrument=instrument, clause="extension", period=period, times=times)
        return
    agreed = verb.mood == "infinitive" and verb.governor in ("agreed", "decided") and not verb.negated
    if not (clause.is_fact or clause.is_presupposed or agreed):
        return
    until = next(
        (when for when in clause.sentence.dates if when.role == "until" and verb.end <= when.start <= verb.end + 80),
        None,
    )
    if re.match(
        r"[^.;,]{0,25}\b(?:indefinite|without (?:a )?(?:time )?limit|permanent|forever|in perpetuity)", tail
    ) or re.search(r"indefinitely\W*$", clause.sentence.text[verb.start : verb.end].casefold()):
        yield clause.made("event-on", type="extension", instrument=instrument, on=clause.day)
    elif until or period:
        end = until.value if until else ""
        made = clause.made("extended-to", instrument=instrument, until=end, period=period)
        yield made
    elif clause.day:
        yield clause.made("event-on", type="extension", instrument=instrument, on=clause.day)


def supersede(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Was superseded: the status of an instrument that another took the place of."""
    instrument = clause.actor.instrument
    if clause.verb.passive and clause.verb.mood == "fact" and not clause.verb.negated and instrument:
        yield clause.made("status-on", instrument=instrument, status="superseded", on=clause.today)


_BROUGHT: Final = re.compile(
    r"\b(?:brought|bringing|put|putting)\s+(?:it|the\s+\w+)\s+into\s+(?:force|effect)\s+(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)


def brought(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Brought it into force on a day."""
    for when in sentence.dates:
        match = _BROUGHT.search(sentence.text[sentence.start : when.start])
        mention = instrument_at(sentence, sentence.start + match.start(), discourse) if match else None
        if match and mention and mention.ids:
            yield draft(
                sentence, sentence.start + match.start(), when.end, "date-of-entry-into-force",
                instrument=mention.ids[0], on=when.value,
            )  # fmt: skip


def stay(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Remains a party, stays in force."""
    verb = clause.verb
    if verb.mood != "fact" or verb.negated:
        return
    tail = clause.tail(60)
    if clause.actor.instrument and not clause.actor.states:
        if re.match(r"(?:\s+in)?\s+(?:force|effect)\b", tail):
            yield clause.made("status-on", instrument=clause.actor.instrument, status="in-force", on=clause.today)
        return
    standing = (
        "party"
        if re.match(r"\s+(?:a\s+)?(?:full\s+)?(?:state\s+)?(?:party|member|bound|in the)\b", tail)
        or verb.lemma in ("stay in", "remain in")
        else ""
    )
    standing = "signatory" if re.match(r"\s+a\s+signatory\b", tail) else standing
    if not standing or (
        clause.target.noun and not re.match(r"party|member|bound|signatory|state|full", clause.target.noun)
    ):
        return
    named = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids and m.start >= verb.start]
    instruments = named or (
        [clause.discourse.previous[0]] if len(clause.discourse.previous) == 1 and "moratorium" not in tail else []
    )
    earlier = [m.ids[0] for m in clause.sentence.of_kind("instrument") if m.ids]
    for instrument in (instruments or earlier)[:1] if "moratorium" not in tail else ():
        yield from clause.of_each("standing-on", instrument, standing=standing, on=clause.today)


def return_(clause: VerbClause) -> Iterator[DraftedClaim]:
    """Will not return to a treaty that it has left."""
    if (
        clause.verb.negated
        and clause.verb.mood in ("future", "fact", "possible")
        and clause.target.instruments
        and not clause.target.is_implicit
    ):
        yield from clause.of_each("stays-out", clause.instruments[0], on=clause.today)


def _bound_by(clause: VerbClause) -> Iterator[DraftedClaim]:
    """A state is bound by a treaty, or no longer is."""
    verb = clause.verb
    after = [m for m in clause.sentence.of_kind("instrument") if m.ids and 0 <= m.start - verb.end < 30]
    no_longer = "no longer" in clause.sentence.text[verb.start : verb.end].casefold()
    said = clause.governor is not None and clause.governor.act in ("say", "announce") and clause.governing_actor
    if no_longer and after and said and said.states and clause.governor:
        day = date_of(clause.sentence, clause.governor)
        if day:  # what a state says of itself is a statement, whatever the law makes of it
            yield draft(
                clause.sentence, clause.start, after[0].end, "event-on", instrument=after[0].ids[0],
                state=said.states[0], on=day.value,
            )  # fmt: skip
        return
    if not after or (verb.negated and not no_longer) or (verb.tense == "past" and not no_longer):
        return
    for state in clause.actor.states:
        yield draft(
            clause.sentence, clause.start, after[0].end, "standing-on", instrument=after[0].ids[0], state=state,
            standing="former-party" if no_longer else "party", on=clause.today,
        )  # fmt: skip


def bind(clause: VerbClause) -> Iterator[DraftedClaim]:
    """An instrument binds states that are named, or both sides."""
    verb, instrument = clause.verb, clause.actor.instrument
    if verb.passive and verb.lemma == "bind" and verb.mood == "fact":
        yield from _bound_by(clause)
        return
    if verb.mood != "fact" or verb.negated or not instrument or verb.lemma != "bind" or verb.passive:
        return
    after = [m.ids[0] for m in clause.sentence.of_kind("state") if m.start >= verb.end and m.form != "adjective"]
    pair = (
        clause.discourse.states
        if len(clause.discourse.states) == 2
        else tuple(sorted(clause.discourse.all_states & {"USA", "RUS"}))
    )
    states = after or (pair if re.match(r"\s+(?:both|the two|them)\b", clause.tail(20)) else ())
    for state in states:
        yield clause.made("standing-on", instrument=instrument, state=state, standing="party", on=clause.today)
