"""The pages that people begin with: the explorer, two powers and a day, the editor, what programs can ask."""

from __future__ import annotations

import asyncio
import gzip
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from treatygraph.graph import Graph
from treatygraph.queries.catalogue import catalogue, prepared
from treatygraph.web.api import LENGTH, understood
from treatygraph.web.page import failed, page
from treatygraph.web.problems import PROBLEMS, Refusal
from treatygraph.web.state import Site, site_of
from treatygraph.web.urls import Names

__all__ = ["ROUTER", "explorer_of"]

ROUTER: Final = APIRouter(include_in_schema=False)
_RESIZER: Final = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The digest of the one style sheet that the editor writes into its page, for the columns of its table."""
EDITOR: Final = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_RESIZER}; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The content policy of the editor: scripts and style sheets of this server's files alone, as everywhere."""
_ICON: Final = Path(__file__).resolve().parent / "static" / "icon.svg"
_LLMS: Final = Path(__file__).resolve().parent / "static" / "llms.txt"
_lock: Final = asyncio.Lock()
Text = Annotated[str, Query(max_length=LENGTH)]


@ROUTER.get("/")
async def home(request: Request) -> Response:
    """The explorer; where it is not installed, the form."""
    site = site_of(request)
    today = site.today()
    async with _lock:
        made = await asyncio.to_thread(explorer_of, site.graph, today)
    if made is None:
        return await between(request)
    plain, packed, policy = made
    wants = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Content-Security-Policy": policy, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if wants:
        headers["Content-Encoding"] = "gzip"
    return Response(packed if wants else plain, media_type="text/html", headers=headers)


@lru_cache(maxsize=1)
def explorer_of(graph: Graph, today: date) -> tuple[bytes, bytes, str] | None:
    """The explorer's page, the same compressed, and its content policy; None where it is not installed."""
    try:
        explorer = import_module("treatygraph.draw.explorer")
    except ImportError:
        return None
    found = explorer.made(graph, today)
    data = found.html.encode()
    return data, gzip.compress(data, 6, mtime=0), f"{found.policy}; frame-ancestors 'none'"


@ROUTER.get("/between", dependencies=[Depends(understood)])
async def between(
    request: Request, a: Text = "", b: Text = "", on: Text = "", topic: Text = "", reading: Text = ""
) -> Response:
    """Two powers and a day: the answer as a page, without any script."""
    site = site_of(request)
    asked = {"a": a, "b": b, "on": on or site.today().isoformat(), "topic": topic, "reading": reading}
    answer, refusal = None, None
    if a or b:
        try:
            answer = await _answer(request, site, asked)
        except Refusal as found:
            refusal = found
    index = site.graph.index()
    return page(
        "between.html", status=refusal.kind.status if refusal else 200, asked=asked, answer=answer,
        problem=refusal, names=Names(index), powers=_powers(site.graph), topics=_topics(site.graph),
    )  # fmt: skip


async def _answer(request: Request, site: Site, asked: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = await site.call(
        request, "between", first=asked["a"], second=asked["b"], on=asked["on"], topic=asked["topic"] or None,
        reading=asked["reading"] or None, today=site.today().isoformat(),
    )  # fmt: skip
    return found


@lru_cache(maxsize=1)
def _powers(graph: Graph) -> tuple[str, ...]:
    index = graph.index()
    states = [state.name for state in index.existences().values()]
    return tuple(sorted((*states, *(group.title for group in index.groups().values()))))


@lru_cache(maxsize=1)
def _topics(graph: Graph) -> tuple[str, ...]:
    return tuple(graph.index().topics())


@ROUTER.get("/editor")
async def editor(request: Request) -> Response:
    """An editor for SPARQL, with the named questions as tabs."""
    return page("editor.html", policy=EDITOR, questions=_questions(site_of(request).graph))


@lru_cache(maxsize=1)
def _questions(graph: Graph) -> list[dict[str, str]]:
    return [
        {"name": one.name, "summary": one.summary, "query": prepared(graph.index(), one.name, one.examples)}
        for one in catalogue()
        if not one.function
    ]


@ROUTER.get("/api")
async def api(request: Request) -> Response:
    """What programs can ask, with an example of each."""
    paths = request.app.openapi()["paths"]
    rows = [
        (path, method.upper(), operation["summary"], operation.get("tags", ["answers"])[0])
        for path, operations in paths.items()
        for method, operation in operations.items()
    ]
    return page("api.html", rows=rows)


@ROUTER.get("/problem/{name}")
async def problem(name: str) -> Response:
    """What a kind of problem means: the page that the ``type`` of a problem document leads to."""
    if name not in PROBLEMS:
        return failed(Refusal("not-found", f"no problem is called '{name[:LENGTH]}'.", nearest=list(PROBLEMS)))
    return page("problems.html", name=name, kinds=PROBLEMS)


@ROUTER.get("/favicon.ico")
async def icon() -> Response:
    """The icon that browsers ask for where a page names none."""
    return FileResponse(_ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


@ROUTER.get("/llms.txt")
async def llms() -> Response:
    """What a language model should know of this server."""
    return FileResponse(
        _LLMS, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"}
    )


@ROUTER.get("/robots.txt")
async def robots() -> Response:
    """Records may be indexed; what is computed anew for each question may not."""
    return PlainTextResponse(
        "User-agent: *\nDisallow: /sparql\nDisallow: /api\nDisallow: /between\nDisallow: /editor\n"
    )
