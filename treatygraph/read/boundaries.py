"""Where a clause begins, which names stand together, and which word leads a name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from treatygraph.language.mentions import Mention, VerbGroup
from treatygraph.language.scanning import Sentence
from treatygraph.language.words import Word, word_set

__all__ = ["clusters", "is_subordinate", "joins_names", "lead_of", "own_start", "resumes"]

_TITLE: Final = word_set(
    "president presidents prime minister ministers secretary state foreign defence defense vice deputy premier "
    "chancellor leader leaders general then former ex mr mrs ms sir king queen emperor chairman the its their "
    "his her a an current new outgoing spokesman spokeswoman ambassador envoy negotiator chief national "
    "security adviser advisor late both neither either only even all affairs u s us un eu uk assistant "
    "under permanent representative director dictator ruler soviet"
)


def clusters(sentence: Sentence) -> list[tuple[Mention, ...]]:
    """Names that stand together: "Estonia, Latvia and Lithuania", "Presidents Obama and Medvedev"."""
    found: list[tuple[Mention, ...]] = []
    for mention in sentence.mentions:
        if mention.kind == "instrument":
            found.append((mention,))
            continue
        last = found[-1] if found else ()
        gap = sentence.text[last[-1].end : mention.start] if last else ""
        joins = (
            last
            and last[-1].kind != "instrument"
            and re.fullmatch(
                (
                    r"(?:,|,? and|,? nor|,? or|,? as well as| &)(?: the| the former| then)?(?:[ -](?:[Pp]resident|"
                    r"Prime Minister|Secretary|Chancellor|Leader|leader|Mr|U\.S\. President))*\s*"
                ),
                gap,
            )
        )
        if (
            joins
            and (last[-1].form != "adjective" or mention.form == "adjective")
            and {last[-1].kind, mention.kind} <= {"state", "group", "official", "body"}
        ):
            found[-1] = (*last, mention)
        else:
            found.append((mention,))
    return [part for cluster in found for part in _whole(sentence, cluster)]


def _whole(sentence: Sentence, cluster: tuple[Mention, ...]) -> list[tuple[Mention, ...]]:
    """A list of names ends with "and" or "or": what commas alone join are two things ("of Norway, Latvia ratified")."""
    gaps = [sentence.text[a.end : b.start] for a, b in pairwise(cluster)]
    if not gaps or re.search(r"\b(?:and|or|nor|well)\b|&", " ".join(gaps)):
        return [cluster]
    return [(mention,) for mention in cluster]


def lead_of(sentence: Sentence, start: int) -> tuple[str, int]:
    """The word before a name, its titles and articles passed over, and where the name with these begins."""
    begins = start
    for word in reversed([word for word in sentence.words if word.end <= start]):
        if word.key in _TITLE or any(
            m.start <= word.start < m.end and m.form == "adjective" for m in sentence.mentions
        ):
            begins = word.start
            continue
        if word.key == "of" and re.search(
            r"(?:secretary|minister|head|chief|president|leader)s?\s+of\s+\S",
            sentence.text[max(sentence.start, word.start - 12) : start],
            re.IGNORECASE,
        ):
            continue
        if (word.text in ".-’'" and begins - word.end < 2) or (
            word.key == "s"
            and begins - word.end < 3
            and word.start > sentence.start
            and sentence.text[word.start - 1] in "'’"
        ):
            continue
        return word.key, begins
    return "", begins


_OPENERS: Final = word_set("that which who while but although though whereas because when where whose")
"""Words that begin a clause."""


def _is_of_time(sentence: Sentence, word: Word) -> bool:
    """Whether "that" points at something: "later that year", "that treaty has"."""
    if word.key == "that" and any(0 < m.start - word.end < 3 and m.form == "short" for m in sentence.mentions):
        return True
    return (
        word.key == "that"
        and re.match(r"\s+(?:same\s+)?(?:year|month|week|day|time)\b", sentence.text[word.end :][:14]) is not None
    )


def _is_of_name(sentence: Sentence, mark: Word) -> bool:
    """Whether a quotation mark stands at a name: the “Open Skies Treaty”."""
    return any(m.start == mark.end or m.end == mark.start for m in sentence.mentions)


def own_start(sentence: Sentence, verb: VerbGroup) -> int:
    """Where the clause of a verb begins."""
    start = sentence.start
    for other in sentence.verbs:
        if other.end <= verb.start and not (other.mood == "gerund" and other.act == "other"):
            start = max(start, other.end)
    names = sentence.mentions
    for word in sentence.words:
        if not start <= word.start < verb.start or any(m.start <= word.start < m.end for m in names):
            continue
        if (
            word.text in ";:—–("
            or (word.text in '“"' and not _is_of_name(sentence, word))
            or (word.key in _OPENERS and not _is_of_time(sentence, word))
            or (word.key in ("and", "after", "before", "as", "since", "or") and not joins_names(sentence, word))
        ):
            start = word.end
    return start


_SUBORDINATE: Final = _OPENERS | word_set("after before as since if unless once until though despite")


def is_subordinate(sentence: Sentence, verb: VerbGroup) -> bool:
    """Whether the clause of a verb hangs on another: "after the United States had done so", "saying that it cheats"."""
    start = own_start(sentence, verb)
    if any(v.act in ("say", "accuse") and v.mood == "gerund" and v.end == start for v in sentence.verbs):
        return True
    before = [word for word in sentence.words if word.end <= start]
    return bool(before) and before[-1].key in _SUBORDINATE


def resumes(sentence: Sentence, verb: VerbGroup) -> bool:
    """Whether a verb goes on with the main clause after another: ", after the others had done so, and left"."""
    return re.search(r",\s*(?:and|but|then)\s*$", sentence.text[sentence.start : own_start(sentence, verb)]) is not None


def joins_names(sentence: Sentence, word: Word) -> bool:
    """Whether a word stands between names that belong together, or before a time."""
    for cluster in clusters(sentence):
        if len(cluster) > 1 and cluster[0].start < word.start < cluster[-1].end:
            return True
    if word.key in ("after", "before", "since"):
        return any(0 <= when.start - word.end <= 5 for when in sentence.dates)
    return (
        word.key in ("and", "or")
        and any(n.end <= word.start and word.start - n.end < 3 for n in sentence.numbers)
        and any(0 < n.start - word.end < 3 for n in sentence.numbers)
    )
