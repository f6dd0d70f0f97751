"""Finds the pieces of a question: names by the lexicon of stories, dates, topics and the words of questions.

Capitals and marks tell nothing. A word that is a sign of nothing is read as the one that it may have been meant as,
or stands in the way: a question understood in part would be answered as another question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from treatygraph.answers.readings import reading
from treatygraph.answers.wording import authority_name, topic_name
from treatygraph.ask.cues import Cue, cue_words, cues
from treatygraph.ask.days import dates_in, figures_spelled
from treatygraph.ask.frame import Piece, When
from treatygraph.ask.spelling import meant
from treatygraph.bonds.powers import group_name, named
from treatygraph.build.index import Index
from treatygraph.language.lexicon import Lexicon, lexicon_of
from treatygraph.language.mentions import Mention
from treatygraph.language.words import Word, words_of
from treatygraph.model import names
from treatygraph.model.errors import BadDate, NotUnderstood, UsageError

__all__ = ["Found", "pieces_of", "plainly_written"]

_PLAIN: Final = (
    (re.compile(r"[’‘`]"), "'"),
    (re.compile(r"[“”\"«»?!;:()\[\]]"), " "),
    (
        re.compile(r"\b(is|was|are|were|did|does|do|has|have|had|would|could|can|should)n'?t\b", re.IGNORECASE),
        r"\1 not",
    ),
    (re.compile(r"\b(?:won't|wont)\b", re.IGNORECASE), "will not"),
    (re.compile(r"\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"\b(what|who|when|where|how|that|there|here)'?s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(what|who|when|where|how)'?re\b", re.IGNORECASE), r"\1 are"),
    (re.compile(r"\b(north|east) and (south|west) (korea|germany)\b", re.IGNORECASE), r"\1 \3 and \2 \3"),
    (re.compile(r"\b(?:[A-Za-z]\.){2,}"), lambda match: match[0].replace(".", "")),
)
_GROUP_NOUNS: Final = (
    r"(?:members?|member states?|member countries|states|countries|allies|nations|powers|governments|nation states)"
)
_OF_GROUP: Final = re.compile(
    r"\b(?:members|states|countries|allies|nations)\s+(?:of|in|from|within|belonging to)\s+(?:the\s+)?$", re.IGNORECASE
)
_GROUP_OF: Final = re.compile(rf"\s*'?s?\s*{_GROUP_NOUNS}\b", re.IGNORECASE)
_VIEW: Final = re.compile(
    r"\b(?:according to|in the (?:view|eyes|opinion) of|as seen by|from the point of view of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"\b(?:article|art\.?)\s+([IVXLC]+|\d+)(?![\w-])(?!\s+duty)", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Z]{3}")
_AUTHORITY: Final = re.compile(r"\s*(?:the\s+)?([\w-]+(?:\s+[\w-]+){0,2})", re.IGNORECASE)
_ID: Final = re.compile(r"(?<![\w-])[a-z][a-z0-9-]*(?![\w-])(?=$|\s+(?:on|in|by|before|after|since|until|today|now)\b)")
"""A word that may be an id: nothing behind it makes it part of a longer name."""
_LONGEST: Final = 3


class Found:
    """The pieces and dates of a question, and how mistyped words were read."""

    def __init__(self, text: str, pieces: Sequence[Piece], whens: Sequence[When], fixes: Sequence[tuple[str, str]]):
        self.text = text
        self.pieces = tuple(sorted(pieces, key=lambda piece: piece.start))
        self.whens = tuple(whens)
        self.fixes = tuple(fixes)


def plainly_written(text: str) -> str:
    """The question without marks and short forms.

    >>> plainly_written("Isn’t Iran in the N.P.T.?")
    'Is not Iran in the NPT'

    Raises:
        BadDate: a date in figures can be read in two ways, or is no day.
    """
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return " ".join(figures_spelled(text).split()).strip(" .,")


def pieces_of(index: Index, text: str, today: date) -> Found:
    """Every word of a question as a piece.

    Raises:
        NotUnderstood: a word is a sign of nothing; it is named. A date is no day, or can be read in two ways.
    """
    try:
        plain = plainly_written(text)
        fixes: list[tuple[str, str]] = []
        for _ in range(4):
            pieces, strange = _Reader(index, plain, today).read()
            if not strange:
                return Found(plain, pieces.pieces, pieces.whens, fixes)
            word = strange[0]
            read = _read_as(index, word)
            if not read or len(fixes) > 2:
                break
            plain = plain[: word.start] + read + plain[word.end :]
            fixes.append((word.text, read))
    except BadDate as problem:
        raise NotUnderstood(text, str(problem)) from None
    word = strange[0]
    original = next((typed for typed, read in fixes if read == word.text), word.text)
    raise NotUnderstood(text, _complaint(index, word, original), word=original)


def _read_as(index: Index, word: Word) -> str:
    known = index.keep(("words of questions",), lambda: lexicon_of(index).vocabulary | cue_words())
    return "" if word.key in known else meant(word.key, known)


def _complaint(index: Index, word: Word, typed: str) -> str:
    """Why a word stands in the way: a name that is several, a name that nobody bears, or a word of no meaning here."""
    known = names.AMBIGUOUS.get(word.text.upper())
    if known:
        return f"'{typed}' is used for {known.said}; write the one that you mean."
    surnames = {official for _, official in lexicon_of(index).surnames(word.key)}
    if len(surnames) > 1:
        people = index.officials()
        several = " and ".join(sorted(people[name].name for name in surnames))
        return f"'{typed}' is the name of several: {several}; write the whole name."
    return f"nothing in the question is understood by '{typed}'."


def _takes_an_instrument(words: tuple[str, ...]) -> bool:
    """Whether some words end a phrase that names a relation to an instrument: "party to", "join", "accede to"."""
    stem = words[:-1] if words[-1] == "to" and len(words) > 1 else words
    return any(cue.kind == "rel" and cue.words in (words, stem) for cue in cues().get(words[0], ()))


class _Reader:
    """One pass over a question."""

    def __init__(self, index: Index, text: str, today: date) -> None:
        self._index, self._text, self._today = index, text, today
        self._words = words_of(text)
        self._taken: list[tuple[int, int]] = []
        self._pieces: list[Piece] = []

    def read(self) -> tuple[Found, list[Word]]:
        """The pieces, and the words that are signs of nothing."""
        lexicon = lexicon_of(self._index)
        self._reports()
        for match in _ARTICLE.finditer(self._text):
            self._add(Piece("article", match[1], match[0], match.start(), match.end()))
        self._cue_pass("group")
        self._views()
        self._ids()
        self._mentions(lexicon)
        whens = tuple(when for when in dates_in(self._text, self._today) if self._is_free(when.start, when.end))
        whens = tuple(when for when in whens if not self._is_of_name(when))
        self._taken += [(when.start, when.end) for when in whens]
        self._cue_pass("topic")
        self._cue_pass()
        strange = [word for word in self._words if word.is_word and self._is_free(word.start, word.end)]
        strange = [word for word in strange if not self._surname(lexicon, word)]
        return Found(self._text, self._pieces, whens, ()), strange

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self._taken)

    def _add(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._taken.append((piece.start, piece.end))

    # -- names --

    def _reports(self) -> None:
        for name in self._index.reports() if "-" in self._text else ():
            at = self._text.find(name)
            if at >= 0:
                self._add(Piece("report", name, name, at, at + len(name), name))

    def _views(self) -> None:
        """Whose legal view is asked for, where it is no state: "according to the IAEA"."""
        for match in re.finditer(r"\b(?:according to|in the view of)\b", self._text, re.IGNORECASE):
            after = _AUTHORITY.match(self._text, match.end())
            for count in range(_LONGEST, 0, -1):
                words = " ".join(after[1].split()[:count]) if after else ""
                try:
                    view = reading(self._index, words) if words else ""
                except UsageError:
                    continue
                if view and not view.isupper() and after:
                    start = after.start(1)
                    self._add(Piece("group", view, words, start, start + len(words), authority_name(self._index, view),
                                    role="view"))  # fmt: skip
                    break

    def _ids(self) -> None:
        """An instrument by its id behind a verb that takes one: "join kinshasa", where the word alone is a city."""
        for match in _ID.finditer(self._text):
            instrument = self._index.summaries().get(match[0])
            before = self._text[: match.start()].casefold().removesuffix("the ").split()
            stretches = (tuple(before[-count:]) for count in range(1, min(_LONGEST, len(before)) + 1))
            if instrument and self._is_free(*match.span()) and any(map(_takes_an_instrument, stretches)):
                self._add(Piece("instrument", match[0], match[0], *match.span(), instrument.title))

    def _mentions(self, lexicon: Lexicon) -> None:
        states: frozenset[str] = frozenset()
        for _ in range(2):  # some short forms need a state that stands after them
            mentions = tuple(lexicon.mentions(self._words, self._text, self._today.year, states, careless=True))
            named_now = frozenset(code for one in mentions if one.kind == "state" for code in one.ids)
            if named_now == states:
                break
            states = named_now
        for mention in mentions:
            if self._is_free(mention.start, mention.end):
                self._mention(mention)
        for word in self._words:
            if _CODE.fullmatch(word.text) and self._is_free(word.start, word.end) and self._index.existence(word.text):
                self._add(self._state(word.text, word.text, word.start, word.end, "name"))

    def _mention(self, mention: Mention) -> None:
        start, end = mention.start, mention.end
        after, before = _GROUP_OF.match(self._text, end), _OF_GROUP.search(self._text[:start])
        if mention.kind == "state" and mention.ids == ("EUU",) and (after or before):
            mention = replace(mention, kind="group", ids=("eu",))
        if mention.kind == "group":
            end = after.end() if after else end
            start = before.start() if before and not after else start
            group = self._index.group(mention.ids[0])
            shown = group_name(mention.ids[0], group.title if group else mention.text)
            self._add(Piece("group", mention.ids[0], mention.text, start, end, shown, role=self._role(mention.start)))
        elif mention.kind == "state":
            for code in mention.ids:
                self._pieces.append(self._state(code, mention.text, start, end, mention.form))
            self._taken.append((start, end))
        elif mention.kind == "instrument":
            title = self._index.summary(mention.ids[0]).title
            self._add(Piece("instrument", mention.ids[0], mention.text, start, end, title))
        elif mention.kind == "body":
            self._add(Piece("body", mention.ids[0], mention.text, start, end, mention.text))
        elif mention.kind == "official":
            self._official(mention.ids[0], mention.text, start, end)

    def _state(self, code: str, text: str, start: int, end: int, form: str) -> Piece:
        return Piece("state", code, text, start, end, named(self._index, code), form, role=self._role(start))

    def _role(self, start: int) -> str:
        return "view" if _VIEW.search(self._text[:start]) else ""

    def _official(self, name: str, text: str, start: int, end: int) -> None:
        official = self._index.official(name)
        if official:
            self._add(Piece("official", name, text, start, end, official.name))

    def _surname(self, lexicon: Lexicon, word: Word) -> bool:
        bearers = {official for _, official in lexicon.surnames(word.key)}
        if len(bearers) != 1:
            return False
        self._official(bearers.pop(), word.text, word.start, word.end)
        return True

    def _is_of_name(self, when: When) -> bool:
        """A year that belongs to the name beside it: "the 1972 ABM Treaty", "the treaty of 1963"."""
        year = re.fullmatch(r"(?:the\s+)?(\d{4})", when.text.strip(), re.IGNORECASE)
        if not year:
            return False
        for piece in self._pieces:
            if piece.kind == "instrument" and 0 <= piece.start - when.end <= 1:
                signed = self._index.summary(piece.value).signed
                if signed[:4] == year[1]:
                    self._taken.append((when.start, when.end))
                    return True
        return False

    # -- words of questions --

    def _cue_pass(self, only: str = "") -> None:
        words = [word for word in self._words if word.is_word]
        at = 0
        while at < len(words):
            cue = self._cue(words, at, only)
            if cue is None:
                at += 1
                continue
            start, end = words[at].start, words[at + len(cue.words) - 1].end
            self._add(self._cue_piece(cue, start, end))
            at += len(cue.words)

    def _cue(self, words: Sequence[Word], at: int, only: str) -> Cue | None:
        for cue in cues().get(words[at].key, ()):
            if (only and cue.kind != only) or (not only and cue.kind in ("group", "topic")):
                continue
            stretch = words[at : at + len(cue.words)]
            if tuple(word.key for word in stretch) == cue.words and all(
                self._is_free(word.start, word.end) for word in stretch
            ):
                return cue
        return None

    def _cue_piece(self, cue: Cue, start: int, end: int) -> Piece:
        text = self._text[start:end]
        if cue.kind == "group":
            group = self._index.group(cue.value)
            return Piece("group", cue.value, text, start, end, group_name(cue.value, group.title if group else text))
        shown = topic_name(cue.value) if cue.kind == "topic" else ""
        return Piece(cue.kind, cue.value, text, start, end, shown, cue.form)
