"""Acts that registers tell in prose: predecessors' acts, withdrawals, suspensions, intentions not to become a party.

Only sentences of fixed form are read; whatever else a note says stays for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.intake.days import days_in
from treatygraph.intake.register import RegisterEntry
from treatygraph.model.dates import Span

__all__ = ["acts_of_note", "effect", "effected_by", "exits_in"]

_VERBS: Final = {
    "signed": "signature",
    "ratified": "ratification",
    "acceded to": "accession",
    "accepted": "acceptance",
    "approved": "approval",
    "succeeded to": "succession",
}
_VERB: Final = "|".join(_VERBS)
_TEXT: Final = (
    r"(?:(?:above-mentioned|said|present|above|Optional|Amended|Additional)\s+)*"
    r"(?:Convention|Treaty|Protocol|Agreement|Covenant|Amendment)s?"
)
_ITSELF: Final = (
    rf"{_TEXT}(?=\s*(?:[.,;:()]|$|with\b|in accordance|for the second|pursuant|under article|and\b|dated\b|upon\b|"
    r"on\b|by\b))"
)
"""The instrument of the page, not "the Convention concerning" something else."""
_STATE: Final = r"(?P<state>[A-Z][^.;:,“\"]{2,60}?)"
_TOLD: Final = (
    r"(?:has\s+|had\s+)?(?:notified|informed|deposited|communicated|transmitted|submitted|effected|made|addressed|"
    r"suspended|declared|withdrew|denounced)\b"
)
_DONE: Final = re.compile(
    r"^(?:The\s+)?(?:Government of (?:the )?)?(?P<state>[A-Zf][^.;:,“\"]{2,60}?)\s+(?:had\s+)?(?:initially\s+)?(?:re-)?"
    rf"(?P<first>{_VERB})(?:\s+and\s+(?P<second>{_VERB}))?\s+(?:the\s+)?{_TEXT}\b[^.;]{{0,60}}?\son\s+"
    r"(?P<days>[^.;:]{4,120})",
)
_DONE_LATER: Final = re.compile(
    rf"^On\s+(?P<days>[^,]{{6,30}}),?\s+the Government of (?:the )?{_STATE}\s+(?:re-)?"
    rf"(?P<first>{_VERB})(?P<second>)\s+the\s+{_ITSELF}",
)
_BY: Final = re.compile(rf"Government of (?:the )?{_STATE},?\s+{_TOLD}")
_BY_NAME: Final = re.compile(
    rf"^(?:On|In a (?:communication|notification) received on)\s[^,]{{6,30}},\s+(?:the )?{_STATE}\s+"
    rf"{_TOLD}"
)
_FROM: Final = re.compile(
    rf"from the Government of (?:the )?{_STATE}(?=[,.;:]|\s+(?:its|a|an|the|that|notice|notification)\b)"
)
_EXIT: Final = re.compile(
    rf"\b(?:(?:withdraw(?:al|s|n|ing)?|withdrew)\s+from\s+the\s+{_ITSELF}|denunciation\s+of\s+the\s+{_ITSELF}|"
    rf"denounce[ds]?\s+the\s+{_ITSELF}|(?:notification|notice|instrument)\s+of\s+(?:its\s+)?"
    r"(?:withdrawal|denunciation)\b)"
)
_SUSPENDED: Final = re.compile(
    rf"\bsuspen(?:d|ds|ded|sion of)\s+(?:the\s+)?(?:operation|application|implementation)\s+of\s+the\s+{_TEXT}"
)
_NO_INTENTION: Final = re.compile(r"\b(?:does|did|do) not intend to become a party\b")
_OTHERWISE: Final = re.compile(
    r"\b(?:reservation|declaration|not to withdraw|cancel|revo[ck]|objection)", re.IGNORECASE
)
_EFFECT: Final = re.compile(
    r"\b(?:take[sn]?|took|taking|with|comes? into|enter(?:s|ed)? into|became|becomes?)\s+(?:effect|effective|force)\b"
    r"[^.;]{0,80}"
)
_EFFECTED: Final = re.compile(
    r"formality was effected by (?:the )?(?P<state>[A-Z][^.;:,(]{2,60}?)(?=[.;:,(]|\s+(?:in|on|with)\b)"
)
_SENTENCE: Final = re.compile(r"(?<=[a-z0-9)”\"])\.\s*(?=[A-Z“\"])")
_OPENING: Final = 900
"""So far into a note a communication of the state itself stands; behind it others answer."""


def acts_of_note(text: str, at: str, depositary: str) -> Iterator[RegisterEntry]:
    """The acts that a note tells in sentences of fixed form.

    Args:
        text: the note, on one line.
        at: its place in the source.
        depositary: who keeps the instrument, as ledgers name it.
    """
    opening = text[:_OPENING]
    for sentence in _SENTENCE.split(opening):
        yield from _done(sentence.strip(), at, depositary)
    yield from exits_in(opening, at, depositary)
    yield from _without_intention(opening, at, depositary)


def effected_by(text: str) -> str:
    """The predecessor by whom the formality in the table was effected, as a note says; empty where none says so."""
    hit = _EFFECTED.search(text)
    return hit["state"].strip() if hit else ""


def exits_in(text: str, at: str, depositary: str) -> Iterator[RegisterEntry]:
    """Notices of withdrawal and suspensions, one sentence each, with the day of effect where it is told."""
    for sentence in _SENTENCE.split(text):
        said = re.split(r"[“\"]", sentence)[0].strip()
        hit = _EXIT.search(said)
        suspended = None if hit else _SUSPENDED.search(said)
        who, days = _who(said), days_in(said)
        if (hit or suspended) and who and days and not _OTHERWISE.search(said):
            later = effect(said) or (effect(text) if hit else None)
            act = "notice-of-withdrawal" if hit else "suspension"
            yield RegisterEntry(who["state"].strip(), act, days[0].span, at, later if hit else None, depositary)


def _who(text: str) -> re.Match[str] | None:
    """Whose communication a sentence tells of."""
    return _BY.search(text) or _FROM.search(text) or _BY_NAME.search(text)


def effect(text: str) -> Span | None:
    """The day of effect, where the text tells one behind the words "take effect" or the like; else None."""
    for hit in _EFFECT.finditer(text):
        if days := days_in(hit[0]):
            return days[0].span
    return None


def _done(sentence: str, at: str, depositary: str) -> Iterator[RegisterEntry]:
    hit = _DONE.search(sentence) or _DONE_LATER.search(sentence)
    if not hit:
        return
    verbs = [verb for verb in (hit["first"], hit["second"]) if verb]
    days = [one.span for one in days_in(hit["days"])][: len(verbs)]
    if len(days) == len(verbs):
        for verb, when in zip(verbs, days, strict=True):
            yield RegisterEntry(hit["state"].strip(), _VERBS[verb], when, at, depositary=depositary)


def _without_intention(text: str, at: str, depositary: str) -> Iterator[RegisterEntry]:
    if not _NO_INTENTION.search(text):
        return
    who, days = _who(text), days_in(text)
    if who and days:
        yield RegisterEntry(who["state"].strip(), "intention-not-to-ratify", days[0].span, at, depositary=depositary)
