"""Claims of rank and rest: the first to leave, the only treaty left, none left, the first time since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from treatygraph.language.mentions import VerbGroup
from treatygraph.language.numbers import value_of
from treatygraph.language.scanning import Sentence
from treatygraph.model.quantities import ORDINALS
from treatygraph.read.boundaries import clusters
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.figures import instrument_at

__all__ = ["none_left", "only_left", "orders", "since"]

_ORDER: Final = re.compile(
    rf"\b(?P<rank>only|last|sole|latest|\d+(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\s+"
    r"(?P<whose>(?:of\s+(?:the|its|their|all)\s+)?(?:[\w-]+\s+){0,2}?)(?P<noun>country|state|nation|party|member|power|government|signatory|"
    r"countries|states|nations|powers|parties|one|ones)"
    r"(?:\s+(?:ever|so far|yet|(?:in|of) (?:the|its|their) \w+|in Europe))*\s+(?:to\s+(?:have\s+)?|that\s+(?:(?:has|"
    r"have|had)\s+)?(?:ever\s+)?)(?P<verb>[\w-]+)",
    re.IGNORECASE,
)
_ACTS: Final = {
    "leave": "withdrawal",
    "ratify": "ratification",
    "sign": "signature",
    "join": "consent",
    "accede": "accession",
    "suspend": "suspension",
}
_ALLIANCES: Final = (("nuclear", "nuclear-armed"), ("NATO", "nato"), ("EU", "eu"), ("European Union", "eu"))


def orders(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The first state to leave, the fiftieth to ratify."""
    if sentence.is_question:
        return
    for match in _ORDER.finditer(sentence.text, sentence.start, sentence.end):
        verb = next((v for v in sentence.verbs if v.start <= match.start("verb") < v.end), None)
        again = match["verb"].casefold() in ("do", "did", "done")
        act = _ACTS.get(discourse.last_act if again else verb.act if verb else "", "")
        if again:
            earlier = [v for v in sentence.verbs if v.end <= match.start() and v.act in _ACTS]
            act = _ACTS[earlier[-1].act] if earlier else act
        states = _who(sentence, match.start(), discourse)
        instrument = _which(sentence, match, verb, discourse)
        if (
            not act
            or not states
            or not instrument
            or re.search(
                r"\b(?:would|could|might|may|not)\s+(?:be|become)\b",
                sentence.text[max(sentence.start, match.start() - 40) : match.start()],
            )
        ):
            continue
        end = next(
            (m.end for m in sentence.of_kind("instrument") if match.end() <= m.start <= match.end() + 30), match.end()
        )
        rank = match["rank"].casefold()
        among = next((group for word, group in _ALLIANCES if word in match["whose"]), None)
        day = next((w for w in sentence.dates if match.end() <= w.start <= end + 20), None)
        day = day or next((w for w in sentence.dates if w.start - sentence.start < 8 and w.end <= match.start()), None)
        for state in states:
            yield draft(
                sentence, match.start(), end, "order-of",
                instrument=instrument, state=state, act=act, rank=rank, among=among,
            )  # fmt: skip
            if day and act not in ("withdrawal", "suspension"):
                yield draft(
                    sentence,
                    min(day.start, match.start()),
                    max(day.end, end),
                    "act-on",
                    act=act,
                    instrument=instrument,
                    state=state,
                    on=day.value,
                )


def _who(sentence: Sentence, place: int, discourse: Discourse) -> tuple[str, ...]:
    before = [
        c
        for c in clusters(sentence)
        if c[-1].end <= place and c[0].kind in ("state", "body") and c[0].form != "adjective"
    ]
    heads = [
        c
        for c in before
        if not re.search(
            r"\b(?:of|from|with|against|to|in|by|for|between|among)\s+(?:the\s+)?$",
            sentence.text[max(sentence.start, c[0].start - 12) : c[0].start],
        )
    ]
    if heads:
        # an apposition belongs to the name right before it, a predicate to the subject
        near = heads[-1] if place - heads[-1][-1].end < 14 else heads[0]
        return tuple(i for m in near for i in m.ids)
    return discourse.states


def _which(sentence: Sentence, match: re.Match[str], verb: VerbGroup | None, discourse: Discourse) -> str:
    after = [
        m
        for m in sentence.of_kind("instrument")
        if m.start >= match.end("verb") and m.start - match.end("verb") < 45 and m.ids
    ]
    if after and verb:
        return after[0].ids[0]
    mention = instrument_at(sentence, match.start(), discourse)
    return mention.ids[0] if mention and mention.ids else ""


_ONLY: Final = re.compile(
    (
        r"\b(?P<only>only|last|sole|single|last remaining|final)\s+(?P<kind>(?:(?!one\b|of\b|time\b|year\b|month\b|"
        r"week\b|and\b|but\b|when\b|in\b)[\w-]+\s+){0,6}?)(?P<noun>treaty|pact|accord|agreement|deal|arms control "
        r"treaty|curb|constraint|limit|treaties|instrument|check)\b"
    ),
    re.IGNORECASE,
)
_PAIR: Final = re.compile(
    (
        r"\b(?:the\s+)?(?:world['’]s\s+)?two\s+(?:[\w'’-]+\s+){0,3}?(?:powers|superpowers|sides|countries|arsenals|"
        r"nations|states|rivals|adversaries)\b|\bsuperpowers\b|\beach other\b"
    ),
    re.IGNORECASE,
)


def only_left(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The only treaty left between two powers."""
    match = _ONLY.search(sentence.text, sentence.start, sentence.end)
    if (
        not match
        or sentence.is_question
        or re.search(
            r"\b(?:would|could|may|might|will)\s+(?:then\s+)?(?:be|become|leave|remain)\b|\bif\b", sentence.quote
        )
    ):
        return
    if not re.search(
        r"arms|nuclear|weapon|treaty|strategic|disarmament", match["kind"] + match["noun"], re.IGNORECASE
    ) or re.search(r"\b(?:first|new|to be|signed|since|ever)\b", match["kind"]):
        return
    instrument = _named_as_only(sentence, match) or _main_between(sentence, match, discourse)
    states = _pair_of(sentence, discourse, match.end(), instrument)
    if not instrument or len(states) != 2:
        return
    mention, start, end = instrument, match.start(), match.end()
    after = [m.end for m in sentence.of_kind("state") if match.end() <= m.start <= match.end() + 50]
    pair = _PAIR.search(sentence.text, match.end(), min(sentence.end, match.end() + 60))
    end = max([end, *after[:2], pair.end() if pair else 0])
    if re.search(r"\b(?:not|never|isn't)\s+(?:the\s+)?$", sentence.text[max(sentence.start, start - 12) : start]):
        return
    on = _last_day(discourse, instrument).isoformat()
    yield draft(sentence, start, end, "only-instrument", instruments=(mention,), states=states, on=on)


def _last_day(discourse: Discourse, instrument: str) -> date:
    """The day that "the last treaty" is said of: the last one of an instrument that has ended, else today."""
    ended = discourse.index.summaries()[instrument].end
    if len(ended) == len("2026-02-05") and ended <= discourse.day.isoformat():
        return date.fromisoformat(ended) - timedelta(days=1)
    return discourse.day


def _named_as_only(sentence: Sentence, match: re.Match[str]) -> str:
    """The instrument that is said to be the only one: in apposition, subject, or predicate."""
    named = [m for m in sentence.of_kind("instrument") if m.ids and not match.start() <= m.start < match.end()]
    before = [m for m in named if m.end <= match.start()]
    after = [m for m in named if m.start >= match.end()]
    predicate = [
        m
        for m in after
        if re.search(
            r"\b(?:is|was|remains|:|,)\s*(?:the\s+)?[\"“]?$",
            sentence.text[match.end() : m.start],
        )
    ]
    if predicate:
        return predicate[0].ids[0]
    return before[-1].ids[0] if before else ""


def _main_between(sentence: Sentence, match: re.Match[str], discourse: Discourse) -> str:
    """The story's own instrument, where it is between the two states that the words name."""
    after = {i for m in sentence.of_kind("state") if match.end() <= m.start < match.end() + 60 for i in m.ids}
    card = discourse.card(discourse.main) if discourse.main else None
    sides = (
        {"RUS" if state == "SUN" else state for state in card.participants}
        if card and card.scope == "bilateral"
        else set()
    )
    return discourse.main if sides and after == sides else ""


def _pair_of(sentence: Sentence, discourse: Discourse, place: int, instrument: str) -> tuple[str, ...]:
    after = [m for m in sentence.of_kind("state") if m.start >= place and m.form != "adjective"]
    between = re.search(r"\bbetween\b", sentence.text[place : min(sentence.end, place + 60)])
    if between and len(after) >= 2:
        return after[0].ids[0], after[1].ids[0]
    card = discourse.card(instrument) if instrument else None
    if card and card.scope == "bilateral" and len(card.participants) == 2:
        return tuple(
            "RUS" if state == "SUN" and discourse.day.year > 1991 else state
            for state in sorted(card.participants, reverse=True)
        )
    everywhere = [m.ids[0] for m in sentence.of_kind("state") if m.form != "adjective"]
    pair = tuple(dict.fromkeys(everywhere))
    return pair if len(pair) == 2 else _two_powers(sentence, discourse)


def _two_powers(sentence: Sentence, discourse: Discourse) -> tuple[str, ...]:
    if _PAIR.search(sentence.quote) and {"USA", "RUS"} <= discourse.all_states | {
        i for m in sentence.of_kind("state") for i in m.ids
    }:
        return "USA", "RUS"
    return ()


_NONE: Final = re.compile(
    r"\b(?:no|without (?:any|a)|not a single|without)\s+(?:(?:remaining|more|longer|bilateral|legally binding|"
        r"binding|nuclear|strategic|arms[\s-]control|arms|weapons|disarmament|such|formal|verifiable|treaty|major|"
            r"active|single)\s+){0,5}"
    r"(?:treaty|treaties|agreement|agreements|pact|pacts|accord|accords|limits|constraints|curbs|caps|"
        r"restrictions)\b(?P<rest>[^.;]{0,50})", re.IGNORECASE)  # fmt: skip


def none_left(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """No treaty is left between two powers."""
    match = _NONE.search(sentence.text, sentence.start, sentence.end)
    if not match or sentence.is_question or re.search(r"\b(?:would|could|may|might|will)\b|\bif\b", sentence.quote):
        return
    if not re.search(r"\b(?:left|remain\w*|in force|in place|between|constrain\w*|limit\w*|on\b)", match[0].casefold()):
        return
    states = tuple(dict.fromkeys(m.ids[0] for m in sentence.of_kind("state") if m.form != "adjective"))
    states = states if len(states) == 2 else _two_powers(sentence, discourse)
    if len(states) == 2:
        left = re.search(r"\b(?:left|remain\w*|in force|in place)\b", match["rest"])
        end = match.start("rest") + left.end() if left else match.start("rest")
        limits = re.search(r"limit|curb|cap|constrain|restrict", match[0], re.IGNORECASE)
        topic = (
            "strategic-offensive-arms"
            if limits and re.search(r"nuclear|strategic|warhead|atomic|arsenal", sentence.quote, re.IGNORECASE)
            else None
        )
        if limits and not topic:
            return
        yield draft(sentence, match.start(), end, "none-left", states=states, on=discourse.day.isoformat(), topic=topic)


_SINCE: Final = re.compile(
    (
        r"\b(?:for\s+the\s+)?first\s+time\s+(?:since\s+(?P<year>(?:19|20)\d\d)|in\s+(?:more\s+than\s+|over\s+|"
        r"nearly\s+|almost\s+|some\s+)?(?P<number>half a century|\w+)\s*(?P<unit>decades|years)?)"
        ), re.IGNORECASE)  # fmt: skip


def since(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """For the first time since a year there is no limit, or no treaty."""
    match = _SINCE.search(sentence.text, sentence.start, sentence.end)
    if (
        not match
        or not re.search(r"\b(?:no|without|unconstrained|unlimited|end of)\b", sentence.quote, re.IGNORECASE)
        or not re.search(r"treat|agreement|limit|pact|accord|curb|cap|constrain", sentence.quote, re.IGNORECASE)
    ):
        return
    states = tuple(dict.fromkeys(m.ids[0] for m in sentence.of_kind("state") if m.form != "adjective"))
    states = states if len(states) == 2 else _two_powers(sentence, discourse)
    year = match["year"] or _year_before(match, discourse)
    if len(states) == 2 and year:
        strategic = re.search(r"nuclear|strategic|warhead", sentence.quote, re.IGNORECASE) or any(
            _is_strategic(discourse, i) for m in sentence.of_kind("instrument") for i in m.ids
        )
        yield draft(
            sentence,
            match.start(),
            match.end(),
            "since-when",
            states=states,
            since=year,
            what="none",
            topic="strategic-offensive-arms" if strategic else None,
        )


def _is_strategic(discourse: Discourse, instrument: str) -> bool:
    card = discourse.card(instrument)
    return card is not None and "strategic-offensive-arms" in card.topics


def _year_before(match: re.Match[str], discourse: Discourse) -> str:
    word = (match["number"] or "").casefold()
    if word == "half a century":
        return str(discourse.day.year - 50)
    number = int(word) if word.isdigit() else value_of(word)
    if not number or not match["unit"]:
        return ""
    return str(discourse.day.year - number * (10 if match["unit"].casefold() == "decades" else 1))
