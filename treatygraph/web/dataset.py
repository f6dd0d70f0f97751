"""The description of the dataset (VoID, DCAT): what it holds, counted, and where it can be asked and taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request

from treatygraph.build.edition import edition_of
from treatygraph.model.folders import room
from treatygraph.model.terms import BASE, DATASET, DERIVED, FACTS, PREFIXES, READINGS
from treatygraph.model.version import Edition
from treatygraph.site.schema_org import DUMPS
from treatygraph.triplestore.counts import Counts
from treatygraph.web.dumps import SUMS, counts_of, folder_of, made
from treatygraph.web.problems import Refusal
from treatygraph.web.state import site_of

__all__ = ["described"]

_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_DCTERMS: Final = PREFIXES["dcterms"]
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_TYPE: Final = PREFIXES["rdf"] + "type"
_OWN: Final = ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")
_KINDS: Final = {"application/n-quads": "N-Quads", "text/turtle": "Turtle"}
"""The form of each media type, as the W3C names it."""
_PARTS: Final = {"facts": FACTS, "derived": DERIVED, "readings": READINGS}
"""The parts of the dataset, each a named graph."""
_PATIENCE: Final = 2.0
"""Seconds that the description waits for its figures."""
_WIKIDATA: Final = "http://www.wikidata.org/"


async def described(request: Request) -> tuple[tuple[Triple, ...], bool]:
    """The description, sorted; and whether it has its figures, which are counted with the dumps."""
    site = site_of(request)
    with suppress(Refusal):
        await made(site, _PATIENCE)
    build, edition = site.graph.home.folder, edition_of(site.graph.index())
    path = str(room("ontology") / "dataset.ttl")
    triples = {quad.triple for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)}
    counts = counts_of(build)
    triples |= set(_about(site.base(request), edition, build, counts))
    return tuple(sorted(triples, key=str)), counts is not None


def _say(subject: str, term: str, value: str | int | Literal | NamedNode) -> Triple:
    """A triple; a text is an address."""
    shown: Literal | NamedNode
    if isinstance(value, int):
        shown = Literal(str(value), datatype=NamedNode(PREFIXES["xsd"] + "integer"))
    else:
        shown = NamedNode(value) if isinstance(value, str) else value
    return Triple(NamedNode(subject), NamedNode(term), shown)


def _about(base: str, edition: Edition, build: Path, counts: Counts | None) -> Iterator[Triple]:
    day = Literal(edition.day, datatype=NamedNode(PREFIXES["xsd"] + "date"))
    for term in ("issued", "modified"):
        yield _say(DATASET, _DCTERMS + term, day)
    yield _say(DATASET, _DCTERMS + "identifier", Literal(f"graph-{edition.digest}"))
    yield _say(DATASET, PREFIXES["owl"] + "versionInfo", Literal(edition.version))
    yield _say(DATASET, f"{_DCAT}version", Literal(edition.version))
    yield _say(DATASET, f"{_DCAT}landingPage", f"{base}/downloads")
    yield _say(DATASET, "http://xmlns.com/foaf/0.1/homepage", f"{base}/")
    yield _say(DATASET, f"{_VOID}sparqlEndpoint", f"{base}/sparql")
    yield _say(DATASET, f"{_VOID}uriLookupEndpoint", f"{base}/search?q=")
    for name in _OWN:
        yield _say(DATASET, f"{_VOID}feature", _FORMATS + name)
    yield from _service(base)
    for name in DUMPS:
        yield from _distribution(base, name, folder_of(build), day)
    if counts is not None:
        yield from _counted(counts)


def _service(base: str) -> Iterator[Triple]:
    service, way = f"{base}/sparql#service", f"{base}/sparql#distribution"
    yield _say(DATASET, f"{_DCAT}distribution", way)
    yield _say(way, _TYPE, f"{_DCAT}Distribution")
    yield _say(way, _DCTERMS + "title", Literal("SPARQL endpoint", language="en"))
    yield _say(way, f"{_DCAT}accessURL", f"{base}/sparql")
    yield _say(way, f"{_DCAT}accessService", service)
    yield _say(service, _TYPE, f"{_DCAT}DataService")
    yield _say(service, _DCTERMS + "title", Literal("SPARQL 1.1 endpoint of treatygraph", language="en"))
    yield _say(service, f"{_DCAT}endpointURL", f"{base}/sparql")
    yield _say(service, f"{_DCAT}servesDataset", DATASET)
    yield _say(service, _DCTERMS + "conformsTo", "http://www.w3.org/TR/sparql11-protocol/")


def _distribution(base: str, name: str, folder: Path, day: Literal) -> Iterator[Triple]:
    address, (media, text) = f"{base}/dumps/{name}", DUMPS[name]
    here = f"{address}#distribution"
    yield _say(DATASET, f"{_VOID}dataDump", address)
    yield _say(DATASET, f"{_DCAT}distribution", here)
    yield _say(here, _TYPE, f"{_DCAT}Distribution")
    yield _say(here, _DCTERMS + "title", Literal(text, language="en"))
    yield _say(here, _DCTERMS + "issued", day)
    yield _say(here, _DCTERMS + "license", "https://creativecommons.org/licenses/by/4.0/")
    yield _say(here, _DCTERMS + "format", _FORMATS + _KINDS[media])
    yield _say(here, f"{_DCAT}accessURL", f"{base}/downloads")
    yield _say(here, f"{_DCAT}downloadURL", address)
    yield _say(here, f"{_DCAT}mediaType", _MEDIA + media)
    yield _say(here, f"{_DCAT}compressFormat", f"{_MEDIA}application/gzip")
    with suppress(OSError):
        size = (folder / name).stat().st_size
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
        value = next(line.split()[0] for line in lines if line.endswith(f"  {name}"))
        total = f"{address}#sha256"
        yield _say(here, f"{_DCAT}byteSize", size)
        yield _say(here, f"{_SPDX}checksum", total)
        yield _say(total, _TYPE, f"{_SPDX}Checksum")
        yield _say(total, f"{_SPDX}algorithm", f"{_SPDX}checksumAlgorithm_sha256")
        yield _say(total, f"{_SPDX}checksumValue", Literal(value, datatype=NamedNode(PREFIXES["xsd"] + "hexBinary")))


def _counted(counts: Counts) -> Iterator[Triple]:
    whole = counts["whole"]
    yield _say(DATASET, f"{_VOID}triples", sum(counts["graphs"].values()))
    yield _say(DATASET, f"{_VOID}entities", whole["entities"])
    yield _say(DATASET, f"{_VOID}distinctSubjects", whole["subjects"])
    yield _say(DATASET, f"{_VOID}distinctObjects", whole["objects"])
    yield _say(DATASET, f"{_VOID}classes", len(counts["classes"]))
    yield _say(DATASET, f"{_VOID}properties", len(counts["properties"]))
    for name, graph in _PARTS.items():
        yield _say(f"{DATASET}/{name}", f"{_VOID}triples", counts["graphs"].get(graph, 0))
    for start in sorted({_space(term) for term in (*counts["properties"], *counts["classes"])}):
        yield _say(DATASET, f"{_VOID}vocabulary", start)
    for table, link, figure, kind in (
        ("classes", "classPartition", "entities", "class"), ("properties", "propertyPartition", "triples", "property"),
    ):  # fmt: skip
        for term, number in counts[table].items():
            part = _part(kind, term)
            yield _say(DATASET, _VOID + link, part)
            yield _say(part, _TYPE, f"{_VOID}Dataset")
            yield _say(part, _VOID + kind, term)
            yield _say(part, _VOID + figure, number)
    for term, number in counts["links"].items():
        links = f"{DATASET}/wikidata-{_local(term)}"
        yield _say(DATASET, f"{_VOID}subset", links)
        yield _say(links, _TYPE, f"{_VOID}Linkset")
        yield _say(links, f"{_VOID}linkPredicate", term)
        yield _say(links, f"{_VOID}subjectsTarget", DATASET)
        yield _say(links, f"{_VOID}objectsTarget", _WIKIDATA)
        yield _say(links, f"{_VOID}triples", number)


def _part(kind: str, term: str) -> str:
    """The address of a partition; of terms of others with a few characters more, as names may be the same."""
    own = term.startswith(BASE)
    return f"{DATASET}/{kind}-{_local(term)}" + ("" if own else f"-{sha256(term.encode()).hexdigest()[:6]}")


def _local(term: str) -> str:
    return term[len(_space(term)) :]


def _space(term: str) -> str:
    """The namespace of a term."""
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]
