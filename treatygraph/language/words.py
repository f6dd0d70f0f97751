"""Words of a text with their places, and its paragraphs and sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Word", "folded", "paragraphs", "sentences", "word_set", "words_of"]


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: how lists of words are written here."""
    return frozenset(text.split())


_WORD: Final = re.compile(r"\w+|[^\w\s]")
_END: Final = re.compile(r"""[.!?…]["”’')\]]*(?=\s+["“‘'(\[—–-]*\s*[A-Z0-9ÀÖ])|[.!?]["”’')\]]+(?=\s+[a-z])""")
_ABBREVIATIONS: Final = word_set(
    "mr mrs ms dr gen sen rep gov lt col capt maj adm amb prof st no nos vs art para approx jan feb mar apr jun "
    "jul aug sep sept oct nov dec inc corp co ltd jr sr mt ft e.g i.e u.s u.n u.k d.c a.m p.m"
)
_STARTERS: Final = word_set(
    "the a an in it he she they but and on at this that these those its their under after before since while when "
    "both neither no there"
)
"""Words that begin a sentence after an abbreviation which may also end one ("… with the U.S. The treaty …")."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark, as written, as compared, and where it stands in the text."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Without case and accents; typographic apostrophes are plain ones.

    >>> folded("Élysée’s")
    "elysee's"
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words and marks of a stretch of text, in order; places count from the beginning of the whole text."""
    stop = len(text) if end is None else end
    return tuple(Word(m[0], folded(m[0]), m.start(), m.end()) for m in _WORD.finditer(text, start, stop))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """First and last place of each paragraph; lines that were broken to fit a width are one paragraph."""
    start: int | None = None
    lines = list(re.finditer(r"[^\n]*", text))
    for number, line in enumerate(lines):
        if not line[0].strip():
            if start is not None and line.end() > line.start():
                yield start, line.start()
                start = None
            continue
        if start is None:
            start = line.start()
        following = next((other for other in lines[number + 1 :] if other.start() > line.end()), None)
        if following is None or not _runs_on(line[0], following[0], first=number == 0):
            yield start, line.end()
            start = None


def _runs_on(line: str, following: str, *, first: bool) -> bool:
    """Whether a line was broken in the middle of a sentence."""
    stripped, after = line.rstrip(), following.lstrip()
    if not after or re.search(r"""[.!?:…]["”’')]*$""", stripped):
        return bool(after) and not first and 60 <= len(stripped) <= 100 and len(following) > 30 and after[0].islower()
    return after[0].islower() or (not first and len(stripped) >= 55)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """First and last place of each sentence of a paragraph.

    >>> text = "Gen. Moiseyev left. The U.S. Senate voted on Dec. 3."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Gen. Moiseyev left.', 'The U.S. Senate voted on Dec. 3.']
    """
    stop = len(text) if end is None else end
    begun = start
    for match in _END.finditer(text, start, stop):
        if match.end() >= stop or _is_abbreviation(text, begun, match):
            continue
        yield from _stripped(text, begun, match.end())
        begun = match.end()
    yield from _stripped(text, begun, stop)


def _is_abbreviation(text: str, begun: int, match: re.Match[str]) -> bool:
    if match[0][0] != ".":
        return False
    head = re.search(r"[\w.]+$", text[begun : match.start()])
    word = head[0].casefold() if head else ""
    if word not in _ABBREVIATIONS and not re.fullmatch(r"[a-z]|(?:[a-z]\.)+[a-z]", word):
        return False
    after = re.match(r"\W*(\w+)", text[match.end() :])
    return not (len(word) > 1 and "." in word and after and after[1].casefold() in _STARTERS)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
