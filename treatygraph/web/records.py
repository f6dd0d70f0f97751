"""``/id/…`` and ``/scheme/…``: every record and concept of the graph, as a page or as RDF."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from treatygraph.model import names
from treatygraph.model.errors import UnknownName
from treatygraph.model.terms import BASE, KINDS, SCHEMES, iri
from treatygraph.site.records import SHOWN
from treatygraph.site.urls import Hyperlink, address, local
from treatygraph.web.api import LENGTH
from treatygraph.web.documents import form_of, headers_of, named_form, typed
from treatygraph.web.page import page
from treatygraph.web.problems import Refusal
from treatygraph.web.reading_pages import shown
from treatygraph.web.state import site_of

__all__ = ["ROUTER"]

ROUTER: Final = APIRouter(include_in_schema=False)
_NAME: Final = 500
_LINKS: Final = 100
"""Characters of the key by which a page of back-links is asked for."""


@ROUTER.get("/id/{kind}/{name:path}")
async def record(request: Request, kind: str, name: str) -> Response:
    """A record: a page for people, or what the graph says of it."""
    if kind not in KINDS:
        raise UnknownName("kind of record", kind[:LENGTH], names.nearest(kind[:LENGTH], [(one, one) for one in KINDS]))
    if not name or len(name) > _NAME:
        raise Refusal("not-found", f"a record of the kind '{kind}' has a name of 1 to {_NAME} characters.")
    name, ending = named_form(name)
    form = form_of(request, ending)
    if form == "text/html" and kind in SHOWN and not request.query_params.get("links"):
        found = await _shown(request, kind, name)
        if found:
            return found
    return await _node(request, iri(kind, name), form, (kind, name))


@ROUTER.get("/scheme/{name:path}")
async def concept(request: Request, name: str) -> Response:
    """A concept or a scheme of concepts."""
    if len(name) > _NAME:
        raise Refusal("not-found", f"a concept has a name of at most {_NAME} characters.")
    name, ending = named_form(name)
    return await _node(request, SCHEMES + _quoted(name), form_of(request, ending), ("scheme", name))


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
            response.headers.update(headers_of(address(kind, name), "text/html", iri(kind, name)))
            site.keep_page(key, response)
    return response


async def _node(request: Request, node: str, form: str, named: tuple[str, str]) -> Response:
    """A node of the graph: its statements, what belongs to it, and by kind how much points to it."""
    site, path = site_of(request), "/" + node.removeprefix(BASE)
    links, number = request.query_params.get("links", ""), request.query_params.get("page", "1")
    if len(links) > _LINKS or not number.isdecimal() or len(number) > 5:
        raise Refusal("not-found", "the pages of what points to a record are counted from 1.")
    job = {"job": "node", "node": node, "form": form, "document": site.base(request) + path, "links": links,
           "page": int(number)}  # fmt: skip
    body = (await site.ask(request, job)).body
    if not body:
        raise await _unknown(request, *named)
    headers = {**headers_of(path, form, node, links and f"links={links}&page={int(number)}"), **site.dated}
    if form != "text/html":
        return Response(body, headers={"Content-Type": typed(form), **headers})
    values = json.loads(body)
    if links:
        return _linking(request, node, values, (links, int(number)), headers)
    title = values["title"] or local(node).text
    return page(
        request, "node.html", headers=headers, node=node, name=local(node).text, kind=named[0], path=path, title=title,
        rows=[_row(row) for row in values["own"]],
        parts=[(local(one["address"]), [_row(row) for row in one["rows"]]) for one in values["parts"]],
        back=[{**one, "term": local(one["term"])} for one in values["back"]],
    )  # fmt: skip


def _linking(
    request: Request, node: str, values: dict[str, Any], asked: tuple[str, int], headers: dict[str, str]
) -> Response:
    """A page of what points to a node by one property."""
    return page(
        request, "links.html", headers=headers, node=node, name=local(node), title=values["title"], key=asked[0],
        number=asked[1], pages=values["pages"], count=values["count"], first=(asked[1] - 1) * values["each"] + 1,
        term=local(values["term"]), subjects=[(local(one), label) for one, label in values["subjects"]],
    )  # fmt: skip


def _row(row: tuple[str, str, str, bool]) -> tuple[Hyperlink, Hyperlink, str]:
    """The property, the value, and what the value is called or in which language it is."""
    term, value, label, is_address = row
    return local(term), local(value) if is_address else Hyperlink(value), label


async def _unknown(request: Request, kind: str, name: str) -> UnknownName | Refusal:
    """The error for an address of the graph that nothing has, with the names that come nearest."""
    if kind in SHOWN and len(name) <= LENGTH:
        try:
            found = await site_of(request).call(request, "show", name=name)
        except Refusal as refusal:
            return refusal
        return UnknownName(kind, name, [f"{found['kind']}/{found['id']}"])
    return UnknownName(kind, name[:LENGTH])
