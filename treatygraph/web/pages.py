"""The pages that people begin with: the first one, the explorer, the form, the editor, what programs can ask."""

from __future__ import annotations

import asyncio
import gzip
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from treatygraph.graph import Graph
from treatygraph.queries.catalogue import catalogue, prepared
from treatygraph.site import templating
from treatygraph.site.sitemap import paths_of, sitemap_of
from treatygraph.web.api import LENGTH, QUESTION, understood
from treatygraph.web.page import LANGUAGE, PAGE, failed, page
from treatygraph.web.problems import PROBLEMS, Refusal
from treatygraph.web.reading_pages import QUERIES, fields_of, shown
from treatygraph.web.state import site_of
from treatygraph.web.vocabularies import completions

__all__ = ["ROUTER", "Explorer", "explorer_of"]

ROUTER: Final = APIRouter(include_in_schema=False)
_RESIZER: Final = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The digest of the one style sheet that the editor writes into its page, for the columns of its table."""
EDITOR: Final = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_RESIZER}; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The content policy of the editor: scripts and style sheets of this server's files alone, as everywhere."""
_ICON: Final = Path(templating.__file__).resolve().parent / "static" / "icon.svg"
_LLMS: Final = Path(templating.__file__).resolve().parent / "static" / "llms.txt"
_lock: Final = asyncio.Lock()
Explorer = tuple[str, dict[str, tuple[bytes, bytes]]]
"""The explorer's page, and each of its files as it is and compressed."""


@ROUTER.get("/")
async def home(request: Request) -> Response:
    """Three doors: two powers, one treaty, one state; and one search for all."""
    fields_of(request, (LANGUAGE,))
    return await shown(request, "home", {})


@ROUTER.get("/explorer")
async def explorer(request: Request) -> Response:
    """The explorer: one page that works the answers out by itself, from the whole record.

    Raises:
        Refusal: it is not installed.
    """
    html, _ = await _explorer(request)
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE, "Cache-Control": "no-cache"})


@ROUTER.get("/data/explorer/{name}")
async def explorer_part(request: Request, name: str) -> Response:
    """A file of the explorer: its style and script, and the record in two parts.

    Raises:
        Refusal: it is not installed, or has no such part.
    """
    _, parts = await _explorer(request)
    if name not in parts:
        raise Refusal("not-found", f"the explorer has no part '{name[:LENGTH]}'.", nearest=list(parts))
    plain, packed = parts[name]
    wants = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if wants else {})}
    return Response(packed if wants else plain, media_type=_PARTS[name.rpartition(".")[2]], headers=headers)


_PARTS: Final = {"css": "text/css", "js": "text/javascript", "json": "application/json"}


async def _explorer(request: Request) -> Explorer:
    site = site_of(request)
    async with _lock:
        page_and_parts = await asyncio.to_thread(explorer_of, site.graph, site.today())
    if page_and_parts is None:
        raise Refusal("not-found", "the explorer is not installed here; the pages of two powers need no script.")
    return page_and_parts


@lru_cache(maxsize=1)
def explorer_of(graph: Graph, today: date) -> Explorer | None:
    """The explorer's page, and its files as they are and compressed; None where it is not installed."""
    try:
        explorer = import_module("treatygraph.draw.explorer")
    except ImportError:
        return None
    page = explorer.in_parts(graph, today, '<a href="/">All pages</a>. <a href="/ask">Ask a plain question</a>. ')
    parts = {name: text.encode() for name, text in page.parts.items()}
    return page.html, {name: (data, gzip.compress(data, 9, mtime=0)) for name, data in parts.items()}


@ROUTER.get("/between")
async def between(request: Request) -> Response:
    """Two powers and a day as a form asks them; the address of the answer is that of its path."""
    asked = fields_of(request, ("a", "b", *QUERIES["between"], LANGUAGE))
    asked.pop(LANGUAGE, None)
    if not (asked.get("a") or asked.get("b")):
        return await shown(request, "form", {name: value for name, value in asked.items() if value})
    return await shown(request, "between", {"a": "", "b": "", **{key: value for key, value in asked.items() if value}})


@ROUTER.get("/ask", dependencies=[Depends(understood)])
async def ask(request: Request, question: Annotated[str, Query(max_length=QUESTION)] = "") -> Response:
    """A plain question: the answer as a page, without any script."""
    site = site_of(request)
    answer, refusal = None, None
    if question.strip():
        try:
            answer = await site.call(request, "ask", text=question, today=site.today().isoformat())
        except Refusal as found:
            refusal = found
    status = refusal.kind.status if refusal else 200
    return page(request, "ask.html", status=status, question=question, answer=answer, problem=refusal)


@ROUTER.get("/editor")
async def editor(request: Request) -> Response:
    """An editor for SPARQL, with the named questions as tabs."""
    return page(
        request, "editor.html", policy=EDITOR, questions=_questions(site_of(request).graph), terms=completions()
    )


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
    examples = {f"/api/query/{one.name}": urlencode(one.examples) for one in catalogue()}
    rows = [
        (path, method.upper(), operation["summary"], examples.get(path, ""))
        for path, operations in paths.items()
        for method, operation in operations.items()
    ]
    return page(request, "api.html", rows=rows)


@ROUTER.get("/problem/{name}")
async def problem(request: Request, name: str) -> Response:
    """What a kind of problem means: the page that the ``type`` of a problem document leads to."""
    if name not in PROBLEMS:
        return failed(request, Refusal("not-found", f"no problem is called '{name[:LENGTH]}'.", nearest=list(PROBLEMS)))
    return page(request, "problems.html", name=name, kinds=PROBLEMS)


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
async def robots(request: Request) -> Response:
    """Pages and records may be indexed; what is computed anew for each question of a program may not."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/sparql", "/api/", "/between?", "/search", "/ask", "/read", "/editor")),
    ]
    return PlainTextResponse("\n".join((*lines, f"Sitemap: {site_of(request).base(request)}/sitemap.xml", "")))


@ROUTER.get("/sitemap.xml")
async def sitemap(request: Request) -> Response:
    """The pages for readers that are not computed from a day or a pair: lists, instruments, states, people, topics."""
    site = site_of(request)
    text = await asyncio.to_thread(sitemap_of, paths_of(site.graph.index()), site.base(request))
    return Response(text, media_type="application/xml")
