"""The application: routes, the shield around them, and a problem document for whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from treatygraph.graph import Graph
from treatygraph.model.errors import TreatygraphError
from treatygraph.model.version import VERSION
from treatygraph.site import templating
from treatygraph.web import api, dumps, endpoint, pages, reading_pages, reconcile, records, stories, vocabularies
from treatygraph.web.caching import Caching
from treatygraph.web.delivery import Delivery
from treatygraph.web.ledger import Ledger, Requests
from treatygraph.web.limits import Limits
from treatygraph.web.media_types import chosen
from treatygraph.web.middleware import Shield
from treatygraph.web.models import HealthModel, answer_schemas
from treatygraph.web.page import failed
from treatygraph.web.pool import Pool
from treatygraph.web.prefix import Outgoing, incoming
from treatygraph.web.problems import MEDIA_TYPE, Refusal, refusal_of, response
from treatygraph.web.service import ServedFacts, Service
from treatygraph.web.state import Site
from treatygraph.web.traffic import Traffic

__all__ = ["application"]

_LOG: Final = logging.getLogger("treatygraph.web")
_FILES: Final = {
    "static": Path(templating.__file__).resolve().parent / "static",
    "vendor": Path(__file__).resolve().parent / "vendor",
}
"""Folders of files that are sent as they are."""


def application(
    graph: Graph,
    limits: Limits,
    today: Callable[[], date],
    traffic: Traffic | None = None,
    *,
    origin: ServedFacts | None = None,
    log: str = "none",
    address: str = "",
    hosts: Sequence[str] = (),
    prefix: str = "",
    contact: str = "",
) -> ASGIApp:
    """The server's application.

    Args:
        graph: what is served.
        limits: how much a visitor may ask.
        today: the server's one clock: a day that is left out is the one it gives at the time of the request.
        traffic: what the server has in hand, shared with its connections.
        origin: where the graph comes from, so that a newer one can take its place; None: it stays.
        log: what the log has of each request: ``paths``, ``questions`` (with query strings) or ``none``.
        address: under which the world reaches the server, e.g. ``https://treaties.example``; empty: as asked.
        hosts: the host names that the server answers to; empty: any.
        prefix: the path below which the world reaches the server, e.g. ``/treaties``; empty: none.
        contact: where errors in the record are reported: ``mailto:…`` or an address of the web.
    """
    traffic = traffic or Traffic(limits)

    def site_of(served: Graph) -> Site:
        return Site(
            served, Pool(served.home, limits), limits, traffic, today, address.rstrip("/"), prefix, contact=contact
        )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await service.start()
        except (TreatygraphError, OSError) as problem:
            traffic.problem = str(problem)
            raise
        try:
            yield
        finally:
            await service.stop()

    app = FastAPI(
        title="treatygraph", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False,
        description="Which arms control treaties remain between two powers, on any day, with reasons and sources.",
        license_info={"name": "Facts CC BY 4.0, code MIT"},
    )  # fmt: skip
    service = Service(app, graph, site_of, origin)
    for router in (
        pages.ROUTER, stories.ROUTER, endpoint.ROUTER, api.routes(), records.ROUTER, vocabularies.ROUTER,
        dumps.ROUTER, reconcile.ROUTER, reading_pages.ROUTER,
    ):  # fmt: skip
        app.include_router(router)
    app.add_api_route("/health", api.health, tags=["server"], response_class=Response, operation_id="health",
                      summary="Whether the server can answer", responses={200: {"model": HealthModel}})  # fmt: skip
    for path, call, summary in (
        ("/ready", api.ready, "Whether the server takes questions now"),
        ("/metrics", api.metrics, "Counts in the text form of Prometheus"),
    ):
        app.add_api_route(
            path, call, tags=["server"], response_class=Response, include_in_schema=False, summary=summary
        )
    for name, folder in _FILES.items():
        app.mount(f"/{name}", GZipMiddleware(StaticFiles(directory=folder), minimum_size=1000, compresslevel=5))
    _describe(app, prefix)
    _catch(app)

    def served() -> str:
        return f"{VERSION} {app.state.site.graph.home.folder.name}" if hasattr(app.state, "site") else VERSION

    requests = app.state.requests = Requests()
    inner = Delivery(Outgoing(Caching(app), prefix) if prefix else Caching(app), traffic)
    shield = Shield(inner, limits, hosts, served, lambda path: _methods(app, path))
    return Ledger(incoming(shield, prefix), requests, log)


def _methods(app: FastAPI, path: str) -> tuple[str, ...]:
    """The methods that a path takes, over all its routes, as each of them alone knows its own only."""
    scope = {"type": "http", "path": path, "root_path": "", "headers": []}
    taken = {
        method for method in ("GET", "POST") for route in app.routes
        if route.matches({**scope, "method": method})[0] is Match.FULL
    }  # fmt: skip
    return (*(("GET", "HEAD") if "GET" in taken or not taken else ()), *taken & {"POST"}, "OPTIONS")


def _describe(app: FastAPI, prefix: str) -> None:
    """The description of the interface, with problem documents in place of the framework's own errors."""

    def openapi() -> dict[str, Any]:
        if not app.openapi_schema:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes,
                license_info=app.license_info, servers=[{"url": prefix}] if prefix else None,
            )  # fmt: skip
            for operations in made["paths"].values():
                for operation in operations.values():
                    operation["responses"].pop("422", None)
            schemas = made["components"]["schemas"]
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            schemas |= answer_schemas()
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _catch(app: FastAPI) -> None:
    """A problem document, or its page, for every error."""

    async def refused(request: Request, error: Exception) -> Response:
        refusal = _refusal(error)
        headers = dict(getattr(error, "headers", None) or {})
        if refusal.name == "wrong-method":
            headers["Allow"] = ", ".join(_methods(app, request.url.path))
        if _wants_page(request):
            found = failed(request, refusal)
            found.headers.update(headers)
            return found
        return response(refusal, headers)

    for kind in (Refusal, TreatygraphError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, refused)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, TreatygraphError):
        return refusal_of(error)
    if isinstance(error, RequestValidationError):
        places = [f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()]
        return Refusal("bad-request", "; ".join(str(place) for place in places)[:1000])
    if isinstance(error, HTTPException):
        if error.status_code == 405:
            return Refusal("wrong-method", "the address is there, and takes other methods.")
        return Refusal("not-found" if error.status_code == 404 else "bad-request", "there is no such page.")
    return Refusal("server-error", "an error that nobody foresaw; it is in the server's log.")


def _wants_page(request: Request) -> bool:
    """Whether a person asked, by a browser, for what is not an interface of programs."""
    if request.url.path.startswith(
        ("/api/", "/sparql", "/openapi.json", "/.well-known", "/health", "/data/", "/oembed", "/reconcile", "/dumps")
    ):
        return False
    return chosen(request.headers.get("accept", MEDIA_TYPE) or MEDIA_TYPE, (MEDIA_TYPE, "text/html")) == "text/html"
