"""What a browser need not fetch twice: tags of every whole answer, 304 for who has it, text sent compressed."""

from __future__ import annotations

import asyncio
import gzip
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Caching"]

_BRIEF: Final = 256 << 10
"""Bytes up to which an answer is compressed at once; a larger one by a thread, faster and a little less."""
_LEAST: Final = 1000
_TEXT: Final = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml",
                "application/n-triples", "application/n-quads", "application/trig", "application/rdf+xml",
                "application/sparql-results")  # fmt: skip
_YEAR: Final = "public, max-age=31536000, immutable"
_VERSIONED: Final = ("/static/", "/data/")
"""Addresses below which a version in the query says that what is there stays as it is."""


class Caching:
    """Tags whole answers, and answers 304 where the tag, or the day, is the one that is asked about.

    Args:
        app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer if it is not there already."""
        if scope["type"] != "http":
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
                if _packs(message, headers):
                    headers.add_vary_header("Accept-Encoding")
                if scope["method"] == "GET" and _has_it(message, asked, headers):
                    del headers["content-length"]
                    start, message = {**start, "status": 304}, {**message, "body": b""}
                else:
                    message = await _packed(message, asked, headers)
                start["headers"] = headers.raw
            await send(start)
            await send(message)

        await self._app(scope, receive, sent)


def _has_it(message: Message, asked: Headers, headers: MutableHeaders) -> bool:
    """Tag an answer; whether the client has it already, by its tag, or by its day where it names no tag."""
    if "no-store" in headers.get("cache-control", ""):
        return False
    if "etag" not in headers:
        packs = _packs(message, headers) and "gzip" in asked.get("accept-encoding", "")
        tag = blake2b(message.get("body", b""), digest_size=12).hexdigest()
        headers["ETag"] = f'"{tag}{"-gz" if packs or headers.get("content-encoding") == "gzip" else ""}"'
        headers.setdefault("Cache-Control", "no-cache")
    if "if-none-match" in asked:
        return _names(asked["if-none-match"], headers["etag"])
    return "last-modified" in headers and not _is_later(headers["last-modified"], asked.get("if-modified-since", ""))


def _packs(message: Message, headers: MutableHeaders) -> bool:
    """Whether an answer is of a kind and size that is worth compressing."""
    return (
        len(message.get("body", b"")) >= _LEAST and "content-encoding" not in headers
        and headers.get("content-type", "").startswith(_TEXT)
    )  # fmt: skip


async def _packed(message: Message, asked: Headers, headers: MutableHeaders) -> Message:
    """The same answer, compressed where that is taken."""
    if not _packs(message, headers) or "gzip" not in asked.get("accept-encoding", ""):
        return message
    body = message["body"]
    if len(body) <= _BRIEF:
        body = gzip.compress(body, 5, mtime=0)
    else:
        # 16 MiB at level 1 take a third of a second, in which the server answers others.
        body = await asyncio.to_thread(gzip.compress, body, 1, mtime=0)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return {**message, "body": body}


def _names(tags: str, tag: str) -> bool:
    """Whether a header ``If-None-Match`` names a tag, weak or not."""
    return tags.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))


def _is_later(changed: str, since: str) -> bool:
    """Whether something changed after the day of a header ``If-Modified-Since``; one that is no day counts as none."""
    try:
        return parsedate_to_datetime(changed) > parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return True
