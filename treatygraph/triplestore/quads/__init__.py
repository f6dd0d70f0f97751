"""Facts and standings as RDF: the same records give the same quads, and no triple stands in two graphs.

Facts are in the named graph :data:`treatygraph.model.terms.FACTS`, what the depositaries' record yields in
:data:`treatygraph.model.terms.DERIVED`, what other legal views yield in :data:`treatygraph.model.terms.READINGS`.
There are no blank nodes: every node's address is made from the record's own key. Dates are ``xsd:date``
without a time zone, open ends carry a sentinel, and what a source says stands beside them as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, RdfFormat, serialize

from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation
from treatygraph.triplestore.quads.acts import acts, assertions
from treatygraph.triplestore.quads.addresses import Addresses
from treatygraph.triplestore.quads.derived import derived
from treatygraph.triplestore.quads.events import events, reports
from treatygraph.triplestore.quads.instruments import instruments
from treatygraph.triplestore.quads.labels import Labels
from treatygraph.triplestore.quads.parties import parties
from treatygraph.triplestore.quads.sources import sources
from treatygraph.triplestore.quads.wikidata_links import links

__all__ = ["nquads", "quads"]


def quads(facts: Facts, derivations: Iterable[Derivation]) -> Iterator[Quad]:
    """Every quad of the graph, in no promised order; some may come twice.

    Raises:
        LookupError: a record uses a word that no concept scheme has; the checks of the facts find it first.
    """
    addresses, labels = Addresses(facts), Labels(facts)
    yield from sources(facts)
    yield from parties(facts, addresses, labels)
    yield from instruments(facts, addresses, labels)
    yield from acts(facts, labels)
    yield from assertions(facts, addresses, labels)
    yield from events(facts, addresses, labels)
    yield from reports(facts)
    yield from links(facts)
    yield from derived(derivations, facts, addresses, labels)
    yield from addresses.bodies()


def nquads(facts: Facts, derivations: Iterable[Derivation]) -> bytes:
    """The whole graph as sorted N-Quads, each line once: the same facts give the same bytes."""
    text = serialize(quads(facts, derivations), format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(text.splitlines(keepends=True))))
