"""``/reconcile``: others match the names in their tables with our records (Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from treatygraph.model.terms import BASE, KINDS, ONTOLOGY
from treatygraph.site.reconciling import TYPES, type_of
from treatygraph.web.bodies import form_of, pairs_of
from treatygraph.web.page import EMBED, page
from treatygraph.web.problems import Refusal
from treatygraph.web.state import Site, site_of

__all__ = ["ROUTER"]

ROUTER: Final = APIRouter(include_in_schema=False)
_BATCH: Final = 50
"""Rows in one request, at most."""
_MOST: Final = 25
"""Candidates for a row, and suggestions, at most."""
_FEW: Final = 5
_LENGTH: Final = 300
"""Characters of a name or a value."""
_VALUES: Final = 20
_IDS: Final = 100
"""Records that are extended in one request, at most."""


@ROUTER.get("/reconcile")
@ROUTER.get("/reconcile/")
@ROUTER.post("/reconcile")
@ROUTER.post("/reconcile/")
async def reconcile(request: Request) -> Response:
    """The manifest of the service; the candidates for the rows of ``queries``; the values that ``extend`` asks for."""
    site = site_of(request)
    fields = dict(pairs_of(request.url.query))
    if request.method == "POST":
        fields |= await form_of(request, site.limits)
    if "callback" in fields:
        raise Refusal("bad-request", "JSONP is not spoken here; pages of others may ask without it (CORS).")
    if "queries" in fields:
        return await _answered(request, site, _object(fields["queries"], "queries"))
    if "extend" in fields:
        return await _extended(request, site, _object(fields["extend"], "extend"))
    return _json(_manifest(site.base(request)), site.dated)


def _manifest(base: str) -> dict[str, Any]:
    service = f"{base}/reconcile"
    suggest = {
        name: {"service_url": service, "service_path": f"/suggest/{name}"} for name in ("entity", "property", "type")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "treatygraph",
        "documentation": f"{base}/downloads",
        "identifierSpace": f"{BASE}id/",
        "schemaSpace": ONTOLOGY,
        "defaultTypes": [type_of(name) for name in TYPES],
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 430, "height": 160},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"}, "property_settings": [],
        },
        "batchSize": _BATCH,
    }  # fmt: skip


async def _answered(request: Request, site: Site, queries: Mapping[str, Any]) -> Response:
    if len(queries) > _BATCH:
        raise Refusal("bad-request", f"'queries' has {len(queries)} rows; send at most {_BATCH} at a time.")
    rows = {name: _row(name, query) for name, query in queries.items()}
    return await _asked(request, site, {"what": "rows", "rows": rows})


def _row(name: str, query: Any) -> dict[str, Any]:
    """One query, looked at."""
    if not isinstance(query, dict):
        raise Refusal("bad-request", f'the query \'{name[:40]}\' is no object; write {{"query": "a name"}}.')
    text, types = query.get("query", ""), query.get("type") or []
    if not isinstance(text, str) or not text.strip() or len(text) > _LENGTH:
        raise Refusal("bad-request", f"the query '{name[:40]}' has no name of 1 to {_LENGTH} characters in 'query'.")
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise Refusal("bad-request", f"'type' of the query '{name[:40]}' is no id or list of ids of types.")
    limit = query.get("limit", _FEW)
    if not isinstance(limit, int) or limit < 1:
        raise Refusal("bad-request", f"'limit' of the query '{name[:40]}' is no whole number above 0.")
    known = [one.removeprefix(ONTOLOGY) for one in types]
    return {"text": text, "types": known, "limit": min(limit, _MOST), "properties": _given(name, query)}


def _given(name: str, query: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The properties that a query gives, each with its values as texts."""
    properties = query.get("properties", [])
    if not isinstance(properties, list) or len(properties) > _VALUES:
        raise Refusal("bad-request", f"'properties' of the query '{name[:40]}' is no list of at most {_VALUES}.")
    given = []
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise Refusal("bad-request", f"a property of the query '{name[:40]}' lacks 'pid' or 'v'.")
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = [str(value.get("id", "") if isinstance(value, dict) else value)[:_LENGTH] for value in values[:_VALUES]]
        given.append((one["pid"].removeprefix(ONTOLOGY)[:_LENGTH], texts))
    return given


async def _extended(request: Request, site: Site, extend: Mapping[str, Any]) -> Response:
    ids, properties = extend.get("ids", []), extend.get("properties", [])
    if not _is_texts(ids) or len(ids) > _IDS:
        raise Refusal("bad-request", f"'ids' is no list of at most {_IDS} ids.")
    if not isinstance(properties, list) or len(properties) > _VALUES or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in properties
    ):  # fmt: skip
        raise Refusal("bad-request", f"'properties' is no list of at most {_VALUES} objects with an 'id'.")
    known = [one for one in ids if one.partition("/")[0] in KINDS and len(one) <= _LENGTH]
    names = [one["id"].removeprefix(ONTOLOGY)[:_LENGTH] for one in properties]
    return await _asked(request, site, {"what": "extend", "ids": known, "properties": names})


def _is_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


@ROUTER.get("/reconcile/suggest/{what}")
async def suggest(request: Request, what: str, prefix: str = "", cursor: int = 0) -> Response:
    """Records, properties or types by the beginning of their name."""
    if what not in ("entity", "property", "type"):
        raise Refusal("not-found", "there is no such suggestion.", nearest=["entity", "property", "type"])
    text = prefix.strip()[:_LENGTH]
    if what == "type":
        types = [type_of(name) for name in TYPES if text.lower() in name.lower()]
        return _json({"result": types[max(cursor, 0) :]})
    return await _asked(request, site_of(request), {"what": what, "prefix": text, "limit": _MOST})


@ROUTER.get("/reconcile/properties")
async def properties(request: Request, type: str = "", limit: int = 100) -> Response:
    """The properties that records of a type have, which a table may be extended by."""
    name = type.removeprefix(ONTOLOGY)
    job = {"what": "properties", "type": name, "limit": max(1, min(limit, 1000))}
    return await _asked(request, site_of(request), job)


@ROUTER.get("/reconcile/preview")
async def preview(request: Request, id: str = "") -> Response:
    """A record in a few lines, for a frame in the page of a client.

    Raises:
        Refusal: nothing on record has the id.
    """
    kind, _, name = id[:_LENGTH].partition("/")
    record = await site_of(request).call(request, "show", name=name) if name else {}
    if record.get("kind") != kind or record.get("id") != name:
        raise Refusal("not-found", f"no record has the id '{id[:_LENGTH]}'.")
    return page(request, "reconcile-preview.html", policy=EMBED, record=record)


async def _asked(request: Request, site: Site, job: Mapping[str, Any]) -> Response:
    reply = await site.ask(request, {"job": "reconcile", **job})
    return Response(reply.body, headers={"Content-Type": "application/json", "Cache-Control": "no-cache"})


def _object(text: str, name: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refusal("bad-request", f"'{name}' is no JSON object.")
    return value


def _json(value: Mapping[str, Any] | Sequence[Any], headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, headers={"Content-Type": "application/json", **(headers or {})})
