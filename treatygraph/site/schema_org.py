"""What search engines read of a page: schema.org as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from treatygraph.answers.edition import Edition
from treatygraph.build.index import Index
from treatygraph.model.records import Instrument
from treatygraph.model.terms import BASE, iri
from treatygraph.model.wikidata_links import WIKIPEDIA
from treatygraph.site.setting import Setting

__all__ = ["CC_BY", "DUMPS", "answer", "dataset", "instrument", "person", "state"]

CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
DUMPS: Final[Mapping[str, tuple[str, str]]] = {
    "treatygraph.nq.gz": ("application/n-quads", "All graphs as N-Quads: facts, what is derived, other readings."),
    "treatygraph.ttl.gz": ("text/turtle", "Facts and the depositaries' standings as Turtle, in one graph."),
}
"""The files of the whole graph that a server has: the media type of each, unpacked, and what it holds."""
_CONTEXT: Final = "https://schema.org"


def answer(setting: Setting, path: str, headline: str, edition: Edition, about: Iterable[Mapping[str, Any]]
           ) -> dict[str, Any]:  # fmt: skip
    """A page that answers a question: what it says, of which edition, about whom."""
    return {
        "@context": _CONTEXT, "@type": "WebPage", "url": setting.absolute(path), "name": headline,
        "inLanguage": "en", "isPartOf": {"@type": "Dataset", "@id": f"{BASE}dataset", "name": "treatygraph"},
        "version": edition.version, "dateModified": edition.day, "license": CC_BY, "about": list(about),
    }  # fmt: skip


def state(index: Index, code: str) -> dict[str, Any]:
    """A state."""
    life = index.existence(code)
    return _thing(index, "Country", "state", code, life.name if life else code)


def instrument(index: Index, card: Instrument) -> dict[str, Any]:
    """A treaty or another document; schema.org's legislation is the nearest it has."""
    made = _thing(index, "Legislation", "instrument", card.id, card.title)
    made["alternateName"] = [card.short, *card.aliases]
    if card.signed:
        made["legislationDate"] = card.signed.text
    return made


def person(index: Index, name: str) -> dict[str, Any]:
    """An official."""
    official = index.official(name)
    return _thing(index, "Person", "official", name, official.name if official else name)


def _thing(index: Index, kind: str, ours: str, name: str, title: str) -> dict[str, Any]:
    same = [link.address for link in index.links(ours, name) if link.predicate == "exactMatch" and not link.rejected]
    same += [WIKIPEDIA + article.title.replace(" ", "_") for article in index.articles(ours, name)]
    return {"@type": kind, "@id": iri(ours, name), "name": title, **({"sameAs": same} if same else {})}


def dataset(setting: Setting, edition: Edition) -> dict[str, Any]:
    """The graph itself, as search engines for data read it."""
    base = "/dumps/" if setting.links.is_served else "/data/"
    files = DUMPS if setting.links.is_served else {"treatygraph.nq.gz": DUMPS["treatygraph.nq.gz"]}
    return {
        "creator": {"@type": "Organization", "name": "treatygraph contributors", "url": f"{BASE}contributors"},
        "datePublished": edition.day, "isAccessibleForFree": True, "identifier": f"{BASE}dataset",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": setting.absolute(base + name), "encodingFormat": media,
             "description": text}
            for name, (media, text) in files.items()
        ],
        "@context": _CONTEXT, "@type": "Dataset", "@id": f"{BASE}dataset", "name": "treatygraph",
        "url": setting.absolute("/"), "license": CC_BY, "version": edition.version, "dateModified": edition.day,
        "description": "States, officials, instruments of arms control and the acts that make, extend, suspend and end "
        "them, with a source for every fact.",
        "keywords": ["arms control", "treaties", "international law", "knowledge graph"],
    }  # fmt: skip
