"""The pages for readers at their paths, what is under them as data and pictures, and what others may show of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from treatygraph.graph import Graph
from treatygraph.model import names
from treatygraph.site.bar import EMBEDDABLE
from treatygraph.site.feeds import FEED_FORMS, GENERAL
from treatygraph.site.forms import FIRST_PICTURE, MEDIA_TYPES, PICTURES
from treatygraph.site.lists import LISTS
from treatygraph.site.search import names_data
from treatygraph.web.page import EMBED, LANGUAGE, PAGE, setting_of, values_of
from treatygraph.web.painter import painted
from treatygraph.web.problems import Refusal
from treatygraph.web.state import site_of

__all__ = ["QUERIES", "ROUTER", "fields_of", "shown"]

ROUTER: Final = APIRouter(include_in_schema=False)
LENGTH: Final = 200
"""Characters of a name, at most."""
_PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "between": ("a", "b", "on"), "instrument": ("instrument", "on"), "state": ("state", "on"), "group": ("group", "on"),
    "person": ("person",), "topic": ("topic", "on"),
}  # fmt: skip
"""What stands in the path of a page, in order; a day may be left out."""
QUERIES: Final[Mapping[str, tuple[str, ...]]] = {
    "between": ("topic", "reading", "scope", "binding", "known", "on", "then", "c", "d"),
    "instrument": ("reading", "on"),
    "state": ("since", "on"), "group": ("on",), "topic": ("on",),
}  # fmt: skip
"""What a page takes beside its path."""
_WORDS: Final = {"true": "true", "false": "", "on": "true", "1": "true", "": ""}
_PICTURES: Final = ("svg", "png")
_FRAME: Final = (640, 480)
"""Width and height of an embedded answer where nobody says which."""


async def shown(request: Request, name: str, arguments: Mapping[str, str], *, embedded: bool = False) -> Response:
    """A page of the site, made by a worker.

    Raises:
        Refusal: a name is unknown, a value is wrong, or a limit was met.
    """
    setting = setting_of(request, embedded=embedded)
    job = {"job": "page", "name": name, "arguments": dict(arguments), "setting": values_of(setting)}
    reply = await site_of(request).ask(request, job)
    if reply.head["moved"]:
        return RedirectResponse(setting.links(reply.head["moved"]) or "/", reply.head["status"])
    here, plain = unquote(request.url.path).removeprefix(setting.links.root), reply.head["path"].partition("?")[0]
    if name in _PATHS and not embedded and here != plain:
        # One address for one answer: "/between/us/russia" is "/between/USA/RUS", and what a form asks is that too.
        moved = 301 if here.startswith(f"/{name}/") else 303
        return RedirectResponse(setting.links(reply.head["path"]) or "/", moved)
    policy = EMBED if embedded else PAGE
    return HTMLResponse(
        reply.body, reply.head["status"], {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    )


def _arguments(request: Request, page: str, parts: list[str]) -> dict[str, str]:
    """What a page is asked, from the parts of its path and its query; a part too many or unknown is refused."""
    slots, takes = _PATHS[page], QUERIES.get(page, ())
    least = len([slot for slot in slots if slot != "on"])
    if not least <= len(parts) <= len(slots) or not all(parts):
        wanted = "/".join((page, *(f"{{{slot}}}" for slot in slots)))
        raise Refusal("not-found", f"there is no such page; the address is /{wanted}, and the day may be left out.")
    asked = dict(zip(slots, parts, strict=False))
    for name, value in fields_of(request, (*takes, LANGUAGE)).items():
        if name == LANGUAGE or not value:
            continue
        if name == "on" and "on" in asked:
            raise Refusal("bad-request", f"the day stands in the path already, as '{asked['on']}'; leave 'on' out.")
        asked[name] = _word(name, value)
    return asked


def fields_of(request: Request, takes: tuple[str, ...]) -> dict[str, str]:
    """The query, each name once and each of them known.

    Raises:
        Refusal: it names the parameter, and those that there are.
    """
    fields: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in takes:
            near = names.nearest(name, [(one, one) for one in takes])
            raise Refusal(
                "bad-request", f"'{name[:LENGTH]}' is no parameter of this page; it takes {', '.join(takes)}.",
                nearest=list(near),
            )  # fmt: skip
        if name in fields:
            raise Refusal("bad-request", f"the parameter '{name}' is given more than once.")
        if len(value) > LENGTH:
            raise Refusal("bad-request", f"the value of '{name}' is longer than {LENGTH} characters.")
        fields[name] = value
    return fields


def _word(name: str, value: str) -> str:
    if name != "binding":
        return value
    if value not in _WORDS:
        raise Refusal(
            "bad-request", f"'{value}' is no value of 'binding'; write true or false.", nearest=["true", "false"]
        )
    return _WORDS[value]


def _parts(rest: str) -> list[str]:
    if len(rest) > 4 * LENGTH or "\0" in rest:
        raise Refusal("not-found", "there is no such page.")
    return rest.split("/")


def _form_of(parts: list[str]) -> tuple[list[str], str]:
    """The parts of a path, and the ending of the last one where it is that of a form."""
    for form in sorted((*MEDIA_TYPES, *_PICTURES), key=len, reverse=True):  # "feed.json" before "json"
        last = parts[-1].removesuffix(f".{form}")
        if last and last != parts[-1]:
            return [*parts[:-1], last], form
    return parts, ""


async def reading(request: Request, rest: str) -> Response:
    """A page at its path; with an ending, its answer as data or as a picture."""
    page = request.scope["route"].name
    parts, form = _form_of(_parts(rest))
    if form in _PICTURES:
        named = parts[-1] in PICTURES
        picture = parts[-1] if named else FIRST_PICTURE.get(page, "preview")
        return await _picture(request, page, _arguments(request, page, parts[:-1] if named else parts), picture, form)
    asked = _arguments(request, page, parts)
    return await (_data(request, page, asked, form) if form else shown(request, page, asked))


for _page in _PATHS:
    ROUTER.add_api_route(f"/{_page}/{{rest:path}}", reading, methods=["GET"], name=_page, include_in_schema=False)


async def _data(request: Request, page: str, asked: Mapping[str, str], form: str) -> Response:
    job = {
        "job": "data",
        "name": page,
        "arguments": dict(asked),
        "form": form,
        "setting": values_of(setting_of(request)),
    }
    reply = await site_of(request).ask(request, job)
    return Response(reply.body, headers={"Content-Type": MEDIA_TYPES[form], "Cache-Control": "no-cache"})


@ROUTER.get("/feeds/{name}")
async def feed(request: Request, name: str) -> Response:
    """What changed in the whole record, and what is due, as a feed or a calendar."""
    fields_of(request, (LANGUAGE,))
    parts, form = _form_of(_parts(name))
    if parts[0] not in GENERAL or form not in FEED_FORMS:
        known = [f"/feeds/{one}.{ending}" for one in GENERAL for ending in FEED_FORMS]
        raise Refusal("not-found", "there is no such feed.", nearest=known)
    return await _data(request, parts[0], {}, form)


async def _picture(request: Request, page: str, asked: Mapping[str, str], picture: str, form: str) -> Response:
    job = {
        "job": "drawing", "name": page, "arguments": dict(asked), "picture": picture, "form": form,
        "setting": values_of(setting_of(request)),
    }  # fmt: skip
    reply = await site_of(request).ask(request, job)
    if form == "svg":
        return Response(reply.body, headers={"Content-Type": "image/svg+xml", "Cache-Control": "no-cache"})
    sharp = 1 if picture == "preview" else 2
    return Response(
        await painted(reply.body, reply.head["width"] * sharp),
        headers={"Content-Type": "image/png", "Cache-Control": "no-cache"},
    )


@ROUTER.get("/preview.png")
async def preview(request: Request) -> Response:
    """The picture that a link to the first page shows."""
    return await _picture(request, "home", {}, "preview", "png")


@ROUTER.get("/embed/{page}/{rest:path}")
async def embedded(request: Request, page: str, rest: str) -> Response:
    """An answer for the pages of others: no form, no script, and the one thing here that a frame may hold."""
    if page not in EMBEDDABLE:
        raise Refusal(
            "not-found", "there is no such answer to embed.", nearest=[f"/embed/{one}/" for one in EMBEDDABLE]
        )
    return await shown(request, page, _arguments(request, page, _parts(rest)), embedded=True)


@ROUTER.get("/oembed")
async def oembed(request: Request) -> Response:
    """How a link to an answer is shown within another page (oEmbed 1.0)."""
    fields = fields_of(request, ("url", "format", "maxwidth", "maxheight"))
    if fields.get("format", "json") != "json":
        raise Refusal("not-found", "oEmbed is answered as JSON only; leave 'format' out.")
    setting = setting_of(Request({**request.scope, "query_string": b""}))
    address = urlsplit(fields.get("url", ""))
    path = address.path.removeprefix(setting.links.root)
    page, _, rest = path.strip("/").partition("/")
    if page not in EMBEDDABLE or f"{address.scheme}://{address.netloc}" != setting.base:
        raise Refusal("not-found", f"'{fields.get('url', '')[:LENGTH]}' is no address of an answer of this site.")
    inner = Request({**request.scope, "query_string": address.query.encode()})
    asked = _arguments(inner, page, [unquote(part) for part in rest.split("/")])
    job = {"job": "data", "name": page, "arguments": asked, "form": "json", "setting": values_of(setting)}
    answer = json.loads((await site_of(request).ask(request, job)).body)
    width, height = (
        min(_size(fields, name), most) for name, most in zip(("maxwidth", "maxheight"), _FRAME, strict=True)
    )
    title = str(answer["answer"])
    source = setting.absolute(f"/embed{path}") + (f"?{address.query}" if address.query else "")
    escaped = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    query = "&".join(f"{name}={value}" for name, value in parse_qsl(address.query))
    found: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": title, "provider_name": "treatygraph",
        "provider_url": setting.absolute("/"), "width": width, "height": height, "cache_age": 3600,
        "html": f'<iframe src="{source.replace("&", "&amp;") if query else source}" title="{escaped}" width="{width}" '
        f'height="{height}" loading="lazy"></iframe>',
    }  # fmt: skip
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")


def _size(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "10000")
    if not text.isdecimal() or int(text[:6]) == 0:
        raise Refusal("bad-request", f"'{text[:LENGTH]}' is no number of pixels for '{name}'.")
    return int(text[:6])


@ROUTER.get("/search")
async def search(request: Request) -> Response:
    """What a text leads to; the page itself where it is the name of one record, or of two powers."""
    fields = fields_of(request, ("q", LANGUAGE))
    return await shown(request, "search", {"q": fields.get("q", "")})


@ROUTER.get("/instrument", name="instrument")
@ROUTER.get("/state", name="state")
async def door(request: Request) -> Response:
    """One treaty or one state by its name, as the forms of the first page ask."""
    page = request.scope["route"].name
    fields = fields_of(request, ("name", LANGUAGE))
    if not fields.get("name"):
        return RedirectResponse(setting_of(request).links(f"/records/{page}s") or "/", 303)
    return await shown(request, page, {page: fields["name"]})


@ROUTER.get("/records")
@ROUTER.get("/records/{name}")
async def records(request: Request, name: str = "") -> Response:
    """The lists of records."""
    fields_of(request, (LANGUAGE,))
    if name and name not in LISTS:
        raise Refusal("not-found", f"no list is called '{name[:LENGTH]}'.", nearest=list(LISTS))
    return await shown(request, "records", {"list": name})


@ROUTER.get("/questions")
@ROUTER.get("/questions/{name}")
async def questions(request: Request, name: str = "") -> Response:
    """The named questions, and one of them with its rows."""
    if not name:
        fields_of(request, (LANGUAGE,))
        return await shown(request, "questions", {})
    fields = dict(request.query_params)
    if len(fields) > 20 or any(len(value) > LENGTH for value in (*fields, *fields.values(), name)):
        raise Refusal("bad-request", f"a question takes at most 20 values of {LENGTH} characters each.")
    return await shown(request, "question", {**fields, "question": name})


@ROUTER.get("/downloads")
async def downloads(request: Request) -> Response:
    """What can be taken away."""
    fields_of(request, (LANGUAGE,))
    return await shown(request, "downloads", {})


@ROUTER.get("/report")
async def report(request: Request) -> Response:
    """How an error is reported."""
    fields = fields_of(request, ("record", LANGUAGE))
    return await shown(request, "report", {"record": fields.get("record", "")})


@ROUTER.get("/data/names.json")
async def every_name(request: Request) -> Response:
    """All names, for the script that completes what is typed; under an address with a version it stays as it is."""
    data = await asyncio.to_thread(_names, site_of(request).graph)
    return Response(data, media_type="application/json")


@lru_cache(maxsize=1)
def _names(graph: Graph) -> bytes:
    return json.dumps(names_data(graph.index()), ensure_ascii=False, separators=(",", ":")).encode()
