"""What stands under every answer: its link, how to cite it, how to embed it, its picture and its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from treatygraph.answers.edition import Edition
from treatygraph.model.dates import day, long_form
from treatygraph.site.setting import Setting

__all__ = ["EMBEDDABLE", "Bar", "bar_of"]

EMBEDDABLE: Final = ("between", "instrument", "state")
"""The kinds of answer that the pages of others may show."""


@dataclass(frozen=True)
class Bar:
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


def bar_of(setting: Setting, path: str, title: str, edition: Edition, forms: tuple[str, ...], query: str = "") -> Bar:
    """The bar of an answer.

    Args:
        setting: what the page is made with.
        path: the path of the answer, with its day.
        title: what it is an answer to.
        edition: what it rests on.
        forms: endings under which it can be had besides: ``svg``, ``png``, ``csv``, ``json``.
        query: what was asked beyond the path.
    """
    more = f"?{query}" if query else ""
    link = setting.absolute(path) + more
    where = link if setting.base else f"{path}{more}"
    digest = f", build {edition.digest[:12]}" if edition.digest else ""
    citation = (
        f"treatygraph, “{title}”, version {edition.version} (record of {long_form(day(edition.day))}{digest}), "
        f"{where}, accessed {long_form(setting.today)}. Facts: CC BY 4.0."
    )
    embed = ""
    if setting.links.is_served and path.strip("/").partition("/")[0] in EMBEDDABLE:
        source = setting.absolute(f"/embed{path}") + more
        embed = f'<iframe src="{source}" title="{title}" width="640" height="480" loading="lazy"></iframe>'
    named = ((ending.upper(), f"{path}.{ending}{more}") for ending in forms)
    return Bar(path + more, link, citation, embed, tuple(named))
