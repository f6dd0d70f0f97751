"""The questions that are put to Wikidata: each asks about many items at once and binds ``?key`` to the one meant.

They read statements, not the short cuts of ``wdt:``: rank, qualifiers and references are what a comparison is about.
An item that became a redirect is followed by ``owl:sameAs``. A plain SPARQL 1.1 server can answer every one: there is
no label service and nothing else that only one engine knows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.model.wikidata_links import ENTITY
from treatygraph.wikidata.properties import PREFIXES, TREATY

__all__ = ["ARTICLES", "DESCRIBED", "HOLDERS", "LABELLED", "LANGUAGES", "LOOKS", "NAMES", "STATEMENTS", "ItemQuery"]


@dataclass(frozen=True)
class ItemQuery:
    """A query with ``$items`` in the place of the items asked about."""

    what: str
    """What is asked, for the progress bar."""
    text: str
    by: str = "item"
    """``item``: ids of items; ``text``: words in English."""

    def filled(self, items: Sequence[str]) -> str:
        """The query about these items."""
        terms = [f"wd:{item}" if self.by == "item" else f"{json.dumps(item, ensure_ascii=False)}@en" for item in items]
        return self.text.replace("$items", " ".join(terms))

    def item(self, value: str) -> str:
        """The item that a value of ``?key`` means."""
        return value.removeprefix(ENTITY) if self.by == "item" else value


_MOVED: Final = "OPTIONAL { ?key owl:sameAs ?moved } BIND(COALESCE(?moved, ?key) AS ?item)"

ARTICLES: Final = ItemQuery(
    "articles",
    PREFIXES
    + """SELECT ?key ?item WHERE {
  VALUES ?key { $items }
  ?article schema:name ?key ; schema:isPartOf <https://en.wikipedia.org/> ; schema:about ?item .
}""",
    by="text",
)
"""The item of an article of the English Wikipedia, by its title."""

LABELLED: Final = ItemQuery(
    "labels",
    PREFIXES
    + """SELECT DISTINCT ?key ?item ?how WHERE {
  VALUES ?key { $items }
  { ?item rdfs:label ?key . BIND("label" AS ?how) } UNION { ?item skos:altLabel ?key . BIND("alias" AS ?how) }
  FILTER(STRSTARTS(STR(?item), "http://www.wikidata.org/entity/Q"))
}""",
    by="text",
)
"""The items that bear a name in English, as label or as alias."""

LOOKS: Final = ItemQuery(
    "candidates",
    PREFIXES
    + f"""SELECT ?key ?label ?treaty ?property ?time ?precision WHERE {{
  VALUES ?key {{ $items }}
  OPTIONAL {{ ?key rdfs:label ?label . FILTER(LANG(?label) = "en") }}
  OPTIONAL {{ ?key wdt:P31 ?class . ?class wdt:P279* wd:{TREATY} . BIND("yes" AS ?treaty) }}
  OPTIONAL {{
    VALUES (?claim ?value ?property) {{
      (p:P585 psv:P585 "P585") (p:P571 psv:P571 "P571") (p:P580 psv:P580 "P580")
      (p:P569 psv:P569 "P569") (p:P570 psv:P570 "P570") (p:P576 psv:P576 "P576")
    }}
    ?key ?claim ?statement . ?statement wikibase:rank ?rank ; ?value ?node .
    FILTER(?rank != wikibase:DeprecatedRank)
    ?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision .
  }}
}}""",
)
"""What tells whether an item may be a record of ours: its label, whether it is a treaty, its dates."""

STATEMENTS: Final = ItemQuery(
    "statements",
    PREFIXES
    + f"""SELECT ?key ?item ?property ?statement ?rank ?value ?time ?precision ?raw ?when ?whenPrecision
  ?ended ?endedPrecision ?url WHERE {{
  VALUES ?key {{ $items }}
  {_MOVED}
  VALUES (?claim ?main ?mainValue ?property) {{
    (p:P1891 ps:P1891 psv:P1891 "P1891") (p:P6193 ps:P6193 psv:P6193 "P6193") (p:P585 ps:P585 psv:P585 "P585")
    (p:P571 ps:P571 psv:P571 "P571") (p:P580 ps:P580 psv:P580 "P580") (p:P582 ps:P582 psv:P582 "P582")
    (p:P576 ps:P576 psv:P576 "P576") (p:P2058 ps:P2058 psv:P2058 "P2058") (p:P276 ps:P276 psv:P276 "P276")
    (p:P155 ps:P155 psv:P155 "P155") (p:P156 ps:P156 psv:P156 "P156")
    (p:P1365 ps:P1365 psv:P1365 "P1365") (p:P1366 ps:P1366 psv:P1366 "P1366")
  }}
  ?item ?claim ?statement .
  ?statement wikibase:rank ?rank .
  OPTIONAL {{ ?statement ?main ?value }}
  OPTIONAL {{ ?statement ?mainValue ?node . ?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision }}
  OPTIONAL {{ ?statement pq:P585 ?raw }}
  OPTIONAL {{ ?statement pqv:P585 ?dated . ?dated wikibase:timeValue ?when ; wikibase:timePrecision ?whenPrecision }}
  OPTIONAL {{ ?statement pqv:P582 ?gone . ?gone wikibase:timeValue ?ended ; wikibase:timePrecision ?endedPrecision }}
  OPTIONAL {{ ?statement prov:wasDerivedFrom ?reference . ?reference pr:P854 ?url }}
}}""",
)
"""Every statement of an item that a comparison reads, with rank, dates and references."""

NAMES: Final = ItemQuery(
    "names",
    PREFIXES
    + """SELECT ?key ?label WHERE {
  VALUES ?key { $items }
  ?key rdfs:label ?label . FILTER(LANG(?label) = "en")
}""",
)
"""The English label of an item that stands in a statement and is none of ours."""

LANGUAGES: Final = ("ar", "de", "es", "fr", "ru", "zh")
"""The languages whose labels are taken in, besides English."""

DESCRIBED: Final = ItemQuery(
    "labels, places and portraits",
    PREFIXES
    + f"""SELECT ?key ?what ?value ?language WHERE {{
  VALUES ?key {{ $items }}
  {_MOVED}
  {{
    ?item rdfs:label ?value . BIND("label" AS ?what) BIND(LANG(?value) AS ?language)
    FILTER(?language IN ({", ".join(f'"{name}"' for name in LANGUAGES)}))
  }} UNION {{ ?item wdt:P625 ?value . BIND("coordinates" AS ?what) }}
  UNION {{ ?item wdt:P18 ?value . BIND("portrait" AS ?what) }}
}}""",
)
"""Labels in other languages, coordinates, and the file name of a portrait."""

HOLDERS: Final = ItemQuery(
    "holders of offices",
    PREFIXES
    + """SELECT ?key ?holder ?label ?from ?until WHERE {
  VALUES ?key { $items }
  ?holder p:P39 ?statement .
  ?statement ps:P39 ?key ; wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  OPTIONAL { ?holder rdfs:label ?label . FILTER(LANG(?label) = "en") }
  OPTIONAL { ?statement pq:P580 ?from }
  OPTIONAL { ?statement pq:P582 ?until }
}""",
)
"""Who has held an office, with the ends of the term."""
