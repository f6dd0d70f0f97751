"""Acts told by their nouns: "the American withdrawal from the treaty", "ratification by Canada", "its accession"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import Mention, TextDate
from treatygraph.language.scanning import Sentence
from treatygraph.read.boundaries import clusters
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.predicates import instrument_near

__all__ = ["decisions", "entry", "exchange", "nouns"]

_ACTS: Final = {
    "ratification": "ratification", "accession": "accession", "signature": "signature",
    "withdrawal": "withdrawal", "exit": "withdrawal", "departure": "withdrawal", "pullout": "withdrawal",
    "suspension": "suspension",
}  # fmt: skip
_NOUN: Final = re.compile(
    r"\b(?P<noun>ratification|accession|signature|withdrawal|exit|departure|pullout|suspension)\b", re.IGNORECASE
)
_BY: Final = re.compile(r"\s+by\s+(?:the\s+)?")
_OF: Final = re.compile(r"\s+(?:from|to|of)\s+(?:the\s+|that\s+|its\s+)?")
_OWNED: Final = re.compile(r"(?:['’]s?\s+)?(?:own\s+|formal\s+|final\s+|full\s+|official\s+)*$|\s+$")
_AT: Final = re.compile(
    r"(?:,?\s+(?:(?:which|that)\s+)?(?:came|followed|took effect|became effective|became final|entered into force|"
    r"was completed|was complete|was (?:deposited|registered))(?:\s+(?:only|later|then|first))?)?\s+"
    r"(?:back\s+)?(?:on\s+|in\s+|of\s+|at midnight on\s+)?(?:the\s+)?"
)
_NOT_DONE: Final = re.compile(
    r"\b(?:would|could|may|might|will|plan\w*|propos\w+|possible|threat\w*|consider\w*|demand\w*|urg\w+|announc\w+|"
    r"intend\w*|intention|decision|decid\w+|bill|law|vot\w+|notice|notif\w+|if|before|against|failed|call\w*|prepar\w+|"
    r"den(?:y|ied|ies)|no|not|never|without|pending|future|reject\w*|debat\w+|seek\w*|sought|warn\w*|refus\w+|"
    r"block\w*|toward|towards|about|moratorium|return\w*|revok\w+|undo\w*|revers\w+)\b",
    re.IGNORECASE,
)


def nouns(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The act that a noun tells, of the state that owns it or by which it is done, where its day is told."""
    if sentence.is_question:
        return
    for match in _NOUN.finditer(sentence.text, sentence.start, sentence.end):
        if any(m.start <= match.start() < m.end for m in sentence.mentions):
            continue
        states, start, end = _doer(sentence, match)
        instrument, end = _of_which(sentence, match, end, discourse)
        if not states or not instrument or _is_prospect(sentence, start, match.end()):
            continue
        for group, when in _days(sentence, states, end):
            for state in group:
                act = _ACTS[match["noun"].casefold()]
                terms = {"instrument": instrument, "state": state, "on": when.value}
                begin = start if group == states else max(end, when.start - 60)
                if act == "withdrawal":
                    yield draft(sentence, start, when.end, "effect-of-withdrawal", **terms)
                elif act == "signature":
                    yield draft(sentence, start, when.end, "date-of-signature", **terms)
                else:
                    yield draft(sentence, min(begin, when.start), when.end, "act-on", act=act, **terms)


_ENTRY: Final = re.compile(r"\b(?:its|the|['’]s)\s+entry\s+into\s+force\b", re.IGNORECASE)


def entry(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The entry into force of an instrument on a day that is told: "its entry into force on 3 October 1972"."""
    if sentence.is_question:
        return
    for match in _ENTRY.finditer(sentence.text, sentence.start, sentence.end):
        instrument, end = _of_which(sentence, match, match.end(), discourse)
        days = [when for _, when in _days(sentence, (), end)] or _today(sentence, end)
        if days and instrument and not _is_prospect(sentence, match.start(), match.end()):
            begin, stop = min(match.start(), days[0].start), max(end, days[0].end)
            yield draft(sentence, begin, stop, "date-of-entry-into-force", instrument=instrument, on=days[0].value)


_DECIDED: Final = re.compile(
    r"(?:['’]s?\s+|\s+)?(?:\w+\s+)?decision\s+to\s+(?:formally\s+|unilaterally\s+)?(?:withdraw|leave|exit|quit|abandon|"
    r"pull\s+out|walk\s+away)\b(?:\s+(?:from|of|out\s+of))?\s+(?:the\s+|that\s+)?",
    re.IGNORECASE,
)


def decisions(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """A decision to leave that is spoken of as made: "Trump's decision to withdraw from the treaty"."""
    if sentence.is_question:
        return
    for owner in sentence.of_kind("state", "official"):
        match = _DECIDED.match(sentence.text, owner.end)
        named = next((m for m in sentence.of_kind("instrument") if match and 0 <= m.start - match.end() < 3), None)
        states = (
            discourse.lexicon.states_of_officials.get(owner.ids[0], "") if owner.kind == "official" else owner.ids[0]
        )
        if match and named and named.ids and states and owner.form != "capital":
            yield draft(
                sentence, owner.start, named.end, "announcement-of-withdrawal",
                instrument=named.ids[0], state=states, by=owner.ids[0] if owner.kind == "official" else None,
            )  # fmt: skip


_EXCHANGED: Final = re.compile(
    r"\bexchang(?:ed?|ing)\s+(?:of\s+)?(?:the\s+|their\s+)?(?:instruments|documents)\s+of\s+ratification", re.IGNORECASE
)


def exchange(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The exchange of the instruments of ratification, where that is what brings a treaty of two into force."""
    match = _EXCHANGED.search(sentence.text, sentence.start, sentence.end)
    instrument = _of_which(sentence, match, match.end(), discourse)[0] if match else ""
    card = discourse.card(instrument) if instrument else None
    when = next((w for w in sentence.dates if match and w.first == w.last and 0 <= w.start - match.end() < 60), None)
    when = when or next((w for w in sentence.dates if w.first == w.last and w.start - sentence.start < 60), None)
    if not match or not card or not when or sentence.is_question or when.last > discourse.day:
        return
    if any(clause.get("on") == "exchange" for clause in card.clauses_of("entry-into-force")):
        begin, stop = min(match.start(), when.start), max(match.end(), when.end)
        yield draft(sentence, begin, stop, "date-of-entry-into-force", instrument=instrument, on=when.value)


def _today(sentence: Sentence, end: int) -> list[TextDate]:
    """A day between the noun and its instrument: "the entry into force today of the treaty"."""
    return [w for w in sentence.dates if w.end < end and sentence.text[w.end : w.end + 4] == " of "]


def _doer(sentence: Sentence, match: re.Match[str]) -> tuple[tuple[str, ...], int, int]:
    """Whose act it is, where the words for it begin, and where they end: the owner before it, or "by" after it."""
    before = [m for m in sentence.of_kind("state") if m.end <= match.start()]
    owner = before[-1] if before else None
    if owner and _OWNED.fullmatch(sentence.text[owner.end : match.start()]):
        is_owner = (
            owner.form == "adjective" or sentence.text[owner.end : owner.end + 1] in "'’" or owner.ids == ("USA",)
        )
        if is_owner:
            return owner.ids, owner.start, match.end()
    by = _BY.match(sentence.text, match.end())
    for cluster in clusters(sentence) if by else ():
        if by and cluster[0].start == by.end() and cluster[0].kind == "state" and cluster[0].form != "adjective":
            return tuple(i for m in cluster for i in m.ids), match.start(), cluster[-1].end
    return (), match.start(), match.end()


def _of_which(sentence: Sentence, match: re.Match[str], end: int, discourse: Discourse) -> tuple[str, int]:
    """The instrument that the noun is of, named right after it, else that of the context; and where the words end."""
    day = next(
        (w for w in sentence.dates if 0 <= w.start - end < 5), None
    )  # "the entry into force today of the treaty"
    of = _OF.match(sentence.text, end) or (_OF.match(sentence.text, day.end) if day else None)
    named = next((m for m in sentence.of_kind("instrument") if of and m.start == of.end()), None)
    if named:
        return (named.ids[0] if named.ids else ""), named.end
    if of and not re.match(r"(?:it|treaty|pact|accord)\b", sentence.text[of.end() :]) and of[0].strip() != "of":
        return "", end
    before: list[Mention] = [m for m in sentence.of_kind("instrument") if m.end <= match.start()]
    if before:
        return (before[-1].ids[0] if before[-1].ids else ""), end
    found, _ = instrument_near(sentence, match.start(), match.start(), discourse)
    return found, end


def _is_prospect(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what leads to the noun tells of a plan, a denial or a paper, and not of the act itself."""
    head = sentence.text[max(sentence.start, start - 40) : start]
    head = re.split(r"[,;:]", head)[-1]
    tail = sentence.text[end : min(sentence.end, end + 60)]
    return bool(_NOT_DONE.search(head)) or re.search(r"\b(?:would|could|might|may|will|plan|bill)\b", tail) is not None


_AND_BY: Final = re.compile(r",?\s+(?:and\s+)?(?:(?:that\s+)?(?:of|by)\s+)(?:the\s+)?")


def _days(sentence: Sentence, states: tuple[str, ...], end: int) -> Iterator[tuple[tuple[str, ...], TextDate]]:
    """The day right after the words, and those of others that follow: "by Canada in May, and by Germany in July"."""
    at = _AT.match(sentence.text, end)
    when = next((w for w in sentence.dates if at and end <= w.start <= at.end()), None)
    if when is None or not at or when.start < at.end() - 4:
        return
    yield states, when
    for cluster in clusters(sentence):
        also = _AND_BY.match(sentence.text, when.end)
        if cluster[0].kind != "state" or not also or cluster[0].start != also.end():
            continue
        following = next((w for w in sentence.dates if 0 <= w.start - cluster[-1].end < 5), None)
        if following is None:
            return
        yield tuple(i for m in cluster for i in m.ids), following
        when = following
