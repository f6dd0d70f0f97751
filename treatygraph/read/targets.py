"""Which instrument a verb is about, and when it happened: found by the order of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.language.lexicon import GENERIC
from treatygraph.language.mentions import Mention, TextDate, VerbGroup
from treatygraph.language.scanning import Sentence
from treatygraph.language.words import Word, word_set
from treatygraph.read.actors import near_instrument
from treatygraph.read.boundaries import own_start
from treatygraph.read.discourse import Discourse

__all__ = ["Target", "date_of", "date_of_paper", "target_of"]

_SKIPPED: Final = word_set(
    "fulfillment fulfilment own the a an this that its their his her said same new old entire whole so called "
    "landmark "
    "historic key also participation participating in membership of from out to all both obligations "
    "commitments under implementation its adherence involvement role main last remaining major decades "
    "cold war era formally current cooperation observance operation "
    "application voluntary provisional part parts full and either yet so also too again only just finally"
)
"""Words that may stand between a verb and the instrument that it is about."""

_DUTIES: Final = word_set(
    "participation obligations membership commitments adherence role observance implementation application signature"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a verb is about: an instrument, or a noun that is none."""

    instruments: tuple[Mention, ...] = ()
    is_implicit: bool = False
    """Whether no instrument is named: that of the context is meant."""
    noun: str = ""
    """The first noun that is no instrument."""
    end: int = -1


_ENDS: Final = word_set(
    "and but in on at by last this for as with after when because until since over towards toward if today yesterday"
)
"""Words that end what a verb is about."""


def target_of(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Target:
    """Which instrument the verb is about: the first after it, "it", or, where nothing follows, that of the context."""
    noun, last = "", ""
    instruments = [m for m in sentence.of_kind("instrument") if verb.end <= m.start]
    # a date ends it, but for a year that belongs to a name: "the 1987 treaty"
    dates = [w for w in sentence.dates if not any(-1 < m.start - w.end < 3 for m in instruments)]
    starts = [*(other.start for other in sentence.verbs), *(when.start for when in dates)]
    stop = min((start for start in starts if start >= verb.end), default=sentence.end)
    years = [w for w in sentence.dates if w not in dates]
    for word in sentence.words:
        if word.start < verb.end:
            continue
        at = next((m for m in instruments if m.start <= word.start < m.end), None)
        if at is not None and not noun:
            # "another" is a treaty that is not on record, or one that is not made out
            return Target(_joined(sentence, at), noun="" if at.ids else "another", end=at.end)
        if word.start >= stop and word.key not in GENERIC:
            break
        if not word.is_word and word.text not in ",;.:—":
            continue
        if word.key in ("in", "under", "to") and last in _DUTIES:
            continue
        last = word.key
        if word.text in ",;.:—" or word.key in _ENDS:
            break
        if word.key == "it" and not noun:
            near = near_instrument(sentence, verb, discourse)
            return Target(
                (Mention("instrument", (near,), word.start, word.end, word.text, "short"),) if near else (),
                end=word.end,
            )
        if _is_passed_over(sentence, word, instruments) or any(w.start <= word.start < w.end for w in years):
            continue
        noun = noun or word.key
    if noun:
        return Target(noun=noun)
    near = near_instrument(sentence, verb, discourse)
    return Target((Mention("instrument", (near,), verb.end, verb.end, ""),) if near else (), is_implicit=True)


def _is_passed_over(sentence: Sentence, word: Word, instruments: Sequence[Mention]) -> bool:
    """Whether a word may stand between a verb and the instrument that it is about."""
    if word.key in _SKIPPED or any(m.start <= word.start < m.end for m in sentence.mentions):
        return True
    return _is_adjective(sentence, word, instruments)


def _is_adjective(sentence: Sentence, word: Word, instruments: Sequence[Mention]) -> bool:
    """Whether only describing words stand between a word and an instrument: "an international convention"."""
    nearest = next((m for m in instruments if m.start >= word.end), None)
    between = sentence.text[word.start : nearest.start] if nearest else ""
    return (
        nearest is not None
        and re.fullmatch(r"(?:(?!(?:of|from|to|for|on|in|the|its|with|and|or)\b)[\w-]+\s+){1,3}", between) is not None
    )


def _joined(sentence: Sentence, first: Mention) -> tuple[Mention, ...]:
    """Instruments that stand together: "the INF Treaty (in 2019) and the Iran deal"."""
    found = [first] if first.ids else []
    last = first
    for mention in sentence.of_kind("instrument"):
        if mention.start >= last.end and re.fullmatch(
            r"(?:\s+in [^,.;]{3,24}?)?(?:,|,? and|,? or| and from| as well as| together with| along with)"
            r"(?: from)?(?: the| to the| its| an?)?\s*",
            sentence.text[last.end : mention.start],
        ):
            found.extend([mention] if mention.ids else [])
            last = mention
    return tuple(found)


def date_of_paper(sentence: Sentence, verb: VerbGroup) -> TextDate | None:
    """When a notice was given or a statement made whose content stands between."""
    said = min((v.start for v in sentence.verbs if v.start >= verb.end and v.act == "say"), default=sentence.end)
    marks = [w.start for w in sentence.words if verb.end <= w.start and w.text in ",;:"]
    told = [v.start for v in sentence.verbs if v.start >= verb.end and v.mood == "fact" and v.tense == "past"]
    stop = min([said, *marks, *told])
    return next((w for w in sentence.dates if verb.end <= w.start < stop), None)


def date_of(sentence: Sentence, verb: VerbGroup, after: int | None = None) -> TextDate | None:
    """When it happened: the first day after the verb in its clause, or one that leads the sentence."""
    begin = verb.end if after is None else after
    stop = _clause_end(sentence, begin)
    for when in sentence.dates:
        if _is_of_name(sentence, when):
            continue
        if begin <= when.start < stop and when.role in ("on", "since", "by", "until", "after", "before"):
            if verb.act != "enter" and _OF_FORCE.search(sentence.text[begin : when.start]):
                continue  # "signed by Reagan and in force from 1 June 1988"
            return when
    ahead = [w for w in sentence.dates if w.end <= own_start(sentence, verb)]
    if ahead and _WHEN.fullmatch(sentence.text[ahead[-1].end : own_start(sentence, verb)]):
        return ahead[-1]  # "in 2011, when it took effect"
    first = sentence.verbs[0] if sentence.verbs else verb
    paper = (
        re.search(
            (
                r"\b(?:letter|note|notification|communication|statement|decree)\s+(?:dated|of|received on|sent on|"
                r"delivered on)\s+(?:the\s+)?$"
            ),
            sentence.text[sentence.start : sentence.dates[0].start],
            re.IGNORECASE,
        )
        if sentence.dates
        else None
    )
    if paper and verb.act == "notify" and sentence.dates[0].end <= verb.start:
        return sentence.dates[0]
    fronted = [w for w in sentence.dates if w.end <= verb.start and w.start >= own_start(sentence, verb)]
    if fronted and _leads(sentence, fronted[0], own_start(sentence, verb)):
        return fronted[0]
    if fronted and verb.start - fronted[-1].end < 4 and "," not in sentence.text[fronted[-1].end : verb.start]:
        return fronted[-1]  # "Israel way back in 1993 signed"
    lead = [w for w in sentence.dates if w.start - sentence.start < 14 and w.end <= first.start]
    apart = bool(lead) and ";" in sentence.text[lead[0].end : verb.start]
    return (
        lead[0] if lead and lead[0].role == "on" and not apart and _leads(sentence, lead[0], sentence.start) else None
    )


def _is_of_name(sentence: Sentence, when: TextDate) -> bool:
    """Whether a year is part of a name: "the 1968 Non-Proliferation Treaty", "the Moscow Treaty of 2002"."""
    return len(when.value) == 4 and any(
        0 <= m.start - when.end < 3 or (0 <= when.start - m.end < 5 and sentence.text[m.end : when.start] == " of ")
        for m in sentence.of_kind("instrument")
    )


_OF_FORCE: Final = re.compile(r"\bin\s+(?:force|effect|operation),?\s+(?:since|from|as of)?\s*(?:the\s+)?$")
_WHEN: Final = re.compile(
    r",?\s*(?:when(?:\b[^.;,\d]*\band)?|the (?:day|month|year) (?:in |on )?(?:which|that))\s*", re.IGNORECASE
)


def _leads(sentence: Sentence, when: TextDate, start: int) -> bool:
    """Whether a date stands at the head of its clause, or right before the verb."""
    between = [w for w in sentence.words if start <= w.start and w.end <= when.start and w.is_word]
    return len(between) <= 3 and all(
        not any(m.start <= w.start < m.end and m.kind == "instrument" for m in sentence.mentions) for w in between
    )


def _clause_end(sentence: Sentence, begin: int) -> int:
    stop = sentence.end
    for other in sentence.verbs:
        if other.start >= begin and not (other.act in ("other", "say") and other.mood == "infinitive"):
            starts = own_start(sentence, other)
            stop = min(
                stop, starts if starts > begin and sentence.text[:starts].endswith(("and", "but")) else other.start
            )
            break
    for word in sentence.words:
        if begin <= word.start < stop and (
            word.text in ";—–" or word.key in ("but", "while", "although", "though", "whereas", "which", "who")
        ):
            return word.start
    return stop
