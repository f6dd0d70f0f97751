"""Claims about what a clause says: notice, term, extension, depositaries, entry into force, binding nature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.scanning import Sentence
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.periods import PERIOD, period_of
from treatygraph.read.rules.figures import instrument_at

__all__ = ["binding", "clauses"]

_NOTICE_AFTER: Final = re.compile(
    (
        r"^(?:['’]s?|['’])?\s+(?:written |advance |formal |prior |previous )*(?:notice|notification|warning)\b|"
        r"^\s+(?:after|from|following)\s+(?:it |they |a state |a party |having |giving |receipt of |its |their |"
        r"the |such |that |formal )?(?:\w+ )?(?:notif\w+|notice|gives?|receipt|announcement of withdrawal|"
        r"written|withdrawal notice)"
    ),
    re.IGNORECASE,
)
_NOTICE_BEFORE: Final = re.compile(
    (
        r"\b(?:notice|notice period|notice) of\s+(?:at least\s+)?$|\b(?:withdrawal|departure|exit|"
        r"leaving)\b[^.;]{0,50}\b(?:takes?|becom\w+|come into|have|taking) (?:effect|effective|"
        r"final)\s+(?:only\s+)?(?:after\s+)?$"
    ),
    re.IGNORECASE,
)
_GAVE: Final = re.compile(
    r"\b(?:gave|given|(?<!by )(?<!after )(?<!upon )giving|handed|delivered|"
    r"submitted|served|filed|with less than)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    (
        r"\b(?:lets?|may|can|could|must|requires?|allows?|permits?|shall|should|"
        r"under (?:the|its|article)|needs?|takes effect|"
        r"becomes effective|article|any (?:state|party|country)|either (?:side|party)|provides?|stipulates?|terms|"
        r"rules|clause|will take effect|upon|wants out|party that|state that|country that|only)\b"
    ),
    re.IGNORECASE,
)
_OUT: Final = re.compile(
    r"\b(?:withdraw\w*|leav\w+|exit\w*|quit\w*|pull\w* out|departure|denounc\w+|terminat\w+|notice)\b|\bout\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?P<lead>\b(?:as|under|by|in(?: line with)?|per|invoking|invoked|citing|cited)\s+)?(?:the treaty['’]s\s+|its\s+)?"
    r"\barticle\s+(?P<article>[IVXLC]+|\d+)\b(?P<rest>(?:\s+of\s+[^.;,]{0,50}?)?\s*"
    r"(?:,|\b(?:allows?|permits?|says|provides|requires|lets?|stipulates|any|each|either|a (?:party|state|member))"
    r"\b))?",
    re.IGNORECASE,
)
_RATIFIED: Final = re.compile(
    (
        r"^\s+after\s+(?:the\s+)?(?P<nth>\d+(?:st|nd|rd|th)|first|fifth|tenth|twentieth|thirtieth|fortieth|fiftieth|"
        r"sixtieth|sixty-fifth|last)\s+(?:ratification|state|country|nation|instrument|deposit)"
    ),
    re.IGNORECASE,
)
_TERM_BEFORE: Final = re.compile(
    (
        r"\b(?:lasts?|term of|life of|lifetime of|duration of|valid for|(?<!been )(?<!was )in force for|runs? for|"
        r"lifespan of)\s+(?:for\s+|an initial\s+)?$"
    ),
    re.IGNORECASE,
)
"""What a clause sets; how long an instrument lasted, or had been in force, it does not tell."""
_TERM_AFTER: Final = re.compile(r"^[\s-]+(?:term|life|lifetime|lifespan|duration)\b", re.IGNORECASE)
_DEPOSIT_AFTER: Final = re.compile(
    r"^\s+after\s+(?:they|it|a state|a country|each|the|its|their)\s+(?:\w+\s+)?(?:deposit|hand|submit|ratif|joins?)",
    re.IGNORECASE,
)


def clauses(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """What an instrument says of notice, of its term, and of how it enters into force."""
    text = sentence.text
    for match in PERIOD.finditer(text, sentence.start, sentence.end):
        after, before = text[match.end() : min(sentence.end, match.end() + 60)], text[sentence.start : match.start()]
        kind = _kind(sentence, before, after)
        mention = instrument_at(sentence, match.start(), discourse) if kind else None
        if mention is None or not mention.ids or _DATED.match(after) or _INSPECTED.search(before):
            continue
        terms: dict[str, str | None] = {}
        nth = _RATIFIED.match(after) if kind == "entry-into-force" else None
        if nth:
            terms["number"] = _ordinal(sentence, match.end() + nth.start("nth"))
        found = re.match(r"^(?:['’]s?)?\s+(?:\w+\s+){0,3}?(?:notice|notification|ratification|instrument)\b", after)
        yield draft(
            sentence,
            match.start(),
            match.end() + (found.end() if found else 0),
            "clause-says",
            instrument=mention.ids[0],
            clause=kind,
            period=period_of(match),
            **terms,
        )
    yield from _articles(sentence, discourse)
    yield from _unlimited(sentence, discourse)
    yield from _conflict(sentence, discourse)
    yield from _existence(sentence, discourse)
    yield from _ratifications_needed(sentence, discourse)
    yield from _depositaries(sentence, discourse)


_DATED: Final = re.compile(r"\s+later,?\s+(?:on|in)\s+\w")
"""A length of time that ends on a day which is told: what happened, and not what a clause says."""
_INSPECTED: Final = re.compile(r"\binspections?\s+[\w ]{0,20}$", re.IGNORECASE)


def _kind(sentence: Sentence, before: str, after: str) -> str:
    if _DEPOSIT_AFTER.match(after):
        return "state-entry-into-force"
    if _RATIFIED.match(after):
        return "entry-into-force"
    if _TERM_BEFORE.search(before) or _TERM_AFTER.match(after):
        return "duration"
    of_notice = (
        _NOTICE_AFTER.match(after)
        or _NOTICE_BEFORE.search(before)
        or (
            re.match(r"\s+later\b", after)
            and re.search(r"\b(?:withdrawal|exit|departure)\b[^.;]{0,30}\btakes? effect\s*$", before)
        )
    )
    if of_notice and _OUT.search(sentence.quote) and _GENERAL.search(sentence.quote) and not _GAVE.search(before):
        return "withdrawal"
    return ""


def _ordinal(sentence: Sentence, place: int) -> str | None:
    number = next((n for n in sentence.numbers if n.start <= place < n.end), None)
    return str(int(number.value)) if number else None


def _articles(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The article that leaving goes by: "as article XV allows", "under Article X any party must give notice"."""
    for match in _ARTICLE.finditer(sentence.text, sentence.start, sentence.end):
        text = sentence.text[match.start() : match.end()]
        is_rule = match["rest"] and (match["lead"] or re.search(r"(?:allows?|permits?|lets?)$", text))
        mention = instrument_at(sentence, match.start(), discourse) if is_rule and _OUT.search(sentence.quote) else None
        if mention and mention.ids and not re.search(r"\b(?:violat|breach)\w*", sentence.quote):
            yield draft(
                sentence, match.start(), match.end(), "clause-says",
                instrument=mention.ids[0], clause="withdrawal", article=match["article"],
            )  # fmt: skip


_UNLIMITED: Final = re.compile(
    r"\b(?:unlimited|indefinite)\s+duration\b|\bduration\s+(?:is|was)\s+(?:unlimited|indefinite)\b|"
    r"\b(?:has|had)\s+no\s+(?:time\s+limit|(?:expiry|expiration|end)\s+date)\b",
    re.IGNORECASE,
)


def _unlimited(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Of unlimited duration: an instrument sets no term."""
    match = _UNLIMITED.search(sentence.text, sentence.start, sentence.end)
    mention = instrument_at(sentence, match.start(), discourse) if match else None
    if match and mention and mention.ids:
        yield draft(
            sentence, match.start(), match.end(), "clause-says", instrument=mention.ids[0], clause="term", exists="no"
        )


_CONFLICT: Final = re.compile(
    r"\b(?:unless|not (?:while|if|as long as)|not take effect|if|should|until|while)\b[^.;]{0,70}?"
    r"\b(?:armed conflict|that conflict|at war)\b(?:[^.;]{0,20}\b(?:over|ended|ends)\b)?",
    re.IGNORECASE,
)


def _conflict(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """That a state at war cannot leave: the tail of a withdrawal clause."""
    match = _CONFLICT.search(sentence.text, sentence.start, sentence.end)
    is_rule = match and re.search(r"\b(?:withdraw\w*|leav\w+|notice)\b|\bout\b", sentence.quote, re.IGNORECASE)
    mention = instrument_at(sentence, match.start(), discourse) if match and is_rule else None
    if match and mention and mention.ids and _GENERAL.search(sentence.quote) and not sentence.is_question:
        yield draft(
            sentence, match.start(), match.end(), "clause-says",
            instrument=mention.ids[0], clause="conflict-tail", exists="yes",
        )  # fmt: skip


_EXISTS: Final = re.compile(
    r"\b(?:has|had|have|contains?|contained|includes?|included|lacks?|lacked|with|without)\s+"
    r"(?P<no>no\s+)?(?:an?\s+|any\s+|the\s+)?(?P<what>withdrawal|exit|denunciation|extension|termination)[\s-]+"
    r"(?:clause|provision|article|mechanism)\b",
    re.IGNORECASE,
)


def _existence(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Whether an instrument has a clause at all: "the treaty has no withdrawal clause"."""
    for match in _EXISTS.finditer(sentence.text, sentence.start, sentence.end):
        mention = instrument_at(sentence, match.start(), discourse)
        if mention is None or not mention.ids:
            continue
        is_denied = bool(match["no"]) or match[0].casefold().startswith(("lack", "without"))
        kind = "extension" if match["what"].casefold() == "extension" else "withdrawal"
        yield draft(
            sentence, min(mention.start, match.start()) if mention.end < match.start() else match.start(), match.end(),
            "clause-says", instrument=mention.ids[0], clause=kind, exists="no" if is_denied else "yes",
        )  # fmt: skip


def _ratifications_needed(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    match = re.compile(
        r"\b(?:needs?|requires?|must be)\s+(?:the\s+)?(?:ratifi\w+)\s+(?:by|of|from)\s+(?:all\s+|the\s+)*(?=\d|\w)|"
        r"\b(?:needs|requires|awaits)\s+(?=[\w-]+\s+ratifications\b)",
        re.IGNORECASE,
    ).search(sentence.text, sentence.start, sentence.end)
    number = next((n for n in sentence.numbers if match and 0 <= n.start - match.end() <= 4), None)
    mention = instrument_at(sentence, number.start, discourse) if number else None
    if match and number and mention:
        yield draft(
            sentence,
            match.start(),
            number.end,
            "clause-says",
            instrument=mention.ids[0],
            clause="entry-into-force",
            number=number.text,
        )


def _depositaries(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    text = sentence.text
    for match in re.compile(
        r"\bdepositar(?:y|ies)\b[,:]?\s+(?:states?[,:]?\s+)?(?:are |is |of )?", re.IGNORECASE
    ).finditer(text, sentence.start, sentence.end):
        states, end = [], match.end()
        for mention in sentence.of_kind("state"):
            if (
                mention.form == "name"
                and re.fullmatch(r"(?:,|,? and)?\s*(?:the )?", text[end : mention.start])
                and mention.start >= end
            ):
                states.append(mention.ids[0])
                end = mention.end
        named = instrument_at(sentence, match.start(), discourse)
        if states and named is not None:
            yield draft(
                sentence,
                match.start(),
                end,
                "clause-says",
                instrument=named.ids[0],
                clause="depositary",
                addressee=tuple(states),
            )


_BINDING: Final = re.compile(
    (
        r"\b(?:is|was|are)\s+(?:only |merely |just |still |a |an |not )*(?P<what>(?:political(?:ly binding)?|"
            r"voluntary|"
        r"non-?binding|legally binding|informal)\s+(?:commitment|agreement|document|arrangement|deal|understanding|"
            r"accord|treaty|pact)?|legally binding|non-?binding|politically binding|not a treaty|not legally binding)"
        ), re.IGNORECASE)  # fmt: skip


_NEITHER: Final = re.compile(r"\s*,?\s*(?:and\s+)?(?:neither|nor)\s+(?:is|are|was)\s+(?:the\s+)?", re.IGNORECASE)


def binding(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Whether an instrument binds in law."""
    match = _BINDING.search(sentence.text, sentence.start, sentence.end)
    if not match or sentence.is_question:
        return
    for other in sentence.of_kind("instrument"):
        if other.ids and other.start >= match.end() and _NEITHER.fullmatch(sentence.text[match.end() : other.start]):
            yield draft(sentence, match.end(), other.end, "binding-is", instrument=other.ids[0], binding="no")
    mention = instrument_at(sentence, match.start(), discourse)
    says = match[0].casefold()
    is_binding = (
        "legally binding" in says or (says.endswith("treaty") and "political" not in says)
    ) and " not " not in f" {says} "
    if mention is not None and mention.ids:
        yield draft(
            sentence,
            match.start(),
            match.end(),
            "binding-is",
            instrument=mention.ids[0],
            binding="yes" if is_binding else "no",
        )
