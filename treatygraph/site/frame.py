"""The words of a page's frame, in seven languages; what is not English was translated by machine, and says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from treatygraph.model.errors import UnknownName

__all__ = ["LANGUAGES", "PageWords", "frame_of"]


class PageWords:
    """The words of one language; a word that there is not raises ``KeyError``."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language, self._words = language, words

    def __call__(self, word: str) -> str:
        """The word."""
        return self._words[word]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self._words["_dir"]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return self._words["_name"]


def _read() -> dict[str, PageWords]:
    text = files("treatygraph.site").joinpath("frame.json").read_text(encoding="utf-8")
    return {language: PageWords(language, words) for language, words in json.loads(text).items()}


LANGUAGES: Final[Mapping[str, PageWords]] = _read()
"""The frame in each language; English first."""


@cache
def frame_of(language: str) -> PageWords:
    """The frame in a language.

    Raises:
        UnknownName: the pages have no frame in it.
    """
    if language not in LANGUAGES:
        raise UnknownName("language of the pages", language, tuple(LANGUAGES))
    return LANGUAGES[language]
