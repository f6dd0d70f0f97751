"""Claims about people: an office named with a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import Mention
from treatygraph.language.scanning import Sentence
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse

__all__ = ["offices"]

_OFFICE: Final = (
    r"(?:acting |vice |deputy |first deputy )?(?:"
    r"(?:U\.?S\.? )?(?:deputy |under |assistant )?secretary of (?:state|defen[cs]e|energy|war)|foreign secretary|"
    r"defen[cs]e secretary|"
    r"(?:deputy |vice )?(?:foreign|defen[cs]e|prime) minister|minister of (?:foreign affairs|defen[cs]e|external "
    r"affairs)|external affairs minister|"
    r"national security advis[eo]r|secretary[- ]general|director[- ]general|vice president|president|chancellor|"
    r"premier|press secretary|"
    r"supreme leader|(?:high )?commissioner|permanent representative)"
)
_BEFORE: Final = re.compile(
    rf"(?P<past>former |ex-|then[- ]|late |outgoing |future |incoming )?(?P<office>{_OFFICE})s?,?\s+(?:Mr\.?\s+)?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    (
        rf"^,\s+(?:the |its |then[- ])?(?P<past>former )?(?:[A-Z][\w.]+(?:['’]s)? )?(?P<office>{_OFFICE})\b(?=[,.;]| "
        rf"of| said| at)"
    ),
    re.IGNORECASE,
)
_HEADS: Final = frozenset(
    {
        "president",
        "prime minister",
        "chancellor",
        "premier",
        "supreme leader",
        "secretary general",
        "secretary-general",
        "director general",
        "director-general",
        "press secretary",
    }
)


def offices(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Each office with which a person is named; that of a head of state or government stands in passing."""
    for mention in sentence.of_kind("official"):
        if len(mention.text.split()) < 2:
            continue
        before = _BEFORE.search(sentence.text[sentence.start : mention.start])
        after = _AFTER.search(sentence.text[mention.end : sentence.end])
        match = before or after
        if not match or match["past"]:
            continue
        start = sentence.start + match.start("office") if before else mention.start
        end = mention.end if before else mention.end + match.end("office")
        office = re.sub(r"^U\.?S\.?\s+", "", match["office"].strip(), flags=re.IGNORECASE)
        plain = (
            office.casefold().removesuffix("s") if office.casefold().removesuffix("s") in _HEADS else office.casefold()
        )
        if plain == "president" and _is_of_body(sentence, start):
            continue
        if _signs_undated(sentence, mention):
            continue  # who signed is a claim of its own
        day = _day_of(sentence, mention, discourse)
        state = discourse.lexicon.states_of_officials.get(mention.ids[0], "")
        if plain.startswith(("secretary gen", "secretary-gen", "director")):
            state = ""
        yield DraftedClaim(
            draft(
                sentence, start, end, "office-on", official=mention.ids[0], state=state, office=_titled(plain), on=day
            ).draft,
            plain in _HEADS,
        )


def _signs_undated(sentence: Sentence, mention: Mention) -> bool:
    """Whether the person is named as the one who signed, on a day that the sentence does not give."""
    signs = any(v.act == "sign" and v.end <= mention.start for v in sentence.verbs)
    return signs and not sentence.dates and bool(re.search(r"\bby\b", sentence.text[sentence.start : mention.start]))


def _is_of_body(sentence: Sentence, start: int) -> bool:
    return bool(
        re.search(
            r"(?:council|commission|conference|assembly|parliament|vice)\s+$",
            sentence.text[max(sentence.start, start - 16) : start],
            re.IGNORECASE,
        )
    )


def _titled(office: str) -> str:
    return " ".join(word if word in ("of", "and") else word.capitalize() for word in office.split())


def _day_of(sentence: Sentence, mention: Mention, discourse: Discourse) -> str:
    """The day on which the person is said to have acted: that of the story, or of a deed long before."""
    past = [w for w in sentence.dates if w.last.year < discourse.day.year - 1 and abs(w.start - mention.end) < 90]
    verbs = [v for v in sentence.verbs if 0 <= v.start - mention.end < 60 or 0 <= mention.start - v.end < 60]
    deeds = [
        v
        for v in verbs
        if v.act in ("sign", "extend", "negotiate", "ratify", "leave") and v.tense in ("past", "perfect")
    ]
    if past and deeds:
        return past[0].value
    # a deed whose day the sentence does not give belongs to the day last told ("Kerry had signed for …")
    if deeds and deeds[0].tense == "perfect" and deeds[0].mood == "fact" and discourse.anchor:
        first, last = discourse.anchor
        return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return _of_the_past(sentence, mention, discourse) or discourse.day.isoformat()


def _is_present(sentence: Sentence) -> bool:
    return any(v.tense in ("present", "progressive") and v.mood == "fact" for v in sentence.verbs)


def _of_the_past(sentence: Sentence, mention: Mention, discourse: Discourse) -> str:
    """The day last told, where a story looks far back and the person held an office then and holds none now."""
    here = [(w.first, w.last) for w in sentence.dates if w.end <= mention.start]
    told = here[-1] if here else discourse.told_here
    if told is None or told[1].year - told[0].year > 1 or _is_present(sentence):
        return ""
    first, last = told
    tenures = discourse.tenures(mention.ids[0])
    serves = any(item.holds_on(discourse.day) for item in tenures)
    served = any(item.holds_on(first) or item.holds_on(last) for item in tenures)
    return last.isoformat() if served and not serves and last.year < discourse.day.year - 1 else ""
