"""UNODA's page of one act at one depositary: ``treaties.unoda.org/a/{treaty}/{state}/{ACT}/{depositary}``.

The address tells what it is, the page tells the day. Notes stand beside it verbatim, for a person to read.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from treatygraph.intake.days import days_in
from treatygraph.intake.depositaries import depositary_called
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.formats.unoda import TYPES
from treatygraph.intake.grids import document, is_html, text_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register, RegisterEntry, Remark
from treatygraph.model.errors import PageRefused

_PATH: Final = re.compile(
    r"treaties\.unoda\.org/a/(?P<treaty>[\w.-]+)/(?P<state>[\w'.-]+)/(?P<act>[A-Za-z]{3})/(?P<where>[\w.-]+)"
)
_EXPECTS: Final = "an address treaties.unoda.org/a/TREATY/STATE/ACT/DEPOSITARY on the page, and the day of the act"


def _address(page: RegisterPage) -> re.Match[str] | None:
    """The page's own address: where it was fetched from, or what it says it is."""
    if page.address and (hit := _PATH.search(page.address)):
        return hit
    if not is_html(page.text):
        return None
    tree = document(page.text)
    for node in tree.css("link[rel='canonical'], meta[property='og:url']"):
        if hit := _PATH.search(node.attributes.get("href") or node.attributes.get("content") or ""):
            return hit
    return None


def _recognises(page: RegisterPage) -> bool:
    return is_html(page.text) and _address(page) is not None


def _parse(page: RegisterPage) -> Register:
    hit = _address(page)
    tree = document(page.text)
    main = tree.css_first("main") or tree.css_first("article") or tree.body
    days = days_in(text_of(main)) if main is not None else []
    means = TYPES.get(hit["act"].upper()) if hit else None
    if not hit or not days or means is None:
        raise PageRefused(f"{page.name}: not a page of one act; expected {_EXPECTS}.")
    state = hit["state"].replace("_", " ").replace("-", " ")
    where = depositary_called(hit["where"].replace("-", " ").replace("_", " ").title())
    at = f"{hit['treaty']}, {state}, {where}"
    entry = RegisterEntry(state, means.act, days[0].span, at, depositary=where, exact=means.exact, note=means.note)
    return Register(
        format="unoda-action",
        title=_title(tree) or hit["treaty"],
        entries=(entry,),
        number=hit["treaty"],
        listed=(state,),
        remarks=tuple(Remark(at, text, (state,)) for text in _notes(tree)),
    )


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("h1")
    return text_of(node).partition(":")[0].strip() if node is not None else ""


def _notes(tree: LexborHTMLParser) -> list[str]:
    return [text for node in tree.css("blockquote, .note, .notes") if (text := text_of(node))]


FORMAT: Final = RegisterFormat(
    id="unoda-action",
    title="page of one act in UNODA's treaty database (HTML)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="United Nations Office for Disarmament Affairs",
    hosts=("treaties.unoda.org",),
    depositaries=("UN",),
)
