"""Claims about the return of the sanctions of the United Nations on Iran: who asked for it, and that they are back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.mentions import TextDate
from treatygraph.language.scanning import Sentence
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.predicates import actors_at

__all__ = ["snapback"]

_TRIGGERED: Final = re.compile(
    r"\b(?:triggered|invoked|activated|initiated|set off)\s+(?:the\s+|a\s+|what is called\s+)?(?:so-called\s+)?"
    r"(?:UN\s+)?[“\"‘']?snap-?back[”\"’']?(?:\s+(?:mechanism|process|procedure|clause|of sanctions))?",
    re.IGNORECASE,
)
_RETURNED: Final = re.compile(
    r"\bsanctions\b(?:[^.;,]{0,50}?)\s(?:returned|snapped back|were (?:re-?imposed|reinstated|restored)|came back|"
    r"(?:are|were) back|took effect again|have (?:returned|snapped back))\b",
    re.IGNORECASE,
)
_COUNCIL: Final = re.compile(r"\b(?:U\.?N\.?|United Nations|Security Council|snap-?back)(?=\W)", re.IGNORECASE)
_NOT_DONE: Final = re.compile(r"\b(?:if|unless|would|could|may|might|will|not|never|threat\w*|before)\b", re.IGNORECASE)
_DEAL: Final = ("unscr-2231", "jcpoa")


def snapback(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Who triggered the return of the sanctions, and that they returned."""
    here = {i for m in sentence.of_kind("instrument") for i in m.ids}
    told = [name for name in _DEAL if name in here] or [name for name in _DEAL if name in discourse.instruments]
    states_told = {*discourse.all_states, *(i for m in sentence.of_kind("state") for i in m.ids)}
    if not told and "IRN" in states_told and discourse.day.year >= 2015:
        told = [_DEAL[0]]
    if sentence.is_question or not told:
        return
    for pattern in (_TRIGGERED, _RETURNED):
        match = pattern.search(sentence.text, sentence.start, sentence.end)
        if not match or _NOT_DONE.search(sentence.text[max(sentence.start, match.start() - 60) : match.end()]):
            continue
        if pattern is _RETURNED and not _COUNCIL.search(sentence.quote):
            continue
        states, start = actors_at(sentence, match.start(), discourse) if pattern is _TRIGGERED else (("IRN",), -1)
        when = _day_of(sentence, match)
        end = when.end if when and when.start > match.start() else match.end()
        for state in states:
            yield draft(
                sentence, start if start >= 0 else match.start(), end, "event-on",
                type="snapback", instrument=told[0], state=state, on=when.value if when else None,
            )  # fmt: skip


def _day_of(sentence: Sentence, match: re.Match[str]) -> TextDate | None:
    """The day right after the words, or one that opens the sentence."""
    after = next((w for w in sentence.dates if 0 <= w.start - match.end() < 12), None)
    return after or next((w for w in sentence.dates if w.start - sentence.start < 6 and w.end < match.start()), None)
