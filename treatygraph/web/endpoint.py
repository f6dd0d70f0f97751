"""``/sparql``: queries after the SPARQL 1.1 Protocol, and the description of the service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from fastapi import APIRouter
from pyoxigraph import Literal, NamedNode, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from treatygraph.model.terms import BASE, DATASET, NAMED, PREFIXES
from treatygraph.triplestore.warnings import warnings_of
from treatygraph.web.media_types import GRAPHS, ROWS, chosen
from treatygraph.web.models import PROBLEM_RESPONSES
from treatygraph.web.problems import Refusal
from treatygraph.web.protocol import ACCEPT_POST, asking_of
from treatygraph.web.state import site_of

__all__ = ["ROUTER", "description"]

ROUTER: Final = APIRouter(tags=["SPARQL"])
_PASSING: Final = re.compile(r"\b(?:now|rand|uuid|struuid)\s*\(", re.IGNORECASE)
"""Functions by which the same query has another answer the next time."""
_WARNING: Final = 1000
"""Characters of a header with warnings."""
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "JSON-LD", "RDF_XML", "N-Quads", "TriG",
)  # fmt: skip


def _string(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


_GRAPH_NAMES: Final = "A graph of the dataset: that of the facts, of what is derived, of other readings."
_PARAMETERS: Final = [
    {"name": "query", "in": "query", **_string("SELECT, ASK, CONSTRUCT or DESCRIBE. Left out: what the service is.")},
    {"name": "default-graph-uri", "in": "query", **_string(_GRAPH_NAMES)},
    {"name": "named-graph-uri", "in": "query", **_string(_GRAPH_NAMES)},
    {"name": "format", "in": "query", **_string("json, xml, csv, tsv, ttl, nt, jsonld or rdf, in place of Accept.")},
]
_ANSWERS: Final = {
    "200": {
        "description": "The whole result.",
        "content": {form: {"schema": {"type": "string"}} for form in (*ROWS, *GRAPHS)},
    },
    **PROBLEM_RESPONSES,
}
_BODY: Final = {
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
        },
        "application/sparql-query": {"schema": {"type": "string"}},
    },
    "required": True,
}


@ROUTER.get(
    "/sparql", summary="Ask a SPARQL 1.1 query", operation_id="sparql_get", response_class=Response,
    openapi_extra={"parameters": _PARAMETERS, "responses": _ANSWERS},
)  # fmt: skip
@ROUTER.post(
    "/sparql", summary="Ask a SPARQL 1.1 query", operation_id="sparql_post", response_class=Response,
    openapi_extra={"requestBody": _BODY, "responses": _ANSWERS},
)  # fmt: skip
@ROUTER.get("/sparql/", include_in_schema=False)
@ROUTER.post("/sparql/", include_in_schema=False)
async def sparql(request: Request) -> Response:
    """The result of a query, whole; without a query, the description of the service."""
    site = site_of(request)
    asking = await asking_of(request, site.limits)
    if asking.query is None:
        return _described(request, asking.accept)
    job = {
        "job": "sparql",
        "own": False,
        "text": asking.query,
        "rows": chosen(asking.accept, ROWS),
        "graph": chosen(asking.accept, GRAPHS),
        "default": asking.default,
        "named": asking.named,
    }
    reply = await site.ask(request, job)
    headers = {"Content-Type": _typed(reply.head["type"]), "Vary": "Accept"}
    headers |= {"Cache-Control": "no-store"} if _PASSING.search(asking.query) else site.dated
    if warnings := warnings_of(asking.query):  # the forms of results have no place for them
        headers["Treatygraph-Warning"] = " ".join(warnings).encode("ascii", "replace").decode()[:_WARNING]
    return Response(reply.body, headers=headers)


def _typed(form: str) -> str:
    return f"{form}; charset=utf-8" if form.startswith("text/") else form


def _described(request: Request, accept: str) -> Response:
    form = chosen(accept, ("text/turtle", "text/html", *list(GRAPHS)[1:]))
    if form is None:
        raise Refusal("not-acceptable", "the description has none of the forms asked for.", offered=list(GRAPHS))
    if form == "text/html":
        return RedirectResponse("/editor", 303, {"Vary": "Accept"})
    made = serialize(description(site_of(request).base(request)), format=GRAPHS[form], prefixes=_prefixes()) or b""
    headers = {"Content-Type": _typed(form), "Vary": "Accept", "Accept-Post": ACCEPT_POST}
    return Response(made, headers={**headers, **site_of(request).dated})


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    return {"sd": _SD, **{name: PREFIXES[name] for name in ("dcterms", "rdf")}}


def description(base: str) -> Iterator[Triple]:
    """What the service is, in the vocabulary of SPARQL 1.1 Service Description.

    Args:
        base: the address of the server.
    """
    address = f"{base}/sparql"
    service, graphs = (NamedNode(f"{address}{part}") for part in ("", "#dataset"))

    def say(subject: NamedNode, name: str, value: NamedNode | Literal) -> Triple:
        return Triple(subject, NamedNode(name if ":" in name else _SD + name), value)

    kind = PREFIXES["rdf"] + "type"
    yield say(service, kind, NamedNode(_SD + "Service"))
    yield say(service, "endpoint", service)
    yield say(service, "supportedLanguage", NamedNode(_SD + "SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield say(service, "resultFormat", NamedNode(_FORMATS + name))
    yield say(service, "defaultDataset", graphs)
    yield say(graphs, kind, NamedNode(_SD + "Dataset"))
    yield say(graphs, "defaultGraph", NamedNode(f"{address}#default"))
    yield say(NamedNode(f"{address}#default"), kind, NamedNode(_SD + "Graph"))
    yield say(NamedNode(f"{address}#default"), PREFIXES["dcterms"] + "isPartOf", NamedNode(DATASET))
    for name in NAMED:
        graph = NamedNode(f"{address}#{name.removeprefix(f'{BASE}graph/')}")
        yield say(graphs, "namedGraph", graph)
        yield say(graph, kind, NamedNode(_SD + "NamedGraph"))
        yield say(graph, "name", NamedNode(name))
