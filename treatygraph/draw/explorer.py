"""The explorer: one page that answers, for any two powers and day, what remains; it needs no network.

The page holds the whole record with its standings as derived here, and lays two sides' standings beside each other
as :mod:`treatygraph.answers.between` does. As a file it carries its own content policy: scripts and styles by their
hashes, no connection to anywhere. A server has it in parts, which a browser keeps: the page itself, style and script,
what answers need, and what only cards need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from treatygraph.draw.csp import policy
from treatygraph.draw.page_data import packed, page_data, text_of
from treatygraph.draw.palette import FAMILIES

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["FOLDER", "ExplorerPage", "in_parts", "made", "page"]

FOLDER = "data/explorer"
"""Where a server has the parts, beside the page."""
_SCRIPTS = ("record", "sides", "sentences", "unknowns", "between", "course", "lists", "pictures", "explorer")
"""The page's own scripts, in the order in which they build on each other."""


@dataclass(frozen=True)
class ExplorerPage:
    """A page and what belongs to it."""

    html: str
    policy: str = ""
    """Value of a ``Content-Security-Policy`` header, which the page itself carries too; empty where it has none."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The files that it loads, by their names; none where it stands alone."""


def page(graph: Graph, today: date) -> str:
    """The explorer as one HTML file.

    Args:
        graph: the graph whose whole record the page holds.
        today: the last day of the slider, and the day asked about at first.
    """
    return made(graph, today).html


def made(graph: Graph, today: date) -> ExplorerPage:
    """The explorer as one file, with its content policy for whoever sends it as a header; see :func:`page`."""
    style, script = _style(), _script()
    data, allowed = page_data(graph.index(), today), policy((script,), (style,))
    record = "\n".join(
        f'<script type="text/plain" id="{name}">{packed(part)}</script>'
        for name, part in (("record", data.answers), ("details", data.cards))
    )
    html = _filled(
        policy=f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n', style=f"<style>{style}</style>",
        links="", alone=" This file needs no network.", record=record, script=f"<script>{script}</script>",
    )  # fmt: skip
    return ExplorerPage(html, allowed)


def in_parts(graph: Graph, today: date, links: str = "") -> ExplorerPage:
    """The explorer for a server: a small page, and the files in :data:`FOLDER` that it loads, named by what they hold.

    Args:
        graph: the graph whose whole record the files hold.
        today: the last day of the slider, and the day asked about at first.
        links: HTML that leads to other pages of the server.
    """
    data = page_data(graph.index(), today)
    parts = {
        "explorer.css": _style(),
        "explorer.js": _script(),
        "answers.json": text_of(data.answers),
        "cards.json": text_of(data.cards),
    }
    at = {name: f"{FOLDER}/{name}?v={_fingerprint(text)}" for name, text in parts.items()}
    head = (
        f'<link rel="stylesheet" href="{at["explorer.css"]}">',
        f'<script src="{at["explorer.js"]}" defer></script>',
        f'<link rel="preload" href="{at["answers.json"]}" as="fetch" crossorigin>',
    )
    record = (
        f'<template id="{name}" data-file="{at[file]}"></template>'
        for name, file in (("record", "answers.json"), ("details", "cards.json"))
    )
    html = _filled(policy="", style="\n".join(head), links=links, alone="", record="\n".join(record), script="")
    return ExplorerPage(html, parts=parts)


def _fingerprint(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _filled(**parts: str) -> str:
    html = _text("page", "explorer.html")
    for name, text in parts.items():
        before, after = html.split(f"{{{name}}}", 1)
        html = before + text + after
    return html


@cache
def _style() -> str:
    """The page's style, with the colours of the bars as rules: a strict policy lets no bar carry its own."""
    rules = []
    for family in FAMILIES:
        for ground, colour in (("", family.light), (':root[data-theme="dark"] ', family.dark)):
            rules.append(f"{ground}.stage-in-force.family-{family.id} {{ background: {colour}; }}")
            rules.append(f"{ground}.bar.family-{family.id} {{ border-color: {colour}; }}")
    return "\n".join((_text("page", "explorer.css"), *rules, ""))


@cache
def _script() -> str:
    parts = [_plain(_text("page", f"{name}.js")) for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _plain(script: str) -> str:
    """A script without the lines of its comments and what lines begin with: a quarter of it, and none of its work."""
    without = re.sub(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", "", script, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^[ \t]+|^[ \t]*//.*\n", "", without, flags=re.MULTILINE)


def _text(*names: str) -> str:
    return files("treatygraph.draw").joinpath(*names).read_text(encoding="utf-8")
