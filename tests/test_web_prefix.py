"""A server below a path of somebody's site: what comes in loses the path, what goes out gains it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from treatygraph.model.errors import UsageError
from treatygraph.web.prefix import Outgoing, checked, incoming

PAGE = '<a href="/id/state/RUS">Russia</a><form action="/read"><img src="/static/icon.svg"><a href="//x.example/">x</a>'


async def _page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"Link": '</ontology?format=ttl>; rel="alternate"', "Content-Location": "/a?b"})


async def _prefixed(_: Request) -> Response:
    headers = {"Link": "</treaties/a>; rel=x", "Content-Location": "/treaties/b"}
    return HTMLResponse('<a href="/treaties/between">a</a><a href="/x">b</a>', headers=headers)


async def _moved(_: Request) -> Response:
    return RedirectResponse("/id/state/RUS", 301)


async def _plain(request: Request) -> Response:
    return JSONResponse({"path": request.url.path, "href": 'href="/"'})


@pytest.fixture
def site() -> Any:
    routes = [Route("/", _page), Route("/moved", _moved), Route("/plain", _plain)]
    return incoming(Outgoing(Starlette(routes=routes), "/treaties"), "/treaties")


def get(site: Any, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=site), base_url="http://h") as client:
            return await client.get(path)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["/treaties", "/treaties/", "/"])
def test_every_address_in_a_page_gains_the_path(site: Any, path: str) -> None:
    found = get(site, path)
    assert found.text == (
        '<a href="/treaties/id/state/RUS">Russia</a><form action="/treaties/read"><img src="/treaties/static/icon.svg">'
        '<a href="//x.example/">x</a>'
    )
    assert int(found.headers["content-length"]) == len(found.content)
    assert found.headers["link"].startswith("</treaties/ontology?format=ttl>")
    assert found.headers["content-location"] == "/treaties/a?b"


def test_what_has_the_path_keeps_it_once(site: Any) -> None:
    prefixed = Outgoing(Starlette(routes=[Route("/", _prefixed)]), "/treaties")
    found = get(incoming(prefixed, "/treaties"), "/treaties/")
    assert found.text == '<a href="/treaties/between">a</a><a href="/treaties/x">b</a>'
    assert (found.headers["link"], found.headers["content-location"]) == ("</treaties/a>; rel=x", "/treaties/b")


def test_a_redirect_stays_below_the_path(site: Any) -> None:
    assert get(site, "/treaties/moved").headers["location"] == "/treaties/id/state/RUS"


def test_what_is_no_page_is_left_alone(site: Any) -> None:
    assert get(site, "/treaties/plain").json() == {"path": "/plain", "href": 'href="/"'}
    assert get(site, "/treatiesplain").status_code == 404


@pytest.mark.parametrize("prefix", ["treaties", "/a b", "/..", "/a//b", '/"', "/a?b"])
def test_what_is_no_path_is_refused(prefix: str) -> None:
    with pytest.raises(UsageError, match="--root-path"):
        checked(prefix)
    assert (checked("/treaties/"), checked("/"), checked("")) == ("/treaties", "", "")
