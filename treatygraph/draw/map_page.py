"""The map as a page: one slider over time, and beside it the states in words, by their standing."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from treatygraph.draw.atlas import LOOKS, outlines
from treatygraph.draw.credit import credit
from treatygraph.draw.csp import policy
from treatygraph.draw.map import TERRITORIES, Treaty, dot
from treatygraph.draw.shapes import HATCHES, Drawing
from treatygraph.draw.svg import svg

if TYPE_CHECKING:
    from treatygraph.build.index import Index

__all__ = ["map_page"]

_HATCHED: Final = ("signed", "former", "not-known", "mixed", "disputed")


def _pattern(name: str, family: str) -> str:
    """A hatching with its own ground, to fill a shape with."""
    paint, slant = HATCHES[name]
    ground = f"family-{family}" if name == "disputed" else "ground"
    return (
        f'<pattern id="on-{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({slant})"><rect class="f-{ground}" width="6" height="6"/>'
        f'<rect class="f-{paint}" width="2.4" height="6"/></pattern>'
    )


def map_page(index: Index, shown: Treaty) -> str:
    """The page; it fetches nothing, and without script it shows the day that it was made for."""
    sheet = outlines()
    here = files("treatygraph.draw").joinpath("page")
    style, script = (here.joinpath(f"map.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    empty = svg(Drawing(sheet.width, sheet.height, shown.title, ()))
    paints = empty.split("<style>", 1)[1].split("</style>", 1)[0]
    family = shown.family.id
    style = f"{paints.replace('svg{', ':root{')}\n{style.replace('FAMILY', family)}"
    day = shown.on.isoformat()
    names = sorted({name for place in shown.places for piece in place.pieces for name, _ in piece.states})
    numbers = {name: number for number, name in enumerate(names)}
    looks = list(LOOKS)
    data = {
        "title": shown.title, "since": shown.since.isoformat(), "until": day, "sentence": shown.sentence,
        "looks": [[look, words] for look, words in LOOKS.items()], "names": names,
        "places": {
            place.code: [
                [piece.start, looks.index(piece.look), [[numbers[name], looks.index(at)] for name, at in piece.states]]
                for piece in place.pieces
            ]
            for place in shown.places
        },
    }  # fmt: skip
    ways = [
        f'<path data-code="{escape(place.code)}" class="l-{piece.look if piece else "nobody"}{kind}" d="{way}"/>'
        for kind, find in (("", sheet.shapes.get), (" dot", dot))
        for place in shown.places
        if (way := find(place.code))
        for piece in (place.on(day),)
    ]
    patterns = "".join(_pattern(name, family) for name in _HATCHED)
    record = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = script.replace("RECORD", record)
    legend = "".join(
        f'<li data-look="{look}"><svg width="24" height="14" aria-hidden="true"><rect class="l-{look}" x="1" y="1" '
        f'width="22" height="12"/></svg> {escape(words)}</li>'
        for look, words in LOOKS.items()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([script], [style])}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(shown.title)}: a map of its states</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(shown.title)}</h1>\n<p id="sentence" role="status">{escape(shown.sentence)}</p>\n'
        f'<form><label>On <input type="date" id="on" min="{shown.since}" max="{shown.on}" value="{day}"></label>'
        '<label class="wide">Month <input type="range" id="month" min="0" max="1" value="1"></label></form>\n'
        f'<svg id="map" viewBox="0 0 {sheet.width:g} {sheet.height:g}" role="img" aria-labelledby="sentence">'
        f'<defs>{patterns}</defs><path class="earth" d="{sheet.ground}"/>{"".join(ways)}</svg>\n'
        f'<p id="place" hidden></p>\n<ul class="legend">{legend}</ul>\n<div id="lists"></div>\n'
        f'<p class="small">{TERRITORIES}</p>\n'
        f'<p class="small">{escape(credit(index))} · outlines: Natural Earth, Equal Earth projection</p>\n</main>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
