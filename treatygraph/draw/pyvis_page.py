"""The one module that knows pyvis: a network as a page of HTML that opens without a network.

pyvis 0.3.2 is no longer maintained and its page holds addresses of other hosts; they are taken out here, and the page
carries a content policy under which a browser could not fetch them. pyvis brings the drawing surface, vis-network, with
physics off; what stands where, the slider, filters, the list and the cards are the page's own (``page/network.js``).
Texts reach the page as JSON with every ``<`` escaped.
"""

from __future__ import annotations

import json
import re
from html import escape
from importlib.resources import files

from treatygraph.draw.network import LOOKS, Network
from treatygraph.draw.network_data import NetworkData
from treatygraph.draw.palette import FAMILIES
from treatygraph.model.errors import UsageError

__all__ = ["pyvis_page"]

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    # A wheel over the drawing scrolls the page, as everywhere; buttons and pinching come nearer.
    "interaction": {"hover": True, "tooltipDelay": 120, "zoomView": False, "dragNodes": True},
}
_REMOTE = re.compile(
    r"<link\b[^>]*\bhref=\"https?:[^>]*>|<script\b[^>]*\bsrc=\"[^\"]*\"[^>]*>\s*</script>|<!--.*?-->", re.DOTALL
)
_EMPTY = re.compile(r"<center>\s*<h1>\s*</h1>\s*</center>")
_AT_FIRST = ("party", "signatory", "notice pending", "suspended")
"""The looks of ties that are shown until a reader chooses others."""


def pyvis_page(network: Network, data: NetworkData, credit: str) -> str:
    """The page.

    Args:
        network: the network of the day on which it opens.
        data: the same over time (:func:`treatygraph.draw.network_data.network_data`).
        credit: the source line.

    Raises:
        UsageError: pyvis is not installed.
    """
    try:
        from pyvis.network import Network as Pyvis
    except ImportError:
        raise UsageError("drawing networks needs pyvis; install it with: pip install 'treatygraph[draw]'.") from None
    drawn = Pyvis(height="100%", width="100%", cdn_resources="in_line")
    for code, name, _ in data.states:
        drawn.add_node(code, label=_told(name))
    drawn.set_options(json.dumps(_OPTIONS))
    return _framed(drawn.generate_html(notebook=False), network, data, credit)


def _told(text: str) -> str:
    """A text for pyvis, which takes any that holds "href" for markup and would then show it as such."""
    return re.sub(r"(?i)h(?=ref)", "h\u200b", text)


def _framed(html: str, network: Network, data: NetworkData, credit: str) -> str:
    """The page of pyvis without other hosts' addresses, and with our own parts around the drawing."""
    here = files("treatygraph.draw").joinpath("page")
    style, script = (here.joinpath(f"network.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    record = json.dumps(data.to_dict(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    html = _EMPTY.sub("", _REMOTE.sub("", html))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(network.sentence)}</title>\n<style>{style}</style>\n"
    )
    html = html.replace("<html>", '<!doctype html>\n<html lang="en">', 1)
    html = html.replace('<meta charset="utf-8">', '<meta charset="utf-8">\n' + head, 1)
    html = html.replace("<body>", f'<body>\n<main>\n{_top(network, data)}<div class="room">', 1)
    aside = (
        '<aside aria-label="The network in words"><div id="card" role="region" aria-label="Record" hidden></div>'
        f'<h2>In words</h2><div id="list">{_static(network)}</div></aside></div>\n'
    )
    foot = f'{aside}{_legend()}<p class="small" id="credit">{escape(credit)}</p>\n</main>\n'
    script = script.replace("RECORD", record, 1)
    return html.replace("</body>", f"{foot}<script>{script}</script>\n</body>", 1)


def _top(network: Network, data: NetworkData) -> str:
    """The sentence and the controls."""
    names = [*(row[1] for row in data.instruments), *(row[1] for row in data.states)]
    options = "".join(f'<option value="{escape(name)}">' for name in names)
    looks = "".join(
        f'<label><input type="checkbox" name="look" value="{place}"{mark}> {look}</label>'
        for place, look in enumerate(LOOKS)
        for mark in (" checked" if look in _AT_FIRST or (network.ended and look == "former") else "",)
    )
    ends = f'min="{data.since}" max="{data.until}"'
    return (
        f'<h1 id="sentence" aria-live="polite">{escape(network.sentence)}</h1>\n<form>'
        f'<label>On <input type="date" id="on" {ends} value="{data.until}"></label>'
        '<label class="wide">Month <input type="range" id="month"></label>'
        f'<label>Changed since <input type="date" id="since" {ends}></label>'
        '<label>Topic <select id="topic"><option value="">all</option></select></label>'
        '<label><input type="checkbox" id="binding"> legally binding only</label>'
        f'<fieldset aria-label="Standings">{looks}</fieldset>'
        '<label>Find <input id="find" list="names" autocomplete="off"></label> <span id="found" role="status"></span>'
        f'<datalist id="names">{options}</datalist>'
        '<span><button type="button" id="whole">Whole</button> <button type="button" id="nearer">Nearer</button> '
        '<button type="button" id="farther">Farther</button> <button type="button" id="png">Save as PNG</button></span>'
        "</form>\n"
    )


def _static(network: Network) -> str:
    """The instruments and their states as a list, for whoever runs no script."""
    names = {node.id: node.title for node in network.nodes}
    tied: dict[str, list[str]] = {}
    for edge in network.edges:
        tied.setdefault(edge.instrument, []).append(f"{names[edge.state]} ({edge.look})")
    lines = "".join(
        f"<li>{escape(names[name])}: {escape(', '.join(states))}</li>" for name, states in sorted(tied.items())
    )
    return f"<ul>{lines}</ul>"


def _legend() -> str:
    families = "".join(
        f'<li data-family="{place}"><b>{family.letter}</b> {escape(family.title)}</li>'
        for place, family in enumerate(FAMILIES)
    )
    return (
        f'<ul class="legend" aria-label="Topics">{families}<li>dashed box: not legally binding</li>'
        "<li>dotted: signed, or ended</li><li>dashed red: suspended, or lost since the day asked</li>"
        "<li>thick: more treaties in one tie</li>"
        "<li>dark box: a state, or a community of states (click to open it)</li></ul>"
    )
