"""What a browser need not fetch twice: tags of every whole answer, 304 for who has it, text sent compressed."""

from __future__ import annotations

import gzip
from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Caching"]

_LARGEST: Final = 2 << 20
"""Bytes up to which an answer is compressed here: two MiB take a twentieth of a second."""
_LEAST: Final = 1000
_TEXT: Final = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml",
                "application/n-triples", "application/rdf+xml", "application/sparql-results")  # fmt: skip
_YEAR: Final = "public, max-age=31536000, immutable"
_VERSIONED: Final = ("/static/", "/data/")
"""Addresses below which a version in the query says that what is there stays as it is."""


class Caching:
    """Tags whole answers, and answers 304 where the tag is the one that is asked about.

    Args:
        app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer if it is not there already."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        stays = scope["path"].startswith(_VERSIONED) and scope["query_string"].startswith(b"v=")
        heads: list[Message] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                heads.append(message)
                return
            if not heads:
                await send(message)
                return
            # A page that is kept is sent again: its own headers stay as they are.
            head = heads.pop()
            start: Message = {**head, "headers": list(head["headers"])}
            headers = MutableHeaders(raw=start["headers"])
            if stays and start["status"] == 200:
                headers["Cache-Control"] = _YEAR
            if start["status"] == 200 and not message.get("more_body"):
                start, message = _answered(start, message, asked, headers)
            await send(start)
            await send(message)

        await self._app(scope, receive, sent)


def _answered(start: Message, message: Message, asked: Headers, headers: MutableHeaders) -> tuple[Message, Message]:
    """The same answer with its tag, compressed where that is taken; or 304 without it."""
    if "no-store" in headers.get("cache-control", ""):
        return start, message
    body = message.get("body", b"")
    packs = (
        _LEAST <= len(body) <= _LARGEST and "content-encoding" not in headers
        and headers.get("content-type", "").startswith(_TEXT)
    )  # fmt: skip
    if packs:
        headers.add_vary_header("Accept-Encoding")
    packs = packs and "gzip" in asked.get("accept-encoding", "")
    if "etag" not in headers:
        tag = blake2b(body, digest_size=12).hexdigest()
        headers["ETag"] = f'"{tag}{"-gz" if packs or headers.get("content-encoding") == "gzip" else ""}"'
        headers.setdefault("Cache-Control", "no-cache")
    if _has(asked.get("if-none-match", ""), headers["etag"]):
        del headers["content-length"]
        return {**start, "status": 304, "headers": headers.raw}, {**message, "body": b""}
    if packs:
        body = gzip.compress(body, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
    return {**start, "headers": headers.raw}, {**message, "body": body}


def _has(tags: str, tag: str) -> bool:
    """Whether a header ``If-None-Match`` names a tag, weak or not."""
    return tags.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))
