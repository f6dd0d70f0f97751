"""The one module that knows pyvis: a network as a page of HTML that opens without a network.

pyvis 0.3.2 is no longer maintained and its page holds addresses of other hosts; they are taken out here, and the
page carries a content policy under which a browser could not fetch them. Its texts reach the page as JSON with
every ``<`` escaped; headings are not escaped, so none is given to it.
"""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files
from typing import Any

from treatygraph.draw.network import LOOKS, Edge, Network, Node
from treatygraph.draw.palette import FAMILIES
from treatygraph.model.errors import UsageError

__all__ = ["pyvis_page"]

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_COLOURS = {family.id: family.light for family in FAMILIES}
_EDGES: dict[str, dict[str, Any]] = {
    "party": {"color": "#6b737b", "width": 1, "dashes": False},
    "signatory": {"color": "#6b737b", "width": 1.5, "dashes": [2, 4]},
    "notice pending": {"color": "#9a5b00", "width": 2.5, "dashes": [8, 5]},
    "suspended": {"color": "#b3261e", "width": 2.5, "dashes": [8, 5]},
    "former": {"color": "#b9b4a8", "width": 1.5, "dashes": [2, 7]},
}
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": True, "zoomSpeed": 0.6},
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}},
}
_REMOTE = re.compile(
    r"<link\b[^>]*\bhref=\"https?:[^>]*>|<script\b[^>]*\bsrc=\"[^\"]*\"[^>]*>\s*</script>|<!--.*?-->", re.DOTALL
)
_EMPTY = re.compile(r"<center>\s*<h1>\s*</h1>\s*</center>")


def pyvis_page(network: Network) -> str:
    """The page: the drawing with its sentence, a search box, a legend, and tooltips with dates and sources.

    Raises:
        UsageError: pyvis is not installed.
    """
    try:
        from pyvis.network import Network as Pyvis
    except ImportError:
        raise UsageError("drawing networks needs pyvis; install it with: pip install 'treatygraph[draw]'.") from None
    drawn = Pyvis(height="100%", width="100%", cdn_resources="in_line")
    crowded = len(network.edges) > 400
    for node in network.nodes:
        drawn.add_node(node.id, **_node(node))
    for edge in network.edges:
        drawn.add_edge(edge.state, edge.instrument, **_edge(edge, crowded=crowded))
    drawn.set_options(json.dumps(_OPTIONS))
    return _mended(drawn.generate_html(notebook=False), network)


def _node(node: Node) -> dict[str, Any]:
    look: dict[str, Any] = {"label": node.title, "title": _told(node.tip), "x": node.x, "y": node.y, "shape": "box",
                            "margin": 7, "borderWidth": 2}  # fmt: skip
    if not node.family:
        look |= {"color": "#1c2024", "font": {"color": "#ffffff", "size": 18}, "widthConstraint": {"maximum": 180}}
    else:
        dashes = {} if node.binding else {"shapeProperties": {"borderDashes": [5, 4]}}
        fill = {"background": "#ffffff", "border": _COLOURS[node.family]}
        look |= {"color": {**fill, "highlight": fill, "hover": fill}, "font": {"color": "#1c2024", "size": 15},
                 "widthConstraint": {"maximum": 230}, **dashes}  # fmt: skip
    return look


def _edge(edge: Edge, *, crowded: bool) -> dict[str, Any]:
    look = _EDGES[edge.look]
    opacity = 0.2 if crowded and edge.look in ("party", "former", "signatory") else 0.9
    colour = {"color": look["color"], "opacity": opacity, "highlight": look["color"], "hover": look["color"]}
    return {"title": _told(edge.tip), "color": colour, "width": look["width"], "dashes": look["dashes"]}


def _told(text: str) -> str:
    """A text for pyvis, which takes any that holds "href" for markup and would then show it as such."""
    return re.sub(r"(?i)h(?=ref)", "h\u200b", text)


def _mended(html: str, network: Network) -> str:
    """The page of pyvis without other hosts' addresses, and with our own parts around the drawing."""
    here = files("treatygraph.draw").joinpath("page")
    style, script = (here.joinpath(f"network.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    html = _EMPTY.sub("", _REMOTE.sub("", html))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(network.sentence)}</title>\n<style>{style}</style>\n"
    )
    names = "".join(f'<option value="{escape(node.title)}">' for node in network.nodes)
    top = (
        f'<header><h1>{escape(network.sentence)}</h1><label>Find <input id="find" list="names" autocomplete="off">'
        f'</label><datalist id="names">{names}</datalist></header>\n'
    )
    legend = "".join(f'<span><i class="edge {look.replace(" ", "-")}"></i>{look}</span>' for look in LOOKS)
    legend += "".join(
        f'<span><i class="box" data-colour="{family.light}"></i>{escape(family.title)}</span>' for family in FAMILIES
    )
    legend += "<span>dashed box: not legally binding; black: a state</span>"
    html = html.replace("<html>", '<!doctype html>\n<html lang="en">', 1)
    html = re.sub(r"(<meta charset=\"utf-8\">)", lambda found: found.group(1) + "\n" + head, html, count=1)
    html = html.replace("<body>", f"<body>\n{top}", 1)
    return html.replace("</body>", f'<p class="legend">{legend}</p>\n<script>{script}</script>\n</body>', 1)
