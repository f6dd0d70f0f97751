"""Instruments that a text names by what they are: "Protocol I", "an agreement signed on 3 October 2005".

A protocol is not the treaty that it belongs to, and an agreement that is told with its day is not the one told before.
Where the record has no such instrument the words mean none that is known, rather than the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from treatygraph.language.mentions import Mention, TextDate
from treatygraph.language.scanning import Sentence

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.model.index_records import Summary

__all__ = ["dated", "protocols"]

_PROTOCOL: Final = re.compile(
    r"(?P<lead>\b(?:an?|another|a second|each)\s+(?:\w+\s+)?)?\b"
    r"(?P<amended>(?i:amended)\s+)?(?:[Aa]dditional\s+)?[Pp]rotocol\b"
    r"(?:\s+(?P<number>I{1,3}|IV|V|[1-5])\b)?"
    r"(?:\s+of\s+(?P<year>(?:19|20)\d\d)\b)?"
    r"(?=(?P<later>[^.;]{0,40}?\bsigned\s+in\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d)?)"
)
_ROMAN: Final = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
_TO: Final = re.compile(r"\s+(?:to|of)\s+(?:the\s+|that\s+|its\s+)?")
_NOUN: Final = r"(?:agreement|accord|pact|treaty|memorandum|deal|understanding|convention)"
_ANEW: Final = re.compile(
    rf"\b(?:(?:an?|another|the|a (?:second|third|separate|further))\s+(?:[\w-]+\s+){{0,3}}?{_NOUN}\b|"
    r"(?:another\s+)?one(?=\s+(?:signed|concluded|reached|agreed|of|from)\b))",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"\s+(?:of|from|dated|(?:[^.;:()]{0,90}?\b)?(?:signed|concluded|reached|initialled)\b[^.;:()\d]{0,30}?)\s+"
    r"(?:(?:on|in)\s+)?(?:the\s+)?$"
)


def protocols(
    sentence: Sentence, mentions: Sequence[Mention], known: Sequence[str], index: Index
) -> tuple[Mention, ...]:
    """The mentions of a sentence in which a protocol is itself, and not the treaty that it is a protocol to.

    Args:
        sentence: as scanned.
        mentions: of the names in it.
        known: the instruments that the text has named so far, the last last.
        index: the documents of the graph.
    """
    found = list(mentions)
    for match in _PROTOCOL.finditer(sentence.text, sentence.start, sentence.end):
        named = next((m for m in found if m.start <= match.start() < m.end and m.kind == "instrument"), None)
        end = named.end if named else match.end()
        to = _TO.match(sentence.text, end)
        parent = next((m for m in found if to and m.kind == "instrument" and m.start == to.end()), None)
        if named is None:
            # the treaty it belongs to follows, or was told before
            parents = parent.ids if parent else [i for m in found if m.end <= match.start() for i in m.ids] + [*known]
            own = _protocol_of(index, match, parents)
            if not own and not parent and not match["number"] and not match["lead"]:
                continue
            ids = (own,) if own else ()
            named = Mention("instrument", ids, match.start(), end, match[0], "short" if own else "foreign")
            found.append(named)
        if parent:
            found.remove(parent)
            found[found.index(named)] = replace(named, end=parent.end)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _protocol_of(index: Index, match: re.Match[str], parents: Iterable[str]) -> str:
    """The one protocol of some treaties that the words fit; empty where there is none, or are several."""
    year = match["year"] or (match["later"] or "")[-4:]
    number = _ROMAN.get(match["number"] or "", match["number"] or "")
    for parent in reversed(tuple(dict.fromkeys(parents))):
        fitting = [
            brief.id
            for brief in index.summaries().values()
            if parent in brief.parents
            and brief.kind == "protocol"
            and bool(match["amended"]) == ("Amended" in brief.title)
            and (not number or re.search(rf"\bProtocol {number}$", brief.title))
            and (not year or brief.signed[:4] == year)
            and (number or year)
        ]
        if len(fitting) == 1:
            return fitting[0]
    return ""


def dated(sentence: Sentence, mentions: Sequence[Mention], states: Iterable[str], index: Index) -> Iterator[Mention]:
    """Agreements that are told with the day of their signature: the one that is on record of that day and those states.

    Args:
        sentence: as scanned.
        mentions: of the names in it, short forms among them.
        states: those that the text has named, itself or by who acts for them.
        index: the documents of the graph.
    """
    present = {*states}
    for match in _ANEW.finditer(sentence.text, sentence.start, sentence.end):
        if any(m.kind == "instrument" and m.ids and m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        when = _day_of(sentence, match, mentions)
        if when is None:
            continue
        found = _signed_on(index.summaries().values(), when, present)
        if found or not match[0].casefold().startswith("the "):
            ids = (found,) if found else ()
            yield Mention("instrument", ids, match.start(), match.end(), match[0], "short" if found else "foreign")


def _day_of(sentence: Sentence, match: re.Match[str], mentions: Sequence[Mention]) -> TextDate | None:
    """The first day after the words, where it is that of a signature and no other instrument stands between."""
    for when in sentence.dates:
        if when.start < match.end():
            continue
        between = sentence.text[match.end() : when.start]
        others = any(m.kind == "instrument" and match.end() <= m.start < when.start for m in mentions)
        return when if not others and len(when.value) > 4 and _SIGNED.fullmatch(between) else None
    return None


def _signed_on(briefs: Iterable[Summary], when: TextDate, states: set[str]) -> str:
    """The one instrument between states of a text that was signed on a day, or in a month; empty where none is."""
    known = {"SUN" if state == "RUS" else state for state in states}
    found = [
        brief.id
        for brief in briefs
        if len(brief.participants) > 1
        and brief.signed
        and when.first.isoformat() <= brief.signed <= when.last.isoformat()
        and {"SUN" if state == "RUS" else state for state in brief.participants} <= known
    ]
    return found[0] if len(found) == 1 else ""
