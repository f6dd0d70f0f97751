"""``/ontology``, ``/shapes``, ``/context.jsonld``, ``/dataset``: what the graph is made of, in every form of RDF."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import pyoxigraph
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from treatygraph.export.rdf import CONTEXT_FILE
from treatygraph.model.folders import room
from treatygraph.model.terms import BASE, DATASET, ONTOLOGY, PREFIXES
from treatygraph.model.version import VERSION
from treatygraph.site.urls import Hyperlink, local
from treatygraph.web.dataset import described
from treatygraph.web.documents import SHORTS, document, form_of, headers_of
from treatygraph.web.page import page
from treatygraph.web.problems import Refusal
from treatygraph.web.state import site_of

__all__ = ["ROUTER", "completions"]

ROUTER: Final = APIRouter(include_in_schema=False)
_FILES: Final = {"ontology": ("treatygraph.ttl", "schemes.ttl", "rules.ttl"), "shapes": ("shapes.ttl",)}
"""The files of each document."""
_TYPE: Final = PREFIXES["rdf"] + "type"
_LABEL: Final = PREFIXES["rdfs"] + "label"
_USUAL: Final = {
    "rdfs:label": "label, in English", "skos:altLabel": "other name", "skos:prefLabel": "label of a concept",
    "skos:notation": "id of a concept", "skos:broader": "broader concept", "skos:exactMatch": "the same elsewhere",
}  # fmt: skip
"""Properties of others that the graph uses most."""


@ROUTER.get("/context.jsonld")
@ROUTER.get("/ontology/context.jsonld")
async def context(request: Request) -> Response:
    """The context of the exports in JSON-LD."""
    body = (room("ontology") / CONTEXT_FILE).read_bytes()
    return Response(body, headers={"Content-Type": "application/ld+json", **site_of(request).dated})


@ROUTER.get("/ontology")
@ROUTER.get("/ontology.{ending}")
@ROUTER.get(f"/ontology/{VERSION}")
async def ontology(request: Request, ending: str = "") -> Response:
    """The classes and properties, with the concepts and rules; its version here is that of the program."""
    form = form_of(request, _known(ending))
    if form == "text/html":
        headers = headers_of("/ontology", form, f"{BASE}ontology")
        return page(request, "ontology.html", terms=_terms(), headers=headers)
    return document(request, _triples("ontology"), form, "/ontology", f"{BASE}ontology")


@ROUTER.get("/shapes")
@ROUTER.get("/shapes.{ending}")
async def shapes(request: Request, ending: str = "") -> Response:
    """What a complete record has, as SHACL."""
    return document(
        request, _triples("shapes"), form_of(request, _known(ending), page=False), "/shapes", f"{BASE}shapes"
    )


@ROUTER.get("/graph/{_:path}")
async def graph() -> Response:
    """What a named graph holds stands in the description of the dataset."""
    return RedirectResponse("/dataset", 303)


@ROUTER.get("/.well-known/void")
@ROUTER.get("/dataset")
@ROUTER.get("/dataset.{ending}")
@ROUTER.get("/dataset/{_:path}")
async def dataset(request: Request, ending: str = "") -> Response:
    """The description of the dataset (VoID, DCAT), with where it can be asked and taken; for people a page."""
    form = form_of(request, _known(ending), page=request.url.path != "/.well-known/void")
    if form == "text/html":
        return RedirectResponse("/downloads", 303, {"Vary": "Accept"})
    triples, is_counted = await described(request)
    answer = document(request, triples, form, "/dataset", DATASET)
    if not is_counted:  # it will say more once the figures are there
        del answer.headers["Last-Modified"]
        answer.headers["Cache-Control"] = "no-cache"
    return answer


def _known(ending: str) -> str:
    if ending and ending not in SHORTS:
        raise Refusal("not-found", f"there is no form '{ending[:20]}' of it.", nearest=list(SHORTS))
    return ending


@lru_cache(maxsize=4)
def _triples(name: str) -> tuple[pyoxigraph.Triple, ...]:
    triples = {
        quad.triple
        for file in _FILES[name]
        for quad in pyoxigraph.parse(path=str(room("ontology") / file), format=pyoxigraph.RdfFormat.TURTLE)
    }
    return tuple(sorted(triples, key=str))


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, Any], ...]:
    """Each class and property with what is said of it, in order of name."""
    terms: dict[str, dict[str, Any]] = {}
    for triple in _triples("ontology"):
        node = str(getattr(triple.subject, "value", ""))
        if node.startswith(f"{BASE}ontology#"):
            said = terms.setdefault(node, {"name": node.rpartition("#")[2], "iri": node})
            said.setdefault(local(triple.predicate.value).text, []).append(_shown_value(triple.object))
    return tuple(sorted(terms.values(), key=lambda term: (term["name"][0].islower(), term["name"].lower())))


@lru_cache(maxsize=1)
def completions() -> tuple[dict[str, str], ...]:
    """What the editor completes: each class and property of ours by its short name, with its label."""
    kinds, labels = dict[str, str](), dict[str, str]()
    for triple in _triples("ontology"):
        node, value = str(getattr(triple.subject, "value", "")), str(getattr(triple.object, "value", ""))
        if node.startswith(ONTOLOGY) and triple.predicate.value == _TYPE:
            kinds[node] = "class" if value.endswith("#Class") else kinds.get(node, "property")
        elif node.startswith(ONTOLOGY) and triple.predicate.value == _LABEL:
            labels[node] = value
    ours = ({"name": f"tg:{node.removeprefix(ONTOLOGY)}", "label": labels[node], "kind": kinds[node]} for node in kinds)
    usual = ({"name": name, "label": label, "kind": "property"} for name, label in _USUAL.items())
    return tuple(sorted((*ours, *usual), key=lambda term: term["name"]))


def _shown_value(value: Any) -> Hyperlink:
    return local(value.value) if isinstance(value, pyoxigraph.NamedNode) else Hyperlink(value.value)
