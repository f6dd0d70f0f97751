"""``/id/…``, ``/scheme/…``, ``/ontology``: every address of the graph, as a page or as RDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import pyoxigraph
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from treatygraph.build.edition import edition_of
from treatygraph.model import names
from treatygraph.model.errors import UnknownName
from treatygraph.model.folders import room
from treatygraph.model.terms import BASE, DATASET, KINDS, PREFIXES, SCHEMES, iri
from treatygraph.model.version import Edition
from treatygraph.site.records import SHOWN
from treatygraph.site.urls import Hyperlink, address, local
from treatygraph.web.api import LENGTH
from treatygraph.web.media_types import GRAPHS, SHORT, chosen
from treatygraph.web.page import page
from treatygraph.web.problems import Refusal
from treatygraph.web.protocol import accept_of
from treatygraph.web.reading_pages import shown
from treatygraph.web.state import site_of

__all__ = ["ROUTER"]

ROUTER: Final = APIRouter(include_in_schema=False)
_NAME: Final = 500
_ROWS: Final = 1000
_LABELS: Final = "rdfs:label|skos:prefLabel|tg:shortTitle|dcterms:title|skos:notation"
_NEIGHBOURS: Final = """SELECT ?way ?term ?value (SAMPLE(?name) AS ?label) WHERE {{
  {{ <{0}> ?term ?value BIND("out" AS ?way) }} UNION {{ ?value ?term <{0}> BIND("in" AS ?way) }}
  OPTIONAL {{ ?value {1} ?name }}
}} GROUP BY ?way ?term ?value ORDER BY DESC(?way) ?term ?value LIMIT {2}"""
_GRAPH: Final = """CONSTRUCT {{ <{0}> ?p ?o . ?s ?q <{0}> }} WHERE {{ {{ <{0}> ?p ?o }} UNION {{ ?s ?q <{0}> }} }}"""


@ROUTER.get("/id/{kind}/{name:path}")
async def record(request: Request, kind: str, name: str) -> Response:
    """A record: a page for people, or what the graph says of it."""
    if kind not in KINDS:
        raise UnknownName("kind of record", kind[:LENGTH], names.nearest(kind[:LENGTH], [(one, one) for one in KINDS]))
    if not name or len(name) > _NAME:
        raise Refusal("not-found", f"a record of the kind '{kind}' has a name of 1 to {_NAME} characters.")
    form = _form(request)
    if form == "text/html" and kind in SHOWN:
        shown = await _shown(request, kind, name)
        if shown:
            return shown
    return await _node(request, iri(kind, name), form, (kind, name))


@ROUTER.get("/scheme/{name:path}")
async def concept(request: Request, name: str) -> Response:
    """A concept or a scheme of concepts."""
    if len(name) > _NAME:
        raise Refusal("not-found", f"a concept has a name of at most {_NAME} characters.")
    return await _node(request, SCHEMES + _quoted(name), _form(request), ("scheme", name))


@ROUTER.get("/graph/derived")
@ROUTER.get("/dataset")
@ROUTER.get("/dataset/{part}")
async def dataset() -> Response:
    """What the dataset is stands in its description."""
    return RedirectResponse("/.well-known/void", 303)


@ROUTER.get("/ontology")
async def ontology(request: Request) -> Response:
    """The classes and properties, and the concepts."""
    form = _form(request)
    if form == "text/html":
        return page(
            request,
            "ontology.html",
            terms=_terms(),
            headers={"Vary": "Accept", "Content-Location": "/ontology?format=html"},
        )
    return _rdf(_ontology(), form, "/ontology")


@ROUTER.get("/.well-known/void")
async def void(request: Request) -> Response:
    """The description of the dataset (VoID, DCAT), with where it can be asked."""
    site = site_of(request)
    form = chosen(accept_of(request, request.query_params.get("format", "")), GRAPHS) or "text/turtle"
    return _rdf(
        _void(site.base(request), str(site.graph.build.manifest["quads"]), edition_of(site.graph.index())),
        form,
        "/.well-known/void",
    )


def _form(request: Request) -> str:
    form = chosen(accept_of(request, request.query_params.get("format", "")), ("text/html", *GRAPHS))
    if form is None:
        raise Refusal(
            "not-acceptable", "the record has none of the forms that were asked for.", offered=["text/html", *GRAPHS]
        )
    return form


def _quoted(name: str) -> str:
    return iri("source", name or "-").removeprefix(f"{BASE}id/source/")


async def _shown(request: Request, kind: str, name: str) -> Response | None:
    """The page of a record; None where no record of the kind has the name."""
    site = site_of(request)
    if len(name) > LENGTH:
        return None
    key = (kind, name, site.today().isoformat(), request.query_params.get("lang", "en"), site.base(request))
    response = site.kept_page(key)
    if response is None:
        response = await shown(request, "record", {"kind": kind, "name": name})
        if response.status_code == 404:
            return None
        if response.status_code == 200:
            response.headers.update(_headers(address(kind, name), "html", iri(kind, name)))
            site.keep_page(key, response)
    return response


async def _node(request: Request, node: str, form: str, named: tuple[str, str]) -> Response:
    """A node of the graph with its neighbours, both ways."""
    path = "/" + node.removeprefix(BASE)
    if form != "text/html":
        job = {"job": "sparql", "text": _GRAPH.format(node), "rows": None, "graph": form}
        reply = await site_of(request).ask(request, job)
        if not any(True for _ in pyoxigraph.parse(reply.body, format=GRAPHS[form])):
            raise await _unknown(request, *named)
        return Response(reply.body, headers={"Content-Type": _typed(form), **_headers(path, _short(form), node)})
    text = _NEIGHBOURS.format(node, _LABELS, _ROWS)
    job = {"job": "sparql", "text": text, "rows": "application/sparql-results+json", "graph": None}
    rows = json.loads((await site_of(request).ask(request, job)).body)["results"]["bindings"]
    rows = [row for row in rows if "value" in row]
    if not rows:
        raise await _unknown(request, *named)
    return page(
        request, "node.html", headers=_headers(path, "html", node), node=node, name=local(node).text, kind=named[0],
        title=_title(rows) or local(node).text, rows=[_row(row) for row in rows], cut=len(rows) == _ROWS,
    )  # fmt: skip


def _title(rows: Sequence[dict[str, Any]]) -> str:
    named = ("label", "prefLabel", "title", "gist", "text")
    own = {
        row["term"]["value"].rpartition("#")[2]: row["value"]["value"] for row in rows if row["way"]["value"] == "out"
    }
    return next((own[name] for name in named if name in own), "")


def _row(row: dict[str, Any]) -> tuple[str, Hyperlink, Hyperlink, str]:
    """Which way, the term, the value, and what the value is called."""
    value = row["value"]
    shown = local(value["value"]) if value["type"] == "uri" else Hyperlink(value["value"])
    label = row.get("label", {}).get("value", "")
    return row["way"]["value"], _term(row["term"]["value"]), shown, "" if label == shown.text else label


def _term(address_of: str) -> Hyperlink:
    found = local(address_of)
    prefix = next((f"{name}:" for name, start in PREFIXES.items() if address_of.startswith(start)), "")
    return Hyperlink(prefix + address_of.rpartition("#")[2].rpartition("/")[2], found.address)


async def _unknown(request: Request, kind: str, name: str) -> Exception:
    """The refusal of a name that is not on record, with the nearest ones."""
    if kind in SHOWN and len(name) <= LENGTH:
        try:
            found = await site_of(request).call(request, "show", name=name)
        except Refusal as refusal:
            return refusal
        return UnknownName(kind, name, [f"{found['kind']}/{found['id']}"])
    return UnknownName(kind, name[:LENGTH])


def _headers(path: str, short: str, node: str) -> dict[str, str]:
    """The document is here; the thing that it is about is elsewhere, under an address that stays."""
    others = (f'<{path}?format={name}>; rel="alternate"; type="{form}"' for name, form in _SHORTS.items())
    about = f'<{node}>; rel="describes"'
    return {"Vary": "Accept", "Content-Location": f"{path}?format={short}", "Link": ", ".join((about, *others))}


_SHORTS: Final = {name: form for name, form in SHORT.items() if form in GRAPHS or form == "text/html"}


def _short(form: str) -> str:
    return next(name for name, of in _SHORTS.items() if of == form)


def _typed(form: str) -> str:
    return f"{form}; charset=utf-8" if form.startswith("text/") else form


def _rdf(triples: Sequence[pyoxigraph.Triple], form: str, path: str) -> Response:
    made = pyoxigraph.serialize(triples, format=GRAPHS[form], prefixes=dict(PREFIXES)) or b""
    headers = {"Content-Type": _typed(form), "Vary": "Accept", "Content-Location": f"{path}?format={_short(form)}"}
    return Response(made, headers=headers)


@lru_cache(maxsize=1)
def _ontology() -> tuple[pyoxigraph.Triple, ...]:
    found = [
        quad.triple
        for name in ("treatygraph.ttl", "schemes.ttl")
        for quad in pyoxigraph.parse(path=str(room("ontology") / name), format=pyoxigraph.RdfFormat.TURTLE)
    ]
    return tuple(sorted(set(found), key=str))


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, Any], ...]:
    """Each class and property with what is said of it, in order of name."""
    found: dict[str, dict[str, Any]] = {}
    for triple in _ontology():
        node = str(getattr(triple.subject, "value", ""))
        if node.startswith(f"{BASE}ontology#"):
            said = found.setdefault(node, {"name": node.rpartition("#")[2], "iri": node})
            said.setdefault(_term(triple.predicate.value).text, []).append(_shown_value(triple.object))
    return tuple(sorted(found.values(), key=lambda term: (term["name"][0].islower(), term["name"].lower())))


def _shown_value(value: object) -> Hyperlink:
    return _term(value.value) if isinstance(value, pyoxigraph.NamedNode) else Hyperlink(getattr(value, "value", ""))


def _void(base: str, triples: str, edition: Edition) -> tuple[pyoxigraph.Triple, ...]:
    path = str(room("ontology") / "dataset.ttl")
    found = [quad.triple for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)]
    node = pyoxigraph.NamedNode
    about, start = node(DATASET), "http://rdfs.org/ns/void#"
    build = f"graph-{edition.digest}"
    day = pyoxigraph.Literal(edition.day, datatype=node(PREFIXES["xsd"] + "date"))
    count = pyoxigraph.Literal(triples, datatype=node(PREFIXES["xsd"] + "integer"))
    found += [
        pyoxigraph.Triple(about, node(start + "sparqlEndpoint"), node(f"{base}/sparql")),
        pyoxigraph.Triple(about, node(start + "triples"), count),
        pyoxigraph.Triple(about, node(PREFIXES["dcterms"] + "identifier"), pyoxigraph.Literal(build)),
        pyoxigraph.Triple(about, node(PREFIXES["owl"] + "versionInfo"), pyoxigraph.Literal(edition.version)),
        pyoxigraph.Triple(about, node("http://www.w3.org/ns/dcat#version"), pyoxigraph.Literal(edition.version)),
        pyoxigraph.Triple(about, node(PREFIXES["dcterms"] + "issued"), day),
    ]
    return tuple(sorted(set(found), key=str))
