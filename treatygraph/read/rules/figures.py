"""Claims with numbers: how many parties, and which limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import Amount, Mention
from treatygraph.language.scanning import Sentence
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse

__all__ = ["counts", "instrument_at", "limits", "none_of"]

_STATES: Final = (
    r"(?:other |more |European |African |Asian |different |named |member |contracting |of the world's "
    r")?(?:countries|states|nations|governments)(?: and (?:regions|territories))?"
)
_COUNTED: Final = (
    (re.compile((
        r"^\s*(?:other |remaining |contracting |full )?(?:states[- ]parties|state[- ]parties|parties|"
        r"member states|member countries|member nations|members)\b"
        )), "parties"),
    (re.compile(r"^\s*(?:other |remaining )?(?:signatories|signatory \w+|signatures)\b"), "signatures"),
    (re.compile(r"^\s*(?:participating states|participants)\b"), "participants"),
    (re.compile(r"^\s*ratifications\b"), "ratifications"),
    (re.compile(
        rf"^\s*{_STATES}\s+(?:that |which |who )?(?:have |had |has )?(?:now |already |so far |since |also "
        rf")?(?:signed and ratified|ratified|completed)"
        ), "ratifications"),
    (re.compile(
        rf"^\s*{_STATES}\s+(?:that |which |who )?(?:have |had )?(?:now |already |also )?signed,? but "
        rf"(?:have |had )?(?:not |never )(?:yet )?ratified"
        ), "signatories-not-party"),
    (re.compile(
        rf"^\s*{_STATES}\s+(?:that |which |who )?(?:have |had |has )?(?:now |already |so far |since |also "
        rf")?signed"
        ), "signatures"),
    (re.compile(
        rf"^\s*{_STATES}\s+(?:that |which |who )?(?:have |had |has )?(?:now |already |so far |since |also "
        rf")?(?:joined|acceded|signed up|become part)"
        ), "parties"),
    (re.compile(
        rf"^\s*{_STATES}\s+(?:(?:of|in) (?:the|its|that) \w+ )?"
        rf"(?:that |which )?(?:are |were |remain |still )*(?:now |currently |still |also "
        rf")?(?:party|parties|bound|members)\b"
        ), "parties"),
    (re.compile(rf"^\s*{_STATES}\s+(?:have |had |has )(?:yet|still) to ratify"), "missing-for-entry"),
    (re.compile(rf"^\s*{_STATES}\s+(?:have |had )(?:\w+ )?(?:withdrawn|left|quit|pulled out)"), "withdrawn"),
)  # fmt: skip
_BY: Final = re.compile(
    r"\b(signed|ratified|joined)\b(?:(?!\b(?:signed|ratified|joined)\b)[^.;,]){0,45}?\bby\s+(?:a total of |all )?$"
)
_NOT_OF_A_TREATY: Final = re.compile(
    (
        r"^\s*\w+\s+(?:\w+\s+)?of (?:the )?(?:NATO|EU|UN|U\.N\.|United|European|Security|Senate|parliament|alliance|"
        r"council|commission|family|club|group|staff|public|congress|house|duma)"
    ),
    re.IGNORECASE,
)
_MISSING: Final = re.compile(r"\b(?:missing|have not|has not|yet to|still needed|holdouts?|outstanding|hold out|refus)")
_LIMITING: Final = re.compile(
    r"\b(?:limit(?:s|ed|ing)?|cap(?:s|ped|ping)?|restrict\w*|h(?:o|e)lds?\b|"
    r"may have|(?:may|can) (?:deploy|keep|possess)|ceiling|no more than|at most|maximum|"
    r"allow\w*|permit\w*|up to|bann?(?:s|ed|ing)?|outlaw\w*|"
    r"prohibit\w*|forb[aiy]d\w*|threshold|to cut|reduc\w+|constrain\w*|curb\w*|bars?\b|eliminat\w+|accepted)\b",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(
    r"^\s*(?!and\b|or\b)(?P<item>(?:(?:deployed|non-deployed|strategic|nuclear|offensive|long-range|battle|combat|"
        r"attack|armou?red|main|delivery|heavy|artillery|operational\w*|ballistic|"
    r"intercontinental|defensive|missile|land-based|ground-launched|launch|and|or|conventional|military|"
        r"warhead)[\s-]+){0,5}"
    r"(?:warheads|launchers|missiles(?: and bombers)?|bombers|tanks|aircraft|helicopters|vehicles|interceptors(?: "
        r"(?:per|at (?:a|one|each)) site)?|artillery pieces|pieces|systems|"
    r"missile launchers|submarines|silos|sites|troops|soldiers))\b", re.IGNORECASE)  # fmt: skip
_UNIT: Final = re.compile(
    r"^[\s-]*(?P<unit>kilotons?|kilotonnes?|kilomet(?:re|er)s?|km|miles|per ?cent|%|kilograms?|kg|tonnes|tons)\b",
    re.IGNORECASE,
)


def instrument_at(sentence: Sentence, place: int, discourse: Discourse) -> Mention | None:
    """The instrument that a number at a place belongs to: named before it, after it, or the context's."""
    named = [m for m in sentence.of_kind("instrument") if m.ids]
    before = [m for m in named if m.end <= place]
    if before or named:
        return (before[-1:] or named[:1])[0]
    previous = discourse.previous
    found = previous[0] if len(previous) == 1 else discourse.main if discourse.main in previous else ""
    return Mention("instrument", (found,), place, place, "", "short") if found else None


def counts(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """How many states are party, have signed, are missing."""
    text = sentence.text
    for number in sentence.numbers:
        after, before = text[number.end : min(sentence.end, number.end + 90)], text[sentence.start : number.start]
        if (
            number.is_ordinal
            or number.value < 3
            or re.search(r"\b(?:originally|initially|at first)\b", before, re.IGNORECASE)
            or re.match(r"\s+(?:more|others?|additional|further|new)\b", after)
            or (re.search(r"(?:of|permanent|founding|these|those)\s+(?:the\s+)?$", before) and "whose" not in after)
        ):
            continue
        of, end = _counted(sentence, number, after, before)
        mention = instrument_at(sentence, number.start, discourse) if of else None
        if mention is None or _NOT_OF_A_TREATY.match(after) or _belongs_elsewhere(sentence, number, mention, discourse):
            continue
        start = _start(sentence, number)
        day = _day_of(sentence, number, end, before) or _leading(sentence)
        yield draft(
            sentence,
            start,
            end,
            "count-on",
            instrument=mention.ids[0],
            of=of,
            number=number.text,
            on=day or discourse.day.isoformat(),
        )


def _day_of(sentence: Sentence, number: Amount, end: int, before: str) -> str:
    """The day that a count is of: one right after it, or that of the signature ("signed in May 1990 by 22 states")."""
    after = [w for w in sentence.dates if w.role in ("on", "by") and 0 <= w.start - end < 12 and w.first == w.last]
    signing = re.search(r"\bsigned\b[^.;,]{0,45}?\bby\s+$", before)
    if signing and not re.search(r"\b(?:has|have|had)\s+(?:now |already |so far |since )?been\s+signed", before):
        near = [w for w in sentence.dates if sentence.start + signing.start() < w.start < number.start + 60]
        after = near or after
    return after[0].last.isoformat() if after else ""


def _leading(sentence: Sentence) -> str:
    """The day, month or year at the head of a sentence that tells of the past: "in 1985 the treaty had …"."""
    lead = next((w for w in sentence.dates if w.start - sentence.start < 8 and w.role in ("on", "by")), None)
    past = bool(re.search(r"\b(?:had|was|were|counted)\b", sentence.quote))
    return lead.value if lead and past else ""


def _counted(sentence: Sentence, number: Amount, after: str, before: str) -> tuple[str, int]:
    if re.search(
        r"\b(?:must|awaits?|awaiting|needs?|need to|has to|have to|once|until|when|if|after|required?|requires)\b"
        r"[^.;,]{0,40}$",
        before[-60:],
    ):
        return "", number.end
    unratified = re.search(r"\bnot (?:yet )?been ratified by\s+$", before) and re.match(
        r"\s+(?:out )?of (?:the|those|its)?\s*(?:\d+|\w+)\s+(?:states|countries|nations)", after
    )
    if unratified:
        return "missing-for-entry", number.end + unratified.end()
    missing = re.match(
        r"\s+of (?:the|those) (?:\w+ )?(?:states|countries|nations)\b[^.;]{0,60}?(?:ratif|needed|required)", after
    )
    if missing and _MISSING.search(sentence.quote.casefold()):
        return "missing-for-entry", number.end + missing.end()
    for pattern, of in _COUNTED:
        match = pattern.match(after)
        if match:
            return of, number.end + match.end()
    bare = re.match(r"\s+(?:have|had)\s+(?:also\s+|so far\s+|now\s+)?(ratified|signed|joined)\b", after)
    if bare and re.search(r"\b(?:countries|states|nations)\b", before):
        return {"signed": "signatures", "ratified": "ratifications", "joined": "parties"}[
            bare[1]
        ], number.end + bare.end()
    total = re.search(
        (
            r"\bnumber of (?:its )?(?P<what>parties|states[- ]parties|members|member states|signatories|"
            r"ratifications)\s+(?:now )?(?:to|at|is|stands at|has reached)\s+$"
        ),
        before,
    )
    if total:
        return {"signatories": "signatures", "ratifications": "ratifications"}.get(total["what"], "parties"), number.end
    by = _BY.search(before.casefold())
    match = re.match(rf"\s*{_STATES}\b", after)
    if by and not match and re.search(r"\b(?:states|countries|nations)\b", before):
        match = re.match(r"(?=\s*[.,;)])", after)  # "ratified by 52 states and signed by 86"
    if by and match:
        return {"signed": "signatures", "ratified": "ratifications", "joined": "parties"}[
            by[1]
        ], number.end + match.end()
    noun = re.search(r"\b(?P<what>parties|members|signatories|ratifications)\b(?:,|:|\s+\()\s*$", before)
    if noun and re.match(r"\s*(?:[.;,)]|in all|at present|today|so far|$)", after):
        return {"signatories": "signatures", "ratifications": "ratifications"}.get(noun["what"], "parties"), number.end
    lead = re.search(
        r"\b(?P<verb>leav\w+|bound|binds|binding|covers?|covering)\s+(?:all\s+)?$", before[-24:].casefold()
    )
    if match and lead and ("bound" in after or not lead["verb"].startswith("leav")):
        return "parties", number.end + match.end()
    return "", number.end


_NONE_OF: Final = re.compile(
    r"\b(?:no|not one|none of the)\s+(?:(?:states?\s+)?members?\s+(?:states?\s+)?of\s+(?:the\s+)?)?$", re.IGNORECASE
)
_IS_PARTY: Final = re.compile(
    r"(?:\s+(?:members?|states?|countr(?:y|ies)|all(?:y|ies)))?\s+(?:is|are)\s+(?:a\s+)?part(?:y|ies)\b|"
    r"(?:\s+(?:members?|states?|countr(?:y|ies)|all(?:y|ies)))?\s+(?:has|have)\s+(?:joined|ratified)\b"
)


def none_of(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """No member of an alliance is a party: a count of none."""
    for group in sentence.of_kind("group"):
        lead = _NONE_OF.search(sentence.text, sentence.start, group.start)
        match = _IS_PARTY.match(sentence.text, group.end)
        mention = instrument_at(sentence, group.start, discourse) if lead and match else None
        if lead and match and mention and mention.ids and not sentence.is_question:
            yield draft(
                sentence, lead.start(), match.end(), "count-on", instrument=mention.ids[0], of="parties", number="0",
                among=group.ids[0], on=discourse.day.isoformat(),
            )  # fmt: skip


def _belongs_elsewhere(sentence: Sentence, number: Amount, mention: Mention, discourse: Discourse) -> bool:
    """Whether the members are those of an alliance or a body that stands right before: "NATO's 31 members"."""
    near = [m for m in sentence.of_kind("group") if 0 <= number.start - m.end < 12]
    card = discourse.card(mention.ids[0])
    few = card is not None and card.scope == "bilateral"
    return (
        bool(near)
        or few
        or bool(
            re.search(
                r"\b(?:alliance|council|bloc|union|club|group|committee|EU|NATO|UN)(?:['’]s)?\s*(?:all\s+)?$",
                sentence.text[sentence.start : number.start],
            )
        )
    )


def _start(sentence: Sentence, number: Amount) -> int:
    head = re.search(
        (
            r"(?:(?:It|it|The treaty|which|treaty|convention|pact)\s+(?:now\s+)?(?:has|have|had|counts|counted|numbers)"
            r"\s+|(?:its|by its|with)\s+|(?:signed|ratified|joined)\s+by\s+|leaving\s+)$"
        ),
        sentence.text[sentence.start : number.start],
    )
    return sentence.start + head.start() if head else number.start


def limits(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """A number that an instrument sets."""
    text = sentence.text
    if not _LIMITING.search(sentence.quote):
        return
    # what would be limited is a limit only where the text of the instrument has that number
    is_prospect = re.search(r"\b(?:would|could|should|might|proposed|proposal|wants?|new treaty)\b", sentence.quote)
    for number in sentence.numbers:
        after = text[number.end : min(sentence.end, number.end + 70)]
        before = text[sentence.start : number.start]
        item, unit = _ITEM.match(after), _UNIT.match(after)
        capped = _CAPPED.search(before)
        if number.is_ordinal or not (item or unit or capped) or number.value < 1:
            continue
        mention = _setter(sentence, number, discourse)
        if mention is None or not _sets(discourse, mention.ids[0]):
            continue
        if is_prospect and not _has_limit(discourse, mention.ids[0], number.text.split()[-1]):
            continue
        if item:
            value = number.text if number.text[0].isdigit() else str(number.value).removesuffix(".0")
            lower = _LOWER.search(before)
            value = f"{lower['number'].replace(',', '')}-{value}" if lower else value
            yield draft(
                sentence,
                sentence.start + lower.start("number") if lower else number.start,
                number.end + item.end(),
                "limit-says",
                instrument=mention.ids[0],
                number=value,
                item=item["item"].strip().casefold(),
            )
        elif capped and not unit:
            yield draft(
                sentence, sentence.start + capped.start(), number.end, "limit-says",
                instrument=mention.ids[0], number=number.text.split()[-1], item=capped["item"].casefold(),
            )  # fmt: skip
        elif unit:
            yield _in_units(sentence, number, before, unit, mention)


_LOWER: Final = re.compile(r"\b(?:between|from)\s+(?P<number>\d[\d,]*)\s+(?:and|to)\s+$")
"""The lower end of a range: "between 1,700 and 2,200 warheads"."""


def _setter(sentence: Sentence, number: Amount, discourse: Discourse) -> Mention | None:
    """The instrument that sets a number: of several the one whose card has it, else the only one that sets any."""
    named = [m for m in sentence.of_kind("instrument") if m.ids and m.end <= number.start]
    if len({m.ids for m in named}) < 2:
        return instrument_at(sentence, number.start, discourse)
    value = number.text.split()[-1]
    having = [m for m in named if _has_limit(discourse, m.ids[0], value)]
    setting = [m for m in named if _sets(discourse, m.ids[0])]
    return having[0] if having else setting[0] if len({m.ids for m in setting}) == 1 else None


def _has_limit(discourse: Discourse, instrument: str, value: str) -> bool:
    """Whether a card has a number among its limits, alone or as an end of a range."""
    card = discourse.card(instrument)
    return card is not None and any(
        c.kind == "limit" and value in re.split(r"\s*[-–]\s*", c.get("number")) for c in card.clauses
    )


_CAPPED: Final = re.compile(
    r"\b(?:caps?|capped|capping|limits?|limited|limiting|restricts?|restricted|restricting)\s+(?:the number of |"
    r"each side['’]s |their )?"
    r"(?P<item>(?:[\w-]+\s+){0,3}(?:warheads|launchers|missiles|bombers|tanks|aircraft|helicopters|vehicles|"
    r"systems))\s+(?:at|to)\s+$",
    re.IGNORECASE,
)


def _sets(discourse: Discourse, instrument: str) -> bool:
    card = discourse.card(instrument)
    return card is not None and any(clause.kind == "limit" for clause in card.clauses)


def _in_units(sentence: Sentence, number: Amount, before: str, unit: re.Match[str], mention: Mention) -> DraftedClaim:
    """A limit of a measure: "500 to 5,500 kilometres", "enrichment of 3.67 percent"."""
    span = re.search(r"(\d[\d,]*)\s*(?:to|and|-|–)\s*$", before)
    value = f"{span[1].replace(',', '')}-{number.text}" if span else number.text
    start = number.start - len(before) + span.start() if span else number.start
    of = re.search(
        (
            r"(\w+)\s+(?:of|at|to|above|over|between|beyond|exceeding|from|below|under|levels? of)\s+(?:between\s+|"
            r"from\s+|up to\s+)?$"
        ),
        before[: span.start()] if span else before,
    )
    noun = of[1].casefold() if of else ""
    item = (
        {"ranges": "range", "stockpile": "stock", "purity": "enrichment"}.get(noun, noun)
        if noun not in ("cap", "limit", "blasts", "tests", "explosions")
        else noun
    )
    value = re.sub(r"^[a-z ]+", "", value)
    return draft(
        sentence,
        start,
        number.end + unit.end(),
        "limit-says",
        instrument=mention.ids[0],
        number=value,
        item=item or unit["unit"].casefold(),
    )
