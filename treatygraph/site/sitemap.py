"""Which pages the site has that stand for themselves, as search engines read it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from treatygraph.build.index import Index
from treatygraph.model.version import EDITION_DAY
from treatygraph.site.lists import EXAMPLES, LISTS

__all__ = ["paths_of", "sitemap_of"]


def paths_of(index: Index, pairs: Iterable[tuple[str, str]] = EXAMPLES) -> list[str]:
    """The paths of the pages for readers: lists, instruments, states, groups, people, topics, and some pairs."""
    there = (*index.existences(), *index.groups())
    return [
        "/", *(f"/records/{name}" for name in LISTS), "/records", "/questions", "/downloads",
        *(f"/between/{a}/{b}" for a, b in pairs if a in there and b in there),
        *(f"/instrument/{name}" for name in index.summaries()), *(f"/state/{code}" for code in index.existences()),
        *(f"/group/{name}" for name in index.groups()), *(f"/person/{name}" for name in index.officials()),
        *(f"/topic/{name}" for name in index.topics()),
    ]  # fmt: skip


def sitemap_of(paths: Iterable[str], base: str) -> str:
    """The pages as a sitemap (sitemaps.org 0.9); each was last changed by the edition."""
    entries = "".join(
        f"<url><loc>{escape(base + quote(path))}</loc><lastmod>{EDITION_DAY}</lastmod></url>\n" for path in paths
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    )
