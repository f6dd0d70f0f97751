"""What every request passes on its way in, and every response on its way out: size limits and security headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from treatygraph.web.bodies import too_large
from treatygraph.web.limits import Limits
from treatygraph.web.problems import Refusal, response

__all__ = ["NOTHING", "Shield"]

NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The content policy of what is no page: a browser that shows it loads and runs nothing."""
_HEADERS: Final = {
    "Content-Security-Policy": NOTHING,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PUBLIC: Final = re.compile(
    r"/(sparql|api|id|scheme|graph|ontology|shapes|context|dataset|dumps|reconcile|openapi\.json|\.well-known|health|data"
    r"|oembed)([/.]|$)|.*\.(json|csv|svg|png)$"
)
"""Addresses whose answers the pages of others may read: the data are public, and no one logs in."""
_SHARED: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After, Treatygraph-Build, "
    "Treatygraph-Problem, Treatygraph-Warning",
}
_FRAMED: Final = "frame-ancestors *"
"""In the policy of an answer that the pages of others may show; the older header would forbid it."""
_TAKEN: Final = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match, X-Requested-With"
"""Headers of a request that a browser is told it may send, where it does not say which it wants to."""
_FIELDS: Final = re.compile(r"[A-Za-z0-9-]{1,64}(?:\s*,\s*[A-Za-z0-9-]{1,64}){0,31}")
"""Names of headers, as a browser lists those that a page wants to send (Fetch, CORS protocol)."""
_LASTS: Final = "86400"
"""Seconds for which a browser need not ask again."""
_HOST: Final = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


class Shield:
    """Refuses what is too large or is sent to another host; adds the headers that keep browsers safe.

    Args:
        app: the application behind.
        limits: how large a request may be.
        hosts: the host names that the server answers to; empty: any.
        served: tells the version and the build that are served, for a header of every answer.
        methods: the methods that a path takes.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, hosts: Sequence[str] = (), served: Callable[[], str] = str,
        methods: Callable[[str], Sequence[str]] = lambda _: ("GET",),
    ) -> None:  # fmt: skip
        self._app, self._limits, self._hosts = app, limits, frozenset(name.lower() for name in hosts)
        self._served, self._methods = served, methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == "/api/v1" or scope["path"].startswith("/api/v1/"):
            # The addresses that are promised to stay; today's are the same.
            scope = {**scope, "path": "/api" + scope["path"].removeprefix("/api/v1")}
        public = bool(_PUBLIC.match(scope["path"]))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_HEADERS, **(_SHARED if public else {})}.items():
                    headers.setdefault(name, value)
                if _FRAMED in headers["Content-Security-Policy"]:
                    del headers["X-Frame-Options"]
                headers.setdefault("Treatygraph-Build", self._served())
            await send(message)

        try:
            self._look(scope)
        except Refusal as refusal:
            # What was not read of the body stays unread, so that the connection ends here.
            await response(refusal, {"Connection": "close"})(scope, receive, guarded)
            return
        if scope["method"] == "OPTIONS":
            asked = Headers(scope=scope) if public else None
            await _options(asked, self._methods(scope["path"]))(scope, receive, guarded)
            return
        if scope["method"] == "HEAD":
            # Answered as GET everywhere; the server sends the head alone.
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, guarded)

    def _look(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._limits.address:
            raise Refusal("address-too-long", f"an address of more than {self._limits.address:,} bytes is not read.")
        size = headers.get("content-length", "0")
        if not size.isdecimal() or int(size[:20]) > self._limits.body:
            raise too_large(self._limits)
        host = _HOST.fullmatch(headers.get("host", "localhost"))
        if not host or (self._hosts and host[1].lower() not in self._hosts):
            raise Refusal("bad-request", "the header Host names no host that this server answers to.")


def _options(asked: Headers | None, methods: Sequence[str]) -> Response:
    """The methods of an address; with the headers of the request, what a browser asks before a page of others may send.

    Any header may come, as none is a secret here.
    """
    allowed = ", ".join(methods)
    headers = {"Allow": allowed}
    if asked is not None:
        wanted = asked.get("access-control-request-headers", "")
        headers |= {
            "Access-Control-Allow-Methods": allowed, "Access-Control-Max-Age": _LASTS,
            "Access-Control-Allow-Headers": wanted if _FIELDS.fullmatch(wanted) else _TAKEN,
            "Vary": "Access-Control-Request-Headers",
        }  # fmt: skip
    return Response(status_code=204, headers=headers)
