"""Links to Wikidata and to articles: one triple each on the record, and a node with its source.

Links of names without a record, rejected links and candidates are facts about our work, not about the world: they
stay in their files.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Quad

from treatygraph.model.records import Facts
from treatygraph.model.terms import ONTOLOGY, SCHEMES, iri
from treatygraph.model.wikidata_links import WIKIPEDIA, Article, Link
from treatygraph.triplestore.quads.node import TripleSubject

__all__ = ["links"]


def links(facts: Facts) -> Iterator[Quad]:
    """Every link of a record and every article."""
    for link in facts.links:
        if link.kind and not link.rejected:
            yield from TripleSubject(_address(link.kind, link.record)).match(link.predicate, link.address)
            yield from _link(link)
    for article in facts.articles:
        yield from TripleSubject(_address(article.kind, article.record)).text("wikipediaArticle", article.title)
        yield from _article(article)


def _link(link: Link) -> TripleSubject:
    node = TripleSubject(iri("link", link.id), "Link").link("about", _address(link.kind, link.record))
    node.label(f"{link.record}: {link.address}")
    node.link("linkedTo", link.address).text("matchedBy", link.justification).decimal("confidence", link.confidence)
    return node.text("linkedOn", link.date).text("note", link.note).cite(link.cite)


def _article(article: Article) -> TripleSubject:
    node = TripleSubject(iri("link", f"{article.kind}/{article.record}/article"), "Link")
    node.link("about", _address(article.kind, article.record)).label(f"{article.record}: {article.title}, Wikipedia")
    node.link("linkedTo", WIKIPEDIA + quote(article.title.replace(" ", "_"), safe="(),:'"))
    return node.text("note", article.note).cite(article.cite)


def _address(kind: str, key: str) -> str:
    elsewhere = {"term": ONTOLOGY, "concept": SCHEMES}
    return elsewhere[kind] + key if kind in elsewhere else iri(kind, key)
