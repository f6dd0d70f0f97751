"""Claims of who belongs: is a party, was never one, is out, ceased to be one, became one; members of alliances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import TextDate
from treatygraph.language.scanning import Sentence
from treatygraph.read.boundaries import clusters
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.predicates import actors_at, instrument_near

__all__ = [
    "became",
    "belongs",
    "ceased",
    "done_neither",
    "members",
    "never_did",
    "nor",
    "out",
    "parties",
    "party_since",
    "unratified",
]

_PARTY: Final = re.compile(
    r"\b(?P<be>is|are|was|were|has been|have been|had been|remains?|remained|isn['’]t|aren['’]t|wasn['’]t|"
    r"weren['’]t|(?:has|have|had)(?= (?:never|not) been))\s+(?P<not>not |never |no longer |neither )?"
    r"(?:yet )?(?:been )?"
    r"(?:also |both |still |already |now |all |currently |only |a |an |full |states? )*(?P<noun>part(?:y|ies)|"
    r"members?|signator(?:y|ies)|states?[- ]part(?:y|ies)|among (?:them|the parties|its parties|its members)|"
    r"outside)\b"
    r"(?:\s+states?)?(?P<rest>\s+(?:to|of|in)?)?",
    re.IGNORECASE,
)


_EXITS: Final = frozenset({"notice-of-withdrawal", "withdrawal", "termination"})
"""Acts after which "is not a party" says that a state is out."""


_OUTSIDE: Final = re.compile(
    r"\b(?:ha(?:s|ve) (?:stayed|remained)|(?:stays?|remains?|remained|stayed|is|are))\s+(?:\w+ )?outside\b",
    re.IGNORECASE,
)


_OUT: Final = re.compile(
    r"\b(?:is|are|was|were)\s+(?:also |now |already |formally |officially |both )*"
    r"out(?=\s+of\b|[,.;]|\s+(?:on|in|since|a|an|one|two|three|six|nine|twelve)\b|\s*$)",
    re.IGNORECASE,
)


def parties(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Is (not) a party, a signatory, among them."""
    if sentence.is_question or re.search(r"\bif\b", sentence.quote):
        return
    for match in (
        *_PARTY.finditer(sentence.text, sentence.start, sentence.end),
        *_OUTSIDE.finditer(sentence.text, sentence.start, sentence.end),
    ):
        groups = match.groupdict()
        noun = (groups.get("noun") or "outside").casefold()
        after = [m for m in sentence.of_kind("instrument") if m.ids and 0 <= m.start - match.end() <= 30]
        named_group = re.match(
            r"\s+(?:to|of|in)?\s*(?:the\s+)?(?:NATO|EU|UN|European|Security|club|alliance|United)",
            sentence.text[match.start("rest") if groups.get("rest") else match.end() : match.end() + 20],
        )
        if (
            named_group
            or (noun.startswith("member") and not after and not _ends_clause(sentence, match.end()))
            or (
                noun.startswith(("part", "signator"))
                and not after
                and (groups.get("rest") or "").strip() in ("to", "in")
                and not re.match(r"\s*(?:it|the)\b", sentence.text[match.end() :])
            )
        ):
            continue
        told = {v.act for v in sentence.verbs if v.end <= match.start()} & {"leave", "announce", "suspend", "say"}
        if noun == "among them" and told and not _BELONGING.search(sentence.text, sentence.start, match.start()):
            continue  # "they said that they would leave; Poland is among them"
        states, start = actors_at(sentence, match.start(), discourse)
        neither = bool(
            re.search(r"\bneither\b", sentence.text[max(sentence.start, start - 16) : match.start()], re.IGNORECASE)
        )
        instrument, end = instrument_near(sentence, match.start(), match.end(), discourse)
        day = next((w for w in sentence.dates if 0 <= w.start - end < 10), None)
        negated = bool((groups.get("not") or "").strip()) or neither or "n't" in match[0].replace("’", "'")
        whole = [(instrument, day, end)] if instrument else []
        whole += [(i, when, stop) for i, when, stop in _joined(sentence, day.end if day else end) if instrument]
        for name, when, stop in whole:
            for state in states:
                standing = _standing(noun, negated, (groups.get("not") or "").strip(), discourse, name, state)
                on = (when.last if when else discourse.day).isoformat()
                yield draft(
                    sentence, start, when.end if when else stop, "standing-on",
                    instrument=name, state=state, standing=standing, on=on,
                )  # fmt: skip


_SINCE: Final = re.compile(
    r",\s+(?:itself\s+|also\s+)?an?\s+(?:state\s+)?(?P<noun>party|member|signatory)(?:\s+(?:to|of)\s+(?:the\s+)?)?"
)


def party_since(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """In apposition: "Iran, a party since 1970"."""
    for mention in sentence.of_kind("state"):
        match = _SINCE.match(sentence.text, mention.end)
        named = next((m for m in sentence.of_kind("instrument") if match and m.start == match.end()), None)
        end = named.end if named else match.end() if match else 0
        when = next((w for w in sentence.dates if match and w.role == "since" and 0 <= w.start - end < 8), None)
        if not match or not when or sentence.is_question:
            continue
        near = named.ids[0] if named and named.ids else instrument_near(sentence, mention.end, when.end, discourse)[0]
        standing = _standing(match["noun"], False, "", discourse, near, mention.ids[0]) if near else ""
        for state in mention.ids if near else ():
            yield draft(
                sentence, mention.start, when.end, "standing-on", instrument=near, state=state, standing=standing,
                on=when.last.isoformat(),
            )  # fmt: skip


_BELONGING: Final = re.compile(r"\b(?:part(?:y|ies)|members?|signator(?:y|ies)|participants?)\b", re.IGNORECASE)
_UNRATIFIED: Final = re.compile(r"\bunratified\s+by\s+(?:the\s+)?", re.IGNORECASE)


def unratified(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Instruments that a state has left unratified: its standing under each that the sentence names before."""
    match = _UNRATIFIED.search(sentence.text, sentence.start, sentence.end)
    found = [c for c in clusters(sentence) if match and c[0].start == match.end() and c[0].kind == "state"]
    if not match or not found or sentence.is_question:
        return
    named = [m.ids[0] for m in sentence.of_kind("instrument") if m.ids and m.end <= match.start()]
    for instrument in named or [
        i for i in (instrument_near(sentence, match.start(), match.start(), discourse)[0],) if i
    ]:
        for state in (i for mention in found[0] for i in mention.ids):
            signed = any(act.kind == "signature" for act in discourse.acts_by_then(instrument, state))
            yield draft(
                sentence, match.start(), found[0][-1].end, "standing-on", instrument=instrument, state=state,
                standing="signatory" if signed else "none", on=discourse.day.isoformat(),
            )  # fmt: skip


_BELONGS: Final = re.compile(r"\b(?:belongs?|has belonged)\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_DOES_NOT: Final = re.compile(r"\s+(?:does not|do not|is not|are not|doesn['’]t|don['’]t)(?=[,.;]|\s*$)")


def belongs(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Belongs to a regime or a treaty; another does not."""
    for mention in sentence.of_kind("instrument"):
        match = _BELONGS.search(sentence.text, sentence.start, mention.start)
        if not match or not mention.ids or sentence.is_question:
            continue
        states, start = actors_at(sentence, match.start(), discourse)
        today = discourse.day.isoformat()
        for state in states:
            standing = _standing("party", False, "", discourse, mention.ids[0], state)
            yield draft(
                sentence, start, mention.end, "standing-on", instrument=mention.ids[0], state=state, standing=standing,
                on=today,
            )  # fmt: skip
        for other in sentence.of_kind("state"):
            without = _DOES_NOT.match(sentence.text, other.end) if other.start > mention.end else None
            for state in other.ids if without else ():
                standing = _standing("party", True, "", discourse, mention.ids[0], state)
                yield draft(
                    sentence, other.start, without.end() if without else other.end, "standing-on",
                    instrument=mention.ids[0], state=state, standing=standing, on=today,
                )  # fmt: skip


_ALSO: Final = re.compile(r"(?:,|,? and|,? or|,? as well as)\s+(?:to\s+|of\s+)?(?:the\s+|its\s+)?", re.IGNORECASE)


def _joined(sentence: Sentence, end: int) -> Iterator[tuple[str, TextDate | None, int]]:
    """The instruments that follow in a list, each with its day: "to the BWC since 1998 and to the CCW"."""
    for mention in sentence.of_kind("instrument"):
        if mention.start < end or not mention.ids:
            continue
        if not _ALSO.fullmatch(sentence.text[end : mention.start]):
            return
        day = next((w for w in sentence.dates if 0 <= w.start - mention.end < 10), None)
        end = day.end if day else mention.end
        yield mention.ids[0], day, mention.end


def _ends_clause(sentence: Sentence, place: int) -> bool:
    """Whether nothing follows that says of what: "China is not a member.", after an instrument was named."""
    named = any(m.kind == "instrument" and m.ids and m.end <= place for m in sentence.mentions)
    return named and re.match(r"\s*(?:[.;]|$)", sentence.text[place : sentence.end]) is not None


def _standing(noun: str, negated: bool, word: str, discourse: Discourse, instrument: str, state: str) -> str:
    card = discourse.card(instrument)
    is_treaty = card is not None and card.kind in ("treaty", "protocol", "amendment", "executive-agreement")
    if word == "no longer":
        return "former-party" if is_treaty else "former-participant"
    if negated or noun == "outside":
        acts = discourse.acts_by_then(instrument, state)
        if not noun.startswith("signator") and any(act.kind in _EXITS for act in acts):
            return "former-party"
        has_signed = any(act.kind == "signature" for act in acts)
        return "signatory" if has_signed and not noun.startswith("signator") else "none"
    if noun.startswith("signator"):
        return "signatory"
    return "party" if is_treaty else "participant"


_CEASED: Final = re.compile(
    r"\b(?:ceased\b(?P<when>[^.;,]{0,30}?)\bto be|stopped being) (?:a )?(?:(?:full |state )?part(?:y|ies)\b|bound\b)",
    re.IGNORECASE,
)


def ceased(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Ceased on a day to be a party."""
    match = _CEASED.search(sentence.text, sentence.start, sentence.end)
    if not match:
        return
    states, start = actors_at(sentence, match.start(), discourse)
    instrument, end = instrument_near(sentence, match.start(), match.end(), discourse)
    day = next((w for w in sentence.dates if match.start() < w.start < match.end() or 0 <= w.start - end < 8), None)
    day = day or next((w for w in sentence.dates if w.start - sentence.start < 4 and w.end < start), None)
    for state in states if instrument else ():
        if day:
            yield draft(
                sentence, min(start, day.start), max(end, day.end), "effect-of-withdrawal",
                instrument=instrument, state=state, on=day.value,
            )  # fmt: skip
        else:
            yield draft(
                sentence, start, end, "standing-on", instrument=instrument, state=state, standing="former-party",
                on=discourse.day.isoformat(),
            )  # fmt: skip


_NEVER_DID: Final = re.compile(r"\s+(?:never did|did not|has not|have not|never has|hasn['’]t|didn['’]t)(?=[,.;]|\s*$)")


def never_did(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """What one state did and another never did: "which Russia ratified and the United States never did"."""
    for mention in sentence.of_kind("state"):
        match = _NEVER_DID.match(sentence.text, mention.end)
        verb = next((v for v in reversed(sentence.verbs) if v.end <= mention.start), None)
        if not match or verb is None or verb.act not in ("ratify", "sign", "join", "accede") or verb.negated:
            continue
        named = [m for m in sentence.of_kind("instrument") if verb.end <= m.start < mention.start]
        near, _ = instrument_near(sentence, verb.start, sentence.end, discourse)
        instrument = next(iter(named[0].ids), "") if named else near
        acts = discourse.acts_by_then(instrument, mention.ids[0]) if instrument else ()
        standing = "signatory" if any(act.kind == "signature" for act in acts) and verb.act != "sign" else "none"
        for state in mention.ids if instrument else ():
            yield draft(
                sentence, mention.start, match.end(), "standing-on", instrument=instrument, state=state,
                standing=standing, on=discourse.day.isoformat(),
            )  # fmt: skip


_NOR: Final = re.compile(
    r"\b(?:neither|nor)\s+(?:ha(?:s|ve|d)|did|do|does|is|are|was|were|will)\s+(?:the\s+)?$", re.IGNORECASE
)


def nor(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Others who stand as the last that was said to be outside: "Neither have Russia, China and India"."""
    last = discourse.last_standing
    if last is None or sentence.is_question:
        return
    for cluster in clusters(sentence):
        lead = _NOR.search(sentence.text, sentence.start, cluster[0].start)
        if not lead or cluster[0].kind not in ("state", "group") or cluster[0].form == "adjective":
            continue
        if re.match(r"\s*(?:[.,;]|$)", sentence.text[cluster[-1].end : sentence.end]) is None:
            continue  # "Neither has Russia ratified it" has its own verb
        for state in (i for mention in cluster for i in mention.ids):
            terms = {**last.terms, "state": state}
            acts = discourse.acts_by_then(last.get("instrument"), state)
            if last.get("standing") == "signatory" and not any(act.kind == "signature" for act in acts):
                terms["standing"] = "none"
            yield draft(sentence, lead.start(), cluster[-1].end, "standing-on", **terms)


_NEITHER: Final = re.compile(r"\b(?:has|have|had)\s+(?:yet\s+)?done\s+(?:neither|neither one)\b|\bdid\s+neither\b")


def done_neither(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Have done neither, after a sentence about signing and ratifying."""
    match = _NEITHER.search(sentence.text, sentence.start, sentence.end)
    if not match or sentence.is_question or not {"sign", "ratify", "join", "accede"} & discourse.acts:
        return
    states, start = actors_at(sentence, match.start(), discourse)
    instrument, _ = instrument_near(sentence, match.start(), match.start(), discourse)
    for state in states if instrument else ():
        yield draft(
            sentence, start, match.end(), "standing-on", instrument=instrument, state=state, standing="none",
            on=discourse.day.isoformat(),
        )  # fmt: skip


_MEMBER: Final = re.compile(
    r"\b(?P<be>joined|(?:became|is|are|has been|remains) (?:a |the newest |an )?(?:full )?members? (?:state )?of)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)


def members(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Joined an alliance in a year, is a member of it."""
    if sentence.is_question or any(v.mood in ("possible", "future") for v in sentence.verbs):
        return
    for mention in sentence.of_kind("group"):
        match = _MEMBER.search(sentence.text[sentence.start : mention.start])
        which = re.match(r",\s+which\s+(?:it|he|she|they|[A-Z]\w+)\s+joined\b", sentence.text[mention.end :])
        if not match and not which:
            continue
        start = sentence.start + match.start() if match else mention.start
        end = mention.end + (which.end() if which else 0)
        states, begins = actors_at(sentence, start, discourse)
        day = next((w for w in sentence.dates if 0 <= w.start - end < 12), None)
        on = day.last if day else discourse.day
        for state in states or discourse.states[:1]:
            yield draft(
                sentence, min(begins, start), day.end if day else end, "member-on",
                group=mention.ids[0], state=state, on=on.isoformat(),
            )  # fmt: skip


_BECAME: Final = re.compile(
    (
        r"\b(?:became|has become|have become|becomes)\s+(?:the\s+|a\s+|its\s+)?(?:\w+\s+){0,2}?(?:states?[- "
        r"])?(?:members?|part(?:y|ies))(?:\s+states?)?\s+(?:of|to)\s+(?:the\s+)?$"
    ),
    re.IGNORECASE,
)


def became(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Became (the 190th) party to a treaty on a day."""
    for mention in sentence.of_kind("instrument"):
        match = _BECAME.search(sentence.text[sentence.start : mention.start])
        if not match or not mention.ids:
            continue
        place = sentence.start + match.start()
        states, start = actors_at(sentence, place, discourse)
        day = next((w for w in sentence.dates if 0 <= w.start - mention.end < 8), None)
        for state in states:
            standing = _standing("party", False, "", discourse, mention.ids[0], state)
            on = day.last if day else discourse.day
            yield draft(
                sentence,
                start,
                day.end if day else mention.end,
                "standing-on",
                instrument=mention.ids[0],
                state=state,
                standing=standing,
                on=on.isoformat(),
            )


def out(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Is out (of a treaty)."""
    if sentence.is_question or "“" in sentence.quote[:2] or '"' in sentence.quote[:2]:
        return
    for match in _OUT.finditer(sentence.text, sentence.start, sentence.end):
        states, start = actors_at(sentence, match.start(), discourse)
        instrument, end = instrument_near(sentence, match.start(), match.end(), discourse)
        if re.match(r"\s+of\b", sentence.text[match.end() :]) and end == match.end():
            continue
        day = next((w for w in sentence.dates if 0 <= w.start - max(end, match.end()) < 8), None)
        if match[0].casefold().startswith("w") and day is None:
            continue  # "was out" of something else, or for a time
        for state in states if instrument else ():
            if day:
                yield draft(
                    sentence, start, day.end, "effect-of-withdrawal", instrument=instrument, state=state, on=day.value
                )
                continue
            yield draft(
                sentence,
                start,
                end,
                "standing-on",
                instrument=instrument,
                state=state,
                standing="former-party",
                on=discourse.day.isoformat(),
            )
