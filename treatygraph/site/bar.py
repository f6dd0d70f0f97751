"""What stands under every answer: its link, how to cite it, how to embed it, its picture and its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from treatygraph.answers.citable import Citable
from treatygraph.site.setting import Setting

__all__ = ["EMBEDDABLE", "CitationBar", "bar_of"]

EMBEDDABLE: Final = ("between", "instrument", "state")
"""The kinds of answer that the pages of others may show."""


@dataclass(frozen=True)
class CitationBar:
    """The addresses of one answer; each is empty where there is none."""

    path: str
    """The path that stays, as it has the day."""
    link: str
    """The same as an absolute address."""
    citation: str
    embed: str
    """The element that a page of others shows the answer with."""
    forms: tuple[tuple[str, str], ...]
    """Names and paths of its picture and its data."""


def bar_of(
    setting: Setting, path: str, answer: Citable, title: str, forms: tuple[str, ...], query: str = ""
) -> CitationBar:  # fmt: skip
    """The bar of an answer.

    Args:
        setting: what the page is made with.
        path: the path of the answer, with its day.
        answer: what is cited.
        title: what it is an answer to.
        forms: endings under which it can be had besides: ``svg``, ``png``, ``csv``, ``json``.
        query: what was asked beyond the path.
    """
    more = f"?{query}" if query else ""
    link = setting.absolute(path) + more
    embed = ""
    if setting.links.is_served and path.strip("/").partition("/")[0] in EMBEDDABLE:
        source = setting.absolute(f"/embed{path}") + more
        embed = f'<iframe src="{source}" title="{title}" width="640" height="480" loading="lazy"></iframe>'
    named = ((ending.upper(), f"{path}.{ending}{more}") for ending in forms)
    return CitationBar(path + more, link, answer.cite(setting.today).text, embed, tuple(named))
