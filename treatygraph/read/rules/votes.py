"""Claims of how a vote went, with the body that voted and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.language.numbers import value_of
from treatygraph.language.scanning import Sentence
from treatygraph.model.quantities import CARDINALS
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules.figures import instrument_at

__all__ = ["votes"]

_COUNT: Final = rf"(?:\d+|no(?:ne)?|(?:{'|'.join(sorted(CARDINALS, key=len, reverse=True))})(?:-\w+)?)"
_FOR: Final = rf"(?P<for>{_COUNT})"
_AGAINST: Final = rf"(?P<against>{_COUNT})"
_ABSTAINED: Final = rf"(?:[^.;]{{0,20}}?(?P<abstained>{_COUNT})\s+abst\w+)?"
_VOTES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bby\s+{_FOR}\s+(?:votes\s+)?(?:to|against)\s+{_AGAINST}\b{_ABSTAINED}",
        rf"\bvote\s+of\s+{_FOR}\s*(?:to|-|–)\s*{_AGAINST}\b{_ABSTAINED}",
        rf"\b{_FOR}\s*[-–]\s*{_AGAINST}\s+vote\b",
        rf"\bvot(?:ed|es)\s+{_FOR}\s*(?:to|-|–)\s*{_AGAINST}\b",
        rf"\b{_FOR}\s+(?:countries\s+|states\s+|votes\s+)?in\s+favou?r(?:,|\s+and)?\s+{_AGAINST}\s+against{_ABSTAINED}",
    )
)
_BODY: Final = re.compile(
    r"\b(?:Senate|Security Council|General Assembly|State Duma|Duma|Federation Council|"
    r"House of (?:Representatives|Commons)|"
    r"Supreme Soviet|Bundestag|Board of Governors|Council|Assembly|parliament|board|house|conference)\b",
    re.IGNORECASE,
)
_PASSED: Final = re.compile(
    r"\b(?:adopt|pass|approv|endors|carri|consent|ratif|reject|refus|defeat)\w*|\b(?:vot|turn)(?:ed|es|s)?\b[^.;]{0,40}\bdown\b",
    re.IGNORECASE,
)
_REFUSED: Final = re.compile(r"reject|refus|defeat|down$", re.IGNORECASE)


def votes(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """How a vote on an instrument went."""
    if sentence.is_question:
        return
    for pattern in _VOTES:
        match = pattern.search(sentence.text, sentence.start, sentence.end)
        if not match:
            continue
        counted = {name: _figure(value) for name, value in match.groupdict().items() if value}
        mention = instrument_at(sentence, match.start(), discourse)
        if mention is None or not mention.ids or not counted.get("for") or not counted.get("against"):
            return
        body = _BODY.search(sentence.text, sentence.start, match.start()) or _BODY.search(
            sentence.text, match.end(), sentence.end
        )
        day, outcome = _day_of(sentence, match), _PASSED.search(sentence.quote)
        if outcome and _REFUSED.search(outcome[0]) and int(counted["for"]) > int(counted["against"]):
            # who tells of a refusal names the side that won first: "rejected it by 51 to 48"
            counted["for"], counted["against"] = counted["against"], counted["for"]
        if day or outcome:  # another vote than that on the whole has its own day
            yield draft(
                sentence, match.start(), match.end(), "vote-was",
                instrument=mention.ids[0], on=day, body=body[0] if body else None, **counted,
            )  # fmt: skip
        return


def _day_of(sentence: Sentence, match: re.Match[str]) -> str:
    """The day of a vote: the nearest that its clause gives."""
    near = [w for w in sentence.dates if abs(w.start - match.start()) < 90 and w.role == "on" and len(w.value) > 4]
    apart = [
        w
        for w in near
        if ";" not in sentence.text[min(w.start, match.start()) : max(w.start, match.start())]
        and not any(match.end() <= v.start < w.start and v.mood == "fact" for v in sentence.verbs)
    ]
    return min(apart, key=lambda w: abs(w.start - match.start())).value if apart else ""


def _figure(word: str) -> str:
    plain = word.casefold()
    if plain in ("no", "none"):
        return "0"
    value = int(plain) if plain.isdigit() else value_of(plain)
    return "" if value is None else str(value)
