"""A comparison as one page of HTML that needs nothing else: no script, no network."""

from __future__ import annotations

from html import escape
from typing import Any

from treatygraph.model.wikidata_links import ENTITY
from treatygraph.render.parts import text
from treatygraph.render.wikidata import LISTS

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
td.days { text-align: right; }
h2 { margin-top: 2.5rem; }
"""
_HEADER = ("Instrument", "Property", "Value", "Here", "Wikidata", "Days", "Note", "Our sources", "References there")


def page(answer: dict[str, Any]) -> str:
    """The page of a comparison, from its JSON; every text in it is escaped."""
    parts = [
        "<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>treatygraph and Wikidata</title>", f"<style>{_STYLE}</style>", "</head>", "<body>",
        "<h1>treatygraph and Wikidata</h1>", f"<p>{escape(answer['answer'])}</p>",
        f"<p>Statements are Wikidata's (CC0), asked {escape(answer['asked'])}.</p>",
    ]  # fmt: skip
    for name, title in LISTS.items():
        parts += _section(name, title, answer[name])
    if answer["notes"]:
        parts += ["<h2>Notes</h2>", "<ul>", *(f"<li>{escape(note)}</li>" for note in answer["notes"]), "</ul>"]
    return "\n".join([*parts, "</body>", "</html>", ""])


def _section(name: str, title: str, lines: list[dict[str, Any]]) -> list[str]:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in _HEADER)
    rows = [f"<tr>{_row(line)}</tr>" for line in lines]
    parts = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>", *rows, "</tbody>\n</table>"]
    return [f'<h2 id="{name}">{title} ({len(lines)})</h2>', *(parts if lines else ["<p>None.</p>"])]


def _row(line: dict[str, Any]) -> str:
    item = escape(line["item"])
    label = f"{line['property_label']} ({line['property']})"
    cells = [
        f'<td><a href="{ENTITY}{item}">{escape(line["instrument"])}</a></td>',
        *(
            f"<td>{escape(text(value))}</td>"
            for value in (label, line["value"] or line["what"], line["here"], line["there"])
        ),
        f'<td class="days">{escape(text(line["days"]))}</td>',
        f"<td>{escape(text(line['note']))}</td>",
        f"<td>{escape(text(line['sources']))}</td>",
        f"<td>{' '.join(_link(url) for url in line['references'])}</td>",
    ]
    return "".join(cells)


def _link(url: str) -> str:
    """A reference; only what a browser opens as a page is made a link."""
    shown = escape(url)
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if url.startswith(("https://", "http://")) else shown
