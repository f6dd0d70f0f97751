"""The explorer: one page that answers, for any two powers and day, what remains; it needs no network.

The page holds the whole record with its standings as derived here, and lays two sides' standings beside each other
as :mod:`treatygraph.answers.between` does. It carries its own content policy: scripts and styles by their hashes,
no connection to anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from treatygraph.draw.csp import hashed, policy
from treatygraph.draw.page_data import packed, page_data
from treatygraph.draw.palette import FAMILIES

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["ExplorerPage", "made", "page"]

_SCRIPTS = ("record", "sides", "sentences", "unknowns", "between", "course", "lists", "pictures", "explorer")
"""The page's own scripts, in the order in which they build on each other."""


@dataclass(frozen=True)
class ExplorerPage:
    """A page and the content policy under which it works."""

    html: str
    policy: str
    """Value of a ``Content-Security-Policy`` header; the page itself carries it too."""


def page(graph: Graph, today: date) -> str:
    """The explorer as one HTML file.

    Args:
        graph: the graph whose whole record the page holds.
        today: the last day of the slider, and the day asked about at first.
    """
    return made(graph, today).html


def made(graph: Graph, today: date, links: str = "") -> ExplorerPage:
    """The explorer with its content policy, for a server that sends the policy as a header.

    Args:
        graph: the graph whose whole record the page holds.
        today: the last day of the slider, and the day asked about at first.
        links: HTML that leads to other pages of the server; a file that stands alone has none.
    """
    style, script = _text("page", "explorer.css") + _family_colours(), _script()
    network, timeline = _vendored("vis-network.min.js"), _vendored("vis-timeline-graph2d.min.js")
    allowed = policy((script, network, timeline), (style,), _injected())
    parts = {
        "{links}": links,
        "{policy}": allowed,
        "{style}": style,
        "{record}": packed(page_data(graph.index(), today)),
        "{network}": network,
        "{timeline}": timeline,
        "{script}": script,
    }
    html = _text("page", "explorer.html")
    for name, text in parts.items():
        before, after = html.split(name, 1)
        html = before + text + after
    return ExplorerPage(html, allowed)


def _family_colours() -> str:
    """The colours of the bars of the timeline, as style rules: a strict policy lets no bar carry its own."""
    rules = []
    for family in FAMILIES:
        for ground, colour in (("", family.light), (':root[data-theme="dark"] ', family.dark)):
            rules.append(f"{ground}.stage-in-force.family-{family.id} {{ background: {colour}; }}")
            rules.append(f"{ground}.vis-item.family-{family.id} {{ border-color: {colour}; }}")
    return "\n".join(rules) + "\n"


@cache
def _script() -> str:
    parts = [_text("page", f"{name}.js") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def _injected() -> tuple[str, ...]:
    """Hashes of the styles that the two vendored libraries put into the page, each of them empty at first."""
    styles = [item for library in json.loads(_text("vendor", "versions.json")) for item in library["styles"]]
    return hashed(""), *(f"'{item}'" for item in dict.fromkeys(styles))


def _vendored(name: str) -> str:
    text = _text("vendor", name)
    assert "</script" not in text.lower(), f"{name} cannot stand within a page"
    return text


def _text(*names: str) -> str:
    return files("treatygraph.draw").joinpath(*names).read_text(encoding="utf-8")
