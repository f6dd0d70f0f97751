"""Links to Wikidata as values: a record and an item, how the link was found and by whom, and where it was read.

A link is a row of SSSOM, the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/), with ``source`` and ``at`` as every fact of ours has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from treatygraph.model.cites import Cite

__all__ = ["ENTITY", "WIKIPEDIA", "Article", "Link"]

ENTITY: Final = "http://www.wikidata.org/entity/"
"""The address of an item is this and its id."""
WIKIPEDIA: Final = "https://en.wikipedia.org/wiki/"
"""The address of an article is this and its title, with underscores."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record of ours, or a name that has no record, and an item of Wikidata."""

    kind: str
    """The kind of record: instrument, state, group, official, office, body; ``term`` and ``concept`` for the
    ontology; empty where a name is linked that has no record of its own."""
    record: str
    """The record's own key; empty for a name."""
    label: str
    predicate: str
    """``exactMatch``, ``closeMatch``, ``broadMatch``, ``narrowMatch`` or ``relatedMatch`` of SKOS."""
    item: str
    """``Q159``, or ``P585`` for a property."""
    item_label: str
    rejected: bool
    """The link was looked at and is wrong; it is kept so that it is not proposed again."""
    justification: str
    """How it was found: a term of the Semantic Mapping Vocabulary, without its prefix."""
    author: str
    tool: str
    date: str
    confidence: str
    """Between 0 and 1, as written: how sure the link is."""
    note: str
    cite: Cite

    @property
    def id(self) -> str:
        """The record's own key."""
        return f"{self.kind}/{self.record}/{self.item}"

    @property
    def address(self) -> str:
        """The address of the item."""
        return ENTITY + self.item


@dataclass(frozen=True, slots=True)
class Article:
    """The article of the English Wikipedia on a record; several records may share one."""

    kind: str
    record: str
    title: str
    note: str
    cite: Cite
