"""The properties and the class of Wikidata that are used here, each with the page on which its id was read.

No id stands here from memory. P2058 is called "depositor" where it was read (the state that hands in its instrument),
and "depositary" in older lists; so its statements are compared but none is ever proposed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

__all__ = ["PREFIXES", "PROPERTIES", "TREATY", "Property"]


class Property(NamedTuple):
    """What a property is called, and where its id was read."""

    label: str
    read: str


_TALK: Final = "m.wikidata.org, Wikidata talk:WikiProject International relations"
_PARTIES: Final = "m.wikidata.org, Wikidata:Property proposal/parties"
_POSITIONS: Final = "rubydoc.info, wikidata_position_history, PositionQuery"
_PLACES: Final = "github.com/chronhq/microservices, pull request 5 (treaties by place and time)"
_LISTS: Final = "lists of labels in public repositories (index of GitHub files 57015059399, 36360911855)"

PROPERTIES: Final[Mapping[str, Property]] = {
    "P1891": Property("signatory", _TALK),
    "P6193": Property("ratified by", "wikidata.org, Wikidata:Property proposal/ratified by"),
    "P585": Property("point in time", _TALK),
    "P854": Property("reference URL", _TALK),
    "P813": Property("retrieved", _TALK),
    "P2058": Property("depositor", _PARTIES),
    "P276": Property("location", _PLACES),
    "P625": Property("coordinate location", _PLACES),
    "P571": Property("inception", _POSITIONS),
    "P576": Property("dissolved, abolished or demolished", _POSITIONS),
    "P1365": Property("replaces", _POSITIONS),
    "P1366": Property("replaced by", _POSITIONS),
    "P155": Property("follows", _LISTS),
    "P156": Property("followed by", _LISTS),
    "P580": Property("start time", "github.com/dahlia/wikidata, issue 38"),
    "P582": Property("end time", "github.com/dahlia/wikidata, issue 38"),
    "P39": Property("position held", "github.com/dahlia/wikidata, issue 38"),
    "P18": Property("image", _LISTS),
    "P31": Property("instance of", "wikidata.org, Property talk:P31"),
    "P279": Property("subclass of", "wikidata.org, Property talk:P31"),
    "P569": Property("date of birth", "wikidata.org, Property talk:P569"),
    "P570": Property("date of death", "wikidata.org, Property talk:P570"),
}
"""Label and place of reading of every property that a question, a comparison or a proposal uses."""

TREATY: Final = "Q131569"
"""The class of treaties, read on Wikidata:Property proposal/parties."""

PREFIXES: Final = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""
"""The prefixes of Wikibase's RDF, as its description of the dump format lists them."""
